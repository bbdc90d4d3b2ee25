//! Turns an OpenAPI document into the sources of a contract crate.

pub mod api;
pub mod names;
pub mod render;
pub mod schema;
pub mod types;
