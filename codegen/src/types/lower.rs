//! From a schema to a type.

use serde_json::{Map, Value};

use super::keywords::{
    declared_types, docs, enum_values, is_plain_reference, reference_as_all_of, required_names,
    without_null,
};
use super::{Direction, Kind, Model, ModelId, Note, Struct, Type, Types};
use crate::names::{Scope, type_name};
use crate::schema::sound::Integer;
use crate::{discriminator, pointer, sparse};

/// How far references and compositions are followed before a JSON value stands for the rest.
pub(super) const DEPTH: usize = 64;

/// Where a schema stands, and what its type is for.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// JSON pointer of the schema.
    pub(super) pointer: String,
    /// The name of the type, if it needs one.
    pub(super) hint: String,
    /// Which way its values travel.
    pub(super) direction: Direction,
    /// The model that was reserved for it.
    pub(super) reserved: Option<ModelId>,
    /// Schemas around it.
    pub(super) depth: usize,
}

impl Site {
    /// The site of a schema inside this one.
    pub(super) fn inside(&self, path: &str, hint: impl Into<String>) -> Self {
        Self {
            pointer: format!("{}/{path}", self.pointer),
            hint: hint.into(),
            reserved: None,
            depth: self.depth + 1,
            direction: self.direction,
        }
    }

    /// The site of a schema that stands for the one here.
    pub(super) fn again(&self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self.clone()
        }
    }
}

impl<'d> Types<'d> {
    /// No types yet; `order` gives the line and column of a JSON pointer.
    pub fn new(document: &'d Value, order: &'d dyn Fn(&str) -> (usize, usize)) -> Self {
        Self {
            document,
            order,
            models: Vec::new(),
            notes: Vec::new(),
            refs: Default::default(),
            pending: Default::default(),
            split: Default::default(),
            children: discriminator::children(document),
            scope: Scope::default(),
            prefixes: Scope::default(),
        }
    }

