//! `allOf` as one schema: what a value must be when several schemas hold at once.

use serde_json::{Map, Value};

use super::keywords::{is_plain_reference, leaves_type};
use super::lower::{DEPTH, Site};
use super::{Type, Types};
use crate::pointer;

impl Types<'_> {
    pub(super) fn lower_all_of(&mut self, site: &Site, object: &Map<String, Value>) -> Type {
        if let Some(only) = sole_reference(object) {
            return self.lower_at(
                &Site {
                    reserved: None,
                    ..site.again()
                },
                &only,
            );
        }
        match self.merge_all_of(object, 0) {
            Some(merged) if is_none(&merged) => {
                self.degrade(&site.pointer, "combines types that no value has")
            }
            Some(merged) => self.lower_at(&site.again(), &merged),
            None => self.degrade(
                &site.pointer,
                "combines parts that have no common Rust type",
            ),
        }
    }

    /// One schema that says what all members of `allOf` and its siblings say together, as far as
    /// types go; `None` if they have several unions.
    pub fn merge_all_of(&self, object: &Map<String, Value>, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        let mut own = object.clone();
        let members = match own.remove("allOf") {
            Some(Value::Array(members)) => members,
            _ => Vec::new(),
        };
        let mut merged = Map::new();
        for member in &members {
            let member = self.resolved(member, depth)?;
            merged = merge(merged, &member)?;
        }
        merged = merge(merged, &own)?;
        Some(Value::Object(merged))
    }

    /// A member of `allOf` with its reference followed and its own `allOf` merged.
    fn resolved(&self, member: &Value, depth: usize) -> Option<Map<String, Value>> {
        if depth > DEPTH {
            return None;
        }
        let Some(object) = member.as_object() else {
            return Some(Map::new());
        };
        let mut object = object.clone();
        if let Some(target) = object
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(pointer::of_reference)
        {
            let target = self.document().pointer(&target)?;
            let mut base = self.resolved(target, depth + 1)?;
            // A base's discriminator chooses among its children; a child is already chosen.
            if base.remove("discriminator").is_some() {
                base.remove("oneOf");
                base.remove("anyOf");
            }
            base.remove("title");
            base.remove("description");
            object.remove("$ref");
            object = merge(base, &object)?;
        }
        if object.contains_key("allOf") {
            return match self.merge_all_of(&object, depth + 1)? {
                Value::Object(merged) => Some(merged),
                _ => None,
            };
        }
        Some(object)
    }
}

/// Whether the types of the parts have nothing in common.
fn is_none(merged: &Value) -> bool {
    merged
        .get("type")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty)
}

/// `{allOf: [{$ref}]}` with nothing beside it that changes the type is that reference.
fn sole_reference(object: &Map<String, Value>) -> Option<Value> {
    let members = object.get("allOf")?.as_array()?;
    let members = members.iter().filter_map(Value::as_object);
    let shapes: Vec<&Map<String, Value>> = members.filter(|it| !leaves_type(it)).collect();
    let [only] = shapes.as_slice() else {
        return None;
    };
    let mut rest = object.clone();
    rest.remove("allOf");
    (is_plain_reference(only) && leaves_type(&rest)).then(|| Value::Object((*only).clone()))
}

/// Both schemas at once, as far as types go.
pub(super) fn merge(
    mut left: Map<String, Value>,
    right: &Map<String, Value>,
) -> Option<Map<String, Value>> {
    for (key, value) in right {
        let Some(existing) = left.get(key).cloned() else {
            left.insert(key.clone(), value.clone());
            continue;
        };
        if existing == *value {
            continue;
        }
        let joined = match key.as_str() {
            "properties" => join_members(existing, value),
            "required" => union(existing, value),
            "type" => intersection(as_list(existing), &as_list(value.clone())),
            "enum" => intersection(existing, value),
            "items" | "additionalProperties" if existing.is_object() && value.is_object() => {
                both(existing, value)
            }
            "additionalProperties" => Value::Bool(false),
            "oneOf" | "anyOf" => return None,
            _ => value.clone(),
        };
        left.insert(key.clone(), joined);
    }
    Some(left)
}

fn join_members(left: Value, right: &Value) -> Value {
    let (Value::Object(mut left), Value::Object(right)) = (left, right) else {
        return right.clone();
    };
    for (name, schema) in right {
        let joined = match left.remove(name) {
            Some(existing) if existing != *schema => both(existing, schema),
            _ => schema.clone(),
        };
        left.insert(name.clone(), joined);
    }
    Value::Object(left)
}

fn both(left: Value, right: &Value) -> Value {
    serde_json::json!({ "allOf": [left, right] })
}

fn as_list(value: Value) -> Value {
    match value {
        Value::Array(_) => value,
        one => Value::Array(vec![one]),
    }
}

fn union(left: Value, right: &Value) -> Value {
    let (Value::Array(mut left), Value::Array(right)) = (left, right) else {
        return right.clone();
    };
    for item in right {
        if !left.contains(item) {
            left.push(item.clone());
        }
    }
    Value::Array(left)
}

fn intersection(left: Value, right: &Value) -> Value {
    let (Value::Array(left), Value::Array(right)) = (left, right) else {
        return right.clone();
    };
    // `number` and `integer` meet in `integer`.
    let integer = Value::from("integer");
    let number = Value::from("number");
    let holds = |list: &[Value], item: &Value| {
        list.contains(item) || *item == integer && list.contains(&number)
    };
    let mut common: Vec<Value> = left
        .iter()
        .filter(|item| holds(right, item))
        .cloned()
        .collect();
    for item in right {
        if *item == integer && holds(&left, item) && !common.contains(item) {
            common.push(item.clone());
        }
    }
    match common.len() {
        1 => common.swap_remove(0),
        _ => Value::Array(common),
    }
}
