//! The extensions that this pipeline enforces are well formed, where a document has them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::paths::maps;
use super::{Checker, did_you_mean, kind_of, nearest};
use crate::dialect::each_child;
use crate::grammar::Kind;
use crate::pointer;

pub fn check(checker: &mut Checker<'_>) {
    let document = checker.written();
    let types = problem_types(checker, document.get("x-problem-types"));
    roles(checker, document.get("x-roles"));
    if let Some(value) = document.get("x-open-answers")
        && !value.is_boolean()
    {
        checker.error(
            "/x-open-answers",
            format!("`x-open-answers` must be a boolean, not {}", kind_of(value)),
            "write `true` or `false`",
        );
    }
    let tags = document.get("tags").and_then(Value::as_array);
    for (index, tag) in tags.into_iter().flatten().enumerate() {
        request_log(checker, tag, &format!("/tags/{index}"));
    }
    visit(checker, document, Kind::Document, "", &types);
}

/// Declared problem types and their statuses.
fn problem_types(checker: &mut Checker<'_>, declared: Option<&Value>) -> BTreeMap<String, u64> {
    let mut types = BTreeMap::new();
    let Some(declared) = declared else {
        return types;
    };
    let Some(members) = declared.as_object() else {
        checker.key_error(
            "/x-problem-types",
            format!("`x-problem-types` must be a map, not {}", kind_of(declared)),
            "write `slug: {status, title, description}`",
        );
        return types;
    };
    for (slug, problem) in members {
        let at = pointer::join("/x-problem-types", slug);
        if !is_slug(slug) {
            checker.key_error(
                &at,
                format!("`{slug}` is no slug"),
                "use lower-case words with hyphens, such as `out-of-stock`",
            );
        }
        let Some(fields) = problem.as_object() else {
            checker.key_error(
                &at,
                "a problem type must be a map",
                "write `{status, title, description}`",
            );
            continue;
        };
        match problem.get("status").map(Value::as_u64) {
            Some(Some(status)) if (400..=599).contains(&status) => {
                types.insert(slug.clone(), status);
            }
            Some(_) => checker.error(
                &pointer::join(&at, "status"),
                "`status` must be a number from 400 to 599",
                "mend the status",
            ),
            None => checker.key_error(
                &at,
                "`status` is missing",
                "add `status:` with a number from 400 to 599",
            ),
        }
        for name in ["title", "description"] {
            match problem.get(name) {
                Some(Value::String(text)) if !text.trim().is_empty() => {}
                Some(_) => checker.error(
                    &pointer::join(&at, name),
                    format!("`{name}` must be a text"),
                    "write a sentence for people",
                ),
                None => checker.key_error(
                    &at,
                    format!("`{name}` is missing"),
                    format!("add `{name}:`"),
                ),
            }
        }
        for (language, texts) in fields.iter().filter(|(name, _)| is_language(name)) {
            let text = |name: &str| texts.get(name).and_then(Value::as_str);
            if text("title").is_none() || text("description").is_none() {
                checker.key_error(
                    &pointer::join(&at, language),
                    format!("`{language}` must hold the texts of the problem type in a language"),
                    "write `{title, description}`",
                );
            }
        }
        for name in fields.keys().filter(|name| {
            !["status", "title", "description"].contains(&name.as_str()) && !is_language(name)
        }) {
            let near = nearest(name, ["status", "title", "description"]);
            checker.key_error(
                &pointer::join(&at, name),
                format!("`{name}` is not a field of a problem type"),
                did_you_mean(near),
            );
        }
    }
    types
}

fn roles(checker: &mut Checker<'_>, roles: Option<&Value>) {
    let Some(roles) = roles else { return };
    let Some(members) = roles.as_object() else {
        checker.key_error(
            "/x-roles",
            format!("`x-roles` must be a map, not {}", kind_of(roles)),
            "write `role: [scope, …]`",
        );
        return;
    };
    for (role, scopes) in members {
        let at = pointer::join("/x-roles", role);
        let texts = scopes
            .as_array()
            .filter(|scopes| scopes.iter().all(Value::is_string));
        match texts {
            None => checker.key_error(
                &at,
                format!("the scopes of `{role}` must be a list of texts"),
                "write `role: [scope, …]`",
            ),
            Some(scopes) => {
                for (index, scope) in scopes.iter().enumerate() {
                    if scopes.iter().take(index).any(|other| other == scope) {
                        checker.error(
                            &format!("{at}/{index}"),
                            format!("`{role}` has {scope} twice"),
                            "remove one",
                        );
                    }
                }
            }
        }
    }
}

fn visit(
    checker: &mut Checker<'_>,
    value: &Value,
    kind: Kind,
    at: &str,
    types: &BTreeMap<String, u64>,
) {
    match kind {
        Kind::Operation => operation(checker, value, at, types),
        Kind::Header => next_page(checker, value, at),
        // Where a response is a component, the status is that of each use.
        Kind::Response if at.starts_with("/components/responses/") => {
            problems(checker, value, at, None, None, types)
        }
        _ => {}
    }
    let mut children = Vec::new();
    each_child(value, kind, at, &mut |child, kind, at| {
        if kind != Kind::Schema {
            children.push((child, kind, at.to_owned()));
        }
    });
    for (child, kind, at) in children {
        visit(checker, child, kind, &at, types);
    }
}

