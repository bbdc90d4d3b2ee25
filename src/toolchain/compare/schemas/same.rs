//! Schemas that say the same in the same words, names of components aside.

use std::collections::HashSet;

use codegen::pointer;
use codegen::schema::KEYWORDS;
use serde_json::{Map, Value};

use super::super::side::Side;
use super::clean::Clean;

/// What else than the keywords of JSON Schema decides which values are taken.
const MORE: [&str; 3] = ["readOnly", "writeOnly", "discriminator"];

/// Pairs of pointers that are known to say the same.
#[derive(Default)]
pub struct Same {
    known: HashSet<(String, String)>,
}

impl Same {
    /// Whether two schemas say the same.
    pub fn is_same<'a>(
        &mut self,
        old: &Side<'a>,
        new: &Side<'a>,
        clean: &Clean,
        a: &str,
        b: &str,
    ) -> bool {
        let (Some(before), Some(after)) = (old.at(a), new.at(b)) else {
            return old.at(a).is_none() && new.at(b).is_none();
        };
        let mut walk = Walk {
            old,
            new,
            clean,
            known: &self.known,
            assumed: HashSet::new(),
        };
        let same = walk.schema(before, after);
        if same {
            let assumed = walk.assumed;
            self.known.extend(assumed);
        }
        same
    }
}

/// Whether a keyword says anything about which values are taken.
pub fn decides(keyword: &str) -> bool {
    KEYWORDS.contains(&keyword) || MORE.contains(&keyword)
}

struct Walk<'s, 'a> {
    old: &'s Side<'a>,
    new: &'s Side<'a>,
    clean: &'s Clean,
    known: &'s HashSet<(String, String)>,
    /// Pairs that are being compared: what is the same all the way round is the same.
    assumed: HashSet<(String, String)>,
}

impl Walk<'_, '_> {
    fn schema(&mut self, a: &Value, b: &Value) -> bool {
        match (lone_reference(a), lone_reference(b)) {
            (None, None) => self.plain(a, b),
            (x, y) => {
                if x == y && x.is_some_and(|reference| self.clean.is_clean_reference(reference)) {
                    return true;
                }
                let (Some((at_a, a)), Some((at_b, b))) =
                    (target(self.old, x, a), target(self.new, y, b))
                else {
                    return x == y;
                };
                // A part in place has no name: its values tell it apart well enough within one walk.
                let pair = (
                    at_a.unwrap_or_else(|| a.to_string()),
                    at_b.unwrap_or_else(|| b.to_string()),
                );
                if self.known.contains(&pair) || !self.assumed.insert(pair) {
                    return true;
                }
                self.schema(a, b)
            }
        }
    }

    fn plain(&mut self, a: &Value, b: &Value) -> bool {
        let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else {
            return a == b;
        };
        if a.contains_key("discriminator") && !a.contains_key("oneOf") && !a.contains_key("anyOf") {
            // Who its children are is said elsewhere.
            return false;
        }
        deciding(a).count() == deciding(b).count()
            && deciding(a).all(|(name, value)| {
                b.get(name)
                    .is_some_and(|other| self.keyword(name, value, other))
            })
    }

    fn keyword(&mut self, name: &str, a: &Value, b: &Value) -> bool {
        match (name, a, b) {
            (
                "properties" | "patternProperties" | "dependentSchemas",
                Value::Object(a),
                Value::Object(b),
            ) => {
                a.len() == b.len()
                    && a.iter().all(|(key, value)| {
                        b.get(key).is_some_and(|other| self.schema(value, other))
                    })
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.schema(a, b))
            }
            (
                "items"
                | "contains"
                | "additionalProperties"
                | "propertyNames"
                | "unevaluatedItems"
                | "unevaluatedProperties"
                | "not"
                | "if"
                | "then"
                | "else",
                a,
                b,
            ) => self.schema(a, b),
            ("required" | "enum" | "type", Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().all(|item| b.contains(item))
            }
            ("$ref", Value::String(x), Value::String(y)) => {
                let (Some((_, a)), Some((_, b))) = (
                    pointer::resolve(self.old.document, x),
                    pointer::resolve(self.new.document, y),
                ) else {
                    return x == y;
                };
                let pair = (x.clone(), y.clone());
                !self.assumed.insert(pair) || self.schema(a, b)
            }
            // Its mapping names components, which may be called otherwise.
            ("discriminator", a, b) => a == b,
            _ => a == b,
        }
    }
}

fn deciding(schema: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    schema.iter().filter(|(name, value)| {
        decides(name) && !(MORE.contains(&name.as_str()) && **value == Value::Bool(false))
    })
}

/// The reference of a schema that is nothing but one.
pub fn lone_reference(schema: &Value) -> Option<&str> {
    let members = schema.as_object()?;
    let reference = members.get("$ref")?.as_str()?;
    let alone = members.keys().all(|name| name == "$ref" || !decides(name));
    alone.then_some(reference)
}

fn target<'v, 'a: 'v>(
    side: &Side<'a>,
    reference: Option<&str>,
    schema: &'v Value,
) -> Option<(Option<String>, &'v Value)> {
    match reference {
        None => Some((None, schema)),
        Some(reference) => {
            let (at, value) = pointer::resolve(side.document, reference)?;
            Some((Some(at), value))
        }
    }
}
