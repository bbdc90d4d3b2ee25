//! Schemas that contain themselves without looking deeper into the instance: a validator would never end.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use crate::pointer;

/// Which schemas look at the instance of which others.
pub struct Cycles<'a> {
    document: &'a Value,
    edges: RefCell<HashMap<String, Arc<Vec<Edge>>>>,
    closures: RefCell<HashMap<(String, bool), Closure>>,
}

/// Pointers of schemas.
type Closure = Arc<HashSet<String>>;

#[derive(Debug)]
struct Edge {
    target: String,
    /// Through `anyOf`, `oneOf`, `not`, `if` …, rather than only `$ref` and `allOf`.
    choice: bool,
}

const CHOICES: [&str; 6] = ["anyOf", "oneOf", "not", "if", "then", "else"];

impl<'a> Cycles<'a> {
    pub fn new(document: &'a Value) -> Self {
        Self {
            document,
            edges: RefCell::default(),
            closures: RefCell::default(),
        }
    }

    /// Whether the schema at `from` is, or comes to, the one at `to` with the same instance; `choices` looks only
    /// at ways made of choices throughout.
    pub fn reaches(&self, from: &str, to: &str, choices: bool) -> bool {
        from == to || self.closure(from, choices).contains(to)
    }

    /// Whether something in the value of a keyword refers back to the schema at `home`.
    pub fn branches_back(&self, value: &Value, home: &str) -> bool {
        let mut edges = Vec::new();
        match value {
            Value::Array(items) => items
                .iter()
                .for_each(|item| collect(item, true, &mut edges)),
            value => collect(value, true, &mut edges),
        }
        edges
            .iter()
            .any(|edge| self.reaches(&edge.target, home, false))
    }

    fn closure(&self, from: &str, choices: bool) -> Closure {
        let key = (from.to_owned(), choices);
        if let Some(closure) = self.closures.borrow().get(&key) {
            return Arc::clone(closure);
        }
        let mut found = HashSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(pointer) = open.pop() {
            for edge in self
                .edges_of(&pointer)
                .iter()
                .filter(|edge| edge.choice || !choices)
            {
                if found.insert(edge.target.clone()) {
                    open.push(edge.target.clone());
                }
            }
        }
        let found = Arc::new(found);
        self.closures.borrow_mut().insert(key, Arc::clone(&found));
        found
    }

    fn edges_of(&self, pointer: &str) -> Arc<Vec<Edge>> {
        if let Some(edges) = self.edges.borrow().get(pointer) {
            return Arc::clone(edges);
        }
        let mut edges = Vec::new();
        if let Some(schema) = self.document.pointer(pointer) {
            collect(schema, false, &mut edges);
        }
        let edges = Arc::new(edges);
        self.edges
            .borrow_mut()
            .insert(pointer.to_owned(), Arc::clone(&edges));
        edges
    }
}

fn collect(schema: &Value, choice: bool, edges: &mut Vec<Edge>) {
    let Some(members) = schema.as_object() else {
        return;
    };
    for (name, value) in members {
        match (name.as_str(), value) {
            ("$ref", Value::String(reference)) => {
                if let Some(target) = pointer::of_reference(reference) {
                    edges.push(Edge { target, choice });
                }
            }
            ("allOf", Value::Array(parts)) => {
                parts.iter().for_each(|part| collect(part, choice, edges))
            }
            (name, Value::Array(parts)) if CHOICES.contains(&name) => {
                parts.iter().for_each(|part| collect(part, true, edges))
            }
            (name, part) if CHOICES.contains(&name) => collect(part, true, edges),
            ("dependentSchemas", Value::Object(parts)) => {
                parts.values().for_each(|part| collect(part, true, edges))
            }
            _ => {}
        }
    }
}
