//! Answers to requests that are right.

use axum::body::Body;
use codegen::calls::wire;
use contract::runtime::Problem;
use contract::runtime::media::negotiate;
use contract::runtime::operation::Status;
use contract::runtime::problem::boundary;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::bodies::{self, encode};
use super::{Exchange, plain};
use crate::toolchain::traffic::Contract;
use crate::toolchain::traffic::declared::{self, Media, for_status};

/// Headers that the message itself needs, whatever the document says of them.
const OF_THE_MESSAGE: [&str; 7] = [
    "connection",
    "content-encoding",
    "content-length",
    "date",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// An answer before it is written.
pub(super) struct Draft<'c> {
    pub(super) status: u16,
    pub(super) response: &'c declared::Response,
    pub(super) media: Option<&'c Media>,
    pub(super) value: Option<Value>,
    pub(super) location: Option<String>,
}

impl<'m> Exchange<'m> {
    /// The answer. Errors: the client wants what the document does not have.
    pub(super) fn answer(&self) -> Result<Response<Body>, Problem> {
        let operation = self.mock.contract.operations.get(self.index);
        if operation.is_some_and(|it| it.responses.is_empty()) && self.prefer.code.is_none() {
            let mut nothing = Response::new(Body::empty());
            *nothing.status_mut() = StatusCode::NO_CONTENT;
            return Ok(nothing);
        }
        let mut draft = self.draft()?;
        if self.prefer.code.is_none() && self.prefer.example.is_none() {
            self.remember(&mut draft)?;
        }
        Ok(self.write(&draft))
    }

    fn draft(&self) -> Result<Draft<'m>, Problem> {
        let (status, response) = self.response()?;
        let media = self.media(response)?;
        let value = match (media, &self.prefer.example) {
            (Some(media), Some(name)) => Some(self.example(media, name)?),
            (Some(media), None) => {
                bodies::value(&self.mock.contract, media, &self.prefer, self.seed)
            }
            (None, _) => None,
        };
        let mut draft = Draft {
            status,
            response,
            media,
            value,
            location: None,
        };
        if let (Some(media), Some(value), None) = (media, &mut draft.value, &self.prefer.example) {
            bodies::settle_problem(&self.mock.contract, response, media, status, value);
        }
        Ok(draft)
    }

    fn example(&self, media: &Media, name: &str) -> Result<Value, Problem> {
        bodies::named(&self.mock.contract, media, name).ok_or_else(|| {
            Problem::new(boundary::BAD_REQUEST)
                .with_detail(format!("Prefer: this answer has no example `{name}`"))
        })
    }

    /// The response that is wanted, else the one that says that all went well.
    pub(super) fn response(&self) -> Result<(u16, &'m declared::Response), Problem> {
        let responses: &'m [declared::Response] =
            match self.mock.contract.operations.get(self.index) {
                Some(operation) => &operation.responses,
                None => &[],
            };
        if let Some(code) = self.prefer.code {
            let response = for_status(responses, code).filter(|_| (200..600).contains(&code));
            return response.map(|it| (code, it)).ok_or_else(|| {
                let keys: Vec<&str> = responses.iter().map(|it| it.key.as_str()).collect();
                Problem::new(boundary::BAD_REQUEST).with_detail(format!(
                    "Prefer: the status {code} is not declared; declared are {}",
                    keys.join(", ")
                ))
            });
        }
        best(responses).ok_or_else(|| {
            Problem::new(boundary::NOT_IMPLEMENTED)
                .with_detail("the operation declares no answer that a server can give")
        })
    }

    /// The representation that the client likes best.
    pub(super) fn media(
        &self,
        response: &'m declared::Response,
    ) -> Result<Option<&'m Media>, Problem> {
        let ranges = response.media.iter().map(|it| it.range.as_str());
        let chosen = negotiate(self.headers, ranges)?;
        let chosen = response
            .media
            .iter()
            .find(|it| Some(it.range.as_str()) == chosen);
        Ok(chosen.or_else(|| response.media.first()))
    }

    fn write(&self, draft: &Draft<'_>) -> Response<Body> {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::from_u16(draft.status).unwrap_or(StatusCode::OK);
        for (name, value) in headers(&self.mock.contract, draft.response, self.seed) {
            answer.headers_mut().append(name, value);
        }
        let location = draft.location.as_ref();
        if let Some(location) = location.and_then(|it| HeaderValue::from_str(it).ok()) {
            answer.headers_mut().insert(LOCATION, location);
        }
        let applied = self.prefer.applied();
        if let Some(applied) = applied.and_then(|it| HeaderValue::from_str(&it).ok()) {
            answer.headers_mut().insert("preference-applied", applied);
        }
        if let (Some(media), Some(value)) = (draft.media, &draft.value) {
            let media_type = HeaderValue::from_str(&wire::concrete(&media.range));
            if let Ok(media_type) = media_type {
                answer.headers_mut().insert(CONTENT_TYPE, media_type);
            }
            *answer.body_mut() = Body::from(encode(media, value));
        }
        answer
    }
}

/// The response of a success, with a status that it stands for; else whatever is declared.
fn best(responses: &[declared::Response]) -> Option<(u16, &declared::Response)> {
    let numbered = |wanted: fn(&u16) -> bool| {
        let mut found: Vec<(u16, &declared::Response)> = responses
            .iter()
            .filter_map(|it| match it.status {
                Status::Code(code) => Some((code, it)),
                _ => None,
            })
            .filter(|(code, _)| wanted(code))
            .collect();
        found.sort_by_key(|(code, _)| *code);
        found.into_iter().next()
    };
    let of = |status: Status, code: u16| {
        let found = responses.iter().find(|it| it.status == status);
        found.map(|it| (code, it))
    };
    numbered(|code| (200..300).contains(code))
        .or_else(|| of(Status::Range(2), 200))
        .or_else(|| of(Status::Default, 200))
        .or_else(|| numbered(|code| (300..400).contains(code)))
        .or_else(|| numbered(|code| [404, 409, 410].contains(code)))
        .or_else(|| numbered(|code| (400..600).contains(code)))
        .or_else(|| of(Status::Range(3), 302))
        .or_else(|| of(Status::Range(4), 400))
        .or_else(|| of(Status::Range(5), 500))
}

/// The declared headers of a response, each with its example or a value of its schema.
pub(super) fn headers(
    contract: &Contract,
    response: &declared::Response,
    seed: u64,
) -> Vec<(HeaderName, HeaderValue)> {
    let declared = response.headers.iter();
    declared
        .filter_map(|header| {
            let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
            if OF_THE_MESSAGE.contains(&name.as_str()) {
                return None;
            }
            let own = contract.document().pointer(&header.pointer)?;
            let example = own.get("example").cloned();
            let made = || contract.instances(&header.schema)?.seeded(seed);
            let value = example.or_else(made).unwrap_or_else(|| Value::from("text"));
            let text = match header.is_json {
                true => value.to_string(),
                false => simple(&value),
            };
            Some((name, HeaderValue::from_str(&text).ok()?))
        })
        .collect()
}

/// A value as the style `simple` writes it.
fn simple(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let members = members.iter();
            let pairs = members.map(|(name, value)| format!("{name},{}", plain(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        other => plain(other),
    }
}
