//! Schema validation: from what jsonschema finds to violations that a client can act on.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ErrorIterator, ValidationError};
use serde_json::Value;

use super::breach::Breach;
use super::operation::Operation;
use super::problem::Violation;
use super::schemas;

/// How many broken places an answer lists.
const VIOLATIONS: usize = 100;

/// Characters of a pointer or a message that an answer carries.
const TEXT: usize = 1000;

/// The checks of one operation.
pub struct Checks {
    /// All parameters at once, as an object of places.
    pub parameters: Check,
    /// One for each declared representation of the body.
    pub bodies: &'static [Check],
}

/// A check of a value.
pub enum Check {
    /// Nothing to check.
    None,
    /// A validator that is code.
    Compiled {
        /// Whether the value is valid.
        is_valid: fn(&Value) -> bool,
        /// What is wrong with it.
        errors: for<'v> fn(&'v Value) -> ErrorIterator<'v>,
    },
    /// A validator that is built at start, by its entry in `schemas.json`.
    Built(&'static str),
}

impl Check {
    /// Adds what is wrong with a value.
    pub(crate) fn run(
        &self,
        value: &Value,
        place: impl Fn(&str) -> Spot,
        violations: &mut Vec<Violation>,
    ) {
        match self {
            Self::None => {}
            Self::Compiled { is_valid, errors } => {
                if !is_valid(value) {
                    collect(errors(value), place, violations);
                }
            }
            Self::Built(entry) => match schemas::validator("request", entry) {
                Some(validator) if validator.is_valid(value) => {}
                Some(validator) => collect(validator.iter_errors(value), place, violations),
                // What cannot be checked is refused.
                None => violations.push(unchecked(place(""))),
            },
        }
    }

    /// Builds what is built, so that the first request does not wait for it.
    pub(crate) fn prepare(&self) {
        if let Self::Built(entry) = self {
            schemas::validator("request", entry);
        }
    }
}

/// Where a violation is, from the pointer into what was checked.
pub(crate) struct Spot {
    /// `body`, `query` and so on.
    pub(crate) place: &'static str,
    /// The parameter's name.
    pub(crate) parameter: Option<String>,
    /// What remains of the pointer.
    pub(crate) pointer: String,
}

/// A spot in the body.
pub(crate) fn in_body(pointer: &str) -> Spot {
    Spot {
        place: "body",
        parameter: None,
        pointer: pointer.to_owned(),
    }
}

/// The broken place of a request without the body that it must have.
pub fn missing_body() -> Violation {
    Violation {
        place: "body",
        parameter: None,
        pointer: String::new(),
        keyword: "required".into(),
        limit: None,
        message: "a body is required".to_owned(),
    }
}

/// A spot in `{"query": {"limit": …}}` and the like.
pub(crate) fn in_parameters(pointer: &str) -> Spot {
    let mut segments = pointer.splitn(4, '/').skip(1);
    let place = match segments.next() {
        Some("path") => "path",
        Some("header") => "header",
        Some("cookie") => "cookie",
        _ => "query",
    };
    let unescape = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
    Spot {
        place,
        parameter: segments.next().map(unescape),
        pointer: segments
            .next()
            .map(|rest| format!("/{rest}"))
            .unwrap_or_default(),
    }
}

/// What a validator of a body found, as an answer lists it.
pub fn body_violations<'v>(errors: impl Iterator<Item = ValidationError<'v>>) -> Vec<Violation> {
    let mut violations = Vec::new();
    collect(errors, in_body, &mut violations);
    violations
}

/// What a validator of all parameters, as an object of places, found.
pub fn parameter_violations<'v>(
    errors: impl Iterator<Item = ValidationError<'v>>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    collect(errors, in_parameters, &mut violations);
    violations
}

fn collect<'v>(
    errors: impl Iterator<Item = ValidationError<'v>>,
    place: impl Fn(&str) -> Spot,
    violations: &mut Vec<Violation>,
) {
    let room = VIOLATIONS.saturating_sub(violations.len());
    for error in errors.take(room) {
        violations.extend(each(&error, &place));
    }
    violations.truncate(VIOLATIONS);
}

