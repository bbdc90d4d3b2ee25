//! Schemas as lists of members.

use codegen::schema::Direction;
use maud::{Markup, html};
use serde_json::Value;

use super::book::{Book, Home};
use super::frame::{Page, frame};
use super::rules::rules;
use crate::toolchain::part::Part;

/// How deep members of members are listed; below, links lead on.
const DEPTH: usize = 5;

/// Parts of one schema that are looked at.
const PARTS: usize = 32;

/// Arms that a choice names in a line.
const ARMS: usize = 3;

/// Every schema of the document.
pub fn list(book: &Book<'_>) -> String {
    let page = Page::top(book, "Schemas");
    let content = html! {
        h1 { "Schemas" }
        @if book.schemas.is_empty() { p { "The document has no schemas of their own." } }
        dl.list {
            @for home in &book.schemas {
                dt { a href=(home.file) { (home.name) } " " span.type { (kind(&page, &home.part)) } }
                dd { (first_line(&home.part)) }
            }
        }
    };
    frame(&page, None, &content)
}

fn first_line(part: &Part<'_>) -> String {
    let text = part
        .text("description")
        .or(part.text("title"))
        .unwrap_or_default();
    let line = text.trim().lines().next().unwrap_or_default();
    line.chars().take(200).collect()
}

/// All of a schema: description, rules, members.
pub fn whole(page: &Page<'_, '_>, part: &Part<'_>) -> Markup {
    let parts = flatten(part);
    html! {
        p.type { (label(page, part)) }
        (described(page, &parts))
        (rules(&parts))
        (children(page, part, &mut Vec::new()).unwrap_or_default())
    }
}

/// What is said of a named value beside its schema.
pub struct Named<'n, 'a> {
    pub name: Markup,
    pub is_required: bool,
    /// The parameter or header, whose description goes before that of the schema.
    pub about: Option<&'n Part<'a>>,
}

impl Named<'_, '_> {
    fn new(name: Markup, is_required: bool) -> Self {
        Self {
            name,
            is_required,
            about: None,
        }
    }
}

/// One named value: a member, a parameter or a header.
pub fn field(
    page: &Page<'_, '_>,
    named: &Named<'_, '_>,
    part: &Part<'_>,
    trail: &mut Vec<String>,
) -> Markup {
    let parts = flatten(part);
    let rules = rules(&parts);
    let is = |flag: &str| {
        parts
            .iter()
            .chain(named.about)
            .any(|part| part.is_true(flag))
    };
    page.members.set(page.members.get().saturating_sub(1));
    html! {
        li {
            div.head {
                code.name { (named.name) } " " span.type { (label(page, part)) }
                @if named.is_required { " " span.tag.must { "required" } }
                @if page.way.get().is_none() && is("readOnly") { " " span.tag { "only in answers" } }
                @if page.way.get().is_none() && is("writeOnly") { " " span.tag { "only in requests" } }
                @if is("deprecated") { " " span.tag.old { "deprecated" } }
            }
            (described(page, named.about.into_iter().chain(&parts)))
            (rules)
            @if let Some(children) = children(page, part, trail) {
                details.members { summary { (if is_list(&parts) { "Items" } else { "Members" }) } (children) }
            }
        }
    }
}

fn is_list(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.value.get("items").is_some())
}

fn described<'p, 'a: 'p>(
    page: &Page<'_, '_>,
    parts: impl IntoIterator<Item = &'p Part<'a>>,
) -> Markup {
    let mut texts = parts
        .into_iter()
        .filter_map(|part| part.text("description"));
    html! { @if let Some(text) = texts.next() { (page.prose(text)) } }
}

/// What kind of value a schema takes, with a link if it has a page.
pub fn label(page: &Page<'_, '_>, part: &Part<'_>) -> Markup {
    match home(page, part) {
        Some(home) => {
            html! { a href={ (page.root) (home.file) } { (home.name) } " " (kind(page, &home.part)) }
        }
        None => kind(page, part),
    }
}