fn operation(
    checker: &mut Checker<'_>,
    operation: &Value,
    at: &str,
    types: &BTreeMap<String, u64>,
) {
    for name in ["x-rate-class", "x-audience"] {
        if let Some(value) = operation.get(name)
            && value.as_str().is_none_or(str::is_empty)
        {
            checker.error(
                &pointer::join(at, name),
                format!("`{name}` must be a text, not {}", kind_of(value)),
                "write one word",
            );
        }
    }
    request_log(checker, operation, at);
    if let Some(value) = operation.get("x-idempotency")
        && !matches!(value.as_str(), Some("required" | "optional"))
    {
        checker.error(
            &pointer::join(at, "x-idempotency"),
            format!("`x-idempotency` cannot be {value}"),
            "use `required` or `optional`",
        );
    }
    conditional(checker, operation, at);
    for (status, response) in maps(operation.get("responses")) {
        let at = pointer::join(&pointer::join(at, "responses"), status);
        let Some((response, place)) = checker.followed(response, &at) else {
            continue;
        };
        let used = place != at;
        problems(
            checker,
            response,
            &place,
            used.then_some(at.as_str()),
            Some(status),
            types,
        );
    }
}

/// `x-request-log` of an operation or a tag.
fn request_log(checker: &mut Checker<'_>, owner: &Value, at: &str) {
    if let Some(value) = owner.get("x-request-log")
        && !value.is_boolean()
    {
        checker.error(
            &pointer::join(at, "x-request-log"),
            format!("`x-request-log` must be a boolean, not {}", kind_of(value)),
            "write `true` or `false`",
        );
    }
}

/// A `Link` header says which member of the body and which parameter lead to the next page.
fn next_page(checker: &mut Checker<'_>, header: &Value, at: &str) {
    let Some(next) = header.get("x-next") else {
        return;
    };
    let text = |name: &str| next.get(name).and_then(Value::as_str);
    if text("parameter").is_none() || text("member").is_none() {
        checker.error(
            &pointer::join(at, "x-next"),
            "`x-next` must name a parameter and a member of the body",
            "write `{parameter: cursor, member: next_cursor}`",
        );
    } else if header.get("x-boundary") != Some(&Value::Bool(true)) {
        checker.key_error(
            &pointer::join(at, "x-next"),
            "the boundary writes a header with `x-next`",
            "add `x-boundary: true`",
        );
    }
}

/// What the boundary answers to conditional requests is declared beside the header that asks for it.
fn conditional(checker: &mut Checker<'_>, operation: &Value, at: &str) {
    let list = pointer::join(at, "parameters");
    let declared = operation.get("parameters").and_then(Value::as_array);
    for (index, parameter) in declared.into_iter().flatten().enumerate() {
        let place = format!("{list}/{index}");
        let Some((parameter, _)) = checker.followed(parameter, &place) else {
            continue;
        };
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let required = parameter.get("required") == Some(&Value::Bool(true));
        let by_boundary = parameter.get("x-boundary") == Some(&Value::Bool(true));
        let is_read = at.ends_with("/get");
        let wanted: &[&str] = match name.to_ascii_lowercase().as_str() {
            _ if !by_boundary => &[],
            "if-match" if required => &["412", "428"],
            "if-match" => &["412"],
            "if-none-match" if is_read => &["304"],
            "if-none-match" => &["412"],
            _ => &[],
        };
        for status in wanted {
            if operation.pointer(&format!("/responses/{status}")).is_none() {
                checker.error(
                    &place,
                    format!("`{name}` is answered with {status}, which is not declared"),
                    format!("declare the response {status}, or remove `x-boundary`"),
                );
            }
        }
    }
}

/// Checks the `x-problems` of a response. A component's statuses are said at the place of its use.
fn problems(
    checker: &mut Checker<'_>,
    response: &Value,
    at: &str,
    usage: Option<&str>,
    status: Option<&str>,
    types: &BTreeMap<String, u64>,
) {
    let Some(listed) = response.get("x-problems") else {
        return;
    };
    let list = pointer::join(at, "x-problems");
    let Some(slugs) = listed.as_array() else {
        checker.key_error(
            &list,
            format!("`x-problems` must be a list, not {}", kind_of(listed)),
            "list the slugs of `x-problem-types`",
        );
        return;
    };
    for (index, slug) in slugs.iter().enumerate() {
        let place = format!("{list}/{index}");
        let Some(name) = slug.as_str() else {
            checker.error(
                &place,
                format!("a slug must be a text, not {}", kind_of(slug)),
                "list the slugs of `x-problem-types`",
            );
            continue;
        };
        if slugs.iter().take(index).any(|other| other == slug) {
            checker.error(&place, format!("`{name}` is listed twice"), "remove one");
            continue;
        }
        let Some(declared) = types.get(name) else {
            if checker
                .written()
                .get("x-problem-types")
                .and_then(|types| types.get(name))
                .is_none()
            {
                let near = nearest(name, types.keys().map(String::as_str));
                let remedy = near.map_or_else(
                    || format!("add `{name}` to `x-problem-types`"),
                    |near| did_you_mean(Some(near)),
                );
                checker.error(
                    &place,
                    format!("the problem type `{name}` is not declared"),
                    remedy,
                );
            }
            continue;
        };
        if let Some(status) = status
            && !carries(status, *declared)
        {
            let message = format!("`{name}` has status {declared}, and this response is {status}");
            checker.error(
                usage.unwrap_or(&place),
                message,
                format!("list it under {declared}, or mend its status"),
            );
        }
    }
}

/// Whether a response of this key may have this status.
fn carries(key: &str, status: u64) -> bool {
    let status = status.to_string();
    key == "default"
        || key == status
        || (key
            .get(1..)
            .is_some_and(|rest| rest.eq_ignore_ascii_case("XX"))
            && key.get(..1) == status.get(..1))
}

fn is_slug(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Two small letters name a language (ISO 639-1).
fn is_language(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A day of the calendar, as RFC 3339 writes it.
pub(super) fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let mut number = |width: usize| {
        let part = parts
            .next()
            .filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<u32>().ok()
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}
