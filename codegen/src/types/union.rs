//! `oneOf`, `anyOf`, type lists and discriminated families as enums with a variant an arm.

use serde_json::{Map, Value, json};

use super::keywords::{declared_types, required_names};
use super::lower::Site;
use super::{Arm, Kind, Type, Types, Union};
use crate::discriminator::{self, arm_reference, component_name};
use crate::names::{Scope, type_name, variant_name};
use crate::pointer;

impl Types<'_> {
    /// The type of `arms`; `None` if they only constrain what the rest of the schema says.
    pub(super) fn lower_union(
        &mut self,
        site: &Site,
        object: &Map<String, Value>,
        keyword: &str,
        arms: &[Value],
    ) -> Option<Type> {
        if arms.is_empty() || keyword != "type" && arms.iter().all(is_constraint_only) {
            return None;
        }
        let mut base = object.clone();
        let discriminator = base.remove("discriminator");
        base.remove(keyword);
        let arms = with_base(&base, arms);
        if let [only] = arms.as_slice() {
            let only_site = Site {
                pointer: format!("{}/{keyword}/0", site.pointer),
                ..site.again()
            };
            return Some(self.lower_at(&only_site, only));
        }
        if let Some(values) = all_strings(&arms) {
            base.insert("type".to_owned(), "string".into());
            base.insert("enum".to_owned(), values);
            return Some(self.lower_at(&site.again(), &Value::Object(base)));
        }
        let id = self.reserved(site);
        let site = Site {
            hint: self.model(id).name.clone(),
            reserved: Some(id),
            ..site.clone()
        };
        let inherited = || discriminator::inherited(self.document(), &arms).cloned();
        let discriminator = discriminator.or_else(inherited);
        let tags = discriminator.and_then(|it| self.tags(&site, &it, &arms));
        let (property, tags) = tags.unzip();
        let mut scope = Scope::default();
        let mut lowered: Vec<Arm> = Vec::new();
        for (index, arm) in arms.iter().enumerate() {
            let label = arm_label(arm, index);
            let hint = format!("{}{label}", site.hint);
            let inside = match keyword {
                "type" => Site {
                    hint,
                    reserved: None,
                    ..site.again()
                },
                _ => site.inside(&format!("{keyword}/{index}"), hint),
            };
            lowered.push(Arm {
                name: scope.claim(label),
                ty: self.lower_at(&inside, arm).required().0,
                tags: tags
                    .as_ref()
                    .and_then(|it: &Vec<Vec<String>>| it.get(index))
                    .cloned()
                    .unwrap_or_default(),
                schema: arm.clone(),
                direction: site.direction,
            });
        }
        let union = Union {
            arms: lowered,
            discriminator: property,
            fallback: None,
        };
        Some(self.define(&site, object, Kind::Union(union)))
    }

    /// A component with a discriminator but no `oneOf` is the union of those that extend it.
    pub(super) fn lower_family(
        &mut self,
        site: &Site,
        object: &Map<String, Value>,
    ) -> Option<Type> {
        let discriminator = object.get("discriminator")?.clone();
        if object.contains_key("oneOf") || object.contains_key("anyOf") {
            return None;
        }
        let children = self.children.get(&site.pointer)?.clone();
        let arms: Vec<Value> = children
            .iter()
            .map(|child| json!({ "$ref": pointer::to_reference(child) }))
            .collect();
        let (property, tags) = self.tags(site, &discriminator, &arms)?;
        let id = self.reserved(site);
        let site = Site {
            hint: self.model(id).name.clone(),
            reserved: Some(id),
            ..site.clone()
        };
        let mut scope = Scope::default();
        let mut lowered = Vec::new();
        for (index, (arm, tags)) in arms.into_iter().zip(tags).enumerate() {
            lowered.push(Arm {
                name: scope.claim(arm_label(&arm, index)),
                ty: self.lower_at(
                    &Site {
                        reserved: None,
                        ..site.again()
                    },
                    &arm,
                ),
                tags,
                schema: arm,
                direction: site.direction,
            });
        }
        let mut base = object.clone();
        base.remove("discriminator");
        let schema = Value::Object(base);
        let hint = format!("{}Base", site.hint);
        lowered.push(Arm {
            name: scope.claim("Base".to_owned()),
            ty: self.lower_at(
                &Site {
                    hint,
                    reserved: None,
                    ..site.again()
                },
                &schema,
            ),
            tags: Vec::new(),
            schema,
            direction: site.direction,
        });
        let union = Union {
            fallback: Some(lowered.len() - 1),
            arms: lowered,
            discriminator: Some(property),
        };
        Some(self.define(&site, object, Kind::Union(union)))
    }

    /// The discriminator's member and its values for each arm; noted if they tell nothing.
    fn tags(
        &mut self,
        site: &Site,
        discriminator: &Value,
        arms: &[Value],
    ) -> Option<(String, Vec<Vec<String>>)> {
        let property = discriminator::property(discriminator);
        let tags = discriminator::tags(self.document(), discriminator, arms);
        if let (Some(property), Some(tags)) = (property, tags) {
            return Some((property.to_owned(), tags));
        }
        self.note(
            &format!("{}/discriminator", site.pointer),
            "the discriminator does not tell its schemas apart: a value goes to the first whose \
             rules it satisfies",
        );
        None
    }
}

