//! Conditional requests: nothing is sent twice for nothing, and no change is lost unseen.

use std::future::IntoFuture;

use contract::Operation;
use contract::runtime::operation::Policy;
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{self, Case};
use crate::support::{Answer, TestApp};

/// The operations for which this header means something.
fn operations(policy: fn(&Operation) -> Policy) -> Vec<&'static Operation> {
    let all = contract::operations::ALL.iter().copied();
    let operations: Vec<_> = all.filter(|it| policy(it) != Policy::None).collect();
    assert!(!operations.is_empty());
    operations
}

/// What `GET` answers for the thing that a case names.
async fn current(app: &TestApp, case: &Case) -> Answer {
    let answer = app.partner().get(&case.path).await;
    answer.assert_status(200);
    answer
}

#[test]
fn every_single_resource_can_be_read_and_changed_under_a_condition() {
    for operation in contract::operations::ALL {
        let is_single = operation.path.ends_with('}') && operation.path.starts_with("/v1/");
        match operation.method {
            "GET" if is_single => assert_eq!(operation.if_none_match, Policy::Optional),
            "PUT" | "PATCH" | "DELETE" if is_single => {
                assert_eq!(operation.if_match, Policy::Required, "{}", operation.id);
            }
            _ => {}
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_of_what_the_client_has_is_not_modified() {
    for app in TestApp::on_each_backend().await {
        for operation in operations(|it| it.if_none_match) {
            let case = Case::new(&app, &app.own, operation).await;
            let tag = current(&app, &case).await.header("etag").to_owned();
            let other = "\"0-0\"";
            for (sent, status) in [
                (tag.clone(), 304),
                (format!("W/{tag}"), 304),
                (format!("{other}, {tag}"), 304),
                ("*".to_owned(), 304),
                (other.to_owned(), 200),
                (format!("W/{other}"), 200),
            ] {
                let read = || {
                    case.by(&app.caller_of(case.operation))
                        .header("if-none-match", &sent)
                };

                let answer = read().await;

                assert_eq!(answer.status, status, "{sent} for {tag}");
                assert_eq!(answer.header("etag"), tag);
                assert_eq!(answer.body.is_empty(), status == 304);
            }
            let head = app.partner().call("HEAD", &case.path);
            let head = head.header("if-none-match", &tag).await;
            assert_eq!(head.status, 304);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_a_condition_is_refused_and_does_nothing() {
    for app in TestApp::on_each_backend().await {
        for operation in operations(|it| it.if_match) {
            let case = Case::new(&app, &app.own, operation).await;
            let before = current(&app, &case).await;

            let call = case
                .by(&app.caller_of(case.operation))
                .without_header("if-match");
            let answer = call.invalid().await;

            answer.assert_problem(428, "precondition-required");
            assert_eq!(current(&app, &case).await.json(), before.json());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_condition_what_is_missing_and_what_is_anothers_are_not_found_alike() {
    let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    for app in TestApp::on_each_backend().await {
        for operation in operations(|it| it.if_match) {
            let id = Uuid::now_v7();
            let mut case = Case {
                path: cases::path(operation, &id.to_string()),
                ..Case::new(&app, &app.own, operation).await
            };
            let write = |case: &Case| {
                let call = case.by(&app.partner()).without_header("if-match");
                call.header("traceparent", trace).invalid()
            };

            let missing = write(&case).await;
            case.path = Case::with_id(&app, &app.other, operation, id).await.path;
            let foreign = write(&case).await;

            missing.assert_problem(404, "not-found");
            assert_eq!(
                (&missing.headers, &missing.body),
                (&foreign.headers, &foreign.body)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_is_done_only_to_what_the_client_has_seen() {
    for app in TestApp::on_each_backend().await {
        for operation in operations(|it| it.if_match) {
            let case = Case::new(&app, &app.own, operation).await;
            let before = current(&app, &case).await;
            let tag = before.header("etag");
            let write = |tags: &str| {
                case.by(&app.caller_of(case.operation))
                    .header("if-match", tags)
            };

            for stale in ["\"0\"", &format!("W/{tag}"), "\"a\", \"b,c\"", "\"\""] {
                write(stale)
                    .await
                    .assert_problem(412, "precondition-failed");
            }
            assert_eq!(current(&app, &case).await.json(), before.json());
            let seen = write("\"0\"").another_header("if-match", tag).await;

            assert!(seen.status < 300, "{seen:?}");
            if operation.method != "DELETE" {
                assert_ne!(seen.header("etag"), tag);
                let again = write(tag).await;
                again.assert_problem(412, "precondition-failed");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_entity_tag_is_refused() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", app.user().create().await.id);
        for wrong in ["1", "\"1", "w/\"1\"", "\"1\" \"2\"", "*, \"1\"", ""] {
            let call = app.partner().patch(&path, json!({"name": "Mina"}));

            let answer = call.header("if-match", wrong).invalid().await;

            let problem = answer.assert_problem(422, "validation-error");
            assert_eq!(problem["errors"][0]["parameter"], "If-Match", "{wrong}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_writes_at_once_to_the_same_state_one_is_done() {
    for app in TestApp::on_each_backend().await {
        for operation in operations(|it| it.if_match) {
            let case = Case::new(&app, &app.own, operation).await;
            let tag = current(&app, &case).await.header("etag").to_owned();

            let writes = (0..6).map(|_| {
                let write = case
                    .by(&app.caller_of(case.operation))
                    .header("if-match", &tag);
                write.into_future()
            });
            let answers = join_all(writes).await;

            let done = answers.iter().filter(|answer| answer.status < 300);
            assert_eq!(done.count(), 1, "{} on {}", operation.id, app.backend());
            for refused in answers.iter().filter(|answer| answer.status >= 300) {
                match operation.method {
                    "DELETE" if refused.status == 404 => {}
                    _ => drop(refused.assert_problem(412, "precondition-failed")),
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_tag_changes_with_everything_that_the_answer_shows() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let path = format!("/v1/categories/{}", category.id);
        let client = app.partner();
        let empty = client.get(&path).await;
        let product = app.product().category(&category).create().await;
        let product = format!("/v1/products/{}", product.id);
        let one = client.get(&path).await;
        let before = client.get(&product).await;

        let renamed = client.patch(&path, json!({"name": "Renamed"})).await;
        let after = client.get(&product).await;

        renamed.assert_status(200);
        assert_ne!(empty.header("etag"), one.header("etag"));
        assert_ne!(one.header("etag"), renamed.header("etag"));
        assert_eq!(after.json()["category_name"], "Renamed");
        assert_ne!(before.header("etag"), after.header("etag"));
        let kept = client.get(&product);
        let kept = kept.header("if-none-match", before.header("etag")).await;
        assert_ne!(kept.assert_status(200), Value::Null);
    }
}
