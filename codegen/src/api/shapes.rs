//! What text of a parameter or a form stands for: the runtime's `Shape`, as a Rust expression.

use serde_json::Value;

use crate::pointer;
use crate::types::{Types, declared_types};

/// How deep a shape goes; what lies deeper is read as any value.
const DEPTH: usize = 6;

/// `Shape::Array(&Shape::Integer)` for a schema.
pub fn shape(types: &Types<'_>, schema: &Value) -> String {
    at(types, schema, DEPTH)
}

fn at(types: &Types<'_>, schema: &Value, depth: usize) -> String {
    let Some(object) = schema.as_object().filter(|_| depth > 0) else {
        return "Shape::Any".to_owned();
    };
    if let Some(target) = object
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(pointer::of_reference)
    {
        return match types.document().pointer(&target) {
            Some(schema) => at(types, schema, depth - 1),
            None => "Shape::Any".to_owned(),
        };
    }
    if object.contains_key("allOf") {
        return match types.merge_all_of(object, 0) {
            Some(merged) => at(types, &merged, depth - 1),
            None => "Shape::Any".to_owned(),
        };
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(arms) = object.get(keyword).and_then(Value::as_array) {
            return one_of(arms.iter().map(|arm| at(types, arm, depth - 1)).collect());
        }
    }
    let names: Vec<&str> = match declared_types(object).as_slice() {
        [] => return literal(object).unwrap_or_else(|| "Shape::Any".to_owned()),
        names => names.to_vec(),
    };
    one_of(
        names
            .iter()
            .map(|name| typed(types, object, name, depth))
            .collect(),
    )
}

fn typed(
    types: &Types<'_>,
    object: &serde_json::Map<String, Value>,
    name: &str,
    depth: usize,
) -> String {
    match name {
        "null" => "Shape::Null".to_owned(),
        "boolean" => "Shape::Boolean".to_owned(),
        "integer" => "Shape::Integer".to_owned(),
        "number" => "Shape::Number".to_owned(),
        "string" => "Shape::String".to_owned(),
        "array" => {
            let items = object.get("items").map_or_else(
                || "Shape::Any".to_owned(),
                |items| at(types, items, depth - 1),
            );
            format!("Shape::Array(&{items})")
        }
        "object" => {
            let members = object.get("properties").and_then(Value::as_object);
            let members: Vec<String> = members
                .into_iter()
                .flatten()
                .map(|(name, schema)| format!("({name:?}, &{})", at(types, schema, depth - 1)))
                .collect();
            let rest = match object.get("additionalProperties") {
                Some(Value::Bool(false)) => "None".to_owned(),
                Some(schema) => format!("Some(&{})", at(types, schema, depth - 1)),
                None => "Some(&Shape::Any)".to_owned(),
            };
            format!(
                "Shape::Object {{ members: &[{}], rest: {rest} }}",
                members.join(", ")
            )
        }
        _ => "Shape::Any".to_owned(),
    }
}

/// The shape of a schema that only lists values.
fn literal(object: &serde_json::Map<String, Value>) -> Option<String> {
    let values: Vec<&Value> = match (object.get("const"), object.get("enum")) {
        (Some(constant), _) => vec![constant],
        (None, Some(Value::Array(values))) => values.iter().collect(),
        _ => return None,
    };
    values
        .iter()
        .all(|value| value.is_string())
        .then(|| "Shape::String".to_owned())
}

fn one_of(mut arms: Vec<String>) -> String {
    arms.dedup();
    match arms.len() {
        1 => arms.swap_remove(0),
        _ if arms.iter().any(|arm| arm == "Shape::Any") => "Shape::Any".to_owned(),
        _ => format!(
            "Shape::OneOf(&[{}])",
            arms.iter()
                .map(|arm| format!("&{arm}"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
