//! `mock`: answers as a document promises, without a service.

mod answers;
mod bodies;
mod cors;
mod lists;
mod prefer;
mod refusals;
mod remember;
mod store;

use axum::body::Body;
use bytes::Bytes;
use codegen::calls::wire;
use contract::runtime::problem::boundary;
use contract::runtime::{Problem, credentials};
use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt, Limited};

use super::traffic::request::{self, Asked};
use super::traffic::resource::Resources;
use super::traffic::{BODY_BYTES, Contract, Found};
use prefer::Prefer;
use store::Store;

/// A server that knows nothing but a document.
pub struct Mock {
    contract: Contract,
    seed: u64,
    state: Option<State>,
}

/// What a stateful mock remembers.
struct State {
    resources: Resources,
    store: Store,
}

/// A request while it is answered.
struct Exchange<'m> {
    mock: &'m Mock,
    index: usize,
    path: &'m str,
    headers: &'m http::HeaderMap,
    prefer: Prefer,
    asked: Asked,
    /// What generated values depend on: the seed and the request.
    seed: u64,
}

/// Whether a mock remembers what it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// Every answer stands by itself.
    None,
    /// What was created can be read, listed, changed and deleted.
    Stateful,
}

impl Mock {
    /// Serves a document; the same seed gives the same answers.
    pub fn new(contract: Contract, seed: u64, memory: Memory) -> Self {
        let state = (memory == Memory::Stateful).then(|| State {
            resources: Resources::of(&contract),
            store: Store::default(),
        });
        Self {
            contract,
            seed,
            state,
        }
    }

    /// The document.
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        let is_head = parts.method == http::Method::HEAD;
        let mut response = match cors::preflight(&self.contract, &parts) {
            Some(response) => response,
            None => self.route(&parts, body).await,
        };
        cors::allow(&parts.headers, response.headers_mut());
        if is_head {
            let length = http_body::Body::size_hint(response.body()).exact();
            if let Some(length) = length {
                let headers = response.headers_mut();
                headers.entry(CONTENT_LENGTH).or_insert(length.into());
            }
            *response.body_mut() = Body::empty();
        }
        response
    }

    async fn route(&self, parts: &http::request::Parts, body: Body) -> Response<Body> {
        let (path, query) = (parts.uri.path(), parts.uri.query());
        let prefer = Prefer::read(&parts.headers);
        match self.contract.find(parts.method.as_str(), path, query) {
            Found::Operation(index, captures) => {
                let Ok(body) = Limited::new(body, BODY_BYTES).collect().await else {
                    let problem = Problem::new(boundary::BODY_TOO_LARGE);
                    return refusals::refuse(&self.contract, Some(index), &problem);
                };
                let request = request::Request {
                    operation: index,
                    captures: &captures,
                    query,
                    headers: &parts.headers,
                    body: body.to_bytes(),
                };
                match self.read(&request).await {
                    Ok(asked) => {
                        let exchange = Exchange {
                            mock: self,
                            index,
                            path,
                            headers: &parts.headers,
                            prefer,
                            asked,
                            seed: self.seed_of(parts, &request.body),
                        };
                        exchange
                            .answer()
                            .unwrap_or_else(|it| refusals::refuse(&self.contract, Some(index), &it))
                    }
                    Err(problem) => refusals::refuse(&self.contract, Some(index), &problem),
                }
            }
            Found::Methods(methods) => {
                refusals::refuse(&self.contract, None, &other_method(&methods))
            }
            Found::Nothing => {
                let problem = Problem::new(boundary::NOT_FOUND).with_detail(
                    "the document has no such path; mind the base path of its servers",
                );
                refusals::refuse(&self.contract, None, &problem)
            }
        }
    }

    /// Credentials must be there, not right; then parameters and body.
    async fn read(&self, request: &request::Request<'_>) -> Result<Asked, Problem> {
        if let Some(operation) = self.contract.operations.get(request.operation) {
            credentials::extract(operation.row, request.headers, request.query)?;
        }
        request::read(&self.contract, request).await
    }

    fn seed_of(&self, parts: &http::request::Parts, body: &Bytes) -> u64 {
        let target = parts.uri.path_and_query().map_or("", |it| it.as_str());
        let pieces = [parts.method.as_str().as_bytes(), target.as_bytes(), body];
        // FNV-1a: the same on every machine and in every version.
        let hash = pieces
            .iter()
            .copied()
            .flatten()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
            });
        // Small, so that the first answers of a seed are the plain ones.
        (hash % 64).wrapping_add(self.seed.wrapping_mul(64))
    }
}

fn other_method(methods: &[&str]) -> Problem {
    let mut allowed = methods.to_vec();
    if allowed.contains(&"GET") && !allowed.contains(&"HEAD") {
        allowed.push("HEAD");
    }
    allowed.push("OPTIONS");
    allowed.sort_unstable();
    allowed.dedup();
    let allowed = allowed.join(", ");
    let problem =
        Problem::new(boundary::METHOD_NOT_ALLOWED).with_detail(format!("allowed are {allowed}"));
    match HeaderValue::from_str(&allowed) {
        Ok(value) => problem.with_header(ALLOW, value),
        Err(_) => problem,
    }
}

/// A first request for people to try: of an operation that only reads, the one with the fewest
/// parameters, with credentials that are made up.
pub fn first_request(contract: &Contract, base: &str) -> Option<String> {
    let credentials = codegen::calls::Credentials::made_up(contract.api);
    let mut bundler = contract.source.schemas();
    let mut operations: Vec<_> = contract.api.operations.iter().collect();
    operations.sort_by_key(|it| (it.method != "GET", it.parameters.len()));
    operations.into_iter().take(20).find_map(|operation| {
        let maker = codegen::calls::Maker::new(contract.api, operation, &mut bundler).ok()?;
        let writer = codegen::calls::Writer {
            api: contract.api,
            operation,
            credentials: &credentials,
            key: "first-try",
        };
        let call = writer.write(&maker.smallest()).ok()?;
        Some(super::traffic::curl::of(base, &call, &[]))
    })
}

/// A value without quotes, as texts of headers and bodies have it.
fn plain(value: &serde_json::Value) -> String {
    wire::plain(value)
}
