//! An operation as the templates print it: types and trait method, and the row of the table.

use serde_json::{Value, json};

use super::{doc_lines, list, literal, media_kind, option, outdated, type_text};
use crate::api::{
    Api, Body, HeaderForm, Media, MediaKind, Operation, Outcome, Parameter, Response, Route, Status,
};
use crate::generate::Validators;
use crate::types::{Type, Types};

/// `x-operation`: what the file of its tag prints.
pub fn operation(it: &Operation, types: &Types<'_>) -> Value {
    let for_handler = it.parameters.iter().filter(|it| !it.by_boundary);
    let mut fields: Vec<Value> = for_handler
        .map(|parameter| parameter_field(parameter, types))
        .collect();
    if let Some(body) = &it.body {
        fields.push(body_field(body, types));
    }
    let outcome = |wanted: Outcome| -> Vec<Value> {
        let of_kind = it
            .responses
            .iter()
            .filter(|response| response.outcome == wanted);
        of_kind
            .map(|response| variant(response, &it.type_name, wanted, types))
            .collect()
    };
    let successes = outcome(Outcome::Success);
    let failures = outcome(Outcome::Failure);
    let mut choices: Vec<Value> = it
        .responses
        .iter()
        .filter_map(|response| response_choice(response, types))
        .collect();
    choices.extend(it.body.as_ref().and_then(|body| body_choice(body, types)));
    let mut docs = it.docs.clone();
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!("`{} {}`", it.method, it.path));
    json!({
        "id": it.id,
        "fn_name": it.fn_name,
        "type_name": it.type_name,
        "const_name": it.const_name,
        "docs": doc_lines(&docs),
        "deprecated": it.deprecated,
        "has_request": !fields.is_empty(),
        "fields": fields,
        "successes": successes,
        "has_successes": !successes.is_empty(),
        "has_failures": !failures.is_empty(),
        "failures": failures,
        "choices": choices,
    })
}

fn parameter_field(parameter: &Parameter, types: &Types<'_>) -> Value {
    let place = match parameter.place.as_str() {
        "path" => "Path",
        "query" => "Query",
        "header" => "Header",
        _ => "Cookie",
    };
    json!({
        "name": parameter.field,
        "ty": type_text(&parameter.ty, types, "models::"),
        "docs": doc_lines(&field_docs(&parameter.docs, &parameter.wire, &parameter.field)),
        "decode": format!("input.parameter(Place::{place}, {})?", literal(&parameter.wire)),
    })
}

/// What the contract says of a parameter or header, at least its name where the field has another.
pub(super) fn field_docs(docs: &[String], wire: &str, field: &str) -> Vec<String> {
    match docs.is_empty() && field != wire {
        true => vec![format!("`{wire}`")],
        false => docs.to_vec(),
    }
}

fn body_field(body: &Body, types: &Types<'_>) -> Value {
    let (ty, decode) = match &body.choice {
        Some(name) => {
            let last = body.media.len() - 1;
            let arms: Vec<String> = body
                .media
                .iter()
                .enumerate()
                .map(|(index, media)| {
                    let pattern = if index == last {
                        "_".to_owned()
                    } else {
                        index.to_string()
                    };
                    format!("{pattern} => {name}::{}({}),", media.variant, reader(media))
                })
                .collect();
            (
                name.clone(),
                format!("match input.media() {{ {} }}", arms.join(" ")),
            )
        }
        None => {
            let media = &body.media[0];
            (
                type_text(&media.ty, types, "models::"),
                reader(media).to_owned(),
            )
        }
    };
    let (ty, decode) = match body.required {
        true => (ty, decode),
        false => (
            format!("Option<{ty}>"),
            format!("if input.has_body() {{ Some({decode}) }} else {{ None }}"),
        ),
    };
    json!({ "name": "body", "ty": ty, "docs": [" The body."], "decode": decode })
}

fn reader(media: &Media) -> &'static str {
    match media.kind {
        MediaKind::Text if media.ty == Type::Plain("String") => "input.text()?",
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart | MediaKind::Text => {
            "input.value()?"
        }
        MediaKind::Binary => "input.upload()?",
    }
}

