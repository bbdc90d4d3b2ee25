//! The trace of a request: its id, its span and its one line in the access log.

use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use crate::trace_id::TraceId;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tracing::{Span, error_span, field, info};

/// Longest `X-Request-Id` that is taken over, in bytes.
const MAX_REQUEST_ID: usize = 128;
/// Longest part of a path that is logged, in bytes.
const MAX_LOGGED_PATH: usize = 1_024;

/// Header that carries the trace id of an answer, and may carry the one of a request.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The id that ties an answer, its problem and its log lines together: the trace id of a valid
/// `traceparent` (W3C Trace Context, section 3.2), else an `X-Request-Id` that has its form, else a
/// new one.
pub(crate) fn trace_id(headers: &HeaderMap) -> TraceId {
    only(headers, &TRACEPARENT)
        .and_then(trace_of)
        .or_else(|| only(headers, &X_REQUEST_ID))
        .and_then(TraceId::parse)
        .unwrap_or_else(TraceId::random)
}

/// The client's own id of the request, if it is visible ASCII of at most 128 bytes.
fn request_id(headers: &HeaderMap) -> Option<&str> {
    only(headers, &X_REQUEST_ID).filter(|id| {
        (1..=MAX_REQUEST_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
    })
}

/// The text of a header that is there exactly once.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// The trace id of a `traceparent`; `None` if it is not valid.
fn trace_of(parent: &str) -> Option<&str> {
    let hex = |text: &str, length| {
        text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    let set = |text: &str| text.bytes().any(|byte| byte != b'0');
    let mut parts = parent.split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    // Version 00 ends here; a later one may say more.
    let ends = version != "00" || parts.next().is_none();
    let valid = hex(version, 2)
        && version != "ff"
        && hex(trace, 32)
        && set(trace)
        && hex(span, 16)
        && set(span);
    (valid && hex(flags, 2) && ends).then_some(trace)
}

/// Tells the access log which operation of the contract answers the current request.
pub fn note_operation(id: &'static str) {
    Span::current().record("operation", id);
}

/// Tells the access log which partner sent the current request.
pub fn note_partner(id: impl Display) {
    Span::current().record("partner_id", field::display(id));
}

/// One request as the log sees it. Logs its access line when dropped: once the answer is
/// sent, or once it is clear that it never will be.
pub(crate) struct Access {
    /// The client's own id, which the answer repeats.
    request_id: Option<HeaderValue>,
    span: Span,
    method: Method,
    uri: Uri,
    started: Instant,
    status: Option<StatusCode>,
    bytes: u64,
    complete: bool,
}

impl Access {
    /// In a box, since what holds it is moved about.
    pub(crate) fn begin<B>(request: &Request<B>, trace: &TraceId) -> Box<Self> {
        // An error's span, so that whatever is logged carries the trace id at every level.
        let span = error_span!(
            "request",
            trace_id = trace.as_str(),
            request_id = field::Empty,
            operation = field::Empty,
            partner_id = field::Empty
        );
        let request_id = request_id(request.headers());
        if let Some(id) = request_id {
            span.record("request_id", id);
        }
        Box::new(Self {
            request_id: request_id.and_then(|id| HeaderValue::from_str(id).ok()),
            span,
            method: request.method().clone(),
            uri: request.uri().clone(),
            started: Instant::now(),
            status: None,
            bytes: 0,
            complete: false,
        })
    }

    /// The path of the request's target.
    pub(crate) fn path(&self) -> &str {
        self.uri.path()
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Adds the client's id of the request, or else the trace id, to the answer; the access line follows when its body ends.
    pub(crate) fn answered(
        mut self: Box<Self>,
        response: axum::response::Response,
        trace: &TraceId,
    ) -> http::Response<Counted> {
        self.status = Some(response.status());
        let (mut head, body) = response.into_parts();
        let id = self
            .request_id
            .take()
            .or_else(|| HeaderValue::from_str(trace.as_str()).ok());
        head.headers.extend(id.map(|id| (X_REQUEST_ID, id)));
        self.complete = body.is_end_stream();
        http::Response::from_parts(head, Counted { body, access: self })
    }
}

impl Drop for Access {
    fn drop(&mut self) {
        let duration_ms = (self.started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        let (method, path, bytes) = (
            self.method.as_str(),
            start(self.path(), MAX_LOGGED_PATH),
            self.bytes,
        );
        let span = &self.span;
        match self.status.map(|status| status.as_u16()) {
            Some(status) if self.complete => info!(
                parent: span, method, path, status, duration_ms, bytes, "answered a request"
            ),
            Some(status) => info!(
                parent: span, method, path, status, duration_ms, bytes, "client left during the answer"
            ),
            None => info!(parent: span, method, path, duration_ms, "client left before the answer"),
        }
    }
}

fn start(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// The body of an answer, counted for the access log.
pub struct Counted {
    body: Body,
    access: Box<Access>,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(data)) = frame
            .as_ref()
            .map(|frame| frame.as_ref().map(Frame::data_ref))
        {
            let length = data.map_or(0, Bytes::len);
            self.access.bytes = self
                .access
                .bytes
                .saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        }
        self.access.complete |= frame.is_none() || self.body.is_end_stream();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "0123456789abcdef0123456789abcdef";

    fn id_for(headers: &[(&'static str, &'static str)]) -> String {
        let pairs = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        trace_id(&pairs.collect()).to_string()
    }

    #[test]
    fn a_valid_traceparent_gives_the_id() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assert_eq!(
            id_for(&[("traceparent", parent), ("x-request-id", OWN)]),
            "4bf92f3577b34da6a3ce929d0e0e4736"
        );
    }

    #[test]
    fn an_invalid_traceparent_is_passed_over() {
        for parent in [
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e4736",
            "",
        ] {
            assert_eq!(
                id_for(&[("traceparent", parent), ("x-request-id", OWN)]),
                OWN,
                "{parent}"
            );
        }
    }

    #[test]
    fn an_odd_request_id_is_replaced() {
        for id in ["", "a b", "caf\u{e9}"] {
            let mut headers = HeaderMap::new();
            headers.insert(X_REQUEST_ID, HeaderValue::from_str(id).unwrap());

            assert_eq!(request_id(&headers), None);
        }
    }
}