    /// Lowers every component schema, so that each has its type even if no operation reaches it.
    pub fn lower_components(&mut self) {
        let components = "/components/schemas";
        let ordered = self.ordered(components, self.document.pointer(components));
        // What is sparse is nobody's to make: the boundary makes it of what is whole.
        let whole = |schema: &Value| !sparse::is_marked(self.document, schema);
        let ordered: Vec<_> = ordered.into_iter().filter(|(_, it)| whole(it)).collect();
        for (name, _) in ordered {
            self.reference(&pointer::join(components, &name), Direction::Response);
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
        let site = Site {
            pointer: pointer.to_owned(),
            hint: hint.to_owned(),
            direction,
            reserved: None,
            depth: 0,
        };
        self.lower_at(&site, schema)
    }

    pub(super) fn lower_at(&mut self, site: &Site, schema: &Value) -> Type {
        let Some(object) = schema.as_object() else {
            return Type::Value;
        };
        if site.depth > DEPTH {
            return self.degrade(&site.pointer, "is nested too deeply");
        }
        if object.contains_key("x-file") {
            return Type::Plain("FilePart");
        }
        if let Some(target) = object.get("$ref").and_then(Value::as_str) {
            if !is_plain_reference(object) {
                return self.lower_at(&site.again(), &reference_as_all_of(object));
            }
            return match pointer::of_reference(target) {
                Some(target) => self.reference(&target, site.direction),
                None => self.degrade(&site.pointer, "refers outside the document"),
            };
        }
        if object.contains_key("allOf") {
            return self.lower_all_of(site, object);
        }
        let (object, nullable) = without_null(object);
        let ty = self.lower_object(site, &object);
        if nullable { ty.optional() } else { ty }
    }

    fn lower_object(&mut self, site: &Site, object: &Map<String, Value>) -> Type {
        if let Some(values) = enum_values(object) {
            return self.lower_enum(site, object, &values);
        }
        if let Some(ty) = self.lower_family(site, object) {
            return ty;
        }
        for keyword in ["oneOf", "anyOf"] {
            let arms = object.get(keyword).and_then(Value::as_array);
            let arms = arms.map(|arms| sparse::whole_arms(self.document, arms));
            let ty = arms.and_then(|arms| self.lower_union(site, object, keyword, &arms));
            if let Some(ty) = ty {
                return ty;
            }
        }
        match declared_types(object).as_slice() {
            [] => Type::Value,
            ["object"] => self.lower_members(site, object),
            ["array"] => self.lower_items(site, object),
            [one] => plain(one, object),
            several => {
                let arms: Vec<Value> = several.iter().map(|one| only_type(object, one)).collect();
                let ty = self.lower_union(site, &Map::new(), "type", &arms);
                ty.unwrap_or(Type::Value)
            }
        }
    }

    fn lower_items(&mut self, site: &Site, object: &Map<String, Value>) -> Type {
        if object.contains_key("prefixItems") {
            self.degrade(
                &pointer::join(&site.pointer, "prefixItems"),
                "gives items types by their place",
            );
            return Type::Vec(Box::new(Type::Value));
        }
        let items = object.get("items").cloned().unwrap_or(Value::Bool(true));
        let inside = site.inside("items", format!("{}Item", site.hint));
        Type::Vec(Box::new(self.lower_at(&inside, &items)))
    }

    /// The type of what a pointer names; a component gets its name from the contract.
    pub fn reference(&mut self, target: &str, direction: Direction) -> Type {
        let direction = match self.differs_by_direction(target) {
            true => direction,
            false => Direction::Response,
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
        let suffix = match direction {
            Direction::Request => "Input",
            Direction::Response => "",
        };
        let hint = format!("{}{suffix}", type_name(&pointer::last(target)));
        let reserved = self.is_model(schema, 0).then(|| {
            let id = self.reserve(&hint, target);
            self.refs.insert(key.clone(), Type::Model(id));
            id
        });
        let site = Site {
            pointer: target.to_owned(),
            hint,
            direction,
            reserved,
            depth: 0,
        };
        let ty = self.lower_at(&site, schema);
        self.pending.remove(&key);
        if let Some(model) = reserved.and_then(|id| self.models.get_mut(id))
            && matches!(model.kind, Kind::Pending)
        {
            // It turned out to need no model of its own, yet may be referred to by now.
            model.kind = Kind::Struct(Struct {
                fields: Vec::new(),
                extra: Some(("extra".to_owned(), Type::Value)),
            });
        }
        self.refs.insert(key, ty.clone());
        ty
    }

    /// Whether a schema will be lowered to a model, so that recursion can name it beforehand.
    fn is_model(&self, schema: &Value, depth: usize) -> bool {
        let Some(object) = schema.as_object().filter(|_| depth < DEPTH) else {
            return false;
        };
        let is_reference = object.contains_key("$ref");
        if is_reference && is_plain_reference(object) {
            return false;
        }
        if is_reference || object.contains_key("allOf") {
            let composed = match is_reference {
                true => reference_as_all_of(object),
                false => schema.clone(),
            };
            let composed = composed.as_object();
            let merged = composed.and_then(|composed| self.merge_all_of(composed, 0));
            return merged.is_some_and(|merged| self.is_model(&merged, depth + 1));
        }
        let (object, _) = without_null(object);
        if let Some(values) = enum_values(&object) {
            return !values.is_empty() && values.iter().all(Value::is_string);
        }
        let is_union = ["oneOf", "anyOf"].iter().any(|keyword| {
            let arms = object.get(*keyword).and_then(Value::as_array);
            let arms = arms.map(|arms| sparse::whole_arms(self.document, arms));
            arms.is_some_and(|arms| {
                arms.len() > 1 && !arms.iter().all(super::union::is_constraint_only)
            })
        });
        match declared_types(&object).as_slice() {
            _ if is_union => true,
            ["object"] => {
                let members = object.get("properties").and_then(Value::as_object);
                members.is_some_and(|members| !members.is_empty())
                    || !required_names(&object).is_empty()
            }
            several => several.len() > 1,
        }
    }

    /// Takes a name and a place in `models` before the parts are known.
    pub(super) fn reserve(&mut self, hint: &str, pointer: &str) -> ModelId {
        let name = self.scope.claim(type_name(hint));
        self.models.push(Model {
            name,
            docs: Vec::new(),
            pointer: pointer.to_owned(),
            kind: Kind::Pending,
        });
        self.models.len() - 1
    }

    /// The model that was reserved for a site, or a new one.
    pub(super) fn reserved(&mut self, site: &Site) -> ModelId {
        match site.reserved {
            Some(id) => id,
            None => self.reserve(&site.hint, &site.pointer),
        }
    }

    /// Gives the model of a site its kind.
    pub(super) fn define(&mut self, site: &Site, object: &Map<String, Value>, kind: Kind) -> Type {
        let id = self.reserved(site);
        if let Some(model) = self.models.get_mut(id) {
            model.docs = docs(object);
            model.kind = kind;
        }
        Type::Model(id)
    }

    /// A name for the types of one operation, which live beside the models' module.
    pub fn claim_prefix(&mut self, name: &str) -> String {
        self.prefixes.claim(name.to_owned())
    }

    /// Members of an object in the author's order.
    pub fn ordered(&self, pointer: &str, object: Option<&Value>) -> Vec<(String, Value)> {
        let members = object.and_then(Value::as_object).into_iter().flatten();
        let mut members: Vec<(String, Value)> = members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        members.sort_by_cached_key(|(name, _)| (self.order)(&pointer::join(pointer, name)));
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

    /// Notes what is said less exactly at `pointer`.
    pub fn note(&mut self, pointer: &str, message: &str) {
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

fn only_type(object: &Map<String, Value>, one: &str) -> Value {
    let mut arm = object.clone();
    arm.insert("type".to_owned(), one.into());
    Value::Object(arm)
}

/// The type of a value without parts.
fn plain(ty: &str, object: &Map<String, Value>) -> Type {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let is_base64 = || text("contentEncoding").is_some_and(|it| it.eq_ignore_ascii_case("base64"));
    Type::Plain(match (ty, text("format")) {
        ("string", Some("date-time")) => "DateTime<Utc>",
        ("string", Some("date")) => "NaiveDate",
        ("string", Some("uuid")) => "Uuid",
        ("string", Some("byte")) => "Base64",
        ("string", Some("decimal")) => "Decimal",
        ("string", None) if is_base64() => "Base64",
        ("string", _) => "String",
        ("integer", _) => Integer::of(object).name,
        ("number", Some("decimal")) => "DecimalNumber",
        ("number", _) => "f64",
        ("boolean", _) => "bool",
        _ => return Type::Value,
    })
}
