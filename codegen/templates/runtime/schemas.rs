//! The contract's schemas at run time: for unions, for answers, and for validators that are too many
//! or too large to be compiled.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::formats;

/// `schemas.json`: for each direction the definitions, and entries that refer to them.
static SCHEMAS: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../schemas.json")).unwrap_or_default());

static BUILT: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The validator of an entry, built when it is first asked for; `None` if there is no such entry.
pub(crate) fn validator(direction: &str, entry: &str) -> Option<Arc<Validator>> {
    let key = format!("{direction}/{entry}");
    if let Some(built) = BUILT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&key)
    {
        return Some(Arc::clone(built));
    }
    let built = build(direction, entry)?;
    BUILT
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(key, Arc::clone(&built));
    Some(built)
}

fn build(direction: &str, entry: &str) -> Option<Arc<Validator>> {
    let side = SCHEMAS.get(direction)?;
    let entry = side.get("entries")?.get(entry)?;
    let definitions = reached(entry, side.get("$defs")?);
    let mut schema = entry.clone();
    if let Value::Object(schema) = &mut schema {
        schema.insert("$defs".to_owned(), definitions);
    }
    match formats::options().build(&schema) {
        Ok(built) => Some(Arc::new(built)),
        Err(error) => {
            tracing::error!(%error, "a schema of the contract is none");
            None
        }
    }
}

/// Names of the entries of a direction.
pub fn entries(direction: &str) -> Vec<&'static str> {
    let entries = SCHEMAS
        .get(direction)
        .and_then(|side| side.get("entries")?.as_object());
    entries
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .collect()
}

/// The definitions that a schema reaches.
fn reached(schema: &Value, definitions: &Value) -> Value {
    let mut found = Map::new();
    let mut open = Vec::new();
    references(schema, &mut open);
    while let Some(name) = open.pop() {
        if found.contains_key(&name) {
            continue;
        }
        if let Some(definition) = definitions.get(&name) {
            references(definition, &mut open);
            found.insert(name, definition.clone());
        }
    }
    Value::Object(found)
}

fn references(schema: &Value, open: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| references(item, open)),
        Value::Object(members) => {
            if let Some(name) = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|it| it.strip_prefix("#/$defs/"))
            {
                let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
                open.push(name.replace("~1", "/").replace("~0", "~"));
            }
            members.values().for_each(|value| references(value, open));
        }
        _ => {}
    }
}

/// The schemas of a union's arms, built when the first value is tried.
pub(crate) struct Arms {
    union: &'static str,
    count: usize,
    validators: OnceLock<Vec<Option<Arc<Validator>>>>,
}

impl Arms {
    /// The arms of the union of this name.
    pub(crate) const fn of(union: &'static str, count: usize) -> Self {
        Self {
            union,
            count,
            validators: OnceLock::new(),
        }
    }

    /// Indexes of the arms that a value satisfies.
    pub(crate) fn satisfied_by(&self, value: &Value) -> Vec<usize> {
        let validators = self.validators.get_or_init(|| self.build());
        let arms = validators.iter().enumerate();
        arms.filter(|(_, validator)| validator.as_ref().is_some_and(|it| it.is_valid(value)))
            .map(|(index, _)| index)
            .collect()
    }

    fn build(&self) -> Vec<Option<Arc<Validator>>> {
        let one = |index| {
            let entry = format!("union {} {index}", self.union);
            build("request", &entry).or_else(|| build("response", &entry))
        };
        (0..self.count).map(one).collect()
    }
}
