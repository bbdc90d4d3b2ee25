//! Turns an OpenAPI document into the sources of a contract crate.
