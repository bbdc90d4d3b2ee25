//! What works on any OpenAPI document, whoever's contract it is.

pub mod compare;
pub mod document;
pub mod lint;
pub mod project;
pub mod report;
