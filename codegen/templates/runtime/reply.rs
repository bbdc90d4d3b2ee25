//! An answer on its way out.

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use super::events::{EventStream, Events};
use super::media;
use super::pages::Next;
use super::problem::Problem;
use super::trace_id::TraceId;
use super::written::simple;

/// A declared answer: status, headers and body.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Content,
    /// Where it goes on, if it is a page of a list.
    pub next: Option<Next>,
    /// What could not be written.
    pub(crate) fault: Option<String>,
}

/// The body of an answer.
#[derive(Debug)]
pub enum Content {
    /// None.
    Empty,
    /// All of it.
    Whole(Bytes),
    /// As it comes.
    Stream(Body),
    /// Server-sent events, as they come.
    Events(Events),
}

impl Reply {
    /// An answer without headers or body.
    pub fn new(status: u16) -> Self {
        Self::with_status(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// An answer without headers or body.
    pub fn with_status(status: StatusCode) -> Self {
        Self {
            status,
            // Room for those that the boundary adds.
            headers: HeaderMap::with_capacity(12),
            body: Content::Empty,
            next: None,
            fault: None,
        }
    }

    /// The same for one of a hundred statuses; any other one is withheld.
    pub fn in_range(hundred: u16, status: StatusCode) -> Self {
        let reply = Self::with_status(status);
        match status.as_u16() / 100 == hundred {
            true => reply,
            false => reply.faulty(format!("the status is not one of {hundred}XX")),
        }
    }

    /// Adds a header in style `simple`; a null value adds none.
    #[must_use]
    pub fn header<T: Serialize>(self, name: &str, value: &T) -> Self {
        self.written_header(name, value, |value| simple(value, false))
    }

    /// Adds a header in style `simple`, members as `name=value`; a null value adds none.
    #[must_use]
    pub fn exploded_header<T: Serialize>(self, name: &str, value: &T) -> Self {
        self.written_header(name, value, |value| simple(value, true))
    }

    /// Adds a header whose text is JSON; a null value adds none.
    #[must_use]
    pub fn json_header<T: Serialize>(self, name: &str, value: &T) -> Self {
        self.written_header(name, value, Value::to_string)
    }

    fn written_header<T: Serialize>(
        mut self,
        name: &str,
        value: &T,
        write: impl Fn(&Value) -> String,
    ) -> Self {
        let text = match serde_json::to_value(value) {
            Ok(Value::Null) => return self,
            Ok(value) => write(&value),
            Err(error) => return self.faulty(format!("header {name}: {error}")),
        };
        match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => self.faulty(format!("header {name}: not a header value")),
        }
    }

    /// Says where the list goes on; a null cursor says that it ends here.
    #[must_use]
    pub fn next_page<T: Serialize>(mut self, parameter: &'static str, cursor: &T) -> Self {
        let cursor = match serde_json::to_value(cursor) {
            Ok(Value::Null) | Err(_) => None,
            Ok(value) => Some(simple(&value, false)),
        };
        self.next = Some(Next { parameter, cursor });
        self
    }

    /// Gives a JSON body.
    #[must_use]
    pub fn json<T: Serialize>(self, media_type: &'static str, body: &T) -> Self {
        // Room for most objects, so that the text is not moved about while it grows.
        let mut bytes = Vec::with_capacity(512);
        match serde_json::to_writer(&mut bytes, body) {
            Ok(()) => self.content(media_type, Content::Whole(bytes.into())),
            Err(error) => self.faulty(format!("body: {error}")),
        }
    }

    /// Gives a text body.
    #[must_use]
    pub fn text(self, media_type: &'static str, body: String) -> Self {
        self.content(media_type, Content::Whole(body.into()))
    }

    /// Gives a body of bytes, as they come.
    #[must_use]
    pub fn stream(self, media_type: &'static str, body: Body) -> Self {
        self.content(media_type, Content::Stream(body))
    }

    /// Gives a body of server-sent events.
    #[must_use]
    pub fn events<T: Serialize + 'static>(self, events: EventStream<T>) -> Self {
        self.content("text/event-stream", Content::Events(events.written()))
    }

    /// 304 in its place: its headers, but for those of the content (RFC 9110, section 15.4.5).
    pub(crate) fn into_not_modified(self) -> Self {
        let mut empty = Self::with_status(StatusCode::NOT_MODIFIED);
        empty.headers = self.headers;
        empty.headers.remove(CONTENT_TYPE);
        empty.headers.remove(CONTENT_LENGTH);
        empty
    }

    fn content(mut self, media_type: &'static str, body: Content) -> Self {
        // A range such as `image/*` is declared, not sent: the handler names the type in a header.
        if !media_type.contains('*') && !self.headers.contains_key(CONTENT_TYPE) {
            self.headers
                .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        self.body = body;
        self
    }

    fn faulty(mut self, fault: String) -> Self {
        self.fault = Some(fault);
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let length = match &self.body {
            Content::Whole(bytes) => Some(bytes.len()),
            Content::Empty | Content::Stream(_) | Content::Events(_) => None,
        };
        let body = match self.body {
            Content::Empty => Body::empty(),
            Content::Whole(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
            Content::Events(events) => events.into_body(),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        if let Some(length) = length {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        response
    }
}

/// A problem as an answer, `application/problem+json`.
pub(crate) fn problem_reply(
    problem: &Problem,
    instance: Option<&str>,
    trace_id: Option<&TraceId>,
) -> Reply {
    let body = problem.to_json(instance, trace_id.map(TraceId::as_str));
    let mut reply = Reply::with_status(problem.status());
    reply.headers = problem.headers.clone();
    reply.headers.remove(CONTENT_TYPE);
    reply.content(media::PROBLEM_JSON, Content::Whole(body.to_string().into()))
}

/// A problem as a response, `application/problem+json`.
pub fn problem_response(
    problem: &Problem,
    instance: Option<&str>,
    trace_id: Option<&TraceId>,
) -> Response {
    problem_reply(problem, instance, trace_id).into_response()
}
