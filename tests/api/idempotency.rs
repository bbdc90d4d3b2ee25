//! `Idempotency-Key`: an order is placed once, however often it is asked for.

use std::future::IntoFuture;

use chrono::Duration;
use concordat::app::Clock;
use concordat::db::types::Time;
use concordat::error::Error;
use concordat::repository::idempotency::{self, Request};
use futures_util::future::join_all;
use serde_json::json;
use tokio::sync::Mutex;

use crate::support::{TestApp, order_of};

const KEY: &str = "8f14e45f-ceea-467f-a8b1-1d6c2f0b9e57";

const FIRST_ATTEMPT: Request<'static> = Request {
    operation: "createOrder",
    key: KEY,
    fingerprint: &[7; 32],
};

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_order_gets_the_first_answer_and_takes_nothing_more() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 2));
        let call = call.idempotency_key(KEY);

        let first = call.clone().await;
        let second = call.await;

        first.assert_status(201);
        second.assert_status(201);
        assert_eq!(first.body, second.body);
        assert_eq!(first.header("idempotency-replayed"), "");
        assert_eq!(second.header("idempotency-replayed"), "true");
        for name in ["location", "etag"] {
            assert_eq!(first.header(name), second.header(name), "{name}");
        }
        assert_eq!(app.stock_of(&product).await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_is_the_answer_of_then_though_the_order_is_cancelled_since() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 2));
        let call = call.idempotency_key(KEY);
        let first = call.clone().await;
        let cancel = format!("{}/cancel", first.header("location"));
        app.partner().call("POST", cancel).await.assert_status(200);

        let replay = call.await;

        replay.assert_status(201);
        assert_eq!(first.body, replay.body);
        assert_eq!(first.header("etag"), replay.header("etag"));
        assert_eq!(app.stock_of(&product).await, 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_order_in_other_words_is_a_repetition() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 2));
        let call = call.idempotency_key(KEY);
        let first = call.clone().await;
        let other_words = format!(
            "{{ \"lines\" : [\n {{\"quantity\":2.0,\"product_id\":\"{}\"}} ] }}",
            product.id
        );

        let second = call.text(other_words).await;

        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!(first.body, second.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_with_another_body_is_refused() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let order = |quantity| {
            let call = app
                .partner()
                .post("/v1/orders", order_of(&product, quantity));
            call.idempotency_key(KEY)
        };
        order(1).await.assert_status(201);

        let answer = order(2).await;

        answer.assert_problem(422, "idempotency-mismatch");
        assert_eq!(app.stock_of(&product).await, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_without_a_key_is_refused() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 1));

        let answer = call.without_header("idempotency-key").invalid().await;

        answer.assert_problem(400, "missing-idempotency-key");
        assert_eq!(app.stock_of(&product).await, 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_key_breaks_the_contract() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        for (key, keyword) in [
            ("", "minLength"),
            ("a b", "pattern"),
            ("clé", "pattern"),
            ("a".repeat(256).as_str(), "maxLength"),
        ] {
            let call = app.partner().post("/v1/orders", order_of(&product, 1));
            let call = call.raw_header("idempotency-key", key.as_bytes());

            let problem = call.invalid().await.assert_problem(422, "validation-error");

            let errors = problem["errors"].as_array().unwrap();
            let named = errors.iter().any(|error| {
                error["in"] == "header"
                    && error["parameter"] == "Idempotency-Key"
                    && error["keyword"] == keyword
            });
            assert!(named, "{key}: {problem}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_at_once_with_one_key_place_one_order() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(50).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 1));
        let call = call.idempotency_key(KEY);

        let answers = join_all((0..20).map(|_| call.clone().into_future())).await;

        let mut placed = Vec::new();
        for answer in &answers {
            match answer.status {
                201 => placed.push(answer),
                _ => drop(answer.assert_problem(409, "idempotency-in-progress")),
            }
        }
        let new = placed
            .iter()
            .filter(|answer| answer.header("idempotency-replayed").is_empty());
        assert_eq!(new.count(), 1, "on {}", app.backend());
        assert!(placed.iter().all(|answer| answer.body == placed[0].body));
        assert_eq!(app.stock_of(&product).await, 49);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_attempt_leaves_its_key_free() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(1).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 2));
        let call = call.idempotency_key(KEY);
        let refused = call.clone().await;
        let path = format!("/v1/products/{}", product.id);
        app.partner()
            .patch(path, json!({"stock": 2}))
            .await
            .assert_status(200);

        let placed = call.await;

        refused.assert_problem(409, "out-of-stock");
        placed.assert_status(201);
        assert_eq!(placed.header("idempotency-replayed"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_remembered_for_a_day() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 1));
        let call = call.idempotency_key(KEY);
        call.clone().await.assert_status(201);

        app.clock
            .advance(Duration::hours(23) + Duration::minutes(59));
        let within = call.clone().await;
        app.clock.advance(Duration::minutes(2));
        let after = call.await;

        assert_eq!(within.header("idempotency-replayed"), "true");
        assert_eq!(after.header("idempotency-replayed"), "");
        assert_eq!(app.stock_of(&product).await, 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_still_runs_holds_its_key() {
    for app in TestApp::on_each_backend().await {
        // SQLite has one writer: there the second attempt waits for the first.
        if app.backend() == "sqlite" {
            continue;
        }
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 1));
        let call = &call.idempotency_key(KEY);
        let now: Time = app.clock.now().into();
        let (partner, during) = (app.own.id, &Mutex::new(None));

        let first_attempt = app.app.db().transaction(|conn| {
            Box::pin(async move {
                idempotency::claim(conn, partner, FIRST_ATTEMPT, now).await?;
                *during.lock().await = Some(call.clone().await);
                Err::<(), _>(Error::NotFound)
            })
        });
        first_attempt.await.unwrap_err();
        let after = call.clone().await;

        let during = during.lock().await.take().unwrap();
        during.assert_problem(409, "idempotency-in-progress");
        after.assert_status(201);
        assert_eq!(app.stock_of(&product).await, 4);
    }
}
