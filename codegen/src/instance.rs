//! Values that satisfy a schema, made from the schema alone.
//!
//! Each attempt makes other choices (arms, optional members, branches of `if`); the validator has the
//! last word, so that what is returned is valid whatever the attempts are worth.

mod flat;
mod text;

use std::borrow::Cow;

use anyhow::{Result, anyhow};
use jsonschema::{PatternOptions, Validator};
use serde_json::{Map, Number, Value, json};

use crate::pointer;
use flat::Flat;

/// Attempts before a schema is given up.
const ATTEMPTS: u64 = 300;

/// Attempts for one seed.
const SEEDED: u64 = 40;

/// One attempt of so many makes values that a schema allows and hardly means.
const RARE: u64 = 8;

/// How deep optional members and items are made.
const DEPTH: usize = 6;

/// Depth beyond which an attempt is given up.
const LIMIT: usize = 40;

/// Makes and judges the values of one self-contained schema (JSON Schema 2020-12 with `$defs`).
pub struct Instances<'s> {
    root: Cow<'s, Value>,
    validator: Validator,
}

impl Instances<'static> {
    /// Of a schema that is given away. Errors: the schema is none.
    pub fn of(root: Value) -> Result<Self> {
        Self::build(Cow::Owned(root))
    }
}

impl<'s> Instances<'s> {
    /// Errors: the schema is none.
    pub fn new(root: &'s Value) -> Result<Self> {
        Self::build(Cow::Borrowed(root))
    }

    fn build(root: Cow<'s, Value>) -> Result<Self> {
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .with_pattern_options(PatternOptions::regex())
            .build(&root)
            .map_err(|error| anyhow!("{error}"))?;
        Ok(Self { root, validator })
    }

    /// Whether a value satisfies the schema.
    pub fn is_valid(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// A small value that satisfies the schema: no member and item more than it asks for, if that can be.
    pub fn smallest(&self) -> Option<Value> {
        (0..ATTEMPTS).find_map(|attempt| self.attempt(attempt))
    }

    /// Whether no value can satisfy the schema, as far as its types tell.
    pub fn are_none(&self) -> bool {
        let mut maker = Maker {
            root: &self.root,
            attempt: 0,
            random: 1,
        };
        maker.flatten(&self.root).is_none_or(|flat| {
            flat.types().is_empty() || flat.values().is_some_and(|it| it.is_empty())
        })
    }

    /// A value that satisfies the schema and has the optional members too, if that can be.
    pub fn fullest(&self) -> Option<Value> {
        (1..ATTEMPTS).find_map(|attempt| self.attempt(attempt))
    }

    /// A value that satisfies the schema, another for most other seeds; the same for the same.
    pub fn seeded(&self, seed: u64) -> Option<Value> {
        let first = seed.wrapping_mul(ATTEMPTS).max(2);
        let mut attempts = (0..SEEDED).map(|turn| first.saturating_add(turn));
        attempts
            .find_map(|attempt| self.attempt(attempt))
            .or_else(|| self.fullest())
    }

    fn attempt(&self, attempt: u64) -> Option<Value> {
        candidate(&self.root, attempt).filter(|value| self.is_valid(value))
    }
}

/// Values that probably satisfy a schema, for who judges them anyway: few choices at first, then any.
pub fn candidates(root: &Value, attempts: u64) -> impl Iterator<Item = Value> {
    (0..attempts).filter_map(|attempt| candidate(root, attempt))
}

fn candidate(root: &Value, attempt: u64) -> Option<Value> {
    let mut maker = Maker {
        root,
        attempt,
        random: attempt.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
    };
    maker.make(root, 0)
}

/// One attempt.
struct Maker<'s> {
    root: &'s Value,
    attempt: u64,
    random: u64,
}

impl<'s> Maker<'s> {
    /// A choice among `count`: the first in the first attempts, then any.
    fn choose(&mut self, count: usize) -> usize {
        if self.attempt < 2 || count < 2 {
            return 0;
        }
        // xorshift64: good enough to vary, the same at every run.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(self.random % count).unwrap_or_default()
    }

    /// Whether to add what need not be there.
    fn wants_more(&mut self) -> bool {
        match self.attempt {
            0 => false,
            1 => true,
            _ => self.choose(2) == 1,
        }
    }

