//! Request bodies and media types.

use std::collections::BTreeMap;

use codegen::pointer;
use serde_json::Value;

use super::change::{Class, Edition};
use super::parameters::Fields;
use super::{Comparer, Flow, Operation, Side};

impl Comparer<'_> {
    pub(super) fn request_body(&mut self, operation: &Operation) {
        let flow = operation.request();
        let body = |side: &Side<'_>, at: &str| {
            let at = pointer::join(at, "requestBody");
            side.at(&at).map(|_| side.follow(&at))
        };
        let (old, new) = (
            body(&self.old, &operation.old),
            body(&self.new, &operation.new),
        );
        match (old, new) {
            (Some(old), Some(new)) => {
                self.body_required(operation, &old, &new);
                self.contents(operation, flow, &old, &new, false);
            }
            (Some(old), None) => self.found(
                operation,
                flow,
                Class::Breaking,
                "body-removed",
                (Edition::Old, old),
                format!("{} no longer has a body", operation.name),
            ),
            (None, Some(new)) => {
                let required = self.new.is_true(&new, "required");
                let (class, word) = match required {
                    true => (flow.asked(true), "a required"),
                    false => (Class::Safe, "an optional"),
                };
                let message = format!("{} now has {word} body", operation.name);
                let place = (Edition::New, new);
                self.found(operation, flow, class, "body-added", place, message);
            }
            (None, None) => {}
        }
    }

    fn body_required(&mut self, operation: &Operation, old: &str, new: &str) {
        let flow = operation.request();
        let (was, is) = (
            self.old.is_true(old, "required"),
            self.new.is_true(new, "required"),
        );
        if was != is {
            let word = if is { "required" } else { "optional" };
            let message = format!("the body of {} is now {word}", operation.name);
            let place = (Edition::New, new.to_owned());
            self.found(
                operation,
                flow,
                flow.asked(is),
                "body-required",
                place,
                message,
            );
        }
    }

    /// Compares the media types of two holders of `content`. What is `negotiated` is the receiver's choice:
    /// a new type reaches nobody who does not ask for it, one that is gone is missed.
    pub(super) fn contents(
        &mut self,
        operation: &Operation,
        flow: Flow,
        old: &str,
        new: &str,
        negotiated: bool,
    ) {
        let (before, after) = (media_types(&self.old, old), media_types(&self.new, new));
        let taken_away_hurts = flow.by_partner || negotiated;
        for (name, at) in &before {
            match counterpart(&after, name) {
                Some(other) => {
                    let (a, b) = (pointer::join(at, "schema"), pointer::join(&other, "schema"));
                    self.schema(operation, flow, &a, &b);
                    self.encodings(operation, flow, at, &other);
                }
                None => {
                    let class = if taken_away_hurts {
                        Class::Breaking
                    } else {
                        Class::Safe
                    };
                    self.found(
                        operation,
                        flow,
                        class,
                        "media-type-removed",
                        (Edition::Old, at.clone()),
                        format!("the media type {name} is gone"),
                    );
                }
            }
        }
        for (name, at) in after
            .iter()
            .filter(|(name, _)| counterpart(&before, name).is_none())
        {
            let class = match taken_away_hurts || before.is_empty() {
                true => Class::Safe,
                false => Class::Breaking,
            };
            self.found(
                operation,
                flow,
                class,
                "media-type-added",
                (Edition::New, at.clone()),
                format!("the media type {name} is new"),
            );
        }
    }

    /// How the members of a form are written.
    fn encodings(&mut self, operation: &Operation, flow: Flow, old: &str, new: &str) {
        let (a, b) = (
            pointer::join(old, "encoding"),
            pointer::join(new, "encoding"),
        );
        let mut names = self.old.keys(&a);
        names.extend(self.new.keys(&b));
        names.sort_unstable();
        names.dedup();
        for name in names {
            let (a, b) = (pointer::join(&a, name), pointer::join(&b, name));
            let place = match self.new.at(&b) {
                Some(_) => (Edition::New, b.clone()),
                None => (Edition::Old, a.clone()),
            };
            for field in ["contentType", "style", "explode", "allowReserved"] {
                let (was, is) = (self.old.member(&a, field), self.new.member(&b, field));
                if was == is || is_wider(was, is, flow.by_partner) {
                    continue;
                }
                self.found(
                    operation,
                    flow,
                    Class::Breaking,
                    "encoding",
                    place.clone(),
                    format!("`{field}` of the part `{name}` is another"),
                );
            }
            let headers = |side: &Side<'_>, at: &str| headers(side, at);
            let (a, b) = (headers(&self.old, &a), headers(&self.new, &b));
            self.fields(operation, flow, &a, &b);
        }
    }
}

/// Whether a list of media types of a part grew or shrank in the direction that nobody minds.
fn is_wider(was: Option<&Value>, is: Option<&Value>, by_partner: bool) -> bool {
    let list = |value: Option<&Value>| -> Option<Vec<String>> {
        let text = value?.as_str()?;
        Some(
            text.split(',')
                .map(|item| item.trim().to_lowercase())
                .collect(),
        )
    };
    let (Some(was), Some(is)) = (list(was), list(is)) else {
        return false;
    };
    let (sent, taken) = if by_partner { (was, is) } else { (is, was) };
    sent.iter()
        .all(|item| taken.iter().any(|range| covers(range, item)))
}

/// The headers of a response or of a part, but for those that HTTP itself says.
pub(super) fn headers(side: &Side<'_>, at: &str) -> Fields {
    let map = pointer::join(at, "headers");
    let names = side.keys(&map).into_iter();
    names
        .map(|name| (name, name.to_lowercase()))
        .filter(|(_, lower)| lower != "content-type")
        .map(|(name, lower)| {
            (
                ("header".to_owned(), lower),
                side.follow(&pointer::join(&map, name)),
            )
        })
        .collect()
}

/// Media types without what does not tell them apart.
fn media_types(side: &Side<'_>, holder: &str) -> BTreeMap<String, String> {
    let content = pointer::join(holder, "content");
    let names = side.keys(&content).into_iter();
    names
        .map(|name| (essence(name), pointer::join(&content, name)))
        .collect()
}

/// In small letters, without a charset, which JSON has none of and text defaults.
fn essence(name: &str) -> String {
    let mut parts = name.split(';').map(|part| part.trim().to_lowercase());
    let mut essence = parts.next().unwrap_or_default();
    for part in parts.filter(|part| !part.starts_with("charset=")) {
        essence.push(';');
        essence.push_str(&part);
    }
    essence
}

/// The media type of this name, or the narrowest range that covers it.
fn counterpart(types: &BTreeMap<String, String>, name: &str) -> Option<String> {
    let exact = types.get(name);
    let covering = types.iter().filter(|(range, _)| covers(range, name));
    exact
        .or_else(|| {
            covering
                .max_by_key(|(range, _)| range.len())
                .map(|(_, at)| at)
        })
        .cloned()
}

fn covers(range: &str, name: &str) -> bool {
    range == name
        || range == "*/*"
        || range
            .strip_suffix("/*")
            .is_some_and(|kind| name.split('/').next() == Some(kind))
}
