//! Edits of schemas: the same said otherwise, less allowed, more allowed.

use codegen::pointer;
use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::places::{self, Use};

/// Whether an edit takes values away, adds some, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Same,
    Less,
    More,
    /// Some are taken away and some added.
    Other,
}

/// An edit of one schema; `None` where it does not fit.
type Edit = fn(&mut Map<String, Value>, &mut Rng, bool) -> Option<()>;

/// The edits by name.
pub const EDITS: [(&str, Effect, Edit); 33] = [
    ("wrap in allOf", Effect::Same, |schema, _, _| {
        let inner = std::mem::take(schema);
        schema.insert("allOf".to_owned(), json!([inner]));
        Some(())
    }),
    ("split into allOf", Effect::Same, |schema, _, _| {
        plain_object(schema)?;
        if schema.contains_key("additionalProperties")
            || schema.contains_key("unevaluatedProperties")
            || schema.contains_key("patternProperties")
        {
            return None;
        }
        let members = schema.get("properties")?.as_object()?.clone();
        let half = members.len() / 2;
        let required = schema.remove("required").unwrap_or(json!([]));
        let (left, right): (Vec<_>, Vec<_>) = members
            .into_iter()
            .enumerate()
            .partition(|(index, _)| *index < half);
        let part = |members: Vec<(usize, (String, Value))>| -> Map<String, Value> {
            members.into_iter().map(|(_, member)| member).collect()
        };
        schema.remove("properties");
        schema.remove("type");
        let mut left = json!({ "type": "object", "properties": part(left) });
        if required.as_array().is_some_and(|names| !names.is_empty()) {
            left["required"] = required;
        }
        schema.insert(
            "allOf".to_owned(),
            json!([left, { "type": "object", "properties": part(right) }]),
        );
        Some(())
    }),
    ("say it twice", Effect::Same, |schema, _, _| {
        let inner = schema.clone();
        *schema = Map::new();
        schema.insert("allOf".to_owned(), json!([inner, inner]));
        Some(())
    }),
    ("other words", Effect::Same, |schema, _, _| {
        schema.insert("description".to_owned(), json!("said in other words"));
        schema.insert("title".to_owned(), json!("Other"));
        Some(())
    }),
    ("other order", Effect::Same, |schema, rng, _| {
        let mut any = false;
        for name in ["required", "enum"] {
            if let Some(Value::Array(items)) = schema
                .get_mut(name)
                .filter(|it| it.as_array().is_some_and(|it| it.len() > 1))
            {
                items.reverse();
                rng.shuffle(items);
                any = true;
            }
        }
        any.then_some(())
    }),
    ("bound in other words", Effect::Same, |schema, _, is_30| {
        if schema.get("type")? != "integer" {
            return None;
        }
        let least = schema.get("minimum")?.as_i64()?;
        if schema.contains_key("exclusiveMinimum") {
            return None;
        }
        match is_30 {
            true => {
                schema.insert("minimum".to_owned(), json!(least - 1));
                schema.insert("exclusiveMinimum".to_owned(), json!(true));
            }
            false => {
                schema.remove("minimum");
                schema.insert("exclusiveMinimum".to_owned(), json!(least - 1));
            }
        }
        Some(())
    }),
    ("enum as union", Effect::Same, |schema, _, _| {
        if schema.contains_key("anyOf") || schema.contains_key("nullable") {
            return None;
        }
        let values = schema.get("enum")?.as_array()?.clone();
        schema.remove("enum");
        let kind = schema.remove("type");
        let arms: Vec<Value> = values
            .iter()
            .map(|value| match &kind {
                Some(kind) => json!({ "type": kind, "enum": [value] }),
                None => json!({ "enum": [value] }),
            })
            .collect();
        schema.insert("anyOf".to_owned(), json!(arms));
        Some(())
    }),
    (
        "upper bound in other words",
        Effect::Same,
        |schema, _, is_30| {
            if schema.get("type")? != "integer" || schema.contains_key("exclusiveMaximum") {
                return None;
            }
            let most = schema.get("maximum")?.as_i64()?.checked_add(1)?;
            match is_30 {
                true => {
                    schema.insert("maximum".to_owned(), json!(most));
                    schema.insert("exclusiveMaximum".to_owned(), json!(true));
                }
                false => {
                    schema.remove("maximum");
                    schema.insert("exclusiveMaximum".to_owned(), json!(most));
                }
            }
            Some(())
        },
    ),
    ("allOf merged", Effect::Same, |schema, _, _| {
        let parts = schema.get("allOf")?.as_array()?.clone();
        let mut members = Map::new();
        let mut required = Vec::new();
        for part in &parts {
            let part = part.as_object()?;
            plain_object(part)?;
            let known = ["type", "properties", "required", "description", "title"];
            if !part.keys().all(|name| known.contains(&name.as_str())) {
                return None;
            }
            for (name, member) in part.get("properties")?.as_object()? {
                members
                    .insert(name.clone(), member.clone())
                    .is_none()
                    .then_some(())?;
            }
            required.extend(
                part.get("required")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .cloned(),
            );
        }
        let beside = ["allOf", "description", "title"];
        if !schema.keys().all(|name| beside.contains(&name.as_str())) {
            return None;
        }
        *schema = json!({ "type": "object", "properties": members })
            .as_object()?
            .clone();
        if !required.is_empty() {
            required.sort_by_key(Value::to_string);
            required.dedup();
            schema.insert("required".to_owned(), json!(required));
        }
        Some(())
    }),
    ("lookaround pattern added", Effect::Less, |schema, _, _| {
        plain(schema, "string")?;
        (!has(schema, &["pattern", "format", "maxLength"]))
            .then(|| drop(schema.insert("pattern".to_owned(), json!("^(?!quite).*$"))))
    }),
    ("single-arm oneOf", Effect::Same, |schema, _, _| {
        let inner = std::mem::take(schema);
        schema.insert("oneOf".to_owned(), json!([inner]));
        Some(())
    }),
    ("empty required gone", Effect::Same, |schema, _, is_30| {
        plain_object(schema)?;
        (!schema.contains_key("minProperties") && !is_30)
            .then(|| drop(schema.insert("minProperties".to_owned(), json!(0))))
    }),
    ("shorter texts", Effect::Less, |schema, rng, _| {
        plain(schema, "string")?;
        let most = schema
            .get("maxLength")
            .and_then(Value::as_u64)
            .unwrap_or(400);
        let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0);
        (most > least + 1 && !has(schema, &["pattern", "format"])).then(|| {
            schema.insert("maxLength".to_owned(), json!(rng.u64(least + 1..most)));
        })
    }),
    ("longer texts asked", Effect::Less, |schema, _, _| {
        plain(schema, "string")?;
        let least = schema.get("minLength").and_then(Value::as_u64).unwrap_or(0);
        let most = schema
            .get("maxLength")
            .and_then(Value::as_u64)
            .unwrap_or(u64::MAX);
        (least < most && !has(schema, &["pattern", "format"]))
            .then(|| drop(schema.insert("minLength".to_owned(), json!(least + 1))))
    }),
    ("pattern added", Effect::Less, |schema, _, _| {
        plain(schema, "string")?;
        (!has(schema, &["pattern", "format"]))
            .then(|| drop(schema.insert("pattern".to_owned(), json!("^[a-z]{1,40}$"))))
    }),
    ("format added", Effect::Less, |schema, rng, _| {
        plain(schema, "string")?;
        let format = ["uuid", "email", "date-time", "date", "ipv4"][rng.usize(..5)];
        (!has(schema, &["pattern", "format"]))
            .then(|| drop(schema.insert("format".to_owned(), json!(format))))
    }),
    ("value of enum gone", Effect::Less, |schema, rng, _| {
        let values = schema.get_mut("enum")?.as_array_mut()?;
        (values.len() > 1).then(|| drop(values.remove(rng.usize(..values.len()))))
    }),
    ("enum added", Effect::Less, |schema, _, _| {
        plain(schema, "string")?;
        (!has(schema, &["pattern", "format", "minLength", "maxLength"]))
            .then(|| drop(schema.insert("enum".to_owned(), json!(["one", "two"]))))
    }),
    ("lower maximum", Effect::Less, |schema, _, _| {
        number(schema)?;
        (!has(schema, &["maximum", "exclusiveMaximum", "multipleOf"]) && low(schema) < 1000.0)
            .then(|| drop(schema.insert("maximum".to_owned(), json!(1000))))
    }),
    ("higher minimum", Effect::Less, |schema, _, _| {
        number(schema)?;
        (!has(schema, &["minimum", "exclusiveMinimum", "multipleOf"]) && high(schema) > 3.0)
            .then(|| drop(schema.insert("minimum".to_owned(), json!(3))))
    }),
    ("step added", Effect::Less, |schema, _, _| {
        number(schema)?;
        (!has(
            schema,
            &[
                "maximum",
                "minimum",
                "multipleOf",
                "exclusiveMaximum",
                "exclusiveMinimum",
            ],
        ))
        .then(|| drop(schema.insert("multipleOf".to_owned(), json!(7))))
    }),
    ("member required", Effect::Less, |schema, rng, _| {
        plain_object(schema)?;
        let names = optional(schema)?;
        let name = names.get(rng.usize(..names.len().max(1)))?.clone();
        schema
            .entry("required")
            .or_insert_with(|| json!([]))
            .as_array_mut()?
            .push(json!(name));
        Some(())
    }),
    ("object closed", Effect::Less, |schema, _, _| {
        plain_object(schema)?;
        let open = schema
            .get("additionalProperties")
            .is_none_or(|more| more == &json!(true));
        (open && !has(schema, &["maxProperties", "unevaluatedProperties"]))
            .then(|| drop(schema.insert("additionalProperties".to_owned(), json!(false))))
    }),
    ("fewer items", Effect::Less, |schema, _, _| {
        plain(schema, "array")?;
        (!has(schema, &["maxItems", "minItems"]))
            .then(|| drop(schema.insert("maxItems".to_owned(), json!(2))))
    }),
    ("items asked", Effect::Less, |schema, _, _| {
        plain(schema, "array")?;
        (!has(schema, &["maxItems", "minItems"]))
            .then(|| drop(schema.insert("minItems".to_owned(), json!(1))))
    }),
    ("items all different", Effect::Less, |schema, _, _| {
        plain(schema, "array")?;
        (!has(schema, &["maxItems", "uniqueItems"]))
            .then(|| drop(schema.insert("uniqueItems".to_owned(), json!(true))))
    }),
    ("other type", Effect::Other, |schema, _, _| {
        plain(schema, "string")?;
        schema.retain(|name, _| name == "description");
        schema.insert("type".to_owned(), json!("boolean"));
        Some(())
    }),
    ("number to integer", Effect::Less, |schema, _, _| {
        plain(schema, "number")?;
        (!has(schema, &["multipleOf", "maximum", "minimum", "format"]))
            .then(|| drop(schema.insert("type".to_owned(), json!("integer"))))
    }),
    ("limit gone", Effect::More, |schema, _, _| {
        let limits = [
            "maxLength",
            "maximum",
            "maxItems",
            "pattern",
            "minLength",
            "minimum",
            "minItems",
        ];
        let name = limits.into_iter().find(|name| schema.contains_key(*name))?;
        let useless = [("minLength", 0), ("minItems", 0)]
            .iter()
            .any(|(known, value)| *known == name && schema.get(name) == Some(&json!(value)));
        (!useless
            && !has(
                schema,
                &[
                    "enum",
                    "format",
                    "const",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                ],
            ))
        .then(|| drop(schema.remove(name)))
    }),
    ("value of enum added", Effect::More, |schema, _, _| {
        plain_enum(schema)?;
        schema
            .get_mut("enum")?
            .as_array_mut()?
            .push(json!("quite_new"));
        Some(())
    }),
    ("member optional", Effect::More, |schema, rng, _| {
        plain_object(schema)?;
        let required = schema.get_mut("required")?.as_array_mut()?;
        let index = rng.usize(..required.len().max(1));
        (index < required.len()).then(|| drop(required.remove(index)))?;
        if required.is_empty() {
            schema.remove("required");
        }
        Some(())
    }),
    ("null taken", Effect::More, |schema, _, is_30| {
        let kind = schema.get("type")?.as_str()?.to_owned();
        if kind == "null"
            || has(
                schema,
                &["enum", "const", "nullable", "allOf", "oneOf", "anyOf"],
            )
        {
            return None;
        }
        match is_30 {
            true => drop(schema.insert("nullable".to_owned(), json!(true))),
            false => drop(schema.insert("type".to_owned(), json!([kind, "null"]))),
        }
        Some(())
    }),
    ("integer to number", Effect::More, |schema, _, _| {
        plain(schema, "integer")?;
        schema.remove("format");
        (!has(schema, &["maximum", "minimum", "multipleOf"]))
            .then(|| drop(schema.insert("type".to_owned(), json!("number"))))
    }),
];

