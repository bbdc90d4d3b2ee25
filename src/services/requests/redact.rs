//! What must not be kept of a request.

use contract::Operation;
use contract::runtime::operation::{Media, MediaKind, SchemeKind};
use serde_json::Value;

/// Stands where something was taken away.
const REDACTED: &str = "[redacted]";

/// The body as it may be kept: as it was sent, or as JSON without the values of members that the
/// contract declares `writeOnly`. `None` if it is no text, or no JSON where something would have to
/// be taken away.
pub(super) fn body(media: &Media, bytes: &[u8]) -> Option<String> {
    if !matches!(media.kind, MediaKind::Json | MediaKind::Text) {
        return None;
    }
    if media.secrets.is_empty() {
        let text = std::str::from_utf8(bytes).ok()?;
        // No database takes it.
        return (!text.contains('\0')).then(|| text.to_owned());
    }
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    redact(&mut value, media.secrets);
    Some(value.to_string())
}

/// Takes the values of these members away, wherever they are.
fn redact(value: &mut Value, secrets: &[&str]) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match secrets.contains(&name.as_str()) {
                    true => *member = REDACTED.into(),
                    false => redact(member, secrets),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, secrets)),
        _ => {}
    }
}

/// The path and query, without keys that travel in the query.
pub(super) fn target(operation: &Operation, target: &str) -> String {
    let schemes = operation.security.iter().copied().flatten();
    let keys: Vec<&str> = schemes
        .filter_map(|requirement| match requirement.scheme.kind {
            SchemeKind::ApiKeyQuery(name) => Some(name),
            _ => None,
        })
        .collect();
    let Some((path, query)) = target.split_once('?').filter(|_| !keys.is_empty()) else {
        return target.to_owned();
    };
    let pairs = query.split('&').map(|pair| {
        let name = pair.split('=').next().unwrap_or(pair);
        match keys.contains(&name) {
            true => format!("{name}={REDACTED}"),
            false => pair.to_owned(),
        }
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use contract::runtime::operation::Shape;

    use super::*;

    fn media(kind: MediaKind, secrets: &'static [&'static str]) -> Media {
        Media {
            range: "application/json",
            kind,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
            secrets,
        }
    }

    #[test]
    fn a_secret_member_is_taken_away_wherever_it_is() {
        let login = media(MediaKind::Json, &["password"]);
        let sent =
            br#"{"user":"mina","password":"hunter2","also":[{"password":{"is":"hunter2"}}]}"#;

        let kept = body(&login, sent).unwrap();

        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&kept).unwrap(),
            serde_json::json!({
                "user": "mina",
                "password": "[redacted]",
                "also": [{"password": "[redacted]"}],
            })
        );
        assert_eq!(body(&login, br#"{"password":"hunter2""#), None);
    }

    #[test]
    fn a_body_without_secrets_is_kept_as_it_was_sent_if_it_is_text() {
        let json = media(MediaKind::Json, &[]);

        assert_eq!(body(&json, b"{ \"a\": 1,").as_deref(), Some("{ \"a\": 1,"));
        assert_eq!(body(&json, b"\xff"), None);
        assert_eq!(body(&json, b"\0"), None);
        assert_eq!(body(&media(MediaKind::Binary, &[]), b"a"), None);
        assert_eq!(body(&media(MediaKind::Form, &[]), b"a=b"), None);
    }
}
