//! Containment that can be read off two schemas keyword by keyword: cheap, and exact for numbers of any size.
//!
//! `true` is proven; `false` only says that it takes more than reading.

use std::collections::HashSet;

use codegen::pointer;
use serde_json::{Map, Number, Value};

use super::violate::{equal_definitions, references};

/// How deep schemas are read.
const DEPTH: usize = 64;

/// Whether every value of `inner` is plainly one of `outer`.
pub fn is_contained(inner: &Value, outer: &Value) -> bool {
    let mut reader = Reader {
        inner,
        outer,
        equal: equal_definitions(inner, outer),
        assumed: HashSet::new(),
    };
    reader.contains(outer, inner, DEPTH)
}

struct Reader<'v> {
    inner: &'v Value,
    outer: &'v Value,
    /// Names of definitions that mean the same in both.
    equal: HashSet<String>,
    /// Pairs of definitions that are being read: values end, so what holds below holds above.
    assumed: HashSet<(String, String)>,
}

impl<'v> Reader<'v> {
    /// Whether `a`, a schema of the inner document, takes nothing that `b`, one of the outer, refuses.
    fn contains(&mut self, b: &'v Value, a: &'v Value, depth: usize) -> bool {
        match (a, b) {
            (_, Value::Bool(true)) | (Value::Bool(false), _) => return true,
            (_, Value::Object(b)) if b.is_empty() => return true,
            _ if depth == 0 => return false,
            _ => {}
        }
        if let (Some(x), Some(y)) = (lone(a), lone(b)) {
            let pair = (x.to_owned(), y.to_owned());
            if x == y && self.is_equal(a) || !self.assumed.insert(pair) {
                return true;
            }
        }
        if let Some(target) = lone(a).and_then(|it| target(self.inner, it)) {
            return self.contains(b, target, depth - 1);
        }
        let Some(rules) = b.as_object() else {
            return false;
        };
        let mut rules = rules
            .iter()
            .filter(|(name, _)| *name != "$defs" && *name != "$schema");
        rules.all(|(name, rule)| self.holds(name, rule, b, a, depth - 1))
    }

    /// Whether a keyword of `b` refuses nothing that `a` takes, by itself or by a part of its `allOf`.
    fn holds(
        &mut self,
        name: &str,
        rule: &'v Value,
        b: &'v Value,
        a: &'v Value,
        depth: usize,
    ) -> bool {
        let Some(own) = a.as_object() else {
            return false;
        };
        if self.keyword(name, rule, b, own, a, depth) {
            return true;
        }
        let parts = own.get("allOf").and_then(Value::as_array);
        let whole = own
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|it| target(self.inner, it));
        let mut parts = parts.into_iter().flatten().chain(whole);
        depth > 0 && parts.any(|part| self.part_holds(name, rule, b, part, depth - 1))
    }

    fn part_holds(
        &mut self,
        name: &str,
        rule: &'v Value,
        b: &'v Value,
        part: &'v Value,
        depth: usize,
    ) -> bool {
        let part = lone(part)
            .and_then(|it| target(self.inner, it))
            .unwrap_or(part);
        self.holds(name, rule, b, part, depth)
    }

    fn keyword(
        &mut self,
        name: &str,
        rule: &'v Value,
        b: &'v Value,
        own: &'v Map<String, Value>,
        a: &'v Value,
        depth: usize,
    ) -> bool {
        let mine = own.get(name);
        match (name, mine) {
            ("$ref", _) => {
                let target = rule.as_str().and_then(|it| target(self.outer, it));
                target.is_some_and(|target| self.contains(target, a, depth))
            }
            ("type", Some(mine)) => kinds(mine).iter().all(|kind| takes(rule, kind)),
            (
                "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties",
                Some(mine),
            ) => is_at_most(mine, rule),
            (
                "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties",
                Some(mine),
            ) => is_at_most(rule, mine),
            ("enum", _) => listed(own).is_some_and(|mine| mine.iter().all(|it| is_in(rule, it))),
            ("required", Some(mine)) => items(rule).iter().all(|it| is_in(mine, it)),
            ("properties", _) => self.members(rule, own, depth),
            ("additionalProperties", _) => self.others(rule, b, own, depth),
            ("items", Some(mine)) => {
                own.get("prefixItems") == b.get("prefixItems") && self.contains(rule, mine, depth)
            }
            ("allOf", _) => items(rule).iter().all(|part| self.contains(part, a, depth)),
            ("anyOf", mine) => {
                let arms = items(rule);
                let any = |this: &mut Self, a: &'v Value| {
                    arms.iter().any(|arm| this.contains(arm, a, depth))
                };
                let mine = mine.map(items).unwrap_or_default();
                any(self, a) || !mine.is_empty() && mine.iter().all(|arm| any(self, arm))
            }
            (
                "unevaluatedProperties"
                | "unevaluatedItems"
                | "then"
                | "else"
                | "contains"
                | "minContains"
                | "maxContains",
                _,
            ) => Some(b) == Some(a) && self.is_equal(b),
            ("if", _) => {
                ["if", "then", "else"]
                    .iter()
                    .all(|it| own.get(*it) == b.get(it))
                    && self.is_equal(b)
            }
            (_, mine) => mine == Some(rule) && self.is_equal(rule),
        }
    }

    /// Whether each member that the outer schema describes is as it wants it.
    fn members(&mut self, rule: &'v Value, own: &'v Map<String, Value>, depth: usize) -> bool {
        let mine = own.get("properties").and_then(Value::as_object);
        let other = own
            .get("additionalProperties")
            .filter(|_| !own.contains_key("patternProperties"));
        let members = rule.as_object().into_iter().flatten();
        members.into_iter().all(|(name, wanted)| {
            let mine = mine.and_then(|mine| mine.get(name)).or(other);
            match mine {
                Some(mine) => self.contains(wanted, mine, depth),
                None => wanted == &Value::Bool(true),
            }
        })
    }

    /// Whether each member that the outer schema does not describe is as it wants the others.
    fn others(
        &mut self,
        rule: &'v Value,
        b: &'v Value,
        own: &'v Map<String, Value>,
        depth: usize,
    ) -> bool {
        if rule == &Value::Bool(true) {
            return true;
        }
        if own.get("patternProperties") != b.get("patternProperties") {
            return false;
        }
        let described = b.get("properties").and_then(Value::as_object);
        let mine = own.get("properties").and_then(Value::as_object);
        let more = mine.into_iter().flatten();
        let mut more =
            more.filter(|(name, _)| described.is_none_or(|known| !known.contains_key(*name)));
        let other = own.get("additionalProperties");
        more.all(|(_, member)| self.contains(rule, member, depth))
            && other.is_some_and(|other| self.contains(rule, other, depth))
    }

    /// Whether what is written alike means the same in both.
    fn is_equal(&self, value: &Value) -> bool {
        let mut names = Vec::new();
        references(value, &mut names);
        names.iter().all(|name| self.equal.contains(*name))
    }
}

