//! The conventions of operations: security, errors, lists, paths, names and owners.

use codegen::grammar::METHODS;
use codegen::pointer;
use serde_json::Value;

use super::{Linter, rules};

pub fn check(linter: &mut Linter<'_>) {
    let document = linter.document();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let at = pointer::join(&pointer::join("/paths", path), method);
                check_operation(linter, path, method, operation, &at);
            }
        }
    }
}

fn check_operation(linter: &mut Linter<'_>, path: &str, method: &str, operation: &Value, at: &str) {
    let name = format!("{} {path}", method.to_uppercase());
    let document = linter.document();
    let security = operation
        .get("security")
        .or_else(|| document.get("security"));
    if security.is_none() {
        linter.found(
            &rules::SECURITY,
            at,
            format!("{name} does not say who may call it"),
        );
    }
    let wants_credentials = security
        .and_then(Value::as_array)
        .is_some_and(|ways| !ways.is_empty());
    let bases = document.get("servers").and_then(Value::as_array);
    let mut bases = bases
        .into_iter()
        .flatten()
        .filter_map(|server| server.get("url")?.as_str());
    if wants_credentials && !is_versioned(path) && !bases.any(is_versioned) {
        linter.found(
            &rules::VERSIONED,
            at,
            format!("the path of {name} has no version"),
        );
    }
    match operation.get("operationId").and_then(Value::as_str) {
        None => linter.found(
            &rules::OPERATION_ID,
            at,
            format!("{name} has no operationId"),
        ),
        Some(id) if !is_camel(id) => {
            let at = pointer::join(at, "operationId");
            linter.found(
                &rules::OPERATION_ID,
                &at,
                format!("`{id}` is not in camelCase"),
            );
        }
        Some(_) => {}
    }
    owner(linter, operation, at, &name);
    responses(linter, method, operation, at, &name);
}

fn owner(linter: &mut Linter<'_>, operation: &Value, at: &str, name: &str) {
    let declared = linter.document().get("tags").and_then(Value::as_array);
    let is_owned = |tag: &Value| {
        let mut tags = declared.into_iter().flatten();
        tags.any(|known| {
            known.get("name") == Some(tag) && known.get("x-owner").is_some_and(Value::is_string)
        })
    };
    let tags = operation.get("tags").and_then(Value::as_array);
    if !tags.into_iter().flatten().any(is_owned) {
        linter.found(
            &rules::OWNER,
            at,
            format!("{name} has no tag with an owner"),
        );
    }
}

fn responses(linter: &mut Linter<'_>, method: &str, operation: &Value, at: &str, name: &str) {
    let document = linter.document();
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        let at = pointer::join(&pointer::join(at, "responses"), status);
        let content = followed(document, response).get("content");
        let is_error = status.starts_with(['4', '5']) || status == "default";
        let is_problem =
            content.is_some_and(|content| content.get("application/problem+json").is_some());
        if is_error && !is_problem && method != "head" {
            linter.found(
                &rules::PROBLEM,
                &at,
                format!("{name} answers {status} without a problem"),
            );
        }
        let schema = content.and_then(|content| content.get("application/json")?.get("schema"));
        let is_list = schema.is_some_and(|schema| {
            followed(document, schema)
                .get("type")
                .is_some_and(|kind| kind == "array")
        });
        if method == "get" && status.starts_with('2') && is_list {
            linter.found(&rules::PAGE, &at, format!("{name} answers a bare array"));
        }
    }
}

fn followed<'v>(document: &'v Value, value: &'v Value) -> &'v Value {
    let mut value = value;
    for _ in 0..16 {
        let Some((_, target)) = value
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|it| pointer::resolve(document, it))
        else {
            break;
        };
        value = target;
    }
    value
}

/// Whether a segment of a path or URL is `v` and a number.
fn is_versioned(path: &str) -> bool {
    path.split('/').any(|segment| {
        let number = segment.strip_prefix('v').unwrap_or_default();
        !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    })
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
}
