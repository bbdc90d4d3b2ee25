"""What a partner does with the Python library."""

import os
import uuid

from concordat_client import Configuration, NewOrder, NewOrderLine, NewUser, OrdersApi, ProductsApi, UsersApi
from concordat_client.client import Client
from concordat_client.pages import items
from concordat_client.problem import ProblemError
from concordat_client.webhooks import WebhookError, verify_webhook


def client(manner, key=os.environ["API_KEY"]):
    return Client(Configuration(host=f"{os.environ['BASE_URL']}/{manner}", access_token=key))


def refused(call):
    try:
        call()
    except ProblemError as problem:
        return problem
    raise AssertionError("it was not refused")


def problems_are_typed():
    problem = refused(lambda: UsersApi(client("plain", "sk_live_none")).list_users())
    assert (problem.status, problem.code, problem.type) == (401, "unauthorized", "/problems/unauthorized"), problem
    assert problem.trace_id and len(problem.trace_id) == 32

    users = UsersApi(client("plain"))
    problem = refused(lambda: users.create_user(NewUser(username="x", email="x@example.com")))
    assert (problem.status, problem.code) == (422, "validation-error"), problem
    assert problem.errors[0].pointer == "/username" and problem.errors[0].message, problem.errors


def lists_are_read_to_their_end():
    users = UsersApi(client("plain"))
    made = {
        users.create_user(NewUser(username=f"python-{number}", email=f"python-{number}@example.com")).id
        for number in range(5)
    }
    found = [user.id for user in items(lambda cursor: users.list_users(limit=2, cursor=cursor))]
    assert len(found) == len(set(found)) and made <= set(found), found


def retries_keep_the_key():
    product = ProductsApi(client("plain")).list_products().items[0]
    order = NewOrder(lines=[NewOrderLine(product_id=product.id, quantity=1)])
    key = str(uuid.uuid4())
    placed = OrdersApi(client("flaky")).create_order(key, order)
    again = OrdersApi(client("plain")).create_order_with_http_info(key, order)
    assert again.data.id == placed.id and again.headers["idempotency-replayed"] == "true"


def what_a_later_version_says_survives():
    order = next(items(lambda cursor: OrdersApi(client("future")).list_orders(cursor=cursor)))
    assert order.status == "from_later" and order.status.name is None, order.status


def webhooks_are_verified():
    # The vector that the libraries of Standard Webhooks are tested with.
    secret, body, now = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}', 1614265330
    headers = {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": str(now),
        "Webhook-Signature": "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    assert verify_webhook(secret, headers, body, now=now) == {"test": 2432232314}
    for changed in (
        dict(body=body.replace("4", "5")),
        dict(now=now + 301),
        dict(headers={**headers, "Webhook-Id": "msg_other"}),
        dict(headers={**headers, "Webhook-Signature": "v1,AAAA"}),
    ):
        try:
            verify_webhook(**{"secret": secret, "headers": headers, "body": body, "now": now, **changed})
        except WebhookError:
            continue
        raise AssertionError(f"accepted {changed}")


for step in (
    problems_are_typed,
    lists_are_read_to_their_end,
    retries_keep_the_key,
    what_a_later_version_says_survives,
    webhooks_are_verified,
):
    step()
    print(f"   {step.__name__.replace('_', ' ')}")
