//! Members that travel one way only, and the schemas that therefore have two types.

use std::collections::HashSet;

use serde_json::Value;

use super::{Direction, Types};
use crate::{pointer, schema};

impl Types<'_> {
    /// Whether a member is not part of a value that travels this way.
    pub(super) fn is_hidden(&self, member: &Value, direction: Direction) -> bool {
        schema::is_hidden(self.document(), member, direction)
    }

    /// Whether what a pointer reaches has members that travel one way only.
    pub(super) fn differs_by_direction(&mut self, target: &str) -> bool {
        if let Some(answer) = self.split.get(target) {
            return *answer;
        }
        let mut seen = HashSet::new();
        let mut stack = vec![target.to_owned()];
        let mut answer = false;
        while let Some(pointer) = stack.pop() {
            if answer || !seen.insert(pointer.clone()) {
                continue;
            }
            if let Some(children) = self.children.get(&pointer) {
                stack.extend(children.iter().cloned());
            }
            if let Some(schema) = self.document().pointer(&pointer) {
                answer |= scan(schema, &mut stack);
            }
        }
        self.split.insert(target.to_owned(), answer);
        answer
    }
}

/// Pushes every reference below a schema; true if a member travels one way only.
fn scan(schema: &Value, references: &mut Vec<String>) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(|item| scan(item, references)),
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get("$ref") {
                references.extend(pointer::of_reference(target));
            }
            let is_one_way = |keyword: &str| object.get(keyword) == Some(&Value::Bool(true));
            let mut found = is_one_way("readOnly") || is_one_way("writeOnly");
            for (key, value) in object {
                if !matches!(
                    key.as_str(),
                    "example" | "examples" | "default" | "enum" | "const"
                ) {
                    found |= scan(value, references);
                }
            }
            found
        }
        _ => false,
    }
}
