//! The context of the templates: everything a template prints, worked out beforehand.
//!
//! The generator sees a document with the same tags, operations and models, but nothing in them
//! except these extensions: `x-contract` (the whole), `x-operation` and `x-model`.

mod models;
mod operations;
mod outdated;

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::api::{Api, MediaKind, Message, Tag};
use crate::generate::Validators;
use crate::types::{ModelId, Type, Types};

/// The document for the generator, from the contract's own; `hash` is the SHA-256 of its JSON, and
/// `written` are the models that get no `Deserialize`.
pub fn document(
    source: &Value,
    hash: &str,
    api: &Api,
    types: &Types<'_>,
    written: &HashSet<ModelId>,
    validators: &Validators,
) -> Value {
    let info = |key: &str| {
        source
            .pointer(&format!("/info/{key}"))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (title, version) = (info("title"), info("version"));
    let mut paths = serde_json::Map::new();
    for (index, operation) in api.operations.iter().enumerate() {
        paths.insert(
            // Sorted by name, they keep the contract's order.
            format!("/o{index:06}"),
            json!({ "get": {
                "operationId": format!("o{index:06}"),
                "tags": [tag_id(operation.tag)],
                "x-trait": tag(&api.tags[operation.tag]),
                "x-operation": operations::operation(operation, types),
                "responses": { "default": { "description": "-" } },
            }}),
        );
    }
    let mut schemas = serde_json::Map::new();
    for (index, model) in types.models.iter().enumerate() {
        schemas.insert(
            format!("M{index:06}"),
            // A property keeps the generator from taking it for an alias.
            json!({
                "type": "object",
                "properties": { "a": { "type": "string" } },
                "x-model": models::model(model, types, !written.contains(&index)),
            }),
        );
    }
    let operations = api.operations.iter();
    let operations: Vec<Value> = operations
        .map(|it| operations::table(it, api, validators))
        .collect();
    let has_shapes = |it: &Value| it["shapes"].as_array().is_some_and(|it| !it.is_empty());
    json!({
        "openapi": "3.1.0",
        "info": { "title": "contract", "version": "0.1.0" },
        "paths": paths,
        "components": { "schemas": schemas },
        "x-contract": {
            "title_lit": literal(&one_line(title)),
            "version_lit": literal(version),
            "hash_lit": literal(hash),
            "stamp_lit": literal(&stamp(version, hash)),
            "recursion_limit": recursion_limit(types),
            "tags": api.tags.iter().map(tag).collect::<Vec<_>>(),
            "schemes": api.schemes.iter().map(|scheme| json!({
                "const_name": scheme.const_name,
                "name_lit": literal(&scheme.wire),
                "kind": scheme.kind,
            })).collect::<Vec<_>>(),
            "problems": api.problems.iter().map(|problem| json!({
                "const_name": problem.const_name,
                "slug_lit": literal(&problem.slug),
                "status": problem.status.to_string(),
                "title_lit": literal(&problem.title),
                "description_lit": literal(&problem.description),
                "translations": problem.translations.iter().map(|(language, title, description)| json!({
                    "language_lit": literal(language),
                    "title_lit": literal(title),
                    "description_lit": literal(description),
                })).collect::<Vec<_>>(),
                "docs": doc_lines(std::slice::from_ref(&problem.title)),
            })).collect::<Vec<_>>(),
            "roles": api.roles.iter().map(|role| json!({
                "name_lit": literal(&role.name),
                "scopes": list(&role.scopes),
            })).collect::<Vec<_>>(),
            "has_operations": !operations.is_empty(),
            "has_shapes": operations.iter().any(has_shapes),
            "operations": operations,
            "messages": api.messages.iter().map(|it| message(it, types)).collect::<Vec<_>>(),
            "validators": validators.compiled.iter().map(|(name, path)| json!({
                "struct_name": name,
                "path_lit": literal(path),
            })).collect::<Vec<_>>(),
        },
    })
}

/// From so many models on, rustc's own limit may not do.
const MANY_MODELS: usize = 500;

/// To see whether a type is `Send`, rustc goes from each part into the next, and where types refer to
/// one another it may go through hundreds before it comes back. (In `x-contract`; false: its own limit.)
fn recursion_limit(types: &Types<'_>) -> Value {
    match types.models.len() {
        0..MANY_MODELS => Value::Bool(false),
        many => many.next_power_of_two().to_string().into(),
    }
}

/// The value of the header `Concordat-Contract`: visible ASCII, whatever the version is.
fn stamp(version: &str, hash: &str) -> String {
    let mut encoded = String::new();
    for byte in version.bytes() {
        match byte {
            b'%' | b';' | 0..=b' ' | 0x7f.. => encoded.push_str(&format!("%{byte:02X}")),
            _ => encoded.push(char::from(byte)),
        }
    }
    format!("{encoded}; hash={hash}")
}

fn message(it: &Message, types: &Types<'_>) -> Value {
    let callback = it.callback.as_ref().map_or_else(
        || "None".to_owned(),
        |(operation, url)| format!("Some(Callback {{ operation: {operation:?}, url: {url:?} }})"),
    );
    let payloads = it.payloads.iter().map(|payload| {
        json!({
            "alias": payload.alias,
            "ty": type_text(&payload.ty, types, "models::"),
            "range": payload.range,
            "range_lit": literal(&payload.range),
            "entry_lit": literal(&payload.entry),
        })
    });
    let parameters = it.parameters.iter().enumerate().map(|(index, parameter)| {
        json!({
            "index": index.to_string(),
            "field": parameter.field,
            "ty": type_text(&parameter.ty, types, "models::"),
            "docs": doc_lines(&operations::field_docs(&parameter.docs, &parameter.wire, &parameter.field)),
            "row": operations::parameter_row(parameter, &mut std::convert::identity),
        })
    });
    let mut docs = it.docs.clone();
    if docs.is_empty() {
        docs.push(format!("`{}`", one_line(&it.name)));
    }
    json!({
        "name": one_line(&it.name),
        "name_lit": literal(&it.name),
        "const_name": it.const_name,
        "docs": doc_lines(&docs),
        "method_lit": literal(&it.method),
        "type_name": it.type_name,
        "has_parameters": !it.parameters.is_empty(),
        "parameter_count": it.parameters.len().to_string(),
        "parameters": parameters.collect::<Vec<_>>(),
        "callback": callback,
        "payloads": payloads.collect::<Vec<_>>(),
        "has_several": it.payloads.len() > 1,
        "responses": list(&it.responses),
    })
}

fn tag(tag: &Tag) -> Value {
    // rustc looks for no file of a name that is not ASCII by itself.
    let path = (!tag.module.is_ascii()).then(|| literal(&format!("apis/{}.rs", tag.module)));
    json!({
        "path_lit": path.map_or(Value::Bool(false), Value::from),
        "trait_name": tag.trait_name,
        "module": escaped_module(&tag.module),
        "docs": doc_lines(&tag.docs),
    })
}

/// The tag that an operation has in the generator's document.
pub fn tag_id(index: usize) -> String {
    format!("t{index}")
}

/// The Rust text of a type; `prefix` goes before the names of models.
pub fn type_text(ty: &Type, types: &Types<'_>, prefix: &str) -> String {
    let inner = |ty: &Type| type_text(ty, types, prefix);
    match ty {
        Type::Value => "Value".to_owned(),
        Type::JsonObject => "Map<String, Value>".to_owned(),
        Type::Plain(name) => (*name).to_owned(),
        Type::Model(id) => format!("{prefix}{}", types.models[*id].name),
        Type::Vec(item) => format!("Vec<{}>", inner(item)),
        Type::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        Type::Option(some) => format!("Option<{}>", inner(some)),
        Type::Events(data) => format!("EventStream<{}>", inner(data)),
        Type::Boxed(part) => format!("Box<{}>", inner(part)),
    }
}

/// A Rust string literal.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// `&["a", "b"]`.
pub(crate) fn list(items: &[String]) -> String {
    format!(
        "&[{}]",
        items
            .iter()
            .map(|item| literal(item))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

/// `Some("text")` or `None`.
pub(crate) fn option(text: Option<&str>) -> String {
    text.map_or_else(|| "None".to_owned(), |text| format!("Some({text:?})"))
}

/// Lines after `///`, each with its leading space if it has text.
pub(crate) fn doc_lines(lines: &[String]) -> Vec<Value> {
    lines
        .iter()
        .map(|line| {
            if line.is_empty() {
                json!("")
            } else {
                json!(format!(" {line}"))
            }
        })
        .collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A module's name where it is declared; its file has none of the escape.
fn escaped_module(name: &str) -> String {
    crate::names::value_name(name)
}

/// Variant of the runtime's `MediaKind`.
pub(crate) fn media_kind(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "MediaKind::Json",
        MediaKind::Form => "MediaKind::Form",
        MediaKind::Multipart => "MediaKind::Multipart",
        MediaKind::Text => "MediaKind::Text",
        MediaKind::Binary => "MediaKind::Binary",
    }
}
