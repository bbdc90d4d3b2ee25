//! Which requests are checked by compiled validators and which by validators built at start, and the
//! schemas of both.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use super::files::Files;
use crate::api::{Api, Status, parameters_schema};
use crate::fault::Fault;
use crate::names::{Scope, type_name, value_name};
use crate::schema::{Bundler, Direction};
use crate::source::Source;
use crate::types::{Kind, Types};

/// Bytes of schemas that become code. In a larger document compile time and memory hurt (about a second
/// for each 20 KB), so that all its validators are built at start.
const COMPILED_BYTES: usize = 400_000;

/// What the templates and the crate get.
pub struct Plan {
    /// Of each operation, by its constant: the checks as Rust expressions; and the validators to compile.
    pub context: Context,
    /// `schemas.json` and `schemas/*.json`.
    pub files: Files,
    /// What the schemas lost.
    pub faults: Vec<Fault>,
    /// Validators that are built at start.
    pub built: usize,
}

/// What the template of the validators prints.
#[derive(Default)]
pub struct Context {
    /// Expressions of the checks, by the operation's constant: parameters, bodies.
    pub checks: HashMap<String, (String, String)>,
    /// Struct name and schema path of each compiled validator.
    pub compiled: Vec<(String, String)>,
}

/// A request schema that wants a validator.
struct Candidate {
    operation: usize,
    /// `None` for the parameters, else the index of the representation.
    body: Option<usize>,
    file: String,
    entry: String,
    schema: Value,
    bytes: usize,
}

/// Decides and writes.
pub fn plan(source: &Source, api: &Api, types: &Types<'_>) -> Plan {
    let mut bundler = source.schemas();
    let candidates = candidates(api, &mut bundler);
    let bytes: usize = candidates.iter().map(|candidate| candidate.bytes).sum();
    let mut files = Files::new();
    let mut sides = Sides::default();
    let mut context = Context::default();
    let mut checks: BTreeMap<(usize, Option<usize>), String> = BTreeMap::new();
    let mut built = 0;
    let mut names = Scope::default();
    for candidate in candidates {
        let key = (candidate.operation, candidate.body);
        if bytes > COMPILED_BYTES || !compiles(&candidate.schema) {
            sides.add(Direction::Request, &candidate.entry, candidate.schema);
            checks.insert(key, format!("Check::Built({:?})", candidate.entry));
            built += 1;
            continue;
        }
        let name = names.claim(type_name(&candidate.file.replace('.', " ")));
        let path = format!("schemas/{}.json", candidate.file);
        checks.insert(key, format!(
            "Check::Compiled {{ is_valid: compiled::{name}::is_valid, errors: compiled::{name}::iter_errors }}"
        ));
        context.compiled.push((name, path.clone()));
        files.insert(path.into(), pretty(&candidate.schema));
    }
    context.compiled.sort();
    for (index, operation) in api.operations.iter().enumerate() {
        let none = || "Check::None".to_owned();
        let parameters = checks.remove(&(index, None)).unwrap_or_else(none);
        let media = operation.body.as_ref().map_or(0, |body| body.media.len());
        let bodies: Vec<String> = (0..media)
            .map(|body| checks.remove(&(index, Some(body))).unwrap_or_else(none))
            .collect();
        context.checks.insert(
            operation.const_name.clone(),
            (parameters, bodies.join(", ")),
        );
    }
    unions(types, &mut bundler, &mut sides);
    responses(api, &mut bundler, &mut sides);
    for payload in api.messages.iter().flat_map(|message| &message.payloads) {
        let schema = bundler.value(&payload.schema, &payload.pointer, Direction::Response);
        sides.add(Direction::Response, &payload.entry, schema);
    }
    files.insert("schemas.json".into(), pretty(&sides.into_value()));
    Plan {
        context,
        files,
        faults: bundler.faults(),
        built,
    }
}

