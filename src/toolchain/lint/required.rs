//! Members that must be there and that nothing describes.

use std::collections::{BTreeMap, BTreeSet};

use codegen::grammar::Kind;
use codegen::pointer;
use serde_json::Value;

use super::{Linter, each, rules};

/// Keywords whose schemas say something of the same value as the one around them.
const PARTS: [&str; 3] = ["allOf", "oneOf", "anyOf"];
const CONDITIONS: [&str; 4] = ["not", "if", "then", "else"];

pub fn check(linter: &mut Linter<'_>) {
    let document = linter.document();
    let mut wholes = BTreeSet::new();
    let mut parts = BTreeSet::new();
    each(document, Kind::Document, "", &mut |value, kind, at| {
        if kind != Kind::Schema {
            return;
        }
        if is_part(at) {
            parts.extend(target(value));
        } else {
            wholes.insert(at.to_owned());
        }
    });
    let mut undescribed = BTreeMap::new();
    for at in wholes.difference(&parts) {
        let mut object = Object::default();
        object.gather(document, at);
        if !object.described.is_empty() && !object.is_map {
            let required = object.required.into_iter();
            undescribed.extend(required.filter(|(_, name)| !object.described.contains(name)));
        }
    }
    for (at, name) in undescribed {
        let message = format!("`{name}` is required, but no schema describes it");
        linter.found(&rules::REQUIRED, &at, message);
    }
}

/// Whether a schema only adds to the one around it.
fn is_part(at: &str) -> bool {
    let mut steps = at.rsplit('/');
    let (last, before) = (steps.next(), steps.next());
    last.is_some_and(|it| CONDITIONS.contains(&it))
        || before.is_some_and(|it| PARTS.contains(&it) || it == "dependentSchemas")
}

fn target(schema: &Value) -> Option<String> {
    pointer::of_reference(schema.get("$ref")?.as_str()?)
}

/// What a schema says of an object, with all that it is made of.
#[derive(Default)]
struct Object {
    seen: BTreeSet<String>,
    described: BTreeSet<String>,
    /// Names by the pointers of their mention.
    required: BTreeMap<String, String>,
    /// Whether members of any name have a schema.
    is_map: bool,
}

impl Object {
    fn gather(&mut self, document: &Value, at: &str) {
        let Some(schema) = document.pointer(at).filter(|it| it.is_object()) else {
            return;
        };
        if !self.seen.insert(at.to_owned()) {
            return;
        }
        let members = schema.get("properties").and_then(Value::as_object);
        self.described
            .extend(members.into_iter().flatten().map(|(name, _)| name.clone()));
        let required = schema.get("required").and_then(Value::as_array);
        for (index, name) in required.into_iter().flatten().enumerate() {
            if let Some(name) = name.as_str() {
                let at = format!("{at}/required/{index}");
                self.required.insert(at, name.to_owned());
            }
        }
        self.is_map |= schema.get("patternProperties").is_some()
            || ["additionalProperties", "unevaluatedProperties"]
                .iter()
                .any(|keyword| schema.get(*keyword).is_some_and(Value::is_object));
        if let Some(target) = target(schema) {
            self.gather(document, &target);
        }
        for keyword in PARTS {
            let count = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            (0..count).for_each(|index| self.gather(document, &format!("{at}/{keyword}/{index}")));
        }
        for keyword in ["then", "else"] {
            self.gather(document, &pointer::join(at, keyword));
        }
        let dependent = pointer::join(at, "dependentSchemas");
        let names = document.pointer(&dependent).and_then(Value::as_object);
        for (name, _) in names.into_iter().flatten() {
            self.gather(document, &pointer::join(&dependent, name));
        }
    }
}
