//! An answer, judged by what its operation declares.

use bytes::Bytes;
use codegen::api::MediaKind;
use codegen::pointer;
use codegen::schema::Direction;
use contract::runtime::media::{PROBLEM_JSON, essence};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Contract;
use super::declared::{Header, Media, Response, for_status};
use super::observe::{Seen, observe};

/// An answer as it came.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, as far as it was read.
    pub body: Bytes,
    /// Whether the body was longer than what is looked at.
    pub is_cut: bool,
    /// Whether it answers HEAD.
    pub is_head: bool,
}

impl Answer {
    /// Its media type without parameters, in small letters.
    pub fn media_type(&self) -> Option<String> {
        let line = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        Some(essence(line).to_ascii_lowercase())
    }

    /// Its body as JSON, if it is.
    pub fn json(&self) -> Option<Value> {
        let is_json = self.media_type().is_some_and(|it| it.contains("json"));
        is_json
            .then(|| serde_json::from_slice(&self.body).ok())
            .flatten()
    }
}

/// How an answer breaks the document. Messages repeat no value of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: &'static str,
    /// Where the document says otherwise.
    pub pointer: String,
    /// What is so.
    pub message: String,
}

/// What an answer is in the eyes of the document.
#[derive(Debug, Default)]
pub struct Judged<'c> {
    /// The response that declares its status.
    pub response: Option<&'c Response>,
    /// The representation that declares its media type.
    pub media: Option<&'c Media>,
    /// Its body, if it could be read.
    pub value: Option<Value>,
    /// What of its schema it shows.
    pub seen: Seen,
    /// Name of its problem type.
    pub problem: Option<String>,
    /// How it breaks the document.
    pub breaches: Vec<Breach>,
}

impl Judged<'_> {
    fn breach(&mut self, rule: &'static str, pointer: &str, message: String) {
        self.breaches.push(Breach {
            rule,
            pointer: pointer.to_owned(),
            message,
        });
    }
}

/// Judges an answer of an operation, by its index.
pub fn judge<'c>(contract: &'c Contract, index: usize, answer: &Answer) -> Judged<'c> {
    let mut judged = Judged::default();
    let Some(operation) = contract.operations.get(index) else {
        return judged;
    };
    let status = answer.status;
    if operation.responses.is_empty() {
        return judged;
    }
    let Some(response) = for_status(&operation.responses, status) else {
        let at = pointer::join(&operation.declared.pointer, "responses");
        let message = format!("the status {status} is not declared");
        judged.breach("status-undeclared", &at, message);
        return judged;
    };
    judged.response = Some(response);
    for header in &response.headers {
        judge_header(contract, header, answer, &mut judged);
    }
    judge_content(contract, response, answer, &mut judged);
    judge_problem(response, answer, &mut judged);
    judged
}

fn judge_header(contract: &Contract, header: &Header, answer: &Answer, judged: &mut Judged<'_>) {
    let values: Vec<_> = answer.headers.get_all(&header.name).iter().collect();
    if values.is_empty() {
        if header.required {
            let message = format!("the answer lacks the header {}", header.name);
            judged.breach("header-missing", &header.pointer, message);
        }
        return;
    }
    let Some(validator) = contract.validator(&header.schema, Direction::Response) else {
        return;
    };
    for value in values {
        let text = String::from_utf8_lossy(value.as_bytes());
        let readings = readings(&text, header.is_json);
        if !readings.iter().any(|value| validator.is_valid(value)) {
            let reason = readings.first().and_then(|value| {
                let error = validator.iter_errors(value).next()?;
                Some(error.masked().to_string())
            });
            let reason = reason.unwrap_or_else(|| "it is not JSON".to_owned());
            let message = format!("the header {} breaks its schema: {reason}", header.name);
            judged.breach("header-invalid", &header.pointer, message);
        }
    }
}

/// The values that the text of a header may stand for (style `simple`).
fn readings(text: &str, is_json: bool) -> Vec<Value> {
    let json = |text: &str| serde_json::from_str::<Value>(text).ok();
    if is_json {
        return json(text).into_iter().collect();
    }
    let scalar = |text: &str| json(text).filter(|it| it.is_number() || it.is_boolean());
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let texts: Vec<Value> = parts.iter().map(|part| Value::from(*part)).collect();
    let typed: Vec<Value> = parts
        .iter()
        .map(|part| scalar(part).unwrap_or_else(|| Value::from(*part)))
        .collect();
    let mut readings = vec![Value::from(text)];
    readings.extend(scalar(text));
    readings.push(Value::Array(texts));
    readings.push(Value::Array(typed.clone()));
    let pair = |pair: &[Value]| match pair {
        [Value::String(name), value] => Some((name.clone(), value.clone())),
        _ => None,
    };
    let members: Option<serde_json::Map<_, _>> = typed.chunks(2).map(pair).collect();
    readings.extend(members.map(Value::Object));
    let member = |part: &&str| {
        let (name, value) = part.split_once('=')?;
        let value = scalar(value).unwrap_or_else(|| Value::from(value));
        Some((name.to_owned(), value))
    };
    let members: Option<serde_json::Map<_, _>> = parts.iter().map(member).collect();
    readings.extend(members.map(Value::Object));
    // A list and an object without members are written as nothing.
    if text.is_empty() {
        readings.extend([Value::Array(Vec::new()), Value::Object(Default::default())]);
    }
    readings
}

