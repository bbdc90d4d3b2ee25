//! Which keywords a validator understands, and what their values must be.

use std::collections::{HashMap, HashSet};

use jsonschema::PatternOptions;
use serde_json::{Map, Value, json};

use crate::source::number;

/// The keywords that refuse values. Everything else says something to people or to other tools.
pub const KEYWORDS: [&str; 40] = [
    "$ref",
    "type",
    "enum",
    "const",
    "format",
    "contentEncoding",
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
        "$ref" | "format" | "contentEncoding" | "pattern" => (value.is_string(), "a text"),
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

/// The least and the most that the Rust type of an integer holds, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Integer {
    /// The type.
    pub name: &'static str,
    low: i128,
    high: i128,
}

macro_rules! integer {
    ($name:ident) => {
        Integer {
            name: stringify!($name),
            low: $name::MIN as i128,
            high: $name::MAX as i128,
        }
    };
}

impl Integer {
    fn of_format(format: &str) -> Option<Self> {
        Some(match format {
            "int8" => integer!(i8),
            "int16" => integer!(i16),
            "int32" => integer!(i32),
            "int64" => integer!(i64),
            "uint8" => integer!(u8),
            "uint16" => integer!(u16),
            "uint32" => integer!(u32),
            "uint" | "uint64" => integer!(u64),
            _ => return None,
        })
    }

    /// The integer type of this name.
    pub fn named(name: &str) -> Option<Self> {
        let (sign, bits) = name.split_at_checked(1)?;
        match sign {
            "i" => Self::of_format(&format!("int{bits}")),
            "u" => Self::of_format(&format!("uint{bits}")),
            _ => None,
        }
    }

    /// Whether the type holds it.
    pub fn holds(self, integer: i128) -> bool {
        (self.low..=self.high).contains(&integer)
    }

    /// The type of the integers that a schema allows: that of its format, else `u64` where its limits
    /// say so, else `i64`.
    pub fn of(schema: &Map<String, Value>) -> Self {
        let format = schema.get("format").and_then(Value::as_str);
        if let Some(integer) = format.and_then(Self::of_format) {
            return integer;
        }
        let limit = |names: [&str; 2]| {
            let mut limits = names
                .iter()
                .filter_map(|name| schema.get(*name)?.as_number());
            limits.find_map(number::whole)
        };
        let low = limit(["minimum", "exclusiveMinimum"]);
        let high = limit(["maximum", "exclusiveMaximum"]);
        let most = i128::from(i64::MAX);
        let is_unsigned = low
            .is_some_and(|low| low >= 0 && high.is_some_and(|high| high > most + 1))
            || low.is_some_and(|low| low > most);
        if is_unsigned {
            integer!(u64)
        } else {
            integer!(i64)
        }
    }
}

/// Lets a schema refuse what its Rust type does not hold: limits of integers where no narrower one
/// stands, the precision of other numbers, and base64. Formats that only name a width go.
pub fn hold(schema: &mut Map<String, Value>) {
    let is = |schema: &Map<String, Value>, kinds: &[&str]| match schema.get("type") {
        Some(Value::String(kind)) => kinds.contains(&kind.as_str()),
        Some(Value::Array(several)) => several
            .iter()
            .any(|kind| kind.as_str().is_some_and(|kind| kinds.contains(&kind))),
        _ => false,
    };
    let format = schema
        .get("format")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let format = format.as_deref().unwrap_or_default();
    let is_sized = Integer::of_format(format).is_some();
    let is_untyped = !schema.contains_key("type");
    if is(schema, &["integer"]) || is_sized && (is_untyped || is(schema, &["number"])) {
        limit(schema, Integer::of(schema));
    }
    if is(schema, &["number"]) {
        let precision = if format == "decimal" {
            "decimal"
        } else {
            "double"
        };
        schema.insert("precision".to_owned(), precision.into());
    }
    let is_text = is(schema, &["string"]);
    if is_sized
        || matches!(
            format,
            "float" | "double" | "binary" | "password" | "base64"
        )
        || matches!(format, "byte" | "base64url" | "decimal") && !is_text
    {
        schema.remove("format");
    }
    if let Some(Value::String(encoding)) = schema.remove("contentEncoding")
        && is_text
        && !schema.contains_key("format")
    {
        match encoding.to_ascii_lowercase().as_str() {
            "base64" => schema.insert("format".to_owned(), "byte".into()),
            "base64url" => schema.insert("format".to_owned(), "base64url".into()),
            _ => None,
        };
    }
}

fn limit(schema: &mut Map<String, Value>, integer: Integer) {
    let within = |schema: &Map<String, Value>, names: [&str; 2], holds: &dyn Fn(i128) -> bool| {
        let mut limits = names
            .iter()
            .filter_map(|name| schema.get(*name)?.as_number());
        limits.any(|number| number::whole(number).is_some_and(holds))
    };
    if !within(schema, ["minimum", "exclusiveMinimum"], &|it| {
        it >= integer.low
    }) {
        schema.insert("minimum".to_owned(), number::json(integer.low));
    }
    if !within(schema, ["maximum", "exclusiveMaximum"], &|it| {
        it <= integer.high
    }) {
        schema.insert("maximum".to_owned(), number::json(integer.high));
    }
}

/// Whether patterns run in a regex engine, remembered: in the one that takes linear time, unless said otherwise.
#[derive(Default)]
pub struct Patterns {
    known: HashMap<String, bool>,
    /// Whether an engine will do that takes look-around and back-references.
    pub backtracks: bool,
}

impl Patterns {
    /// ECMA patterns are translated as the validators do, so this is what they will say.
    pub fn supported(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let schema = json!({"type": "string", "pattern": pattern});
        let options = jsonschema::options();
        let supported = match self.backtracks {
            true => options
                .with_pattern_options(PatternOptions::fancy_regex())
                .build(&schema)
                .is_ok(),
            false => options
                .with_pattern_options(PatternOptions::regex())
                .build(&schema)
                .is_ok(),
        };
        self.known.insert(pattern.to_owned(), supported);
        supported
    }
}
