//! Structural check of a document: what the specification asks of every contract, and nothing of our own taste.

mod deprecation;
mod extensions;
mod operations;
mod parameters;
mod paths;
mod references;
mod schemas;
mod security;
mod sparse;
mod structure;

use serde_json::Value;

use crate::fault::{Fault, Severity};
use crate::pointer;
use crate::source::Source;

/// Every fault of a document, sorted by place, those found while reading it included.
///
/// An Error is what the pipeline cannot go on with; a Warning is a breach that it can live with, as it says.
pub fn check(source: &Source) -> Vec<Fault> {
    let mut checker = Checker {
        source,
        faults: source.warnings.clone(),
    };
    if version(&mut checker) {
        structure::check(&mut checker);
        references::check(&mut checker);
        paths::check(&mut checker);
        security::check(&mut checker);
        schemas::check(&mut checker);
        extensions::check(&mut checker);
        sparse::check(&mut checker);
        deprecation::check(&mut checker);
    }
    let mut faults = checker.faults;
    Fault::sort(&mut faults);
    faults
}

/// A document that is being checked. Pointers are into [`Source::original`].
struct Checker<'a> {
    source: &'a Source,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    /// The document as it was written.
    fn written(&self) -> &'a Value {
        &self.source.original
    }

    fn error(&mut self, at: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults
            .push(self.source.fault(Severity::Error, at, message, remedy));
    }

    fn warning(&mut self, at: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults
            .push(self.source.fault(Severity::Warning, at, message, remedy));
    }

    fn note(&mut self, at: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults
            .push(self.source.fault(Severity::Note, at, message, remedy));
    }

    /// An error at the key rather than at its value.
    fn key_error(&mut self, at: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults
            .push(self.source.key_fault(Severity::Error, at, message, remedy));
    }

    /// A warning at the key rather than at its value.
    fn key_warning(&mut self, at: &str, message: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(
            self.source
                .key_fault(Severity::Warning, at, message, remedy),
        );
    }

    /// Line of a part, for a message that names two places.
    fn line(&self, at: &str) -> String {
        let place = self.source.key_place(at);
        format!("line {}", place.line)
    }

    /// What a value is after following references, with the pointer of it. `None` where they lead nowhere,
    /// which the references' own check says.
    fn followed<'v>(&self, value: &'v Value, at: &str) -> Option<(&'v Value, String)>
    where
        'a: 'v,
    {
        pointer::follow(self.written(), value, at)
    }
}

/// Checks `openapi`; `false` where the rest makes no sense.
fn version(checker: &mut Checker<'_>) -> bool {
    let document = checker.written();
    if !document.is_object() {
        checker.error(
            "",
            "the document is not a map",
            "begin with `openapi: 3.1.0`, `info:` and `paths:`",
        );
        return false;
    }
    let Some(version) = document.get("openapi") else {
        if document.get("swagger").is_some() {
            checker.error(
                "/swagger",
                "this is Swagger 2.0",
                "convert it to OpenAPI 3.0 or 3.1 first (many tools do)",
            );
        } else {
            checker.error(
                "",
                "there is no `openapi`",
                "say the version, such as `openapi: 3.1.0`",
            );
        }
        return false;
    };
    let Some(text) = version.as_str() else {
        checker.error(
            "/openapi",
            "`openapi` must be a text",
            format!("write it in quotes with three numbers: \"{version}.0\""),
        );
        return false;
    };
    let mut numbers = text.split(['.', '-']);
    match (numbers.next(), numbers.next()) {
        (Some("3"), Some("0" | "1")) => true,
        (Some("3"), Some("2")) => {
            checker.warning(
                "/openapi",
                format!("OpenAPI {text} is read as 3.1; what is new in 3.2 is left out"),
                "write a 3.1 document",
            );
            true
        }
        (Some("2" | "1"), _) => {
            checker.error(
                "/openapi",
                format!("OpenAPI {text} is not read"),
                "convert it to OpenAPI 3.0 or 3.1 first",
            );
            false
        }
        _ => {
            checker.error(
                "/openapi",
                format!("`{text}` is no version of OpenAPI that is read"),
                "use 3.0.x or 3.1.x, such as 3.1.0",
            );
            false
        }
    }
}

/// The name among `known` that `name` is probably meant to be.
fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let allowed = match name.chars().count() {
        0..=3 => 1,
        4..=8 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .map(|known| (strsim::osa_distance(&lower, &known.to_lowercase()), known))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, known)| known)
}

/// `; did you mean …` or nothing.
fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|name| format!("did you mean `{name}`?"))
        .unwrap_or_default()
}

/// What a value is, for people.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}
