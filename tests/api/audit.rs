//! The audit log: every change is in it, with who made it, and nothing else is.

use std::future::IntoFuture;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::cases::Case;
use crate::support::{Client, TestApp, order_of};

async fn entries(app: &TestApp, query: &str) -> Vec<Value> {
    entries_of(&app.partner(), query).await
}

async fn entries_of(client: &Client<'_>, query: &str) -> Vec<Value> {
    let page = client.get(format!("/v1/audit?limit=100&{query}")).await;
    page.assert_status(200)["items"].as_array().unwrap().clone()
}

fn trace(number: usize) -> String {
    format!("4bf92f3577b34da6a3ce929d{number:08x}")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_leaves_one_entry_and_no_reading_leaves_any() {
    for app in TestApp::on_each_backend().await {
        for (number, operation) in contract::operations::ALL.iter().enumerate() {
            let case = Case::new(&app, &app.own, operation).await;
            let parent = format!("00-{}-00f067aa0ba902b7-01", trace(number));

            let client = case.client(&app.partner());
            let answer = case
                .by(&app.caller_of(case.operation))
                .header("traceparent", &parent)
                .await;

            assert!(answer.status < 300, "{}: {answer:?}", operation.id);
            let all = entries_of(&client, "").await;
            let of_call = all.iter().filter(|it| it["trace_id"] == trace(number));
            let expected = usize::from(operation.method != "GET");
            assert_eq!(of_call.count(), expected, "{}", operation.id);
        }
        let actors = entries(&app, "").await;
        assert!(actors.iter().all(|it| it["actor"] == actors[0]["actor"]));
        assert!(actors[0]["actor"].as_str().unwrap().starts_with("key:"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_refused_or_undone_leaves_no_entry() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(1).create().await;
        let order = app.partner().post("/v1/orders", order_of(&product, 2));
        order.await.assert_problem(409, "out-of-stock");
        let user = app.user();
        let body = user.body();
        user.create().await;
        let twin = app.partner().post("/v1/users", body).await;
        twin.assert_status(409);

        assert_eq!(entries(&app, "").await, Vec::<Value>::new());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_order_and_lost_races_are_not_noted_twice() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(9).create().await;
        let order = app.partner().post("/v1/orders", order_of(&product, 2));
        let order = order.idempotency_key("twice");
        order.clone().await.assert_status(201);
        let placed = order.await;
        let path = placed.header("location");

        let cancels = (0..5).map(|_| app.partner().call("POST", format!("{path}/cancel")));
        join_all(cancels.map(IntoFuture::into_future)).await;

        let of_order = format!("resource_id={}", placed.json()["id"].as_str().unwrap());
        let noted = entries(&app, &of_order).await;
        let actions: Vec<_> = noted.iter().map(|it| it["action"].clone()).collect();
        assert_eq!(actions, [json!("cancelled"), json!("created")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_filtered_by_actor_action_and_resource() {
    for app in TestApp::on_each_backend().await {
        let by = |role| app.role(role);
        let category = app.category().body();
        let made = by("moderator").post("/v1/categories", category).await;
        let category = made.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/categories/{category}");
        let renamed = by("admin").patch(&path, json!({"name": "Tea"})).await;
        renamed.assert_status(200);
        let user = by("admin").post("/v1/users", app.user().body()).await;
        user.assert_status(201);
        let all = entries(&app, "").await;
        let admin = all[0]["actor"].as_str().unwrap();

        for (query, expected) in [
            (format!("actor={admin}"), vec![0, 1]),
            ("action=created".into(), vec![0, 2]),
            ("resource_type=category".into(), vec![1, 2]),
            (format!("resource_id={category}&action=updated"), vec![1]),
            ("actor=operator".into(), vec![]),
        ] {
            let found = entries(&app, &query).await;

            let expected: Vec<_> = expected.iter().map(|&at: &usize| all[at].clone()).collect();
            assert_eq!(found, expected, "{query}");
        }
        let page = app.partner().get("/v1/audit?limit=1&action=created").await;
        let cursor = page.json()["next_cursor"].as_str().unwrap().to_owned();
        let next = format!("/v1/audit?limit=1&action=created&cursor={cursor}");
        let next = app.partner().get(next).await.assert_status(200);
        assert_eq!(next["items"][0], all[2]);
        let other_query = format!("/v1/audit?cursor={cursor}");
        let other_query = app.partner().get(other_query).await;
        other_query.assert_problem(409, "invalid-cursor");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_tells_when_and_of_what_but_not_what_it_holds() {
    for app in TestApp::on_each_backend().await {
        let user = app.partner().post("/v1/users", app.user().body()).await;
        let user = user.assert_status(201);

        let [entry] = entries(&app, "").await.try_into().unwrap();

        assert_eq!(entry["action"], "created");
        assert_eq!(entry["resource_type"], "user");
        assert_eq!(entry["resource_id"], user["id"]);
        assert_eq!(entry["created_at"], user["created_at"]);
        let text = entry.to_string();
        assert!(!text.contains(user["email"].as_str().unwrap()), "{text}");
        assert!(!text.contains("sk_live"), "{text}");
    }
}
