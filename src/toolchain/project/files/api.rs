//! Every operation of the contract through HTTP: what is valid reaches its handler, nothing else does.

use axum::body::Body;
use axum::http::Request;
use codegen::Source;
use codegen::calls::{self, Call, Wanted};
use concordat_boundary::Boundary;
use contract::operations::ALL;
use contract::runtime::Matched;
use contract::runtime::operation::SchemeKind;
use http_body_util::BodyExt;
use serde_json::Value;
use {{library}}::app::App;
use {{library}}::config::Settings;

/// What came back.
struct Answer {
    status: u16,
    /// The operation that gave it.
    operation: Option<&'static str>,
    /// The body, if it is JSON.
    body: Value,
}

/// The requests that the contract's schemas and examples give; their credentials say `token`.
fn requests() -> Vec<Call> {
    let contract = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml");
    let source = Source::load(contract).expect("the contract can be read");
    calls::of(&source).calls
}

/// The service, to which `token` opens everything.
fn service(token: Option<&str>) -> Boundary {
    let settings = Settings {
        token: token.map(str::to_owned),
        ..Settings::default()
    };
    App::new(settings).boundary()
}

async fn send(service: &Boundary, call: &Call) -> Answer {
    let mut request = Request::builder()
        .method(call.method.as_str())
        .uri(&call.target)
        .header("host", "api.test");
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    let request = request.body(Body::from(call.body.clone())).expect("a request");
    let answer = service.answer(request).await;
    assert_eq!(answer.headers()["concordat-contract"], contract::STAMP);
    let (head, body) = answer.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Answer {
        status: head.status.as_u16(),
        operation: head.extensions.get::<Matched>().map(|it| it.operation.id),
        body: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

/// Whether a request can carry what the operation of a call wants: certificates end at a proxy.
fn can_be_made(call: &Call) -> bool {
    let operation = ALL.iter().find(|it| it.id == call.operation).expect("an operation");
    let mut wanted = operation.security.iter().copied().flatten();
    wanted.all(|it| it.scheme.kind != SchemeKind::MutualTls)
}

/// Whether nobody may make a call without credentials.
fn is_guarded(call: &Call) -> bool {
    let operation = ALL.iter().find(|it| it.id == call.operation).expect("an operation");
    !operation.security.is_empty() && operation.security.iter().all(|all| !all.is_empty())
}

#[tokio::test]
async fn a_valid_request_reaches_its_handler() {
    let service = service(Some("token"));
    let valid = requests().into_iter().filter(|call| call.wanted == Wanted::Handler);
    for call in valid.filter(can_be_made) {
        let Answer { status, operation, body } = send(&service, &call).await;

        let told = format!("{} ({}): {status} {body}", call.operation, call.what);
        assert_eq!(operation, Some(call.operation.as_str()), "{told}");
        assert!(!matches!(status, 400 | 401 | 403 | 406 | 413 | 415 | 422), "{told}");
    }
}

#[tokio::test]
async fn a_request_that_breaks_the_contract_is_refused_before() {
    let service = service(Some("token"));
    let broken = requests().into_iter().filter(|call| call.wanted != Wanted::Handler);
    for call in broken {
        let Answer { status, body, .. } = send(&service, &call).await;

        let told = format!("{} ({}): {status} {body}", call.operation, call.what);
        assert!((400..500).contains(&status), "{told}");
        assert!(call.method == "HEAD" || body["status"] == status, "{told}");
    }
}

#[tokio::test]
async fn without_the_setting_no_token_opens_anything() {
    let service = service(None);
    let valid = requests().into_iter().filter(|call| call.wanted == Wanted::Handler);
    for call in valid.filter(is_guarded) {
        let Answer { status, body, .. } = send(&service, &call).await;

        assert_eq!(status, 401, "{}: {body}", call.operation);
    }
}
