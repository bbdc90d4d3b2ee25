//! What did not change with all that it refers to: most of every document.

use std::collections::{HashMap, HashSet};

use codegen::pointer;
use serde_json::Value;

/// The parts of two documents that are referred to and equal, with all that they refer to.
pub struct Clean {
    targets: HashSet<String>,
}

impl Clean {
    pub fn new(old: &Value, new: &Value) -> Self {
        let mut references = Vec::new();
        collect(old, &mut references);
        let all: HashSet<&str> = references.into_iter().collect();
        let mut clean = HashSet::new();
        let mut referrers: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut open: Vec<&str> = Vec::new();
        for reference in &all {
            let at = pointer::of_reference(reference).unwrap_or_default();
            let part = old
                .pointer(&at)
                .filter(|part| Some(*part) == new.pointer(&at));
            let Some(part) = part else {
                open.push(reference);
                continue;
            };
            clean.insert(*reference);
            let mut inner = Vec::new();
            collect(part, &mut inner);
            for target in inner {
                referrers.entry(target).or_default().push(reference);
            }
        }
        families(old, &mut referrers, &mut open);
        families(new, &mut referrers, &mut open);
        while let Some(dirty) = open.pop() {
            clean.remove(dirty);
            for referrer in referrers.remove(dirty).unwrap_or_default() {
                if clean.remove(referrer) {
                    open.push(referrer);
                }
            }
        }
        let targets = clean.into_iter().map(str::to_owned).collect();
        Self { targets }
    }

    /// Whether an equal schema refers to nothing that changed.
    pub fn is_clean(&self, schema: &Value) -> bool {
        let mut references = Vec::new();
        collect(schema, &mut references);
        references
            .iter()
            .all(|reference| self.targets.contains(*reference))
    }

    /// Whether a reference leads to what did not change.
    pub fn is_clean_reference(&self, reference: &str) -> bool {
        self.targets.contains(reference)
    }
}

/// A base with a discriminator means its children too, which refer to it and not it to them.
fn families<'a>(
    document: &'a Value,
    referrers: &mut HashMap<&'a str, Vec<&'a str>>,
    open: &mut Vec<&'a str>,
) {
    let schemas = document
        .pointer("/components/schemas")
        .and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let parts = schema.get("allOf").and_then(Value::as_array);
        for base in parts.into_iter().flatten() {
            let Some(base) = base.get("$ref").and_then(Value::as_str) else {
                continue;
            };
            let has_family = pointer::resolve(document, base)
                .is_some_and(|(_, target)| target.get("discriminator").is_some());
            if has_family {
                // The child may be referred to by nobody: then it has no state, and its base is compared.
                let own = referrers
                    .keys()
                    .copied()
                    .find(|it| it.rsplit('/').next() == Some(name));
                match own {
                    Some(own) => referrers.entry(own).or_default().push(base),
                    None => open.push(base),
                }
            }
        }
    }
}

fn collect<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => found.push(target),
                    member => collect(member, found),
                }
            }
        }
        _ => {}
    }
}
