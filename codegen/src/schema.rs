//! Self-contained JSON Schemas, as validators want them, out of a document.

mod cycles;
mod dispatch;
mod hidden;
pub(crate) mod sound;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::discriminator::{self, Children};
use crate::fault::{Fault, Severity};
use crate::pointer;
use crate::source::Source;
use cycles::Cycles;
pub(crate) use hidden::is_hidden;
pub use sound::KEYWORDS;
use sound::Patterns;

/// Which way a value travels: `readOnly` properties are refused in requests, `writeOnly` ones in responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    Request,
    Response,
}

/// A schema that others refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    pointer: String,
    view: View,
}

/// How a schema is seen by what refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum View {
    /// As it is.
    Whole,
    /// Without the branches by which it would contain itself.
    Own,
    /// Together with the one of its children that its discriminator names.
    Family,
}

impl View {
    fn suffix(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Own => ".own",
            Self::Family => ".family",
        }
    }
}

/// A schema made ready, and what it refers to.
type Made = (Value, BTreeSet<Key>);

/// Makes self-contained schemas from one document. Keep one for all schemas: what they share is made once,
/// has one name, and is reported once.
pub struct Bundler<'a> {
    source: &'a Source,
    cycles: Cycles<'a>,
    children: Children,
    patterns: Patterns,
    names: HashMap<Key, String>,
    taken: HashSet<String>,
    made: HashMap<(Key, Direction), Made>,
    faults: BTreeSet<Fault>,
}

/// Where a schema stands while it is made ready.
struct Scope<'s> {
    direction: Direction,
    /// The schema at whose instance this one looks; a reference back to it has no end.
    home: &'s str,
    own: bool,
    /// Whether between `home` and here stands a choice (`anyOf`, `oneOf`, `not`, `if` …).
    choice: bool,
    /// Properties hidden by a composition around this schema.
    hidden: &'s BTreeSet<String>,
}

impl<'a> Bundler<'a> {
    pub fn new(source: &'a Source) -> Self {
        let components = source
            .document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let taken = components
            .into_iter()
            .flat_map(Map::keys)
            .cloned()
            .collect();
        Self {
            source,
            cycles: Cycles::new(&source.document),
            children: discriminator::children(&source.document),
            patterns: Patterns::default(),
            names: HashMap::new(),
            taken,
            made: HashMap::new(),
            faults: BTreeSet::new(),
        }
    }

    /// Keeps patterns with look-around and back-references too, for validators that no stranger gives texts to.
    pub fn with_backtracking(mut self) -> Self {
        self.patterns.backtracks = true;
        self
    }

    /// The schema that a pointer into [`Source::document`] names; `true` where there is none.
    ///
    /// The result is JSON Schema 2020-12 with `$defs` of exactly what it reaches, named like the components.
    /// Only what refuses values is left in it: no descriptions, examples, defaults or extensions.
    pub fn at(&mut self, pointer: &str, direction: Direction) -> Value {
        match self.source.document.pointer(pointer) {
            Some(schema) => self.value(schema, pointer, direction),
            None => Value::Bool(true),
        }
    }

    /// Like [`Bundler::at`], of a schema in hand; `pointer` is where it stands, for faults.
    pub fn value(&mut self, schema: &Value, pointer: &str, direction: Direction) -> Value {
        let mut wanted = BTreeSet::new();
        let hidden = BTreeSet::new();
        let scope = Scope {
            direction,
            home: pointer,
            own: false,
            choice: false,
            hidden: &hidden,
        };
        let mut root = self.schema(schema, pointer, &scope, &mut wanted);
        let mut definitions = BTreeMap::new();
        let mut open: Vec<Key> = wanted.into_iter().collect();
        while let Some(key) = open.pop() {
            let name = self.name(&key);
            if definitions.contains_key(&name) {
                continue;
            }
            let (value, refers) = self.definition(&key, direction);
            definitions.insert(name, value);
            open.extend(refers);
        }
        if let Value::Object(root) = &mut root {
            root.insert(
                "$schema".to_owned(),
                json!("https://json-schema.org/draft/2020-12/schema"),
            );
            if !definitions.is_empty() {
                root.insert(
                    "$defs".to_owned(),
                    Value::Object(definitions.into_iter().collect()),
                );
            }
        }
        root
    }

    /// What could not be kept so far, sorted by place.
    pub fn faults(&self) -> Vec<Fault> {
        self.faults.iter().cloned().collect()
    }

