//! Which values of a discriminator mean which schema (OpenAPI 3.1, "Discriminator Object").

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::pointer;

/// How far references are followed.
const DEPTH: usize = 32;

/// Components by the component that they extend with `allOf`, at any distance.
pub type Children = BTreeMap<String, Vec<String>>;

/// Finds which components extend which. Pointers, children in the order of their names.
pub fn children(document: &Value) -> Children {
    let schemas = "/components/schemas";
    let components = document.pointer(schemas).and_then(Value::as_object);
    let mut direct = Children::new();
    for (name, schema) in components.into_iter().flatten() {
        let parts = schema.get("allOf").and_then(Value::as_array);
        let bases = parts.into_iter().flatten().filter_map(reference);
        for base in bases.filter_map(pointer::of_reference) {
            let child = pointer::join(schemas, name);
            direct.entry(base).or_default().push(child);
        }
    }
    let bases: Vec<String> = direct.keys().cloned().collect();
    let all = bases.into_iter().map(|base| {
        let descendants = descendants(&direct, &base);
        (base, descendants)
    });
    all.collect()
}

fn descendants(direct: &Children, base: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![base];
    while let Some(next) = open.pop() {
        for child in direct.get(next).into_iter().flatten() {
            if child != base && !found.contains(child) {
                found.push(child.clone());
                open.push(child);
            }
        }
    }
    found.sort();
    found
}

/// The member whose value names the schema.
pub fn property(discriminator: &Value) -> Option<&str> {
    discriminator.get("propertyName")?.as_str()
}

/// The values that mean each of `arms`: those of `mapping`, else those that the arm itself allows,
/// else its component's name. `None` unless every arm can be told from every other.
pub fn tags(document: &Value, discriminator: &Value, arms: &[Value]) -> Option<Vec<Vec<String>>> {
    let property = property(discriminator)?;
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for arm in arms {
        let mut tags = mapped(discriminator, arm);
        if tags.is_empty() {
            tags = allowed(document, arm, property, 0).unwrap_or_default();
        }
        if tags.is_empty() {
            tags.extend(arm_reference(arm).map(component_name));
        }
        if tags.is_empty() || !tags.iter().all(|tag| seen.insert(tag.clone())) {
            return None;
        }
        all.push(tags);
    }
    Some(all)
}

/// The discriminator that all arms inherit from one base, where the schema around them has none.
pub fn inherited<'d>(document: &'d Value, arms: &[Value]) -> Option<&'d Value> {
    let bases: Option<Vec<String>> = arms
        .iter()
        .map(|arm| base(document, arm_reference(arm)?, 0))
        .collect();
    let bases = bases?;
    let first = bases.first()?;
    let is_shared = bases.len() > 1 && bases.iter().all(|base| base == first);
    is_shared.then(|| document.pointer(first)?.get("discriminator"))?
}

/// The pointer of the nearest schema with a discriminator that a component extends.
fn base(document: &Value, target: &str, depth: usize) -> Option<String> {
    let (_, schema) = pointer::resolve(document, target)?;
    let parts = schema.get("allOf")?.as_array()?;
    let bases: Vec<&str> = parts.iter().filter_map(reference).collect();
    let own = bases.iter().find_map(|base| {
        let (at, base) = pointer::resolve(document, base)?;
        base.get("discriminator").is_some().then_some(at)
    });
    own.or_else(|| {
        let mut bases = bases.iter().filter(|_| depth < DEPTH);
        bases.find_map(|target| base(document, target, depth + 1))
    })
}

/// The values that `mapping` gives an arm.
fn mapped(discriminator: &Value, arm: &Value) -> Vec<String> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let Some(target) = arm_reference(arm) else {
        return Vec::new();
    };
    let means = |value: &str| value == target || value == component_name(target);
    let entries = mapping.into_iter().flatten();
    let entries = entries.filter(|(_, value)| value.as_str().is_some_and(means));
    entries.map(|(tag, _)| tag.clone()).collect()
}

/// The texts that a schema allows for a member; `None` if it allows any.
fn allowed(document: &Value, schema: &Value, property: &str, depth: usize) -> Option<Vec<String>> {
    if depth > DEPTH {
        return None;
    }
    if let Some(target) = reference(schema) {
        let (_, schema) = pointer::resolve(document, target)?;
        return allowed(document, schema, property, depth + 1);
    }
    let member = schema.get("properties").and_then(|it| it.get(property));
    let own = member.and_then(|member| texts(document, member, depth));
    let parts = schema.get("allOf").and_then(Value::as_array);
    let mut parts = parts.into_iter().flatten();
    own.or_else(|| parts.find_map(|part| allowed(document, part, property, depth + 1)))
}

fn texts(document: &Value, member: &Value, depth: usize) -> Option<Vec<String>> {
    if let Some(target) = reference(member) {
        let (_, member) = pointer::resolve(document, target)?;
        return (depth < DEPTH).then(|| texts(document, member, depth + 1))?;
    }
    if let Some(constant) = member.get("const") {
        return Some(vec![constant.as_str()?.to_owned()]);
    }
    let values = member.get("enum")?.as_array()?.iter();
    values
        .map(|value| Some(value.as_str()?.to_owned()))
        .collect()
}

/// The reference that an arm is, alone or with the schema around the union.
pub fn arm_reference(arm: &Value) -> Option<&str> {
    reference(arm).or_else(|| match arm.get("allOf")?.as_array()?.as_slice() {
        [_, inner] => reference(inner),
        _ => None,
    })
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// The last word of a reference.
pub fn component_name(reference: &str) -> String {
    match pointer::of_reference(reference) {
        Some(pointer) => pointer::last(&pointer),
        None => reference.rsplit('/').next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{children, tags};

    fn document() -> Value {
        json!({"components": {"schemas": {
            "Pet": {"type": "object", "discriminator": {"propertyName": "kind"}},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}]},
            "Lion": {"allOf": [{"$ref": "#/components/schemas/Cat"}]},
            "Dog": {"allOf": [
                {"$ref": "#/components/schemas/Pet"},
                {"properties": {"kind": {"const": "dog"}}},
            ]},
        }}})
    }

    #[test]
    fn grandchildren_are_children() {
        let found = children(&document());

        assert_eq!(
            found["/components/schemas/Pet"],
            ["Cat", "Dog", "Lion"].map(|name| format!("/components/schemas/{name}"))
        );
    }

    #[test]
    fn a_mapping_comes_before_a_constant_and_that_before_the_name() {
        let document = document();
        let arms =
            ["Cat", "Dog"].map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
        let tags = |discriminator: Value| tags(&document, &discriminator, &arms);

        assert_eq!(
            tags(json!({"propertyName": "kind"})),
            Some(vec![vec!["Cat".to_owned()], vec!["dog".to_owned()]])
        );
        assert_eq!(
            tags(
                json!({"propertyName": "kind", "mapping": {"d": "Dog", "e": "#/components/schemas/Dog"}})
            ),
            Some(vec![
                vec!["Cat".to_owned()],
                vec!["d".to_owned(), "e".to_owned()]
            ])
        );
        assert_eq!(
            tags(json!({"propertyName": "kind", "mapping": {"Cat": "Dog"}})),
            None
        );
    }
}
