//! Request bodies: one type for each media type, or an enum of them.

use serde_json::{Map, Value, json};

use super::{SENT, Shape, secrets, shapes};
use crate::names::{Scope, variant_name};
use crate::pointer;
use crate::types::{Type, Types, declared_types};

/// The body of a request.
pub struct Body {
    /// Must be there.
    pub required: bool,
    /// Media types that it may have.
    pub media: Vec<Media>,
    /// Name of the enum that tells them apart, where their types differ.
    pub choice: Option<String>,
}

/// A body in one media type.
pub struct Media {
    /// As declared: `application/json`, `image/*`, `*/*`.
    pub range: String,
    /// How it is read.
    pub kind: MediaKind,
    /// Variant, where there are several.
    pub variant: String,
    /// What it becomes.
    pub ty: Type,
    /// The runtime's `Shape`, for forms.
    pub shape: Shape,
    /// Members of a form or parts of a multipart body.
    pub parts: Vec<Part>,
    /// Bytes that it may have, where it is bytes.
    pub max_bytes: Option<u64>,
    /// Names of members that must not be kept or shown.
    pub secrets: Vec<String>,
    /// What it must satisfy; files of a multipart body are any string here.
    pub schema: Option<Value>,
}

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// JSON and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/*`.
    Text,
    /// Anything else, as bytes.
    Binary,
}

/// A member of a form or a part of a multipart body.
pub struct Part {
    /// Name in the contract.
    pub wire: String,
    /// Content types of `encoding`.
    pub content_types: Vec<String>,
    /// `style` of `encoding`.
    pub style: Option<String>,
    /// `explode` of `encoding`.
    pub explode: Option<bool>,
    /// Headers that `encoding` requires of the part.
    pub headers: Vec<String>,
    /// Holds a file.
    pub file: bool,
    /// Bytes that a file may have.
    pub max_bytes: Option<u64>,
}

/// How a media type is read.
pub fn kind(range: &str) -> MediaKind {
    let essence = range
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "multipart/form-data" => MediaKind::Multipart,
        "application/json" | "text/json" => MediaKind::Json,
        other if other.ends_with("+json") => MediaKind::Json,
        other if other.starts_with("text/") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}

pub(super) fn read(
    document: &Value,
    operation: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
) -> Option<Body> {
    let at = format!("{pointer}/requestBody");
    let (body, at) = pointer::follow(document, operation.get("requestBody")?, &at)?;
    let content = format!("{at}/content");
    let mut media: Vec<Media> = Vec::new();
    let mut scope = Scope::default();
    for (range, entry) in types.ordered(&content, body.get("content")) {
        let at = format!("{content}/{}/schema", pointer::escape(&range));
        let label = scope.claim(media_variant(&range));
        media.push(one(&range, &entry, &at, &label, prefix, types));
    }
    if media.is_empty() {
        media.push(one("*/*", &Value::Null, &content, "Any", prefix, types));
    }
    let is_value = |kind| !matches!(kind, MediaKind::Text | MediaKind::Binary);
    let same = media
        .windows(2)
        .all(|pair| pair[0].ty == pair[1].ty && is_value(pair[0].kind) == is_value(pair[1].kind));
    let choice = (!same).then(|| types.claim_prefix(&format!("{prefix}Body")));
    Some(Body {
        required: body
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        media,
        choice,
    })
}

fn one(
    range: &str,
    entry: &Value,
    pointer: &str,
    label: &str,
    prefix: &str,
    types: &mut Types<'_>,
) -> Media {
    let declared = entry.get("schema").cloned();
    let kind = match kind(range) {
        MediaKind::Form | MediaKind::Multipart if is_no_form(types, declared.as_ref()) => {
            types.note(
                pointer,
                "only an object can be a form: the body is bytes, which are not checked",
            );
            MediaKind::Binary
        }
        kind => kind,
    };
    let encoding = entry.get("encoding").cloned().unwrap_or_default();
    let mut media = Media {
        range: range.to_owned(),
        kind,
        variant: label.to_owned(),
        ty: Type::Plain("Upload"),
        shape: Shape::Any,
        parts: Vec::new(),
        max_bytes: None,
        secrets: declared
            .as_ref()
            .map(|schema| secrets::names(types.document(), schema))
            .unwrap_or_default(),
        schema: None,
    };
    match kind {
        MediaKind::Binary => {
            media.max_bytes = declared.and_then(|schema| max_bytes(types, &schema));
        }
        MediaKind::Text => {
            media.ty = Type::Plain("String");
            if let Some(schema) = &declared {
                let shape = shapes::shape(types, schema);
                // A number or a truth value may be all of the text.
                if shape.is_scalar() && !shape.takes_text() {
                    media.ty = types.lower(pointer, schema, &format!("{prefix}{label}"), SENT);
                    media.shape = shape;
                }
            }
            media.schema = declared;
        }
        MediaKind::Json => {
            let schema = declared.unwrap_or(Value::Bool(true));
            media.ty = types.lower(pointer, &schema, &format!("{prefix}{label}"), SENT);
            media.schema = Some(schema);
        }
        MediaKind::Form | MediaKind::Multipart => {
            let schema = declared.unwrap_or(Value::Bool(true));
            let (typed, checked, parts) = form(types, &schema, &encoding, kind);
            media.shape = shapes::shape(types, &checked);
            media.ty = match parts.iter().any(|part| part.file) {
                true => types.lower(pointer, &typed, &format!("{prefix}{label}"), SENT),
                false => types.lower(pointer, &schema, &format!("{prefix}{label}"), SENT),
            };
            media.schema = Some(checked);
            media.parts = parts;
        }
    }
    media
}

