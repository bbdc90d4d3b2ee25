//! Placeholder until the generator writes this crate.
pub mod runtime { pub mod problem; }
pub use runtime::problem::{Problem, ProblemType, Violation};
