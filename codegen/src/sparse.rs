//! Sparse answers (`x-sparse`): a client names the members that it wants, and gets no others.
//!
//! A contract says it in three places. A query parameter with `x-sparse: true` takes the names. A schema
//! with `x-sparse: true` has the members of another and requires none of them. And where an answer may be
//! sparse, as the body or as the items of a list in it, stands `anyOf` of the whole schema and the sparse.
//! Handlers and client libraries only know the whole one; the boundary leaves out what was not asked for.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::pointer;

/// Deepest nesting of compositions that is followed.
const DEPTH: usize = 32;

/// Where a body may be sparse.
pub struct Sparse<'d> {
    /// The member of the body whose items may be; `None`: the body itself.
    pub list: Option<String>,
    /// The schema of what is whole.
    pub whole: &'d Value,
    /// The schema of what is left of it.
    pub part: &'d Value,
}

/// Whether an object, or what it refers to, has the mark.
pub fn is_marked(document: &Value, object: &Value) -> bool {
    followed(document, object).get("x-sparse") == Some(&Value::Bool(true))
}

/// The arms of an `anyOf` but for those that are sparse.
pub fn whole_arms(document: &Value, arms: &[Value]) -> Vec<Value> {
    let whole = arms.iter().filter(|arm| !is_marked(document, arm));
    whole.cloned().collect()
}

/// Where a body of this schema may be sparse, if it may.
pub fn find<'d>(document: &'d Value, schema: &'d Value) -> Option<Sparse<'d>> {
    let schema = followed(document, schema);
    if let Some((whole, part)) = arms(document, schema) {
        let list = None;
        return Some(Sparse { list, whole, part });
    }
    let properties = schema.get("properties")?.as_object()?;
    properties.iter().find_map(|(name, property)| {
        let items = followed(document, property).get("items")?;
        let (whole, part) = arms(document, followed(document, items))?;
        let list = Some(name.clone());
        Some(Sparse { list, whole, part })
    })
}

/// The whole and the sparse arm of a schema that has both.
fn arms<'d>(document: &'d Value, schema: &'d Value) -> Option<(&'d Value, &'d Value)> {
    let arms = schema.get("anyOf")?.as_array()?;
    let part = arms.iter().find(|arm| is_marked(document, arm))?;
    let whole = arms.iter().find(|arm| !is_marked(document, arm))?;
    Some((whole, part))
}

/// The names of an object's members, those of what it is composed of too.
pub fn members(document: &Value, schema: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(document, schema, &mut names, 0);
    names
}

fn collect(document: &Value, schema: &Value, names: &mut BTreeSet<String>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    names.extend(
        properties
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone()),
    );
    let target = schema.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|reference| pointer::resolve(document, reference));
    let parts = schema.get("allOf").and_then(Value::as_array);
    let parts = parts.into_iter().flatten();
    for part in target.map(|(_, target)| target).into_iter().chain(parts) {
        collect(document, part, names, depth + 1);
    }
}

/// What an object stands for, its references followed.
pub fn followed<'d>(document: &'d Value, object: &'d Value) -> &'d Value {
    pointer::follow(document, object, "").map_or(object, |(target, _)| target)
}
