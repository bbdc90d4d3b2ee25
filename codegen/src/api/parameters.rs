//! Parameters in path, query, header and cookie.

use serde_json::{Map, Value, json};

use super::{Asked, Place, Route, Shape, shapes};
use crate::grammar;
use crate::names::{Scope, value_name, variant_name};
use crate::pointer;
use crate::schema::{Direction, is_hidden};
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
    /// JSON pointer of its declaration; `None` where only the path names it.
    pub pointer: Option<String>,
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
    let route = Route::parse(place.path, &[]);
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
            let Some((parameter, at)) = pointer::follow(place.document, parameter, &at) else {
                continue;
            };
            let Some((wire, sort)) = identity(parameter, &parameters) else {
                continue;
            };
            if sort == "path" && !is_captured(place.path, wire) {
                continue;
            }
            // A path key that names it in its query is not met without it.
            let asked = sort == "query" && asks(&route, wire);
            parameters.push(one(
                parameter,
                &at,
                asked,
                prefix,
                place.direction,
                types,
                fields,
            ));
        }
    }
    parameters.extend(undeclared(place.path, &parameters, fields));
    parameters
}

/// Name and place of a parameter that is none of the earlier ones.
fn identity<'v>(parameter: &'v Value, earlier: &[Parameter]) -> Option<(&'v str, &'v str)> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let (wire, place) = (text("name")?, text("in")?);
    let known = grammar::styles(place).is_some();
    let replaced = earlier
        .iter()
        .any(|it| it.wire == wire && it.place == place);
    // OpenAPI 3.1, section 4.8.12.1: these three are never parameters.
    let ignored = place == "header"
        && ["accept", "content-type", "authorization"]
            .contains(&wire.to_ascii_lowercase().as_str());
    (known && !replaced && !ignored).then_some((wire, place))
}

/// Whether the path has braces of this name; what is not there, nobody can send.
fn is_captured(path: &str, wire: &str) -> bool {
    let route = Route::parse(path, &[wire]);
    route.parameters().any(|name| name == wire)
}

/// Whether a path key asks for a query member of this name, whatever its value.
fn asks(route: &Route, wire: &str) -> bool {
    let mut asked = route.query.iter();
    asked.any(|(name, asked)| name == wire && !matches!(asked, Asked::Text(_)))
}

fn one(
    parameter: &Value,
    pointer: &str,
    asked: bool,
    prefix: &str,
    direction: Direction,
    types: &mut Types<'_>,
    fields: &mut Scope,
) -> Parameter {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str);
    let is_true = |key: &str| parameter.get(key) == Some(&Value::Bool(true));
    let owned = |key: &str| text(key).unwrap_or_default().to_owned();
    let (wire, place) = (owned("name"), owned("in"));
    let content = parameter.get("content").and_then(Value::as_object);
    let content = content.and_then(|content| content.iter().next());
    // Beside a `schema` it does not count.
    let content = content.filter(|_| parameter.get("schema").is_none());
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
    let styles = grammar::styles(&place).unwrap_or(&["simple"]);
    let style = text("style").filter(|style| styles.contains(style));
    let style = style
        .or(styles.first().copied())
        .unwrap_or_default()
        .to_owned();
    let explode = parameter
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    let required = asked
        || place == "path"
        || parameter
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false);
    let hint = format!("{prefix}{}", variant_name(&wire));
    // Only the boundary reads the names of members, which make no type.
    let ty = match is_true("x-sparse") {
        true => Type::Value,
        false => types.lower(&at, &schema, &hint, direction),
    };
    let default = types
        .default_of(&schema, 0)
        .filter(|default| !default.is_null() && !required)
        .and_then(|default| fitting(types, &at, default, &ty));
    let ty = if required || default.is_some() {
        ty
    } else {
        ty.optional()
    };
    Parameter {
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
        schema: sent(types, schema, direction),
        pointer: Some(pointer.to_owned()),
        ty,
    }
}

/// The schema as that of something that travels: `readOnly` and `writeOnly` speak of the members of an
/// object (OpenAPI 3.0, section 4.7.24), which a component may be that is a parameter's schema as well.
fn sent(types: &Types<'_>, schema: Value, direction: Direction) -> Value {
    let flag = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    match is_hidden(types.document(), &schema, direction) {
        true => json!({ "allOf": [schema], flag: false }),
        false => schema,
    }
}

/// A default as its type holds it; `'100'` of an integer is 100. One of another type is noted.
fn fitting(types: &mut Types<'_>, pointer: &str, default: Value, ty: &Type) -> Option<Value> {
    if types.expression(&default, ty).is_some() {
        return Some(default);
    }
    let meant = default
        .as_str()
        .and_then(|text| serde_json::from_str(text).ok());
    let meant = meant.filter(|meant| types.expression(meant, ty).is_some());
    if meant.is_none() {
        types.note(pointer, "its default is not applied: it is of another type");
    }
    meant
}

/// Names of the parameters in the path.
pub(super) fn path_names(parameters: &[Parameter]) -> Vec<&str> {
    let in_path = parameters.iter().filter(|it| it.place == "path");
    in_path.map(|it| it.wire.as_str()).collect()
}

/// Parameters that only the path template names: strings.
fn undeclared(path: &str, declared: &[Parameter], fields: &mut Scope) -> Vec<Parameter> {
    let in_path = path_names(declared);
    let route = Route::parse(path, &in_path);
    let in_query: Vec<&str> = declared
        .iter()
        .filter(|it| it.place == "query")
        .map(|it| it.wire.as_str())
        .collect();
    let mut seen = std::collections::HashSet::new();
    route
        .parameters()
        .filter(|name| !in_path.contains(name) && !in_query.contains(name) && seen.insert(*name))
        .map(str::to_owned)
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
            pointer: None,
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
