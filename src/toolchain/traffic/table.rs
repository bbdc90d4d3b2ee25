//! The operations of a document as the tables that the runtime reads.
//!
//! The runtime wants them for the whole life of the process, as generated code has them. A command
//! makes them once, so they are leaked.

use codegen::api::{self, Api};
use codegen::pointer;
use contract::runtime::operation as row;
use contract::runtime::path::{Asked, Piece, Template};
use serde_json::Value;

/// Gives a value to the process for its whole life.
pub fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn list<T>(values: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(values.into_iter().collect())
}

fn text(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn texts(texts: &[String]) -> &'static [&'static str] {
    list(texts.iter().map(|it| text(it)))
}

/// The row of each operation, in their order.
pub fn rows(document: &Value, api: &Api) -> Vec<&'static row::Operation> {
    let schemes: Vec<&'static row::Scheme> = api
        .schemes
        .iter()
        .map(|scheme| {
            let at = pointer::join("/components/securitySchemes", &scheme.wire);
            keep(row::Scheme {
                name: text(&scheme.wire),
                kind: scheme_kind(document, &at),
            })
        })
        .collect();
    let operations = api.operations.iter();
    operations
        .map(|operation| keep(self::row(operation, api, &schemes)))
        .collect()
}

fn row(it: &api::Operation, api: &Api, schemes: &[&'static row::Scheme]) -> row::Operation {
    let optional = |value: &Option<String>| value.as_deref().map(text);
    row::Operation {
        id: text(&it.id),
        method: text(&it.method),
        path: text(&it.path),
        tag: text(api.tags.get(it.tag).map_or("", |tag| &tag.wire)),
        security: security(it, schemes),
        parameters: list(it.parameters.iter().map(parameter)),
        body: it.body.as_ref().map(|body| {
            keep(row::RequestBody {
                required: body.required,
                media: list(body.media.iter().map(media)),
            })
        }),
        responses: &[],
        rate_class: optional(&it.rate_class),
        audience: optional(&it.audience),
        log: false,
        sparse: None,
        idempotency: row::Policy::None,
        if_match: row::Policy::None,
        if_none_match: row::Policy::None,
        deprecated: it.deprecated,
        deprecated_since: None,
        sunset: None,
        deprecation_link: None,
        outdated: None,
    }
}

fn security(
    it: &api::Operation,
    schemes: &[&'static row::Scheme],
) -> &'static [&'static [row::Requirement]] {
    let requirement = |(scheme, scopes): &(usize, Vec<String>)| {
        Some(row::Requirement {
            scheme: schemes.get(*scheme)?,
            scopes: texts(scopes),
        })
    };
    let alternatives = it.security.alternatives.iter();
    list(alternatives.map(|all| list(all.iter().filter_map(requirement))))
}

fn scheme_kind(document: &Value, at: &str) -> row::SchemeKind {
    let mut scheme = document.pointer(at);
    if let Some(reference) = scheme.and_then(|it| it.get("$ref")?.as_str()) {
        scheme = pointer::resolve(document, reference).map(|(_, scheme)| scheme);
    }
    let member = |name: &str| scheme.and_then(|it| it.get(name)?.as_str()).unwrap_or("");
    let name = text(member("name"));
    match (member("type"), member("in")) {
        ("http", _) => match member("scheme").to_ascii_lowercase().as_str() {
            "bearer" => row::SchemeKind::HttpBearer,
            "basic" => row::SchemeKind::HttpBasic,
            other => row::SchemeKind::HttpOther(text(other)),
        },
        ("apiKey", "query") => row::SchemeKind::ApiKeyQuery(name),
        ("apiKey", "cookie") => row::SchemeKind::ApiKeyCookie(name),
        ("apiKey", _) => row::SchemeKind::ApiKeyHeader(name),
        ("openIdConnect", _) => row::SchemeKind::OpenIdConnect,
        ("mutualTLS", _) => row::SchemeKind::MutualTls,
        _ => row::SchemeKind::OAuth2,
    }
}

fn parameter(it: &api::Parameter) -> row::Parameter {
    row::Parameter {
        name: text(&it.wire),
        place: match it.place.as_str() {
            "path" => row::Place::Path,
            "query" => row::Place::Query,
            "header" => row::Place::Header,
            _ => row::Place::Cookie,
        },
        style: style(&it.style),
        explode: it.explode,
        required: it.required,
        allow_empty: it.allow_empty,
        json_content: it.json_content,
        shape: shape(&it.shape),
        default: it.default.as_deref().map(text),
    }
}

fn style(name: &str) -> row::Style {
    match name {
        "label" => row::Style::Label,
        "matrix" => row::Style::Matrix,
        "form" => row::Style::Form,
        "spaceDelimited" => row::Style::SpaceDelimited,
        "pipeDelimited" => row::Style::PipeDelimited,
        "deepObject" => row::Style::DeepObject,
        _ => row::Style::Simple,
    }
}

fn media(it: &api::Media) -> row::Media {
    row::Media {
        range: text(&it.range),
        kind: match it.kind {
            api::MediaKind::Json => row::MediaKind::Json,
            api::MediaKind::Form => row::MediaKind::Form,
            api::MediaKind::Multipart => row::MediaKind::Multipart,
            api::MediaKind::Text => row::MediaKind::Text,
            api::MediaKind::Binary => row::MediaKind::Binary,
        },
        shape: shape(&it.shape),
        parts: list(it.parts.iter().map(part)),
        max_bytes: it.max_bytes,
        secrets: &[],
    }
}

fn part(it: &api::Part) -> row::Part {
    let name = it.style.as_deref().unwrap_or("form");
    row::Part {
        name: text(&it.wire),
        content_types: texts(&it.content_types),
        style: style(name),
        explode: it.explode.unwrap_or(name == "form"),
        headers: texts(&it.headers),
        is_file: it.file,
        max_bytes: it.max_bytes,
    }
}

fn shape(it: &api::Shape) -> &'static row::Shape {
    keep(match it {
        api::Shape::Any => row::Shape::Any,
        api::Shape::Null => row::Shape::Null,
        api::Shape::Boolean => row::Shape::Boolean,
        api::Shape::Integer => row::Shape::Integer,
        api::Shape::Number => row::Shape::Number,
        api::Shape::String => row::Shape::String,
        api::Shape::Array(items) => row::Shape::Array(shape(items)),
        api::Shape::Object { members, rest } => row::Shape::Object {
            members: list(members.iter().map(|(name, it)| (text(name), shape(it)))),
            rest: rest.as_deref().map(shape),
        },
        api::Shape::OneOf(arms) => row::Shape::OneOf(list(arms.iter().map(shape))),
    })
}

fn asked(it: &api::Asked) -> Asked {
    match it {
        api::Asked::Presence => Asked::Presence,
        api::Asked::Text(value) => Asked::Text(text(value)),
        api::Asked::Parameter(name) => Asked::Parameter(text(name)),
    }
}

/// The templates of a path, one for each base path of a server.
pub fn templates(it: &api::Operation) -> Vec<Template> {
    let piece = |piece: &api::Piece| match piece {
        api::Piece::Literal(it) => Piece::Literal(text(it)),
        api::Piece::Parameter(name) => Piece::Parameter(text(name)),
        api::Piece::Rest(name) => Piece::Rest(text(name)),
    };
    let routes = it.routes.iter();
    routes
        .map(|route| Template {
            segments: list(
                route
                    .segments
                    .iter()
                    .map(|pieces| list(pieces.iter().map(piece))),
            ),
            query: list(route.query.iter().map(|(name, it)| (text(name), asked(it)))),
        })
        .collect()
}