fn judge_content<'c>(
    contract: &Contract,
    response: &'c Response,
    answer: &Answer,
    judged: &mut Judged<'c>,
) {
    let media_type = answer.media_type();
    if response.media.is_empty() {
        // A document that does not speak of the content of its errors leaves it open.
        let is_open = !response.has_content && answer.status >= 400;
        if !answer.body.is_empty() && !is_open {
            let message = format!("{} has content where none is declared", answer.status);
            judged.breach("content-undeclared", &response.pointer, message);
        }
        return;
    }
    let Some(media_type) = media_type else {
        if !(answer.is_head || answer.body.is_empty() && answer.status == 304) {
            let message = format!("{} has no Content-Type", answer.status);
            judged.breach("media-type-undeclared", &response.pointer, message);
        }
        return;
    };
    let Some(media) = response.media_of(&media_type) else {
        let message = format!(
            "{} has the media type {media_type}, which is not declared",
            answer.status
        );
        judged.breach("media-type-undeclared", &response.pointer, message);
        return;
    };
    judged.media = Some(media);
    if !answer.is_head && !answer.is_cut {
        judge_body(contract, media, answer, judged);
    }
}

fn judge_body(contract: &Contract, media: &Media, answer: &Answer, judged: &mut Judged<'_>) {
    let value = match media.kind {
        _ if media.is_events() => return,
        MediaKind::Json => serde_json::from_slice::<Value>(&answer.body)
            .map_err(|error| format!("the body is not JSON: {error}")),
        MediaKind::Text => std::str::from_utf8(&answer.body)
            .map(Value::from)
            .map_err(|_| "the text is not UTF-8".to_owned()),
        MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => return,
    };
    let mut value = match value {
        Ok(value) => value,
        Err(message) => return judged.breach("body-malformed", &media.pointer, message),
    };
    if let Some(schema) = &media.schema {
        value = match (media.kind, contract.validator(schema, Direction::Response)) {
            (MediaKind::Text, Some(validator)) => as_text(value, &validator),
            _ => value,
        };
        if let Some(validator) = contract.validator(schema, Direction::Response) {
            for error in validator.iter_errors(&value).take(20) {
                let at = error.instance_path().to_string();
                let mut reason: String = error.masked().to_string().chars().take(300).collect();
                if !at.is_empty() {
                    reason = format!("at {at}: {reason}");
                }
                let message = format!("the body breaks its schema: {reason}");
                judged.breach("body-invalid", &media.pointer, message);
            }
        }
        if judged.breaches.is_empty() && media.kind == MediaKind::Json {
            judged.seen = observe(contract, schema, Direction::Response, &value);
            for (at, schema) in std::mem::take(&mut judged.seen.undeclared) {
                let message = format!("the property {at} is not declared");
                judged.breach("property-undeclared", &schema, message);
            }
        }
    }
    judged.value = Some(value);
}

/// What a text stands for: itself, or a number or truth value where the schema takes that alone.
fn as_text(value: Value, validator: &jsonschema::Validator) -> Value {
    let readings = value.as_str().map(|text| readings(text, false));
    let mut readings = readings.into_iter().flatten();
    let fitting = readings.find(|value| validator.is_valid(value));
    fitting.unwrap_or(value)
}

/// The type of a problem must be among those that the response lists.
fn judge_problem(response: &Response, answer: &Answer, judged: &mut Judged<'_>) {
    if answer.media_type().as_deref() != Some(PROBLEM_JSON) {
        return;
    }
    let Some(value) = &judged.value else { return };
    if let Some(status) = value.get("status").filter(|it| **it != answer.status) {
        let message = format!(
            "the problem names the status {status}, and is {}",
            answer.status
        );
        judged.breach("problem-status", &response.pointer, message);
    }
    let value = judged.value.as_ref();
    let text = |name: &str| value.and_then(|it| it.get(name)?.as_str());
    let kind = text("type").and_then(|it| it.rsplit(['/', ':']).next());
    let Some(slug) = text("code").or(kind).map(str::to_owned) else {
        return;
    };
    if !response.problems.is_empty() && !response.problems.contains(&slug) {
        let message = format!("the problem `{slug}` is not declared for {}", answer.status);
        judged.breach("problem-undeclared", &response.pointer, message);
    }
    judged.problem = Some(slug);
}

/// Headers that HTTP itself, or any server on the way, may add.
const COMMON: [&str; 46] = [
    "accept",
    "accept-encoding",
    "accept-patch",
    "accept-post",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "age",
    "allow",
    "alt-svc",
    "cache-control",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-security-policy",
    "content-type",
    "date",
    "deprecation",
    "etag",
    "expires",
    "keep-alive",
    "last-modified",
    "link",
    "location",
    "referrer-policy",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "sunset",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
    "warning",
    "www-authenticate",
    "x-content-type-options",
];

/// Headers of an answer that neither the document nor HTTP knows.
pub fn undeclared_headers(response: &Response, answer: &Answer) -> Vec<String> {
    let names = answer.headers.keys().map(http::HeaderName::as_str);
    names
        .filter(|name| !COMMON.contains(name))
        .filter(|name| {
            let mut declared = response.headers.iter();
            !declared.any(|header| header.name.eq_ignore_ascii_case(name))
        })
        .map(str::to_owned)
        .collect()
}
