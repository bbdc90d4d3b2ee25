//! What surrounds every operation: unknown paths and methods, traces, headers, faults.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::support::cases::{self, Case};
use crate::support::{Call, Client, TestApp, order_of};

const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_is_not_in_the_contract_is_not_found() {
    for app in TestApp::on_each_backend().await {
        for path in [
            "/nothing",
            "/v1",
            "/v1/",
            "/v1/users/",
            "/v1//users",
            "/V1/users",
            "/v1/users/019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a10/nothing",
            "/v1/orders/019a4b7e-3c10-7d52-9f61-5b7c8d9e0f12/nothing",
            "/health/",
            "/%2e%2e/etc/passwd",
        ] {
            for client in [app.anonymous(), app.partner()] {
                let answer = client.get(path).await;

                let problem = answer.assert_problem(404, "not-found");
                assert_eq!(problem["instance"], path);
            }
        }
    }
}

/// A request with everything wrong that can be wrong before its path is looked at.
fn wrong<'a>(client: &Client<'a>, path: &str) -> Call<'a> {
    let call = client.call("POST", path).invalid();
    let call = call
        .body("application/xml", "{")
        .header("accept", "image/png");
    call.without_header("idempotency-key")
        .header("x", &"a".repeat(33_000))
        .without_host()
}

/// The same with headers of a size that is read.
fn sized<'a>(client: &Client<'a>, path: &str) -> Call<'a> {
    wrong(client, path).without_header("x")
}

/// The same with a host.
fn named<'a>(client: &Client<'a>, path: &str) -> Call<'a> {
    sized(client, path).header("host", "api.test")
}

/// The same, taking any answer.
fn accepting<'a>(client: &Client<'a>, path: &str) -> Call<'a> {
    named(client, path).header("accept", "*/*")
}

