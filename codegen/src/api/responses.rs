//! Responses: what a handler may answer, by status, header and media type.

use serde_json::Value;

use super::bodies::{MediaKind, kind, media_variant};
use super::policy::strings;
use crate::names::{Scope, value_name, variant_name};
use crate::pointer;
use crate::schema::Direction;
use crate::types::{Type, Types, lines};

/// A declared response.
pub struct Response {
    /// Its status.
    pub status: Status,
    /// Who gives it.
    pub outcome: Outcome,
    /// Variant of the enum it belongs to.
    pub variant: String,
    /// Lines of documentation.
    pub docs: Vec<String>,
    /// Headers that the handler sets.
    pub headers: Vec<Header>,
    /// Media types; none means no body.
    pub media: Vec<Media>,
    /// Name of the enum that tells the media types apart, where there are several.
    pub choice: Option<String>,
    /// Slugs of `x-problems`.
    pub problems: Vec<String>,
    /// Where the list goes on, for its `Link` header (`x-next`).
    pub next: Option<Next>,
}

/// The `x-next` of a `Link` header.
pub struct Next {
    /// The query parameter that takes a cursor.
    pub parameter: String,
    /// The field of the body that has it.
    pub field: String,
}

/// A response's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A number.
    Code(u16),
    /// `4XX` and the like, by its first digit.
    Range(u16),
    /// Everything not named.
    Default,
}

/// Who gives a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The handler, as a success.
    Success,
    /// The handler, as a typed error with a body of the contract's own.
    Failure,
    /// Anyone, as a problem.
    Problem,
    /// The boundary alone (`x-boundary`); it has no content.
    Boundary,
}

/// A response header.
pub struct Header {
    /// Name in the contract.
    pub wire: String,
    /// Field of the variant.
    pub field: String,
    /// Always sent.
    pub required: bool,
    /// How its value is written.
    pub form: HeaderForm,
    /// Rust type, `Option` included.
    pub ty: Type,
    /// Lines of documentation.
    pub docs: Vec<String>,
    /// Its schema.
    pub schema: Value,
}

/// How the value of a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderForm {
    /// Style `simple`.
    Simple,
    /// Style `simple`, exploded.
    Exploded,
    /// As JSON (`content`).
    Json,
}

/// A response body in one media type.
pub struct Media {
    /// As declared.
    pub range: String,
    /// How it is written.
    pub kind: MediaKind,
    /// A stream of server-sent events.
    pub events: bool,
    /// Variant, where there are several.
    pub variant: String,
    /// What it is made from.
    pub ty: Type,
    /// Its schema, where its body is checked; that of the data of one event in a stream of them.
    pub schema: Option<Value>,
}

const PROBLEM: &str = "application/problem+json";

pub(super) fn read(
    document: &Value,
    operation: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
) -> Vec<Response> {
    let at = format!("{pointer}/responses");
    let mut declared: Vec<(Status, Value, String)> = Vec::new();
    for (code, response) in types.ordered(&at, operation.get("responses")) {
        let at = pointer::join(&at, &code);
        if let (Some(status), Some((response, at))) =
            (status(&code), pointer::follow(document, &response, &at))
        {
            declared.push((status, response.clone(), at));
        }
    }
    if declared.is_empty() {
        declared.push((
            Status::Default,
            serde_json::json!({"content": {"*/*": {}}}),
            at,
        ));
    }
    let succeeds = |status: Status| matches!(status, Status::Code(100..400) | Status::Range(1..4));
    let has_success = declared.iter().any(|(status, _, _)| succeeds(*status));
    let mut successes = Scope::default();
    let mut failures = Scope::default();
    let mut responses = Vec::new();
    for (status, response, at) in declared {
        let content = response.get("content").and_then(Value::as_object);
        let only_problems =
            content.is_none_or(|map| map.keys().all(|range| range.starts_with(PROBLEM)));
        let by_boundary = response.get("x-boundary") == Some(&Value::Bool(true));
        let outcome = match status {
            _ if by_boundary => Outcome::Boundary,
            Status::Default if !has_success => Outcome::Success,
            other if succeeds(other) => Outcome::Success,
            _ if only_problems && content.is_some_and(|map| !map.is_empty()) => Outcome::Problem,
            _ => Outcome::Failure,
        };
        let scope = if outcome == Outcome::Success {
            &mut successes
        } else {
            &mut failures
        };
        let variant = scope.claim(status_variant(status));
        responses.push(one(
            document, status, outcome, variant, &response, &at, prefix, types,
        ));
    }
    responses
}