fn has(schema: &Map<String, Value>, names: &[&str]) -> bool {
    names.iter().any(|name| schema.contains_key(*name))
}

const COMPOSED: [&str; 12] = [
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "nullable",
    "discriminator",
    "readOnly",
    "writeOnly",
    "propertyNames",
];

fn plain(schema: &Map<String, Value>, kind: &str) -> Option<()> {
    (schema.get("type")? == kind && !has(schema, &COMPOSED)).then_some(())
}

fn plain_enum(schema: &Map<String, Value>) -> Option<()> {
    let composed = COMPOSED.iter().filter(|name| **name != "enum");
    (schema.get("type")? == "string"
        && !composed.into_iter().any(|name| schema.contains_key(*name))
        && !has(schema, &["maxLength", "pattern", "format"]))
    .then_some(())
}

fn plain_object(schema: &Map<String, Value>) -> Option<()> {
    plain(schema, "object")?;
    let members = schema.get("properties")?.as_object()?;
    let travels = |member: &Value| {
        member.get("readOnly").is_none()
            && member.get("writeOnly").is_none()
            && member.get("$ref").is_none()
    };
    members.values().all(travels).then_some(())
}

fn number(schema: &Map<String, Value>) -> Option<()> {
    plain(schema, "integer").or_else(|| plain(schema, "number"))
}