    fn definition(&mut self, key: &Key, direction: Direction) -> Made {
        let cached = (key.clone(), direction);
        if let Some(made) = self.made.get(&cached) {
            return made.clone();
        }
        if key.view == View::Family {
            let made = self.family(&key.pointer);
            self.made.insert(cached, made.clone());
            return made;
        }
        let mut wanted = BTreeSet::new();
        let hidden = BTreeSet::new();
        let scope = Scope {
            direction,
            home: &key.pointer,
            own: key.view == View::Own,
            choice: false,
            hidden: &hidden,
        };
        let value = match self.source.document.pointer(&key.pointer) {
            Some(schema) => self.schema(schema, &key.pointer, &scope, &mut wanted),
            None => Value::Bool(true),
        };
        let made = (value, wanted);
        self.made.insert(cached, made.clone());
        made
    }

    /// The name under `$defs`: a component's own, else made of the last words of the pointer.
    fn name(&mut self, key: &Key) -> String {
        if let Some(name) = self.names.get(key) {
            return name.clone();
        }
        let segments: Vec<String> = pointer::segments(&key.pointer).collect();
        let base = match segments.as_slice() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                if key.view == View::Whole {
                    self.names.insert(key.clone(), name.clone());
                    return name.clone();
                }
                name.clone()
            }
            [components, _, rest @ ..] if components == "components" => {
                let words: Vec<&str> = rest
                    .iter()
                    .map(String::as_str)
                    .filter(|word| *word != "properties")
                    .collect();
                words.join(".")
            }
            all => all.join("."),
        };
        let base: String = (base + key.view.suffix())
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || "._-".contains(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
        let mut name = base.clone();
        let mut number = 2;
        while self.taken.contains(&name) {
            name = format!("{base}-{number}");
            number += 1;
        }
        self.taken.insert(name.clone());
        self.names.insert(key.clone(), name.clone());
        name
    }

    fn schema(
        &mut self,
        value: &Value,
        at: &str,
        scope: &Scope<'_>,
        wanted: &mut BTreeSet<Key>,
    ) -> Value {
        let schema = match value {
            Value::Bool(_) => return value.clone(),
            Value::Object(schema) => schema,
            _ => {
                self.warn(
                    at,
                    "this is not a schema and refuses nothing".to_owned(),
                    "write a map, `true` or `false`",
                );
                return Value::Bool(true);
            }
        };
        let mut hidden = scope.hidden.clone();
        hidden::collect(
            &self.source.document,
            value,
            scope.direction,
            &mut hidden,
            &mut HashSet::new(),
        );
        let here = Scope {
            hidden: &hidden,
            ..*scope
        };
        let mut ready = Map::new();
        for (name, value) in schema {
            let at = pointer::join(at, name);
            if let Some(kept) = self.keyword(name, value, &at, &here, wanted) {
                ready.insert(name.clone(), kept);
            }
        }
        if schema.contains_key("patternProperties") && lost(schema, &ready, "patternProperties") {
            ready.remove("additionalProperties");
            ready.remove("unevaluatedProperties");
        }
        sound::hold(&mut ready);
        dispatch::by_discriminator(&self.source.document, schema, &mut ready);
        Value::Object(ready)
    }

    /// The value of one keyword, made ready; `None` when it goes.
    fn keyword(
        &mut self,
        name: &str,
        value: &Value,
        at: &str,
        scope: &Scope<'_>,
        wanted: &mut BTreeSet<Key>,
    ) -> Option<Value> {
        if !sound::KEYWORDS.contains(&name) {
            return None;
        }
        if let Err(expected) = sound::check(name, value) {
            self.warn(at, sound::unsound(name, expected), "mend the schema");
            return None;
        }
        let none = BTreeSet::new();
        match name {
            "$ref" => self.reference(value.as_str()?, at, scope, wanted),
            "allOf" => {
                let inner = Scope {
                    home: scope.home,
                    ..*scope
                };
                Some(self.list(value, at, &inner, wanted))
            }
            "anyOf" | "oneOf" => {
                if scope.own && self.cycles.branches_back(value, scope.home) {
                    return None;
                }
                let inner = Scope {
                    choice: true,
                    hidden: scope.hidden,
                    ..*scope
                };
                Some(self.list(value, at, &inner, wanted))
            }
            "not" | "if" | "then" | "else" => {
                if scope.own && self.cycles.branches_back(value, scope.home) {
                    return None;
                }
                // What is refused or asked about is taken as it is written.
                let hidden = if matches!(name, "not" | "if") {
                    &none
                } else {
                    scope.hidden
                };
                Some(self.schema(
                    value,
                    at,
                    &Scope {
                        choice: true,
                        hidden,
                        ..*scope
                    },
                    wanted,
                ))
            }
            "dependentSchemas" => {
                let inner = Scope {
                    choice: true,
                    ..*scope
                };
                Some(self.map(value, |this, key, schema| {
                    let at = pointer::join(at, key);
                    Some(this.schema(
                        schema,
                        &at,
                        &Scope {
                            home: inner.home,
                            ..inner
                        },
                        wanted,
                    ))
                }))
            }
            "properties" => Some(self.map(value, |this, key, schema| {
                if scope.hidden.contains(key) {
                    return Some(Value::Bool(false));
                }
                let at = pointer::join(at, key);
                Some(this.below(schema, &at, scope.direction, wanted))
            })),
            "patternProperties" => Some(self.map(value, |this, key, schema| {
                let at = pointer::join(at, key);
                this.pattern(key, &at)
                    .then(|| this.below(schema, &at, scope.direction, wanted))
            })),
            "prefixItems" => Some(Value::Array(
                value
                    .as_array()?
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        self.below(item, &format!("{at}/{index}"), scope.direction, wanted)
                    })
                    .collect(),
            )),
            "items"
            | "contains"
            | "additionalProperties"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties" => Some(self.below(value, at, scope.direction, wanted)),
            "pattern" => self.pattern(value.as_str()?, at).then(|| value.clone()),
            "required" => {
                let mut seen = HashSet::new();
                let names: Vec<Value> = value
                    .as_array()?
                    .iter()
                    .filter(|name| {
                        name.as_str().is_some_and(|name| {
                            !scope.hidden.contains(name) && seen.insert(name.to_owned())
                        })
                    })
                    .cloned()
                    .collect();
                (!names.is_empty()).then_some(Value::Array(names))
            }
            "dependentRequired" => Some(self.map(value, |_, key, names| {
                (!scope.hidden.contains(key)).then(|| names.clone())
            })),
            _ => Some(value.clone()),
        }
    }

    /// A schema of a part of the instance.
    fn below(
        &mut self,
        schema: &Value,
        at: &str,
        direction: Direction,
        wanted: &mut BTreeSet<Key>,
    ) -> Value {
        let hidden = BTreeSet::new();
        self.schema(
            schema,
            at,
            &Scope {
                direction,
                home: at,
                own: false,
                choice: false,
                hidden: &hidden,
            },
            wanted,
        )
    }

    fn list(
        &mut self,
        value: &Value,
        at: &str,
        scope: &Scope<'_>,
        wanted: &mut BTreeSet<Key>,
    ) -> Value {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        Value::Array(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| self.schema(item, &format!("{at}/{index}"), scope, wanted))
                .collect(),
        )
    }

    fn map(
        &mut self,
        value: &Value,
        mut f: impl FnMut(&mut Self, &str, &Value) -> Option<Value>,
    ) -> Value {
        let Some(members) = value.as_object() else {
            return Value::Object(Map::new());
        };
        Value::Object(
            members
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), f(self, key, value)?)))
                .collect(),
        )
    }

    fn reference(
        &mut self,
        reference: &str,
        at: &str,
        scope: &Scope<'_>,
        wanted: &mut BTreeSet<Key>,
    ) -> Option<Value> {
        let Some((target, _)) = pointer::resolve(&self.source.document, reference) else {
            self.warn(
                at,
                format!("`{reference}` names nothing; it refuses nothing"),
                "mend the reference",
            );
            return None;
        };
        let back = self.cycles.reaches(&target, scope.home, false);
        let own = back && (!scope.choice || self.cycles.reaches(&target, scope.home, true));
        if back && scope.own {
            return None;
        }
        let view = match own {
            true => View::Own,
            false if self.stands_for_family(&target, scope.home) => View::Family,
            false => View::Whole,
        };
        let key = Key {
            pointer: target,
            view,
        };
        Some(Value::String(self.refer(key, wanted)))
    }

    /// A reference to a schema under `$defs`.
    fn refer(&mut self, key: Key, wanted: &mut BTreeSet<Key>) -> String {
        let name = self.name(&key);
        wanted.insert(key);
        pointer::to_reference(&format!("/$defs/{}", pointer::escape(&name)))
    }

    fn pattern(&mut self, pattern: &str, at: &str) -> bool {
        let supported = self.patterns.supported(pattern);
        if !supported {
            self.warn(at, sound::slow(pattern), sound::SLOW_REMEDY);
        }
        supported
    }

    fn warn(&mut self, at: &str, message: String, remedy: &str) {
        self.faults
            .insert(self.source.fault(Severity::Warning, at, message, remedy));
    }
}

/// Whether a map keyword has fewer members than it was written with.
fn lost(before: &Map<String, Value>, after: &Map<String, Value>, name: &str) -> bool {
    let count = |schema: &Map<String, Value>| {
        schema
            .get(name)
            .and_then(Value::as_object)
            .map_or(0, Map::len)
    };
    count(before) > count(after)
}
