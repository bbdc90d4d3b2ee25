//! The contract as the tests read it: from the document itself, not from what was generated.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use contract::Operation;
use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Value};

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(contract::DOCUMENT_JSON).unwrap());

static VALIDATORS: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// A part of the document and its place in it.
#[derive(Debug, Clone)]
pub struct Part {
    /// JSON pointer from the document's root.
    pub pointer: String,
    /// What stands there.
    pub value: &'static Value,
}

impl Part {
    /// What stands at a pointer, references followed.
    #[track_caller]
    pub fn at(pointer: &str) -> Self {
        Self::find(pointer).unwrap_or_else(|| panic!("the contract has nothing at {pointer}"))
    }

    fn find(pointer: &str) -> Option<Self> {
        let value = DOCUMENT.pointer(pointer)?;
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => Self::find(reference.strip_prefix('#').unwrap()),
            None => Some(Self {
                pointer: pointer.to_owned(),
                value,
            }),
        }
    }

    /// What an operation says.
    pub fn of(operation: &Operation) -> Self {
        let path = escape(operation.path);
        Self::at(&format!(
            "/paths/{path}/{}",
            operation.method.to_lowercase()
        ))
    }

    /// A member, references followed.
    pub fn member(&self, name: &str) -> Option<Self> {
        Self::find(&format!("{}/{}", self.pointer, escape(name)))
    }

    /// The members, references followed.
    pub fn members(&self) -> Vec<(&'static str, Self)> {
        let names = self.value.as_object().into_iter().flat_map(Map::keys);
        names
            .map(|name| (name.as_str(), self.member(name).unwrap()))
            .collect()
    }

    /// What is wrong with a value by the schema that stands here; nothing if it is valid.
    pub fn errors(&self, value: &Value) -> Vec<String> {
        let validator = validator(&self.pointer);
        validator
            .iter_errors(value)
            .map(|error| format!("`{}`: {error}", error.instance_path()))
            .collect()
    }
}

/// A schema among the components.
#[track_caller]
pub fn schema(name: &str) -> Part {
    Part::at(&format!("/components/schemas/{name}"))
}

/// The value of an example among the components.
#[track_caller]
pub fn example(name: &str) -> Value {
    Part::at(&format!("/components/examples/{name}/value"))
        .value
        .clone()
}

/// The schema of the body that an operation takes, and its media type.
pub fn request_body(operation: &Operation) -> Option<(&'static str, Part)> {
    let content = Part::of(operation)
        .member("requestBody")?
        .member("content")?;
    let (media_type, media) = content.members().into_iter().next()?;
    Some((media_type, media))
}

/// Which operation a method and a path mean.
pub enum Found {
    /// This one.
    Operation(&'static Operation),
    /// The path is known, the method is not.
    OtherMethods,
    /// No path of the contract.
    Nothing,
}

/// Finds the operation; a fixed segment goes before a parameter, and HEAD means GET.
pub fn find(method: &str, path: &str) -> Found {
    let mut operations: Vec<_> = contract::operations::ALL
        .iter()
        .copied()
        .filter(|operation| matches(operation.path, path))
        .collect();
    operations.sort_by_key(|operation| operation.path.matches('{').count());
    let Some(first) = operations.first() else {
        return Found::Nothing;
    };
    let method = if method == "HEAD" { "GET" } else { method };
    operations
        .iter()
        .find(|operation| operation.path == first.path && operation.method == method)
        .map_or(Found::OtherMethods, |operation| Found::Operation(operation))
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template
            .zip(path)
            .all(|(pattern, segment)| pattern == segment || pattern.starts_with('{'))
}

/// A validator of the schema at a pointer, with the whole document around it.
fn validator(pointer: &str) -> Arc<Validator> {
    let mut validators = VALIDATORS.lock().unwrap();
    let validator = validators.entry(pointer.to_owned()).or_insert_with(|| {
        let mut document = DOCUMENT.clone();
        document["$ref"] = codegen::pointer::to_reference(pointer).into();
        let built = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex())
            .build(&document);
        Arc::new(built.unwrap())
    });
    Arc::clone(validator)
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
