//! Operations made up for tests.

use http::{HeaderMap, HeaderName, HeaderValue};

use serde_json::Value;

use crate::runtime::operation::{Operation, Parameter, Place, Policy, Shape, Style};
use crate::runtime::params::decode;
use crate::runtime::problem::Problem;

/// An operation that takes nothing and declares nothing.
pub const BARE: Operation = Operation {
    id: "op",
    method: "GET",
    path: "/op",
    tag: "tag",
    security: &[],
    parameters: &[],
    body: None,
    responses: &[],
    rate_class: None,
    audience: None,
    log: false,
    idempotency: Policy::None,
    if_match: Policy::None,
    if_none_match: Policy::None,
    deprecated: false,
    deprecated_since: None,
    sunset: None,
    deprecation_link: None,
    outdated: None,
    sparse: None,
};

/// An optional parameter of a shape.
pub const fn parameter(
    name: &'static str,
    place: Place,
    style: Style,
    shape: &'static Shape,
) -> Parameter {
    Parameter {
        name,
        place,
        style,
        explode: false,
        required: false,
        allow_empty: false,
        json_content: false,
        shape,
        default: None,
    }
}

/// An operation with these parameters.
pub fn operation(parameters: Vec<Parameter>) -> Operation {
    Operation {
        parameters: parameters.leak(),
        ..BARE
    }
}

/// Headers of these lines.
pub fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let line = |(name, value): &(&str, &str)| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
        (
            name,
            HeaderValue::from_bytes(value.as_bytes()).expect("a value"),
        )
    };
    let mut map = HeaderMap::new();
    for (name, value) in lines.iter().map(line) {
        map.append(name, value);
    }
    map
}

pub const INTEGERS: Shape = Shape::Array(&Shape::Integer);
pub const STRINGS: Shape = Shape::Array(&Shape::String);
pub const COLOUR: Shape = Shape::Object {
    members: &[
        ("R", &Shape::Integer),
        ("G", &Shape::Integer),
        ("name", &Shape::String),
    ],
    rest: None,
};

pub fn exploded(parameter: Parameter) -> Parameter {
    Parameter {
        explode: true,
        ..parameter
    }
}

pub fn query(parameter: Parameter, text: &str) -> Result<Value, Problem> {
    read(&operation(vec![parameter]), text)
}

pub fn read(operation: &Operation, text: &str) -> Result<Value, Problem> {
    let decoded = decode(operation, &[], Some(text), &HeaderMap::new())?;
    Ok(decoded.into_value()["query"].clone())
}

pub fn path(parameter: Parameter, text: &str) -> Result<Value, Problem> {
    let decoded = decode(
        &operation(vec![parameter]),
        &[(parameter.name, text)],
        None,
        &HeaderMap::new(),
    )?;
    Ok(decoded.into_value()["path"].clone())
}

pub fn header(parameter: Parameter, lines: &[&str]) -> Result<Value, Problem> {
    let lines: Vec<_> = lines.iter().map(|line| (parameter.name, *line)).collect();
    let decoded = decode(&operation(vec![parameter]), &[], None, &headers(&lines))?;
    Ok(decoded.into_value()["header"].clone())
}

pub fn cookie(parameter: Parameter, line: &str) -> Result<Value, Problem> {
    let decoded = decode(
        &operation(vec![parameter]),
        &[],
        None,
        &headers(&[("cookie", line)]),
    )?;
    Ok(decoded.into_value()["cookie"].clone())
}

pub fn refusal(result: Result<Value, Problem>) -> (u16, String, String) {
    let problem = result.expect_err("a problem");
    let error = problem.errors.first().expect("a violation");
    (
        problem.kind.status,
        error.parameter.clone().unwrap_or_default(),
        error.keyword.clone().into_owned(),
    )
}

pub fn refused(status: u16, name: &str, keyword: &str) -> (u16, String, String) {
    (status, name.to_owned(), keyword.to_owned())
}
