//! Turns an OpenAPI document into the sources of a contract crate.

pub mod api;
pub mod build;
pub mod calls;
pub mod check;
pub mod deprecated;
pub mod dialect;
mod discriminator;
pub mod fault;
pub mod generate;
pub mod grammar;
pub mod instance;
pub mod names;
pub mod pointer;
pub mod render;
pub mod schema;
pub mod source;
pub mod sparse;
pub mod types;

pub use check::check;
pub use fault::{Fault, Severity};
pub use source::{Place, Source};
