//! One of the two documents.

use std::cell::RefCell;

use codegen::schema::{Bundler, Direction};
use codegen::{Source, pointer};
use serde_json::{Value, json};

/// How far references are followed.
const DEPTH: usize = 32;

/// One of the two documents.
pub struct Side<'a> {
    pub document: &'a Value,
    bundler: RefCell<Bundler<'a>>,
}

impl<'a> Side<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self {
            document: &source.document,
            bundler: RefCell::new(source.schemas().with_backtracking()),
        }
    }

    /// What a pointer names.
    pub fn at(&self, pointer: &str) -> Option<&'a Value> {
        self.document.pointer(pointer)
    }

    /// The member of what a pointer names.
    pub fn member(&self, at: &str, name: &str) -> Option<&'a Value> {
        self.at(at)?.get(name)
    }

    /// A text member.
    pub fn text(&self, at: &str, name: &str) -> Option<&'a str> {
        self.member(at, name)?.as_str()
    }

    /// Whether a member is true.
    pub fn is_true(&self, at: &str, name: &str) -> bool {
        self.member(at, name) == Some(&Value::Bool(true))
    }

    /// The keys of a map, without extensions.
    pub fn keys(&self, at: &str) -> Vec<&'a str> {
        let map = self.at(at).and_then(Value::as_object);
        let keys = map.into_iter().flat_map(|map| map.keys());
        keys.map(String::as_str)
            .filter(|key| !key.starts_with("x-"))
            .collect()
    }

    /// Where references from a pointer lead.
    pub fn follow(&self, at: &str) -> String {
        let mut at = at.to_owned();
        for _ in 0..DEPTH {
            let Some(target) = self.text(&at, "$ref").and_then(pointer::of_reference) else {
                break;
            };
            at = target;
        }
        at
    }

    /// The self-contained schema of what a pointer names, as it is for values of this direction.
    pub fn schema(&self, at: &str, direction: Direction) -> Value {
        let reference = json!({ "$ref": pointer::to_reference(at) });
        let is_component = pointer::segments(at).count() == 3 && at.starts_with("/components/");
        let mut bundler = self.bundler.borrow_mut();
        let mut schema = match is_component {
            // As others see it: with the children that its discriminator names.
            true => bundler.value(&reference, "", direction),
            false => bundler.at(at, direction),
        };
        whole_bounds(&mut schema);
        unwrap_lone(&mut schema);
        schema
    }
}

/// Takes a schema out of a composition of nothing else: recursive schemas that are wrapped stay comparable.
fn unwrap_lone(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(unwrap_lone),
        Value::Object(schema) => {
            schema
                .iter_mut()
                .filter(|(name, _)| *name != "enum" && *name != "const")
                .for_each(|(_, member)| unwrap_lone(member));
            let rules = schema
                .keys()
                .filter(|name| *name != "$schema" && *name != "$defs");
            let rules: Vec<String> = rules.cloned().collect();
            let [keyword] = rules.as_slice() else {
                return;
            };
            let is_composition = ["allOf", "anyOf", "oneOf"].contains(&keyword.as_str());
            let inner = match schema
                .get(keyword)
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                Some([Value::Object(inner)]) if is_composition => inner.clone(),
                _ => return,
            };
            schema.remove(keyword);
            schema.extend(inner);
        }
        _ => {}
    }
}

/// Says the bounds of integers in one way, so that those that are equal look it: the widest integers are
/// beyond what the canonical form compares.
fn whole_bounds(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(whole_bounds),
        Value::Object(schema) => {
            if schema.get("type").is_some_and(|kind| kind == "integer") {
                for (exclusive, inclusive, step) in [
                    ("exclusiveMinimum", "minimum", 1),
                    ("exclusiveMaximum", "maximum", -1),
                ] {
                    let Some(bound) = schema
                        .get(exclusive)
                        .and_then(Value::as_i64)
                        .and_then(|it| it.checked_add(step))
                    else {
                        continue;
                    };
                    let is_tighter = match schema.get(inclusive) {
                        None => true,
                        Some(other) => other.as_f64().zip(json!(bound).as_f64()).is_some_and(
                            |(other, bound)| match step {
                                1 => bound > other,
                                _ => bound < other,
                            },
                        ),
                    };
                    schema.remove(exclusive);
                    if is_tighter {
                        schema.insert(inclusive.to_owned(), json!(bound));
                    }
                }
            }
            schema
                .iter_mut()
                .filter(|(name, _)| *name != "enum" && *name != "const")
                .for_each(|(_, it)| whole_bounds(it));
        }
        _ => {}
    }
}
