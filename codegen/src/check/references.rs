//! Every `$ref` names something, and something of the kind that belongs there.

use serde_json::Value;

use super::{Checker, did_you_mean, nearest};
use crate::dialect::each_child;
use crate::grammar::{self, Kind, Shape};
use crate::pointer;

pub fn check(checker: &mut Checker<'_>) {
    // References by anchor are pointers in the translated document.
    let document = &checker.source.document;
    visit(checker, document, Kind::Document, "");
    // References between path items are resolved there; those of the original are checked by themselves.
    for section in ["paths", "webhooks"] {
        let items = checker
            .written()
            .get(section)
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        for (path, item) in items {
            let at = pointer::join(&format!("/{section}"), path);
            if let Some(reference) = item.get("$ref").and_then(Value::as_str) {
                reference_to(
                    checker,
                    reference,
                    Kind::PathItem,
                    &pointer::join(&at, "$ref"),
                );
            }
        }
    }
}

fn visit(checker: &mut Checker<'_>, value: &Value, kind: Kind, at: &str) {
    if grammar::section(kind).is_some()
        && let Some(reference) = value.get("$ref")
    {
        let at = pointer::join(at, "$ref");
        match reference.as_str() {
            Some(reference) => reference_to(checker, reference, kind, &at),
            None => checker.error(
                &at,
                "`$ref` must be a text",
                "write what it refers to, such as `'#/components/schemas/Name'`",
            ),
        }
    }
    let mut children = Vec::new();
    each_child(value, kind, at, &mut |child, kind, at| {
        children.push((child, kind, at.to_owned()))
    });
    for (child, kind, at) in children {
        visit(checker, child, kind, &at);
    }
}

fn reference_to(checker: &mut Checker<'_>, reference: &str, kind: Kind, at: &str) {
    let document = &checker.source.document;
    let Some(pointer) = pointer::of_reference(reference) else {
        checker.error(
            at,
            format!("`{reference}` is no reference within the document"),
            "refer as `#/components/…`",
        );
        return;
    };
    let Some(target) = document.pointer(&pointer) else {
        let (message, remedy) = lost(document, reference, &pointer, kind);
        checker.error(at, message, remedy);
        return;
    };
    if let Some(found) = kind_at(&pointer)
        && found != kind
    {
        let (wanted, found) = (noun(kind), noun(found));
        checker.warning(
            at,
            format!(
                "`{reference}` names {found}, and {wanted} belongs here; of it holds what both have"
            ),
            format!("refer to {wanted}"),
        );
    }
    if kind != Kind::Schema && endless(document, target) {
        checker.error(
            at,
            format!("`{reference}` comes back to itself"),
            "let one of them be written out",
        );
    } else if kind == Kind::Schema && endless(document, target) {
        checker.warning(
            at,
            format!("`{reference}` comes back to itself and refuses nothing"),
            "let one of them be written out",
        );
    }
}

/// Whether following references from here never ends.
fn endless(document: &Value, target: &Value) -> bool {
    let mut value = target;
    for _ in 0..64 {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return false;
        };
        let Some((_, next)) = pointer::resolve(document, reference) else {
            return false;
        };
        value = next;
    }
    true
}

/// What to say of a reference that names nothing.
fn lost(document: &Value, reference: &str, pointer: &str, kind: Kind) -> (String, String) {
    let message = format!("`{reference}` names nothing");
    let mut parent = String::new();
    for segment in pointer::segments(pointer) {
        let next = pointer::join(&parent, &segment);
        if document.pointer(&next).is_some() {
            parent = next;
            continue;
        }
        let members = document.pointer(&parent).and_then(Value::as_object);
        let near =
            members.and_then(|members| nearest(&segment, members.keys().map(String::as_str)));
        // The same name in the section where this kind of thing lives.
        let section = grammar::section(kind).unwrap_or("schemas");
        let elsewhere = pointer::join(&format!("/components/{section}"), &pointer::last(pointer));
        if near.is_none() && document.pointer(&elsewhere).is_some() {
            return (
                message,
                format!("did you mean `{}`?", pointer::to_reference(&elsewhere)),
            );
        }
        let near = near.map(|near| pointer::to_reference(&pointer::join(&parent, near)));
        let remedy = match near.as_deref() {
            Some(near) => did_you_mean(Some(near)),
            None => format!(
                "add `{segment}` to `{}`, or mend the reference",
                pointer::to_reference(&parent)
            ),
        };
        return (message, remedy);
    }
    (message, "mend the reference".to_owned())
}

/// The kind of object that a pointer names; `None` where it leads through what the grammar does not know.
fn kind_at(pointer: &str) -> Option<Kind> {
    let mut segments = pointer::segments(pointer);
    let mut kind = Kind::Document;
    while let Some(segment) = segments.next() {
        kind = match grammar::shape(kind, &segment)? {
            Shape::One(kind) => kind,
            Shape::List(kind) | Shape::Map(kind) | Shape::Extensible(kind) => {
                segments.next()?;
                kind
            }
            _ => return None,
        };
    }
    Some(kind)
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Schema => "a schema",
        Kind::Response => "a response",
        Kind::Parameter => "a parameter",
        Kind::Example => "an example",
        Kind::RequestBody => "a request body",
        Kind::Header => "a header",
        Kind::SecurityScheme => "a security scheme",
        Kind::Link => "a link",
        Kind::Callback => "a callback",
        Kind::PathItem => "a path item",
        Kind::Operation => "an operation",
        Kind::MediaType => "a media type",
        _ => "something else",
    }
}
