//! One operation: its id, its responses, the media types of what it takes and gives.

use std::collections::HashMap;

use serde_json::Value;

use super::Checker;
use super::paths::maps;
use crate::pointer;
use crate::source::Version;

pub fn check(checker: &mut Checker<'_>, operation: &Value, method: &str, at: &str) {
    body(
        checker,
        operation.get("requestBody"),
        &pointer::join(at, "requestBody"),
    );
    let place = pointer::join(at, "responses");
    match operation.get("responses").and_then(Value::as_object) {
        Some(responses) if responses.keys().any(|status| !status.starts_with("x-")) => {
            for (status, response) in responses
                .iter()
                .filter(|(status, _)| !status.starts_with("x-"))
            {
                let place = pointer::join(&place, status);
                self::status(checker, status, &place);
                self::response(checker, response, &place);
            }
        }
        Some(_) => checker.key_warning(
            &place,
            "there is no response",
            "add at least the one of success",
        ),
        None if checker.source.version == Version::V30 => {
            checker.key_warning(
                at,
                format!("{} has no `responses`", method.to_uppercase()),
                "add at least the one of success",
            );
        }
        None => {}
    }
}

fn status(checker: &mut Checker<'_>, status: &str, at: &str) {
    let digits = status.as_bytes();
    let right = match digits {
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] | [b'1'..=b'5', b'X', b'X'] => true,
        _ => status == "default",
    };
    if right {
        return;
    }
    match digits {
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
            checker.key_warning(
                at,
                format!("`{status}` is read as `{}`", status.to_uppercase()),
                "write it in capitals",
            );
        }
        _ => checker.key_error(
            at,
            format!("`{status}` is no status"),
            "use a number from 100 to 599, a range such as `4XX`, or `default`",
        ),
    }
}

fn body(checker: &mut Checker<'_>, body: Option<&Value>, at: &str) {
    if let Some(body) = body.filter(|body| body.get("$ref").is_none()) {
        media_types(checker, body.get("content"), &pointer::join(at, "content"));
    }
}

fn response(checker: &mut Checker<'_>, response: &Value, at: &str) {
    if response.get("$ref").is_none() {
        media_types(
            checker,
            response.get("content"),
            &pointer::join(at, "content"),
        );
    }
}

/// Media types where bodies and responses are components.
pub fn components(checker: &mut Checker<'_>) {
    let document = checker.written();
    for section in ["requestBodies", "responses"] {
        let at = format!("/components/{section}");
        for (name, part) in maps(document.pointer(&at)) {
            body(checker, Some(part), &pointer::join(&at, name));
        }
    }
}

fn media_types(checker: &mut Checker<'_>, content: Option<&Value>, at: &str) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (name, _) in maps(content) {
        let place = pointer::join(at, name);
        if !is_media_type(name) {
            checker.key_warning(
                &place,
                format!("`{name}` is no media type"),
                "write `type/subtype`, such as `application/json`",
            );
        }
        let plain = name.to_ascii_lowercase().replace(' ', "");
        if let Some(first) = seen.get(&plain) {
            checker.key_warning(
                &place,
                format!("`{name}` is `{first}` again"),
                "keep one of the two",
            );
        }
        seen.insert(plain, name);
    }
}

/// RFC 9110, 8.3.1, or a range of 12.5.1.
pub fn is_media_type(name: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let mut parts = name.split(';').map(str::trim);
    let Some((kind, subtype)) = parts.next().and_then(|full| full.split_once('/')) else {
        return false;
    };
    token(kind)
        && token(subtype)
        && !(kind == "*" && subtype != "*")
        && parts.all(|parameter| {
            parameter.is_empty()
                || parameter.split_once('=').is_some_and(|(name, value)| {
                    token(name)
                        && (token(value)
                            || (value.len() > 1 && value.starts_with('"') && value.ends_with('"')))
                })
        })
}