#[expect(
    clippy::too_many_arguments,
    reason = "every argument is a plain fact about one response"
)]
fn one(
    document: &Value,
    status: Status,
    outcome: Outcome,
    variant: String,
    response: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
) -> Response {
    let prefix = if matches!(status, Status::Code(200)) {
        prefix.to_owned()
    } else {
        format!("{prefix}{variant}")
    };
    let mut fields = Scope::default();
    for taken in ["body", "status"] {
        fields.claim(taken.to_owned());
    }
    let mut next = None;
    let mut headers = Vec::new();
    let mut media = Vec::new();
    if matches!(outcome, Outcome::Success | Outcome::Failure) {
        let at = format!("{pointer}/headers");
        for (name, header) in types.ordered(&at, response.get("headers")) {
            let Some((header, at)) = pointer::follow(document, &header, &pointer::join(&at, &name))
            else {
                continue;
            };
            let by_boundary = header
                .get("x-boundary")
                .and_then(Value::as_bool)
                .unwrap_or(false);
            next = next.or_else(|| header.get("x-next").and_then(read_next));
            if !by_boundary && !name.eq_ignore_ascii_case("content-type") {
                headers.push(read_header(&name, header, &at, &prefix, types, &mut fields));
            }
        }
        let at = format!("{pointer}/content");
        let mut scope = Scope::default();
        for (range, entry) in types.ordered(&at, response.get("content")) {
            let at = format!("{at}/{}/schema", pointer::escape(&range));
            let variant = scope.claim(media_variant(&range));
            media.push(read_media(&range, &entry, &at, &variant, &prefix, types));
        }
    } else if outcome == Outcome::Problem {
        media.push(Media {
            range: PROBLEM.to_owned(),
            kind: MediaKind::Json,
            events: false,
            variant: String::new(),
            ty: Type::Value,
            schema: response
                .pointer("/content/application~1problem+json/schema")
                .cloned(),
        });
    }
    // Not the name of the request's own.
    let of = match status {
        Status::Code(200) => "Response",
        _ => "",
    };
    let choice = (media.len() > 1).then(|| types.claim_prefix(&format!("{prefix}{of}Body")));
    Response {
        status,
        outcome,
        variant,
        docs: response
            .get("description")
            .and_then(Value::as_str)
            .map(lines)
            .unwrap_or_default(),
        headers,
        media,
        choice,
        problems: response.get("x-problems").map(strings).unwrap_or_default(),
        next,
    }
}

fn read_next(value: &Value) -> Option<Next> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    Some(Next {
        parameter: text("parameter")?.to_owned(),
        field: value_name(text("member")?),
    })
}

fn read_header(
    name: &str,
    header: &Value,
    pointer: &str,
    prefix: &str,
    types: &mut Types<'_>,
    fields: &mut Scope,
) -> Header {
    let content = header.get("content").and_then(Value::as_object);
    let content = content.and_then(|content| content.iter().next());
    let (schema, at) = match content {
        Some((media, entry)) => {
            let content = pointer::join(&format!("{pointer}/content"), media);
            (entry.get("schema"), format!("{content}/schema"))
        }
        None => (header.get("schema"), format!("{pointer}/schema")),
    };
    let schema = schema.cloned().unwrap_or(Value::Bool(true));
    let form = match content {
        Some((media, _)) if kind(media) == MediaKind::Json => HeaderForm::Json,
        _ if header.get("explode") == Some(&Value::Bool(true)) => HeaderForm::Exploded,
        _ => HeaderForm::Simple,
    };
    let required = header
        .get("required")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let hint = format!("{prefix}{}", variant_name(name));
    let ty = types.lower(&at, &schema, &hint, Direction::Response);
    Header {
        wire: name.to_owned(),
        // One word, though written in two cases.
        field: fields.claim(if name.eq_ignore_ascii_case("etag") {
            "etag".to_owned()
        } else {
            value_name(name)
        }),
        required,
        form,
        ty: if required { ty } else { ty.optional() },
        docs: header
            .get("description")
            .and_then(Value::as_str)
            .map(lines)
            .unwrap_or_default(),
        schema,
    }
}