/// The reference of a schema that is nothing else.
fn lone(schema: &Value) -> Option<&str> {
    let members = schema.as_object()?;
    let rules = members
        .keys()
        .filter(|name| *name != "$defs" && *name != "$schema");
    (rules.count() == 1).then_some(())?;
    members.get("$ref")?.as_str()
}

fn target<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    pointer::resolve(root, reference).map(|(_, target)| target)
}

fn items(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn is_in(list: &Value, item: &Value) -> bool {
    items(list).contains(item)
}

/// The values of a schema that lists them.
fn listed(schema: &Map<String, Value>) -> Option<&[Value]> {
    match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => Some(values),
        (_, Some(value)) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

fn kinds(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(kinds) => kinds.iter().collect(),
        kind => vec![kind],
    }
}

fn takes(rule: &Value, kind: &Value) -> bool {
    let known = kinds(rule);
    known.contains(&kind) || kind == "integer" && known.iter().any(|it| *it == "number")
}

fn is_at_most(a: &Value, b: &Value) -> bool {
    let whole = |number: &Number| {
        let wide = number.as_i64().map(i128::from);
        wide.or_else(|| number.as_u64().map(i128::from))
    };
    match (a.as_number(), b.as_number()) {
        (Some(a), Some(b)) => match (whole(a), whole(b)) {
            (Some(a), Some(b)) => a <= b,
            _ => a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a <= b),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::is_contained;

    #[test]
    fn what_is_read_is_true() {
        let text = json!({"type": "string"});
        let closed =
            json!({"type": "object", "properties": {"a": text}, "additionalProperties": false});
        let open = json!({"type": "object", "properties": {"a": text}});
        let huge =
            json!({"type": "integer", "minimum": 0, "maximum": 18_446_744_073_709_551_615_u64});
        let small = json!({"type": "integer", "minimum": 0, "maximum": 1000});
        let tree = |more: Value| {
            let node = json!({"type": "object", "properties": {"next": {"$ref": "#/$defs/N"}, "value": more}});
            json!({"$ref": "#/$defs/N", "$defs": {"N": node}})
        };
        for (inner, outer, expected) in [
            (&closed, &open, true),
            (&open, &closed, false),
            (&small, &huge, true),
            (&huge, &small, false),
            (&tree(small.clone()), &tree(huge.clone()), true),
            (&tree(huge.clone()), &tree(small.clone()), false),
            (&json!({"allOf": [small]}), &huge, true),
            (&json!({"enum": [1]}), &json!({"enum": [1, 2]}), true),
            (
                &json!({"anyOf": [small, text]}),
                &json!({"anyOf": [text, huge]}),
                true,
            ),
            (
                &json!({"type": "integer"}),
                &json!({"type": ["number", "null"]}),
                true,
            ),
            (
                &json!({"oneOf": [small, text]}),
                &json!({"oneOf": [huge, text]}),
                false,
            ),
            (
                &json!({"additionalProperties": small}),
                &json!({"properties": {"a": huge}}),
                true,
            ),
            (
                &json!({"additionalProperties": small, "patternProperties": {"^a": text}}),
                &json!({"properties": {"a": huge}}),
                false,
            ),
            (
                &json!({"properties": {"b": text}, "additionalProperties": false}),
                &json!({"properties": {}, "additionalProperties": small}),
                false,
            ),
        ] {
            assert_eq!(is_contained(inner, outer), expected, "{inner} in {outer}");
        }
    }
}