fn body_choice(body: &Body, types: &Types<'_>) -> Option<Value> {
    let name = body.choice.as_ref()?;
    Some(json!({
        "choice": name,
        "choice_docs": " A body, by its media type.",
        "choice_derives": "Debug, Clone",
        "arms": body.media.iter().map(|media| json!({
            "variant": media.variant,
            "ty": type_text(&media.ty, types, "models::"),
            "wire_doc": format!(" `{}`", media.range),
        })).collect::<Vec<_>>(),
    }))
}

fn response_choice(response: &Response, types: &Types<'_>) -> Option<Value> {
    let name = response.choice.as_ref()?;
    Some(json!({
        "choice": name,
        "choice_docs": " The body of an answer, by its media type.",
        "choice_derives": "Debug",
        "arms": response.media.iter().map(|media| json!({
            "variant": media.variant,
            "ty": type_text(&media.ty, types, "models::"),
            "wire_doc": format!(" `{}`", media.range),
        })).collect::<Vec<_>>(),
    }))
}

/// A variant of the response or failure enum, and the arm that writes it.
fn variant(response: &Response, prefix: &str, outcome: Outcome, types: &Types<'_>) -> Value {
    let owner = match outcome {
        Outcome::Failure => format!("{prefix}Failure"),
        _ => format!("{prefix}Response"),
    };
    let body = match (&response.choice, response.media.first()) {
        (Some(name), _) => Some(name.clone()),
        (None, Some(media)) => Some(type_text(&media.ty, types, "models::")),
        (None, None) => None,
    };
    let open = !matches!(response.status, Status::Code(_));
    let mut fields = Vec::new();
    if open {
        fields.push(
            json!({ "name": "status", "ty": "StatusCode", "docs": [" Status of the answer."] }),
        );
    }
    for header in &response.headers {
        fields.push(json!({
            "name": header.field,
            "ty": type_text(&header.ty, types, "models::"),
            "docs": doc_lines(&field_docs(&header.docs, &header.wire, &header.field)),
        }));
    }
    let tuple = fields.is_empty().then(|| body.clone()).flatten();
    if let (None, Some(body)) = (&tuple, &body) {
        fields.push(json!({ "name": "body", "ty": body, "docs": [" The body."] }));
    }
    let names: Vec<&str> = fields
        .iter()
        .filter_map(|field| field["name"].as_str())
        .collect();
    let pattern = match (&tuple, names.is_empty()) {
        (Some(_), _) => format!("{owner}::{}(body)", response.variant),
        (None, false) => format!("{owner}::{} {{ {} }}", response.variant, names.join(", ")),
        (None, true) => format!("{owner}::{}", response.variant),
    };
    json!({
        "variant": response.variant,
        "docs": doc_lines(&status_docs(response)),
        "tuple": tuple.map_or(Value::Bool(false), Value::from),
        "fields": fields,
        "has_fields": !names.is_empty(),
        "pattern": pattern,
        "reply": reply(response),
    })
}

fn status_docs(response: &Response) -> Vec<String> {
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut docs = response.docs.clone();
    match docs.first_mut() {
        Some(first) => *first = format!("{status}: {first}"),
        None => docs.push(status),
    }
    docs
}

/// The expression that builds the runtime's `Reply`.
fn reply(response: &Response) -> String {
    let mut text = match response.status {
        Status::Code(code) => format!("Reply::new({code})"),
        Status::Range(digit) => format!("Reply::in_range({digit}, status)"),
        Status::Default => "Reply::with_status(status)".to_owned(),
    };
    for header in &response.headers {
        let (write, name) = (writer_of(header.form), literal(&header.wire));
        text.push_str(&format!(".{write}({name}, &{})", header.field));
    }
    if let (Some(next), None) = (&response.next, &response.choice) {
        text.push_str(&format!(
            ".next_page({}, &body.{})",
            literal(&next.parameter),
            next.field
        ));
    }
    match (&response.choice, response.media.first()) {
        (Some(name), _) => {
            let arms: Vec<String> = response
                .media
                .iter()
                .map(|media| format!("{name}::{}(body) => reply{},", media.variant, writer(media)))
                .collect();
            format!(
                "{{ let reply = {text}; match body {{ {} }} }}",
                arms.join(" ")
            )
        }
        (None, Some(media)) => format!("{text}{}", writer(media)),
        (None, None) => text,
    }
}

