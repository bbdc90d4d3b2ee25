//! Properties that may not travel in one direction.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::Direction;
use crate::pointer;

/// Adds the properties that a schema, and what it is composed of, hides from this direction.
pub fn collect(
    document: &Value,
    schema: &Value,
    direction: Direction,
    names: &mut BTreeSet<String>,
    seen: &mut HashSet<String>,
) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            if is_hidden(document, property, direction) {
                names.insert(name.clone());
            }
        }
    }
    for part in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        collect(document, part, direction, names, seen);
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
        && let Some((pointer, target)) = pointer::resolve(document, reference)
        && seen.insert(pointer)
    {
        collect(document, target, direction, names, seen);
    }
}

/// Whether a property may not travel in this direction.
pub fn is_hidden(document: &Value, property: &Value, direction: Direction) -> bool {
    is_hidden_at(document, property, direction, 0)
}

fn is_hidden_at(document: &Value, property: &Value, direction: Direction, depth: usize) -> bool {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    if depth > 16 {
        return false;
    }
    if let Some(said) = property.get(flag).and_then(Value::as_bool) {
        return said;
    }
    let referent = property
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| pointer::resolve(document, reference));
    let parts = property
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    referent
        .map(|(_, target)| target)
        .into_iter()
        .chain(parts)
        .any(|part| is_hidden_at(document, part, direction, depth + 1))
}
