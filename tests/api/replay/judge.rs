//! Answers, judged by a contract that need not be today's.

use std::collections::HashMap;

use codegen::api::Operation;
use codegen::schema::{Bundler, Direction};
use codegen::{Source, pointer};
use concordat::toolchain::compare::open;
use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use crate::support::Answer;

/// Statuses that blame whoever sent a valid request, or say that the service is at fault.
const BLAMES: [u16; 6] = [400, 405, 406, 415, 422, 500];

/// Statuses that say the same where the request carried the credentials of an administrator.
const BARS: [u16; 2] = [401, 403];

/// Judges by one contract.
pub struct Judge<'a> {
    document: &'a Value,
    bundler: Bundler<'a>,
    validators: HashMap<String, Validator>,
}

impl<'a> Judge<'a> {
    pub fn new(old: &'a Source) -> Self {
        Self {
            document: &old.document,
            bundler: old.schemas(),
            validators: HashMap::new(),
        }
    }

    /// How an answer to a valid request is not what the contract promises.
    pub fn faults(&mut self, operation: &Operation, answer: &Answer) -> Vec<String> {
        let status = answer.status;
        let body = String::from_utf8_lossy(&answer.body);
        let is_barred = BARS.contains(&status) && !operation.security.alternatives.is_empty();
        if BLAMES.contains(&status) || is_barred {
            return vec![format!("answers {status} to a valid request: {body}")];
        }
        if status == 404 && !operation.path.contains('{') {
            return vec![format!(
                "answers 404, though the path names nothing: {body}"
            )];
        }
        let names = [
            status.to_string(),
            format!("{}XX", status / 100),
            "default".to_owned(),
        ];
        let responses = format!("{}/responses", operation.pointer);
        let places = names.iter().map(|name| pointer::join(&responses, name));
        let Some(at) = places
            .map(|at| self.follow(&at))
            .find(|at| self.document.pointer(at).is_some())
        else {
            return vec![format!("answers {status}, which was not declared: {body}")];
        };
        let mut faults = self.headers(&at, answer);
        faults.extend(self.body(&at, operation, answer));
        faults
    }

    fn headers(&mut self, at: &str, answer: &Answer) -> Vec<String> {
        let headers = format!("{at}/headers");
        let names: Vec<String> = self.keys(&headers);
        let mut faults = Vec::new();
        for name in names
            .iter()
            .filter(|name| !name.eq_ignore_ascii_case("content-type"))
        {
            let at = self.follow(&pointer::join(&headers, name));
            let text = answer
                .headers
                .get(name.as_str())
                .and_then(|it| it.to_str().ok());
            let required = self.document.pointer(&at).and_then(|it| it.get("required"));
            match text {
                None if required == Some(&Value::Bool(true)) => {
                    faults.push(format!("has no header {name}"))
                }
                None => {}
                Some(text) => {
                    // A number or a truth is written like text.
                    let plain = Value::from(text);
                    let typed = serde_json::from_str(text).unwrap_or_else(|_| plain.clone());
                    let schema = format!("{at}/schema");
                    let errors = self.errors(&schema, &plain);
                    if !errors.is_empty() && !self.errors(&schema, &typed).is_empty() {
                        faults.push(format!(
                            "has the header {name}: {text}: {}",
                            errors.join("; ")
                        ));
                    }
                }
            }
        }
        faults
    }

    fn body(&mut self, at: &str, operation: &Operation, answer: &Answer) -> Vec<String> {
        let content = format!("{at}/content");
        let types = self.keys(&content);
        let told = answer.header("content-type");
        let media_type = told.split(';').next().unwrap_or_default().trim();
        if types.is_empty()
            || operation.method == "HEAD"
            || answer.body.is_empty() && media_type.is_empty()
        {
            return match types.is_empty() && !answer.body.is_empty() {
                true => vec!["has content, and none was declared".to_owned()],
                false => Vec::new(),
            };
        }
        let covers = |range: &str| {
            let range = range.split(';').next().unwrap_or_default().trim();
            let kind = range
                .strip_suffix("/*")
                .is_some_and(|it| media_type.split('/').next() == Some(it));
            range == media_type || range == "*/*" || kind
        };
        let Some(range) = types.iter().find(|range| covers(range)) else {
            return vec![format!("is {media_type}, which was not declared")];
        };
        if !media_type.contains("json") {
            return Vec::new();
        }
        let schema = format!("{}/schema", pointer::join(&content, range));
        self.errors(&schema, &answer.json())
    }

    /// What is wrong with a value.
    fn errors(&mut self, schema: &str, value: &Value) -> Vec<String> {
        let (bundler, document) = (&mut self.bundler, self.document);
        let validator = self.validators.entry(schema.to_owned()).or_insert_with(|| {
            let mut schema = bundler.at(schema, Direction::Response);
            if open::is_promised(document) {
                schema = open::opened(&schema);
            }
            jsonschema::draft202012::options()
                .should_validate_formats(true)
                .with_pattern_options(PatternOptions::regex())
                .build(&schema)
                .unwrap()
        });
        let errors = validator.iter_errors(value);
        errors
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    fn keys(&self, at: &str) -> Vec<String> {
        let map = self.document.pointer(at).and_then(Value::as_object);
        map.into_iter()
            .flat_map(|map| map.keys())
            .cloned()
            .collect()
    }

    fn follow(&self, at: &str) -> String {
        let mut at = at.to_owned();
        while let Some(target) = self
            .document
            .pointer(&at)
            .and_then(|it| it.get("$ref")?.as_str())
            .and_then(pointer::of_reference)
        {
            at = target;
        }
        at
    }
}
