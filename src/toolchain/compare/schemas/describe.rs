//! What differs between two schemas, in a sentence.

use codegen::pointer;
use serde_json::{Map, Value};

/// Differences named in one sentence; the rest are counted.
const MOST: usize = 4;

/// What differs between two self-contained schemas.
pub fn describe(old: &Value, new: &Value) -> String {
    let (old, new) = (resolved(old), resolved(new));
    let (Value::Object(before), Value::Object(after)) = (old, new) else {
        return match (old, new) {
            (_, Value::Bool(false)) => "no value is taken any more".to_owned(),
            _ => "the schema is another".to_owned(),
        };
    };
    let mut said = Vec::new();
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names
        .into_iter()
        .filter(|name| *name != "$defs" && *name != "$schema")
    {
        match (before.get(name), after.get(name)) {
            (was, is) if was == is => {}
            (Some(Value::Object(was)), Some(Value::Object(is))) if name == "properties" => {
                members(was, is, &mut said)
            }
            (Some(Value::Array(was)), Some(Value::Array(is)))
                if ["enum", "required", "type"].contains(&name.as_str()) =>
            {
                values(name, was, is, &mut said);
            }
            (None, Some(Value::Object(is))) if name == "properties" => {
                members(&Map::new(), is, &mut said)
            }
            (None, Some(is)) => said.push(format!("`{name}` {}is new", short(is))),
            (Some(was), None) => said.push(format!("`{name}` {}is gone", short(was))),
            (Some(was), Some(is)) if is_plain(was) && is_plain(is) => {
                said.push(format!("`{name}` was {was}, is {is}"))
            }
            _ => said.push(format!("`{name}` is another")),
        }
    }
    let more = said.len().saturating_sub(MOST);
    said.truncate(MOST);
    match (said.is_empty(), more) {
        (true, _) => "what the schema refers to is another".to_owned(),
        (_, 0) => said.join(", "),
        _ => format!("{}, and {more} more", said.join(", ")),
    }
}

fn members(was: &Map<String, Value>, is: &Map<String, Value>, said: &mut Vec<String>) {
    let list = |from: &Map<String, Value>, other: &Map<String, Value>| -> Vec<String> {
        let names = from.keys().filter(|name| !other.contains_key(*name));
        names.map(|name| format!("`{name}`")).collect()
    };
    let (gone, new) = (list(was, is), list(is, was));
    if !gone.is_empty() {
        said.push(format!(
            "no longer describes the member {}",
            gone.join(", ")
        ));
    }
    if !new.is_empty() {
        said.push(format!("describes the new member {}", new.join(", ")));
    }
    for (name, value) in was {
        if is.get(name).is_some_and(|other| other != value) {
            said.push(format!("the member `{name}` is another"));
        }
    }
}

fn values(name: &str, was: &[Value], is: &[Value], said: &mut Vec<String>) {
    let list = |from: &[Value], other: &[Value]| -> Vec<String> {
        let values = from.iter().filter(|value| !other.contains(value));
        values.map(Value::to_string).collect()
    };
    let (gone, new) = (list(was, is), list(is, was));
    if !gone.is_empty() {
        said.push(format!("`{name}` lost {}", gone.join(", ")));
    }
    if !new.is_empty() {
        said.push(format!("`{name}` gained {}", new.join(", ")));
    }
}

fn resolved(schema: &Value) -> &Value {
    let target = schema.get("$ref").and_then(Value::as_str);
    match target.and_then(|reference| pointer::resolve(schema, reference)) {
        Some((_, target)) => target,
        None => schema,
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() && value.to_string().len() < 80
}

/// A short value and a space, or nothing.
fn short(value: &Value) -> String {
    match is_plain(value) {
        true => format!("{value} "),
        false => String::new(),
    }
}
