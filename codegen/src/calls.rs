//! Requests to a contract's operations: valid ones, and such as a service must refuse.

mod credentials;
mod maker;
mod sent;
pub mod wire;
mod writer;
mod wrong;

use std::collections::BTreeMap;

use anyhow::Result;
use serde_json::Value;

use crate::Source;
use crate::api::{self, Api, Piece};
pub use credentials::Credentials;
pub use maker::{Impossible, Maker};
pub use sent::Sent;
pub use writer::Writer;

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

/// A request as values, before it is written to the wire.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is special about it.
    pub what: String,
    /// What must answer.
    pub wanted: Wanted,
    /// The parameters.
    pub values: Parameters,
    /// The body.
    pub body: Option<Content>,
}

/// Values of parameters by place (`path`, `query` …), then by name.
pub type Parameters = Value;

/// A body before it is written.
#[derive(Debug, Clone)]
pub enum Content {
    /// A value in one of the declared media types, by its index.
    Value(usize, Value),
    /// Bytes as they are.
    Raw(Sent),
}

/// What must answer a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Whoever serves the operation: the request is valid.
    Handler,
    /// Whoever checks requests: 4xx, because of this.
    Refusal(Wrong),
}

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A parameter breaks its schema, or is missing.
    Parameter,
    /// The body breaks its schema.
    Body,
    /// The body cannot be parsed.
    Syntax,
    /// The body has a member twice, which JSON leaves open (RFC 8259, section 4).
    Duplicate,
    /// The body has a media type that is not declared.
    MediaType,
    /// The body that must be there is not.
    NoBody,
    /// The credentials that must be there are not.
    NoCredentials,
    /// No operation has this method or path.
    NoOperation,
}

/// The requests to every operation of a document, with credentials that are made up.
pub fn of(source: &Source) -> Calls {
    let api = api::of(source);
    let mut bundler = source.schemas();
    let credentials = Credentials::made_up(&api);
    let mut calls = Calls::default();
    for operation in &api.operations {
        let writer = Writer {
            api: &api,
            operation,
            credentials: &credentials,
            key: "key-of-the-request",
        };
        let made = Maker::new(&api, operation, &mut bundler).and_then(|maker| {
            let cases = maker.cases().into_iter();
            cases
                .map(|case| writer.write(&case))
                .collect::<Result<Vec<_>>>()
        });
        match made {
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
pub fn strays(api: &Api) -> Vec<Call> {
    let stray = |what: &str, method: &str, target: &str| Call {
        operation: "(none)".to_owned(),
        what: what.to_owned(),
        wanted: Wanted::Refusal(Wrong::NoOperation),
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

/// Names and texts.
type Texts = BTreeMap<String, String>;
