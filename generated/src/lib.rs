//! Server side of the contract: models, one trait a tag, router, validators, operation table, webhooks.
//!
//! Written by the generator from the contract; never edited. The traits' methods have no bodies, so
//! that rustc names each handler that is missing; with the feature `stubs` they answer 501 instead.

pub mod apis;
pub mod models;
pub mod operations;
pub mod problems;
pub mod router;
pub mod runtime;
pub mod validators;
pub mod webhooks;

pub use apis::*;
pub use problems::{ROLES, Role};
pub use router::{router, service};
pub use runtime::{
    Admission, Base64, Body, Bytes, Context, Credential, DecimalNumber, Event, EventStream,
    Failure, FilePart, Host, Idempotency, Identity, InexactDecimal, Limits, Operation,
    Preconditions, Problem, ProblemType, Reply, Sampler, TraceId, Upload, Violation,
};

/// Title of the contract.
pub const TITLE: &str = "Concordat";

/// `info.version` of the contract.
pub const VERSION: &str = "0.1.1";

/// The contract as it was written.
pub const DOCUMENT_TEXT: &str = include_str!("../contract.yaml");

/// The contract as JSON, references to other files brought in.
pub const DOCUMENT_JSON: &str = include_str!("../contract.json");

/// SHA-256 of [`DOCUMENT_JSON`], in hexadecimal.
pub const HASH: &str = "ba61034b513e5f281d6ee85b948acac55bb48cec4e56dbf51c80983c963628f5";

/// [`VERSION`] and [`HASH`] as the header `Concordat-Contract` tells them.
pub const STAMP: &str =
    "0.1.1; hash=ba61034b513e5f281d6ee85b948acac55bb48cec4e56dbf51c80983c963628f5";
