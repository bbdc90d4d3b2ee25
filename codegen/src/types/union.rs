//! `oneOf`, `anyOf`, type lists and discriminated families as enums with a variant an arm.

use serde_json::{Map, Value, json};

use super::lower::{declared_types, local_pointer, required_names};
use super::{Arm, Direction, Kind, Type, Types, Union};
use crate::names::{Scope, type_name, variant_name};

impl Types<'_> {
    /// The type of `arms`; `None` if they only constrain what the rest of the schema says.
    #[expect(
        clippy::too_many_arguments,
        reason = "the same walk as `lower_at`, one step further"
    )]
    pub(super) fn lower_union(
        &mut self,
        pointer: &str,
        object: &Map<String, Value>,
        keyword: &str,
        arms: &[Value],
        hint: &str,
        direction: Direction,
        reserved: Option<usize>,
        depth: usize,
    ) -> Option<Type> {
        if arms.is_empty() || keyword != "type" && arms.iter().all(is_constraint_only) {
            return None;
        }
        let mut base = object.clone();
        let discriminator = base.remove("discriminator");
        base.remove(keyword);
        let shaped = ["properties", "items", "oneOf", "anyOf"]
            .iter()
            .any(|key| base.contains_key(*key));
        let arms: Vec<Value> = match shaped {
            true => arms
                .iter()
                .map(|arm| json!({ "allOf": [base, arm] }))
                .collect(),
            false => arms.to_vec(),
        };
        if let [only] = arms.as_slice() {
            let at = format!("{pointer}/{keyword}/0");
            return Some(self.lower_at(&at, only, hint, direction, reserved, depth + 1));
        }
        if let Some(values) = all_strings(&arms) {
            let mut merged = base.clone();
            merged.insert("type".to_owned(), "string".into());
            merged.insert("enum".to_owned(), values);
            return Some(self.lower_at(
                pointer,
                &Value::Object(merged),
                hint,
                direction,
                reserved,
                depth + 1,
            ));
        }
        let id = reserved.unwrap_or_else(|| self.reserve(hint, pointer));
        let name = self.models[id].name.clone();
        let tags = self.tags(discriminator.as_ref(), &arms);
        let mut scope = Scope::default();
        let mut lowered: Vec<Arm> = Vec::new();
        for (index, arm) in arms.iter().enumerate() {
            let at = match keyword {
                "type" => pointer.to_owned(),
                _ => format!("{pointer}/{keyword}/{index}"),
            };
            let label = arm_label(arm, index);
            let hint = format!("{name}{label}");
            let ty = self.lower_at(&at, arm, &hint, direction, None, depth + 1);
            lowered.push(Arm {
                name: scope.claim(label),
                ty: ty.required().0,
                tags: tags
                    .as_ref()
                    .map(|tags| tags[index].clone())
                    .unwrap_or_default(),
                schema: arm.clone(),
                direction,
            });
        }
        let property = discriminator
            .as_ref()
            .and_then(|it| it.get("propertyName")?.as_str());
        let union = Union {
            arms: lowered,
            discriminator: tags.and(property).map(str::to_owned),
            fallback: None,
            overlapping: keyword == "anyOf",
        };
        Some(self.define(Some(id), hint, pointer, object, Kind::Union(union)))
    }

    /// A component with a discriminator but no `oneOf` is the union of those that extend it.
    pub(super) fn lower_family(
        &mut self,
        pointer: &str,
        object: &Map<String, Value>,
        hint: &str,
        direction: Direction,
        reserved: Option<usize>,
        depth: usize,
    ) -> Option<Type> {
        let discriminator = object.get("discriminator")?.clone();
        if object.contains_key("oneOf") || object.contains_key("anyOf") {
            return None;
        }
        let property = discriminator.get("propertyName")?.as_str()?.to_owned();
        let children = self.children.get(pointer)?.clone();
        let arms: Vec<Value> = children
            .iter()
            .map(|child| json!({ "$ref": format!("#{child}") }))
            .collect();
        let tags = self.tags(Some(&discriminator), &arms)?;
        let id = reserved.unwrap_or_else(|| self.reserve(hint, pointer));
        let mut scope = Scope::default();
        let mut lowered = Vec::new();
        for (index, arm) in arms.iter().enumerate() {
            lowered.push(Arm {
                name: scope.claim(arm_label(arm, index)),
                ty: self.lower_at(pointer, arm, hint, direction, None, depth + 1),
                tags: tags[index].clone(),
                schema: arm.clone(),
                direction,
            });
        }
        let mut base = object.clone();
        base.remove("discriminator");
        let schema = Value::Object(base);
        let name = self.models[id].name.clone();
        let ty = self.lower_at(
            pointer,
            &schema,
            &format!("{name}Base"),
            direction,
            None,
            depth + 1,
        );
        lowered.push(Arm {
            name: scope.claim("Base".to_owned()),
            ty,
            tags: Vec::new(),
            schema,
            direction,
        });
        let union = Union {
            fallback: Some(lowered.len() - 1),
            arms: lowered,
            discriminator: Some(property),
            overlapping: false,
        };
        Some(self.define(Some(id), hint, pointer, object, Kind::Union(union)))
    }

    /// The discriminator values of each arm; `None` if there is no discriminator that tells every
    /// arm from every other.
    fn tags(&self, discriminator: Option<&Value>, arms: &[Value]) -> Option<Vec<Vec<String>>> {
        let discriminator = discriminator?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut all = Vec::new();
        for arm in arms {
            let target = arm_reference(arm);
            let last = target.and_then(|target| target.rsplit('/').next());
            let mut tags: Vec<String> = mapping
                .into_iter()
                .flatten()
                .filter(|(_, value)| {
                    let value = value.as_str();
                    value.is_some() && (value == target || value == last)
                })
                .map(|(tag, _)| tag.clone())
                .collect();
            if tags.is_empty() {
                tags = self.constant_tags(arm, property);
            }
            if tags.is_empty() {
                tags.extend(last.map(str::to_owned));
            }
            if tags.is_empty() || all.iter().flatten().any(|tag| tags.contains(tag)) {
                return None;
            }
            all.push(tags);
        }
        Some(all)
    }

    /// Values that an arm's own schema allows for the discriminator.
    fn constant_tags(&self, arm: &Value, property: &str) -> Vec<String> {
        let schema = match arm_reference(arm).and_then(local_pointer) {
            Some(target) => self.document().pointer(&target),
            None => Some(arm),
        };
        let merged = schema
            .and_then(Value::as_object)
            .and_then(|object| self.merge_all_of(object, 0));
        let Some(member) = merged
            .as_ref()
            .and_then(|merged| merged.get("properties")?.get(property))
        else {
            return Vec::new();
        };
        let values = match (member.get("const"), member.get("enum")) {
            (Some(constant), _) => vec![constant.clone()],
            (None, Some(Value::Array(values))) => values.clone(),
            _ => Vec::new(),
        };
        values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }
}

/// The reference that an arm is, alone or with the schema around the union.
fn arm_reference(arm: &Value) -> Option<&str> {
    arm.get("$ref").and_then(Value::as_str).or_else(|| {
        let [_, inner] = arm.get("allOf")?.as_array()?.as_slice() else {
            return None;
        };
        inner.get("$ref")?.as_str()
    })
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
        return variant_name(&type_name(target.rsplit('/').next().unwrap_or_default()));
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
