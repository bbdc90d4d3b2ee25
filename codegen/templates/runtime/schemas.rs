//! The contract's schemas at run time: for unions, for answers, and for validators that are too many
//! or too large to be compiled.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::{PatternOptions, Validator};
use serde_json::{Value, json};

/// `schemas.json`: for each direction the definitions, and entries that refer to them.
static SCHEMAS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../schemas.json")).unwrap_or_default());

static BUILT: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The validator of an entry, built when it is first asked for; `None` if there is no such entry.
pub(crate) fn validator(direction: &str, entry: &str) -> Option<Arc<Validator>> {
    let key = format!("{direction}/{entry}");
    if let Some(built) = BUILT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&key)
    {
        return Some(Arc::clone(built));
    }
    let side = SCHEMAS.get(direction)?;
    let mut schema = side.get("entries")?.get(entry)?.clone();
    if let Value::Object(schema) = &mut schema {
        let definitions = side.get("$defs").cloned().unwrap_or_else(|| json!({}));
        schema.insert("$defs".to_owned(), reached(schema, &definitions));
    }
    let built = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex())
        .build(&schema)
        .ok()?;
    let built = Arc::new(built);
    BUILT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(key, Arc::clone(&built));
    Some(built)
}

/// Names of the entries of a direction.
pub fn entries(direction: &str) -> Vec<&'static str> {
    let entries = SCHEMAS
        .get(direction)
        .and_then(|side| side.get("entries")?.as_object());
    entries
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect()
}

/// The definitions that a schema reaches.
fn reached(schema: &serde_json::Map<String, Value>, definitions: &Value) -> Value {
    let mut found = serde_json::Map::new();
    let mut open = Vec::new();
    schema
        .values()
        .for_each(|value| references(value, &mut open));
    while let Some(name) = open.pop() {
        if found.contains_key(&name) {
            continue;
        }
        if let Some(definition) = definitions.get(&name) {
            references(definition, &mut open);
            found.insert(name, definition.clone());
        }
    }
    Value::Object(found)
}

fn references(schema: &Value, open: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| references(item, open)),
        Value::Object(members) => {
            if let Some(name) = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|it| it.strip_prefix("#/$defs/"))
            {
                let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
                open.push(name.replace("~1", "/").replace("~0", "~"));
            }
            members.values().for_each(|value| references(value, open));
        }
        _ => {}
    }
}

/// Indexes of the arms of a union whose schemas a value satisfies.
pub(crate) fn arms(union: &str, value: &Value) -> Vec<usize> {
    let mut arms = Vec::new();
    for index in 0.. {
        let entry = format!("union {union} {index}");
        match validator("request", &entry).or_else(|| validator("response", &entry)) {
            Some(validator) if validator.is_valid(value) => arms.push(index),
            Some(_) => {}
            None => break,
        }
    }
    arms
}
