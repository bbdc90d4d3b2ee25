//! The request log: what a partner sent is found again, by nobody else, and without its secrets.

use std::future::IntoFuture;
use std::process::Command;
use std::time::Duration;

use chrono::TimeDelta;
use concordat::db::{Db, Options};
use concordat::repository::page::Slice;
use concordat::repository::requests::{self, RequestFilter};
use concordat::services::{housekeeping, requests::writer};
use futures_util::future::poll_immediate;
use serde_json::{Value, json};

use crate::support::cases::Case;
use crate::support::{Client, TestApp, order_of};

/// Writes what waits, as the service does on its own twice a second.
async fn write(app: &TestApp) {
    while writer::write(&app.app).await > 0 {}
}

/// What the log lists for a query, the newest first.
async fn logged(app: &TestApp, query: &str) -> Vec<Value> {
    logged_by(app, &app.partner(), query).await
}

/// The same by another client.
async fn logged_by(app: &TestApp, client: &Client<'_>, query: &str) -> Vec<Value> {
    write(app).await;
    let page = client.get(format!("/v1/requests?limit=100&{query}")).await;
    page.assert_status(200)["items"].as_array().unwrap().clone()
}

/// The newest request, with what was sent.
async fn newest(app: &TestApp) -> Value {
    let newest = logged(app, "").await.remove(0);
    let path = format!("/v1/requests/{}", newest["id"].as_str().unwrap());
    app.partner().get(path).await.assert_status(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_call_of_an_operation_that_is_logged_is_found_and_no_other() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let case = Case::new(&app, &app.own, operation).await;
            write(&app).await;
            let client = case.client(&app.partner());
            let before = logged_by(&app, &client, "").await.len();

            let answer = case.by(&app.caller_of(operation)).await;

            let entries = logged_by(&app, &client, "").await;
            let is_logged = operation.path.starts_with("/v1/") && operation.tag != "Requests";
            assert_eq!(operation.log, is_logged, "{}", operation.id);
            assert_eq!(entries.len(), before + usize::from(is_logged));
            if is_logged {
                let entry = &entries[0];
                assert_eq!(entry["operation"], operation.id);
                assert_eq!(entry["method"], operation.method);
                assert_eq!(entry["path"], case.path);
                assert_eq!(entry["status"], answer.status);
                assert_eq!(entry["verdict"], "handler");
                assert_eq!(entry["problem"], Value::Null);
                assert_eq!(entry["trace_id"], answer.header("x-request-id"));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verdict_tells_which_step_decided() {
    let limits = [("MAX_IN_FLIGHT_PER_PARTNER", "1")];
    for app in TestApp::with_settings(&limits).await {
        let product = app.product().stock(1).create().await;
        let path = format!("/v1/products/{}", product.id);
        let found = app.partner().get(&path).await;
        let tag = found.header("etag").to_owned();

        let client = app.partner();
        let calls = [
            (app.role("user").get("/v1/audit"), "authorization", 403),
            (
                client.get(&path).header("accept", "text/csv"),
                "negotiation",
                406,
            ),
            (client.get("/v1/products?limit=0").invalid(), "request", 422),
            (
                client.post("/v1/orders", json!(1)).invalid(),
                "request",
                422,
            ),
            (
                client.post("/v1/orders", order_of(&product, 2)),
                "handler",
                409,
            ),
            (
                client.get(&path).header("if-none-match", &tag),
                "answer",
                304,
            ),
            (
                client.delete(&path).header("if-match", "\"0\""),
                "handler",
                412,
            ),
        ];
        for (call, verdict, status) in calls {
            let answer = call.await;

            assert_eq!(answer.status, status);
            let entry = newest(&app).await;
            assert_eq!(entry["verdict"], verdict, "{entry}");
            assert_eq!(entry["status"], status);
            let code = match status {
                304 => Value::Null,
                _ => answer.json()["code"].clone(),
            };
            assert_eq!(entry["problem"], code);
        }

        let place = app.app.in_flight().take(app.own.id);
        client.get(&path).await.assert_problem(503, "overloaded");
        drop(place);
        assert_eq!(newest(&app).await["verdict"], "admission");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_is_shown_without_the_key() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let order = order_of(&product, 1);
        let call = app.partner().post("/v1/orders", order.clone());
        let call = call
            .idempotency_key("it's-mine")
            .header("user-agent", "shop/1");
        let call = call
            .header("x-secret", "hunter2")
            .header("cookie", "hunter2");
        call.await.assert_status(201);

        let entry = newest(&app).await;

        let body = entry["body"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(body).unwrap(), order);
        assert_eq!(entry["body_bytes"], body.len());
        assert_eq!(
            entry["headers"],
            json!({
                "content-type": "application/json",
                "idempotency-key": "it's-mine",
                "user-agent": "shop/1",
            })
        );
        assert!(entry["duration_ms"].as_f64().unwrap() > 0.0);
        let text = entry.to_string();
        assert!(
            !text.contains("hunter2") && !text.contains("sk_live"),
            "{text}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_finds_the_requests_of_another_partner() {
    for app in TestApp::on_each_backend().await {
        app.client_of(&app.other)
            .get("/v1/users")
            .await
            .assert_status(200);

        assert_eq!(logged(&app, "").await, Vec::<Value>::new());
        let theirs = app.client_of(&app.other).get("/v1/requests").await;
        assert_eq!(theirs.json()["items"].as_array().unwrap().len(), 1);
    }
}

/// What a shell hands to `curl` when it runs the command.
fn arguments(command: &str) -> Vec<String> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}");
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("CONCORDAT_URL", "http://api.test")
        .env("CONCORDAT_KEY", "the key")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_sends_the_same_again_whatever_it_holds() {
    for app in TestApp::on_each_backend().await {
        let name = "it's $HOME `id` \\ \"x\" 차";
        let body = json!({"name": name, "slug": "its"});
        let made = app.partner().post("/v1/categories", body.clone()).await;
        made.assert_status(201);

        let command = newest(&app).await["curl"].as_str().unwrap().to_owned();

        let body = body.to_string();
        let expected = [
            "-X",
            "POST",
            "http://api.test/v1/categories",
            "-H",
            "Authorization: Bearer the key",
            "-H",
            "content-type: application/json",
            "--data-raw",
            &body,
        ];
        assert_eq!(arguments(&command), expected, "{command}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_too_long_or_no_text_is_counted_and_not_kept() {
    for app in TestApp::on_each_backend().await {
        let long = format!("{{\"name\": \"{}\"}}", "a".repeat(16 * 1024));
        for (body, bytes) in [
            (long.clone().into_bytes(), long.len()),
            (b"\xff".to_vec(), 1),
        ] {
            let call = app.partner().call("POST", "/v1/categories");
            let call = call.body("application/json", body).invalid();
            assert!(call.await.status >= 400);

            let entry = newest(&app).await;

            assert_eq!(entry["body"], Value::Null);
            assert_eq!(entry["body_bytes"], bytes);
            assert_eq!(entry["curl"], Value::Null);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_filtered_and_paged() {
    for app in TestApp::on_each_backend().await {
        let client = app.partner();
        client.get("/v1/users").await.assert_status(200);
        client
            .post("/v1/categories", app.category().body())
            .await
            .assert_status(201);
        client
            .get("/v1/users?limit=0")
            .invalid()
            .await
            .assert_status(422);
        let all = logged(&app, "").await;
        assert_eq!(all.len(), 3);
        let text = |at: usize, member: &str| all[at][member].as_str().unwrap().to_owned();
        let second = text(1, "created_at");

        for (query, expected) in [
            ("status_class=2xx".to_owned(), vec![1, 2]),
            ("status_class=4xx".to_owned(), vec![0]),
            ("status_class=5xx".to_owned(), vec![]),
            ("operation=listUsers".to_owned(), vec![0, 2]),
            ("operation=listUsers&status_class=2xx".to_owned(), vec![2]),
            ("method=POST".to_owned(), vec![1]),
            (format!("trace_id={}", text(2, "trace_id")), vec![2]),
            (format!("since={second}"), vec![0, 1]),
            (format!("until={second}"), vec![2]),
        ] {
            let found = logged(&app, &query).await;

            let expected: Vec<_> = expected.iter().map(|&at: &usize| all[at].clone()).collect();
            assert_eq!(found, expected, "{query}");
        }

        let first = client.get("/v1/requests?limit=1&operation=listUsers").await;
        let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
        let next = format!("/v1/requests?limit=1&operation=listUsers&cursor={cursor}");
        assert_eq!(client.get(next).await.json()["items"][0], all[2]);
        let other = client.get(format!("/v1/requests?cursor={cursor}")).await;
        other.assert_problem(409, "invalid-cursor");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_is_logged_too() {
    for app in TestApp::on_each_backend().await {
        // The key is known now, so that the next call comes as far as its body at once.
        app.partner().get("/v1/users").await.assert_status(200);
        let call = app.partner().post("/v1/categories", app.category().body());
        let mut call = call.stalled().into_future();
        assert!(poll_immediate(&mut call).await.is_none());
        drop(call);

        let entry = newest(&app).await;

        assert_eq!(entry["verdict"], "abandoned");
        assert_eq!(entry["status"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_requests_are_dropped_and_counted() {
    for app in TestApp::on_each_backend().await {
        app.partner().get("/v1/users").await.assert_status(200);
        app.app.db().close(Duration::from_secs(1)).await;

        writer::write(&app.app).await;

        assert_eq!(app.app.request_log().dropped(), 1);
        assert_eq!(writer::write(&app.app).await, 0, "it is gone");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_written_before_the_service_ends() {
    for app in TestApp::on_each_backend().await {
        writer::start(&app.app);
        for _ in 0..3 {
            app.partner().get("/v1/users").await.assert_status(200);
        }

        app.app.close(Duration::from_secs(5)).await;

        assert_eq!(app.app.request_log().dropped(), 0);
        let url = app.app.db().url().clone();
        let db = Db::open(Options::new(url)).await.unwrap();
        let (filter, slice) = (RequestFilter::default(), Slice::first(100));
        let mut conn = db.checkout().await.unwrap();
        let page = requests::list(&mut conn, app.own.id, &filter, &slice).await;
        assert_eq!(page.unwrap().items.len(), 3);
        drop(conn);
        db.close(Duration::from_secs(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_holds_no_more_than_it_has_room_for() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..2_001 {
            app.role("user").get("/v1/audit").await.assert_status(403);
        }

        assert_eq!(app.app.request_log().dropped(), 1);
        assert_eq!(writer::write(&app.app).await, 500);
        app.role("user").get("/v1/audit").await.assert_status(403);
        assert_eq!(app.app.request_log().dropped(), 1, "there is room again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_thrown_away_after_their_time_and_not_before() {
    for app in TestApp::with_settings(&[("REQUEST_LOG_KEPT", "2days")]).await {
        app.partner().get("/v1/users").await.assert_status(200);
        write(&app).await;

        app.clock
            .advance(TimeDelta::days(2) - TimeDelta::seconds(1));
        let early = housekeeping::sweep(&app.app).await.unwrap();
        app.clock.advance(TimeDelta::seconds(2));
        let swept = housekeeping::sweep(&app.app).await.unwrap();

        assert_eq!((early, swept), (0, 1), "on {}", app.backend());
    }
}
