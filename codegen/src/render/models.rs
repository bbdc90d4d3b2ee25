//! A model as its template prints it.

use serde_json::{Value, json};

use super::{doc_lines, literal, type_text};
use crate::names::value_name;
use crate::types::{Field, Kind, Model, Presence, Struct, Type, Types, Union};

/// `x-model` of one model.
pub fn model(model: &Model, types: &Types<'_>) -> Value {
    let mut docs = model.docs.clone();
    if docs.is_empty() {
        docs.push(format!(
            "`{}`",
            model.pointer.rsplit('/').next().unwrap_or_default()
        ));
    }
    let mut out = json!({ "name": model.name, "docs": doc_lines(&docs), "struct": false, "enum": false, "union": false });
    match &model.kind {
        Kind::Struct(it) => out["struct"] = structure(it, model, types),
        Kind::Enum(values) => {
            out["enum"] = json!({
                "default_free": true,
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

fn structure(it: &Struct, model: &Model, types: &Types<'_>) -> Value {
    let mut defaults = Vec::new();
    let fields: Vec<Value> = it
        .fields
        .iter()
        .map(|field| {
            let ty = type_text(&field.ty, types, "");
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
                Presence::Default(expression) if is_natural(expression, field) => attributes.push("default".to_owned()),
                Presence::Default(expression) => {
                    let name = default_name(&model.name, &field.name);
                    attributes.push(format!("default = \"defaults::{name}\""));
                    defaults.push(json!({ "default_fn": name, "default_ty": ty, "default_expression": expression }));
                }
            }
            json!({
                "name": field.name,
                "ty": ty,
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
