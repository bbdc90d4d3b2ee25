//! Requests to a contract's operations: valid ones, and such as a service must refuse.

mod maker;
mod sent;
mod wire;
mod writer;

use crate::Source;
use crate::api::{self, Api, Piece};
pub use maker::{Impossible, Maker};
pub use sent::Sent;
pub use writer::{Parameters, Writer, value_of};

/// All requests of a document.
#[derive(Default)]
pub struct Calls {
    /// The requests.
    pub calls: Vec<Call>,
    /// Operations, with the reason, for which no valid request could be made.
    pub unmade: Vec<String>,
    /// Operations, with the reason, for which there is no valid request.
    pub impossible: Vec<String>,
}

/// A request and what its answer must be.
#[derive(Debug, Clone)]
pub struct Call {
    /// Of which operation.
    pub operation: String,
    /// What is special about it.
    pub what: String,
    /// What must answer.
    pub wanted: Wanted,
    /// HTTP method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers but those of the connection.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What must answer a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Whoever serves the operation: the request is valid.
    Handler,
    /// Whoever checks requests: 4xx.
    Refusal,
}

/// The requests to every operation of a document.
pub fn of(source: &Source) -> Calls {
    let api = api::of(source);
    let mut bundler = source.schemas();
    let mut calls = Calls::default();
    for operation in &api.operations {
        match Maker::new(&api, operation, &mut bundler).calls() {
            Ok(made) => calls.calls.extend(made),
            Err(error) if error.is::<Impossible>() => {
                calls
                    .impossible
                    .push(format!("{}: {error:#}", operation.id));
            }
            Err(error) => calls.unmade.push(format!("{}: {error:#}", operation.id)),
        }
    }
    calls.calls.extend(strays(&api));
    calls
}

/// Requests to nothing that the contract has.
fn strays(api: &Api) -> Vec<Call> {
    let stray = |what: &str, method: &str, target: &str| Call {
        operation: "(none)".to_owned(),
        what: what.to_owned(),
        wanted: Wanted::Refusal,
        method: method.to_owned(),
        target: target.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
    };
    let mut calls = vec![stray("unknown method", "UNKNOWN", "/")];
    let catches_all = api
        .operations
        .iter()
        .flat_map(|operation| &operation.routes)
        .any(|route| {
            route.segments.iter().all(|pieces| {
                pieces
                    .iter()
                    .any(|piece| !matches!(piece, Piece::Literal(_)))
            })
        });
    if !catches_all {
        calls.push(stray(
            "unknown path",
            "GET",
            "/no/such/path/in/any/contract",
        ));
    }
    calls
}
