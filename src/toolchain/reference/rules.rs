//! What a schema asks of a value, in words.

use maud::{Markup, html};
use serde_json::{Map, Value};

use crate::toolchain::html::json;
use crate::toolchain::part::Part;

/// Values of an enumeration that are shown at once.
const VALUES: usize = 30;

/// Keywords that are too rare to have words: they are shown as they are written.
const RARE: [&str; 14] = [
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "prefixItems",
    "contentSchema",
];

/// The rules of all the schemas that look at one value.
pub fn rules(parts: &[Part<'_>]) -> Markup {
    let all: Vec<Markup> = parts.iter().flat_map(|part| of_one(part.value)).collect();
    let rare = rare(parts);
    html! {
        @if !all.is_empty() { ul.rules { @for rule in &all { li { (rule) } } } }
        @if !rare.is_empty() {
            details.rare { summary { "Further rules" } pre { code { (json(&Value::Object(rare))) } } }
        }
    }
}

fn rare(parts: &[Part<'_>]) -> Map<String, Value> {
    let members = parts
        .iter()
        .filter_map(|part| part.value.as_object())
        .flatten();
    members
        .filter(|(name, _)| RARE.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn of_one(schema: &Value) -> Vec<Markup> {
    let mut rules = Vec::new();
    rules.extend(limits(schema));
    for (least, most, thing) in [
        ("minLength", "maxLength", "character"),
        ("minItems", "maxItems", "item"),
        ("minProperties", "maxProperties", "member"),
    ] {
        rules
            .extend(count(schema.get(least), schema.get(most), thing).map(|text| html! { (text) }));
    }
    if let Some(step) = schema.get("multipleOf") {
        rules.push(html! { "a multiple of " code { (step) } });
    }
    if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
        rules.push(html! { "no item twice" });
    }
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        rules.push(html! { "matches " code { (pattern) } });
    }
    for name in ["contentMediaType", "contentEncoding"] {
        if let Some(text) = schema.get(name).and_then(Value::as_str) {
            rules.push(html! { "holds " code { (text) } });
        }
    }
    rules.extend(values(schema));
    if let Some(value) = schema.get("default") {
        rules.push(html! { "by default " code { (value) } });
    }
    rules
}

fn values(schema: &Value) -> Option<Markup> {
    let values = match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => values.as_slice(),
        (_, Some(value)) => std::slice::from_ref(value),
        _ => return None,
    };
    let old = schema.get("x-deprecated-values").and_then(Value::as_array);
    let is_old = |value: &Value| old.is_some_and(|old| old.contains(value));
    let list = |values: &[Value]| {
        html! {
            @for (index, value) in values.iter().enumerate() {
                @if index > 0 { ", " }
                code { (value) }
                @if is_old(value) { " " span.tag.old { "deprecated" } }
            }
        }
    };
    let (shown, more) = values.split_at(values.len().min(VALUES));
    Some(html! {
        @if values.len() == 1 { "always " } @else { "one of " }
        (list(shown))
        @if !more.is_empty() {
            " " details.more { summary { "and " (more.len()) " more" } (list(more)) }
        }
    })
}

fn limits(schema: &Value) -> Option<Markup> {
    let get = |name: &str| schema.get(name).filter(|value| value.is_number());
    let low = match (get("exclusiveMinimum"), get("minimum")) {
        (Some(value), _) => Some(html! { "above " code { (value) } }),
        (None, Some(value)) => Some(html! { "at least " code { (value) } }),
        _ => None,
    };
    let high = match (get("exclusiveMaximum"), get("maximum")) {
        (Some(value), _) => Some(html! { "below " code { (value) } }),
        (None, Some(value)) => Some(html! { "at most " code { (value) } }),
        _ => None,
    };
    match (low, high) {
        (Some(low), Some(high)) => Some(html! { (low) ", " (high) }),
        (low, high) => low.or(high),
    }
}

/// `1 to 50 items`.
fn count(least: Option<&Value>, most: Option<&Value>, thing: &str) -> Option<String> {
    let number = |value: Option<&Value>| value.and_then(Value::as_u64);
    let name = |count: u64| match count {
        1 => thing.to_owned(),
        _ => format!("{thing}s"),
    };
    Some(
        match (number(least).filter(|least| *least > 0), number(most)) {
            (None, None) => return None,
            (Some(least), None) => format!("at least {least} {}", name(least)),
            (None, Some(most)) => format!("at most {most} {}", name(most)),
            (Some(least), Some(most)) if least == most => format!("{most} {}", name(most)),
            (Some(least), Some(most)) => format!("{least} to {most} {}", name(most)),
        },
    )
}