/// Whether a schema refuses every object, so that no form can be what it says.
fn is_no_form(types: &Types<'_>, schema: Option<&Value>) -> bool {
    let wrapped = json!({ "allOf": [schema] });
    let merged = wrapped
        .as_object()
        .and_then(|object| types.merge_all_of(object, 0));
    merged
        .as_ref()
        .and_then(Value::as_object)
        .map(declared_types)
        .is_some_and(|types| !types.is_empty() && !types.contains(&"object"))
}

/// The schema of a form for its type (files marked), for its validation (files free), and its parts.
fn form(
    types: &Types<'_>,
    schema: &Value,
    encoding: &Value,
    kind: MediaKind,
) -> (Value, Value, Vec<Part>) {
    let wrapped = json!({ "allOf": [schema] });
    let merged = wrapped
        .as_object()
        .and_then(|object| types.merge_all_of(object, 0));
    let Some(Value::Object(merged)) = merged else {
        return (schema.clone(), schema.clone(), Vec::new());
    };
    let mut typed = merged.clone();
    let mut checked = merged.clone();
    let mut parts = Vec::new();
    for (name, member) in merged
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let encoding = encoding.get(name);
        let text = |key: &str| encoding.and_then(|it| it.get(key)?.as_str());
        let content_types: Vec<String> = text("contentType")
            .map(|list| list.split(',').map(|one| one.trim().to_owned()).collect())
            .unwrap_or_default();
        let file = kind == MediaKind::Multipart && is_file(types, member, &content_types);
        if file {
            mark(&mut typed, name, member, json!({ "x-file": true }));
            mark(&mut checked, name, member, Value::Bool(true));
        }
        if encoding.is_none() && !file {
            continue;
        }
        parts.push(Part {
            wire: name.clone(),
            content_types,
            style: text("style").map(str::to_owned),
            explode: encoding.and_then(|it| it.get("explode")?.as_bool()),
            headers: encoding.map(required_headers).unwrap_or_default(),
            file,
            max_bytes: max_bytes(types, member).filter(|_| file),
        });
    }
    (Value::Object(typed), Value::Object(checked), parts)
}

/// Puts `mark` in place of a file's schema, alone or as the items of a list.
fn mark(object: &mut Map<String, Value>, name: &str, member: &Value, mark: Value) {
    let marked = match member.get("items") {
        Some(_) => {
            let mut list = member.clone();
            list["items"] = mark;
            list
        }
        None => mark,
    };
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.insert(name.to_owned(), marked);
    }
}

/// `maxLength` of bytes, or of a list's items, counts bytes (OpenAPI 3.1, section 4.8.14.2).
fn max_bytes(types: &Types<'_>, schema: &Value) -> Option<u64> {
    let wrapped = json!({ "allOf": [schema] });
    let merged = types.merge_all_of(wrapped.as_object()?, 0)?;
    match merged.get("items") {
        Some(items) => max_bytes(types, items),
        None => merged.get("maxLength")?.as_u64(),
    }
}

fn is_file(types: &Types<'_>, member: &Value, content_types: &[String]) -> bool {
    let wrapped = json!({ "allOf": [member] });
    let merged = wrapped
        .as_object()
        .and_then(|object| types.merge_all_of(object, 0))
        .unwrap_or_default();
    if let Some(items) = merged.get("items") {
        return is_file(types, items, content_types);
    }
    let is = |key: &str, value: &str| merged.get(key).is_some_and(|it| it == value);
    let declared = content_types.iter().any(|one| {
        !one.starts_with("text/")
            && !one.contains("json")
            && one != "application/x-www-form-urlencoded"
    });
    let textual = merged
        .get("type")
        .is_some_and(|ty| ty != "string" && ty != &json!(["string", "null"]));
    is("format", "binary")
        || merged.get("contentMediaType").is_some() && merged.get("contentEncoding").is_none()
        || declared && !textual
}

/// `Json`, `Form`, `Text`, or the subtype's name.
pub fn media_variant(range: &str) -> String {
    let essence = range
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        "text/event-stream" => "Events".to_owned(),
        "application/octet-stream" => "Binary".to_owned(),
        "*/*" => "Any".to_owned(),
        other => variant_name(
            other
                .split_once('/')
                .map_or(other, |(_, subtype)| match subtype {
                    "*" => other,
                    subtype => subtype,
                }),
        ),
    }
}

fn required_headers(encoding: &Value) -> Vec<String> {
    let headers = encoding
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let required = headers.filter(|(_, header)| header.get("required") == Some(&Value::Bool(true)));
    required.map(|(name, _)| name.clone()).collect()
}
