//! One partner and another's data: nothing of it is seen, changed or inferred.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{self, Case};
use crate::support::{Answer, TestApp, order_of};

const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_names_nothing_is_not_found() {
    for app in TestApp::on_each_backend().await {
        for operation in cases::operations_with_an_id() {
            for id in [Uuid::now_v7(), Uuid::nil(), Uuid::max()] {
                let case = Case {
                    path: cases::path(operation, &id.to_string()),
                    ..Case::new(&app, &app.own, operation).await
                };

                let answer = case.by(&app.caller_of(case.operation)).await;

                answer.assert_problem(404, "not-found");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_cannot_name_anything_is_not_found() {
    for app in TestApp::on_each_backend().await {
        for operation in cases::operations_with_an_id() {
            for id in [
                "1",
                "me",
                "%00",
                "%FF",
                "%F0%9F%A6%80",
                "..%2F..%2Fetc",
                "019a4b7a1f0e7a318c550d6e2b9f4a10",
                "%7B019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a10%7D",
                "urn:uuid:019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a10",
                "019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a1g",
            ] {
                let case = Case {
                    path: cases::path(operation, id),
                    ..Case::new(&app, &app.own, operation).await
                };

                let answer = case.by(&app.caller_of(case.operation)).await;

                answer.assert_problem(404, "not-found");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_of_another_partner_answers_byte_for_byte_like_one_that_names_nothing() {
    for app in TestApp::on_each_backend().await {
        for operation in cases::operations_with_an_id() {
            let id = Uuid::now_v7();
            let mut case = Case {
                path: cases::path(operation, &id.to_string()),
                ..Case::new(&app, &app.own, operation).await
            };

            let missing = case
                .by(&app.caller_of(case.operation))
                .header("traceparent", TRACE)
                .await;
            case.path = Case::with_id(&app, &app.other, operation, id).await.path;
            let foreign = case
                .by(&app.caller_of(case.operation))
                .header("traceparent", TRACE)
                .await;

            missing.assert_problem(404, "not-found");
            assert_same(&missing, &foreign);
            let theirs = case.by(&app.client_of(&app.other)).await;
            assert_ne!(theirs.status, 404, "it was there all the time");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_names_another_partners_thing_answers_as_if_it_named_nothing() {
    for app in TestApp::on_each_backend().await {
        let own = app.product().create().await;
        let id = Uuid::now_v7();
        let product_in = |id: Uuid| app.product().with("category_id", id.to_string()).body();
        let of_category = product_in(id);
        let patch = json!({"category_id": id.to_string()});
        let mut by_user = order_of(&own, 1);
        by_user["user_id"] = id.to_string().into();
        let of_product = json!({"lines": [{"product_id": id.to_string(), "quantity": 1}]});
        let by_author = app.post().with("author_id", id.to_string()).body();
        let path = format!("/v1/products/{}", own.id);
        let row_of = |id: Uuid, price: Value| {
            let changes = json!({"price": price});
            json!({"rows": [{"id": id, "if_match": "\"1-1\"", "changes": changes}]})
        };
        let mut moved = row_of(own.id.into(), json!("1.00"));
        moved["rows"][0]["changes"]["category_id"] = id.to_string().into();
        let client = app.partner();
        let calls = [
            (
                client.post("/v1/products", of_category.clone()),
                "unknown-category",
            ),
            (client.put(&path, of_category), "unknown-category"),
            (client.patch(&path, patch), "unknown-category"),
            (client.post("/v1/orders", by_user), "unknown-user"),
            (client.post("/v1/orders", of_product), "unknown-product"),
            (client.post("/v1/posts", by_author), "unknown-user"),
            (
                client.patch("/v1/products", row_of(id, json!("1.00"))),
                "rows-refused",
            ),
            (client.patch("/v1/products", moved), "rows-refused"),
        ]
        .map(|(call, code)| (call.header("traceparent", TRACE), code));

        let mut missing = Vec::new();
        for (call, code) in &calls {
            let answer = call.clone().await;
            answer.assert_problem(409, code);
            missing.push(answer);
        }
        app.category().of(&app.other).with_id(id).create().await;
        app.user().of(&app.other).with_id(id).create().await;
        app.product().of(&app.other).with_id(id).create().await;

        for ((call, _), missing) in calls.into_iter().zip(missing) {
            assert_same(&missing, &call.await);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_shows_anything_of_another_partner() {
    for app in TestApp::on_each_backend().await {
        let user = app.user().of(&app.other).create().await;
        let product = app.product().of(&app.other).create().await;
        app.order().of(&app.other).line(&product, 1).create().await;
        let theirs = app.client_of(&app.other);
        let body = app.post().author(&user).body();
        theirs.post("/v1/posts", body).await.assert_status(201);

        for path in [
            "/v1/users".to_owned(),
            "/v1/categories".to_owned(),
            "/v1/categories/stats".to_owned(),
            "/v1/products".to_owned(),
            format!("/v1/products?category_id={}", product.category_id),
            "/v1/products?q=e".to_owned(),
            "/v1/orders".to_owned(),
            format!("/v1/orders?user_id={}", user.id),
            "/v1/admin/users".to_owned(),
            "/v1/audit".to_owned(),
            format!("/v1/audit?resource_id={}", user.id),
        ] {
            let page = app.partner().get(&path).await.assert_status(200);

            assert_eq!(page, json!({"items": [], "next_cursor": null}), "{path}");
        }
        let feed = app.partner().get("/v1/products/feed").await.json();
        assert_eq!(feed, json!({"products": []}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unique_is_so_for_each_partner() {
    for app in TestApp::on_each_backend().await {
        let user = app.user();
        let category = app.category();
        let (new_user, new_category) = (user.body(), category.body());
        user.of(&app.other).create().await;
        category.of(&app.other).create().await;

        let user = app.partner().post("/v1/users", new_user).await;
        let category = app.partner().post("/v1/categories", new_category).await;

        user.assert_status(201);
        category.assert_status(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_is_its_partners_own() {
    for app in TestApp::on_each_backend().await {
        let own = app.product().stock(5).create().await;
        let theirs = app.product().of(&app.other).stock(5).create().await;
        let key = "the-same-for-both";

        let first = app.client_of(&app.other);
        let first = first.post("/v1/orders", order_of(&theirs, 1));
        let first = first.idempotency_key(key).await;
        let second = app.partner().post("/v1/orders", order_of(&own, 1));
        let second = second.idempotency_key(key).await;

        first.assert_status(201);
        second.assert_status(201);
        assert_eq!(second.header("idempotency-replayed"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_its_partners_own() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..2 {
            app.user().create().await;
            app.user().of(&app.other).create().await;
        }
        let theirs = app.client_of(&app.other).get("/v1/users?limit=1").await;
        let cursor = theirs.json()["next_cursor"].as_str().unwrap().to_owned();

        let path = format!("/v1/users?limit=1&cursor={cursor}");
        let own = app.partner().get(&path).await;

        own.assert_problem(409, "invalid-cursor");
        app.client_of(&app.other)
            .get(&path)
            .await
            .assert_status(200);
    }
}

#[track_caller]
fn assert_same(one: &Answer, other: &Answer) {
    assert_eq!(one.status, other.status);
    assert_eq!(one.headers, other.headers);
    let text = |answer: &Answer| String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!(text(one), text(other));
    let problem: Value = one.json();
    assert_eq!(problem["trace_id"], TRACE.split('-').nth(1).unwrap());
}
