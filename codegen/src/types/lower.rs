//! From a schema to a type.

use serde_json::{Map, Value};

use super::{Direction, EnumValue, Field, Kind, Model, Note, Presence, Struct, Type, Types};
use crate::names::{Scope, type_name, value_name, variant_name};

/// Keywords that say nothing about the shape of a value.
const ANNOTATIONS: &[&str] = &[
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "summary",
    "title",
    "writeOnly",
    "xml",
];

/// How far references and compositions are followed before a JSON value stands for the rest.
pub(super) const DEPTH: usize = 64;

impl<'d> Types<'d> {
    /// No types yet; `order` gives the line and column of a JSON pointer.
    pub fn new(document: &'d Value, order: &'d dyn Fn(&str) -> (usize, usize)) -> Self {
        let mut types = Self {
            document,
            order,
            models: Vec::new(),
            notes: Vec::new(),
            refs: Default::default(),
            pending: Default::default(),
            split: Default::default(),
            children: Default::default(),
            scope: Scope::default(),
            prefixes: Scope::default(),
        };
        types.find_children();
        types
    }

    /// Lowers every component schema, so that each has its type even if no operation reaches it.
    pub fn lower_components(&mut self) {
        let pointer = "/components/schemas";
        for (name, _) in self.ordered(pointer, self.document.pointer(pointer)) {
            self.reference(&format!("{pointer}/{}", escape(&name)), Direction::Response);
        }
    }

    /// The type of a schema that stands at `pointer`; `hint` names it if it needs a name.
    pub fn lower(
        &mut self,
        pointer: &str,
        schema: &Value,
        hint: &str,
        direction: Direction,
    ) -> Type {
        self.lower_at(pointer, schema, hint, direction, None, 0)
    }

    pub(super) fn lower_at(
        &mut self,
        pointer: &str,
        schema: &Value,
        hint: &str,
        direction: Direction,
        reserved: Option<usize>,
        depth: usize,
    ) -> Type {
        let Some(object) = schema.as_object() else {
            return Type::Value;
        };
        if depth > DEPTH {
            return self.degrade(pointer, "is nested too deeply");
        }
        if object.contains_key("x-file") {
            return Type::Plain("FilePart");
        }
        if let Some(target) = object.get("$ref").and_then(Value::as_str) {
            if is_plain_reference(object) {
                let Some(target) = local_pointer(target) else {
                    return self.degrade(pointer, "refers outside the document");
                };
                return self.reference(&target, direction);
            }
            let composed = reference_as_all_of(object);
            return self.lower_at(pointer, &composed, hint, direction, reserved, depth + 1);
        }
        if object.contains_key("allOf") {
            return self.lower_all_of(pointer, object, hint, direction, reserved, depth);
        }
        let (object, nullable) = without_null(object);
        let ty = self.lower_object(pointer, &object, hint, direction, reserved, depth);
        if nullable { ty.optional() } else { ty }
    }

    fn lower_object(
        &mut self,
        pointer: &str,
        object: &Map<String, Value>,
        hint: &str,
        direction: Direction,
        reserved: Option<usize>,
        depth: usize,
    ) -> Type {
        if let Some(values) = enum_values(object) {
            return self.lower_enum(pointer, object, &values, hint, reserved);
        }
        if let Some(ty) = self.lower_family(pointer, object, hint, direction, reserved, depth) {
            return ty;
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(arms) = object.get(keyword).and_then(Value::as_array) {
                if let Some(ty) = self.lower_union(
                    pointer, object, keyword, arms, hint, direction, reserved, depth,
                ) {
                    return ty;
                }
            }
        }
        let types = declared_types(object);
        match types.as_slice() {
            [] => Type::Value,
            ["object"] => self.lower_members(pointer, object, hint, direction, reserved, depth),
            ["array"] => {
                let items = object.get("items").cloned().unwrap_or(Value::Bool(true));
                if object.contains_key("prefixItems") {
                    return Type::Vec(Box::new(Type::Value));
                }
                let at = format!("{pointer}/items");
                let item = self.lower_at(
                    &at,
                    &items,
                    &format!("{hint}Item"),
                    direction,
                    None,
                    depth + 1,
                );
                Type::Vec(Box::new(item))
            }
            [one] => plain(one, object.get("format").and_then(Value::as_str)),
            several => {
                let arms: Vec<Value> = several.iter().map(|one| only_type(object, one)).collect();
                self.lower_union(
                    pointer,
                    &Map::new(),
                    "type",
                    &arms,
                    hint,
                    direction,
                    reserved,
                    depth,
                )
                .unwrap_or(Type::Value)
            }
        }
    }