fn candidates(api: &Api, bundler: &mut Bundler<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut names = Scope::default();
    for (index, operation) in api.operations.iter().enumerate() {
        let mut add = |body: Option<usize>, part: &str, schema: &Value, pointer: &str| {
            let schema = bundler.value(schema, pointer, Direction::Request);
            if is_open(&schema) {
                return;
            }
            let name = value_name(&operation.id);
            let file = names.claim(format!("{}.{part}", name.trim_start_matches("r#")));
            let bytes = schema.to_string().len();
            candidates.push(Candidate {
                operation: index,
                body,
                entry: file.clone(),
                file,
                schema,
                bytes,
            });
        };
        if let Some(schema) = parameters_schema(&operation.parameters) {
            add(
                None,
                "parameters",
                &schema,
                &format!("{}/parameters", operation.pointer),
            );
        }
        let media = operation.body.as_ref().map_or(&[][..], |body| &body.media);
        for (body, media) in media.iter().enumerate() {
            if let Some(schema) = &media.schema {
                let part = value_name(&media.variant);
                add(
                    Some(body),
                    part.trim_start_matches("r#"),
                    schema,
                    &format!("{}/requestBody", operation.pointer),
                );
            }
        }
    }
    candidates
}

/// A schema that refuses nothing.
fn is_open(schema: &Value) -> bool {
    schema == &Value::Bool(true)
        || schema
            .as_object()
            .is_some_and(|it| it.keys().all(|key| key == "$schema"))
}

/// The compiled validators do not evaluate dynamic references.
fn compiles(schema: &Value) -> bool {
    !schema.to_string().contains("\"$dynamicRef\"")
}

fn unions(types: &Types<'_>, bundler: &mut Bundler<'_>, sides: &mut Sides) {
    for model in &types.models {
        let Kind::Union(union) = &model.kind else {
            continue;
        };
        for (index, arm) in union.arms.iter().enumerate() {
            let schema = bundler.value(&arm.schema, &model.pointer, arm.direction);
            sides.add(
                arm.direction,
                &format!("union {} {index}", model.name),
                schema,
            );
        }
    }
}

fn responses(api: &Api, bundler: &mut Bundler<'_>, sides: &mut Sides) {
    for operation in &api.operations {
        for response in &operation.responses {
            let status = match response.status {
                Status::Code(code) => code.to_string(),
                Status::Range(digit) => format!("{digit}XX"),
                Status::Default => "default".to_owned(),
            };
            for media in &response.media {
                let Some(schema) = &media.schema else {
                    continue;
                };
                let place = format!("{}/responses", operation.pointer);
                let schema = bundler.value(schema, &place, Direction::Response);
                let essence = media.range.split(';').next().unwrap_or_default().trim();
                let part = if media.events { "event" } else { essence };
                let entry = format!("{} {status} {part}", operation.id);
                sides.add(Direction::Response, &entry, schema);
            }
        }
    }
}

/// `schemas.json`: for each direction the definitions once, and entries that refer to them.
#[derive(Default)]
struct Sides {
    request: Side,
    response: Side,
}

#[derive(Default)]
struct Side {
    definitions: Map<String, Value>,
    entries: Map<String, Value>,
}

impl Sides {
    fn add(&mut self, direction: Direction, entry: &str, schema: Value) {
        let side = match direction {
            Direction::Request => &mut self.request,
            Direction::Response => &mut self.response,
        };
        let schema = match schema {
            Value::Object(mut schema) => {
                if let Some(Value::Object(definitions)) = schema.remove("$defs") {
                    side.definitions.extend(definitions);
                }
                schema.remove("$schema");
                Value::Object(schema)
            }
            Value::Bool(false) => json!({ "not": {} }),
            _ => json!({}),
        };
        side.entries.insert(entry.to_owned(), schema);
    }

    fn into_value(self) -> Value {
        let side = |side: Side| json!({ "$defs": side.definitions, "entries": side.entries });
        json!({ "request": side(self.request), "response": side(self.response) })
    }
}

fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