/// Everything is wrong with the first request, and one thing less with each that follows.
#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_refused_for_what_comes_first_and_nothing_behind_it_is_looked_at() {
    for app in TestApp::with_settings(&[("RATE_LIMIT", "on")]).await {
        let nowhere = format!("/nothing?q={}", "a".repeat(8_200));
        let [none, user, admin] = [app.anonymous(), app.role("user"), app.partner()];
        let json = |body: &str| {
            let call = accepting(&admin, "/v1/orders");
            call.body("application/json", body.to_owned())
        };
        let keyed = |body: &str| json(body).idempotency_key("k");
        let order = order_of(&app.product().stock(0).create().await, 1).to_string();
        let steps = [
            (wrong(&none, &nowhere), 414, "uri-too-long"),
            (wrong(&none, "/nothing"), 431, "headers-too-large"),
            (sized(&none, "/nothing"), 400, "bad-request"),
            (named(&none, "/nothing"), 404, "not-found"),
            (named(&none, "/v1/categories"), 401, "unauthorized"),
            (named(&user, "/v1/categories"), 403, "forbidden"),
            (named(&admin, "/v1/orders"), 406, "not-acceptable"),
            (
                accepting(&admin, "/v1/orders"),
                415,
                "unsupported-media-type",
            ),
            (json("{"), 400, "malformed-body"),
            (json("{}"), 400, "missing-idempotency-key"),
            (keyed("{}"), 422, "validation-error"),
            (keyed(&order), 409, "out-of-stock"),
        ];

        for (call, status, code) in steps {
            call.await.assert_problem(status, code);
        }
        while app.app.rates().admit(&app.own.id).is_ok() {}
        let forbidden = named(&user, "/v1/categories").await;
        let limited = named(&admin, "/v1/orders").await;

        forbidden.assert_problem(403, "forbidden");
        limited.assert_problem(429, "rate-limited");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_are_answered_before_anybody_asks_for_credentials() {
    for app in TestApp::with_settings(&[("CORS_ORIGINS", "https://app.example.com")]).await {
        let origin = ("origin", "https://app.example.com");
        let preflight = app.anonymous().call("OPTIONS", "/v1/orders");
        let preflight = preflight.header("access-control-request-method", "POST");

        let preflight = preflight.header(origin.0, origin.1).await;
        let refused = app.anonymous().get("/v1/orders").header(origin.0, origin.1);
        let refused = refused.await;

        preflight.assert_status(200);
        refused.assert_problem(401, "unauthorized");
        let allowed = "access-control-allow-origin";
        assert_eq!(refused.header(allowed), origin.1, "the page may read why");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_that_a_path_does_not_have_is_refused_and_the_others_named() {
    for app in TestApp::on_each_backend().await {
        let paths: BTreeSet<_> = contract::operations::ALL
            .iter()
            .map(|operation| operation.path)
            .collect();
        for template in paths {
            let own = || {
                let all = contract::operations::ALL.iter();
                all.filter(move |operation| operation.path == template)
            };
            let mut allowed: BTreeSet<_> = own().map(|operation| operation.method).collect();
            if allowed.contains("GET") {
                allowed.insert("HEAD");
            }
            let path = cases::path(own().next().unwrap(), &Uuid::now_v7().to_string());
            for method in METHODS.iter().filter(|method| !allowed.contains(*method)) {
                // A fixed segment may be an id to the sibling template.
                let answer = app.partner().call(method, &path).await;

                answer.assert_problem(405, "method-not-allowed");
                let named: BTreeSet<_> = answer.header("allow").split(", ").collect();
                assert_eq!(named, allowed, "{method} {path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_answers_like_get_without_the_body() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            if operation.method != "GET" {
                continue;
            }
            app.clock.hold();
            let case = Case::new(&app, &app.own, operation).await;
            let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

            let get = case
                .by(&app.caller_of(case.operation))
                .header("traceparent", trace)
                .await;
            let head = case
                .client(&app.caller_of(operation))
                .call("HEAD", &case.path);
            let head = head.header("traceparent", trace).await;

            assert_eq!(head.status, get.status);
            assert_eq!(head.headers, get.headers);
            assert!(head.body.is_empty());
            assert_eq!(head.header("content-length"), get.body.len().to_string());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_of_a_thing_that_is_missing_is_not_found() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", Uuid::now_v7());

        let answer = app.partner().call("HEAD", path).await;

        assert_eq!(answer.status, 404);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.body.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_and_its_header_name_the_same_trace() {
    for app in TestApp::on_each_backend().await {
        let one = app.anonymous().get("/v1/users").await;
        let other = app.anonymous().get("/v1/users").await;

        let trace = one.json()["trace_id"].clone();
        assert_eq!(trace, one.header("x-request-id"));
        assert_ne!(trace, other.json()["trace_id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_and_the_id_of_the_request_are_taken_over() {
    for app in TestApp::on_each_backend().await {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let call = app.anonymous().get("/v1/users");
        let call = call.header("traceparent", &format!("00-{trace}-00f067aa0ba902b7-01"));

        let traced = call.clone().await;
        let named = call.header("x-request-id", "order-17/attempt:2").await;

        assert_eq!(traced.json()["trace_id"], trace);
        assert_eq!(traced.header("x-request-id"), trace);
        assert_eq!(named.json()["trace_id"], trace);
        assert_eq!(named.header("x-request-id"), "order-17/attempt:2");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_names_its_trace_too() {
    for app in TestApp::on_each_backend().await {
        let answer = app.anonymous().get("/health").await;

        let id = answer.header("x-request-id");
        assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_safe_for_browsers_and_kept_by_nobody() {
    for app in TestApp::on_each_backend().await {
        for path in ["/v1/users", "/v1/users/1", "/health", "/nothing"] {
            let answer = app.partner().get(path).await;

            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                (
                    "content-security-policy",
                    "default-src 'none'; frame-ancestors 'none'",
                ),
            ] {
                assert_eq!(answer.header(name), value, "{path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_another_origin_may_call_unless_it_is_listed() {
    for app in TestApp::on_each_backend().await {
        let call = app.partner().get("/v1/users");
        let preflight = app.anonymous().call("OPTIONS", "/v1/users");
        let preflight = preflight.header("access-control-request-method", "GET");

        let answer = call.header("origin", "https://app.example.com").await;
        let refused = preflight.header("origin", "https://app.example.com").await;

        assert_eq!(answer.header("access-control-allow-origin"), "");
        refused.assert_problem(405, "method-not-allowed");
        assert_eq!(refused.header("access-control-allow-origin"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_listed_origins_may_call_without_cookies() {
    let origins = "https://app.example.com,https://admin.example.com";
    for app in TestApp::with_settings(&[("CORS_ORIGINS", origins)]).await {
        let preflight = app.anonymous().call("OPTIONS", "/v1/orders");
        let preflight = preflight
            .header("origin", "https://admin.example.com")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "idempotency-key");
        let call = app.partner().get("/v1/users");

        let preflight = preflight.await;
        let listed = call.clone().header("origin", "https://app.example.com");
        let listed = listed.await;
        let other = call.header("origin", "https://evil.example").await;

        preflight.assert_status(200);
        let headers = preflight.header("access-control-allow-headers");
        assert!(headers.contains("idempotency-key"), "{headers}");
        assert_eq!(
            preflight.header("access-control-allow-origin"),
            "https://admin.example.com"
        );
        assert_eq!(
            listed.header("access-control-allow-origin"),
            "https://app.example.com"
        );
        assert_eq!(listed.header("access-control-allow-credentials"), "");
        assert_eq!(other.header("access-control-allow-origin"), "");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_costs_one_request_and_tells_nothing() {
    for app in TestApp::on_each_backend().await {
        let body = app.user().body();
        // The first look is for the key's expiry, the second is the handler's.
        for looks in [0, 1] {
            app.clock.break_after(looks);

            let answer = app.partner().post("/v1/users", body.clone()).await;

            answer.assert_problem(500, "internal-error");
            let text = String::from_utf8(answer.body).unwrap();
            assert!(!text.contains("clock"), "{text}");
        }
        let answer = app.partner().post("/v1/users", body).await;
        answer.assert_status(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contract_is_served_as_it_was_written() {
    for app in TestApp::on_each_backend().await {
        let json = app.anonymous().get("/openapi.json").await;
        let yaml = app.anonymous().get("/openapi.yaml").await;

        assert_eq!(json.body, contract::DOCUMENT_JSON.as_bytes());
        assert_eq!(yaml.body, contract::DOCUMENT_TEXT.as_bytes());
        assert_eq!(json.status, 200);
        assert_eq!(yaml.status, 200);
    }
}
