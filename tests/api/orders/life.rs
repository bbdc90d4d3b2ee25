//! The steps of an order's life: which are taken, which are refused, and what becomes of the stock.

use std::future::IntoFuture;

use futures_util::future::join_all;
use uuid::Uuid;

use crate::support::{Answer, TestApp, order_of};

/// Every step from every status, and what an order that cannot take it is told.
const STEPS: [(&str, &[&str], &str, &str); 4] = [
    ("pay", &["pending"], "paid", "order-not-payable"),
    ("fulfil", &["paid"], "fulfilled", "order-not-fulfillable"),
    ("cancel", &["pending"], "cancelled", "order-not-cancellable"),
    (
        "refund",
        &["paid", "fulfilled"],
        "refunded",
        "order-not-refundable",
    ),
];

/// The steps that lead to each status.
const WAYS: [(&str, &[&str]); 5] = [
    ("pending", &[]),
    ("paid", &["pay"]),
    ("fulfilled", &["pay", "fulfil"]),
    ("cancelled", &["cancel"]),
    ("refunded", &["pay", "refund"]),
];

async fn step(app: &TestApp, order: &str, step: &str) -> Answer {
    app.partner().call("POST", format!("{order}/{step}")).await
}

async fn order_in(app: &TestApp, way: &[&str]) -> String {
    let product = app.product().stock(5).create().await;
    let placed = app
        .partner()
        .post("/v1/orders", order_of(&product, 2))
        .await;
    let path = placed.header("location").to_owned();
    for taken in way {
        step(app, &path, taken).await.assert_status(200);
    }
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_is_taken_from_its_statuses_and_refused_from_all_others() {
    for app in TestApp::on_each_backend().await {
        for (status, way) in WAYS {
            for (name, from, to, refusal) in STEPS {
                let path = order_in(&app, way).await;
                let before = app.partner().get(&path).await;

                let answer = step(&app, &path, name).await;

                let after = app.partner().get(&path).await;
                if from.contains(&status) {
                    let order = answer.assert_status(200);
                    assert_eq!(order["status"], to, "{name} from {status}");
                    assert_eq!(after.json(), order);
                    assert_eq!(after.header("etag"), answer.header("etag"));
                    assert_ne!(after.header("etag"), before.header("etag"));
                } else {
                    let problem = answer.assert_problem(409, refusal);
                    assert_eq!(problem["order_status"], status, "{name} from {status}");
                    assert_eq!(after.json(), before.json());
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_times_of_payment_and_of_handing_over_are_kept() {
    for app in TestApp::on_each_backend().await {
        let path = order_in(&app, &[]).await;

        let paid = step(&app, &path, "pay").await.json();
        let fulfilled = step(&app, &path, "fulfil").await.json();
        let refunded = step(&app, &path, "refund").await.json();

        assert_eq!(paid["paid_at"], paid["updated_at"]);
        assert!(paid["fulfilled_at"].is_null());
        assert_eq!(fulfilled["paid_at"], paid["paid_at"]);
        assert_eq!(fulfilled["fulfilled_at"], fulfilled["updated_at"]);
        assert_eq!(refunded["paid_at"], paid["paid_at"]);
        assert_eq!(refunded["fulfilled_at"], fulfilled["fulfilled_at"]);
        assert_ne!(refunded["updated_at"], fulfilled["updated_at"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_to_stock_unless_they_were_handed_over() {
    for app in TestApp::on_each_backend().await {
        for (way, stock) in [
            (["pay", "refund"].as_slice(), 5),
            (&["cancel"], 5),
            (&["pay", "fulfil"], 3),
            (&["pay", "fulfil", "refund"], 3),
        ] {
            let product = app.product().stock(5).create().await;
            let placed = app.partner().post("/v1/orders", order_of(&product, 2));
            let path = placed.await.header("location").to_owned();

            for taken in way {
                step(&app, &path, taken).await.assert_status(200);
            }

            assert_eq!(app.stock_of(&product).await, stock, "after {way:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_do_not_fit_into_the_stock_keep_the_order_as_it_is() {
    for app in TestApp::on_each_backend().await {
        for (way, last) in [([].as_slice(), "cancel"), (&["pay"], "refund")] {
            let product = app.product().stock(5).create().await;
            let placed = app.partner().post("/v1/orders", order_of(&product, 2));
            let path = placed.await.header("location").to_owned();
            for taken in way {
                step(&app, &path, taken).await.assert_status(200);
            }
            let before = app.partner().get(&path).await.json();
            let stock = serde_json::json!({"stock": 999_999_999});
            let product = format!("/v1/products/{}", product.id);
            app.partner()
                .patch(&product, stock)
                .await
                .assert_status(200);

            let answer = step(&app, &path, last).await;

            answer.assert_problem(409, "stock-full");
            assert_eq!(app.partner().get(&path).await.json(), before);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_payments_and_cancellations_at_once_exactly_one_wins() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let placed = app
            .partner()
            .post("/v1/orders", order_of(&product, 2))
            .await;
        let path = placed.header("location");

        let calls = (0..20).map(|number| {
            let step = ["pay", "cancel"][number % 2];
            let call = app.partner().call("POST", format!("{path}/{step}"));
            call.into_future()
        });
        let answers = join_all(calls).await;

        let won: Vec<_> = answers
            .iter()
            .filter(|answer| answer.status == 200)
            .collect();
        assert_eq!(won.len(), 1, "on {}", app.backend());
        let status = won[0].json()["status"].clone();
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(refused.assert_status(409)["order_status"], status);
        }
        let left = if status == "paid" { 3 } else { 5 };
        assert_eq!(app.stock_of(&product).await, left);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_and_a_refund_happen_once_for_their_key_however_often_they_are_sent() {
    for app in TestApp::on_each_backend().await {
        let path = order_in(&app, &[]).await;
        for name in ["pay", "refund"] {
            let key = Uuid::new_v4().to_string();
            let call = app.partner().call("POST", format!("{path}/{name}"));
            let call = call.idempotency_key(&key);

            let first = call.clone().await;
            let again = call.await;

            assert_eq!(first.assert_status(200), again.assert_status(200));
            assert_eq!(first.header("etag"), again.header("etag"));
            assert_eq!(first.header("idempotency-replayed"), "");
            assert_eq!(again.header("idempotency-replayed"), "true");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_without_a_key_or_with_that_of_another_order_is_refused() {
    for app in TestApp::on_each_backend().await {
        let (one, other) = (order_in(&app, &[]).await, order_in(&app, &[]).await);
        let pay = |order: &str| app.partner().call("POST", format!("{order}/pay"));
        let key = Uuid::new_v4().to_string();

        let keyless = pay(&one).without_header("idempotency-key").invalid().await;
        pay(&one).idempotency_key(&key).await.assert_status(200);
        let mixed_up = pay(&other).idempotency_key(&key).await;

        keyless.assert_problem(400, "missing-idempotency-key");
        mixed_up.assert_problem(422, "idempotency-mismatch");
        assert_eq!(app.partner().get(other).await.json()["status"], "pending");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_payment_leaves_its_key_free() {
    for app in TestApp::on_each_backend().await {
        let path = order_in(&app, &["pay"]).await;
        let pay = app.partner().call("POST", format!("{path}/pay"));
        let pay = pay.idempotency_key("once-more");

        for _ in 0..2 {
            pay.clone().await.assert_problem(409, "order-not-payable");
        }
    }
}
