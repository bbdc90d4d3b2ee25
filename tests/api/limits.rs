//! Limits: of sizes, of rates, of time and of what is worked on at once.

use std::future::IntoFuture;
use std::time::Duration;

use concordat::app::Clock;
use concordat::db::types::Time;
use concordat::error::Error;
use concordat::repository::products;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::support::{TestApp, order_of};

#[tokio::test(flavor = "multi_thread")]
async fn a_body_beyond_the_limit_is_refused_announced_or_not() {
    for app in TestApp::on_each_backend().await {
        let body = format!(r#"{{"name": "{}", "slug": "c"}}"#, "a".repeat(256 * 1024));
        let call = app.partner().call("POST", "/v1/categories").invalid();
        let unannounced = call.clone().body("application/json", body);
        let announced = call.body("application/json", "{}");
        let small = announced.clone().header("content-length", "262145");
        let huge = announced.header("content-length", "999999999999");

        for call in [unannounced, small, huge] {
            call.await.assert_problem(413, "body-too-large");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_at_the_limit_is_read() {
    for app in TestApp::on_each_backend().await {
        let body = app.category().body().to_string();
        let padded = format!("{body}{}", " ".repeat(256 * 1024 - body.len()));
        let call = app.partner().call("POST", "/v1/categories");

        let answer = call.body("application/json", padded).await;

        answer.assert_status(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_target_beyond_eight_kilobytes_is_refused() {
    for app in TestApp::on_each_backend().await {
        let path = |length: usize| format!("/v1/products?q={}", "a".repeat(length - 15));

        let within = app.partner().get(path(8_192)).invalid().await;
        let beyond = app.partner().get(path(8_193)).await;

        within.assert_problem(422, "validation-error");
        beyond.assert_problem(414, "uri-too-long");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_beyond_their_limits_are_refused() {
    for app in TestApp::on_each_backend().await {
        let large = app.partner().get("/v1/users");
        let large = large.header("x-large", &"a".repeat(32 * 1024));
        let mut many = app.partner().get("/v1/users");
        for _ in 0..100 {
            many = many.another_header("x-many", "a");
        }

        for call in [large, many] {
            call.await.assert_problem(431, "headers-too-large");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_says_once_which_host_it_means() {
    for app in TestApp::on_each_backend().await {
        let call = app.anonymous().get("/health").invalid();
        let without = call.clone().without_host();
        let twice = call.clone().another_header("host", "other.test");
        let odd = call.header("host", "user@api.test");

        for call in [without, twice, odd] {
            call.await.assert_problem(400, "bad-request");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_in_time_is_given_up() {
    for app in TestApp::with_settings(&[("BODY_READ_TIMEOUT", "20ms")]).await {
        let call = app.partner().post("/v1/categories", app.category().body());

        let answer = call.stalled().await;

        answer.assert_problem(408, "request-timeout");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_who_sends_too_much_is_told_to_wait_and_nobody_else() {
    for app in TestApp::with_settings(&[("RATE_LIMIT", "on")]).await {
        let client = app.partner();
        let first = client.get("/v1/users?limit=1").await;
        let mut admitted = 1;
        let refused = loop {
            let answer = client.get("/v1/users?limit=1").await;
            if answer.status != 200 {
                break answer;
            }
            admitted += 1;
            assert!(admitted < 1_200, "there is no limit");
        };

        refused.assert_problem(429, "rate-limited");
        assert!(admitted >= 100, "{admitted}");
        let policy = "\"burst\";q=100;w=10, \"minute\";q=600;w=60";
        for answer in [&first, &refused] {
            assert_eq!(answer.header("ratelimit-policy"), policy);
        }
        assert!(first.header("ratelimit").starts_with("\"burst\";r=99;"));
        assert!(refused.header("ratelimit").contains(";r=0;"));
        assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
        let other = app.client_of(&app.other).get("/v1/users").await;
        other.assert_status(200);
        app.anonymous().get("/health").await.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_rate_limits_nobody_is_told_of_them() {
    for app in TestApp::with_settings(&[("RATE_LIMIT", "off")]).await {
        for _ in 0..150 {
            let answer = app.partner().get("/v1/users?limit=1").await;

            answer.assert_status(200);
            assert_eq!(answer.header("ratelimit"), "");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_whose_calls_all_run_still_leaves_room_for_others() {
    for app in TestApp::with_settings(&[("MAX_IN_FLIGHT_PER_PARTNER", "1")]).await {
        let running = app.app.in_flight().take(app.own.id);

        let own = app.partner().get("/v1/users").await;
        let other = app.client_of(&app.other).get("/v1/users").await;
        drop(running);
        let later = app.partner().get("/v1/users").await;

        own.assert_problem(503, "overloaded");
        assert_eq!(own.header("retry-after"), "1");
        other.assert_status(200);
        later.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_call_holds_is_free_again_however_it_ends() {
    for app in TestApp::with_settings(&[("MAX_IN_FLIGHT_PER_PARTNER", "1")]).await {
        let is_free = || app.app.in_flight().take(app.own.id).is_some();
        let new = app.category().body();
        let client = app.partner();

        client.get("/v1/users").await.assert_status(200);
        assert!(is_free(), "after a success");
        client.get("/v1/users/1").await.assert_status(404);
        assert!(is_free(), "after a refusal");
        app.clock.break_after(1);
        let broken = client.post("/v1/categories", new.clone()).await;
        broken.assert_problem(500, "internal-error");
        assert!(is_free(), "after a panic");
        let stalled = client.post("/v1/categories", new).stalled();
        let left = timeout(Duration::from_millis(50), stalled.into_future()).await;
        assert!(left.is_err(), "its body never ends");
        assert!(is_free(), "after a client that left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn health_answers_though_every_place_is_taken() {
    for app in TestApp::with_settings(&[("MAX_IN_FLIGHT", "1"), ("QUEUE_WAIT", "0s")]).await {
        let body = app.category().body();
        let stalled = app.partner().post("/v1/categories", body).stalled();
        let answers = async {
            let users = app.partner().get("/v1/users").await;
            (users, app.anonymous().get("/health/live").await)
        };

        let (users, health) = tokio::select! {
            biased;
            _ = stalled.into_future() => panic!("its body never ends"),
            answers = answers => answers,
        };

        users.assert_problem(503, "overloaded");
        assert_eq!(users.header("retry-after"), "1");
        health.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_takes_too_long_is_answered_in_time_and_placed_once() {
    for app in TestApp::with_settings(&[("HANDLER_TIMEOUT", "300ms")]).await {
        let product = app.product().stock(5).create().await;
        let call = app.partner().post("/v1/orders", order_of(&product, 2));
        let call = &call.idempotency_key("slow");
        let now: Time = app.clock.now().into();
        let (partner, id) = (app.own.id, product.id);
        let during = &Mutex::new(None);

        let holding_the_stock = app.app.db().transaction(|conn| {
            Box::pin(async move {
                products::take(conn, partner, std::iter::once((id, 1)), now).await?;
                *during.lock().await = Some(call.clone().await);
                Ok::<_, Error>(())
            })
        });
        holding_the_stock.await.unwrap();
        let mut repeated = call.clone().await;
        while repeated.status == 503 || repeated.status == 409 {
            repeated = call.clone().await;
        }

        let during = during.lock().await.take().unwrap();
        during.assert_problem(503, "deadline-exceeded");
        assert_eq!(during.header("retry-after"), "1");
        repeated.assert_status(201);
        assert_eq!(app.stock_of(&product).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_finds_no_free_connection_is_refused_for_now() {
    for app in TestApp::with_settings(&[("DATABASE_POOL_SIZE", "1")]).await {
        let held = app.app.db().checkout().await.unwrap();

        let answer = app.partner().get("/v1/categories/stats").await;
        drop(held);
        let later = app.partner().get("/v1/categories/stats").await;

        answer.assert_problem(503, "pool-exhausted");
        assert_eq!(answer.header("retry-after"), "1");
        assert_eq!(later.assert_status(200)["items"], json!([]));
    }
}
