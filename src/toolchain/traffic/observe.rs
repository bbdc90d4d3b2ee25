//! What a value shows of its schema: arms of choices, values of enums, members that no schema names.

use std::collections::BTreeSet;

use codegen::pointer;
use codegen::schema::Direction;
use serde_json::{Map, Value};

use super::Contract;

/// Schemas that one value is looked at with, and members that are reported.
const SCHEMAS: usize = 4_096;
const UNDECLARED: usize = 20;

/// How deep values and schemas are followed.
const DEPTH: usize = 48;

/// What a value shows.
#[derive(Debug, Default)]
pub struct Seen {
    /// Pointers of the arms of `oneOf` and `anyOf` that it satisfies.
    pub branches: BTreeSet<String>,
    /// Pointers of schemas with `enum`, and its value as JSON.
    pub values: BTreeSet<(String, String)>,
    /// Pointers of texts and numbers in the value, and of the component that each has for its schema.
    pub components: Vec<(String, String)>,
    /// Pointers of members in the value that no schema names, and of the schema of their object.
    pub undeclared: Vec<(String, String)>,
}

/// Looks at a value that satisfies the schema at a pointer.
pub fn observe(contract: &Contract, schema: &str, direction: Direction, value: &Value) -> Seen {
    let mut observer = Observer {
        contract,
        direction,
        seen: Seen::default(),
        left: SCHEMAS,
    };
    observer.look(&[schema.to_owned()], value, "", 0);
    observer.seen
}

struct Observer<'c> {
    contract: &'c Contract,
    direction: Direction,
    seen: Seen,
    left: usize,
}

impl<'c> Observer<'c> {
    /// Looks at a value with all schemas that say something of it.
    fn look(&mut self, schemas: &[String], value: &Value, at: &str, depth: usize) {
        let mut all = Vec::new();
        for schema in schemas {
            self.gather(schema, value, &mut all, depth);
        }
        let mut names = BTreeSet::new();
        if value.is_object() {
            let mut done = BTreeSet::new();
            all.iter()
                .for_each(|it| self.names(it, &mut names, &mut done));
        }
        if depth > DEPTH {
            return;
        }
        if value.is_string() || value.is_number() {
            let of_component = all.iter().filter(|it| is_component(it));
            let found = of_component.map(|it| (at.to_owned(), it.clone()));
            self.seen.components.extend(found);
        }
        match value {
            Value::Object(members) => self.members(&all, &names, members, at, depth),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let below: Vec<String> =
                        all.iter().filter_map(|it| self.item(it, index)).collect();
                    self.look(&below, item, &format!("{at}/{index}"), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Collects a schema and those that look at the same value: through references, compositions and
    /// the arms that it satisfies.
    fn gather(&mut self, schema: &str, value: &Value, all: &mut Vec<String>, depth: usize) {
        let is_known = all.iter().any(|it| it == schema);
        if is_known || self.left == 0 || depth > DEPTH {
            return;
        }
        let Some(object) = self.object(schema) else {
            return;
        };
        self.left -= 1;
        all.push(schema.to_owned());
        if object.get("enum").is_some_and(Value::is_array) && !value.is_object() {
            let value = (schema.to_owned(), value.to_string());
            self.seen.values.insert(value);
        }
        if let Some(target) = object.get("$ref").and_then(Value::as_str)
            && let Some(target) = pointer::of_reference(target)
        {
            self.gather(&target, value, all, depth + 1);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let count = object
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                let arm = format!("{schema}/{keyword}/{index}");
                if keyword == "allOf" {
                    self.gather(&arm, value, all, depth + 1);
                } else if self.is_valid(&arm, value) {
                    self.seen.branches.insert(arm.clone());
                    self.gather(&arm, value, all, depth + 1);
                }
            }
        }
        for keyword in ["if", "then", "else"] {
            let branch = pointer::join(schema, keyword);
            if object.contains_key(keyword) && self.is_valid(&branch, value) {
                self.gather(&branch, value, all, depth + 1);
            }
        }
        self.children_by_discriminator(schema, object, value, all, depth);
    }

    /// The schema that a discriminator names, which need not be among the arms of its parent.
    fn children_by_discriminator(
        &mut self,
        schema: &str,
        object: &Map<String, Value>,
        value: &Value,
        all: &mut Vec<String>,
        depth: usize,
    ) {
        let Some(discriminator) = object.get("discriminator") else {
            return;
        };
        let name = discriminator.get("propertyName").and_then(Value::as_str);
        let Some(kind) = name.and_then(|name| value.get(name)?.as_str()) else {
            return;
        };
        let mapped = discriminator
            .get("mapping")
            .and_then(|it| it.get(kind)?.as_str());
        let target = mapped
            .and_then(pointer::of_reference)
            .unwrap_or_else(|| pointer::join("/components/schemas", mapped.unwrap_or(kind)));
        if target != schema && self.object(&target).is_some() {
            self.gather(&target, value, all, depth + 1);
        }
    }

    /// Names of members that a schema or any of its arms describes, whether the arm holds or not: the
    /// document knows them.
    fn names(&self, schema: &str, names: &mut BTreeSet<String>, done: &mut BTreeSet<String>) {
        let Some(object) = self.object(schema) else {
            return;
        };
        if done.len() > SCHEMAS || !done.insert(schema.to_owned()) {
            return;
        }
        let members = object.get("properties").and_then(Value::as_object);
        names.extend(members.into_iter().flat_map(Map::keys).cloned());
        // What must be there is no surprise, though nothing else may be said of it.
        let required = object.get("required").and_then(Value::as_array);
        let required = required.into_iter().flatten().filter_map(Value::as_str);
        names.extend(required.map(str::to_owned));
        let reference = object.get("$ref").and_then(Value::as_str);
        if let Some(target) = reference.and_then(pointer::of_reference) {
            self.names(&target, names, done);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let arms = object.get(keyword).and_then(Value::as_array);
            for index in 0..arms.map_or(0, Vec::len) {
                self.names(&format!("{schema}/{keyword}/{index}"), names, done);
            }
        }
    }

    fn members(
        &mut self,
        all: &[String],
        names: &BTreeSet<String>,
        members: &Map<String, Value>,
        at: &str,
        depth: usize,
    ) {
        let is_described = all.iter().any(|it| self.has(it, "properties"));
        for (name, value) in members {
            let mut below = Vec::new();
            let mut is_open = !is_described;
            for schema in all {
                let (schemas, open) = self.member(schema, name);
                below.extend(schemas);
                is_open |= open;
            }
            let at = pointer::join(at, name);
            if !below.is_empty() {
                self.look(&below, value, &at, depth + 1);
            } else if !is_open && !names.contains(name) && self.seen.undeclared.len() < UNDECLARED {
                let schema = all.first().cloned().unwrap_or_default();
                self.seen.undeclared.push((at, schema));
            }
        }
    }

    /// The schemas of a member, and whether any member is welcome.
    fn member(&self, schema: &str, name: &str) -> (Vec<String>, bool) {
        let Some(object) = self.object(schema) else {
            return (Vec::new(), true);
        };
        let mut below = Vec::new();
        if object
            .get("properties")
            .is_some_and(|it| it.get(name).is_some())
        {
            below.push(pointer::join(&pointer::join(schema, "properties"), name));
        }
        let patterns = object.get("patternProperties").and_then(Value::as_object);
        for pattern in patterns.into_iter().flat_map(Map::keys) {
            let tester = serde_json::json!({ "pattern": pattern });
            if jsonschema::draft202012::is_valid(&tester, &Value::from(name)) {
                let at = pointer::join(schema, "patternProperties");
                below.push(pointer::join(&at, pattern));
            }
        }
        let mut is_open = false;
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            match object.get(keyword) {
                Some(Value::Bool(true)) => is_open = true,
                Some(Value::Object(_)) if below.is_empty() => {
                    below.push(pointer::join(schema, keyword));
                }
                _ => {}
            }
        }
        (below, is_open)
    }

    fn item(&self, schema: &str, index: usize) -> Option<String> {
        let object = self.object(schema)?;
        let prefix = object.get("prefixItems").and_then(|it| it.get(index));
        match prefix {
            Some(_) => Some(format!("{schema}/prefixItems/{index}")),
            None => object
                .contains_key("items")
                .then(|| pointer::join(schema, "items")),
        }
    }

    fn object(&self, schema: &str) -> Option<&'c Map<String, Value>> {
        self.contract.document().pointer(schema)?.as_object()
    }

