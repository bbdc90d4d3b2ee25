//! A model as its template prints it.

use serde_json::{Value, json};

use super::{doc_lines, literal, type_text};
use crate::discriminator::{arm_reference, component_name};
use crate::names::value_name;
use crate::pointer;
use crate::types::{
    Arm, Field, Kind, Model, Presence, Struct, Type, Types, Union, declared_types, docs,
};

/// `x-model` of one model; `is_read`: it is read, not only written.
pub fn model(model: &Model, types: &Types<'_>, is_read: bool) -> Value {
    let mut docs = model.docs.clone();
    if docs.is_empty() {
        docs.push(whereabouts(&model.pointer));
    }
    let mut out = json!({ "name": model.name, "docs": doc_lines(&docs), "is_read": is_read, "struct": false, "enum": false, "union": false });
    match &model.kind {
        Kind::Struct(it) => out["struct"] = structure(it, model, types),
        Kind::Enum(values) => {
            out["enum"] = json!({
                "values": values.iter().map(|value| json!({
                    "variant": value.name,
                    "wire_lit": literal(&value.wire),
                    "wire_doc": format!(" `{}`", value.wire.replace('\n', " ")),
                })).collect::<Vec<_>>(),
            });
        }
        Kind::Union(it) => out["union"] = union(it, model, types),
        Kind::Pending => {}
    }
    out
}

/// Where a schema stands, in words.
fn whereabouts(pointer: &str) -> String {
    let segments: Vec<String> = pointer::segments(pointer).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["components", "schemas", name] => format!("The schema `{name}`."),
        ["components", "schemas", name, .., "properties", member] => {
            format!("`{member}` of `{name}`.")
        }
        ["components", _, name, ..] => format!("A part of `{name}`."),
        [section @ ("paths" | "webhooks"), place, method, rest @ ..] => {
            let place = match *section {
                "paths" => format!("{} {place}", method.to_uppercase()),
                _ => (*place).to_owned(),
            };
            match rest {
                [.., "properties", member] => format!("`{member}` of `{place}`."),
                ["parameters", ..] => format!("A parameter of `{place}`."),
                ["requestBody", ..] => format!("In the body of `{place}`."),
                ["responses", status, ..] => format!("In the answer {status} of `{place}`."),
                _ => format!("In `{place}`."),
            }
        }
        _ => format!("`{pointer}`."),
    }
}

/// When a value goes to an arm, and what the contract says of it.
fn arm_docs(arm: &Arm, union: &Union, index: usize) -> Vec<String> {
    if let Some(property) = &union.discriminator {
        let tags: Vec<String> = arm.tags.iter().map(|tag| format!("`{tag}`")).collect();
        if !tags.is_empty() {
            return vec![format!("`{property}` is {}.", tags.join(" or "))];
        }
        if union.fallback == Some(index) {
            return vec![format!("`{property}` is anything else.")];
        }
    }
    let schema = arm.schema.as_object();
    let described = schema.map(docs).unwrap_or_default();
    if !described.is_empty() {
        return described;
    }
    let types = schema.map(declared_types).unwrap_or_default();
    let format = schema.and_then(|it| it.get("format")?.as_str());
    vec![
        match (arm_reference(&arm.schema), types.as_slice(), format) {
            (Some(reference), _, _) => format!("Satisfies `{}`.", component_name(reference)),
            (None, [], _) => "Satisfies a schema without a type.".to_owned(),
            (None, types, Some(format)) => {
                format!("JSON type {}, format {format}.", types.join(" or "))
            }
            (None, types, None) => format!("JSON type {}.", types.join(" or ")),
        },
    ]
}

