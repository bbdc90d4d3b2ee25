//! What is asked of a service.

use crate::toolchain::report::Level;

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name in reports and for `--ignore`.
    pub id: &'static str,
    /// How much a breach weighs.
    pub level: Level,
    /// What it asks.
    pub asks: &'static str,
}

const fn rule(id: &'static str, level: Level, asks: &'static str) -> Rule {
    Rule { id, level, asks }
}

/// Every rule.
pub const RULES: [Rule; 19] = [
    rule(
        "status-undeclared",
        Level::Error,
        "every status is declared",
    ),
    rule(
        "media-type-undeclared",
        Level::Error,
        "every media type is declared for its status",
    ),
    rule(
        "content-undeclared",
        Level::Error,
        "there is no content where none is declared",
    ),
    rule(
        "body-malformed",
        Level::Error,
        "a body can be parsed as its media type",
    ),
    rule("body-invalid", Level::Error, "a body satisfies its schema"),
    rule(
        "property-undeclared",
        Level::Warning,
        "an object has no property that no schema names, unless additionalProperties says so",
    ),
    rule("header-missing", Level::Error, "required headers are there"),
    rule(
        "header-invalid",
        Level::Error,
        "declared headers satisfy their schemas",
    ),
    rule(
        "header-undeclared",
        Level::Note,
        "headers that HTTP does not know are declared",
    ),
    rule(
        "problem-undeclared",
        Level::Error,
        "the type of a problem is among the x-problems of its response",
    ),
    rule(
        "problem-status",
        Level::Error,
        "a problem names the status that it has (RFC 9457, 3.1.2)",
    ),
    rule(
        "server-error",
        Level::Error,
        "no answer is 500, or a 5xx that is not declared",
    ),
    rule(
        "valid-refused",
        Level::Error,
        "a request that the document allows is not refused as invalid",
    ),
    rule(
        "invalid-accepted",
        Level::Error,
        "a request that the document forbids is refused with 4xx",
    ),
    rule(
        "no-answer",
        Level::Error,
        "every request is answered in time",
    ),
    rule(
        "created-not-found",
        Level::Error,
        "what was created can be read",
    ),
    rule(
        "deleted-found",
        Level::Note,
        "what was deleted cannot be read",
    ),
    rule(
        "unauthorized",
        Level::Warning,
        "the credentials of this check are accepted",
    ),
    rule(
        "not-checked",
        Level::Note,
        "requests can be made for every operation",
    ),
];

/// The rule of this name.
pub fn named(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The rules as `--help` lists them.
pub fn help() -> String {
    let mut help = String::from("Rules:\n");
    for rule in &RULES {
        help.push_str(&format!(
            "  {:<22} {:<8} {}\n",
            rule.id,
            rule.level.as_str(),
            rule.asks
        ));
    }
    help.push_str("\nExit codes: 0 clean, 1 findings, 2 could not run.");
    help
}