fn low(schema: &Map<String, Value>) -> f64 {
    ["minimum", "exclusiveMinimum"]
        .iter()
        .filter_map(|name| schema.get(*name)?.as_f64())
        .fold(f64::MIN, f64::max)
}

fn high(schema: &Map<String, Value>) -> f64 {
    ["maximum", "exclusiveMaximum"]
        .iter()
        .filter_map(|name| schema.get(*name)?.as_f64())
        .fold(f64::MAX, f64::min)
}

fn optional(schema: &Map<String, Value>) -> Option<Vec<String>> {
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let members = schema.get("properties")?.as_object()?;
    let names = members
        .keys()
        .filter(|name| !required.contains(&json!(name)));
    Some(names.cloned().collect())
}

/// An edited document, and whether a partner breaks.
pub struct Edited {
    pub name: &'static str,
    pub at: String,
    pub document: Value,
    pub breaks: bool,
}

/// One edit of a schema at a random place; `None` if none was found.
pub fn schema(document: &Value, rng: &mut Rng) -> Option<Edited> {
    let is_30 = document.get("openapi")?.as_str()?.starts_with("3.0");
    let mut schemas: Vec<(String, Use)> = places::schemas(document).into_iter().collect();
    for _ in 0..10 {
        let (name, effect, edit) = EDITS[rng.usize(..EDITS.len())];
        rng.shuffle(&mut schemas);
        if let Some(edited) = one(document, &schemas, (name, effect, edit), rng, is_30) {
            return Some(edited);
        }
    }
    None
}

