//! The document as the generators of client libraries get it: without what would make a client stricter than it need be.
//!
//! A client that is years old must read what the service sends today. So objects are open, limits are the
//! service's business, and what no client model can say is left out.

use codegen::grammar::{Kind, visit};
use codegen::sparse;
use serde_json::{Map, Value, json};

use super::pages;

/// Keywords that only a validator needs: the service checks requests, and a client that checked answers
/// would break on the first one that a later version widens.
const CHECKS: [&str; 29] = [
    "$schema",
    "$comment",
    "additionalProperties",
    "const",
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "propertyNames",
    "then",
];

/// The document for a generator, with the marks that our templates look for.
pub fn tolerant(document: &Value) -> Value {
    let mut document = whole(document);
    visit(
        Kind::Document,
        &mut document,
        &mut |kind, object| match kind {
            Kind::Schema => open(object),
            // Examples of whole bodies would only be printed as documentation that the service has already.
            Kind::MediaType => drop((object.remove("example"), object.remove("examples"))),
            _ => {}
        },
    );
    if let Some(root) = document.as_object_mut() {
        // What the service sends is no operation of a client.
        root.remove("webhooks");
        shorten(root);
    }
    pages::mark(&mut document);
    document
}

/// A library's models have the members that they require: it asks for whole answers, and gets them.
fn whole(document: &Value) -> Value {
    let mut changed = document.clone();
    visit(
        Kind::Document,
        &mut changed,
        &mut |kind, object| match kind {
            Kind::Schema => {
                let arms = object.get("anyOf").and_then(Value::as_array);
                let arms = arms.map(|arms| (arms.len(), sparse::whole_arms(document, arms)));
                match arms {
                    Some((all, whole)) if all > whole.len() => match whole.as_slice() {
                        [Value::Object(only)] => *object = only.clone(),
                        _ => _ = object.insert("anyOf".to_owned(), whole.into()),
                    },
                    _ => {}
                }
            }
            Kind::Operation | Kind::PathItem => {
                let parameters = object.get_mut("parameters").and_then(Value::as_array_mut);
                if let Some(parameters) = parameters {
                    parameters.retain(|parameter| !sparse::is_marked(document, parameter));
                }
            }
            Kind::Components => {
                for part in ["schemas", "parameters"] {
                    if let Some(named) = object.get_mut(part).and_then(Value::as_object_mut) {
                        named.retain(|_, it| !sparse::is_marked(document, it));
                    }
                }
            }
            _ => {}
        },
    );
    changed
}

/// Removes what only a validator needs. A map keeps the schema of its values, and a constant its type.
fn open(schema: &mut Map<String, Value>) {
    let is_map = schema
        .get("additionalProperties")
        .is_some_and(Value::is_object);
    let values = is_map.then(|| schema.remove("additionalProperties"));
    if !schema.contains_key("type")
        && let Some(constant) = schema.get("const")
    {
        schema.insert("type".to_owned(), json!(type_of(constant)));
    }
    schema.retain(|keyword, _| !CHECKS.contains(&keyword.as_str()));
    if let Some(Some(values)) = values {
        schema.insert("additionalProperties".to_owned(), values);
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Every generator writes the description atop each file: its first paragraph, or the summary, is enough there.
fn shorten(root: &mut Map<String, Value>) {
    let Some(info) = root.get_mut("info").and_then(Value::as_object_mut) else {
        return;
    };
    let text = |name: &str| info.get(name).and_then(Value::as_str);
    let first = text("description").and_then(|text| text.split("\n\n").next());
    let short = text("summary")
        .or(first)
        .or(text("title"))
        .unwrap_or_default();
    let short = short.split_whitespace().collect::<Vec<_>>().join(" ");
    info.insert("description".to_owned(), json!(short));
}
