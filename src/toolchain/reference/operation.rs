//! The page of an operation or a webhook.

use codegen::grammar::METHODS;
use maud::{Markup, html};
use serde_json::Value;

use super::book::{Book, Operation};
use super::frame::{Page, frame, method};
use super::message::{parameter_lists, parameters, request, responses};
use super::sample;
use crate::toolchain::html::slug;

/// What the pipeline reads of an operation beside the specification, with the words for it.
const POLICIES: [(&str, &str); 6] = [
    ("x-audience", "For"),
    ("x-rate-class", "Rate class"),
    ("x-idempotency", "Idempotency key"),
    ("x-deprecated-since", "Deprecated since"),
    ("x-sunset", "Works until"),
    ("operationId", "Name in client libraries"),
];

/// The page.
pub fn page(book: &Book<'_>, operation: &Operation<'_>) -> String {
    let page = Page::below(book, &operation.title());
    let groups = book.groups.iter();
    let place = book
        .operations
        .iter()
        .position(|it| it.file == operation.file);
    let group = groups
        .into_iter()
        .find(|group| place.is_some_and(|it| group.operations.contains(&it)));
    let content = html! {
        @if let Some(group) = group {
            p.crumbs { a href={ "../index.html#" (group.id) } { (group.name) } }
        }
        h1 { (operation.title()) }
        p.line { (method(&operation.method)) " " code { (operation.path) } }
        (standing(operation))
        @if let Some(text) = operation.part.text("description") { (page.prose(text)) }
        (facts(&page, operation))
        @if !operation.is_hook { (sample::call(&page, operation)) }
        (body(&page, operation))
        (callbacks(&page, operation))
    };
    frame(&page, Some(operation), &content)
}

/// Parameters, body, answers.
fn body(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    html! {
        @if !parameters(operation).is_empty() {
            h2 #parameters { "Parameters" }
            (parameter_lists(page, operation))
        }
        (request(page, operation))
        (responses(page, operation))
    }
}

fn standing(operation: &Operation<'_>) -> Markup {
    html! {
        @if operation.is_hook {
            p.notice { "The service sends this to you; what you answer is below." }
        }
        @if operation.part.is_true("deprecated") {
            p.notice.old {
                "Deprecated"
                @if let Some(day) = operation.part.text("x-sunset") { "; it works until " (day) }
                "."
            }
        }
    }
}

fn facts(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let policies = POLICIES
        .iter()
        .filter_map(|(name, words)| Some((words, operation.part.text(name)?)));
    html! {
        dl.facts {
            dt { "Who may call" }
            dd { (security(page, operation)) }
            @for (words, value) in policies { dt { (words) } dd { code { (value) } } }
        }
    }
}

fn security(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let own = operation.part.value.get("security");
    let root = page
        .book
        .root
        .value
        .get("security")
        .filter(|_| !operation.is_hook);
    let ways = own
        .or(root)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let ways: Vec<Vec<(&String, &Value)>> = ways
        .iter()
        .filter_map(Value::as_object)
        .map(|way| way.iter().collect())
        .collect();
    html! {
        @if ways.is_empty() { "everybody" }
        @for (index, way) in ways.iter().enumerate() {
            @if index > 0 { " or " }
            @if way.is_empty() { "everybody" }
            @for (index, (name, scopes)) in way.iter().enumerate() {
                @if index > 0 { " and " }
                a href={ (page.root) "index.html#auth-" (slug(name)) } { (name) }
                @for (index, scope) in scopes.as_array().into_iter().flatten().filter_map(Value::as_str).enumerate() {
                    @if index == 0 { " with " } @else { ", " }
                    code { (scope) }
                }
            }
        }
    }
}

/// What the service sends meanwhile.
fn callbacks(page: &Page<'_, '_>, operation: &Operation<'_>) -> Markup {
    let mut calls = Vec::new();
    for (name, callback) in operation.part.fields_of("callbacks") {
        for (expression, item) in callback.fields() {
            let methods = item
                .members()
                .into_iter()
                .filter(|(name, _)| METHODS.contains(&name.as_str()));
            calls.extend(methods.map(|(method, part)| {
                let call = Operation {
                    part,
                    item: item.clone(),
                    method: method.to_uppercase(),
                    path: expression.clone(),
                    is_hook: true,
                    file: String::new(),
                };
                (name.clone(), call)
            }));
        }
    }
    html! {
        @for (name, call) in calls {
            section.callback {
                h2 { "Callback " (name) }
                p.line { (method(&call.method)) " " code { (call.path) } }
                @if let Some(text) = call.part.text("description").or(call.part.text("summary")) { (page.prose(text)) }
                (body(page, &call))
            }
        }
    }
}
