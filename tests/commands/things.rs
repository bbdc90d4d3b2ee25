//! A small document, and servers that keep to it or do not.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use codegen::Source;
use codegen::calls::Credentials;
use concordat::toolchain::check::{Outcome, Progress, Settings, Strictness, check};
use concordat::toolchain::mock::{Memory, Mock};
use concordat::toolchain::traffic::{Contract, serve};
use http::{Request, Response};

pub const THINGS: &str = include_str!("things.yaml");
pub const LAMPS: &str = include_str!("lamps.yaml");

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

pub fn contract(text: &str) -> Contract {
    Contract::new(Source::from_text("things.yaml", text).unwrap())
}

/// A contract for the rest of the process, as `check` wants it.
pub fn kept(contract: Contract) -> &'static Contract {
    Box::leak(Box::new(contract))
}

/// Serves with a handler until the test ends.
pub async fn served<H, F>(handler: H) -> SocketAddr
where
    H: Fn(Request<Body>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let listener = serve::listen(LOOPBACK, 0).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::serve(listener, handler, std::future::pending()));
    address
}

/// A mock of a document that remembers; `lie` changes its answers, given the request's line.
pub async fn mocked(
    text: &str,
    memory: Memory,
    lie: impl Fn(&str, Response<Body>) -> Response<Body> + Send + Sync + 'static,
) -> SocketAddr {
    let mock = Arc::new(Mock::new(contract(text), 0, memory));
    let lie = Arc::new(lie);
    served(move |request: Request<Body>| {
        let (mock, lie) = (Arc::clone(&mock), Arc::clone(&lie));
        async move {
            let line = format!("{} {}", request.method(), request.uri());
            lie(&line, mock.answer(request).await)
        }
    })
    .await
}

pub fn settings(contract: &Contract, address: SocketAddr) -> Settings {
    Settings {
        url: format!("http://{address}"),
        seed: 7,
        cases: 6,
        concurrency: 4,
        timeout: Duration::from_secs(20),
        credentials: Credentials::made_up(contract.api),
        headers: http::HeaderMap::new(),
        secrets: vec![("key".to_owned(), "CONTRACT_CREDENTIAL_KEY".to_owned())],
        only: Vec::new(),
        ignore: Vec::new(),
        strictness: Strictness::Strict,
        progress: Progress::Silent,
    }
}

pub async fn checked(text: &str, address: SocketAddr) -> Outcome {
    let contract = kept(contract(text));
    check(contract, &settings(contract, address)).await.unwrap()
}

/// The rules that weigh, each once.
pub fn rules(outcome: &Outcome) -> Vec<String> {
    use concordat::toolchain::report::Level;
    let findings = outcome.report.findings.iter();
    let mut rules: Vec<String> = findings
        .filter(|it| it.level > Level::Note)
        .map(|it| it.rule.clone())
        .collect();
    rules.sort();
    rules.dedup();
    rules
}
