//! Discriminators: the value of a member names the schema that must hold.
//!
//! JSON Schema knows none. `oneOf` alone would refuse what satisfies two arms, which the discriminator
//! tells apart, and a base would accept any child whatever the child's own rules are.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Bundler, Key, Made, View};
use crate::discriminator;
use crate::pointer;

/// Puts the choice by discriminator in place of `oneOf` or `anyOf`; `schema` is as it was written, `ready` what
/// became of it. Nothing changes where the discriminator does not tell every arm from every other.
pub fn by_discriminator(
    document: &Value,
    schema: &Map<String, Value>,
    ready: &mut Map<String, Value>,
) {
    for keyword in ["oneOf", "anyOf"] {
        let (Some(Value::Array(written)), Some(Value::Array(made))) =
            (schema.get(keyword), ready.get(keyword))
        else {
            continue;
        };
        let arms: Vec<(&Value, &Value)> = written
            .iter()
            .zip(made)
            .filter(|(arm, _)| !is_null(arm))
            .collect();
        let objects: Vec<Value> = arms.iter().map(|(arm, _)| (*arm).clone()).collect();
        let inherited = || discriminator::inherited(document, &objects);
        let Some(declared) = schema.get("discriminator").or_else(inherited) else {
            continue;
        };
        let property = discriminator::property(declared);
        let tags = discriminator::tags(document, declared, &objects);
        let (Some(property), Some(tags)) = (property, tags) else {
            continue;
        };
        let branches = tags
            .iter()
            .zip(&arms)
            .map(|(tags, (_, made))| (tags.as_slice(), (*made).clone()));
        let choice = choice(property, branches);
        let all: Vec<&String> = tags.iter().flatten().collect();
        let chosen = json!({
            "if": { "type": "object", "required": [property] },
            "then": { "properties": { property: { "enum": all } }, "allOf": choice },
            "else": { keyword: made },
        });
        ready.remove(keyword);
        if let Value::Array(parts) = ready.entry("allOf").or_insert_with(|| json!([])) {
            parts.push(chosen);
        }
        return;
    }
}

/// For each schema: if the member has one of its values, it must hold.
fn choice<'t>(property: &str, branches: impl Iterator<Item = (&'t [String], Value)>) -> Vec<Value> {
    let branches = branches.map(|(tags, schema)| {
        json!({
            "if": { "type": "object", "required": [property], "properties": { property: { "enum": tags } } },
            "then": schema,
        })
    });
    branches.collect()
}

fn is_null(schema: &Value) -> bool {
    schema
        .get("type")
        .is_some_and(|kind| kind == "null" || kind == &json!(["null"]))
}

impl Bundler<'_> {
    /// Whether a reference to a base means its children too: not from what is itself a part of a child.
    pub(super) fn stands_for_family(&self, target: &str, home: &str) -> bool {
        let Some(schema) = self.source.document.pointer(target) else {
            return false;
        };
        let is_base = schema.get("discriminator").is_some()
            && schema.get("oneOf").is_none()
            && schema.get("anyOf").is_none();
        let children = self.children.get(target).filter(|_| is_base);
        children.is_some_and(|children| {
            !children
                .iter()
                .any(|child| self.cycles.reaches(child, home, false))
                && self.branches(target).is_some()
        })
    }

    /// A base with the choice of its children.
    pub(super) fn family(&mut self, target: &str) -> Made {
        let mut wanted = BTreeSet::new();
        let whole = |pointer: &str| Key {
            pointer: pointer.to_owned(),
            view: View::Whole,
        };
        let mut parts = vec![json!({ "$ref": self.refer(whole(target), &mut wanted) })];
        if let Some((property, branches)) = self.branches(target) {
            let branches: Vec<(Vec<String>, Value)> = branches
                .into_iter()
                .map(|(tags, child)| {
                    (
                        tags,
                        json!({ "$ref": self.refer(whole(&child), &mut wanted) }),
                    )
                })
                .collect();
            let branches = branches
                .iter()
                .map(|(tags, schema)| (tags.as_slice(), schema.clone()));
            parts.extend(choice(&property, branches));
        }
        (json!({ "allOf": parts }), wanted)
    }

    /// The discriminator's member, and its values with the child that they mean.
    fn branches(&self, target: &str) -> Option<(String, Vec<(Vec<String>, String)>)> {
        let document = &self.source.document;
        let declared = document.pointer(target)?.get("discriminator")?;
        let children = self.children.get(target)?;
        let arms: Vec<Value> = children
            .iter()
            .map(|child| json!({ "$ref": pointer::to_reference(child) }))
            .collect();
        let tags = discriminator::tags(document, declared, &arms)?;
        let property = discriminator::property(declared)?.to_owned();
        Some((
            property,
            tags.into_iter().zip(children.iter().cloned()).collect(),
        ))
    }
}
