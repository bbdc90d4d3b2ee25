//! A document of 3.0 said in 3.1: written here by itself, so that it judges the translation too.

use codegen::dialect::each_child;
use codegen::grammar::Kind;
use serde_json::{Map, Value, json};

/// The same document in 3.1; `None` if it is in that already.
pub fn in_31(document: &Value) -> Option<Value> {
    document
        .get("openapi")?
        .as_str()?
        .starts_with("3.0")
        .then_some(())?;
    let mut places = Vec::new();
    schemas(document, Kind::Document, "", &mut places);
    let mut said = document.clone();
    said["openapi"] = json!("3.1.0");
    // What is within is said anew before what is around it moves.
    places.sort_by_key(|at: &String| std::cmp::Reverse(at.matches('/').count()));
    for at in places {
        if let Some(schema) = said.pointer_mut(&at).and_then(Value::as_object_mut) {
            modernise(schema);
        }
    }
    Some(said)
}

fn schemas(value: &Value, kind: Kind, at: &str, found: &mut Vec<String>) {
    if kind == Kind::Schema {
        found.push(at.to_owned());
    }
    each_child(value, kind, at, &mut |child, kind, at| {
        schemas(child, kind, at, found)
    });
}

fn modernise(schema: &mut Map<String, Value>) {
    if schema.contains_key("$ref") {
        // In 3.0 nothing holds beside it.
        schema.retain(|name, _| name == "$ref");
        return;
    }
    for (flag, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.remove(flag) {
            Some(Value::Bool(true)) => {
                if let Some(value) = schema.remove(limit) {
                    schema.insert(flag.to_owned(), value);
                }
            }
            Some(Value::Bool(false)) | None => {}
            Some(other) => drop(schema.insert(flag.to_owned(), other)),
        }
    }
    if let Some(example) = schema.remove("example") {
        schema.insert("examples".to_owned(), json!([example]));
    }
    if schema.remove("nullable") != Some(json!(true)) {
        return;
    }
    // Tools take null beside an enum that forgets it, and so does the pipeline.
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    match schema.get("type").cloned() {
        Some(Value::String(kind)) => drop(schema.insert("type".to_owned(), json!([kind, "null"]))),
        _ => {
            let inner = std::mem::take(schema);
            schema.insert("anyOf".to_owned(), json!([inner, { "type": "null" }]));
        }
    }
}
