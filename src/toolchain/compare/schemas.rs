//! Schemas: whether what one side may send is still what the other takes.

mod assume;
mod clean;
mod describe;
mod locate;
mod plain;
mod prove;
mod same;
mod violate;
mod witness;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codegen::schema::Direction as Way;
use serde_json::{Value, json};

use super::change::{Change, Class, Edition, Evidence};
use super::{Comparer, Flow, Operation, open};
use clean::Clean;
use locate::{Leaf, locate};
use same::Same;

/// How many messages are tried before a change that nothing could be told about is given up.
const TRIES: usize = 4;

/// A changed schema on its way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    old: String,
    new: String,
    flow: Flow,
}

/// What is known of a changed schema.
struct Group {
    /// `None`: both take the same values.
    class: Option<Class>,
    message: String,
    evidence: Option<Evidence>,
    operations: BTreeSet<String>,
    tries: usize,
}

/// What is known of the schemas of both documents.
pub struct Schemas {
    clean: Clean,
    same: Same,
    groups: BTreeMap<Key, Group>,
    /// The changed schemas of each message that was looked at.
    messages: HashMap<(String, String, Flow), Vec<Key>>,
}

impl Schemas {
    pub fn new(old: &Value, new: &Value) -> Self {
        Self {
            clean: Clean::new(old, new),
            same: Same::default(),
            groups: BTreeMap::new(),
            messages: HashMap::new(),
        }
    }
}

/// A message: the schema of all that is sent at once.
struct Message {
    sent: Value,
    taken: Value,
    at: String,
}

