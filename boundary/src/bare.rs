//! Answers that are written by hand, where no request has reached the router.

use crate::rfc9457::boundary::OVERLOADED;
use crate::rfc9457::{Problem, ProblemType};
use crate::trace_id::TraceId;
use http::{HeaderValue, StatusCode};
use tracing::warn;

use crate::problem::kind;

/// The whole of an HTTP/1.1 answer for a problem, after which the connection is closed. Its
/// trace id is new, and logged with the reason.
pub(crate) fn problem(kind: ProblemType, detail: &'static str, contract: &HeaderValue) -> Vec<u8> {
    let trace = TraceId::random();
    let trace = trace.as_str();
    warn!(
        trace_id = trace,
        status = kind.status,
        reason = detail,
        "refused a connection"
    );
    let problem = Problem::new(kind).with_detail(detail);
    let status = problem.status();
    let body = problem.to_json(None, Some(trace)).to_string();
    let length = body.len();
    let contract = contract.to_str().unwrap_or_default();
    let retry = if kind == OVERLOADED {
        "retry-after: 1\r\n"
    } else {
        ""
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\n\
         {retry}x-content-type-options: nosniff\r\nconcordat-contract: {contract}\r\nx-request-id: {trace}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The problem to send instead of an answer that hyper itself gives to what it cannot parse:
/// 400, 414 or 431 without a body. No answer of the boundary looks like that.
pub(crate) fn instead_of(answer: &[u8], contract: &HeaderValue) -> Option<Vec<u8>> {
    let rest = answer.strip_prefix(b"HTTP/1.1 ")?;
    let status = StatusCode::from_bytes(rest.get(..3)?)
        .ok()
        .filter(StatusCode::is_client_error)?;
    let head = std::str::from_utf8(rest).ok()?;
    let empty = head.ends_with("\r\n\r\n") && head.contains("\r\ncontent-length: 0\r\n");
    let detail = match status {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "the header has too many fields or bytes",
        _ => "the request cannot be read as HTTP, or is far beyond the limits",
    };
    empty.then(|| problem(kind(status), detail, contract))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_refusals_are_replaced() {
        let instead_of = |answer: &[u8]| instead_of(answer, &HeaderValue::from_static("1; hash=0"));
        let bare = b"HTTP/1.1 414 URI Too Long\r\nconnection: close\r\ncontent-length: 0\r\ndate: x\r\n\r\n";

        assert!(
            instead_of(bare)
                .unwrap()
                .starts_with(b"HTTP/1.1 414 URI Too Long\r\n")
        );
        assert!(instead_of(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").is_none());
        assert!(instead_of(b"HTTP/1.1 404 Not Found\r\ncontent-length: 12\r\n\r\n").is_none());
    }
}
