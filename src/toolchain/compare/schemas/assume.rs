//! What is taken for granted of members that only one side describes.
//!
//! An object without `additionalProperties` takes members that it does not describe. Were clients believed to
//! send them, no member could ever be added to a request: the old contract took it with any value.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The members that the sender does not describe and the receiver does.
pub struct Assumed {
    members: Value,
}

impl Assumed {
    /// A schema of the sender in which these members are as the receiver wants them.
    pub fn apply(&self, sent: &Value) -> Value {
        super::all_of([sent.clone(), self.members.clone()])
    }

    /// The members, as a schema of objects.
    pub fn schema(&self) -> &Value {
        &self.members
    }
}

/// Partners are taken not to have sent undescribed members that the service describes now. The service is taken
/// not to send what its contract hid from answers before.
pub fn assume(sent: &Value, taken: &Value, by_partner: bool) -> Option<Assumed> {
    let mut described = Described::default();
    described.collect(sent, sent, 0);
    if described.is_map {
        return None;
    }
    let renamed = super::renamed(taken, "new.");
    let mut wanted = Described::default();
    wanted.collect(&renamed, &renamed, 0);
    let members: Map<String, Value> = wanted
        .members
        .iter()
        .filter(|(name, schema)| {
            !described.members.contains_key(*name)
                && (by_partner || **schema == &Value::Bool(false))
        })
        .map(|(name, schema)| (name.clone(), (*schema).clone()))
        .collect();
    if members.is_empty() {
        return None;
    }
    let mut schema = json!({ "properties": members });
    if let (Some(definitions), Some(schema)) = (renamed.get("$defs"), schema.as_object_mut()) {
        schema.insert("$defs".to_owned(), definitions.clone());
    }
    Some(Assumed { members: schema })
}

/// The members that a schema describes, whichever of its parts.
#[derive(Default)]
struct Described<'v> {
    members: BTreeMap<String, &'v Value>,
    /// Whether members without a description have a schema: then all names mean something.
    is_map: bool,
}

impl<'v> Described<'v> {
    fn collect(&mut self, root: &'v Value, schema: &'v Value, depth: usize) {
        let Some(schema) = schema.as_object().filter(|_| depth < 24) else {
            return;
        };
        for (name, member) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            self.members.entry(name.clone()).or_insert(member);
        }
        let open = [None, Some(&Value::Bool(true)), Some(&Value::Bool(false))];
        let more = schema.get("additionalProperties");
        let is_empty = more.and_then(Value::as_object).is_some_and(Map::is_empty);
        self.is_map |=
            !open.contains(&more) && !is_empty || schema.contains_key("patternProperties");
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && let Some((_, target)) = codegen::pointer::resolve(root, reference)
        {
            self.collect(root, target, depth + 1);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let parts = schema.get(keyword).and_then(Value::as_array);
            for part in parts.into_iter().flatten() {
                self.collect(root, part, depth + 1);
            }
        }
        for keyword in ["then", "else"] {
            if let Some(part) = schema.get(keyword) {
                self.collect(root, part, depth + 1);
            }
        }
    }
}
