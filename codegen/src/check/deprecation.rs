//! What is said of deprecated operations, parameters, members and values is well formed.

use serde_json::Value;

use super::Checker;
use super::extensions::is_date;
use crate::dialect::each_child;
use crate::grammar::Kind;
use crate::pointer;

pub fn check(checker: &mut Checker<'_>) {
    visit(checker, checker.written(), Kind::Document, "");
}

fn visit(checker: &mut Checker<'_>, value: &Value, kind: Kind, at: &str) {
    if matches!(kind, Kind::Operation | Kind::Parameter | Kind::Schema) {
        told(checker, value, at);
    }
    if kind == Kind::Schema {
        values(checker, value, at);
    }
    each_child(value, kind, at, &mut |child, kind, at| {
        visit(checker, child, kind, at);
    });
}

/// The days and the address.
fn told(checker: &mut Checker<'_>, declared: &Value, at: &str) {
    let is_deprecated = declared.get("deprecated") == Some(&Value::Bool(true));
    for name in ["x-deprecated-since", "x-sunset", "x-deprecation-link"] {
        let Some(value) = declared.get(name) else {
            continue;
        };
        let place = pointer::join(at, name);
        let (is_well, remedy) = match name {
            "x-deprecation-link" => (
                value.as_str().is_some_and(is_address),
                "write a URI such as https://example.com/changes",
            ),
            _ => (
                value.as_str().is_some_and(is_date),
                "write a date such as 2027-01-31",
            ),
        };
        if !is_well {
            checker.error(&place, format!("`{name}` cannot be {value}"), remedy);
        } else if !is_deprecated && declared.get("x-deprecated-values").is_none() {
            checker.error(
                &place,
                format!("what has `{name}` must be deprecated"),
                "add `deprecated: true`",
            );
        }
    }
}

/// `x-deprecated-values` lists values of the `enum`.
fn values(checker: &mut Checker<'_>, schema: &Value, at: &str) {
    let Some(listed) = schema.get("x-deprecated-values") else {
        return;
    };
    let place = pointer::join(at, "x-deprecated-values");
    let Some(listed) = listed.as_array() else {
        checker.error(
            &place,
            "`x-deprecated-values` must be a list",
            "list values of the `enum`",
        );
        return;
    };
    let named = schema.get("enum").and_then(Value::as_array);
    let followed = checker.followed(schema, at);
    let followed = followed.and_then(|(schema, _)| schema.get("enum")?.as_array());
    let Some(known) = named.or(followed) else {
        checker.error(
            &place,
            "`x-deprecated-values` stands where there is no `enum`",
            "put it beside the `enum`",
        );
        return;
    };
    for (index, value) in listed.iter().enumerate() {
        if !known.contains(value) {
            checker.error(
                &format!("{place}/{index}"),
                format!("{value} is none of the `enum`"),
                "list values of the `enum`",
            );
        }
    }
}

/// What may stand between `<` and `>` in a `Link` header (RFC 8288, section 3).
fn is_address(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|it| it.is_ascii_graphic() && !b"<>\"".contains(&it))
}
