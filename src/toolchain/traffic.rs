//! Requests and answers beside a document: what `check`, `mock` and `proxy` have in common.
//!
//! Requests are read by the runtime of the generated crate, which is the same for every contract, so
//! that the tools understand a request as a service does that was generated from the document.

pub mod answer;
pub mod client;
pub mod contract;
pub mod coverage;
pub mod curl;
pub mod declared;
pub mod links;
pub mod observe;
pub mod request;
pub mod resource;
pub mod serve;
mod table;

pub use answer::{Answer, Breach};
pub use contract::{Contract, Found};
pub use coverage::Coverage;
pub use request::Asked;

/// Bytes of a body that are held in memory; of a longer one the rest is not looked at.
pub const BODY_BYTES: usize = 8 << 20;
