//! Where edits can be made: operations and the schemas that messages are made of.

use std::collections::{BTreeMap, HashSet};

use codegen::pointer;
use serde_json::{Map, Value};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A schema that decides about values of a message whatever stands beside it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Use {
    pub in_requests: bool,
    pub in_responses: bool,
    /// Reached in a way in which an edit of it need not change what the message is.
    pub elsewhere: bool,
}

/// The schemas of a document by pointer, with how they are used.
pub fn schemas(document: &Value) -> BTreeMap<String, Use> {
    let mut found = Found {
        document,
        uses: BTreeMap::new(),
        seen: HashSet::new(),
    };
    for operation in operations(document) {
        let path_item = operation
            .rsplit_once('/')
            .map(|(item, _)| item.to_owned())
            .unwrap_or_default();
        for owner in [&path_item, &operation] {
            found.each(&format!("{owner}/parameters"), true, |found, at, way| {
                found.schema(&format!("{at}/schema"), way, true);
            });
        }
        let body = found.follow(&format!("{operation}/requestBody"));
        found.content(&body, true);
        found.answers(&operation, false);
    }
    // What the service sends goes the way of its answers, and what it is answered that of requests.
    for hook in hooks(document) {
        found.each(&format!("{hook}/parameters"), false, |found, at, way| {
            found.schema(&format!("{at}/schema"), way, true);
        });
        let body = found.follow(&format!("{hook}/requestBody"));
        found.content(&body, false);
        found.answers(&hook, true);
    }
    // Callbacks of callbacks are not compared.
    let known: Vec<String> = found.uses.keys().cloned().collect();
    let outside = outside(document);
    for at in known {
        if outside.contains(&at) {
            found.uses.entry(at).or_default().elsewhere = true;
        }
    }
    found.uses
}

/// Pointers of all operations below `paths`.
pub fn operations(document: &Value) -> Vec<String> {
    let paths = document.get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            found.push(format!("/paths/{}/{method}", pointer::escape(path)));
        }
    }
    found
}

/// Pointers of all operations of webhooks and callbacks, but for callbacks of these.
pub fn hooks(document: &Value) -> Vec<String> {
    let found = Found {
        document,
        uses: BTreeMap::new(),
        seen: HashSet::new(),
    };
    let keys = |at: &str| -> Vec<String> {
        let map = document.pointer(at).and_then(Value::as_object);
        let keys = map.into_iter().flat_map(Map::keys);
        keys.filter(|key| !key.starts_with("x-"))
            .map(|key| pointer::join(at, key))
            .collect()
    };
    let mut items = keys("/webhooks");
    for operation in operations(document) {
        for callback in keys(&format!("{operation}/callbacks")) {
            items.extend(keys(&found.follow(&callback)));
        }
    }
    let mut hooks = Vec::new();
    for item in items {
        let item = found.follow(&item);
        let methods = METHODS.iter().map(|method| format!("{item}/{method}"));
        hooks.extend(methods.filter(|at| document.pointer(at).is_some()));
    }
    hooks.sort();
    hooks.dedup();
    hooks
}

struct Found<'a> {
    document: &'a Value,
    uses: BTreeMap<String, Use>,
    seen: HashSet<(String, bool, bool)>,
}

impl Found<'_> {
    fn follow(&self, at: &str) -> String {
        let mut at = at.to_owned();
        for _ in 0..16 {
            let reference = self
                .document
                .pointer(&at)
                .and_then(|it| it.get("$ref"))
                .and_then(Value::as_str);
            let Some(target) = reference.and_then(pointer::of_reference) else {
                break;
            };
            at = target;
        }
        at
    }

    fn each(&mut self, at: &str, way: bool, mut f: impl FnMut(&mut Self, &str, bool)) {
        let keys: Vec<String> = match self.document.pointer(at) {
            Some(Value::Array(items)) => (0..items.len()).map(|index| index.to_string()).collect(),
            Some(Value::Object(members)) => members
                .keys()
                .filter(|key| !key.starts_with("x-"))
                .cloned()
                .collect(),
            _ => Vec::new(),
        };
        for key in keys {
            let at = self.follow(&pointer::join(at, &key));
            f(self, &at, way);
        }
    }

    fn answers(&mut self, operation: &str, way: bool) {
        self.each(&format!("{operation}/responses"), way, |found, at, way| {
            found.content(at, way);
            found.each(&format!("{at}/headers"), way, |found, at, way| {
                found.schema(&format!("{at}/schema"), way, true);
            });
        });
    }

    fn content(&mut self, at: &str, way: bool) {
        self.each(&format!("{at}/content"), way, |found, at, way| {
            found.schema(&format!("{at}/schema"), way, true)
        });
    }

    fn schema(&mut self, at: &str, in_requests: bool, plain: bool) {
        let at = self.follow(at);
        let Some(schema) = self.document.pointer(&at).and_then(Value::as_object) else {
            return;
        };
        if !self.seen.insert((at.clone(), in_requests, plain)) {
            return;
        }
        let mut plain = plain;
        let choices = [
            "anyOf",
            "oneOf",
            "not",
            "if",
            "discriminator",
            "enum",
            "const",
            "nullable",
        ];
        let composed = choices.iter().any(|keyword| schema.contains_key(*keyword));
        let entry = self.uses.entry(at.clone()).or_default();
        match (plain, in_requests) {
            (false, _) => entry.elsewhere = true,
            (true, true) => entry.in_requests = true,
            (true, false) => entry.in_responses = true,
        }
        if composed || schema.contains_key("unevaluatedProperties") {
            plain = false;
        }
        let hidden = if in_requests { "readOnly" } else { "writeOnly" };
        if let Some(members) = schema.get("properties").and_then(Value::as_object) {
            let names: Vec<String> = members
                .iter()
                .filter(|(_, member)| member.get(hidden).is_none())
                .map(|(name, _)| name.clone())
                .collect();
            for name in names {
                let at = pointer::join(&format!("{at}/properties"), &name);
                let shown = self
                    .document
                    .pointer(&self.follow(&at))
                    .is_some_and(|it| it.get(hidden).is_none());
                if shown {
                    self.schema(&at, in_requests, plain);
                }
            }
        }
        for keyword in ["items", "additionalProperties"] {
            self.schema(&format!("{at}/{keyword}"), in_requests, plain);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let count = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                self.schema(&format!("{at}/{keyword}/{index}"), in_requests, false);
            }
        }
    }
}

/// The components that something refers to which is not compared.
fn outside(document: &Value) -> HashSet<String> {
    let mut open: Vec<String> = Vec::new();
    for hook in hooks(document) {
        if let Some(part) = document.pointer(&format!("{hook}/callbacks")) {
            references(part, &mut open);
        }
    }
    let mut seen = HashSet::new();
    while let Some(at) = open.pop() {
        if seen.insert(at.clone())
            && let Some(part) = document.pointer(&at)
        {
            references(part, &mut open);
            below(part, &at, &mut seen);
        }
    }
    seen
}

fn below(value: &Value, at: &str, found: &mut HashSet<String>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), member))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        let at = pointer::join(at, &name);
        found.insert(at.clone());
        below(child, &at, found);
    }
}

pub fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => {
                        found.extend(pointer::of_reference(target))
                    }
                    member => references(member, found),
                }
            }
        }
        _ => {}
    }
}