fn structure(it: &Struct, model: &Model, types: &Types<'_>) -> Value {
    let mut defaults = Vec::new();
    let fields: Vec<Value> = it
        .fields
        .iter()
        .map(|field| {
            let attributes = attributes(field, model, types, &mut defaults);
            json!({
                "name": field.name,
                "ty": type_text(&field.ty, types, ""),
                "docs": doc_lines(&field.docs),
                "serde": if attributes.is_empty() { Value::Bool(false) } else { attributes.join(", ").into() },
            })
        })
        .collect();
    let extra = it.extra.as_ref().map_or(Value::Bool(false), |(name, ty)| {
        json!({ "name": name, "ty": format!("BTreeMap<String, {}>", type_text(ty, types, "")) })
    });
    json!({ "fields": fields, "extra": extra, "defaults": defaults, "empty": it.fields.is_empty() && it.extra.is_none() })
}

/// What serde is told of a field; a default that is not its type's own goes to `defaults`.
fn attributes(
    field: &Field,
    model: &Model,
    types: &Types<'_>,
    defaults: &mut Vec<Value>,
) -> Vec<String> {
    let mut attributes = Vec::new();
    if field.name.trim_start_matches("r#") != field.wire {
        attributes.push(format!("rename = {}", literal(&field.wire)));
    }
    match &field.presence {
        Presence::Required => {}
        Presence::Optional => {
            attributes.push("default".to_owned());
            attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        Presence::OptionalNullable => {
            attributes.push("default".to_owned());
            attributes.push("deserialize_with = \"present\"".to_owned());
            attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        Presence::Default(value) => match types.expression(value, &field.ty) {
            Some(expression) if !is_natural(&expression, field) => {
                let name = default_name(&model.name, &field.name);
                attributes.push(format!("default = \"defaults::{name}\""));
                defaults.push(json!({
                    "default_fn": name,
                    "default_ty": type_text(&field.ty, types, ""),
                    "default_expression": expression,
                }));
            }
            _ => attributes.push("default".to_owned()),
        },
    }
    if is_moment(&field.ty) {
        attributes.push("serialize_with = \"moment\"".to_owned());
    }
    attributes
}

/// Whether a value is a moment or lacking.
fn is_moment(ty: &Type) -> bool {
    match ty {
        Type::Option(inner) => is_moment(inner),
        ty => matches!(ty, Type::Plain("DateTime<Utc>")),
    }
}

/// Whether `Default::default()` is that default.
fn is_natural(expression: &str, field: &Field) -> bool {
    match field.ty {
        Type::Plain("f64") => expression == "0.0",
        _ => matches!(
            expression,
            "None"
                | "Vec::new()"
                | "BTreeMap::new()"
                | "Map::new()"
                | "false"
                | "0"
                | "\"\".to_owned()"
        ),
    }
}

fn default_name(model: &str, field: &str) -> String {
    format!(
        "{}_{}",
        value_name(model).trim_start_matches("r#"),
        field.trim_start_matches("r#")
    )
}

fn union(it: &Union, model: &Model, types: &Types<'_>) -> Value {
    let arms: Vec<Value> = it
        .arms
        .iter()
        .enumerate()
        .map(|(index, arm)| {
            let tags: Vec<String> = arm.tags.iter().map(|tag| literal(tag)).collect();
            json!({
                "variant": arm.name,
                "docs": doc_lines(&arm_docs(arm, it, index)),
                "ty": type_text(&arm.ty, types, ""),
                "pattern": if index + 1 == it.arms.len() { "_".to_owned() } else { index.to_string() },
                "tagged": it.discriminator.is_some() && !tags.is_empty(),
                "tags": tags.join(" | "),
                "sole_tag": if tags.len() == 1 && it.discriminator.is_some() { tags[0].clone().into() } else { Value::Bool(false) },
            })
        })
        .collect();
    json!({
        "arms": arms,
        "count": it.arms.len().to_string(),
        "name_lit": literal(&model.name),
        "discriminator": it.discriminator.as_ref().map_or(Value::Bool(false), |name| literal(name).into()),
        "fallback": it.fallback.map_or(Value::Bool(false), |index| it.arms[index].name.clone().into()),
    })
}
