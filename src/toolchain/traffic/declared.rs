//! The answers that an operation declares, read from the document itself.

use codegen::api::{MediaKind, media_kind};
use codegen::pointer;
use contract::runtime::media::covers;
use contract::runtime::operation::Status;
use serde_json::Value;

/// A declared response.
#[derive(Debug)]
pub struct Response {
    /// Which statuses it stands for.
    pub status: Status,
    /// Its key in the document: `200`, `4XX`, `default`.
    pub key: String,
    /// Where it stands, references followed.
    pub pointer: String,
    /// Headers but `Content-Type`.
    pub headers: Vec<Header>,
    /// What its body may be; empty: no body.
    pub media: Vec<Media>,
    /// Whether it says at all whether there is a body.
    pub has_content: bool,
    /// `x-problems`.
    pub problems: Vec<String>,
    /// `links`, by name.
    pub links: Vec<Value>,
}

/// A declared header.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Where it stands.
    pub pointer: String,
    /// Where its schema stands.
    pub schema: String,
    /// Whether its text is JSON (`content`).
    pub is_json: bool,
}

/// A declared representation.
#[derive(Debug)]
pub struct Media {
    /// As declared.
    pub range: String,
    /// How it is written.
    pub kind: MediaKind,
    /// Where it stands.
    pub pointer: String,
    /// Where its schema stands, if it has one.
    pub schema: Option<String>,
}

impl Media {
    /// Whether it is a stream of server-sent events.
    pub fn is_events(&self) -> bool {
        covers(&self.range, "text/event-stream") && self.range.starts_with("text/")
    }
}

impl Response {
    /// Whether it says that the request was done.
    pub fn is_success(&self) -> bool {
        matches!(self.status, Status::Code(200..300) | Status::Range(2))
    }

    /// The representation of an answer's media type, the narrowest that covers it.
    pub fn media_of(&self, media_type: &str) -> Option<&Media> {
        let covering = self.media.iter().filter(|it| covers(&it.range, media_type));
        covering.min_by_key(|it| it.range.matches('*').count())
    }
}

/// What an operation at `pointer` may answer, in the order of its keys.
pub fn responses(document: &Value, pointer: &str) -> Vec<Response> {
    let at = pointer::join(pointer, "responses");
    let keys = keys(document, &at);
    keys.iter()
        .filter_map(|key| response(document, key, &follow(document, &pointer::join(&at, key))))
        .collect()
}

/// The response for a status: by its code, else by its range, else the default.
pub fn for_status(responses: &[Response], status: u16) -> Option<&Response> {
    let find = |wanted: Status| responses.iter().find(|it| it.status == wanted);
    find(Status::Code(status))
        .or_else(|| find(Status::Range(u8::try_from(status / 100).ok()?)))
        .or_else(|| find(Status::Default))
}

fn response(document: &Value, key: &str, at: &str) -> Option<Response> {
    let status = match key {
        "default" => Status::Default,
        key => match key.strip_suffix("XX") {
            Some(digit) => Status::Range(digit.parse().ok()?),
            None => Status::Code(key.parse().ok()?),
        },
    };
    let value = document.pointer(at)?;
    let list = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let headers = pointer::join(at, "headers");
    let content = pointer::join(at, "content");
    let links = pointer::join(at, "links");
    Some(Response {
        status,
        key: key.to_owned(),
        pointer: at.to_owned(),
        headers: keys(document, &headers)
            .iter()
            .filter(|name| !name.eq_ignore_ascii_case("content-type"))
            .map(|name| {
                header(
                    document,
                    name,
                    &follow(document, &pointer::join(&headers, name)),
                )
            })
            .collect(),
        media: keys(document, &content)
            .iter()
            .map(|range| media(document, range, &pointer::join(&content, range)))
            .collect(),
        has_content: value.get("content").is_some(),
        problems: list("x-problems")
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect(),
        links: keys(document, &links)
            .iter()
            .filter_map(|name| document.pointer(&follow(document, &pointer::join(&links, name))))
            .cloned()
            .collect(),
    })
}

fn header(document: &Value, name: &str, at: &str) -> Header {
    let value = document.pointer(at);
    let content = pointer::join(at, "content");
    let first = keys(document, &content).into_iter().next();
    Header {
        name: name.to_owned(),
        required: value.and_then(|it| it.get("required")) == Some(&Value::Bool(true)),
        pointer: at.to_owned(),
        schema: match &first {
            Some(range) => pointer::join(&pointer::join(&content, range), "schema"),
            None => pointer::join(at, "schema"),
        },
        is_json: first.is_some_and(|range| range.contains("json")),
    }
}

fn media(document: &Value, range: &str, at: &str) -> Media {
    let schema = pointer::join(at, "schema");
    Media {
        range: range.to_owned(),
        kind: media_kind(range),
        pointer: at.to_owned(),
        schema: document.pointer(&schema).map(|_| schema.clone()),
    }
}

/// The keys of a map, without extensions.
pub fn keys(document: &Value, at: &str) -> Vec<String> {
    let map = document.pointer(at).and_then(Value::as_object);
    let keys = map.into_iter().flat_map(|map| map.keys());
    keys.filter(|key| !key.starts_with("x-")).cloned().collect()
}

/// Where references from a pointer lead.
pub fn follow(document: &Value, at: &str) -> String {
    let mut at = at.to_owned();
    for _ in 0..32 {
        let target = document
            .pointer(&at)
            .and_then(|it| it.get("$ref")?.as_str());
        match target.and_then(pointer::of_reference) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}
