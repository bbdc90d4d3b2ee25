//! What the keywords of one schema say about the shape of its values.

use serde_json::{Map, Value, json};

/// Keywords that say nothing about the shape of a value.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "summary",
    "title",
    "writeOnly",
    "xml",
];

/// Keywords that refuse some values of a type and leave the type as it is.
const CONSTRAINTS: &[&str] = &[
    "dependentRequired",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "propertyNames",
    "then",
    "uniqueItems",
];

/// Whether a schema has only keywords that leave the type of a value as it is.
pub fn leaves_type(object: &Map<String, Value>) -> bool {
    object.keys().all(|key| {
        key.starts_with("x-")
            || ANNOTATIONS.contains(&key.as_str())
            || CONSTRAINTS.contains(&key.as_str())
    })
}

/// Whether a `$ref` has no sibling that changes the type of what it accepts.
pub fn is_plain_reference(object: &Map<String, Value>) -> bool {
    let mut siblings = object.clone();
    siblings.remove("$ref").is_some() && leaves_type(&siblings)
}

/// `{$ref, siblings}` as `{allOf: [{$ref}], siblings}`.
pub fn reference_as_all_of(object: &Map<String, Value>) -> Value {
    let mut rest = object.clone();
    let reference = rest.remove("$ref").unwrap_or_default();
    let mut members = vec![json!({ "$ref": reference })];
    if let Some(Value::Array(existing)) = rest.remove("allOf") {
        members.extend(existing);
    }
    rest.insert("allOf".to_owned(), Value::Array(members));
    Value::Object(rest)
}

/// The schema without `null`, and whether it allowed null.
pub fn without_null(object: &Map<String, Value>) -> (Map<String, Value>, bool) {
    let mut object = object.clone();
    let mut nullable = false;
    if let Some(Value::Array(types)) = object.get_mut("type")
        && types.len() > 1
    {
        let before = types.len();
        types.retain(|ty| ty != "null");
        nullable |= types.len() < before;
    }
    if let Some(Value::Array(values)) = object.get_mut("enum")
        && values.len() > 1
    {
        let before = values.len();
        values.retain(|value| !value.is_null());
        nullable |= values.len() < before;
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(Value::Array(arms)) = object.get_mut(keyword)
            && arms.len() > 1
        {
            let before = arms.len();
            arms.retain(|arm| !is_null(arm));
            nullable |= arms.len() < before;
        }
    }
    (object, nullable)
}

/// Whether a schema takes null and nothing else.
fn is_null(schema: &Value) -> bool {
    let type_is_null = schema
        .get("type")
        .is_some_and(|ty| *ty == "null" || *ty == json!(["null"]));
    let values = schema.get("enum").and_then(Value::as_array);
    type_is_null
        || schema.get("const").is_some_and(Value::is_null)
        || values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

/// The values of `enum`, or the one of `const`.
pub fn enum_values(object: &Map<String, Value>) -> Option<Vec<Value>> {
    if let Some(constant) = object.get("const") {
        return Some(vec![constant.clone()]);
    }
    object.get("enum").and_then(Value::as_array).cloned()
}

/// The types that a schema names, or the one that its keywords imply.
pub fn declared_types(object: &Map<String, Value>) -> Vec<&str> {
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| object.contains_key(*keyword));
    match object.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ if has(&[
            "properties",
            "additionalProperties",
            "patternProperties",
            "required",
        ]) =>
        {
            vec!["object"]
        }
        _ if has(&["items", "prefixItems"]) => vec!["array"],
        _ => Vec::new(),
    }
}

/// The schema of members that are not named, where the contract speaks of them.
pub fn free_members(object: &Map<String, Value>) -> Option<(&'static str, Value)> {
    if object.contains_key("patternProperties") {
        return Some(("patternProperties", Value::Bool(true)));
    }
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        match object.get(keyword) {
            None | Some(Value::Bool(false)) => {}
            Some(schema) => return Some((keyword, schema.clone())),
        }
    }
    None
}

/// The names in `required`.
pub fn required_names(object: &Map<String, Value>) -> Vec<&str> {
    let names = object.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

/// Documentation of a schema: its description, or its title.
pub fn docs(object: &Map<String, Value>) -> Vec<String> {
    let text = object.get("description").or_else(|| object.get("title"));
    text.and_then(Value::as_str).map(lines).unwrap_or_default()
}

/// Text as lines of a doc comment, without what rustc refuses in comments.
pub fn lines(text: &str) -> Vec<String> {
    let is_kept = |c: &char| *c == '\t' || !c.is_control() && !turns_text(*c);
    let line = |line: &str| line.trim_end().chars().filter(is_kept).collect();
    text.trim().lines().map(line).collect()
}

/// Characters that change the direction of text (rustc's `text_direction_codepoint_in_comment`).
fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
