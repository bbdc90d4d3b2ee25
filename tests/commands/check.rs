//! `contract check` against servers that keep to a document and servers that lie.

use axum::body::Body;
use concordat::toolchain::mock::Memory;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::places::Place;
use crate::support::{NOWHERE, Serving, run};
use crate::things::{THINGS, checked, contract, kept, mocked, rules, settings};

/// What a lying server does to an answer, given the request's line.
type Lie = fn(&str, Response<Body>) -> Response<Body>;

async fn lies_found(lie: Lie) -> Vec<String> {
    let address = mocked(THINGS, Memory::Stateful, lie).await;
    rules(&checked(THINGS, address).await)
}

/// The answer with its JSON changed, if it is a success.
fn changed(answer: Response<Body>, change: fn(&mut Value)) -> Response<Body> {
    if !answer.status().is_success() || answer.status() == StatusCode::NO_CONTENT {
        return answer;
    }
    let (parts, body) = answer.into_parts();
    let bytes = futures_util::FutureExt::now_or_never(axum::body::to_bytes(body, usize::MAX));
    let mut value: Value = serde_json::from_slice(&bytes.unwrap().unwrap()).unwrap();
    change(&mut value);
    Response::from_parts(parts, Body::from(value.to_string()))
}

fn of_thing(line: &str) -> bool {
    line.starts_with("GET /v1/things/")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_honest_server_gives_no_finding_and_is_seen_whole() {
    let address = mocked(THINGS, Memory::Stateful, |_, answer| answer).await;

    let outcome = checked(THINGS, address).await;

    assert_eq!(rules(&outcome), [""; 0], "{:#?}", outcome.report.findings);
    let totals = outcome.coverage.totals();
    let (_, seen, declared) = totals[0];
    assert_eq!((seen, declared), (5, 5), "{}", outcome.coverage.to_text());
    let json = outcome.coverage.to_json();
    let statuses = |id: &str| {
        let operations = json["operations"].as_array().unwrap();
        let operation = operations.iter().find(|it| it["operation"] == id).unwrap();
        operation["responses"].clone()
    };
    assert!(statuses("createThing")["201"]["seen"].as_u64() > Some(0));
    assert!(statuses("createThing")["422"]["seen"].as_u64() > Some(0));
    assert!(statuses("getThing")["200"]["seen"].as_u64() > Some(0));
    assert!(statuses("deleteThing")["204"]["seen"].as_u64() > Some(0));
    assert!(outcome.sent > 60, "{}", outcome.sent);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lie_is_found() {
    let lies: [(&str, Lie); 11] = [
        ("status-undeclared", |line, mut answer| {
            if of_thing(line) && answer.status() == 200 {
                *answer.status_mut() = StatusCode::ACCEPTED;
            }
            answer
        }),
        ("header-missing", |_, mut answer| {
            answer.headers_mut().remove("x-version");
            answer
        }),
        ("header-invalid", |_, mut answer| {
            if answer.headers().contains_key("x-version") {
                let value = "none".parse().unwrap();
                answer.headers_mut().insert("x-version", value);
            }
            answer
        }),
        ("property-undeclared", |line, answer| match of_thing(line) {
            true => changed(answer, |value| value["extra"] = json!(1)),
            false => answer,
        }),
        ("body-invalid", |line, answer| match of_thing(line) {
            true => changed(answer, |value| value["id"] = json!("one")),
            false => answer,
        }),
        ("body-invalid", |line, answer| {
            match line.starts_with("GET /v1/things?") {
                true => changed(answer, |value| {
                    value["items"] = json!([{"id": 1, "name": "a", "colour": "pink"}])
                }),
                false => answer,
            }
        }),
        ("media-type-undeclared", |line, mut answer| {
            if of_thing(line) {
                let value = "text/html".parse().unwrap();
                answer.headers_mut().insert("content-type", value);
            }
            answer
        }),
        ("body-malformed", |line, mut answer| {
            if of_thing(line) && answer.status() == 200 {
                *answer.body_mut() = Body::from("{");
            }
            answer
        }),
        ("server-error", |line, mut answer| {
            if of_thing(line) {
                *answer.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            }
            answer
        }),
        ("invalid-accepted", |line, mut answer| {
            if line.starts_with("PATCH") && answer.status() == 422 {
                *answer.status_mut() = StatusCode::OK;
            }
            answer
        }),
        ("created-not-found", |line, mut answer| {
            if of_thing(line) && answer.status() == 200 {
                *answer.status_mut() = StatusCode::NOT_FOUND;
            }
            answer
        }),
    ];
    for (rule, lie) in lies {
        let found = lies_found(lie).await;

        assert!(found.iter().any(|it| it == rule), "{rule}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_valid_request_that_is_refused_is_told_with_its_smallest_form() {
    let lie = |line: &str, mut answer: Response<Body>| {
        if line.starts_with("POST") && answer.status() == 201 {
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        }
        answer
    };
    let address = mocked(THINGS, Memory::Stateful, lie).await;

    let outcome = checked(THINGS, address).await;

    let findings = &outcome.report.findings;
    let refused = findings
        .iter()
        .find(|it| it.rule == "valid-refused")
        .unwrap();
    assert!(refused.place.line > 1, "{refused:?}");
    let (_, request) = &refused.details[0];
    let request = request.as_str().unwrap();
    assert!(request.starts_with("curl -i -X POST"), "{request}");
    assert!(request.contains("$CONTRACT_CREDENTIAL_KEY"), "{request}");
    assert!(!request.contains("price"), "{request}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_sends_the_same_requests() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let lines = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let kept_lines = std::sync::Arc::clone(&lines);
        let address = mocked(THINGS, Memory::None, move |line, answer| {
            kept_lines.lock().unwrap().push(line.to_owned());
            answer
        })
        .await;
        let contract = kept(contract(THINGS));
        let mut settings = settings(contract, address);
        settings.concurrency = 1;

        concordat::toolchain::check::check(contract, &settings)
            .await
            .unwrap();

        seen.push(lines.lock().unwrap().clone());
    }

    assert!(!seen[0].is_empty());
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_operation_can_be_checked_and_a_rule_left_out() {
    let lie = |_: &str, mut answer: Response<Body>| {
        *answer.status_mut() = StatusCode::IM_A_TEAPOT;
        answer
    };
    let address = mocked(THINGS, Memory::Stateful, lie).await;
    let contract = kept(contract(THINGS));
    let mut settings = settings(contract, address);
    settings.only = vec!["getThing".to_owned()];
    settings.ignore = vec!["status-undeclared".to_owned()];

    let outcome = concordat::toolchain::check::check(contract, &settings)
        .await
        .unwrap();

    assert_eq!(rules(&outcome), [""; 0], "{:#?}", outcome.report.findings);
    assert_eq!(outcome.coverage.totals()[0].1, 1);
}

#[test]
fn a_service_that_is_not_there_is_no_finding() {
    let ran = run(
        NOWHERE,
        &[
            "contract",
            "check",
            concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml"),
            "--url",
            "http://127.0.0.1:1",
        ],
    );

    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("cannot be reached"), "{}", ran.err);
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_service_keeps_to_its_contract() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let seeded = crate::support::done(&url, &["seed", "--json"]);
        let seeded: Value = serde_json::from_str(&seeded).unwrap();
        let key = seeded[0]["keys"]["admin"].as_str().unwrap();
        let serving = Serving::start(&url, &[], &[("RATE_LIMIT", "off")]);
        let service = format!("http://{}", serving.address);
        let document = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml");
        let what = [
            "contract", "check", document, "--url", &service, "--bearer", key,
        ];
        let how = [
            "--seed",
            "1",
            "--cases",
            "2",
            "--strict",
            "--timeout",
            "60s",
        ];

        let ran = run(&url, &[what.as_slice(), how.as_slice()].concat());

        assert_eq!(
            ran.code,
            Some(0),
            "{}: {}\n{}",
            place.backend(),
            ran.out,
            ran.err
        );
        assert!(ran.out.contains("coverage: "), "{}", ran.out);
        assert!(ran.err.contains("seed 1"), "{}", ran.err);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mock_satisfies_the_check_of_any_document() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/codegen/tests/probes");
    let mut documents = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        documents += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        for memory in [Memory::None, Memory::Stateful] {
            let address = mocked(&text, memory, |_, answer| answer).await;
            let contract = kept(contract(&text));
            let mut settings = settings(contract, address);
            settings.cases = 2;
            settings.strictness = concordat::toolchain::check::Strictness::Lenient;

            let outcome = concordat::toolchain::check::check(contract, &settings)
                .await
                .unwrap();

            let found = &outcome.report.findings;
            assert_eq!(rules(&outcome), [""; 0], "{}: {found:#?}", path.display());
        }
    }
    assert!(documents >= 7, "{documents}");
}
