//! What the contract says about a request that the service sends.

use serde_json::Value;

use super::operation::Parameter;
use super::problem::Violation;
use super::validation::message_violations;

/// A webhook, or a callback of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    /// The webhook's name; `operation.name` of a callback.
    pub name: &'static str,
    /// HTTP method in capitals.
    pub method: &'static str,
    /// What makes it a callback.
    pub callback: Option<Callback>,
    /// What it carries in the query, in headers and in cookies.
    pub parameters: &'static [Parameter],
    /// Its body in each media type.
    pub payloads: &'static [Payload],
    /// Statuses that the receiver may answer with, as the contract writes them.
    pub responses: &'static [&'static str],
}

/// Where a callback comes from and goes to.
#[derive(Debug, Clone, Copy)]
pub struct Callback {
    /// Id of the operation whose request asks for it.
    pub operation: &'static str,
    /// Its URL: a runtime expression (OpenAPI 3.1, section 4.8.20.4), such as `{$request.body#/url}`.
    pub url: &'static str,
}

/// The body of a message in one media type.
#[derive(Debug, Clone, Copy)]
pub struct Payload {
    /// Its media type, as the contract declares it.
    pub media: &'static str,
    /// Its entry in `schemas.json`.
    pub(crate) entry: &'static str,
}

impl Message {
    /// What is wrong with a body of this media type, by the contract. A media type that the contract
    /// does not name is wrong itself.
    pub fn violations(&self, media: &str, body: &Value) -> Vec<Violation> {
        match self.payloads.iter().find(|payload| payload.media == media) {
            Some(payload) => message_violations(payload.entry, body),
            None => vec![Violation {
                place: "body",
                parameter: None,
                pointer: String::new(),
                keyword: "content".into(),
                limit: None,
                message: "has a media type that the contract does not declare".to_owned(),
            }],
        }
    }
}
