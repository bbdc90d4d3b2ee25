//! A request, read by its operation.

use bytes::Bytes;
use contract::runtime::operation::{self as row, MediaKind};
use contract::runtime::problem::boundary;
use contract::runtime::validation::{body_violations, missing_body, parameter_violations};
use contract::runtime::{Problem, Violation, form, json, media, multipart, params};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Contract;

/// A request as it came, its body whole.
pub struct Request<'r> {
    /// The operation's index.
    pub operation: usize,
    /// What the path captures, still encoded.
    pub captures: &'r [(&'static str, String)],
    /// The raw query.
    pub query: Option<&'r str>,
    /// Its headers.
    pub headers: &'r HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// What a request asks.
#[derive(Debug, Default)]
pub struct Asked {
    /// Its parameters, as an object of places.
    pub parameters: Value,
    /// Which of the declared media types its body has.
    pub media: Option<usize>,
    /// Its body; files are texts of their numbers, bytes are not read.
    pub body: Option<Value>,
}

/// Reads a request and judges it by its operation.
///
/// Errors: what is wrong with it, every place at once where it can be parsed.
pub async fn read(contract: &Contract, request: &Request<'_>) -> Result<Asked, Problem> {
    let Some(operation) = contract.operations.get(request.operation) else {
        return Err(Problem::new(boundary::NOT_FOUND));
    };
    let row = operation.row;
    let mut violations = Vec::new();
    let captures = request.captures.iter();
    let captures: Vec<_> = captures.map(|(name, raw)| (*name, raw.as_str())).collect();
    let decoded = params::decode_into(
        row,
        &captures,
        request.query,
        request.headers,
        &mut violations,
    )?;
    let parameters = decoded.into_value();
    if let Some(validator) = contract.parameters(request.operation) {
        violations.extend(parameter_violations(validator.iter_errors(&parameters)));
    }
    let mut asked = Asked {
        parameters,
        ..Asked::default()
    };
    read_body(contract, request, row, &mut asked, &mut violations).await?;
    match violations.is_empty() {
        true => Ok(asked),
        false => Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(violations)),
    }
}

async fn read_body(
    contract: &Contract,
    request: &Request<'_>,
    row: &'static row::Operation,
    asked: &mut Asked,
    violations: &mut Vec<Violation>,
) -> Result<(), Problem> {
    let Some(declared) = row.body else {
        return Ok(());
    };
    let is_named = request.headers.contains_key(CONTENT_TYPE);
    if request.body.is_empty() && !(is_named && declared.required) {
        if declared.required {
            violations.push(missing_body());
        }
        return Ok(());
    }
    let media = media::select_request(declared, request.headers)?;
    let index = declared.media.iter().position(|it| std::ptr::eq(it, media));
    asked.media = index;
    asked.body = value(media, request).await?;
    let validator = index.and_then(|index| contract.body(request.operation, index));
    if let (Some(validator), Some(body)) = (validator, &asked.body) {
        violations.extend(body_violations(validator.iter_errors(body)));
    }
    Ok(())
}

async fn value(
    media: &'static row::Media,
    request: &Request<'_>,
) -> Result<Option<Value>, Problem> {
    let body = &request.body;
    Ok(Some(match media.kind {
        MediaKind::Json => {
            json::parse(body, json::DEPTH_LIMIT).map_err(json::JsonFault::into_problem)?
        }
        MediaKind::Form => form::read(media, body)?,
        MediaKind::Text => media.shape.coerce(std::str::from_utf8(body).map_err(|_| {
            Problem::new(boundary::MALFORMED_BODY).with_detail("the text is not valid UTF-8")
        })?),
        MediaKind::Multipart => {
            let stream = futures_util::stream::iter([Ok(body.clone())]);
            let limits = multipart::Limits::default();
            multipart::read(media, request.headers, stream, limits)
                .await?
                .value
        }
        MediaKind::Binary => return Ok(None),
    }))
}
