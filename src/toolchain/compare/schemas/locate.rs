//! Where two schemas part: the smallest pairs of schemas that differ, and the way to their values.

use std::collections::HashSet;

use codegen::pointer;
use serde_json::{Map, Value, json};

use super::super::side::Side;
use super::Schemas;
use super::same::{decides, lone_reference};

/// A step from a value into a part of it.
#[derive(Debug, Clone)]
pub enum Step {
    Member(String),
    Item(usize),
    Items,
    /// A member that has no schema of its own.
    Other,
}

/// A pair of schemas that differ.
#[derive(Debug, Clone)]
pub struct Leaf {
    pub old: String,
    pub new: String,
    /// From the message to the values of this pair.
    pub path: Vec<Step>,
    /// The choice around the pair in which arms cannot be judged one by one.
    pub anchor: Option<(String, String)>,
}

/// Finds the pairs in which two schemas differ. There are none if they say the same.
pub fn locate<'a>(
    old: &Side<'a>,
    new: &Side<'a>,
    schemas: &mut Schemas,
    a: &str,
    b: &str,
) -> Vec<Leaf> {
    let mut locator = Locator {
        old,
        new,
        schemas,
        seen: HashSet::new(),
        found: Vec::new(),
    };
    locator.pair(a, b, &[], None);
    locator.found
}

struct Locator<'s, 'a> {
    old: &'s Side<'a>,
    new: &'s Side<'a>,
    schemas: &'s mut Schemas,
    seen: HashSet<(String, String)>,
    found: Vec<Leaf>,
}

/// Schemas below a pair, with the step to their values.
type Children = Vec<(String, String, Option<Step>)>;

impl Locator<'_, '_> {
    fn pair(&mut self, a: &str, b: &str, path: &[Step], anchor: Option<(String, String)>) {
        let (a, b) = (resolved(self.old, a), resolved(self.new, b));
        let schemas = &mut *self.schemas;
        if schemas
            .same
            .is_same(self.old, self.new, &schemas.clean, &a, &b)
            || !self.seen.insert((a.clone(), b.clone()))
        {
            return;
        }
        let maps = (
            self.old.at(&a).and_then(Value::as_object),
            self.new.at(&b).and_then(Value::as_object),
        );
        let children = match maps {
            (Some(before), Some(after)) => children(before, after, &a, &b),
            _ => None,
        };
        let Some((children, arms_apart)) =
            children.filter(|(children, _)| !children.is_empty() && path.len() < 24)
        else {
            self.found.push(Leaf {
                old: a,
                new: b,
                path: path.to_vec(),
                anchor,
            });
            return;
        };
        let anchor = match arms_apart {
            true => anchor,
            false => anchor.or(Some((a.clone(), b.clone()))),
        };
        let before = self.found.len();
        let mut any = false;
        for (old, new, step) in children {
            let mut path = path.to_vec();
            path.extend(step);
            let same = {
                let schemas = &mut *self.schemas;
                schemas
                    .same
                    .is_same(self.old, self.new, &schemas.clean, &old, &new)
            };
            any |= !same;
            if !same {
                self.pair(&old, &new, &path, anchor.clone());
            }
        }
        // Nothing below differs, so it is the pair itself that does.
        if !any && self.found.len() == before {
            self.found.push(Leaf {
                old: a,
                new: b,
                path: path.to_vec(),
                anchor,
            });
        }
    }
}

