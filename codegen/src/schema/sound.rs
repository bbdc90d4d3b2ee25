//! Which keywords a validator understands, and what their values must be.

use std::collections::{HashMap, HashSet};

use jsonschema::PatternOptions;
use serde_json::{Map, Value, json};

/// The keywords that refuse values. Everything else says something to people or to other tools.
pub const KEYWORDS: [&str; 39] = [
    "$ref",
    "type",
    "enum",
    "const",
    "format",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "contains",
    "prefixItems",
    "items",
    "unevaluatedItems",
    "minProperties",
    "maxProperties",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
];

/// The types of JSON Schema.
pub const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// What a keyword's value must be, where it is not.
pub fn check(name: &str, value: &Value) -> Result<(), &'static str> {
    let is_schema = |value: &Value| value.is_object() || value.is_boolean();
    let (holds, expected) = match name {
        "$ref" | "format" | "pattern" => (value.is_string(), "a text"),
        "type" => (
            is_type(value),
            "one or more of string, number, integer, boolean, array, object and null",
        ),
        "enum" => (
            value.as_array().is_some_and(|values| !values.is_empty()),
            "a list of at least one value",
        ),
        "multipleOf" => (
            value.as_f64().is_some_and(|number| number > 0.0),
            "a number above 0",
        ),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            (value.is_number(), "a number")
        }
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minContains" | "maxContains"
        | "minProperties" | "maxProperties" => (value.is_u64(), "a whole number from 0"),
        "uniqueItems" => (value.is_boolean(), "true or false"),
        "required" => (is_texts(value), "a list of names"),
        "properties" | "patternProperties" | "dependentSchemas" => {
            (value.is_object(), "a map of schemas")
        }
        "dependentRequired" => (
            value
                .as_object()
                .is_some_and(|members| members.values().all(is_texts)),
            "a map of lists of names",
        ),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => (
            value.as_array().is_some_and(|items| !items.is_empty()),
            "a list of at least one schema",
        ),
        "items"
        | "contains"
        | "unevaluatedItems"
        | "additionalProperties"
        | "unevaluatedProperties"
        | "propertyNames"
        | "not"
        | "if"
        | "then"
        | "else" => (is_schema(value), "a schema"),
        _ => (true, ""),
    };
    if holds { Ok(()) } else { Err(expected) }
}

/// What is said of a keyword whose value is not what it must be.
pub fn unsound(name: &str, expected: &str) -> String {
    format!("`{name}` must be {expected}; it is left out, the rest of the schema holds")
}

/// What is said of a pattern that the engine does not take.
pub fn slow(pattern: &str) -> String {
    format!(
        "the pattern `{pattern}` cannot run in linear time, or is no pattern; it is not enforced"
    )
}

/// How to mend such a pattern.
pub const SLOW_REMEDY: &str = "write it without look-around and back-references";

fn is_type(value: &Value) -> bool {
    let known = |kind: &Value| kind.as_str().is_some_and(|kind| TYPES.contains(&kind));
    match value {
        Value::Array(kinds) => {
            let mut seen = HashSet::new();
            !kinds.is_empty()
                && kinds
                    .iter()
                    .all(|kind| known(kind) && seen.insert(kind.as_str()))
        }
        kind => known(kind),
    }
}

fn is_texts(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(Value::is_string))
}

/// Turns OpenAPI's integer formats into limits, where no narrower one stands, and drops its formats, which
/// JSON Schema does not know.
pub fn bounds(schema: &mut Map<String, Value>) {
    let Some(format) = schema.get("format").and_then(Value::as_str) else {
        return;
    };
    let (low, high) = match format {
        "int8" => (json!(i8::MIN), json!(i8::MAX)),
        "int16" => (json!(i16::MIN), json!(i16::MAX)),
        "int32" => (json!(i32::MIN), json!(i32::MAX)),
        "int64" => (json!(i64::MIN), json!(i64::MAX)),
        "uint8" => (json!(u8::MIN), json!(u8::MAX)),
        "uint16" => (json!(u16::MIN), json!(u16::MAX)),
        "uint32" => (json!(u32::MIN), json!(u32::MAX)),
        "uint" | "uint64" => (json!(u64::MIN), json!(u64::MAX)),
        "float" | "double" | "decimal" | "byte" | "binary" | "password" | "base64"
        | "base64url" => {
            schema.remove("format");
            return;
        }
        _ => return,
    };
    schema.remove("format");
    let numeric = match schema.get("type") {
        Some(Value::String(kind)) => matches!(kind.as_str(), "integer" | "number"),
        Some(Value::Array(kinds)) => kinds
            .iter()
            .any(|kind| matches!(kind.as_str(), Some("integer" | "number"))),
        _ => true,
    };
    if !numeric {
        return;
    }
    let number = |schema: &Map<String, Value>, name: &str| schema.get(name).and_then(Value::as_f64);
    let (least, most) = (
        low.as_f64().unwrap_or(f64::MIN),
        high.as_f64().unwrap_or(f64::MAX),
    );
    if !["minimum", "exclusiveMinimum"]
        .iter()
        .any(|name| number(schema, name).is_some_and(|limit| limit >= least))
    {
        schema.insert("minimum".to_owned(), low);
    }
    if !["maximum", "exclusiveMaximum"]
        .iter()
        .any(|name| number(schema, name).is_some_and(|limit| limit <= most))
    {
        schema.insert("maximum".to_owned(), high);
    }
}

/// Whether patterns run in the regex engine that takes linear time, remembered.
#[derive(Default)]
pub struct Patterns {
    known: HashMap<String, bool>,
}

impl Patterns {
    /// ECMA patterns are translated as the validators do, so this is what they will say.
    pub fn supported(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let schema = json!({"type": "string", "pattern": pattern});
        let supported = jsonschema::options()
            .with_pattern_options(PatternOptions::regex())
            .build(&schema)
            .is_ok();
        self.known.insert(pattern.to_owned(), supported);
        supported
    }
}
