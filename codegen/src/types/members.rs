//! Objects as structs, or as maps where no member has a name.

use serde_json::{Map, Value};

use super::keywords::{docs, free_members, required_names};
use super::lower::Site;
use super::{Field, Kind, Presence, Struct, Type, Types};
use crate::names::{Scope, value_name, variant_name};
use crate::pointer;

impl Types<'_> {
    pub(super) fn lower_members(&mut self, site: &Site, object: &Map<String, Value>) -> Type {
        let required = required_names(object);
        let at = format!("{}/properties", site.pointer);
        let properties = self.ordered(&at, object.get("properties"));
        if properties.is_empty() && required.is_empty() {
            return self.lower_map(site, object);
        }
        let id = self.reserved(site);
        let site = Site {
            hint: self.model(id).name.clone(),
            reserved: Some(id),
            ..site.clone()
        };
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for (wire, schema) in &properties {
            if !self.is_hidden(schema, site.direction) {
                let is_required = required.contains(&wire.as_str());
                fields.push(self.field(&site, wire, schema, is_required, &mut scope));
            }
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
        let extra = free_members(object).map(|(keyword, schema)| {
            let inside = site.inside(keyword, format!("{}Extra", site.hint));
            let ty = self.lower_at(&inside, &schema);
            (scope.claim("extra".to_owned()), ty)
        });
        self.define(&site, object, Kind::Struct(Struct { fields, extra }))
    }

    /// An object of which no member has a name.
    fn lower_map(&mut self, site: &Site, object: &Map<String, Value>) -> Type {
        let free = free_members(object).filter(|(_, schema)| schema.is_object());
        let Some((keyword, schema)) = free else {
            return Type::JsonObject;
        };
        let inside = site.inside(keyword, format!("{}Value", site.hint));
        match self.lower_at(&inside, &schema) {
            Type::Value => Type::JsonObject,
            value => Type::Map(Box::new(value)),
        }
    }

    fn field(
        &mut self,
        site: &Site,
        wire: &str,
        schema: &Value,
        is_required: bool,
        scope: &mut Scope,
    ) -> Field {
        let path = format!("properties/{}", pointer::escape(wire));
        let inside = site.inside(&path, format!("{}{}", site.hint, variant_name(wire)));
        let ty = self.lower_at(&inside, schema);
        let (ty, presence) = match is_required {
            true => (ty, Presence::Required),
            false => self.presence(&inside.pointer, schema, ty),
        };
        Field {
            name: scope.claim(value_name(wire)),
            wire: wire.to_owned(),
            docs: schema.as_object().map(docs).unwrap_or_default(),
            ty,
            presence,
        }
    }

    /// Adds what absence means to the type of a member that may be absent.
    fn presence(&mut self, pointer: &str, schema: &Value, ty: Type) -> (Type, Presence) {
        if let Some(default) = self.default_of(schema, 0) {
            if default.is_null() {
                return (ty.optional(), Presence::Default(default));
            }
            if self.expression(&default, &ty).is_some() {
                return (ty, Presence::Default(default));
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
}
