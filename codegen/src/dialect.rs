//! Brings a document to the dialect of OpenAPI 3.1: every schema is JSON Schema 2020-12.

mod v30;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Number, Value};

use crate::fault::{Fault, Severity};
use crate::grammar::{self, Kind, Shape};
use crate::pointer;
use crate::source::{Source, Version};

/// `original` in the dialect of 3.1, and what was lost or read leniently.
///
/// Schemas of 3.0 are translated. In both versions references by `$anchor` become pointers, `$id`, `$anchor` and
/// `$schema` go, `example` becomes `examples`, whole limits written as `10.0` become whole, ranges of statuses are
/// in capitals, references between path items are resolved, and an operationId that is taken gets the method and,
/// if need be, a number after it.
pub fn modernise(source: &Source) -> (Value, Vec<Fault>) {
    let mut document = source.original.clone();
    let mut names = Names::default();
    names.collect(&document, Kind::Document, "");
    let mut translator = Translator {
        source,
        names,
        faults: Vec::new(),
    };
    translator.dialect(&document);
    translator.object(&mut document, Kind::Document, "");
    path_items(&mut document);
    translator.unique_ids(&mut document);
    (document, translator.faults)
}

/// The dialects that are JSON Schema 2020-12 for our purposes.
const DIALECTS: [&str; 3] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
];

/// Keywords whose value is a count.
const COUNTS: [&str; 8] = [
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
];

/// Schemas by the names that are no pointers.
#[derive(Default)]
struct Names {
    /// `$anchor` and `$dynamicAnchor` to pointers.
    anchors: BTreeMap<String, String>,
    /// `$id` to pointers.
    ids: BTreeMap<String, String>,
}

impl Names {
    fn collect(&mut self, value: &Value, kind: Kind, at: &str) {
        if kind == Kind::Schema {
            for keyword in ["$anchor", "$dynamicAnchor", "$id"] {
                if let Some(name) = value.get(keyword).and_then(Value::as_str) {
                    let names = if keyword == "$id" {
                        &mut self.ids
                    } else {
                        &mut self.anchors
                    };
                    names
                        .entry(name.trim_end_matches('#').to_owned())
                        .or_insert_with(|| at.to_owned());
                }
            }
        }
        each_child(value, kind, at, &mut |child, kind, at| {
            self.collect(child, kind, at)
        });
    }
}

/// Calls `f` for each object of the grammar directly below `value`.
pub fn each_child<'a>(
    value: &'a Value,
    kind: Kind,
    at: &str,
    f: &mut dyn FnMut(&'a Value, Kind, &str),
) {
    let Some(members) = value.as_object() else {
        return;
    };
    for (name, member) in members {
        let Some(shape) = grammar::shape(kind, name) else {
            continue;
        };
        match (shape, member) {
            (Shape::One(kind) | Shape::List(kind), Value::Array(items)) => {
                let list = pointer::join(at, name);
                for (index, item) in items.iter().enumerate() {
                    f(item, kind, &format!("{list}/{index}"));
                }
            }
            (Shape::One(kind), member) => f(member, kind, &pointer::join(at, name)),
            (Shape::Map(kind), Value::Object(entries)) => {
                let map = pointer::join(at, name);
                for (key, entry) in entries {
                    f(entry, kind, &pointer::join(&map, key));
                }
            }
            (Shape::Extensible(kind), Value::Object(entries)) => {
                let map = pointer::join(at, name);
                for (key, entry) in entries.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    f(entry, kind, &pointer::join(&map, key));
                }
            }
            (Shape::Dependencies, Value::Object(entries)) => {
                let map = pointer::join(at, name);
                for (key, entry) in entries.iter().filter(|(_, entry)| !entry.is_array()) {
                    f(entry, Kind::Schema, &pointer::join(&map, key));
                }
            }
            _ => {}
        }
    }
}

