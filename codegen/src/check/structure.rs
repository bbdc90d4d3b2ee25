//! Every object has the fields that it must have, of the right shape, and none that are probably misspelt.

use serde_json::Value;

use super::{Checker, did_you_mean, kind_of, nearest};
use crate::grammar::{self, Kind, Shape};
use crate::pointer;
use crate::source::Version;

pub fn check(checker: &mut Checker<'_>) {
    let document = checker.written();
    object(checker, document, Kind::Document, "");
    if checker.source.version == Version::V30 && document.get("paths").is_none() {
        checker.warning(
            "",
            "there are no `paths`, so nothing is served",
            "add `paths:` with at least one path",
        );
    } else if ["paths", "webhooks", "components"]
        .iter()
        .all(|name| document.get(*name).is_none())
    {
        checker.error(
            "",
            "the document has neither `paths` nor `webhooks` nor `components`",
            "add `paths:` with at least one path",
        );
    }
}

fn object(checker: &mut Checker<'_>, value: &Value, kind: Kind, at: &str) {
    let Some(members) = value.as_object() else {
        // Schemas say so themselves; `true` and `false` are schemas.
        if kind != Kind::Schema {
            checker.key_error(
                at,
                format!("this must be a map, not {}", kind_of(value)),
                "write its fields",
            );
        }
        return;
    };
    let refers = grammar::section(kind).is_some() && members.contains_key("$ref");
    if refers && kind != Kind::PathItem && kind != Kind::Schema {
        return;
    }
    for field in grammar::fields(kind).iter().filter(|field| field.required) {
        if !members.contains_key(field.name) {
            missing(checker, kind, field.name, at);
        }
    }
    for (name, member) in members {
        let at = pointer::join(at, name);
        match grammar::shape(kind, name) {
            Some(shape) => {
                let since_31 = grammar::fields(kind)
                    .iter()
                    .any(|field| field.name == name && field.since_31);
                if since_31 && checker.source.version == Version::V30 && kind != Kind::Schema {
                    checker.key_warning(
                        &at,
                        format!("`{name}` is a field of OpenAPI 3.1, not of 3.0"),
                        "say `openapi: 3.1.0`, or remove it",
                    );
                }
                shaped(checker, member, shape, kind, name, &at);
            }
            None if name.starts_with("x-") || kind == Kind::Schema => {}
            None => unknown(checker, kind, name, &at),
        }
    }
}

fn missing(checker: &mut Checker<'_>, kind: Kind, name: &str, at: &str) {
    let message = format!("`{name}` is missing");
    let remedy = format!("add `{name}:`");
    // What nothing can be built without stops; what only readers miss does not.
    let needed = matches!(
        (kind, name),
        (Kind::Document | Kind::Info, _)
            | (Kind::Parameter, _)
            | (Kind::SecurityScheme, _)
            | (Kind::RequestBody, _)
    );
    if needed {
        checker.key_error(at, message, remedy);
    } else {
        checker.key_warning(at, message, remedy);
    }
}

fn unknown(checker: &mut Checker<'_>, kind: Kind, name: &str, at: &str) {
    let known = grammar::fields(kind).iter().map(|field| field.name);
    match nearest(name, known) {
        Some(near) => checker.key_error(
            at,
            format!("`{name}` is not a field here"),
            did_you_mean(Some(near)),
        ),
        None => {
            checker.key_warning(
                at,
                format!("`{name}` is not a field here and is ignored"),
                "remove it, or call it `x-…` if a tool of yours reads it",
            );
        }
    }
}

fn shaped(
    checker: &mut Checker<'_>,
    value: &Value,
    shape: Shape,
    kind: Kind,
    name: &str,
    at: &str,
) {
    // The keywords of schemas are checked against their metaschema.
    let structural = kind != Kind::Schema;
    match (shape, value) {
        (Shape::Any, _) => {}
        (Shape::One(kind), value) => object(checker, value, kind, at),
        (Shape::List(kind), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                object(checker, item, kind, &format!("{at}/{index}"));
            }
        }
        (Shape::Map(kind), Value::Object(entries)) => {
            for (key, entry) in entries {
                object(checker, entry, kind, &pointer::join(at, key));
            }
        }
        (Shape::Extensible(kind), Value::Object(entries)) => {
            for (key, entry) in entries.iter().filter(|(key, _)| !key.starts_with("x-")) {
                object(checker, entry, kind, &pointer::join(at, key));
            }
        }
        (Shape::Requirements, Value::Array(items)) if items.iter().all(Value::is_object) => {}
        (Shape::Text, Value::String(_))
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Number, Value::Number(_)) => {}
        (Shape::Texts, Value::Array(items)) if items.iter().all(Value::is_string) => {}
        (Shape::TextMap, Value::Object(entries)) if entries.values().all(Value::is_string) => {}
        _ if !structural => {}
        (Shape::Text, Value::Number(_) | Value::Bool(_)) => {
            checker.warning(
                at,
                format!("`{name}` must be a text, not {}", kind_of(value)),
                format!("write it in quotes: \"{value}\""),
            );
        }
        // An empty field (`tags:` with nothing below) says nothing.
        (_, Value::Null) => checker.key_warning(
            at,
            format!("`{name}` is empty"),
            "give it a value, or remove it",
        ),
        (shape, value) => {
            let (expected, fatal) = expected(shape);
            let message = format!("`{name}` must be {expected}, not {}", kind_of(value));
            if fatal {
                checker.key_error(at, message, "mend the value");
            } else {
                checker.key_warning(at, message, "mend the value");
            }
        }
    }
}

/// What a shape is called, and whether anything else stops the pipeline.
fn expected(shape: Shape) -> (&'static str, bool) {
    match shape {
        Shape::Text => ("a text", true),
        Shape::Bool => ("true or false", true),
        Shape::Number => ("a number", true),
        Shape::Texts => ("a list of texts", true),
        Shape::TextMap => ("a map of texts", false),
        Shape::Requirements => ("a list of security requirements", true),
        Shape::List(_) => ("a list", true),
        Shape::Map(_) | Shape::Extensible(_) | Shape::One(_) | Shape::Dependencies => {
            ("a map", true)
        }
        Shape::Any | Shape::Type => ("a value", false),
    }
}