    fn make(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > LIMIT || schema == &Value::Bool(false) {
            return None;
        }
        let flat = self.flatten(schema)?;
        if let Some(values) = flat.values() {
            let index = self.choose(values.len());
            return values.get(index).cloned();
        }
        let types = flat.types();
        let is_meant = flat.is_meant_for_one_type() && !self.attempt.is_multiple_of(RARE);
        let index = if is_meant {
            0
        } else {
            self.choose(types.len())
        };
        match *types.get(index)? {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.choose(2) == 0)),
            "integer" => self.number(&flat, true),
            "number" => self.number(&flat, false),
            "string" => self.text(&flat),
            "array" => self.array(&flat, depth),
            _ => self.object(&flat, depth),
        }
    }

    /// All schemas that look at the same value, with arms chosen.
    fn flatten(&mut self, schema: &Value) -> Option<Flat> {
        let mut flat = Flat::default();
        self.collect(schema, &mut flat, 0)?;
        Some(flat)
    }

    fn collect(&mut self, schema: &Value, flat: &mut Flat, depth: usize) -> Option<()> {
        if depth > LIMIT || schema == &Value::Bool(false) {
            return None;
        }
        let Some(object) = schema.as_object() else {
            return Some(());
        };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            let (_, target) = pointer::resolve(self.root, reference)?;
            self.collect(target, flat, depth + 1)?;
        }
        for part in list(object, "allOf") {
            self.collect(part, flat, depth + 1)?;
        }
        for keyword in ["oneOf", "anyOf"] {
            let arms = list(object, keyword);
            let index = self.choose(arms.len());
            if let Some(arm) = arms.get(index) {
                self.collect(arm, flat, depth + 1)?;
            }
            if keyword == "oneOf" && self.attempt > 1 {
                let others = arms.iter().enumerate().filter(|(other, _)| *other != index);
                for (_, other) in others {
                    let mut avoided = Flat::default();
                    if self.collect(other, &mut avoided, depth + 1).is_some() {
                        flat.avoided.push(avoided);
                    }
                }
            }
        }
        if let Some(condition) = object.get("if") {
            let holds = self.choose(2) == 1;
            let branch = if holds { "then" } else { "else" };
            if holds {
                self.collect(condition, flat, depth + 1)?;
            }
            if let Some(branch) = object.get(branch) {
                self.collect(branch, flat, depth + 1)?;
            }
        }
        flat.parts.push(object.clone());
        Some(())
    }

    fn number(&mut self, flat: &Flat, whole: bool) -> Option<Value> {
        let step = flat.numbers("multipleOf").fold(0.0_f64, f64::max);
        let step = match (step > 0.0, whole) {
            (true, true) if step.fract() != 0.0 => 1.0,
            (true, _) => step,
            (false, _) => 1.0,
        };
        let low = flat.numbers("minimum").fold(f64::NEG_INFINITY, f64::max);
        let above = flat
            .numbers("exclusiveMinimum")
            .fold(f64::NEG_INFINITY, f64::max);
        let high = flat.numbers("maximum").fold(f64::INFINITY, f64::min);
        let below = flat
            .numbers("exclusiveMaximum")
            .fold(f64::INFINITY, f64::min);
        let mut value = if low.max(above) > 0.0 || high.min(below) < 1.0 {
            let from = if low.max(above).is_finite() {
                low.max(above)
            } else {
                high.min(below) - 1.0
            };
            let mut value = (from / step).ceil() * step;
            if value <= above {
                value += step;
            }
            value
        } else {
            step
        };
        if !whole && (value > high || value >= below) {
            value = f64::midpoint(low.max(above), high.min(below));
        }
        value += step * f64::from(u32::try_from(self.choose(8)).unwrap_or_default());
        match whole || value.fract() == 0.0 {
            true => format!("{value:.0}").parse::<i64>().ok().map(Value::from),
            false => Number::from_f64(value).map(Value::Number),
        }
    }

    fn text(&mut self, flat: &Flat) -> Option<Value> {
        let salt = self.choose(16);
        text::make(flat, salt).map(Value::String)
    }

    fn array(&mut self, flat: &Flat, depth: usize) -> Option<Value> {
        let least = flat.most("minItems").max(flat.most("minContains"));
        let most = flat.least("maxItems").unwrap_or(usize::MAX);
        let wanted = match self.wants_more() && depth < DEPTH {
            true => least.max(1).min(most),
            false => least,
        };
        let is_set = flat.any("uniqueItems", |it| it == &Value::Bool(true));
        let mut items: Vec<Value> = Vec::new();
        let mut tries = 0;
        while items.len() < wanted && tries < wanted + 50 {
            tries += 1;
            let schema = match items.len() {
                0 => flat.with_contained(flat.item(0)),
                index => flat.item(index),
            };
            let item = self.distinct(&schema, depth + 1, tries)?;
            if !is_set || !items.contains(&item) {
                items.push(item);
            }
        }
        Some(Value::Array(items))
    }

    /// A value that differs from those made before, if the schema has several.
    fn distinct(&mut self, schema: &Value, depth: usize, turn: usize) -> Option<Value> {
        if turn < 2 {
            return self.make(schema, depth);
        }
        let turn = u64::try_from(turn).unwrap_or_default();
        let mut other = Maker {
            root: self.root,
            attempt: turn + 1,
            random: self
                .random
                .wrapping_add(turn.wrapping_mul(0xd134_2543_de82_ef95))
                | 1,
        };
        other.make(schema, depth)
    }

    fn object(&mut self, flat: &Flat, depth: usize) -> Option<Value> {
        let mut names = flat.required();
        let least = flat.most("minProperties");
        let mut optional = flat.optional();
        optional.retain(|name| !names.contains(name));
        for name in optional {
            let wanted = names.len() < least || self.wants_more() && depth < DEPTH;
            if wanted && flat.member(&name) != Value::Bool(false) {
                names.push(name);
            }
        }
        for name in flat.dependents(&names) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut object = Map::new();
        for name in names {
            let required = flat.requires(&name);
            match self.make(&flat.member(&name), depth + 1) {
                Some(value) => drop(object.insert(name, value)),
                None if required => return None,
                None => {}
            }
        }
        if self.choose(3) == 1 {
            self.avoid(flat, &mut object);
        }
        let mut turn = 0;
        while object.len() < least && turn < least + 20 {
            turn += 1;
            let name = self.distinct(&flat.names_schema(), depth + 1, turn + 1)?;
            let name = name.as_str()?.to_owned();
            let value = self.make(&flat.member(&name), depth + 1)?;
            object.insert(name, value);
        }
        Some(Value::Object(object))
    }

    /// Gives a member that only another arm describes a value which that arm refuses.
    fn avoid(&mut self, flat: &Flat, object: &mut Map<String, Value>) {
        let known = flat.optional();
        for other in &flat.avoided {
            let mut names = other.optional();
            names.retain(|name| !known.contains(name) && !object.contains_key(name));
            let Some(name) = names.first() else { continue };
            let refused = match other.member(name).get("type").and_then(Value::as_str) {
                Some("boolean") => json!("text"),
                _ => json!(true),
            };
            object.insert(name.clone(), refused);
        }
    }
}

