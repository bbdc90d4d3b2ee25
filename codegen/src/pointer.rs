//! JSON pointers (RFC 6901) and references by fragment.

use serde_json::Value;

/// `pointer` with one more segment, escaped.
pub fn join(pointer: &str, segment: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + segment.len() + 1);
    joined.push_str(pointer);
    joined.push('/');
    push_escaped(&mut joined, segment);
    joined
}

/// A segment as it stands in a pointer: `~` and `/` escaped.
pub fn escape(segment: &str) -> String {
    let mut escaped = String::with_capacity(segment.len());
    push_escaped(&mut escaped, segment);
    escaped
}

fn push_escaped(to: &mut String, segment: &str) {
    for c in segment.chars() {
        match c {
            '~' => to.push_str("~0"),
            '/' => to.push_str("~1"),
            c => to.push(c),
        }
    }
}

/// The segments of a pointer, unescaped. The empty pointer has none.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// The last segment, unescaped; empty for the root.
pub fn last(pointer: &str) -> String {
    segments(pointer).last().unwrap_or_default()
}

/// The pointer that a local reference (`#/a/b`) holds, percent-decoded; `None` for any other reference.
pub fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    (fragment.is_empty() || fragment.starts_with('/')).then(|| percent_decode(fragment))
}

/// `#` and the pointer, with what a URI fragment cannot hold percent-encoded (RFC 3986, 3.5).
pub fn to_reference(pointer: &str) -> String {
    let mut reference = String::with_capacity(pointer.len() + 1);
    reference.push('#');
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push_str(&format!("%{byte:02X}"));
        }
    }
    reference
}

/// Decodes `%XX`; a stray `%` stays.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = (byte == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match hex {
            Some(decoded) => {
                bytes.push(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What a local reference names in `document`, with its pointer.
pub fn resolve<'a>(document: &'a Value, reference: &str) -> Option<(String, &'a Value)> {
    let pointer = of_reference(reference)?;
    let value = document.pointer(&pointer)?;
    Some((pointer, value))
}

/// What a value is once its references are followed, with the pointer of that; `None` where they lead
/// nowhere or in a circle. Members beside a reference do not count (OpenAPI 3.1, section 4.8.23).
pub fn follow<'v>(document: &'v Value, value: &'v Value, at: &str) -> Option<(&'v Value, String)> {
    let mut found = (at.to_owned(), value);
    for _ in 0..32 {
        let Some(reference) = found.1.get("$ref").and_then(Value::as_str) else {
            return Some((found.1, found.0));
        };
        found = resolve(document, reference)?;
    }
    None
}
