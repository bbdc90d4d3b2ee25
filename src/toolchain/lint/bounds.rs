//! Strings and arrays without a limit.

use codegen::grammar::Kind;
use serde_json::{Map, Value};

use super::{Linter, each, rules};

/// Formats whose values have a length of their own.
const SHORT: [&str; 12] = [
    "uuid",
    "date",
    "date-time",
    "time",
    "duration",
    "ipv4",
    "ipv6",
    "email",
    "hostname",
    "binary",
    "byte",
    "idn-email",
];

pub fn check(linter: &mut Linter<'_>) {
    let mut open = Vec::new();
    each(
        linter.document(),
        Kind::Document,
        "",
        &mut |value, kind, at| {
            // What a condition asks is no value of its own.
            let is_condition = ["/not", "/if", "/contains", "/propertyNames"]
                .iter()
                .any(|end| at.ends_with(end));
            if let (Kind::Schema, false, Some(schema)) = (kind, is_condition, value.as_object()) {
                open.extend(unbounded(schema).map(|what| (at.to_owned(), what)));
            }
        },
    );
    for (at, what) in open {
        linter.found(&rules::BOUNDED, &at, format!("this {what} has no limit"));
    }
}

fn unbounded(schema: &Map<String, Value>) -> Option<&'static str> {
    let is = |kind: &str| match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
        Some(known) => known == kind,
        None => false,
    };
    let has = |name: &str| schema.contains_key(name);
    if has("enum") || has("const") || has("$ref") || has("allOf") {
        return None;
    }
    let format = schema.get("format").and_then(Value::as_str);
    if is("string") && !has("maxLength") && !format.is_some_and(|format| SHORT.contains(&format)) {
        return Some("string");
    }
    (is("array") && !has("maxItems")).then_some("array")
}