/// The page of a schema that only stands for another one.
pub fn home<'b, 'a>(page: &Page<'b, 'a>, part: &Part<'_>) -> Option<&'b Home<'a>> {
    let alone = || match part.member("allOf")?.items().as_slice() {
        [only] => only.target(),
        _ => None,
    };
    let target = part.target().or_else(alone)?;
    page.book.home(&target.at)
}

fn kind(page: &Page<'_, '_>, part: &Part<'_>) -> Markup {
    match part.value {
        Value::Bool(true) => return html! { "any value" },
        Value::Bool(false) => return html! { "no value" },
        _ => {}
    }
    let parts = flatten(part);
    let types = types(&parts);
    let format = parts.iter().find_map(|part| part.text("format"));
    let or_null = types.contains(&"null") && types.len() > 1;
    let names: Vec<&str> = types
        .iter()
        .copied()
        .filter(|name| *name != "null" || !or_null)
        .collect();
    let items = parts.iter().find_map(|part| part.member("items"));
    html! {
        @match (names.as_slice(), items) {
            ([], _) => (kind_without_type(page, &parts)),
            (["array"], Some(items)) => { "list of " (label(page, &items)) },
            (["array"], None) => "list",
            (names, _) => (names.join(" or ")),
        }
        @if let Some(format) = format { " (" (format) ")" }
        @if or_null { " or null" }
    }
}

