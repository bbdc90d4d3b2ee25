//! Answers to requests that the document forbids, in the words that it has for them.

use axum::body::Body;
use codegen::api::MediaKind;
use contract::runtime::media::PROBLEM_JSON;
use contract::runtime::{Problem, Violation, problem_response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::bodies::{self, Prune, encode, fit};
use super::plain;
use crate::toolchain::traffic::Contract;
use crate::toolchain::traffic::declared::{self, Media, for_status};

/// Statuses that say that a request is not what the document asks for.
const INVALID: [u16; 5] = [400, 404, 413, 415, 422];

/// Refuses a request. If the operation declares a fitting answer, it is that, with the problem's words
/// where its schema has room for them; else a problem of RFC 9457.
pub fn refuse(contract: &Contract, index: Option<usize>, problem: &Problem) -> Response<Body> {
    let plain = || problem_response(problem, None, None);
    let operation = index.and_then(|index| contract.operations.get(index));
    let Some(operation) = operation else {
        return plain();
    };
    let own = problem.kind.status;
    let mut statuses = vec![own];
    if own == 401 {
        statuses.push(403);
    }
    if INVALID.contains(&own) {
        statuses.extend([422, 400].iter().filter(|status| **status != own));
    }
    let declared = statuses
        .into_iter()
        .find_map(|status| Some((status, for_status(&operation.responses, status)?)));
    let Some((status, response)) = declared else {
        return plain();
    };
    let mut answer = match response.has_content && response.media.is_empty() {
        true => Response::new(Body::empty()),
        false => declared_answer(contract, response, status, problem).unwrap_or_else(plain),
    };
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let headers = super::answers::headers(contract, response, 0);
    for (name, value) in headers {
        answer.headers_mut().entry(name).or_insert(value);
    }
    for (name, value) in &problem.headers {
        answer.headers_mut().append(name, value.clone());
    }
    answer
}

fn declared_answer(
    contract: &Contract,
    response: &declared::Response,
    status: u16,
    problem: &Problem,
) -> Option<Response<Body>> {
    let is_problem = |media: &&Media| media.range.eq_ignore_ascii_case(PROBLEM_JSON);
    let is_json = |media: &&Media| media.kind == MediaKind::Json;
    let media = response.media.iter();
    let media = (media.clone().find(is_problem))
        .or_else(|| media.clone().find(is_json))
        .or_else(|| response.media.first())?;
    let mut value = bodies::fullest(contract, media)?;
    let judge = bodies::judge(contract, media, &value);
    fit(
        &mut value,
        "",
        &words(response, status, problem),
        Prune::Yes,
        &judge,
    );
    let mut answer = Response::new(Body::from(encode(media, &value)));
    let range = codegen::calls::wire::concrete(&media.range);
    let media_type = HeaderValue::from_str(&range).ok()?;
    answer.headers_mut().insert(CONTENT_TYPE, media_type);
    Some(answer)
}

/// The problem under every name that errors have for its parts.
fn words(response: &declared::Response, status: u16, problem: &Problem) -> Value {
    let mut words = problem.to_json(None, None);
    let detail = detail(problem);
    let listed = &response.problems;
    let slug = match listed.iter().any(|it| it == problem.kind.slug) {
        true => problem.kind.slug,
        false => listed.first().map_or(problem.kind.slug, String::as_str),
    };
    let more = json!({
        "status": status,
        "statusCode": status,
        "code": slug,
        "type": format!("/problems/{slug}"),
        "detail": detail,
        "message": detail,
        "msg": detail,
        "reason": detail,
        "description": detail,
        "error": detail,
        "title": problem.kind.title,
    });
    if let (Value::Object(words), Value::Object(more)) = (&mut words, more) {
        words.extend(more);
    }
    words
}

/// What is wrong, in one sentence: the first broken places with their rules.
fn detail(problem: &Problem) -> String {
    if problem.errors.is_empty() {
        let detail = problem.detail.clone();
        return detail.unwrap_or_else(|| problem.kind.title.to_owned());
    }
    let places: Vec<String> = problem.errors.iter().take(3).map(place).collect();
    places.join("; ")
}

fn place(violation: &Violation) -> String {
    let Violation {
        place,
        parameter,
        pointer,
        keyword,
        message,
        limit,
    } = violation;
    let name = parameter.as_deref().unwrap_or_default();
    let space = if name.is_empty() && pointer.is_empty() {
        ""
    } else {
        " "
    };
    let limit = limit
        .as_ref()
        .map(|it| format!(" {}", plain(it)))
        .unwrap_or_default();
    format!("{place}{space}{name}{pointer}: {message} ({keyword}{limit})")
}