/// An error as violations: a missing or unknown member is at its own place, not at its parent's.
fn each(error: &ValidationError<'_>, place: &impl Fn(&str) -> Spot) -> Vec<Violation> {
    let at = error.instance_path().as_str();
    let members = match error.kind() {
        ValidationErrorKind::Required { property } => {
            property.as_str().map(|name| vec![name.to_owned()])
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => Some(unexpected.clone()),
        _ => None,
    };
    let Some(members) = members else {
        let message = match error.kind() {
            // Such as a `readOnly` member in a request.
            ValidationErrorKind::FalseSchema => "is not allowed".to_owned(),
            _ => error.masked().to_string(),
        };
        return vec![match bad_name(error) {
            Some(name) => {
                let message = format!("the member's name: {message}");
                let spot = place(&member_of(at, name));
                Violation {
                    keyword: "propertyNames".into(),
                    ..violation(spot, error, message)
                }
            }
            None => violation(place(at), error, message),
        }];
    };
    let what = match error.kind() {
        ValidationErrorKind::Required { .. } => "is required",
        _ => "is not allowed",
    };
    let one = |name: &String| violation(place(&member_of(at, name)), error, what.to_owned());
    members.iter().map(one).collect()
}

/// The pointer of an object's member.
fn member_of(object: &str, name: &str) -> String {
    format!("{object}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The name of a member, where it is the name that breaks its schema.
fn bad_name<'e>(error: &'e ValidationError<'_>) -> Option<&'e str> {
    if let ValidationErrorKind::PropertyNames { error } = error.kind() {
        return error.instance().as_str();
    }
    let (before, _) = error.schema_path().as_str().split_once("/propertyNames/")?;
    if before.ends_with("/properties") {
        return None;
    }
    error.instance().as_str()
}

fn violation(spot: Spot, error: &ValidationError<'_>, message: String) -> Violation {
    let keyword = error.kind().keyword().to_owned();
    Violation {
        place: spot.place,
        parameter: spot.parameter.map(|name| cut(name, 255)),
        pointer: cut(spot.pointer, 2 * TEXT),
        limit: limit(error.kind()),
        message: cut(message, TEXT),
        keyword: keyword.into(),
    }
}

fn unchecked(spot: Spot) -> Violation {
    Violation {
        place: spot.place,
        parameter: spot.parameter,
        pointer: spot.pointer,
        keyword: "schema".into(),
        limit: None,
        message: "cannot be checked: the contract's schema is none".to_owned(),
    }
}

fn cut(mut text: String, characters: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
    }
    text
}

/// The keyword's value, where it is a limit.
fn limit(kind: &ValidationErrorKind) -> Option<Value> {
    use ValidationErrorKind as Kind;
    match kind {
        Kind::MaxItems { limit } | Kind::MaxLength { limit } | Kind::MaxProperties { limit } => {
            Some(limit_value(limit))
        }
        Kind::MinItems { limit } | Kind::MinLength { limit } | Kind::MinProperties { limit } => {
            Some(limit_value(limit))
        }
        Kind::Minimum { limit } | Kind::Maximum { limit } => Some(limit.clone()),
        Kind::ExclusiveMinimum { limit } | Kind::ExclusiveMaximum { limit } => Some(limit.clone()),
        Kind::Pattern { pattern } => Some(pattern.as_str().into()),
        Kind::Format { format } => Some(format.as_str().into()),
        Kind::Enum { options } => Some((**options).clone())
            .filter(|options| options.as_array().is_some_and(|it| it.len() <= 50)),
        Kind::Constant { expected_value } => Some((**expected_value).clone()),
        Kind::MultipleOf { multiple_of } => {
            Some(serde_json::to_value(multiple_of).unwrap_or_default())
        }
        _ => None,
    }
}

fn limit_value(limit: &impl serde::Serialize) -> Value {
    serde_json::to_value(limit).unwrap_or_default()
}

/// What is wrong with the body of an answer, by the contract; empty if it says nothing of it.
pub(crate) fn response_breaches(
    operation: &Operation,
    status: u16,
    media_type: &str,
    body: &Value,
) -> Vec<Breach> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    answer_breaches(operation, status, essence, body)
}

/// What is wrong with the data of an event that an answer of this status streams.
pub(crate) fn event_breaches(operation: &Operation, status: u16, data: &Value) -> Vec<Breach> {
    answer_breaches(operation, status, "event", data)
}

/// What is wrong with a part of an answer, by the schema that the contract has for it.
fn answer_breaches(operation: &Operation, status: u16, part: &str, value: &Value) -> Vec<Breach> {
    let range = format!("{}XX", status / 100);
    let validator = [status.to_string().as_str(), range.as_str(), "default"]
        .iter()
        .find_map(|status| {
            schemas::validator("response", &format!("{} {status} {part}", operation.id))
        });
    match validator {
        Some(validator) if !validator.is_valid(value) => {
            let errors = validator.iter_errors(value).take(VIOLATIONS);
            errors.map(|error| Breach::of(&error)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is wrong with the body of a message that the service sends.
pub(crate) fn message_violations(entry: &str, body: &Value) -> Vec<Violation> {
    let mut violations = Vec::new();
    match schemas::validator("response", entry) {
        Some(validator) => collect(validator.iter_errors(body), in_body, &mut violations),
        None => violations.push(unchecked(in_body(""))),
    }
    violations
}
