//! Parameters: where they are, how they are written, and that those of a path are in it.

use serde_json::Value;

use super::operations::is_media_type;
use super::paths::maps;
use super::{Checker, did_you_mean, nearest};
use crate::api::plain_name;
use crate::grammar;
use crate::pointer;

/// A parameter of a list, after following its reference.
pub struct Parameter {
    name: String,
    place: String,
    /// Where it stands in the list.
    at: String,
}

/// The parameters of one list, each checked where it is written; two of one name and place are a fault.
pub fn list(checker: &mut Checker<'_>, list: Option<&Value>, at: &str) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = Vec::new();
    for (index, item) in list
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let at = format!("{at}/{index}");
        if item.get("$ref").is_none() {
            check(checker, item, &at);
        }
        let Some((item, _)) = checker.followed(item, &at) else {
            continue;
        };
        let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(name), Some(place)) = (text("name"), text("in")) else {
            continue;
        };
        let same = |other: &&Parameter| {
            other.place == place
                && if place == "header" {
                    other.name.eq_ignore_ascii_case(&name)
                } else {
                    other.name == name
                }
        };
        if let Some(first) = found.iter().find(same) {
            let message = format!(
                "the {place} parameter `{name}` is here a second time; the first is at {}",
                checker.line(&first.at)
            );
            checker.error(&at, message, "remove or rename one of the two");
            continue;
        }
        found.push(Parameter { name, place, at });
    }
    found
}

/// Parameters that are components.
pub fn components(checker: &mut Checker<'_>) {
    let document = checker.written();
    for (name, parameter) in maps(document.pointer("/components/parameters")) {
        if parameter.get("$ref").is_none() {
            check(
                checker,
                parameter,
                &pointer::join("/components/parameters", name),
            );
        }
    }
}

/// Names and places of the path parameters of a list.
pub fn path_names(list: &[Parameter]) -> Vec<(String, String)> {
    list.iter()
        .filter(|parameter| parameter.place == "path")
        .map(|parameter| (parameter.name.clone(), parameter.at.clone()))
        .collect()
}

/// Whether what braces of a path hold names this parameter.
fn stands_for(braced: &str, name: &str) -> bool {
    braced == name || plain_name(braced) == name
}

/// Whether any braces of a path name this parameter.
pub fn is_named(braced: &[String], name: &str) -> bool {
    braced.iter().any(|braced| stands_for(braced, name))
}

/// Every name in the path is declared, and every path parameter is in the path.
pub fn against_path(
    checker: &mut Checker<'_>,
    names: &[String],
    shared: &[Parameter],
    own: &[Parameter],
    at: &str,
) {
    let declared: Vec<(String, String)> = path_names(own)
        .into_iter()
        .chain(path_names(shared))
        .collect();
    // `/find?word={word}` may name a parameter of the query.
    let lists = own.iter().chain(shared);
    let in_query: Vec<&str> = lists
        .filter(|parameter| parameter.place == "query")
        .map(|parameter| parameter.name.as_str())
        .collect();
    for name in names
        .iter()
        .filter(|name| !declared.iter().any(|(other, _)| stands_for(name, other)))
        .filter(|name| !in_query.iter().any(|other| stands_for(name, other)))
    {
        let unused = declared
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !is_named(names, name));
        let remedy = match nearest(name, unused) {
            Some(near) => did_you_mean(Some(near)),
            None => format!("add the parameter `{name}` with `in: path`"),
        };
        checker.key_warning(
            at,
            format!("`{{{name}}}` of the path is not declared and is taken as a text"),
            remedy,
        );
    }
    for (name, place) in path_names(own)
        .iter()
        .filter(|(name, _)| !is_named(names, name))
    {
        checker.warning(
            place,
            format!("the path has no `{{{name}}}`, so nothing can send it, and it is ignored"),
            "add it to the path, or remove the parameter",
        );
    }
}

fn check(checker: &mut Checker<'_>, parameter: &Value, at: &str) {
    if let Some(place) = parameter.get("in").and_then(Value::as_str) {
        let Some(styles) = grammar::styles(place) else {
            let remedy = match place {
                "body" | "formData" => "OpenAPI 3 has `requestBody` for it",
                _ => "use path, query, header or cookie",
            };
            checker.error(
                &pointer::join(at, "in"),
                format!("`{place}` is no place for a parameter"),
                remedy,
            );
            return;
        };
        if let Some(style) = parameter.get("style").and_then(Value::as_str)
            && !styles.contains(&style)
        {
            let message = format!(
                "the style `{style}` does not exist for a {place} parameter; `{}` is used",
                styles.first().unwrap_or(&"")
            );
            checker.warning(
                &pointer::join(at, "style"),
                message,
                format!("use {}", styles.join(" or ")),
            );
        }
        if place == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
            checker.warning(
                at,
                "a path parameter is always required",
                "add `required: true`",
            );
        }
    }
    match (
        parameter.get("schema"),
        parameter.get("content").and_then(Value::as_object),
    ) {
        (Some(_), Some(_)) => checker.warning(
            at,
            "a parameter has `schema` or `content`, not both; `schema` is used",
            "remove one",
        ),
        (None, None) => checker.warning(
            at,
            "the parameter has no `schema`; it is taken as a text",
            "add `schema:`",
        ),
        (None, Some(content)) => {
            if content.len() != 1 {
                checker.warning(
                    &pointer::join(at, "content"),
                    "`content` of a parameter has exactly one media type",
                    "keep one",
                );
            }
            for name in content.keys().filter(|name| !is_media_type(name)) {
                let place = pointer::join(&pointer::join(at, "content"), name);
                checker.key_warning(
                    &place,
                    format!("`{name}` is no media type"),
                    "write `type/subtype`, such as `application/json`",
                );
            }
        }
        _ => {}
    }
}