/// The method of the runtime's `Reply` that writes a header.
fn writer_of(form: HeaderForm) -> &'static str {
    match form {
        HeaderForm::Simple => "header",
        HeaderForm::Exploded => "exploded_header",
        HeaderForm::Json => "json_header",
    }
}

fn writer(media: &crate::api::responses::Media) -> String {
    let range = literal(&media.range);
    match media.ty {
        Type::Events(_) => ".events(body)".to_owned(),
        _ => match media.kind {
            MediaKind::Json => format!(".json({range}, &body)"),
            MediaKind::Text => format!(".text({range}, body)"),
            _ => format!(".stream({range}, body)"),
        },
    }
}

/// A row of the operation table, with the routes that lead to it.
pub fn table(it: &Operation, api: &Api, validators: &Validators) -> Value {
    let checks = validators
        .checks
        .get(&it.const_name)
        .cloned()
        .unwrap_or_default();
    let tag = &api.tags[it.tag];
    let mut shapes = Vec::new();
    let mut hoist = |expression: String| {
        let known = shapes.iter().position(|known| *known == expression);
        let index = known.unwrap_or_else(|| {
            shapes.push(expression);
            shapes.len() - 1
        });
        format!("shapes::{}_{index}", it.const_name)
    };
    let parameters = it.parameters.iter();
    let parameters: Vec<Value> = parameters
        .map(|parameter| json!({ "expression": parameter_row(parameter, &mut hoist) }))
        .collect();
    let body = body_row(it.body.as_ref(), &mut hoist);
    let shapes = shapes.iter().enumerate().map(|(index, expression)| {
        json!({ "name": format!("{}_{index}", it.const_name), "expression": expression })
    });
    json!({
        "shapes": shapes.collect::<Vec<_>>(),
        "const_name": it.const_name,
        "id_lit": literal(&it.id),
        "method_lit": literal(&it.method),
        "path_lit": literal(&it.path),
        "tag_lit": literal(&tag.wire),
        "docs": doc_lines(&[format!("`{} {}`", it.method, it.path)]),
        "module": super::escaped_module(&tag.module),
        "trait_name": tag.trait_name,
        "fn_name": it.fn_name,
        "type_name": it.type_name,
        "has_request": it.parameters.iter().any(|it| !it.by_boundary) || it.body.is_some(),
        "id": it.id,
        "parameters_check": checks.0,
        "body_checks": checks.1,
        "security": security(it, api),
        "parameters": parameters,
        "body": body,
        "responses": it.responses.iter().map(|response| json!({ "expression": response_row(response) })).collect::<Vec<_>>(),
        "rate_class": option(it.rate_class.as_deref()),
        "audience": option(it.audience.as_deref()),
        "log": it.log.to_string(),
        "idempotency": match it.idempotency.as_deref() {
            Some("required") => "Policy::Required",
            Some("optional") => "Policy::Optional",
            _ => "Policy::None",
        },
        "if_match": precondition(it, "if-match"),
        "if_none_match": precondition(it, "if-none-match"),
        "deprecated": it.deprecated.to_string(),
        "deprecated_since": option(it.deprecated_since.as_deref()),
        "sunset": option(it.sunset.as_deref()),
        "deprecation_link": option(it.deprecation_link.as_deref()),
        "outdated": outdated::row(it.outdated.as_ref()),
        "sparse": sparse(it),
        "routes": it.routes.iter().map(|route| json!({ "expression": route_row(route) })).collect::<Vec<_>>(),
    })
}

/// The runtime's `Sparse`.
fn sparse(it: &Operation) -> String {
    let parameter = it.parameters.iter().find(|parameter| parameter.sparse);
    match (parameter, &it.sparse) {
        (Some(parameter), Some(list)) => format!(
            "Some(Sparse {{ parameter: {}, list: {} }})",
            literal(&parameter.wire),
            option(list.as_deref())
        ),
        _ => "None".to_owned(),
    }
}

/// Whether the boundary takes this header of conditional requests.
fn precondition(it: &Operation, name: &str) -> &'static str {
    let declared = it
        .parameters
        .iter()
        .find(|it| it.by_boundary && it.place == "header" && it.wire.eq_ignore_ascii_case(name));
    match declared.map(|it| it.required) {
        None => "Policy::None",
        Some(false) => "Policy::Optional",
        Some(true) => "Policy::Required",
    }
}