struct Translator<'a> {
    source: &'a Source,
    names: Names,
    faults: Vec<Fault>,
}

impl Translator<'_> {
    fn dialect(&mut self, document: &Value) {
        if let Some(dialect) = document.get("jsonSchemaDialect").and_then(Value::as_str)
            && !DIALECTS.contains(&dialect.trim_end_matches('#'))
        {
            self.warn(
                "/jsonSchemaDialect",
                format!("the dialect {dialect} is read as JSON Schema 2020-12"),
                "use the dialect of OpenAPI 3.1",
            );
        }
    }

    fn object(&mut self, value: &mut Value, kind: Kind, at: &str) {
        match kind {
            Kind::Schema => self.schema(value, at),
            Kind::Operation => statuses(value),
            _ => {}
        }
        let Some(members) = value.as_object_mut() else {
            return;
        };
        for (name, member) in members {
            let Some(shape) = grammar::shape(kind, name) else {
                continue;
            };
            let at = pointer::join(at, name);
            match (shape, member) {
                (Shape::One(kind) | Shape::List(kind), Value::Array(items)) => {
                    for (index, item) in items.iter_mut().enumerate() {
                        self.object(item, kind, &format!("{at}/{index}"));
                    }
                }
                (Shape::One(kind), member) => self.object(member, kind, &at),
                (Shape::Map(kind), Value::Object(entries)) => {
                    for (key, entry) in entries {
                        self.object(entry, kind, &pointer::join(&at, key));
                    }
                }
                (Shape::Extensible(kind), Value::Object(entries)) => {
                    for (key, entry) in entries.iter_mut().filter(|(key, _)| !key.starts_with("x-"))
                    {
                        self.object(entry, kind, &pointer::join(&at, key));
                    }
                }
                (Shape::Dependencies, Value::Object(entries)) => {
                    for (key, entry) in entries.iter_mut().filter(|(_, entry)| !entry.is_array()) {
                        self.object(entry, Kind::Schema, &pointer::join(&at, key));
                    }
                }
                _ => {}
            }
        }
    }

    fn schema(&mut self, value: &mut Value, at: &str) {
        let Some(schema) = value.as_object_mut() else {
            return;
        };
        if self.source.version == Version::V30 {
            v30::translate(schema);
        } else {
            self.names_to_pointers(schema, at);
        }
        for keyword in COUNTS {
            if let Some(whole) = schema.get(keyword).and_then(whole) {
                schema.insert(keyword.to_owned(), Value::Number(whole));
            }
        }
        if let Some(example) = schema.remove("example")
            && !schema.contains_key("examples")
        {
            schema.insert("examples".to_owned(), Value::Array(vec![example]));
        }
    }

    /// What 2020-12 names otherwise than by pointer.
    fn names_to_pointers(&mut self, schema: &mut Map<String, Value>, at: &str) {
        if let Some(dialect) = schema.remove("$schema")
            && !dialect
                .as_str()
                .is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')))
        {
            self.warn(
                &pointer::join(at, "$schema"),
                format!("the dialect {dialect} is read as JSON Schema 2020-12"),
                "remove `$schema`",
            );
        }
        if let Some(target) = schema.remove("$dynamicRef") {
            self.warn(
                &pointer::join(at, "$dynamicRef"),
                "`$dynamicRef` is read as `$ref`: it names one schema, whoever refers to it"
                    .to_owned(),
                "use `$ref`",
            );
            schema.entry("$ref").or_insert(target);
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str)
            && let Some(rewritten) = self.rewritten(reference)
        {
            schema.insert("$ref".to_owned(), Value::String(rewritten));
        }
        for name in ["$id", "$anchor", "$dynamicAnchor", "$vocabulary"] {
            schema.remove(name);
        }
    }

    fn rewritten(&self, reference: &str) -> Option<String> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let base = if location.is_empty() {
            ""
        } else {
            self.names.ids.get(location)?.as_str()
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            return (!location.is_empty())
                .then(|| format!("{}{fragment}", pointer::to_reference(base)));
        }
        self.names
            .anchors
            .get(&pointer::percent_decode(fragment))
            .map(|pointer| pointer::to_reference(pointer))
    }

    /// Makes every operationId the id of one operation. The first in the order of paths and methods keeps it.
    fn unique_ids(&mut self, document: &mut Value) {
        let mut open = Vec::new();
        operations(document, Kind::Document, "", &mut open);
        let mut taken: HashSet<String> = open
            .iter()
            .filter_map(|at| {
                document
                    .pointer(at)?
                    .get("operationId")?
                    .as_str()
                    .map(str::to_owned)
            })
            .collect();
        let mut seen: HashMap<String, String> = HashMap::new();
        for at in open {
            let Some(Value::String(id)) = document
                .pointer_mut(&at)
                .and_then(|operation| operation.get_mut("operationId"))
            else {
                continue;
            };
            let Some(first) = seen.get(id.as_str()) else {
                seen.insert(id.clone(), at);
                continue;
            };
            let base = format!("{id}_{}", pointer::last(&at));
            let mut name = base.clone();
            let mut number = 2;
            while taken.contains(&name) {
                name = format!("{base}_{number}");
                number += 1;
            }
            let line = self.source.place(&pointer::join(first, "operationId")).line;
            let message = format!(
                "the operationId `{id}` is taken (line {line}); this operation is called `{name}`"
            );
            taken.insert(name.clone());
            *id = name;
            self.warn(
                &pointer::join(&at, "operationId"),
                message,
                "give each operation its own id",
            );
        }
    }

    fn warn(&mut self, at: &str, message: String, remedy: &str) {
        self.faults
            .push(self.source.fault(Severity::Warning, at, message, remedy));
    }
}

