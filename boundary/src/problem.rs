//! Turns whatever goes wrong into an `application/problem+json` answer (RFC 9457).

use crate::rfc9457::boundary;
use crate::rfc9457::{Problem, ProblemType};
use crate::trace_id::TraceId;
use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body::Body as _;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// Longest path that is repeated in a problem, in bytes.
const MAX_INSTANCE: usize = 1_024;

/// The answer for a problem: its object with `instance` (the path, unless it is too long to
/// repeat) and `trace_id`, and its headers.
pub(crate) fn answer(problem: &Problem, path: &str, trace: &TraceId) -> Response {
    let instance = (path.len() <= MAX_INSTANCE).then_some(path);
    let body = problem.to_json(instance, Some(trace.as_str())).to_string();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = problem.status();
    *response.headers_mut() = problem.headers.clone();
    response.headers_mut().insert(CONTENT_TYPE, PROBLEM_JSON);
    response
}

/// The problem for an error answer that is not one yet, such as the router's own 404 and 405.
/// Its headers stay, but for those that tell of its body.
pub(crate) fn missing(response: &Response) -> Option<Problem> {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || is_problem(response.headers()) {
        return None;
    }
    let mut problem = Problem::new(kind(status));
    problem.headers = response.headers().clone();
    problem.headers.remove(CONTENT_TYPE);
    problem.headers.remove(CONTENT_LENGTH);
    Some(problem)
}

fn is_problem(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(PROBLEM_JSON.as_bytes()))
}

/// The boundary's own type of problem for a status; a status without one is our fault.
pub(crate) fn kind(status: StatusCode) -> ProblemType {
    let of_status = |kind: &&ProblemType| kind.status == status.as_u16();
    boundary::ALL
        .iter()
        .find(of_status)
        .copied()
        .unwrap_or(boundary::INTERNAL_ERROR)
}

/// The answer without its body, whose length it keeps, as HEAD wants it (RFC 9110, section
/// 9.3.2). Over HTTP/2 nobody else takes the body away.
pub(crate) fn bodiless(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact().filter(|length| *length > 0) {
        head.headers.entry(CONTENT_LENGTH).or_insert(length.into());
    }
    Response::from_parts(head, Body::empty())
}