fn security(it: &Operation, api: &Api) -> String {
    let alternatives: Vec<String> = it
        .security
        .alternatives
        .iter()
        .map(|all| {
            let all: Vec<String> = all
                .iter()
                .map(|(scheme, scopes)| {
                    let scheme = &api.schemes[*scheme].const_name;
                    format!(
                        "Requirement {{ scheme: &{scheme}, scopes: {} }}",
                        list(scopes)
                    )
                })
                .collect();
            format!("&[{}]", all.join(", "))
        })
        .collect();
    format!("&[{}]", alternatives.join(", "))
}

pub(super) fn parameter_row(it: &Parameter, hoist: &mut dyn FnMut(String) -> String) -> String {
    let place = match it.place.as_str() {
        "path" => "Path",
        "query" => "Query",
        "header" => "Header",
        _ => "Cookie",
    };
    let style = style(&it.style);
    format!(
        "Parameter {{ name: {}, place: Place::{place}, style: {style}, explode: {}, required: {}, allow_empty: {}, \
         json_content: {}, shape: &{}, default: {} }}",
        literal(&it.wire),
        it.explode,
        it.required,
        it.allow_empty,
        it.json_content,
        it.shape.expression(hoist),
        option(it.default.as_deref()),
    )
}

fn style(name: &str) -> &'static str {
    match name {
        "label" => "Style::Label",
        "matrix" => "Style::Matrix",
        "form" => "Style::Form",
        "spaceDelimited" => "Style::SpaceDelimited",
        "pipeDelimited" => "Style::PipeDelimited",
        "deepObject" => "Style::DeepObject",
        _ => "Style::Simple",
    }
}

fn body_row(body: Option<&Body>, hoist: &mut dyn FnMut(String) -> String) -> String {
    let Some(body) = body else {
        return "None".to_owned();
    };
    let media: Vec<String> = body
        .media
        .iter()
        .map(|media| {
            let parts: Vec<String> = media
                .parts
                .iter()
                .map(|part| {
                    let part_style = part.style.as_deref().unwrap_or("form");
                    let explode = part.explode.unwrap_or(part_style == "form");
                    format!(
                        "Part {{ name: {}, content_types: {}, style: {}, explode: {explode}, headers: {}, is_file: {}, max_bytes: {:?} }}",
                        literal(&part.wire), list(&part.content_types), style(part_style), list(&part.headers), part.file, part.max_bytes,
                    )
                })
                .collect();
            format!(
                "Media {{ range: {}, kind: {}, shape: &{}, parts: &[{}], max_bytes: {:?}, secrets: {} }}",
                literal(&media.range), media_kind(media.kind), media.shape.expression(hoist), parts.join(", "), media.max_bytes,
                list(&media.secrets),
            )
        })
        .collect();
    format!(
        "Some(&RequestBody {{ required: {}, media: &[{}] }})",
        body.required,
        media.join(", ")
    )
}

fn response_row(it: &Response) -> String {
    let status = outdated::status(it.status);
    let media: Vec<String> = it.media.iter().map(|media| media.range.clone()).collect();
    format!(
        "Response {{ status: {status}, media: {}, problems: {} }}",
        list(&media),
        list(&it.problems)
    )
}

fn route_row(route: &Route) -> String {
    use crate::api::{Asked, Piece};
    let segments: Vec<String> = route
        .segments
        .iter()
        .map(|pieces| {
            let pieces: Vec<String> = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => format!("Piece::Literal({text:?})"),
                    Piece::Parameter(name) => format!("Piece::Parameter({name:?})"),
                    Piece::Rest(name) => format!("Piece::Rest({name:?})"),
                })
                .collect();
            format!("&[{}]", pieces.join(", "))
        })
        .collect();
    let query: Vec<String> = route
        .query
        .iter()
        .map(|(name, asked)| {
            let asked = match asked {
                Asked::Presence => "Asked::Presence".to_owned(),
                Asked::Text(text) => format!("Asked::Text({text:?})"),
                Asked::Parameter(name) => format!("Asked::Parameter({name:?})"),
            };
            format!("({name:?}, {asked})")
        })
        .collect();
    format!(
        "Template {{ segments: &[{}], query: &[{}] }}",
        segments.join(", "),
        query.join(", ")
    )
}
