//! Turns an OpenAPI document into the sources of a contract crate.

pub mod check;
pub mod dialect;
pub mod fault;
pub mod grammar;
pub mod pointer;
pub mod schema;
pub mod source;

pub use check::check;
pub use fault::{Fault, Severity};
pub use source::{Place, Source};
