//! A document that traffic is judged by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codegen::api::{self, Api, parameters_schema};
use codegen::instance::Instances;
use codegen::schema::{Bundler, Direction};
use codegen::{Place, Source};
use contract::runtime::formats;
use contract::runtime::operation as row;
use contract::runtime::path::{Template, match_template, query_captures};
use jsonschema::Validator;
use serde_json::Value;

use super::declared::{self, Response};
use super::table::{self, keep};

/// A document, its operations and its schemas.
pub struct Contract {
    /// The document.
    pub source: &'static Source,
    /// Its operations as codegen has them.
    pub api: &'static Api,
    /// Its operations, in the same order.
    pub operations: Vec<Operation>,
    /// Templates with the operation's index, the most specific one first.
    routes: Vec<(Template, usize)>,
    schemas: Mutex<Schemas>,
}

/// One operation.
pub struct Operation {
    /// As the runtime has it; its responses are left out.
    pub row: &'static row::Operation,
    /// As codegen has it.
    pub declared: &'static api::Operation,
    /// What it may answer.
    pub responses: Vec<Response>,
}

/// What a method and a path mean.
pub enum Found {
    /// The operation's index, and what its path captures, still encoded.
    Operation(usize, Vec<(&'static str, String)>),
    /// The path is known; these are its methods.
    Methods(Vec<&'static str>),
    /// No path of the document.
    Nothing,
}

/// Schemas made ready, by place and direction.
struct Schemas {
    bundler: Bundler<'static>,
    validators: HashMap<(String, Direction), Option<Arc<Validator>>>,
    instances: HashMap<(String, Direction), Option<Arc<Instances<'static>>>>,
}

impl Contract {
    /// Takes a document for the rest of the process.
    pub fn new(source: Source) -> Self {
        let source = keep(source);
        let api = keep(api::of(source));
        let operations: Vec<Operation> = table::rows(&source.document, api)
            .into_iter()
            .zip(&api.operations)
            .map(|(row, declared)| Operation {
                row,
                declared,
                responses: declared::responses(&source.document, &declared.pointer),
            })
            .collect();
        let mut routes: Vec<(Template, usize)> = operations
            .iter()
            .enumerate()
            .flat_map(|(index, operation)| {
                let templates = table::templates(operation.declared).into_iter();
                templates.map(move |template| (template, index))
            })
            .collect();
        routes.sort_by(|(left, _), (right, _)| left.by_specificity(right));
        Self {
            source,
            api,
            operations,
            routes,
            schemas: Mutex::new(Schemas {
                bundler: source.schemas(),
                validators: HashMap::new(),
                instances: HashMap::new(),
            }),
        }
    }

    /// The document in the dialect of 3.1.
    pub fn document(&self) -> &'static Value {
        &self.source.document
    }

    /// Where a part of the document was written.
    pub fn place(&self, pointer: &str) -> Place {
        self.source.place(pointer)
    }

    /// What a method, a raw path and a raw query mean. Like a generated service, the most specific
    /// template decides; HEAD is answered by GET.
    pub fn find(&self, method: &str, path: &str, query: Option<&str>) -> Found {
        let mut best: Option<&Template> = None;
        let mut methods = Vec::new();
        let mut as_get = None;
        for (template, index) in &self.routes {
            if best.is_some_and(|best| best.by_path(template).is_ne()) {
                break;
            }
            let Some(captures) = match_template(template, path, query) else {
                continue;
            };
            let Some(operation) = self.operations.get(*index) else {
                continue;
            };
            best = Some(template);
            let captures = || {
                let of_path = captures
                    .iter()
                    .map(|(name, raw)| (*name, (*raw).to_owned()));
                of_path.chain(query_captures(template, query)).collect()
            };
            if operation.row.method == method {
                return Found::Operation(*index, captures());
            }
            if method == "HEAD" && operation.row.method == "GET" {
                as_get.get_or_insert_with(|| (*index, captures()));
            }
            if !methods.contains(&operation.row.method) {
                methods.push(operation.row.method);
            }
        }
        match as_get {
            Some((index, captures)) => Found::Operation(index, captures),
            None if methods.is_empty() => Found::Nothing,
            None => Found::Methods(methods),
        }
    }

    /// The validator of the schema at a pointer; `None` where the schema is none.
    pub fn validator(&self, pointer: &str, direction: Direction) -> Option<Arc<Validator>> {
        let mut schemas = self.schemas();
        let key = (pointer.to_owned(), direction);
        if let Some(known) = schemas.validators.get(&key) {
            return known.clone();
        }
        let schema = schemas.bundler.at(pointer, direction);
        schemas.build(key, &schema)
    }

    /// The validator of all parameters of an operation, as an object of places.
    pub fn parameters(&self, index: usize) -> Option<Arc<Validator>> {
        let operation = self.operations.get(index)?.declared;
        let schema = parameters_schema(&operation.parameters)?;
        self.own(&operation.pointer, "parameters", &schema)
    }

    /// The validator of an operation's body in one of its media types.
    pub fn body(&self, index: usize, media: usize) -> Option<Arc<Validator>> {
        let operation = self.operations.get(index)?.declared;
        let media_type = operation.body.as_ref()?.media.get(media)?;
        self.own(
            &operation.pointer,
            &media_type.range,
            media_type.schema.as_ref()?,
        )
    }

    fn own(&self, pointer: &str, name: &str, schema: &Value) -> Option<Arc<Validator>> {
        let mut schemas = self.schemas();
        // No pointer has a space in this place, so that it is no other schema's key.
        let key = (format!("{pointer} {name}"), Direction::Request);
        if let Some(known) = schemas.validators.get(&key) {
            return known.clone();
        }
        let schema = schemas.bundler.value(schema, pointer, Direction::Request);
        schemas.build(key, &schema)
    }

    /// A maker of the values of one parameter.
    pub fn parameter(
        &self,
        index: usize,
        place: &str,
        name: &str,
    ) -> Option<Arc<Instances<'static>>> {
        let operation = self.operations.get(index)?.declared;
        let mut declared = operation.parameters.iter();
        let declared = declared.find(|it| it.place == place && it.wire == name)?;
        let mut schemas = self.schemas();
        let key = (
            format!("{} {place} {name}", operation.pointer),
            Direction::Request,
        );
        if let Some(known) = schemas.instances.get(&key) {
            return known.clone();
        }
        let bundler = &mut schemas.bundler;
        let schema = bundler.value(&declared.schema, &operation.pointer, Direction::Request);
        let made = Instances::of(schema).ok().map(Arc::new);
        schemas.instances.insert(key, made.clone());
        made
    }

    /// The members that an object in an operation's body can have.
    pub fn body_members(&self, index: usize, media: usize) -> Vec<String> {
        let made = || {
            let operation = self.operations.get(index)?.declared;
            let media = operation.body.as_ref()?.media.get(media)?;
            let mut schemas = self.schemas();
            let key = (
                format!("{} {}", operation.pointer, media.range),
                Direction::Request,
            );
            if let Some(known) = schemas.instances.get(&key) {
                return known.clone();
            }
            let (schema, bundler) = (media.schema.as_ref()?, &mut schemas.bundler);
            let schema = bundler.value(schema, &operation.pointer, Direction::Request);
            let made = Instances::of(schema).ok().map(Arc::new);
            schemas.instances.insert(key, made.clone());
            made
        };
        let full = made().and_then(|it| it.fullest()).unwrap_or_default();
        let members = full.as_object().into_iter().flatten();
        members.map(|(name, _)| name.clone()).collect()
    }

    /// A maker of values of the schema at a pointer, as they are answered.
    pub fn instances(&self, pointer: &str) -> Option<Arc<Instances<'static>>> {
        let mut schemas = self.schemas();
        let key = (pointer.to_owned(), Direction::Response);
        if let Some(known) = schemas.instances.get(&key) {
            return known.clone();
        }
        let schema = schemas.bundler.at(pointer, Direction::Response);
        let made = Instances::of(schema).ok().map(Arc::new);
        schemas.instances.insert(key, made.clone());
        made
    }

    fn schemas(&self) -> MutexGuard<'_, Schemas> {
        self.schemas.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schemas {
    fn build(&mut self, key: (String, Direction), schema: &Value) -> Option<Arc<Validator>> {
        let built = formats::options().build(schema).ok().map(Arc::new);
        self.validators.insert(key, built.clone());
        built
    }
}
