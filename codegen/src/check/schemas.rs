//! Schemas are schemas: keywords that exist, values that fit their metaschema, patterns that run in linear time.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Checker, did_you_mean, nearest};
use crate::dialect::each_child;
use crate::grammar::{self, Kind};
use crate::pointer;
use crate::schema::sound;
use crate::source::Version;

pub fn check(checker: &mut Checker<'_>) {
    let original = checker.written();
    written(checker, original, Kind::Document, "", false);
    let mut patterns = sound::Patterns::default();
    let document = &checker.source.document;
    translated(checker, document, Kind::Document, "", &mut patterns);
}

/// What is said of schemas as they are written. `part` is a schema that others complete.
fn written(checker: &mut Checker<'_>, value: &Value, kind: Kind, at: &str, part: bool) {
    if kind == Kind::Schema
        && let Some(schema) = value.as_object()
    {
        keywords(checker, schema, at);
        if !part {
            unknown_required(checker, schema, at);
        }
    }
    let mut children = Vec::new();
    each_child(value, kind, at, &mut |child, kind, at| {
        children.push((child, kind, at.to_owned()))
    });
    let composed = kind == Kind::Schema
        && ["allOf", "anyOf", "oneOf", "if"]
            .iter()
            .any(|keyword| value.get(*keyword).is_some());
    for (child, kind, place) in children {
        let inside = place.strip_prefix(at).unwrap_or_default();
        let part = (composed || part || inside.starts_with("/not"))
            && !["/properties/", "/items", "/additionalProperties"]
                .iter()
                .any(|below| inside.starts_with(below));
        written(checker, child, kind, &place, part);
    }
}

fn keywords(checker: &mut Checker<'_>, schema: &Map<String, Value>, at: &str) {
    let old = checker.source.version == Version::V30;
    if old && schema.get("$ref").is_some_and(Value::is_string) {
        for name in schema.keys().filter(|name| {
            *name != "$ref" && (sound::KEYWORDS.contains(&name.as_str()) || *name == "nullable")
        }) {
            let remedy = format!("write `allOf: [{{$ref: …}}]` with `{name}` beside it");
            checker.key_warning(
                &pointer::join(at, name),
                format!("OpenAPI 3.0 ignores `{name}` beside `$ref`"),
                remedy,
            );
        }
        return;
    }
    for name in schema.keys() {
        let place = || pointer::join(at, name);
        match grammar::fields(Kind::Schema)
            .iter()
            .find(|field| field.name == name)
        {
            None if name.starts_with("x-") => {}
            None => {
                // One letter off, or another case: no dialect has such words by chance.
                let known = grammar::fields(Kind::Schema).iter().map(|field| field.name);
                if let Some(near) = nearest(
                    name,
                    known.filter(|known| known.len() > 3 && strsim::osa_distance(known, name) <= 2),
                ) {
                    checker.key_warning(
                        &place(),
                        format!("`{name}` is no keyword and refuses nothing"),
                        did_you_mean(Some(near)),
                    );
                }
            }
            Some(_) if name == "nullable" && !old => {
                checker.key_warning(
                    &place(),
                    "OpenAPI 3.1 has no `nullable`; it is ignored",
                    "write `type: [string, 'null']`",
                );
            }
            Some(field) if old && field.since_31 && sound::KEYWORDS.contains(&field.name) => {
                checker.key_warning(
                    &place(),
                    format!("OpenAPI 3.0 has no `{name}`; it is enforced as 3.1 means it"),
                    "say `openapi: 3.1.0`",
                );
            }
            Some(_)
                if name == "type"
                    && old
                    && schema.get("type").and_then(Value::as_str) == Some("file") =>
            {
                checker.warning(
                    &place(),
                    "OpenAPI 3 has no type `file`",
                    "write `type: string` with `format: binary`",
                );
            }
            Some(_) => {}
        }
    }
}

/// A required name that no property has can be sent, but is probably misspelt.
fn unknown_required(checker: &mut Checker<'_>, schema: &Map<String, Value>, at: &str) {
    let open = [
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "patternProperties",
        "$dynamicRef",
    ];
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return;
    };
    if open.iter().any(|keyword| schema.contains_key(*keyword)) {
        return;
    }
    for (index, name) in schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let Some(name) = name.as_str().filter(|name| !properties.contains_key(*name)) else {
            continue;
        };
        let remedy = match nearest(name, properties.keys().map(String::as_str)) {
            Some(near) => did_you_mean(Some(near)),
            None => format!("add the property `{name}`"),
        };
        checker.note(
            &format!("{at}/required/{index}"),
            format!("`{name}` is required, but no property has that name"),
            remedy,
        );
    }
}

/// What is said of schemas in the dialect that is enforced.
fn translated(
    checker: &mut Checker<'_>,
    value: &Value,
    kind: Kind,
    at: &str,
    patterns: &mut sound::Patterns,
) {
    if kind == Kind::Schema {
        metaschema(checker, value, at);
        self::patterns(checker, value, at, patterns);
        return;
    }
    let mut children = Vec::new();
    each_child(value, kind, at, &mut |child, kind, at| {
        children.push((child, kind, at.to_owned()))
    });
    for (child, kind, at) in children {
        translated(checker, child, kind, &at, patterns);
    }
}

/// A whole schema against the metaschema of 2020-12.
fn metaschema(checker: &mut Checker<'_>, schema: &Value, at: &str) {
    let mut said = BTreeSet::new();
    let metaschema = jsonschema::draft202012::meta::validator();
    if metaschema.is_valid(schema) {
        return;
    }
    for error in metaschema.iter_errors(schema) {
        let inside = error.instance_path().as_str().to_owned();
        if !said.insert(inside.clone()) {
            continue;
        }
        let (keyword, place) = keyword_of(&inside);
        match schema
            .pointer(&place)
            .map(|value| sound::check(&keyword, value))
        {
            Some(Err(expected)) => {
                checker.warning(
                    &format!("{at}{place}"),
                    sound::unsound(&keyword, expected),
                    "mend the schema",
                );
            }
            _ => checker.warning(
                &format!("{at}{inside}"),
                format!("this is no valid schema: {error}"),
                "mend the schema",
            ),
        }
    }
}

/// The keyword that a place in a schema belongs to, and its pointer.
fn keyword_of(inside: &str) -> (String, String) {
    let last = pointer::last(inside);
    match inside.rsplit_once('/') {
        Some((list, _)) if last.parse::<usize>().is_ok() => (pointer::last(list), list.to_owned()),
        _ => (last, inside.to_owned()),
    }
}

fn patterns(checker: &mut Checker<'_>, value: &Value, at: &str, known: &mut sound::Patterns) {
    if let Some(pattern) = value.get("pattern").and_then(Value::as_str)
        && !known.supported(pattern)
    {
        checker.warning(
            &pointer::join(at, "pattern"),
            sound::slow(pattern),
            sound::SLOW_REMEDY,
        );
    }
    let keys = value.get("patternProperties").and_then(Value::as_object);
    for pattern in keys.into_iter().flat_map(Map::keys) {
        if !known.supported(pattern) {
            checker.key_warning(
                &pointer::join(&pointer::join(at, "patternProperties"), pattern),
                sound::slow(pattern),
                sound::SLOW_REMEDY,
            );
        }
    }
    let mut children = Vec::new();
    each_child(value, Kind::Schema, at, &mut |child, kind, at| {
        children.push((child, kind, at.to_owned()))
    });
    for (child, _, at) in children.iter().filter(|(_, kind, _)| *kind == Kind::Schema) {
        patterns(checker, child, at, known);
    }
}
