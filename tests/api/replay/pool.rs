//! Ids of things that there are, for requests that name one.

use std::collections::HashMap;

use codegen::Source;
use codegen::api::Operation;
use codegen::calls::{Case, Content};
use codegen::pointer;
use serde_json::Value;

use crate::support::Answer;

/// How deep a schema is looked through for ids.
const DEPTH: usize = 12;

/// Ids by the path parameter that takes them.
pub struct Pool<'a> {
    document: &'a Value,
    /// The parameter by the schema that its ids share with other places.
    by_schema: HashMap<String, String>,
    /// The parameter of a thing by the path of the list that it is in.
    by_list: HashMap<String, String>,
    ids: HashMap<String, Value>,
}

impl<'a> Pool<'a> {
    pub fn new(old: &'a Source) -> Self {
        let mut pool = Self {
            document: &old.document,
            by_schema: HashMap::new(),
            by_list: HashMap::new(),
            ids: HashMap::new(),
        };
        for operation in codegen::api::of(old).operations {
            for parameter in operation.parameters.iter().filter(|it| it.place == "path") {
                let name = &parameter.wire;
                if let Some(reference) = parameter.schema.get("$ref").and_then(Value::as_str) {
                    pool.by_schema.insert(reference.to_owned(), name.clone());
                }
                let end = format!("/{{{name}}}");
                if let Some(list) = operation.path.strip_suffix(&end) {
                    pool.by_list.insert(list.to_owned(), name.clone());
                }
            }
        }
        pool
    }

    /// Keeps the ids of what an answer has: of a thing that was made, else of the first of a list.
    pub fn learn(&mut self, operation: &Operation, answer: &Answer) {
        let Some(name) = self.by_list.get(&operation.path).cloned() else {
            return;
        };
        let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else {
            return;
        };
        let made = body.get("id").filter(|_| operation.method == "POST");
        let listed = body
            .pointer("/items/0/id")
            .filter(|_| !self.ids.contains_key(&name));
        if let Some(id) = made.or(listed) {
            self.ids.insert(name, id.clone());
        }
    }

    /// Puts ids where a request names things.
    pub fn fill(&self, operation: &Operation, case: &mut Case) {
        for (name, value) in case.values["path"].as_object_mut().into_iter().flatten() {
            if let Some(id) = self.ids.get(name) {
                *value = id.clone();
            }
        }
        for (name, value) in case.values["header"].as_object_mut().into_iter().flatten() {
            // Whatever version there is.
            if name.eq_ignore_ascii_case("if-match") {
                *value = "*".into();
            }
        }
        if let Some(Content::Value(index, value)) = &mut case.body {
            let media = operation
                .body
                .as_ref()
                .and_then(|body| body.media.get(*index));
            if let Some(schema) = media.and_then(|media| media.schema.as_ref()) {
                self.fill_value(schema, value, DEPTH);
            }
        }
    }

    fn fill_value(&self, schema: &Value, value: &mut Value, depth: usize) {
        if depth == 0 {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(id) = self
                .by_schema
                .get(reference)
                .and_then(|name| self.ids.get(name))
            {
                *value = id.clone();
            } else if let Some((_, target)) = pointer::resolve(self.document, reference) {
                self.fill_value(target, value, depth - 1);
            }
            return;
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match (
                        self.ids.get(name),
                        schema.pointer(&pointer::join("/properties", name)),
                    ) {
                        (Some(id), _) => *member = id.clone(),
                        (None, Some(schema)) => self.fill_value(schema, member, depth - 1),
                        (None, None) => {}
                    }
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.fill_value(&schema["items"], item, depth - 1);
                }
            }
            _ => {}
        }
    }
}

/// The first example that the contract gives of a body.
pub fn example(old: &Source, operation: &Operation) -> Option<Value> {
    let range = &operation.body.as_ref()?.media.first()?.range;
    let body = format!("{}/requestBody", operation.pointer);
    let followed = |value: &Value| -> Option<Value> {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                pointer::resolve(&old.document, reference).map(|(_, target)| target.clone())
            }
            None => Some(value.clone()),
        }
    };
    let body = followed(old.document.pointer(&body)?)?;
    let media = body.get("content")?.get(range)?;
    let named = media
        .get("examples")
        .and_then(Value::as_object)
        .and_then(|map| map.values().next());
    let named = named.and_then(followed);
    let value = named
        .as_ref()
        .and_then(|example| example.get("value"))
        .or(media.get("example"));
    value.cloned()
}
