//! Operations made up for tests.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::operation::{Operation, Parameter, Place, Policy, Shape, Style};

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
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
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