    fn has(&self, schema: &str, keyword: &str) -> bool {
        self.object(schema)
            .is_some_and(|it| it.contains_key(keyword))
    }

    fn is_valid(&self, schema: &str, value: &Value) -> bool {
        let validator = self.contract.validator(schema, self.direction);
        validator.is_some_and(|it| it.is_valid(value))
    }
}

fn is_component(pointer: &str) -> bool {
    let name = pointer.strip_prefix("/components/schemas/");
    name.is_some_and(|name| !name.contains('/'))
}

/// All arms and enum values that values of the schema at a pointer can show.
pub fn expected(document: &Value, schema: &str) -> (Vec<String>, Vec<(String, String)>) {
    let mut expected = Expected {
        document,
        done: BTreeSet::new(),
        branches: Vec::new(),
        values: Vec::new(),
    };
    expected.walk(schema, 0);
    (expected.branches, expected.values)
}

struct Expected<'d> {
    document: &'d Value,
    done: BTreeSet<String>,
    branches: Vec<String>,
    values: Vec<(String, String)>,
}

impl Expected<'_> {
    fn walk(&mut self, at: &str, depth: usize) {
        let schema = self.document.pointer(at).and_then(Value::as_object);
        let Some(schema) = schema.filter(|_| depth < DEPTH && self.done.len() < SCHEMAS) else {
            return;
        };
        if !self.done.insert(at.to_owned()) {
            return;
        }
        for value in schema
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.values.push((at.to_owned(), value.to_string()));
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str)
            && let Some(target) = pointer::of_reference(target)
        {
            self.walk(&target, depth + 1);
        }
        for keyword in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            let count = schema
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            for index in 0..count {
                let arm = format!("{at}/{keyword}/{index}");
                if matches!(keyword, "oneOf" | "anyOf") {
                    self.branches.push(arm.clone());
                }
                self.walk(&arm, depth + 1);
            }
        }
        for keyword in ["items", "additionalProperties", "then", "else"] {
            if schema.contains_key(keyword) {
                self.walk(&pointer::join(at, keyword), depth + 1);
            }
        }
        for keyword in ["properties", "patternProperties"] {
            let members = schema.get(keyword).and_then(Value::as_object);
            for name in members.into_iter().flat_map(Map::keys) {
                self.walk(&pointer::join(&pointer::join(at, keyword), name), depth + 1);
            }
        }
    }
}
