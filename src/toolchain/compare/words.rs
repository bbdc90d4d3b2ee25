//! Changes in words for people who have not read the document: where they are, and what to do.

use codegen::pointer;

use super::change::{Change, Direction};

/// Where a change of a schema is: `count` of `Line`.
pub fn place(at: &str) -> String {
    let segments: Vec<String> = pointer::segments(at).collect();
    let words: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (base, mut rest) = match words.as_slice() {
        ["components", _, name, rest @ ..] => (format!("`{name}`"), rest),
        ["paths" | "webhooks", _, rest @ ..] => inline(rest),
        rest => (String::new(), rest),
    };
    let mut parts = Vec::new();
    while let [keyword, more @ ..] = rest {
        rest = more;
        match (*keyword, more) {
            ("properties" | "patternProperties", [name, more @ ..]) => {
                parts.push(format!("`{name}`"));
                rest = more;
            }
            ("items", more) => {
                // 3.0 and 3.1 have one schema for all items; numbers belong to `prefixItems`.
                parts.push("each item".to_owned());
                rest = more;
            }
            ("prefixItems", [number, more @ ..]) => {
                parts.push(format!("item {number}"));
                rest = more;
            }
            ("additionalProperties", _) => parts.push("other members".to_owned()),
            _ => {}
        }
    }
    parts.reverse();
    parts.extend((!base.is_empty()).then_some(base));
    match parts.is_empty() {
        true => "the schema".to_owned(),
        false => parts.join(" of "),
    }
}

/// A schema that stands in an operation, from its method on.
fn inline<'w, 's>(words: &'w [&'s str]) -> (String, &'w [&'s str]) {
    let schema = words.iter().position(|word| *word == "schema");
    let (before, rest) = match schema {
        Some(index) => words.split_at(index + 1),
        None => (words, &[][..]),
    };
    let base = match before {
        [.., "requestBody", "content", _, "schema"] => "the body",
        [.., "responses", status, "content", _, "schema"] => {
            return (format!("the answer {status}"), rest);
        }
        [.., "headers", name, "schema"] => return (format!("the header `{name}`"), rest),
        [.., "parameters", _, "schema"] => "a parameter",
        _ => "",
    };
    (base.to_owned(), rest)
}

/// What whoever relies on the old document does about a break.
pub fn remedy(change: &Change) -> &'static str {
    match (change.kind, change.direction) {
        ("operation-removed", Direction::Webhook) => "Do not wait for it any more.",
        ("operation-removed", _) => "Stop calling it before you move to this version.",
        ("parameter-removed", Direction::Request) => "Leave it out.",
        ("parameter-removed", _) => "Do not rely on it any more.",
        ("parameter-added" | "parameter-required", Direction::Request) => {
            "Send it with every call."
        }
        ("parameter-required", _) => "Be ready for answers without it.",
        ("parameter-style" | "encoding" | "parameter-flag", _) => {
            "Write it as the new document says."
        }
        ("body-required" | "body-added", Direction::Request) => "Send a body with every call.",
        ("body-removed", _) => "Send no body.",
        ("media-type-removed", Direction::Request) => "Send one of the media types that are left.",
        ("media-type-removed", _) => "Ask for one of the media types that are left.",
        ("media-type-added", _) => "Be ready to read it.",
        ("status-removed", Direction::Webhook) => "Answer with one of the statuses that are left.",
        ("status-removed", _) => "Do not wait for this status any more.",
        ("status-added", _) => "Be ready for this status.",
        ("security", Direction::Webhook) => "Let in calls with the new credentials.",
        ("security", _) => "Get credentials that the new document asks for.",
        ("server", _) => "Call one of the addresses that the new document lists.",
        ("schema", Direction::Request) => "Send only what the new schema takes.",
        ("schema", Direction::Response) => "Be ready to read such values.",
        ("schema", Direction::Webhook) => {
            "Be ready for such messages, and answer as the new schema says."
        }
        _ => "",
    }
}

/// Who sends what a counterexample shows, in a sentence that the payload ends.
pub fn payload(change: &Change) -> &'static str {
    match change.direction {
        Direction::Request => "Accepted until now, refused from now on:",
        Direction::Response => "May be answered now, and could not before:",
        Direction::Webhook => {
            "A message that could not be sent before, or that is no longer taken:"
        }
    }
}
