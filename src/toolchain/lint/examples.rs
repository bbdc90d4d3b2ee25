//! Examples and defaults that break their schemas.

use std::collections::HashMap;

use codegen::grammar::Kind;
use codegen::pointer;
use codegen::schema::{Bundler, Direction};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;

use super::{Linter, each, rules};

/// Characters of JSON of the longest value that is shown.
const SHOWN: usize = 80;

/// An example: its pointer and value, the pointer of its schema, and the way that it travels, if it does.
struct Example<'a> {
    at: String,
    value: &'a Value,
    schema: String,
    way: Option<Direction>,
}

pub fn check(linter: &mut Linter<'_>) {
    let mut examples = Vec::new();
    let document = linter.document();
    each(document, Kind::Document, "", &mut |value, kind, at| {
        collect(document, value, kind, at, &mut examples)
    });
    let mut judge = Judge {
        bundler: linter.source.schemas(),
        validators: HashMap::new(),
    };
    for example in examples {
        // A schema by itself is used both ways: an example must be right one way at least.
        let ways = match example.way {
            Some(way) => vec![way],
            None => vec![Direction::Request, Direction::Response],
        };
        let mut faults: Vec<Option<String>> = ways
            .into_iter()
            .map(|way| judge.fault(&example, way))
            .collect();
        if faults.iter().all(Option::is_some)
            && let Some(Some(fault)) = faults.pop()
        {
            linter.found(
                &rules::EXAMPLE,
                &example.at,
                format!("this value breaks its schema: {fault}"),
            );
        }
    }
}

struct Judge<'a> {
    bundler: Bundler<'a>,
    validators: HashMap<(String, Direction), Option<Validator>>,
}

impl Judge<'_> {
    /// What is wrong with an example.
    fn fault(&mut self, example: &Example<'_>, way: Direction) -> Option<String> {
        let key = (example.schema.clone(), way);
        let bundler = &mut self.bundler;
        let validator = self.validators.entry(key).or_insert_with(|| {
            jsonschema::draft202012::options()
                .should_validate_formats(true)
                .with_pattern_options(PatternOptions::regex())
                .build(&bundler.at(&example.schema, way))
                .ok()
        });
        let error = validator.as_ref()?.iter_errors(example.value).next()?;
        let place = error.instance_path().to_string();
        let fault = told(&error, way);
        Some(match place.is_empty() {
            true => fault,
            false => format!("{fault} (at {place})"),
        })
    }
}

/// What is wrong, without the value where that is long: whoever reads it has it before their eyes.
fn told(error: &ValidationError<'_>, way: Direction) -> String {
    if matches!(error.kind(), ValidationErrorKind::FalseSchema) {
        return match way {
            Direction::Request => {
                "requests have no such member: it is readOnly, or its schema is `false`".to_owned()
            }
            Direction::Response => {
                "answers have no such member: it is writeOnly, or its schema is `false`".to_owned()
            }
        };
    }
    match error.instance().to_string().len() {
        ..=SHOWN => error.to_string(),
        _ => error.masked_with("it").to_string(),
    }
}

fn collect<'a>(
    document: &'a Value,
    value: &'a Value,
    kind: Kind,
    at: &str,
    found: &mut Vec<Example<'a>>,
) {
    let mut add = |at: String, value: &'a Value, schema: String, way: Option<Direction>| {
        found.push(Example {
            at,
            value,
            schema,
            way,
        });
    };
    match kind {
        Kind::Schema => {
            if let Some(default) = value.get("default") {
                add(pointer::join(at, "default"), default, at.to_owned(), None);
            }
            let examples = value.get("examples").and_then(Value::as_array);
            for (index, example) in examples.into_iter().flatten().enumerate() {
                add(
                    format!("{at}/examples/{index}"),
                    example,
                    at.to_owned(),
                    None,
                );
            }
        }
        Kind::MediaType | Kind::Parameter | Kind::Header if value.get("schema").is_some() => {
            // Text, XML and forms are written otherwise than their values.
            let name = pointer::last(at);
            if kind == Kind::MediaType && !name.contains("json") {
                return;
            }
            let way = if at.contains("/responses/") {
                Direction::Response
            } else {
                Direction::Request
            };
            let way = (!at.starts_with("/components/") || at.starts_with("/components/responses/"))
                .then_some(way);
            let schema = pointer::join(at, "schema");
            if let Some(example) = value.get("example") {
                add(pointer::join(at, "example"), example, schema.clone(), way);
            }
            let examples = value.get("examples").and_then(Value::as_object);
            for (name, example) in examples.into_iter().flatten() {
                let here = pointer::join(&pointer::join(at, "examples"), name);
                let target = example
                    .get("$ref")
                    .and_then(Value::as_str)
                    .and_then(|it| pointer::resolve(document, it));
                let example = target.map_or(example, |(_, target)| target);
                if let Some(value) = example.get("value") {
                    add(here, value, schema.clone(), way);
                }
            }
        }
        _ => {}
    }
}
