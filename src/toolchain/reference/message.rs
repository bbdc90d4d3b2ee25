//! What is sent and what is answered: parameters, bodies, headers, responses.

use codegen::schema::Direction;
use maud::{Markup, html};
use serde_json::Value;

use super::book::Operation;
use super::frame::Page;
use super::schema::Named;
use super::{sample, schema};
use crate::toolchain::part::Part;

/// Where parameters stand, in the order of the page.
const PLACES: [(&str, &str); 4] = [
    ("path", "In the path"),
    ("query", "In the query"),
    ("header", "Headers"),
    ("cookie", "Cookies"),
];

/// The parameters of an operation, those of its path included.
pub fn parameters<'a>(operation: &Operation<'a>) -> Vec<Part<'a>> {
    let own = operation.part.items_of("parameters");
    let name = |part: &Part<'a>| (part.text("in"), part.text("name"));
    let mut all: Vec<Part<'a>> = operation.item.items_of("parameters");
    all.retain(|shared| own.iter().all(|it| name(it) != name(shared)));
    all.extend(own);
    all
}

/// The parameters by place.
pub fn parameter_lists(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let all = parameters(operation);
    html! {
        @for (place, title) in PLACES {
            @let here: Vec<&Part<'_>> = all.iter().filter(|it| it.text("in") == Some(place)).collect();
            @if !here.is_empty() {
                h3 { (title) }
                ul.fields { @for parameter in here { (named(page, parameter.text("name").unwrap_or_default(), parameter)) } }
            }
        }
    }
}

/// A parameter or a header.
fn named(page: &Page<'_, '_>, name: &str, part: &Part<'_>) -> Markup {
    let schema = part.member("schema").or_else(|| {
        let (_, media) = part.fields_of("content").into_iter().next()?;
        media.member("schema")
    });
    let Some(schema) = schema else {
        return html! { li { div.head { code.name { (name) } } } };
    };
    let named = Named {
        name: html! { (name) },
        is_required: part.is_true("required"),
        about: Some(part),
    };
    schema::field(page, &named, &schema, &mut Vec::new())
}

/// The body of a request.
pub fn request(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let Some(body) = operation.part.get("requestBody") else {
        return html! {};
    };
    let word = if body.is_true("required") {
        "required"
    } else {
        "optional"
    };
    html! {
        h2 #body { "Body" " " span.tag { (word) } }
        @if let Some(text) = body.text("description") { (page.prose(text)) }
        @for (media_type, media) in body.fields_of("content") {
            (content(page, &media_type, &media, Direction::Request))
        }
    }
}

/// A media type: its schema beside its examples.
fn content(page: &Page<'_, '_>, media_type: &str, media: &Part<'_>, way: Direction) -> Markup {
    page.way.set(Some(way));
    let whole = media.member("schema").map(|it| schema::whole(page, &it));
    let examples = sample::of_media(page, media, media_type, way);
    page.way.set(None);
    html! {
        h3 { code { (media_type) } }
        div.beside { div { (whole.unwrap_or_default()) } div { (examples) } }
    }
}

/// Every response of an operation.
pub fn responses(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let all = operation.part.fields_of("responses");
    let first = all.iter().position(|(status, _)| is_success(status));
    html! {
        h2 #answers { @if operation.is_hook { "Answers that are expected" } @else { "Answers" } }
        @for (index, (status, response)) in all.iter().enumerate() {
            details.response open[first == Some(index)] {
                summary {
                    span class={ "status " (class(status)) } { (status) } " "
                    (response.text("description").map(first_sentence).unwrap_or_default())
                }
                (response_body(page, status, response))
            }
        }
    }
}

fn response_body(page: &Page<'_, '_>, status: &str, response: &Part<'_>) -> Markup {
    let text = response.text("description").unwrap_or_default();
    let headers = response.fields_of("headers");
    page.way.set(Some(Direction::Response));
    let rows: Vec<Markup> = headers
        .iter()
        .map(|(name, header)| named(page, name, header))
        .collect();
    page.way.set(None);
    html! {
        @if text != first_sentence(text) { (page.prose(text)) }
        (problems(page, response))
        @for (media_type, media) in response.fields_of("content") {
            @if is_success(status) { (content(page, &media_type, &media, Direction::Response)) }
            @else { (error(page, &media_type, &media)) }
        }
        @if !rows.is_empty() {
            details.headers { summary { "Headers" } ul.fields { @for row in rows { (row) } } }
        }
        (links(page, response))
    }
}

/// The content of an error: all have the same schema as a rule, which has its own page.
fn error(page: &Page<'_, '_>, media_type: &str, media: &Part<'_>) -> Markup {
    let home = media
        .member("schema")
        .and_then(|it| schema::home(page, &it));
    match home {
        None => content(page, media_type, media, Direction::Response),
        Some(home) => html! {
            h3 { code { (media_type) } " " a href={ (page.root) (home.file) } { (home.name) } }
            @if media.value.get("example").is_some() || media.value.get("examples").is_some() {
                (sample::of_media(page, media, media_type, Direction::Response))
            }
        },
    }
}

/// The types of problems that a response may be.
fn problems(page: &Page<'_, '_>, response: &Part<'_>) -> Markup {
    let names = response.value.get("x-problems").and_then(Value::as_array);
    let names: Vec<&str> = names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let is_known = |name: &str| page.book.problems.iter().any(|(known, _)| known == name);
    html! {
        @if !names.is_empty() {
            p.note {
                "Problems: "
                @for (index, name) in names.iter().enumerate() {
                    @if index > 0 { ", " }
                    @if is_known(name) { a href={ (page.root) "problems.html#" (name) } { code { (name) } } }
                    @else { code { (name) } }
                }
            }
        }
    }
}

fn links(page: &Page<'_, '_>, response: &Part<'_>) -> Markup {
    let links = response.fields_of("links");
    html! {
        @if !links.is_empty() {
            h3 { "Where this leads" }
            ul.plain {
                @for (name, link) in links {
                    li {
                        code { (name) } " "
                        @if let Some(to) = link.text("operationId").and_then(|id| page.book.operation(id)) {
                            (page.operation_link(to))
                        }
                        @if let Some(text) = link.text("description") { (page.prose(text)) }
                    }
                }
            }
        }
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with(['1', '2', '3'])
}

fn class(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'1' | b'2' | b'3') => "good",
        Some(b'4' | b'5') => "bad",
        _ => "other",
    }
}

fn first_sentence(text: &str) -> &str {
    let line = text.trim().lines().next().unwrap_or_default();
    match line.find(". ") {
        Some(end) => line.get(..=end).unwrap_or(line),
        None => line,
    }
}