    fn lower_enum(
        &mut self,
        pointer: &str,
        object: &Map<String, Value>,
        values: &[Value],
        hint: &str,
        reserved: Option<usize>,
    ) -> Type {
        let strings: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
        let Some(strings) = strings.filter(|strings| !strings.is_empty()) else {
            return common_type(values);
        };
        let names = object
            .get("x-enum-varnames")
            .and_then(Value::as_array)
            .filter(|names| names.len() == strings.len());
        let mut scope = Scope::default();
        let mut seen = std::collections::HashSet::new();
        let mut variants = Vec::new();
        for (index, wire) in strings.iter().enumerate() {
            if !seen.insert(*wire) {
                continue;
            }
            let raw = names
                .and_then(|names| names.get(index))
                .and_then(Value::as_str)
                .unwrap_or(wire);
            variants.push(EnumValue {
                name: scope.claim(variant_name(raw)),
                wire: (*wire).to_owned(),
            });
        }
        self.define(reserved, hint, pointer, object, Kind::Enum(variants))
    }

    fn lower_members(
        &mut self,
        pointer: &str,
        object: &Map<String, Value>,
        hint: &str,
        direction: Direction,
        reserved: Option<usize>,
        depth: usize,
    ) -> Type {
        let rest = free_members(object);
        let required = required_names(object);
        let at = format!("{pointer}/properties");
        let properties = self.ordered(&at, object.get("properties"));
        if properties.is_empty() && required.is_empty() {
            return match rest {
                Some((keyword, schema)) if schema.is_object() => {
                    let at = format!("{pointer}/{keyword}");
                    let hint = format!("{hint}Value");
                    match self.lower_at(&at, &schema, &hint, direction, None, depth + 1) {
                        Type::Value => Type::JsonObject,
                        value => Type::Map(Box::new(value)),
                    }
                }
                _ => Type::JsonObject,
            };
        }
        let id = reserved.unwrap_or_else(|| self.reserve(hint, pointer));
        let name = self.models[id].name.clone();
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for (wire, schema) in &properties {
            if self.hidden(schema, direction) {
                continue;
            }
            let at = format!("{at}/{}", escape(wire));
            let hint = format!("{name}{}", variant_name(wire));
            let ty = self.lower_at(&at, schema, &hint, direction, None, depth + 1);
            let is_required = required.contains(&wire.as_str());
            let (ty, presence) = self.presence(&at, schema, ty, is_required);
            fields.push(Field {
                name: scope.claim(value_name(wire)),
                wire: wire.clone(),
                docs: docs(schema),
                ty,
                presence,
            });
        }
        for wire in required {
            if !properties.iter().any(|(name, _)| name == wire) {
                fields.push(Field {
                    name: scope.claim(value_name(wire)),
                    wire: wire.to_owned(),
                    docs: Vec::new(),
                    ty: Type::Value,
                    presence: Presence::Required,
                });
            }
        }
        let extra = rest.map(|(keyword, schema)| {
            let at = format!("{pointer}/{keyword}");
            let hint = format!("{name}Extra");
            let ty = self.lower_at(&at, &schema, &hint, direction, None, depth + 1);
            (scope.claim("extra".to_owned()), ty)
        });
        self.models[id].docs = docs_of(object);
        self.models[id].kind = Kind::Struct(Struct { fields, extra });
        Type::Model(id)
    }

    /// Adds what absence means to a member's type.
    fn presence(
        &mut self,
        pointer: &str,
        schema: &Value,
        ty: Type,
        required: bool,
    ) -> (Type, Presence) {
        if required {
            return (ty, Presence::Required);
        }
        if let Some(default) = self.default_of(schema, 0) {
            if default.is_null() {
                return (ty.optional(), Presence::Default("None".to_owned()));
            }
            let (inner, nullable) = ty.clone().required();
            if let Some(expression) = self.expression(&default, &inner) {
                return if nullable {
                    (ty, Presence::Default(format!("Some({expression})")))
                } else {
                    (ty, Presence::Default(expression))
                };
            }
            self.note(
                pointer,
                "its default is not applied: no Rust expression says it",
            );
        }
        match ty {
            Type::Option(_) => (Type::Option(Box::new(ty)), Presence::OptionalNullable),
            ty => (ty.optional(), Presence::Optional),
        }
    }

    /// The default of a schema, its own or that of what it refers to.
    pub fn default_of(&self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        if let Some(default) = schema.get("default") {
            return Some(default.clone());
        }
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(local_pointer)?;
        self.default_of(self.document.pointer(&target)?, depth + 1)
    }