fn types<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    let own = parts.iter().find_map(|part| part.value.get("type"));
    match own {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn kind_without_type(page: &Page<'_, '_>, parts: &[Part<'_>]) -> Markup {
    let has = |name: &str| parts.iter().any(|part| part.value.get(name).is_some());
    let mut arms = Vec::new();
    for part in parts {
        arms.extend(
            part.member("oneOf")
                .or(part.member("anyOf"))
                .map(|it| it.items())
                .unwrap_or_default(),
        );
    }
    let (nulls, arms): (Vec<_>, Vec<_>) = arms.into_iter().partition(is_null);
    html! {
        @if has("properties") || has("additionalProperties") { "object" }
        @else if has("enum") || has("const") { "value" }
        @else if has("items") { "list" }
        @else if arms.is_empty() { "any value" }
        @else if arms.len() > ARMS { "one of " (arms.len()) " kinds" }
        @else {
            @for (index, arm) in arms.iter().enumerate() { @if index > 0 { " or " } (label_in_line(page, arm)) }
        }
        @if !nulls.is_empty() { " or null" }
    }
}

/// A label without what could lead back to itself.
fn label_in_line(page: &Page<'_, '_>, part: &Part<'_>) -> Markup {
    match home(page, part) {
        Some(home) => html! { a href={ (page.root) (home.file) } { (home.name) } },
        None => {
            let types = types(&flatten(part));
            html! { @if types.is_empty() { "another" } @else { (types.join(" or ")) } }
        }
    }
}

fn is_null(part: &Part<'_>) -> bool {
    part.text("type") == Some("null")
}

/// The schemas that look at the same value: through references and `allOf`.
pub fn flatten<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    let mut found: Vec<Part<'a>> = Vec::new();
    let mut open = vec![part.clone()];
    while let Some(next) = open.pop() {
        if found.len() >= PARTS || found.iter().any(|known| known.at == next.at) {
            continue;
        }
        let inner = next
            .member("allOf")
            .map(|list| list.items())
            .unwrap_or_default();
        open.extend(inner.into_iter().rev());
        open.extend(next.target());
        found.push(next);
    }
    found
}

/// The members, items and arms of a schema. `trail` holds the schemas around it.
fn children(page: &Page<'_, '_>, part: &Part<'_>, trail: &mut Vec<String>) -> Option<Markup> {
    let parts = flatten(part);
    let is_known = parts.iter().any(|part| trail.contains(&part.at));
    if is_known || trail.len() >= DEPTH || page.members.get() == 0 {
        return None;
    }
    let own = parts
        .iter()
        .map(|part| part.at.clone())
        .find(|at| page.book.home(at).is_some());
    trail.push(own.unwrap_or_else(|| part.at.clone()));
    let members = members(page, &parts, trail);
    let items = parts.iter().find_map(|part| part.member("items"));
    let items = items.and_then(|items| item(page, &items, trail));
    let arms: Vec<Markup> = parts
        .iter()
        .filter_map(|part| choice(page, part, trail))
        .collect();
    trail.pop();
    let is_empty = members.is_none() && items.is_none() && arms.is_empty();
    (!is_empty).then(|| html! { (members.unwrap_or_default()) (items.unwrap_or_default()) @for arm in arms { (arm) } })
}

fn members(page: &Page<'_, '_>, parts: &[Part<'_>], trail: &mut Vec<String>) -> Option<Markup> {
    let required: Vec<&str> = parts
        .iter()
        .filter_map(|part| part.value.get("required")?.as_array())
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    let hidden = match page.way.get() {
        Some(Direction::Request) => "readOnly",
        Some(Direction::Response) => "writeOnly",
        None => "",
    };
    for (name, member) in parts
        .iter()
        .filter_map(|part| part.member("properties"))
        .flat_map(|it| it.members())
    {
        if seen.contains(&name) || flatten(&member).iter().any(|part| part.is_true(hidden)) {
            continue;
        }
        let named = Named::new(html! { (name) }, required.contains(&name.as_str()));
        rows.push(field(page, &named, &member, trail));
        seen.push(name);
    }
    for (pattern, member) in parts
        .iter()
        .filter_map(|part| part.member("patternProperties"))
        .flat_map(|it| it.members())
    {
        rows.push(field(
            page,
            &Named::new(html! { "/" (pattern) "/" }, false),
            &member,
            trail,
        ));
    }
    let mut more = parts
        .iter()
        .filter_map(|part| part.member("additionalProperties"));
    if let Some(more) = more.find(|more| more.value.as_object().is_some_and(|it| !it.is_empty())) {
        rows.push(field(
            page,
            &Named::new(html! { "any other name" }, false),
            &more,
            trail,
        ));
    }
    (!rows.is_empty()).then(|| html! { ul.fields { @for row in rows { (row) } } })
}

/// What holds of each item of a list.
fn item(page: &Page<'_, '_>, items: &Part<'_>, trail: &mut Vec<String>) -> Option<Markup> {
    let parts = flatten(items);
    let rules = rules(&parts);
    let children = children(page, items, trail);
    let is_plain = rules.0.is_empty() && children.is_none();
    (!is_plain).then(|| {
        html! { div.item { p.note { "Each item:" } (rules) (children.unwrap_or_default()) } }
    })
}

fn choice(page: &Page<'_, '_>, part: &Part<'_>, trail: &mut Vec<String>) -> Option<Markup> {
    let (words, arms) = match (part.member("oneOf"), part.member("anyOf")) {
        (Some(arms), _) => ("One of:", arms),
        (_, Some(arms)) => ("Any of:", arms),
        _ => return None,
    };
    let arms: Vec<Part<'_>> = arms
        .items()
        .into_iter()
        .filter(|arm| !is_null(arm))
        .collect();
    let mut rows = Vec::new();
    for arm in &arms {
        let parts = flatten(arm);
        let title = arm.text("title");
        let inner = children(page, arm, trail);
        rows.push(html! {
            details.arm open[arms.len() == 1] {
                summary { @if let Some(title) = title { (title) ": " } (label(page, arm)) }
                (described(page, &parts)) (rules(&parts)) (inner.unwrap_or_default())
            }
        });
    }
    let by = part
        .get("discriminator")
        .and_then(|it| it.text("propertyName"));
    (!rows.is_empty()).then(|| {
        html! {
            div.arms {
                p.note { (words) @if let Some(by) = by { " (told apart by " code { (by) } ")" } }
                @for row in rows { (row) }
            }
        }
    })
}
