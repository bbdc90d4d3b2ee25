//! Members of a body that must not be kept or shown.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::pointer;
use crate::schema::{self, Direction};

/// Keywords whose values are data, not schemas.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Keywords whose values name schemas.
const NAMED: [&str; 4] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
];

/// Names of the members that are `writeOnly` or passwords, anywhere in what a schema reaches.
pub(super) fn names(document: &Value, schema: &Value) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(value) = waiting.pop() {
        let Value::Object(keywords) = value else {
            waiting.extend(value.as_array().into_iter().flatten());
            continue;
        };
        let target = keywords.get("$ref").and_then(Value::as_str);
        if let Some((pointer, target)) = target.and_then(|it| pointer::resolve(document, it))
            && seen.insert(pointer)
        {
            waiting.push(target);
        }
        let members = keywords.get("properties").and_then(Value::as_object);
        let secret = members
            .into_iter()
            .flatten()
            .filter(|(_, member)| is_secret(document, member));
        found.extend(secret.map(|(name, _)| name.clone()));
        for (keyword, child) in keywords {
            match keyword.as_str() {
                data if DATA.contains(&data) => {}
                named if NAMED.contains(&named) => {
                    waiting.extend(child.as_object().into_iter().flatten().map(|(_, it)| it));
                }
                _ => waiting.push(child),
            }
        }
    }
    found.into_iter().collect()
}

fn is_secret(document: &Value, member: &Value) -> bool {
    let target = member.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|it| Some(pointer::resolve(document, it)?.1));
    let is_password = |it: &Value| it.get("format").is_some_and(|format| format == "password");
    schema::is_hidden(document, member, Direction::Response)
        || is_password(member)
        || target.is_some_and(is_password)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_found_wherever_a_schema_reaches() {
        let document = json!({"components": {"schemas": {
            "Login": {
                "properties": {
                    "user": {"type": "string"},
                    "pin": {"$ref": "#/components/schemas/Pin"},
                    "again": {"$ref": "#/components/schemas/Login"},
                    "example": {"properties": {"token": {"format": "password"}}},
                },
            },
            "Pin": {"type": "string", "writeOnly": true},
        }}});
        let schema = json!({
            "default": {"properties": {"none": {"writeOnly": true}}},
            "oneOf": [{"type": "array", "items": {"$ref": "#/components/schemas/Login"}}],
        });

        assert_eq!(names(&document, &schema), ["pin", "token"]);
        assert!(names(&document, &json!(true)).is_empty());
    }
}
