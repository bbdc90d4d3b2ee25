//! The sandbox: test keys, their own data, a clock that moves, and failures that are asked for.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{Case, guarded_operations, operations_with_an_id};
use crate::support::{TestApp, order_of};

const CLOCK: &str = "/v1/sandbox/clock";

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_kind_of_key_reaches_data_of_the_other() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        for operation in operations_with_an_id() {
            for (owner, stranger) in [(&app.own, &sandbox), (&sandbox, &app.own)] {
                let case = Case::with_id(&app, owner, operation, Uuid::now_v7()).await;

                let strange = case.by(&app.client_of(stranger)).await;
                let own = case.by(&app.client_of(owner)).await;

                strange.assert_problem(404, "not-found");
                assert!(own.status < 300, "{}: {own:?}", operation.id);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_shows_a_test_key_what_is_live_nor_the_other_way_round() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        for (owner, stranger) in [(&app.own, &sandbox), (&sandbox, &app.other)] {
            let product = app.product().of(owner).create().await;
            app.user().of(owner).create().await;
            let order = app
                .client_of(owner)
                .post("/v1/orders", order_of(&product, 1));
            order.await.assert_status(201);

            for path in [
                "/v1/users",
                "/v1/categories",
                "/v1/products",
                "/v1/orders",
                "/v1/audit",
            ] {
                let page = app.client_of(stranger).get(path).await.assert_status(200);

                assert_eq!(page["items"], json!([]), "{path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_key_has_no_clock_to_move() {
    for app in TestApp::on_each_backend().await {
        for operation in guarded_operations().filter(|it| it.tag == "Sandbox") {
            let body = operation
                .body
                .map(|_| json!({"now": "2026-04-01T00:00:00Z"}));
            let call = app.partner().call(operation.method, operation.path);
            let call = match body {
                Some(body) => call.json(body),
                None => call,
            };

            call.await.assert_problem(403, "forbidden");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_sandbox_makes_has_the_time_of_its_clock() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        let client = app.client_of(&sandbox);
        let shown = client.get(CLOCK).await.assert_status(200);
        assert_eq!(shown["now"], shown["real_now"]);

        let later = time(&shown["now"]) + TimeDelta::days(400);
        let moved = client.post(CLOCK, json!({"now": later})).await;

        assert!(time(&moved.assert_status(200)["now"]) >= later);
        let soon = later..later + TimeDelta::minutes(1);
        let product = app.product().of(&sandbox).create().await;
        let author = app.user().of(&sandbox).create().await;
        let made = [
            client.post("/v1/users", app.user().body()),
            client.post("/v1/categories", app.category().body()),
            client.post("/v1/orders", order_of(&product, 1)),
            client.post("/v1/posts", app.post().author(&author).body()),
        ];
        for call in made {
            let made = call.await.assert_status(201);
            assert!(soon.contains(&time(&made["created_at"])), "{made}");
        }
        let entries = client.get("/v1/audit").await.assert_status(200);
        assert!(soon.contains(&time(&entries["items"][0]["created_at"])));

        let live = app.partner().post("/v1/users", app.user().body()).await;
        assert!(time(&live.assert_status(201)["created_at"]) < later);
        let others = app.sandbox_of(&app.other).await;
        let others = app.client_of(&others).get(CLOCK).await.assert_status(200);
        assert_eq!(others["now"], others["real_now"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idempotency_key_is_forgotten_by_the_clock_of_the_sandbox() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        let client = app.client_of(&sandbox);
        let product = app.product().of(&sandbox).stock(5).create().await;
        let order = client.post("/v1/orders", order_of(&product, 1));
        let order = order.idempotency_key("once");
        order.clone().await.assert_status(201);
        let advance = async |by: TimeDelta| {
            let shown = client.get(CLOCK).await.assert_status(200);
            let to = time(&shown["now"]) + by;
            client
                .post(CLOCK, json!({"now": to}))
                .await
                .assert_status(200);
        };

        advance(TimeDelta::hours(23)).await;
        let replayed = order.clone().await;
        advance(TimeDelta::hours(2)).await;
        let again = order.await;

        assert_eq!(replayed.header("idempotency-replayed"), "true");
        assert_eq!(again.header("idempotency-replayed"), "");
        let path = format!("/v1/products/{}", product.id);
        assert_eq!(client.get(path).await.json()["stock"], 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_goes_forward_in_bounds_and_back_to_the_real_time() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        let client = app.client_of(&sandbox);
        let shown = client.get(CLOCK).await.assert_status(200);
        let from_now = |days| time(&shown["now"]) + TimeDelta::days(days);
        let set = |days| client.post(CLOCK, json!({"now": from_now(days)}));

        set(2).await.assert_status(200);
        set(1).await.assert_problem(409, "clock-not-movable");
        set(-1).await.assert_problem(409, "clock-not-movable");
        set(4_000).await.assert_problem(409, "clock-not-movable");
        let kept = client.get(CLOCK).await.assert_status(200);
        assert!(time(&kept["now"]) >= from_now(2));

        let reset = client.call("POST", "/v1/sandbox/clock/reset").await;

        let reset = reset.assert_status(200);
        assert_eq!(reset["now"], reset["real_now"]);
        let shown = client.get(CLOCK).await.assert_status(200);
        assert_eq!(shown["now"], shown["real_now"]);
        set(1).await.assert_status(200);
    }
}

/// Every failure that an operation declares: status and code.
fn failures(operation: &contract::Operation) -> Vec<(u16, &'static str)> {
    use contract::runtime::operation::Status;
    let mut failures = Vec::new();
    for response in operation.responses {
        if let Status::Code(status @ 400..) = response.status {
            failures.extend(response.problems.iter().map(|code| (status, *code)));
        }
    }
    failures
}

fn takes_wishes(operation: &contract::Operation) -> bool {
    operation.parameters.iter().any(|it| it.name == "Prefer")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_declared_failure_can_be_asked_for_and_nothing_is_done() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        let client = app.client_of(&sandbox);
        for operation in guarded_operations().filter(|it| takes_wishes(it)) {
            let case = Case::new(&app, &sandbox, operation).await;
            let before = client.get("/v1/audit?limit=100").await.json();
            for (status, code) in failures(operation) {
                let wish = format!("code={status}; problem={code}");

                let call = case.by(&client).header("prefer", &wish);
                // The test's client would take the wish for a fault of its own.
                let answer = call.invalid().await;

                answer.assert_problem(status, code);
                let applied = answer.header("preference-applied");
                assert_eq!(applied, format!("code={status}"), "{}", operation.id);
            }
            let answer = case
                .by(&client)
                .header("prefer", "code=409")
                .invalid()
                .await;
            let first = failures(operation).into_iter().find(|it| it.0 == 409);
            match first {
                Some((status, code)) => drop(answer.assert_problem(status, code)),
                None => drop(answer.assert_problem(400, "bad-request")),
            }
            let after = client.get("/v1/audit?limit=100").await.json();
            assert_eq!(after, before, "{} did something", operation.id);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_is_not_declared_is_refused_with_those_that_are() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        for wish in [
            "code=418",
            "code=200",
            "code=409; problem=not-found",
            "code",
        ] {
            let call = app.client_of(&sandbox).get("/v1/orders");
            let answer = call.header("prefer", wish).invalid().await;

            let problem = answer.assert_problem(400, "bad-request");
            let declared = problem["declared"].as_array().unwrap();
            assert!(
                declared.contains(&json!("409; problem=invalid-cursor")),
                "{problem}"
            );
            assert_eq!(answer.header("preference-applied"), "");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_key_and_other_preferences_change_nothing() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;

        let live = app.partner().get("/v1/orders").header("prefer", "code=409");
        let other = app.client_of(&sandbox).get("/v1/orders");
        let other = other.header("prefer", "respond-async, wait=10");

        live.await.assert_status(200);
        other.await.assert_status(200);
    }
}