    /// A Rust expression for a default value of this type.
    pub fn expression(&self, value: &Value, ty: &Type) -> Option<String> {
        match (ty, value) {
            (Type::Plain("String"), Value::String(text)) => Some(format!("{text:?}.to_owned()")),
            (Type::Plain("bool"), Value::Bool(flag)) => Some(flag.to_string()),
            (Type::Plain("f64"), Value::Number(number)) => Some(format!("{:?}", number.as_f64()?)),
            (Type::Plain("i32" | "i64" | "u64"), Value::Number(number)) => {
                (number.is_i64() || number.is_u64()).then(|| number.to_string())
            }
            (Type::Vec(_), Value::Array(items)) if items.is_empty() => {
                Some("Vec::new()".to_owned())
            }
            (Type::Vec(item), Value::Array(items)) => {
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|value| self.expression(value, item))
                    .collect();
                Some(format!("vec![{}]", items?.join(", ")))
            }
            (Type::Map(_), Value::Object(map)) if map.is_empty() => {
                Some("BTreeMap::new()".to_owned())
            }
            (Type::JsonObject, Value::Object(map)) if map.is_empty() => {
                Some("Map::new()".to_owned())
            }
            (Type::Model(id), Value::String(text)) => match &self.models[*id].kind {
                Kind::Enum(values) => {
                    let variant = values.iter().find(|variant| variant.wire == *text)?;
                    Some(format!("{}::{}", self.models[*id].name, variant.name))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The type of what a pointer names; a component gets its name from the contract.
    pub fn reference(&mut self, target: &str, direction: Direction) -> Type {
        let direction = if self.differs_by_direction(target) {
            direction
        } else {
            Direction::Response
        };
        let key = (target.to_owned(), direction);
        if let Some(ty) = self.refs.get(&key) {
            return ty.clone();
        }
        let Some(schema) = self.document.pointer(target) else {
            return self.degrade(target, "is referred to but does not exist");
        };
        if !self.pending.insert(key.clone()) {
            return self.degrade(target, "refers to itself without an object in between");
        }
        let suffix = if direction == Direction::Request {
            "Input"
        } else {
            ""
        };
        let last = target.rsplit('/').next().map(unescape).unwrap_or_default();
        let hint = format!("{}{suffix}", type_name(&last));
        let reserved = self.is_model(schema, 0).then(|| {
            let id = self.reserve(&hint, target);
            self.refs.insert(key.clone(), Type::Model(id));
            id
        });
        let ty = self.lower_at(target, schema, &hint, direction, reserved, 0);
        self.pending.remove(&key);
        if let Some(id) = reserved {
            if matches!(self.models[id].kind, Kind::Pending) {
                // It turned out to need no model of its own, yet may be referred to by now.
                self.models[id].kind = Kind::Struct(Struct {
                    fields: Vec::new(),
                    extra: Some(("extra".to_owned(), Type::Value)),
                });
            }
        }
        self.refs.insert(key, ty.clone());
        ty
    }

    /// Whether a schema will be lowered to a model, so that recursion can name it beforehand.
    fn is_model(&self, schema: &Value, depth: usize) -> bool {
        let Some(object) = schema.as_object().filter(|_| depth < DEPTH) else {
            return false;
        };
        if object.contains_key("allOf")
            || !is_plain_reference(object) && object.contains_key("$ref")
        {
            let composed;
            let object = if object.contains_key("$ref") {
                composed = reference_as_all_of(object);
                composed.as_object().unwrap_or(object)
            } else {
                object
            };
            return match self.merge_all_of(object, 0) {
                Some(merged) => self.is_model(&merged, depth + 1),
                None => false,
            };
        }
        if object.contains_key("$ref") {
            return false;
        }
        let (object, _) = without_null(object);
        if let Some(values) = enum_values(&object) {
            return !values.is_empty() && values.iter().all(Value::is_string);
        }
        if ["oneOf", "anyOf"].iter().any(|keyword| {
            object
                .get(*keyword)
                .and_then(Value::as_array)
                .is_some_and(|arms| {
                    arms.len() > 1 && !arms.iter().all(|arm| super::union::is_constraint_only(arm))
                })
        }) {
            return true;
        }
        match declared_types(&object).as_slice() {
            ["object"] => {
                object
                    .get("properties")
                    .and_then(Value::as_object)
                    .is_some_and(|p| !p.is_empty())
                    || !required_names(&object).is_empty()
            }
            several => several.len() > 1,
        }
    }

    /// Takes a name and a place in `models` before the parts are known.
    pub(super) fn reserve(&mut self, hint: &str, pointer: &str) -> usize {
        let name = self.scope.claim(type_name(hint));
        self.models.push(Model {
            name,
            docs: Vec::new(),
            pointer: pointer.to_owned(),
            kind: Kind::Pending,
        });
        self.models.len() - 1
    }

    /// A name for the types of one operation, which live beside the models' module.
    pub fn claim_prefix(&mut self, name: &str) -> String {
        self.prefixes.claim(name.to_owned())
    }

    pub(super) fn define(
        &mut self,
        reserved: Option<usize>,
        hint: &str,
        pointer: &str,
        object: &Map<String, Value>,
        kind: Kind,
    ) -> Type {
        let id = reserved.unwrap_or_else(|| self.reserve(hint, pointer));
        self.models[id].docs = docs_of(object);
        self.models[id].kind = kind;
        Type::Model(id)
    }

    /// Whether a member is not part of a value that travels this way.
    fn hidden(&self, schema: &Value, direction: Direction) -> bool {
        let keyword = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        self.flag(schema, keyword, 0)
    }

    fn flag(&self, schema: &Value, keyword: &str, depth: usize) -> bool {
        if schema
            .get(keyword)
            .and_then(Value::as_bool)
            .unwrap_or(false)
        {
            return true;
        }
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(local_pointer);
        match target.and_then(|target| self.document.pointer(&target)) {
            Some(schema) if depth < DEPTH => self.flag(schema, keyword, depth + 1),
            _ => false,
        }
    }

    /// Whether what a pointer reaches has members that travel one way only.
    fn differs_by_direction(&mut self, target: &str) -> bool {
        if let Some(answer) = self.split.get(target) {
            return *answer;
        }
        let mut seen = std::collections::HashSet::new();
        let mut stack = vec![target.to_owned()];
        let mut answer = false;
        while let Some(pointer) = stack.pop() {
            if answer || !seen.insert(pointer.clone()) {
                continue;
            }
            if let Some(children) = self.children.get(&pointer) {
                stack.extend(children.iter().cloned());
            }
            if let Some(schema) = self.document.pointer(&pointer) {
                answer |= scan(schema, &mut stack);
            }
        }
        self.split.insert(target.to_owned(), answer);
        answer
    }

    /// Members of an object in the author's order.
    pub fn ordered(&self, pointer: &str, object: Option<&Value>) -> Vec<(String, Value)> {
        let mut members: Vec<(String, Value)> = object
            .and_then(Value::as_object)
            .map(|map| {
                map.iter()
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect()
            })
            .unwrap_or_default();
        members
            .sort_by_cached_key(|(name, _)| (self.order)(&format!("{pointer}/{}", escape(name))));
        members
    }

    /// Notes that a JSON value stands for the schema at `pointer`.
    pub(super) fn degrade(&mut self, pointer: &str, why: &str) -> Type {
        self.note(
            pointer,
            &format!("the schema {why}: its type is a JSON value; its rules still hold"),
        );
        Type::Value
    }

    pub(super) fn note(&mut self, pointer: &str, message: &str) {
        let note = Note {
            pointer: pointer.to_owned(),
            message: message.to_owned(),
        };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The document that is read.
    pub fn document(&self) -> &'d Value {
        self.document
    }
}

/// `#/a/b` as the pointer `/a/b`, percent-decoded.
pub fn local_pointer(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    Some(
        percent_encoding::percent_decode_str(fragment)
            .decode_utf8_lossy()
            .into_owned(),
    )
}

/// A name as a segment of a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescape(segment: &str) -> String {
    segment.replace("~1", "/").replace("~0", "~")
}

/// Whether a `$ref` has no sibling that changes what it accepts.
pub(super) fn is_plain_reference(object: &Map<String, Value>) -> bool {
    object.contains_key("$ref")
        && object.keys().all(|key| {
            key == "$ref" || key.starts_with("x-") || ANNOTATIONS.contains(&key.as_str())
        })
}

/// `{$ref, siblings}` as `{allOf: [{$ref}], siblings}`.
pub(super) fn reference_as_all_of(object: &Map<String, Value>) -> Value {
    let mut rest = object.clone();
    let reference = rest.remove("$ref").unwrap_or_default();
    let mut members = vec![serde_json::json!({ "$ref": reference })];
    if let Some(Value::Array(existing)) = rest.remove("allOf") {
        members.extend(existing);
    }
    rest.insert("allOf".to_owned(), Value::Array(members));
    Value::Object(rest)
}

/// The schema without `null`, and whether it allowed null.
pub(super) fn without_null(object: &Map<String, Value>) -> (Map<String, Value>, bool) {
    let mut object = object.clone();
    let mut nullable = false;
    if let Some(Value::Array(types)) = object.get_mut("type") {
        let before = types.len();
        types.retain(|ty| ty != "null");
        nullable |= types.len() < before;
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        let before = values.len();
        values.retain(|value| !value.is_null());
        nullable |= values.len() < before;
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(Value::Array(arms)) = object.get_mut(keyword) {
            let before = arms.len();
            arms.retain(|arm| !is_null(arm));
            nullable |= arms.len() < before;
        }
    }
    (object, nullable)
}

fn is_null(schema: &Value) -> bool {
    schema
        .get("type")
        .is_some_and(|ty| *ty == "null" || *ty == serde_json::json!(["null"]))
        || schema.get("const").is_some_and(Value::is_null)
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

fn enum_values(object: &Map<String, Value>) -> Option<Vec<Value>> {
    if let Some(constant) = object.get("const") {
        return Some(vec![constant.clone()]);
    }
    object.get("enum").and_then(Value::as_array).cloned()
}

fn common_type(values: &[Value]) -> Type {
    if values.is_empty() {
        Type::Value
    } else if values.iter().all(Value::is_boolean) {
        Type::Plain("bool")
    } else if values.iter().all(Value::is_i64) {
        Type::Plain("i64")
    } else if values.iter().all(Value::is_number) {
        Type::Plain("f64")
    } else {
        Type::Value
    }
}

/// The types that a schema names, or the one that its keywords imply.
pub fn declared_types(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ if [
            "properties",
            "additionalProperties",
            "patternProperties",
            "required",
        ]
        .iter()
        .any(|keyword| object.contains_key(*keyword)) =>
        {
            vec!["object"]
        }
        _ if object.contains_key("items") || object.contains_key("prefixItems") => vec!["array"],
        _ => Vec::new(),
    }
}

fn only_type(object: &Map<String, Value>, one: &str) -> Value {
    let mut arm = object.clone();
    arm.insert("type".to_owned(), one.into());
    Value::Object(arm)
}

fn plain(ty: &str, format: Option<&str>) -> Type {
    Type::Plain(match (ty, format) {
        ("string", Some("date-time")) => "DateTime<Utc>",
        ("string", Some("date")) => "NaiveDate",
        ("string", Some("uuid")) => "Uuid",
        ("string", Some("byte")) => "Base64",
        ("string", Some("decimal")) => "Decimal",
        ("string", _) => "String",
        ("integer", Some("int32")) => "i32",
        ("integer", Some("uint32" | "uint64")) => "u64",
        ("integer", _) => "i64",
        ("number", _) => "f64",
        ("boolean", _) => "bool",
        _ => return Type::Value,
    })
}

/// The schema of members that are not named, where the contract speaks of them.
fn free_members(object: &Map<String, Value>) -> Option<(&'static str, Value)> {
    if object.contains_key("patternProperties") {
        return Some(("patternProperties", Value::Bool(true)));
    }
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        match object.get(keyword) {
            None | Some(Value::Bool(false)) => {}
            Some(schema) => return Some((keyword, schema.clone())),
        }
    }
    None
}

pub(super) fn required_names(object: &Map<String, Value>) -> Vec<&str> {
    let names = object.get("required").and_then(Value::as_array);
    names
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

/// Pushes every reference below a schema; true if a member travels one way only.
fn scan(schema: &Value, references: &mut Vec<String>) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(|item| scan(item, references)),
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get("$ref") {
                references.extend(local_pointer(target));
            }
            let one_way = ["readOnly", "writeOnly"]
                .iter()
                .any(|keyword| object.get(*keyword) == Some(&Value::Bool(true)));
            let mut found = one_way;
            for (key, value) in object {
                if !matches!(
                    key.as_str(),
                    "example" | "examples" | "default" | "enum" | "const"
                ) {
                    found |= scan(value, references);
                }
            }
            found
        }
        _ => false,
    }
}

/// Documentation of a schema: its description, or its title.
pub fn docs(schema: &Value) -> Vec<String> {
    schema.as_object().map(docs_of).unwrap_or_default()
}

fn docs_of(object: &Map<String, Value>) -> Vec<String> {
    let text = object
        .get("description")
        .or_else(|| object.get("title"))
        .and_then(Value::as_str);
    text.map(lines).unwrap_or_default()
}

/// Text as lines of a doc comment.
pub fn lines(text: &str) -> Vec<String> {
    text.trim()
        .lines()
        .map(|line| line.trim_end().replace('\r', ""))
        .collect()
}
