//! Schema Objects of OpenAPI 3.0 as JSON Schema 2020-12.

use serde_json::{Map, Value, json};

/// Members that say something about a schema without refusing a value.
const ANNOTATIONS: [&str; 12] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "deprecated",
    "externalDocs",
    "xml",
    "$comment",
    "discriminator",
];

/// One Schema Object of 3.0, its children aside.
pub fn translate(schema: &mut Map<String, Value>) {
    if schema.get("$ref").is_some_and(Value::is_string) {
        // 3.0: siblings of a reference are ignored.
        schema.retain(|name, _| name == "$ref");
        return;
    }
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => match schema.remove(limit) {
                Some(value) => {
                    schema.insert(exclusive.to_owned(), value);
                }
                None => {
                    schema.remove(exclusive);
                }
            },
            Some(Value::Bool(false)) => {
                schema.remove(exclusive);
            }
            _ => {}
        }
    }
    if schema.get("type").and_then(Value::as_str) == Some("file") {
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("format".to_owned(), json!("binary"));
    }
    if is_text(schema) {
        match schema.get("format").and_then(Value::as_str) {
            Some("byte") => {
                schema
                    .entry("contentEncoding")
                    .or_insert_with(|| json!("base64"));
            }
            Some("binary") => {
                schema
                    .entry("contentMediaType")
                    .or_insert_with(|| json!("application/octet-stream"));
            }
            _ => {}
        }
    }
    if schema.remove("nullable") == Some(Value::Bool(true)) {
        nullable(schema);
    }
}

fn is_text(schema: &Map<String, Value>) -> bool {
    match schema.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    }
}

/// Lets a schema take null. An `enum` takes it too, although 3.0.3 leaves that to its author: whoever writes
/// `nullable` beside an `enum` means it, and other tools read it so.
fn nullable(schema: &mut Map<String, Value>) {
    let composed = ["allOf", "anyOf", "oneOf", "not", "if", "$ref"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    if composed {
        let kept = |name: &str| {
            (ANNOTATIONS.contains(&name) && name != "discriminator") || name.starts_with("x-")
        };
        let inner: Map<String, Value> = schema
            .iter()
            .filter(|(name, _)| !kept(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        schema.retain(|name, _| kept(name));
        schema.insert("anyOf".to_owned(), json!([inner, {"type": "null"}]));
        return;
    }
    match schema.get_mut("type") {
        Some(Value::String(kind)) if kind != "null" => {
            let kinds = json!([kind, "null"]);
            schema.insert("type".to_owned(), kinds);
        }
        Some(Value::Array(kinds)) if !kinds.iter().any(|kind| kind == "null") => {
            kinds.push(json!("null"))
        }
        _ => {}
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(value) = schema.remove("const") {
        let values = if value.is_null() {
            json!([null])
        } else {
            json!([value, null])
        };
        schema.insert("enum".to_owned(), values);
    }
}
