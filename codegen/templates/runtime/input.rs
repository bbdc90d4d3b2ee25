//! A request that has passed every check, on its way into a handler's types.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::files;
use super::multipart::FilePart;
use super::operation::Place;
use super::params::Decoded;
use super::problem::{Problem, Violation, boundary};
use super::upload::Upload;

/// Parameters and body.
#[derive(Debug, Default)]
pub struct Input {
    pub(crate) parameters: Decoded,
    pub(crate) body: Payload,
    pub(crate) media: usize,
    pub(crate) files: Vec<FilePart>,
}

/// A body as it was read.
#[derive(Debug, Default)]
pub enum Payload {
    /// There is none.
    #[default]
    None,
    /// JSON, or a form turned into it.
    Value(Value),
    /// Text.
    Text(String),
    /// Bytes.
    Upload(Upload),
}

impl Input {
    /// A parameter; one that was not sent is null.
    pub fn parameter<T: DeserializeOwned>(
        &mut self,
        place: Place,
        name: &str,
    ) -> Result<T, Problem> {
        let map = match place {
            Place::Path => &mut self.parameters.path,
            Place::Query => &mut self.parameters.query,
            Place::Header => &mut self.parameters.header,
            Place::Cookie => &mut self.parameters.cookie,
        };
        let value = map.remove(name).unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|_| untyped(place.name(), Some(name)))
    }

    /// Which of the declared representations the body has, by its index.
    pub fn media(&self) -> usize {
        self.media
    }

    /// Whether a body was sent.
    pub fn has_body(&self) -> bool {
        !matches!(self.body, Payload::None)
    }

    /// The body as a typed value.
    pub fn value<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        let value = match std::mem::take(&mut self.body) {
            Payload::Value(value) => value,
            _ => Value::Null,
        };
        let files = std::mem::take(&mut self.files);
        files::with(files, || serde_json::from_value(value)).map_err(|_| untyped("body", None))
    }

    /// The body as text.
    pub fn text(&mut self) -> Result<String, Problem> {
        match std::mem::take(&mut self.body) {
            Payload::Text(text) => Ok(text),
            _ => Err(untyped("body", None)),
        }
    }

    /// The body as bytes, to be read as they are wanted.
    pub fn upload(&mut self) -> Result<Upload, Problem> {
        match std::mem::take(&mut self.body) {
            Payload::Upload(upload) => Ok(upload),
            _ => Err(untyped("body", None)),
        }
    }
}

/// 422 for a value that its schema allows and no Rust type holds, such as an integer beyond 64
/// bits where the contract sets no bound.
fn untyped(place: &'static str, name: Option<&str>) -> Problem {
    let violation = Violation {
        place,
        parameter: name.map(str::to_owned),
        pointer: String::new(),
        keyword: "type".into(),
        limit: None,
        message: "has a value that the service cannot represent".to_owned(),
    };
    Problem::new(boundary::VALIDATION_ERROR).with_errors(vec![violation])
}
