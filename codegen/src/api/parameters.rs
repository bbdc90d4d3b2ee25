//! Parameters in path, query, header and cookie.

use serde_json::{Map, Value, json};

use super::{Piece, Place, SENT, Shape, follow, shapes};
use crate::names::{Scope, value_name, variant_name};
use crate::pointer;
use crate::types::{Type, Types, lines};

/// A parameter of an operation.
pub struct Parameter {
    /// Name in the contract.
    pub wire: String,
    /// Field of the request struct.
    pub field: String,
    /// `path`, `query`, `header` or `cookie`.
    pub place: String,
    /// Serialisation style, as the contract names it.
    pub style: String,
    /// `explode`.
    pub explode: bool,
    /// Must be there.
    pub required: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// Its text is a JSON document (`content`).
    pub json_content: bool,
    /// `x-boundary` or `x-sparse`: the boundary deals with it, and the handler does not get it.
    pub by_boundary: bool,
    /// `x-sparse`: it names the members that the answer is to have.
    pub sparse: bool,
    /// The runtime's `Shape`.
    pub shape: Shape,
    /// Its schema.
    pub schema: Value,
    /// JSON text of the default.
    pub default: Option<String>,
    /// Rust type, `Option` included.
    pub ty: Type,
    /// Lines of documentation.
    pub docs: Vec<String>,
}

/// Parameters of the operation, then those of its path that it does not replace.
pub(super) fn read(
    place: &Place<'_>,
    operation: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
    fields: &mut Scope,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let own = (operation.get("parameters"), pointer);
    let shared = (place.item.get("parameters"), place.pointer);
    for (list, pointer) in [own, shared] {
        for (index, parameter) in list
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            let at = format!("{pointer}/parameters/{index}");
            let (parameter, at) = follow(place.document, parameter, &at);
            let Some(parameter) = one(&parameter, &at, prefix, types, fields, &parameters) else {
                continue;
            };
            parameters.push(parameter);
        }
    }
    parameters.extend(undeclared(place.path, &parameters, fields));
    parameters
}

fn one(
    parameter: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
    fields: &mut Scope,
    earlier: &[Parameter],
) -> Option<Parameter> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let is_true = |key: &str| parameter.get(key) == Some(&Value::Bool(true));
    let wire = text("name")?.to_owned();
    let place = text("in")?.to_owned();
    let known = matches!(place.as_str(), "path" | "query" | "header" | "cookie");
    let replaced = earlier
        .iter()
        .any(|it| it.wire == wire && it.place == place);
    // OpenAPI 3.1, section 4.8.12.1: these three are never parameters.
    let ignored = place == "header"
        && ["accept", "content-type", "authorization"]
            .contains(&wire.to_ascii_lowercase().as_str());
    if !known || replaced || ignored {
        return None;
    }
    let content = parameter
        .get("content")
        .and_then(Value::as_object)
        .and_then(|map| map.iter().next());
    let (schema, at, media) = match content {
        Some((media, entry)) => {
            let at = format!("{pointer}/content/{}/schema", pointer::escape(media));
            (entry.get("schema").cloned(), at, Some(media.as_str()))
        }
        None => (
            parameter.get("schema").cloned(),
            format!("{pointer}/schema"),
            None,
        ),
    };
    let schema = schema.unwrap_or(Value::Bool(true));
    let default_style = if matches!(place.as_str(), "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    let style = text("style").unwrap_or(default_style).to_owned();
    let explode = parameter
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    let required = place == "path"
        || parameter
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false);
    let default = types
        .default_of(&schema, 0)
        .filter(|default| !default.is_null() && !required);
    // Only the boundary reads the names of members, which make no type.
    let ty = match is_true("x-sparse") {
        true => Type::Value,
        false => {
            let hint = format!("{prefix}{}", variant_name(&wire));
            types.lower(&at, &schema, &hint, SENT)
        }
    };
    let ty = if required || default.is_some() {
        ty
    } else {
        ty.optional()
    };
    Some(Parameter {
        field: fields.claim(value_name(&wire)),
        allow_empty: parameter
            .get("allowEmptyValue")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        json_content: media.is_some_and(|media| media.contains("json")),
        by_boundary: is_true("x-boundary") || is_true("x-sparse"),
        sparse: is_true("x-sparse"),
        shape: shapes::shape(types, &schema),
        default: default.map(|default| default.to_string()),
        docs: text("description").map(lines).unwrap_or_default(),
        wire,
        place,
        style,
        explode,
        required,
        schema,
        ty,
    })
}

/// Names of the parameters in the path.
pub(super) fn path_names(parameters: &[Parameter]) -> Vec<&str> {
    let in_path = parameters.iter().filter(|it| it.place == "path");
    in_path.map(|it| it.wire.as_str()).collect()
}

/// Parameters that only the path template names: strings.
fn undeclared(path: &str, declared: &[Parameter], fields: &mut Scope) -> Vec<Parameter> {
    let in_path = path_names(declared);
    let route = super::Route::parse(path, &in_path);
    let pieces = route.segments.iter().flatten();
    let names = pieces.filter_map(|piece| match piece {
        Piece::Parameter(name) | Piece::Rest(name) => Some(name.clone()),
        Piece::Literal(_) => None,
    });
    let mut seen = std::collections::HashSet::new();
    names
        .filter(|name| !in_path.contains(&name.as_str()) && seen.insert(name.clone()))
        .map(|name| Parameter {
            field: fields.claim(value_name(&name)),
            wire: name,
            place: "path".to_owned(),
            style: "simple".to_owned(),
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            by_boundary: false,
            sparse: false,
            shape: Shape::String,
            schema: json!({ "type": "string" }),
            default: None,
            ty: Type::Plain("String"),
            docs: Vec::new(),
        })
        .collect()
}

/// One schema for all parameters: an object of places, each an object of names.
pub fn schema(parameters: &[Parameter]) -> Option<Value> {
    let mut places: Map<String, Value> = Map::new();
    for parameter in parameters {
        let place = places
            .entry(parameter.place.clone())
            .or_insert_with(|| json!({ "type": "object", "properties": {}, "required": [] }));
        place["properties"][&parameter.wire] = parameter.schema.clone();
        if parameter.required
            && let Some(required) = place["required"].as_array_mut()
        {
            required.push(parameter.wire.clone().into());
        }
    }
    (!places.is_empty()).then(|| json!({ "type": "object", "properties": places }))
}