impl Comparer<'_> {
    /// Compares the schemas of a message.
    pub(super) fn schema(&mut self, operation: &Operation, flow: Flow, old: &str, new: &str) {
        let (before, after) = (self.old.at(old), self.new.at(new));
        if before == after && before.is_none_or(|schema| self.schemas.clean.is_clean(schema)) {
            return;
        }
        self.deprecations(operation, flow, old, new);
        let (home_old, home_new) = (self.old.follow(old), self.new.follow(new));
        let message = (home_old.clone(), home_new.clone(), flow);
        if let Some(keys) = self.schemas.messages.get(&message) {
            for key in keys {
                if let Some(group) = self.schemas.groups.get_mut(key) {
                    group.operations.insert(operation.name.clone());
                }
            }
            return;
        }
        let leaves = locate(
            &self.old,
            &self.new,
            &mut self.schemas,
            &home_old,
            &home_new,
        );
        let mut keys = Vec::new();
        for leaf in leaves {
            let key = Key {
                old: leaf.old.clone(),
                new: leaf.new.clone(),
                flow,
            };
            self.leaf(operation, flow, &leaf, &key, (&home_old, &home_new));
            keys.push(key);
        }
        self.schemas.messages.insert(message, keys);
    }

    fn leaf(
        &mut self,
        operation: &Operation,
        flow: Flow,
        leaf: &Leaf,
        key: &Key,
        home: (&str, &str),
    ) {
        let tries = match self.schemas.groups.get_mut(key) {
            Some(group) => {
                group.operations.insert(operation.name.clone());
                if group.class != Some(Class::Undecided) || group.tries >= TRIES {
                    return;
                }
                group.tries
            }
            None => 0,
        };
        let mut group = self.judge(flow, leaf, home);
        group.tries = tries + 1;
        group.operations.insert(operation.name.clone());
        if let Some(known) = self.schemas.groups.remove(key) {
            group.operations.extend(known.operations);
        }
        self.schemas.groups.insert(key.clone(), group);
    }

    /// Sender and receiver of a schema, each as the values of this flow are seen.
    fn parties(&self, flow: Flow, old: &str, new: &str) -> (Value, Value) {
        let (sent, taken) = self.strict_parties(flow, old, new);
        let taken = self.as_read(flow, taken);
        (sent, taken)
    }

    /// What partners take of what the service sends: what they were told to leave out, too.
    fn as_read(&self, flow: Flow, taken: Value) -> Value {
        match !flow.by_partner && open::is_promised(self.old.document) {
            true => open::opened(&taken),
            false => taken,
        }
    }

    fn strict_parties(&self, flow: Flow, old: &str, new: &str) -> (Value, Value) {
        let way = match flow.by_partner {
            true => Way::Request,
            false => Way::Response,
        };
        let (old, new) = (self.old.schema(old, way), self.new.schema(new, way));
        match flow.by_partner {
            true => (old, new),
            false => (new, old),
        }
    }

    fn judge(&self, flow: Flow, leaf: &Leaf, home: (&str, &str)) -> Group {
        let (sent, taken) = self.strict_parties(flow, &leaf.old, &leaf.new);
        let described = match flow.by_partner {
            true => describe::describe(&sent, &taken),
            false => describe::describe(&taken, &sent),
        };
        let group = |class, evidence| Group {
            class,
            message: described.clone(),
            evidence,
            operations: BTreeSet::new(),
            tries: 0,
        };
        let hidden_pattern = self.patterns_differ(leaf);
        if !hidden_pattern
            && prove::is_contained(&sent, &taken)
            && prove::is_contained(&taken, &sent)
        {
            return group(None, None);
        }
        let taken = self.as_read(flow, taken);
        let anchored = leaf
            .anchor
            .as_ref()
            .map(|(old, new)| self.parties(flow, old, new));
        let proven = |sent: &Value, taken: &Value| match &anchored {
            // Beside other arms, what holds of an arm need not hold of the choice.
            Some((sent, taken)) => prove::is_contained(sent, taken),
            None => prove::is_contained(sent, taken),
        };
        if !hidden_pattern && proven(&sent, &taken) {
            let back = match &anchored {
                Some((sent, taken)) => prove::is_contained(taken, sent),
                None => prove::is_contained(&taken, &sent),
            };
            return group((!back).then_some(Class::Safe), None);
        }
        let assumed = assume::assume(&sent, &taken, flow.by_partner);
        if let Some(assumed) = &assumed
            && leaf.anchor.is_none()
            && prove::is_contained(&assumed.apply(&sent), &taken)
        {
            return group(Some(Class::Note), None);
        }
        let (all_sent, all_taken) = self.parties(flow, home.0, home.1);
        let message = Message {
            sent: all_sent,
            taken: all_taken,
            at: home.1.to_owned(),
        };
        let lost = prove::lost(&sent, &taken);
        if let Some(witness) =
            witness::search(&message, leaf, &sent, &taken, assumed.as_ref(), &lost)
        {
            let evidence = Evidence {
                counterexample: Some(witness),
                payload: message.at,
                lost: lost.schema,
                schemas: None,
            };
            return group(Some(Class::Breaking), Some(evidence));
        }
        let is_part = !leaf.path.is_empty() || leaf.anchor.is_some();
        if is_part && !hidden_pattern && prove::is_contained(&message.sent, &message.taken) {
            let back = prove::is_contained(&message.taken, &message.sent);
            return group((!back).then_some(Class::Safe), None);
        }
        let evidence = Evidence {
            counterexample: None,
            payload: message.at,
            lost: lost.schema,
            schemas: Some((sent, taken)),
        };
        group(Some(Class::Undecided), Some(evidence))
    }

    /// Whether patterns differ that no validator of this program runs.
    fn patterns_differ(&self, leaf: &Leaf) -> bool {
        let pattern = |value: Option<&Value>| -> Option<String> {
            let pattern = value?.get("pattern")?.as_str()?;
            (!prove::runs(pattern)).then(|| pattern.to_owned())
        };
        pattern(self.old.at(&leaf.old)) != pattern(self.new.at(&leaf.new))
    }

    /// Turns what was found of schemas into changes.
    pub(super) fn schemas_to_changes(&mut self) {
        for (key, group) in std::mem::take(&mut self.schemas.groups) {
            let Some(class) = group.class else { continue };
            let (edition, place) = match self.new.at(&key.new) {
                Some(_) => (Edition::New, key.new),
                None => (Edition::Old, key.old),
            };
            self.changes.add(Change {
                class,
                direction: key.flow.direction,
                kind: "schema",
                edition,
                place,
                message: group.message,
                operations: group.operations,
                evidence: group.evidence,
            });
        }
    }
}

/// All of several schemas; their definitions must not clash.
fn all_of(parts: impl IntoIterator<Item = Value>) -> Value {
    let mut definitions = serde_json::Map::new();
    let parts: Vec<Value> = parts
        .into_iter()
        .map(|mut part| {
            if let Some(part) = part.as_object_mut() {
                part.remove("$schema");
                if let Some(Value::Object(own)) = part.remove("$defs") {
                    definitions.extend(own);
                }
            }
            part
        })
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": parts,
        "$defs": definitions,
    })
}

/// A schema whose definitions are named apart from those of others.
fn renamed(schema: &Value, prefix: &str) -> Value {
    let mut renamed = schema.clone();
    rename_references(&mut renamed, prefix);
    if let Some(Value::Object(definitions)) = renamed.get_mut("$defs") {
        *definitions = std::mem::take(definitions)
            .into_iter()
            .map(|(name, value)| (format!("{prefix}{name}"), value))
            .collect();
    }
    renamed
}

fn rename_references(value: &mut Value, prefix: &str) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, prefix)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => {
                        if let Some(rest) = target.strip_prefix("#/$defs/") {
                            *target = format!("#/$defs/{prefix}{rest}");
                        }
                    }
                    _ if name == "enum" || name == "const" => {}
                    member => rename_references(member, prefix),
                }
            }
        }
        _ => {}
    }
}