/// An edit at the first place that it fits.
fn one(
    document: &Value,
    schemas: &[(String, Use)],
    edit: (&'static str, Effect, Edit),
    rng: &mut Rng,
    is_30: bool,
) -> Option<Edited> {
    let (name, effect, edit) = edit;
    for (at, used) in schemas {
        if effect != Effect::Same && (used.elsewhere || !(used.in_requests || used.in_responses)) {
            continue;
        }
        let Some(mut schema) = document.pointer(at).and_then(Value::as_object).cloned() else {
            continue;
        };
        if edit(&mut schema, rng, is_30).is_none() {
            continue;
        }
        let mut edited = document.clone();
        *edited.pointer_mut(at)? = Value::Object(schema);
        let breaks = match effect {
            Effect::Same => false,
            Effect::Less => used.in_requests,
            Effect::More => used.in_responses,
            Effect::Other => true,
        };
        return Some(Edited {
            name,
            at: at.clone(),
            document: edited,
            breaks,
        });
    }
    None
}

/// A component renamed, or a schema in place moved behind a reference.
pub fn component(document: &Value, rng: &mut Rng) -> Option<Edited> {
    let mut edited = document.clone();
    let names: Vec<String> = document
        .pointer("/components/schemas")?
        .as_object()?
        .keys()
        .cloned()
        .collect();
    if rng.bool() {
        let name = names.get(rng.usize(..names.len().max(1)))?;
        let is_tag = document.to_string().contains("\"discriminator\"");
        if is_tag {
            return None;
        }
        let components = edited.pointer_mut("/components/schemas")?.as_object_mut()?;
        let schema = components.remove(name)?;
        components.insert("Renamed1".to_owned(), schema);
        rename(
            &mut edited,
            &format!("#/components/schemas/{}", pointer::escape(name)),
            "#/components/schemas/Renamed1",
        );
        return Some(Edited {
            name: "component renamed",
            at: name.clone(),
            document: edited,
            breaks: false,
        });
    }
    let inline: Vec<String> = places::schemas(document)
        .into_keys()
        .filter(|at| !at.starts_with("/components/schemas/") || at.matches('/').count() > 3)
        .collect();
    let at = inline.get(rng.usize(..inline.len().max(1)))?;
    let travels =
        |value: &Value| value.get("readOnly").is_none() && value.get("writeOnly").is_none();
    if !document.pointer(at).is_some_and(travels) {
        return None;
    }
    let schema = std::mem::replace(
        edited.pointer_mut(at)?,
        json!({ "$ref": "#/components/schemas/Moved1" }),
    );
    edited
        .pointer_mut("/components/schemas")?
        .as_object_mut()?
        .insert("Moved1".to_owned(), schema);
    Some(Edited {
        name: "moved behind a reference",
        at: at.clone(),
        document: edited,
        breaks: false,
    })
}

fn rename(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, from, to)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target)
                        if name == "$ref"
                            && (target == from || target.starts_with(&format!("{from}/"))) =>
                    {
                        *target = format!("{to}{}", &target[from.len()..]);
                    }
                    member => rename(member, from, to),
                }
            }
        }
        _ => {}
    }
}