/// Each arm together with the schema around the union, where that has members or items.
fn with_base(base: &Map<String, Value>, arms: &[Value]) -> Vec<Value> {
    let has_shape = ["properties", "items", "oneOf", "anyOf"]
        .iter()
        .any(|key| base.contains_key(*key));
    match has_shape {
        true => arms
            .iter()
            .map(|arm| json!({ "allOf": [base, arm] }))
            .collect(),
        false => arms.to_vec(),
    }
}

/// An arm that only adds rules, such as `{required: [a]}`.
pub(super) fn is_constraint_only(arm: &Value) -> bool {
    let Some(object) = arm.as_object() else {
        return true;
    };
    object.keys().all(|key| {
        matches!(
            key.as_str(),
            "required"
                | "not"
                | "if"
                | "then"
                | "else"
                | "minProperties"
                | "maxProperties"
                | "description"
                | "title"
                | "dependentRequired"
                | "pattern"
                | "format"
                | "minLength"
                | "maxLength"
                | "minimum"
                | "maximum"
        ) || key == "properties" && !object.contains_key("type") && only_probes(object)
    })
}

/// Properties that only narrow (`{const: …}`, `{not: …}`) rather than describe.
fn only_probes(object: &Map<String, Value>) -> bool {
    let required = required_names(object);
    object
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|members| {
            members.iter().all(|(name, schema)| {
                required.contains(&name.as_str())
                    && schema.as_object().is_some_and(|schema| {
                        schema
                            .keys()
                            .all(|key| matches!(key.as_str(), "const" | "enum" | "not"))
                    })
            })
        })
}

/// All values, if every arm is a list of strings.
fn all_strings(arms: &[Value]) -> Option<Value> {
    let mut values = Vec::new();
    for arm in arms {
        match (arm.get("const"), arm.get("enum")) {
            (Some(Value::String(one)), _) => values.push(Value::from(one.as_str())),
            (None, Some(Value::Array(several))) if several.iter().all(Value::is_string) => {
                values.extend(several.iter().cloned());
            }
            _ => return None,
        }
    }
    Some(Value::Array(values))
}

/// A variant's name: that of the component, the title, or the type.
fn arm_label(arm: &Value, index: usize) -> String {
    if let Some(target) = arm_reference(arm) {
        return variant_name(&type_name(&component_name(target)));
    }
    let inner = arm
        .get("allOf")
        .and_then(Value::as_array)
        .and_then(|all| all.get(1))
        .unwrap_or(arm);
    if let Some(title) = inner.get("title").and_then(Value::as_str) {
        return variant_name(title);
    }
    let Some(object) = inner.as_object() else {
        return "Any".to_owned();
    };
    match declared_types(object).as_slice() {
        ["object"] => format!("Object{}", index + 1),
        [one] => variant_name(one),
        _ => format!("Variant{}", index + 1),
    }
}