fn list<'v>(object: &'v Map<String, Value>, keyword: &str) -> &'v [Value] {
    let items = object.get(keyword).and_then(Value::as_array);
    items.map(Vec::as_slice).unwrap_or_default()
}

/// Values of every type, for a schema to refuse.
pub fn of_every_type() -> [Value; 7] {
    [
        json!(false),
        json!([]),
        json!({}),
        Value::Null,
        json!(-3.5),
        json!("\u{1}"),
        json!([[[]]]),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Instances;

    fn makes(schema: Value) -> Value {
        let instances = Instances::new(&schema).expect("a schema");
        let fullest = instances.fullest();
        assert!(fullest.is_some(), "nothing satisfies {schema}");
        instances
            .smallest()
            .unwrap_or_else(|| panic!("nothing satisfies {schema}"))
    }

    #[test]
    fn the_smallest_value_has_what_is_required() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer", "minimum": 7, "exclusiveMaximum": 9},
            "b": {"type": "string"},
        }});

        assert_eq!(makes(schema), json!({"a": 7}));
    }

    #[test]
    fn rules_of_every_kind_are_met() {
        for schema in [
            json!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "minLength": 5, "maxLength": 6}),
            json!({"type": "string", "pattern": "^\\d{1,8}\\.\\d{2}$"}),
            json!({"type": "string", "pattern": "\\S", "minLength": 3}),
            json!({"type": "string", "minLength": 40, "maxLength": 41}),
            json!({"type": "string", "format": "date-time"}),
            json!({"type": "string", "format": "uri"}),
            json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5}),
            json!({"type": "number", "minimum": -2, "maximum": -1}),
            json!({"type": "integer", "multipleOf": 7, "minimum": 15}),
            json!({"type": "array", "minItems": 3, "uniqueItems": true, "items": {"enum": [1, 2, 3, 4]}}),
            json!({"type": "array", "contains": {"const": 5}, "items": {"type": "integer"}}),
            json!({"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^x-"},
                "additionalProperties": {"type": "boolean"}}),
            json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}], "type": "object",
                "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}),
            json!({"type": "object", "required": ["role"],
                "properties": {"role": {"enum": ["admin", "user"]}, "tags": {"type": "array", "items": {"type": "string"}}},
                "if": {"properties": {"role": {"const": "admin"}}},
                "then": {"required": ["tags"], "properties": {"tags": {"minItems": 1}}}}),
            json!({"$ref": "#/$defs/Node", "$defs": {"Node": {"type": "object", "required": ["value"],
                "properties": {"value": {"type": "string"}, "next": {"$ref": "#/$defs/Node"}}}}}),
            json!({"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "integer"}}}],
                "unevaluatedProperties": false}),
        ] {
            makes(schema);
        }
    }
}
