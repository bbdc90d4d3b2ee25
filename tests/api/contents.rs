//! Bodies and media types: what is read, what is refused, and how the refusal tells why.

use serde_json::{Value, json};

use crate::support::cases::Case;
use crate::support::contract::request_body;
use crate::support::{Call, TestApp};

/// A valid new category as text, to be spoilt.
const CATEGORY: &str = r#"{"name": "Coffee", "slug": "coffee"}"#;

fn create_category<'a>(app: &'a TestApp, body: impl Into<Vec<u8>>) -> Call<'a> {
    let call = app.partner().call("POST", "/v1/categories");
    call.body("application/json", body).invalid()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_strict_json_is_malformed() {
    for app in TestApp::on_each_backend().await {
        let deep = format!("{}1{}", "[".repeat(33), "]".repeat(33));
        for (body, rule) in [
            (r#"{"name": "Coffee", "slug": "coffee""#.to_owned(), "json"),
            (r#"{"name": "Coffee", "slug": "coffee",}"#.into(), "json"),
            (r#"{'name': 'Coffee', 'slug': 'coffee'}"#.into(), "json"),
            (format!("{CATEGORY} x"), "json"),
            (format!("{CATEGORY}{CATEGORY}"), "json"),
            (format!("\u{feff}{CATEGORY}"), "json"),
            (" ".into(), "json"),
            (r#"{"name": NaN, "slug": "coffee"}"#.into(), "json"),
            (
                r#"{"name": "Cof\ud800fee", "slug": "coffee"}"#.into(),
                "json",
            ),
            (
                "{\"name\": \"Cof\tfee\", \"slug\": \"coffee\"}".into(),
                "json",
            ),
            (
                r#"{"name": "a", "name": "b", "slug": "c"}"#.into(),
                "duplicate",
            ),
            (
                r#"{"name": "a", "\u006eame": "b", "slug": "c"}"#.into(),
                "duplicate",
            ),
            (
                r#"{"name": "Cof\u0000fee", "slug": "coffee"}"#.into(),
                "nul",
            ),
            (
                r#"{"na\u0000me": "Coffee", "slug": "coffee"}"#.into(),
                "nul",
            ),
            (
                format!(r#"{{"name": {}, "slug": "c"}}"#, "9".repeat(30)),
                "integer",
            ),
            (format!(r#"{{"name": {deep}, "slug": "c"}}"#), "depth"),
        ] {
            let answer = create_category(&app, body.clone()).await;

            let problem = answer.assert_problem(400, "malformed-body");
            assert_eq!(problem["errors"][0]["keyword"], rule, "{body}");
            assert_eq!(problem["errors"][0]["in"], "body");
        }
        let listed = app.partner().get("/v1/categories").await.json();
        assert_eq!(listed["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_utf_8_is_malformed() {
    for app in TestApp::on_each_backend().await {
        for body in [
            b"{\"name\": \"\xff\", \"slug\": \"c\"}".as_slice(),
            b"\xff\xfe{",
        ] {
            let answer = create_category(&app, body).await;

            answer.assert_problem(400, "malformed-body");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_too_large_to_keep_is_refused_before_any_handler() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let body = app
            .product()
            .category(&category)
            .with("stock", 7_777)
            .body();
        for (stock, status) in [
            ("9".repeat(30).as_str(), 400),
            ("9223372036854775808", 422),
            ("2147483648", 422),
            ("1e400", 400),
            ("0.5", 422),
            ("-1", 422),
        ] {
            let text = body.to_string().replace("7777", stock);
            let call = app.partner().call("POST", "/v1/products").invalid();

            let answer = call.body("application/json", text).await;

            assert_eq!(answer.status, status, "{stock}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_levels_can_be_read() {
    for app in TestApp::on_each_backend().await {
        let deep = format!("{}1{}", "[".repeat(31), "]".repeat(31));

        let answer = create_category(&app, format!(r#"{{"name": {deep}, "slug": "c"}}"#)).await;

        answer.assert_violations(&[("/name", "type")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_body_of_another_type_than_an_object_breaks_the_contract() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let case = Case::new(&app, &app.own, operation).await;
            if case.body.is_none() {
                continue;
            }
            for body in [
                json!([]),
                json!([case.body]),
                json!("x"),
                json!(7),
                Value::Null,
            ] {
                let case = Case {
                    body: Some(body),
                    ..case.clone()
                };

                let answer = case.by(&app.caller_of(case.operation)).invalid().await;

                answer.assert_violations(&[("", "type")]);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_member_breaks_the_contract_of_every_body() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let mut case = Case::new(&app, &app.own, operation).await;
            let Some(body) = &mut case.body else {
                continue;
            };
            body["a/b~c"] = "x".into();

            let answer = case.by(&app.caller_of(case.operation)).invalid().await;

            answer.assert_violations(&[("/a~1b~0c", "additionalProperties")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_alone_says_cannot_be_sent() {
    for app in TestApp::on_each_backend().await {
        let category = app.category();
        for (member, value) in [
            ("id", json!("019a4b7b-52c4-7be0-a1d3-6f0c8e7b2d41")),
            ("product_count", json!(3)),
            ("created_at", json!("2026-03-14T09:26:53.589793Z")),
        ] {
            let mut body = category.body();
            body[member] = value;

            let answer = app.partner().post("/v1/categories", body).invalid().await;

            answer.assert_violations(&[(&format!("/{member}"), "additionalProperties")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_missing_is_told_so() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let mut case = Case::new(&app, &app.own, operation).await;
            if case.body.take().is_none() {
                continue;
            }

            let answer = case.by(&app.caller_of(case.operation)).invalid().await;

            answer.assert_violations(&[("", "required")]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_member_of_a_user_is_told_at_once() {
    for app in TestApp::on_each_backend().await {
        let body = json!({
            "username": "a!",
            "age": 151,
            "role": "root",
            "name": " \u{3000}",
            "tags": ["", "a\u{1}"],
            "metadata": {"": "x", "k": 1},
        });

        let answer = app.partner().post("/v1/users", body).invalid().await;

        let problem = answer.assert_violations(&[
            ("/username", "minLength"),
            ("/username", "pattern"),
            ("/email", "required"),
            ("/age", "maximum"),
            ("/role", "enum"),
            ("/name", "pattern"),
            ("/tags/0", "minLength"),
            ("/tags/1", "pattern"),
            ("/metadata/", "propertyNames"),
            ("/metadata/k", "type"),
        ]);
        let age = problem["errors"].as_array().unwrap().iter();
        let age = age
            .clone()
            .find(|error| error["pointer"] == "/age")
            .unwrap();
        assert_eq!(age["limit"], 150);
        assert!(age["message"].as_str().unwrap().contains("150"));
        assert!(!answer_repeats(&problem, "root"), "{problem}");
    }
}

fn answer_repeats(problem: &Value, text: &str) -> bool {
    let errors = problem["errors"].as_array().unwrap();
    errors
        .iter()
        .any(|error| error["message"].as_str().unwrap().contains(text))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_places_are_told_than_a_client_can_use() {
    for app in TestApp::on_each_backend().await {
        let lines = vec![json!({"product_id": "x", "quantity": 0, "a": 1}); 50];

        let body = json!({ "lines": lines });
        let answer = app.partner().post("/v1/orders", body).invalid().await;

        let problem = answer.assert_problem(422, "validation-error");
        assert_eq!(problem["errors"].as_array().unwrap().len(), 100);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_another_media_type_is_refused_and_the_right_one_named() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let case = Case::new(&app, &app.own, operation).await;
            let (Some((known, _)), Some(body)) = (request_body(operation), &case.body) else {
                continue;
            };
            for media_type in [
                "application/json",
                "application/merge-patch+json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "nonsense",
            ] {
                if media_type == known {
                    continue;
                }
                let call = case.by(&app.caller_of(case.operation)).invalid();

                let answer = call.body(media_type, body.to_string()).await;

                answer.assert_problem(415, "unsupported-media-type");
                assert_eq!(answer.header("accept"), known, "{media_type}");
            }
            let untyped = case
                .by(&app.caller_of(case.operation))
                .without_header("content-type");
            let untyped = untyped.invalid().await;
            untyped.assert_problem(415, "unsupported-media-type");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_in_another_charset_or_encoding_is_refused() {
    for app in TestApp::on_each_backend().await {
        let utf_16 = create_category(&app, CATEGORY);
        let utf_16 = utf_16.header("content-type", "application/json; charset=utf-16");
        let gzip = create_category(&app, CATEGORY).header("content-encoding", "gzip");

        let utf_16 = utf_16.await;
        let gzip = gzip.await;

        utf_16.assert_problem(415, "unsupported-media-type");
        assert_eq!(utf_16.header("accept"), "application/json");
        gzip.assert_problem(415, "unsupported-media-type");
        assert_eq!(gzip.header("accept-encoding"), "identity");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_media_type_is_taken_however_it_is_written() {
    for app in TestApp::on_each_backend().await {
        for media_type in [
            "Application/JSON",
            "application/json; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            let body = app.category().body();
            let call = app.partner().post("/v1/categories", body);

            let answer = call.header("content-type", media_type).await;

            answer.assert_status(201);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_the_client_does_not_take_is_not_given() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let has_content = operation
                .responses
                .iter()
                .any(|response| response.is_success() && !response.media.is_empty());
            for accept in [
                "application/xml",
                "text/csv, image/*",
                "application/json;q=0",
            ] {
                let case = Case::new(&app, &app.own, operation).await;

                let answer = case
                    .by(&app.caller_of(case.operation))
                    .header("accept", accept)
                    .await;

                match has_content {
                    true => drop(answer.assert_problem(406, "not-acceptable")),
                    false => assert_eq!(answer.status, 204, "{answer:?}"),
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_given_to_all_who_take_json() {
    for app in TestApp::on_each_backend().await {
        for accept in [
            "*/*",
            "application/*",
            "text/html, application/json;q=0.1",
            "application/problem+json, application/json",
            "APPLICATION/JSON",
        ] {
            let call = app.partner().get("/v1/users").header("accept", accept);

            call.await.assert_status(200);
        }
    }
}
