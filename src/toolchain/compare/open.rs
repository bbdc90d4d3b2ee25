//! Answers that may grow: where a contract says `x-open-answers: true`, those who read them were told to leave
//! out members that they do not know.

use codegen::pointer;
use serde_json::{Map, Value};

/// What the document says it with.
pub const MARK: &str = "x-open-answers";

/// Keywords that say what further members are.
const CLOSED: [&str; 2] = ["additionalProperties", "unevaluatedProperties"];

/// Keywords whose members have names of their own.
const MAPS: [&str; 4] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
];

/// How far references and compositions are followed.
const DEPTH: usize = 16;

/// Whether a document promises it.
pub fn is_promised(document: &Value) -> bool {
    document.get(MARK) == Some(&Value::Bool(true))
}

/// A schema of answers as those read it who leave out what they do not know: closed objects are open. Arms of
/// which only closed objects kept a value apart may then both be meant.
pub fn opened(schema: &Value) -> Value {
    let mut opened = schema.clone();
    open(&mut opened, schema);
    opened
}

fn open(value: &mut Value, root: &Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| open(item, root)),
        Value::Object(schema) => {
            let arms = schema.get("oneOf").and_then(Value::as_array);
            let are_blurred = arms.is_some_and(|arms| arms.iter().any(|it| is_closed(it, root, 0)));
            if are_blurred && let Some(arms) = schema.remove("oneOf") {
                either(schema, arms);
            }
            schema.retain(|name, it| *it != Value::Bool(false) || !CLOSED.contains(&name.as_str()));
            for (name, member) in schema.iter_mut() {
                match (name.as_str(), member) {
                    // What a condition asks, and values, stay as they are.
                    ("not" | "if" | "enum" | "const" | "default" | "examples", _) => {}
                    (name, Value::Object(schemas)) if MAPS.contains(&name) => {
                        schemas.values_mut().for_each(|it| open(it, root));
                    }
                    (_, member) => open(member, root),
                }
            }
        }
        _ => {}
    }
}

/// One of the arms at least.
fn either(schema: &mut Map<String, Value>, arms: Value) {
    match schema.remove("anyOf") {
        None => drop(schema.insert("anyOf".to_owned(), arms)),
        Some(other) => {
            let both = [other, arms].map(|arms| serde_json::json!({ "anyOf": arms }));
            let parts = schema
                .entry("allOf")
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Some(parts) = parts.as_array_mut() {
                parts.extend(both);
            }
        }
    }
}

/// Whether the object that a schema describes is closed.
fn is_closed(schema: &Value, root: &Value, depth: usize) -> bool {
    let is_false = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(false));
    if CLOSED.into_iter().any(is_false) {
        return true;
    }
    if depth > DEPTH {
        return false;
    }
    let target = schema.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|it| pointer::resolve(root, it));
    let parts = schema.get("allOf").and_then(Value::as_array);
    let parts = parts.into_iter().flatten();
    parts
        .chain(target.map(|(_, target)| target))
        .any(|part| is_closed(part, root, depth + 1))
}