/// The schemas below a pair of schemas that differ in nothing else, and whether each of them can be judged by
/// itself; `None` if the pair differs by itself.
fn children(
    a: &Map<String, Value>,
    b: &Map<String, Value>,
    at_a: &str,
    at_b: &str,
) -> Option<(Children, bool)> {
    let names = |schema: &Map<String, Value>| -> Vec<String> {
        let names = schema.keys().filter(|name| decides(name));
        names.cloned().collect()
    };
    if names(a) != names(b) {
        return None;
    }
    let mut below = Children::new();
    let mut apart = true;
    for name in names(a) {
        let (x, y) = (a.get(&name)?, b.get(&name)?);
        let (at_x, at_y) = (pointer::join(at_a, &name), pointer::join(at_b, &name));
        let each =
            |step: fn(usize) -> Option<Step>, x: &[Value], y: &[Value]| -> Option<Children> {
                (x.len() == y.len()).then(|| {
                    (0..x.len())
                        .map(|index| {
                            (
                                format!("{at_x}/{index}"),
                                format!("{at_y}/{index}"),
                                step(index),
                            )
                        })
                        .collect()
                })
            };
        match (name.as_str(), x, y) {
            ("properties", Value::Object(x), Value::Object(y)) => {
                if x.len() != y.len()
                    || !x.keys().all(|key| y.contains_key(key))
                    || one_way(x) != one_way(y)
                {
                    return None;
                }
                below.extend(x.keys().map(|key| {
                    let step = Step::Member(key.clone());
                    (
                        pointer::join(&at_x, key),
                        pointer::join(&at_y, key),
                        Some(step),
                    )
                }));
            }
            ("items", Value::Object(_), Value::Object(_)) => {
                below.push((at_x, at_y, Some(Step::Items)))
            }
            ("additionalProperties", Value::Object(_), Value::Object(_)) => {
                below.push((at_x, at_y, Some(Step::Other)));
            }
            ("prefixItems", Value::Array(x), Value::Array(y)) => {
                below.extend(each(|index| Some(Step::Item(index)), x, y)?)
            }
            ("allOf", Value::Array(x), Value::Array(y)) => below.extend(each(|_| None, x, y)?),
            ("anyOf" | "oneOf", Value::Array(x), Value::Array(y)) => {
                apart &= name == "anyOf" && !a.contains_key("discriminator");
                below.extend(each(|_| None, x, y)?);
            }
            ("unevaluatedProperties" | "unevaluatedItems" | "discriminator", x, y) if x == y => {
                apart = false
            }
            ("required" | "enum" | "type", Value::Array(x), Value::Array(y))
                if x.len() == y.len() && x.iter().all(|item| y.contains(item)) => {}
            (_, x, y) if x == y && !has_reference(x) => {}
            ("$ref", ..) => return None,
            _ => return None,
        }
    }
    Some((below, apart))
}

/// The members that travel one way only, as far as they say so themselves.
fn one_way(properties: &Map<String, Value>) -> Vec<(&String, bool)> {
    let is = |schema: &Value, flag: &str| schema.get(flag) == Some(&Value::Bool(true));
    let ways = properties.iter();
    ways.filter_map(
        |(name, schema)| match (is(schema, "readOnly"), is(schema, "writeOnly")) {
            (false, false) => None,
            (read, _) => Some((name, read)),
        },
    )
    .collect()
}

fn has_reference(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_reference),
        Value::Object(members) => {
            members.contains_key("$ref") || members.values().any(has_reference)
        }
        _ => false,
    }
}

/// Through references that stand alone.
fn resolved(side: &Side<'_>, at: &str) -> String {
    let mut at = at.to_owned();
    for _ in 0..32 {
        let Some(target) = side
            .at(&at)
            .and_then(lone_reference)
            .and_then(pointer::of_reference)
        else {
            break;
        };
        at = target;
    }
    at
}

/// A schema of messages whose part at the end of the path satisfies `schema`.
pub fn wrapped(path: &[Step], schema: Value) -> Value {
    path.iter().rev().fold(schema, |inner, step| match step {
        Step::Member(name) => json!({
            "type": "object", "required": [name], "properties": { name.clone(): inner },
        }),
        Step::Other => json!({
            "type": "object", "required": ["another"], "properties": { "another": inner },
        }),
        Step::Items => json!({ "type": "array", "minItems": 1, "items": inner }),
        Step::Item(index) => {
            let mut items = vec![json!({}); *index];
            items.push(inner);
            json!({ "type": "array", "minItems": index + 1, "prefixItems": items })
        }
    })
}