/// Pointers of all operations, those of callbacks included.
fn operations(value: &Value, kind: Kind, at: &str, found: &mut Vec<String>) {
    if kind == Kind::Operation {
        found.push(at.to_owned());
    }
    let reach = [
        Kind::PathItem,
        Kind::Operation,
        Kind::Callback,
        Kind::Components,
    ];
    each_child(value, kind, at, &mut |child, kind, at| {
        if reach.contains(&kind) {
            operations(child, kind, at, found);
        }
    });
}

/// A number without a fraction, as an integer; `None` when it is one already or has a fraction.
fn whole(value: &Value) -> Option<Number> {
    let number = value.as_f64().filter(|_| value.is_f64())?;
    (number.fract() == 0.0 && (0.0..9.0e15).contains(&number))
        .then(|| format!("{number:.0}").parse::<u64>().ok().map(Number::from))?
}

/// Writes ranges such as `4xx` in capitals.
fn statuses(operation: &mut Value) {
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    let low: Vec<String> = responses
        .keys()
        .filter(|status| status.len() == 3 && status.ends_with(['x', 'X']))
        .cloned()
        .collect();
    for status in low {
        if let Some(response) = responses.remove(&status) {
            responses.entry(status.to_uppercase()).or_insert(response);
        }
    }
}

/// Puts what a path item refers to in its place; members beside the reference win.
fn path_items(document: &mut Value) {
    let mut refers = false;
    grammar::visit(Kind::Document, document, &mut |kind, object| {
        refers |= kind == Kind::PathItem && object.contains_key("$ref");
    });
    if !refers {
        return;
    }
    let before = document.clone();
    grammar::visit(Kind::Document, document, &mut |kind, item| {
        for _ in 0..32 {
            let reference = item.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(|it| pointer::resolve(&before, it));
            let (true, Some((_, Value::Object(target)))) = (kind == Kind::PathItem, target) else {
                return;
            };
            item.remove("$ref");
            for (name, value) in target {
                item.entry(name.clone()).or_insert_with(|| value.clone());
            }
        }
    });
}