fn read_media(
    range: &str,
    entry: &Value,
    pointer: &str,
    variant: &str,
    prefix: &str,
    types: &mut Types<'_>,
) -> Media {
    let events = is_events(range);
    let kind = kind(range);
    let declared = entry.get("schema").cloned();
    let (ty, schema) = match kind {
        _ if events => {
            let (schema, at) = event_data(entry, pointer, types);
            let hint = format!("{prefix}Event");
            let data = types.lower(&at, &schema, &hint, Direction::Response);
            (Type::Events(Box::new(data)), Some(schema))
        }
        MediaKind::Json => {
            let schema = declared.unwrap_or(Value::Bool(true));
            let ty = types.lower(
                pointer,
                &schema,
                &format!("{prefix}Response"),
                Direction::Response,
            );
            (ty, Some(schema))
        }
        MediaKind::Text => (Type::Plain("String"), declared),
        MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => (Type::Plain("Body"), None),
    };
    Media {
        range: range.to_owned(),
        kind,
        events,
        variant: variant.to_owned(),
        ty,
        schema,
    }
}

/// Whether a media type is that of server-sent events.
pub(crate) fn is_events(range: &str) -> bool {
    range.to_ascii_lowercase().starts_with("text/event-stream")
}

/// The schema of what one event carries, and where that is: the whole, or its items if it is a list,
/// or its `data` if it describes the fields of an event (as `itemSchema` of OpenAPI 3.2 does).
fn event_data(entry: &Value, pointer: &str, types: &Types<'_>) -> (Value, String) {
    let (schema, at) = match (entry.get("itemSchema"), entry.get("schema")) {
        (Some(item), _) => (item.clone(), pointer.replace("/schema", "/itemSchema")),
        (None, Some(schema)) => (schema.clone(), pointer.to_owned()),
        (None, None) => return (Value::Bool(true), pointer.to_owned()),
    };
    let wrapped = serde_json::json!({ "allOf": [schema] });
    let merged = wrapped.as_object().and_then(|it| types.merge_all_of(it, 0));
    let Some(merged) = merged else {
        return (schema, at);
    };
    match event_part(|keyword| merged.get(keyword)) {
        Some((step, data)) => (data.clone(), format!("{at}/{step}")),
        None => (schema, at),
    }
}

/// The part of a stream's schema that is what one event carries, and the way to it; `None` if that is
/// the whole. `keyword` gives what the schema says, composed or not.
pub(crate) fn event_part<'v>(
    keyword: impl Fn(&str) -> Option<&'v Value>,
) -> Option<(&'static str, &'v Value)> {
    if let Some(items) = keyword("items") {
        return Some(("items", items));
    }
    let fields = keyword("properties")?.as_object()?;
    let data = fields.get("data")?;
    let is_event = |name: &String| ["data", "event", "id", "retry"].contains(&name.as_str());
    (fields.len() > 1 && fields.keys().all(is_event)).then_some(("properties/data", data))
}

/// What a key of `responses` stands for: `200`, `4XX` or `default`.
pub(crate) fn status(code: &str) -> Option<Status> {
    if code == "default" {
        return Some(Status::Default);
    }
    if let Ok(number) = code.parse::<u16>() {
        return (100..600).contains(&number).then_some(Status::Code(number));
    }
    let digit = code.to_ascii_uppercase().strip_suffix("XX")?.parse().ok()?;
    (1..6).contains(&digit).then_some(Status::Range(digit))
}

/// `Created`, `ClientError`, `Default`: the standard name of a status.
fn status_variant(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(_) => "ServerError".to_owned(),
        Status::Code(code) => {
            let reason = http::StatusCode::from_u16(code)
                .ok()
                .and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("Status{code}"), variant_name)
        }
    }
}
