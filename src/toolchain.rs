//! What works on any OpenAPI document, whoever's contract it is.

pub mod check;
pub mod compare;
pub mod document;
pub mod lint;
pub mod mock;
pub mod project;
pub mod proxy;
pub mod report;
pub mod traffic;
