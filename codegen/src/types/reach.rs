//! Which models a request can hold: the ones that are read. The others are only written.

use std::collections::HashSet;

use super::{Kind, ModelId, Type, Types};

impl Types<'_> {
    /// The models that values of these types hold, at any depth.
    pub fn reached<'t>(&self, roots: impl Iterator<Item = &'t Type>) -> HashSet<ModelId> {
        let mut open: Vec<ModelId> = Vec::new();
        roots.for_each(|root| held(root, &mut open));
        let mut found = HashSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                self.parts(id, &mut open);
            }
        }
        found
    }

    fn parts(&self, id: ModelId, out: &mut Vec<ModelId>) {
        match &self.model(id).kind {
            Kind::Struct(it) => {
                it.fields.iter().for_each(|field| held(&field.ty, out));
                it.extra.iter().for_each(|(_, ty)| held(ty, out));
            }
            Kind::Union(it) => it.arms.iter().for_each(|arm| held(&arm.ty, out)),
            Kind::Enum(_) | Kind::Pending => {}
        }
    }
}

fn held(ty: &Type, out: &mut Vec<ModelId>) {
    match ty {
        Type::Model(id) => out.push(*id),
        Type::Vec(inner)
        | Type::Map(inner)
        | Type::Option(inner)
        | Type::Boxed(inner)
        | Type::Events(inner) => held(inner, out),
        Type::Value | Type::JsonObject | Type::Plain(_) => {}
    }
}
