//! The examples of the contract: each is valid, and each request among them is sent.

use std::collections::BTreeSet;

use contract::operations::ALL;
use serde_json::Value;
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::cases::Case;
use crate::support::contract::{Part, example, request_body};

#[tokio::test(flavor = "multi_thread")]
async fn every_example_of_a_request_gets_its_declared_success() {
    for operation in ALL {
        let Some((_, media)) = request_body(operation) else {
            continue;
        };
        let examples = media.member("examples").unwrap().members();
        assert!(!examples.is_empty(), "{} has no example", operation.id);
        for (name, example) in examples {
            for app in TestApp::on_each_backend().await {
                create_what_examples_name(&app).await;
                let case = Case {
                    body: Some(example.value["value"].clone()),
                    ..Case::new(&app, &app.own, operation).await
                };

                let answer = case.by(&app.caller_of(case.operation)).await;

                let declared = answer.status / 100 == 2;
                assert!(declared, "{} with {name}: {answer:?}", operation.id);
            }
        }
    }
}

/// The things whose ids the examples of requests name.
async fn create_what_examples_name(app: &TestApp) {
    let order = example("NewOrder");
    let product = example("NewProduct");
    let user = app.user().with_id(id(&order["user_id"]));
    user.create().await;
    let category = app.category().with_id(id(&product["category_id"]));
    let category = category.create().await;
    let product = app.product().category(&category);
    let product = product.with_id(id(&order["lines"][0]["product_id"]));
    product.create().await;
}

fn id(text: &Value) -> Uuid {
    text.as_str().unwrap().parse().unwrap()
}

#[test]
fn every_example_of_a_body_is_valid() {
    for operation in ALL {
        let requests = request_body(operation).into_iter().map(|(_, media)| media);
        for media in requests.chain(response_bodies(operation)) {
            let examples = media.member("examples").unwrap().members();
            assert!(!examples.is_empty(), "{} has none", media.pointer);
            for (name, example) in examples {
                let schema = media.member("schema").unwrap();

                let errors = schema.errors(&example.value["value"]);

                assert!(errors.is_empty(), "{}: {name}: {errors:#?}", media.pointer);
            }
        }
    }
}

fn response_bodies(operation: &contract::Operation) -> impl Iterator<Item = Part> {
    let responses = Part::of(operation).member("responses").unwrap().members();
    responses
        .into_iter()
        .filter_map(|(_, response)| response.member("content"))
        .flat_map(|content| content.members())
        .map(|(_, media)| media)
}

#[test]
fn every_example_of_a_problem_is_of_a_type_that_its_response_declares() {
    for operation in ALL {
        let responses = Part::of(operation).member("responses").unwrap().members();
        for (status, response) in responses {
            let Some(declared) = response.value.get("x-problems") else {
                continue;
            };
            let content = response.member("content").unwrap();
            let media = content.member("application/problem+json").unwrap();

            let examples = media.member("examples").unwrap().members();

            let codes: BTreeSet<_> = examples
                .iter()
                .map(|(_, example)| example.value["value"]["code"].as_str().unwrap())
                .collect();
            let declared: BTreeSet<_> = declared
                .as_array()
                .unwrap()
                .iter()
                .map(|code| code.as_str().unwrap())
                .collect();
            assert_eq!(codes, declared, "{status} of {}", operation.id);
            for (name, example) in examples {
                assert_eq!(
                    example.value["value"]["status"].to_string(),
                    status,
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn every_example_of_a_parameter_header_or_schema_is_valid() {
    for kind in ["parameters", "headers"] {
        for (name, part) in Part::at(&format!("/components/{kind}")).members() {
            let Some(example) = part.value.get("example") else {
                continue;
            };

            let errors = part.member("schema").unwrap().errors(example);

            assert!(errors.is_empty(), "{kind} {name}: {errors:?}");
        }
    }
    for (name, schema) in Part::at("/components/schemas").members() {
        let examples = schema.value.get("examples").and_then(Value::as_array);
        for example in examples.into_iter().flatten() {
            let errors = schema.errors(example);

            assert!(errors.is_empty(), "schema {name}: {errors:?}");
        }
    }
}
