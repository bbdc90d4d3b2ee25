//! Values as a client writes them: parameters in their styles, forms, multipart bodies.

use crate::api::{Media, Parameter, Part};
use serde_json::{Map, Value};

/// The boundary of multipart bodies.
pub const BOUNDARY: &str = "part-of-the-request";

/// A text as a URI component.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A value without quotes.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The text of a parameter in a path segment (`encoded`) or a header; `None` if no text says it.
pub fn text(parameter: &Parameter, value: &Value, encoded: bool) -> Option<String> {
    let code = |text: &str| {
        if encoded {
            encode(text)
        } else {
            text.to_owned()
        }
    };
    if parameter.json_content {
        return Some(code(&value.to_string()));
    }
    let word = |value: &Value| code(&plain(value));
    let name = &parameter.wire;
    let explode = parameter.explode;
    let text = match (parameter.style.as_str(), value) {
        ("matrix", Value::Array(items)) if explode => items
            .iter()
            .map(|item| format!(";{name}={}", word(item)))
            .collect(),
        ("matrix", Value::Object(members)) if explode => members
            .iter()
            .map(|(name, value)| format!(";{}={}", code(name), word(value)))
            .collect(),
        ("matrix", value) => format!(";{name}={}", joined(value, ",", false, &code)),
        ("label", value) if explode => format!(".{}", joined(value, ".", true, &code)),
        ("label", value) => format!(".{}", joined(value, ",", false, &code)),
        (_, value) => joined(value, ",", explode, &code),
    };
    (!text.is_empty()).then_some(text)
}

/// Items, or members as `name,value` or `name=value`, in one text.
fn joined(value: &Value, separator: &str, pairs: bool, code: &dyn Fn(&str) -> String) -> String {
    let parts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| code(&plain(item))).collect(),
        Value::Object(members) => {
            let sign = if pairs { "=" } else { separator };
            let pair = |(name, value): (&String, &Value)| {
                format!("{}{sign}{}", code(name), code(&plain(value)))
            };
            members.iter().map(pair).collect()
        }
        other => vec![code(&plain(other))],
    };
    parts.join(separator)
}

/// The pairs of a parameter in a query or a cookie.
pub fn pairs(
    name: &str,
    style: &str,
    explode: bool,
    json: bool,
    value: &Value,
) -> Vec<(String, String)> {
    let pair = |name: &str, text: String| (encode(name), text);
    let word = |value: &Value| encode(&plain(value));
    if json {
        return vec![pair(name, encode(&value.to_string()))];
    }
    if style == "deepObject" {
        let mut found = Vec::new();
        brackets(name, value, &mut found);
        return found
            .into_iter()
            .map(|(name, text)| (name, encode(&text)))
            .collect();
    }
    let separator = match style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "|",
        _ => ",",
    };
    match value {
        Value::Array(items) if explode => items.iter().map(|item| pair(name, word(item))).collect(),
        Value::Object(members) if explode => members
            .iter()
            .flat_map(|(name, value)| pairs(name, style, explode, false, value))
            .collect(),
        Value::Array(items) if items.is_empty() => Vec::new(),
        value => vec![pair(name, joined(value, separator, false, &encode))],
    }
}

fn brackets(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| {
                brackets(&format!("{name}[{}]", encode(key)), value, found)
            });
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| brackets(&format!("{name}[]"), item, found)),
        other => found.push((name.to_owned(), plain(other))),
    }
}

/// `name=value&…`.
pub fn query(pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, text)| format!("{name}={text}"))
        .collect();
    pairs.join("&")
}

/// A body of `application/x-www-form-urlencoded`.
pub fn form(media: &Media, members: &Map<String, Value>) -> String {
    let pairs: Vec<(String, String)> = members
        .iter()
        .flat_map(|(name, value)| {
            let part = media.parts.iter().find(|part| part.wire == *name);
            let style = part.and_then(|part| part.style.as_deref());
            let explode = part.and_then(|part| part.explode);
            let is_nested = |value: &Value| value.is_object() || value.is_array();
            let has_nested = match value {
                Value::Array(items) => items.iter().any(is_nested),
                other => other.is_object(),
            };
            match (style, value) {
                (Some(style), value) => pairs(
                    name,
                    style,
                    explode.unwrap_or(style == "form"),
                    false,
                    value,
                ),
                (None, Value::Array(items)) if has_nested && !part.is_some_and(is_json) => items
                    .iter()
                    .map(|item| (encode(name), encode(&item.to_string())))
                    .collect(),
                (None, value) if has_nested || part.is_some_and(is_json) => {
                    vec![(encode(name), encode(&value.to_string()))]
                }
                (None, value) => pairs(name, "form", explode.unwrap_or(true), false, value),
            }
        })
        .collect();
    query(&pairs)
}

fn is_json(part: &Part) -> bool {
    part.content_types
        .first()
        .is_some_and(|range| range.contains("json"))
}

/// A body of `multipart/form-data`.
pub fn multipart(media: &Media, members: &Map<String, Value>) -> Vec<u8> {
    let mut body = String::new();
    for (name, value) in members {
        let part = media.parts.iter().find(|part| part.wire == *name);
        let items = match value {
            Value::Array(items) => items.clone(),
            other => vec![other.clone()],
        };
        for item in items {
            write_part(&mut body, name, part, &item);
        }
    }
    body.push_str(&format!("--{BOUNDARY}--\r\n"));
    body.into_bytes()
}

fn write_part(body: &mut String, name: &str, part: Option<&Part>, value: &Value) {
    let is_file = part.is_some_and(|part| part.file);
    let is_nested = value.is_object() || value.is_array();
    let declared = part
        .and_then(|part| part.content_types.first())
        .map(|range| concrete(range));
    let media_type = match declared {
        Some(declared) => Some(declared),
        None if is_file => Some("application/octet-stream".to_owned()),
        None => is_nested.then(|| "application/json".to_owned()),
    };
    body.push_str(&format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\""
    ));
    if is_file {
        body.push_str("; filename=\"file.bin\"");
    }
    body.push_str("\r\n");
    if let Some(media_type) = &media_type {
        body.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    for header in part.map_or(&[][..], |part| &part.headers) {
        body.push_str(&format!("{header}: text\r\n"));
    }
    let is_json = media_type.is_some_and(|media_type| media_type.contains("json"));
    let text = match value {
        _ if is_file => "content".to_owned(),
        value if is_json => value.to_string(),
        value => plain(value),
    };
    body.push_str(&format!("\r\n{text}\r\n"));
}

/// A media type that a range stands for.
pub fn concrete(range: &str) -> String {
    match range.split_once('/') {
        Some(("*", _)) | None => "application/octet-stream".to_owned(),
        Some((kind, "*")) => format!("{kind}/x-any"),
        Some(_) => range.to_owned(),
    }
}
