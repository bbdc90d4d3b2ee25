//! Guesses at values that one schema takes and another refuses, as schemas that an instance can be made of.
//!
//! Nothing rests on a guess: the validators judge what is made of it.

use std::collections::HashSet;

use codegen::instance::Instances;
use codegen::pointer;
use serde_json::{Map, Value, json};

/// How deep refusals of members are guessed, and how many guesses are made of one schema.
const DEPTH: usize = 7;
const MOST: usize = 60;

/// Texts of many kinds, some of which most rules of texts refuse.
const TEXTS: [&str; 14] = [
    "",
    "a",
    "0",
    " ",
    "!",
    "A",
    "x y",
    "-1",
    "a@b.c",
    "\u{e9}",
    "zzzz",
    "Text 1",
    "a-b_c",
    "00000000000000000000000000",
];

/// Schemas of values that `taken` probably refuses. References in them are those of `taken`.
pub fn violations(sent: &Value, taken: &Value) -> Vec<Value> {
    let mut guesser = Guesser {
        sent,
        taken,
        equal: equal_definitions(sent, taken),
    };
    let mut found = guesser.refused(&[sent], taken, 0);
    let mut seen = HashSet::new();
    found.retain(|guess| seen.insert(guess.to_string()));
    found.truncate(MOST * 6);
    found
}

struct Guesser<'s> {
    sent: &'s Value,
    taken: &'s Value,
    /// Names of definitions that mean the same in both.
    equal: HashSet<String>,
}

/// A keyword with what stands beside it.
struct Rule<'r, 's> {
    name: &'s str,
    value: &'s Value,
    beside: &'s Map<String, Value>,
    /// The parts of what is sent that look at the same value.
    parts: &'r [&'s Map<String, Value>],
}

impl<'s> Guesser<'s> {
    /// Values that `taken` refuses, leaving out what `sent` refuses in the same words.
    fn refused(&mut self, sent: &[&'s Value], taken: &'s Value, depth: usize) -> Vec<Value> {
        let schema = match taken {
            Value::Bool(false) => return vec![json!({})],
            Value::Object(schema) if depth < DEPTH => schema,
            _ => return Vec::new(),
        };
        let mut parts = Vec::new();
        sent.iter()
            .for_each(|schema| self.flatten(schema, &mut parts, 0));
        let mut found = Vec::new();
        for (name, value) in schema {
            let known = parts.iter().any(|part| part.get(name) == Some(value));
            let whole = !matches!(
                name.as_str(),
                "additionalProperties" | "items" | "then" | "else" | "unevaluatedProperties"
            );
            let same = match name.as_str() {
                "$ref" => value
                    .as_str()
                    .and_then(|it| it.strip_prefix("#/$defs/"))
                    .is_some_and(|it| self.equal.contains(it)),
                _ => self.means_the_same(value),
            };
            if known && whole && same {
                continue;
            }
            let rule = Rule {
                name,
                value,
                beside: schema,
                parts: &parts,
            };
            found.extend(self.keyword(&rule, sent, depth));
            if found.len() > MOST {
                break;
            }
        }
        found
    }

    fn keyword(&mut self, rule: &Rule<'_, 's>, sent: &[&'s Value], depth: usize) -> Vec<Value> {
        let Rule { name, value, .. } = *rule;
        match name {
            "$ref" => match value
                .as_str()
                .and_then(|reference| pointer::resolve(self.taken, reference))
            {
                Some((_, target)) => self.refused(sent, target, depth + 1),
                None => Vec::new(),
            },
            "allOf" => {
                let parts = value.as_array().map(Vec::as_slice).unwrap_or_default();
                parts
                    .iter()
                    .flat_map(|part| self.refused(sent, part, depth))
                    .collect()
            }
            "anyOf" | "oneOf" => self.choice(rule, sent, depth),
            "properties"
            | "required"
            | "additionalProperties"
            | "patternProperties"
            | "propertyNames"
            | "unevaluatedProperties"
            | "dependentRequired"
            | "dependentSchemas" => self.object(rule, sent, depth),
            "items" | "prefixItems" | "contains" | "uniqueItems" => self.array(rule, depth),
            "not" => vec![value.clone()],
            "if" => self.condition(rule, sent, depth),
            "type" => types(value),
            "enum" => listed(
                value.as_array().map(Vec::as_slice).unwrap_or_default(),
                rule.parts,
            ),
            "const" => listed(std::slice::from_ref(value), rule.parts),
            _ => limit(rule),
        }
    }

    fn choice(&mut self, rule: &Rule<'_, 's>, sent: &[&'s Value], depth: usize) -> Vec<Value> {
        let arms: Vec<&'s Value> = rule.value.as_array().into_iter().flatten().collect();
        let mut own: Vec<&'s Value> = Vec::new();
        for part in rule.parts {
            for keyword in ["anyOf", "oneOf"] {
                own.extend(
                    part.get(keyword)
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten(),
                );
            }
        }
        let mut found = Vec::new();
        for (index, arm) in arms.iter().enumerate() {
            let beside = own.get(index).copied();
            let views: Vec<&'s Value> = sent.iter().copied().chain(beside).collect();
            found.extend(self.refused(&views, arm, depth + 1).into_iter().take(20));
        }
        // What every arm refuses, and in `oneOf` what two arms take.
        let each: Vec<Vec<Value>> = arms
            .iter()
            .map(|arm| self.refused(sent, arm, depth + 1))
            .collect();
        if each.iter().all(|guesses| !guesses.is_empty()) {
            for turn in 0..6 {
                let all: Vec<&Value> = each
                    .iter()
                    .filter_map(|guesses| guesses.get(turn % guesses.len().max(1)))
                    .collect();
                found.push(json!({ "allOf": all }));
            }
        }
        if rule.name == "oneOf" {
            for (index, arm) in arms.iter().enumerate().take(6) {
                for other in arms.iter().skip(index + 1).take(6) {
                    found.push(json!({ "allOf": [arm, other] }));
                }
            }
        }
        let kinds = ["null", "boolean", "number", "string", "array", "object"];
        found.extend(kinds.map(|kind| json!({ "type": kind })));
        found
    }

    fn condition(&mut self, rule: &Rule<'_, 's>, sent: &[&'s Value], depth: usize) -> Vec<Value> {
        let mut found = Vec::new();
        if let Some(then) = rule.beside.get("then") {
            let guesses = self.refused(sent, then, depth + 1);
            found.extend(
                guesses
                    .into_iter()
                    .map(|guess| json!({ "allOf": [rule.value, guess] })),
            );
        }
        if let Some(other) = rule.beside.get("else") {
            found.extend(self.refused(sent, other, depth + 1));
        }
        found
    }

    fn object(&mut self, rule: &Rule<'_, 's>, sent: &[&'s Value], depth: usize) -> Vec<Value> {
        let mut found = Vec::new();
        match (rule.name, rule.value) {
            ("required", Value::Array(names)) => {
                let missing = names
                    .iter()
                    .filter_map(Value::as_str)
                    .filter(|name| !requires(rule.parts, name));
                found.extend(
                    missing.map(|name| json!({ "type": "object", "properties": { name: false } })),
                );
            }
            ("properties", Value::Object(members)) => {
                for (name, member) in members {
                    let own = self.members(rule.parts, name);
                    if !own.is_empty() && own.contains(&member) && self.means_the_same(member) {
                        continue;
                    }
                    let guesses = self.refused(&own, member, depth + 1);
                    found.extend(guesses.into_iter().map(|guess| with_member(name, guess)));
                }
            }
            ("additionalProperties" | "unevaluatedProperties", more) => {
                let known = rule.beside.get("properties").and_then(Value::as_object);
                let mut names: Vec<String> = rule
                    .parts
                    .iter()
                    .filter_map(|part| part.get("properties").and_then(Value::as_object))
                    .flat_map(|members| members.keys().cloned())
                    .filter(|name| known.is_none_or(|known| !known.contains_key(name)))
                    .collect();
                names.extend(["another", "x-another", "AnOther1", "1"].map(str::to_owned));
                for name in names {
                    let own = self.members(rule.parts, &name);
                    let guesses = self.refused(&own, more, depth + 1);
                    found.extend(
                        guesses
                            .into_iter()
                            .take(12)
                            .map(|guess| with_member(&name, guess)),
                    );
                }
            }
            ("patternProperties", Value::Object(patterns)) => {
                for (pattern, member) in patterns {
                    let text = json!({ "type": "string", "pattern": pattern });
                    let name = Instances::new(&text)
                        .ok()
                        .and_then(|maker| maker.smallest());
                    let Some(name) = name.as_ref().and_then(Value::as_str) else {
                        continue;
                    };
                    let own = self.members(rule.parts, name);
                    let guesses = self.refused(&own, member, depth + 1);
                    found.extend(guesses.into_iter().map(|guess| with_member(name, guess)));
                }
            }
            ("propertyNames", _) => found.extend(TEXTS.map(|name| with_member(name, json!({})))),
            ("dependentRequired", Value::Object(names)) => {
                for (name, wanted) in names {
                    for wanted in wanted
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                    {
                        found.push(json!({ "required": [name], "properties": { wanted: false } }));
                    }
                }
            }
            ("dependentSchemas", Value::Object(schemas)) => {
                for (name, schema) in schemas {
                    let guesses = self.refused(sent, schema, depth + 1);
                    found.extend(
                        guesses
                            .into_iter()
                            .map(|guess| json!({ "allOf": [{ "required": [name] }, guess] })),
                    );
                }
            }
            _ => {}
        }
        found
    }

    fn array(&mut self, rule: &Rule<'_, 's>, depth: usize) -> Vec<Value> {
        let own: Vec<&'s Value> = rule
            .parts
            .iter()
            .filter_map(|part| part.get("items"))
            .collect();
        match (rule.name, rule.value) {
            ("items", items) => {
                let skipped = rule
                    .beside
                    .get("prefixItems")
                    .and_then(Value::as_array)
                    .map_or(0, Vec::len);
                let guesses = self.refused(&own, items, depth + 1).into_iter();
                guesses
                    .map(|guess| match skipped {
                        0 => json!({ "type": "array", "minItems": 1, "items": guess }),
                        count => json!({ "type": "array", "minItems": count + 1, "items": guess }),
                    })
                    .collect()
            }
            ("prefixItems", Value::Array(items)) => {
                let mut found = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    for guess in self.refused(&own, item, depth + 1) {
                        let mut places = vec![json!({}); index];
                        places.push(guess);
                        found.push(json!({ "type": "array", "minItems": index + 1, "prefixItems": places }));
                    }
                }
                found
            }
            ("uniqueItems", Value::Bool(true)) => {
                let mut schema = json!({});
                if let (Some(item), Some(map)) = (own.first(), schema.as_object_mut()) {
                    map.insert("allOf".to_owned(), json!([item]));
                    map.insert(
                        "$defs".to_owned(),
                        self.sent.get("$defs").cloned().unwrap_or(json!({})),
                    );
                }
                let item = Instances::new(&schema)
                    .ok()
                    .and_then(|maker| maker.smallest());
                let item = item.unwrap_or(Value::Null);
                vec![
                    json!({ "const": [item, item] }),
                    json!({ "type": "array", "minItems": 2, "items": { "const": item } }),
                ]
            }
            ("contains", contained) => {
                let guesses = self.refused(&own, contained, depth + 1);
                let mut found = vec![json!({ "type": "array", "maxItems": 0 })];
                found.extend(
                    guesses
                        .into_iter()
                        .map(|guess| json!({ "type": "array", "minItems": 1, "items": guess })),
                );
                found
            }
            _ => Vec::new(),
        }
    }

    /// The schemas that `parts` have for a member.
    fn members(&self, parts: &[&'s Map<String, Value>], name: &str) -> Vec<&'s Value> {
        let of = |part: &&'s Map<String, Value>| {
            let member = part.get("properties").and_then(|members| members.get(name));
            member.or_else(|| part.get("additionalProperties"))
        };
        parts.iter().filter_map(of).collect()
    }

    /// The parts of a schema that look at the same value.
    fn flatten(&self, schema: &'s Value, parts: &mut Vec<&'s Map<String, Value>>, depth: usize) {
        let Some(map) = schema.as_object().filter(|_| depth < 16) else {
            return;
        };
        parts.push(map);
        if let Some((_, target)) = map
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| pointer::resolve(self.sent, reference))
        {
            self.flatten(target, parts, depth + 1);
        }
        for part in map
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.flatten(part, parts, depth + 1);
        }
    }

    fn means_the_same(&self, value: &Value) -> bool {
        let mut names = Vec::new();
        references(value, &mut names);
        names.iter().all(|name| self.equal.contains(*name))
    }
}

/// The definitions that are equal in both with all that they refer to.
pub fn equal_definitions(a: &Value, b: &Value) -> HashSet<String> {
    let (Some(Value::Object(a)), Some(Value::Object(b))) = (a.get("$defs"), b.get("$defs")) else {
        return HashSet::new();
    };
    let mut equal: HashSet<String> = a
        .iter()
        .filter(|(name, value)| b.get(*name) == Some(value))
        .map(|(name, _)| name.clone())
        .collect();
    loop {
        let before = equal.len();
        let kept = equal.iter().filter(|name| {
            let mut names = Vec::new();
            a.get(*name)
                .into_iter()
                .for_each(|value| references(value, &mut names));
            names.iter().all(|target| equal.contains(*target))
        });
        let kept: HashSet<String> = kept.cloned().collect();
        equal = kept;
        if equal.len() == before {
            return equal;
        }
    }
}

/// The names of the definitions that a schema refers to.
pub fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => {
                        found.extend(target.strip_prefix("#/$defs/"))
                    }
                    member => references(member, found),
                }
            }
        }
        _ => {}
    }
}

fn with_member(name: &str, schema: Value) -> Value {
    json!({ "type": "object", "required": [name], "properties": { name: schema } })
}

fn requires(parts: &[&Map<String, Value>], name: &str) -> bool {
    let lists = parts
        .iter()
        .filter_map(|part| part.get("required").and_then(Value::as_array));
    lists.flatten().any(|known| known == name)
}

fn types(value: &Value) -> Vec<Value> {
    let takes = |kind: &str| match value {
        Value::Array(kinds) => kinds.iter().any(|known| known == kind),
        known => known == kind,
    };
    let mut found: Vec<Value> = ["null", "boolean", "string", "array", "object"]
        .iter()
        .filter(|kind| !takes(kind))
        .map(|kind| json!({ "type": kind }))
        .collect();
    if !takes("number") {
        found.push(json!({ "enum": [0.5, 1.5, -0.5, 2.5, 10.5, 100.5, 1000.5] }));
        if !takes("integer") {
            found.push(json!({ "type": "number" }));
        }
    }
    found
}

/// Values that a list does not have: those that the sender lists, else variations.
fn listed(values: &[Value], parts: &[&Map<String, Value>]) -> Vec<Value> {
    let own = parts
        .iter()
        .filter_map(|part| match (part.get("enum"), part.get("const")) {
            (Some(Value::Array(values)), _) => Some(values.as_slice()),
            (_, Some(value)) => Some(std::slice::from_ref(value)),
            _ => None,
        });
    let mut found: Vec<Value> = own
        .flatten()
        .filter(|value| !values.contains(value))
        .map(|value| json!({ "const": value }))
        .collect();
    for value in values.iter().take(4) {
        match value {
            Value::String(text) => found.push(json!({ "const": format!("{text}x") })),
            Value::Number(number) => {
                let number = number.as_f64().unwrap_or_default();
                found.extend(
                    [number + 1.0, number - 1.0]
                        .map(whole)
                        .map(|it| json!({ "const": it })),
                );
            }
            Value::Bool(value) => found.push(json!({ "const": !value })),
            _ => {}
        }
    }
    found.push(json!({ "enum": TEXTS }));
    found.push(json!({ "not": { "enum": values } }));
    found.extend(
        ["null", "boolean", "string", "array", "object", "number"]
            .map(|kind| json!({ "type": kind })),
    );
    found
}

/// A number without a fraction as an integer.
fn whole(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 9.0e15 {
        true => format!("{number:.0}")
            .parse::<i64>()
            .map_or(Value::Null, Value::from),
        false => json!(number),
    }
}

/// Values beyond a limit.
fn limit(rule: &Rule<'_, '_>) -> Vec<Value> {
    let value = rule.value;
    let count = value.as_u64().unwrap_or_default();
    let number = value.as_f64().unwrap_or_default();
    let numeric = json!(["integer", "number"]);
    match rule.name {
        "minimum" => vec![
            json!({ "type": numeric, "exclusiveMaximum": value }),
            json!({ "const": whole(number - 1.0) }),
        ],
        "maximum" => vec![
            json!({ "type": numeric, "exclusiveMinimum": value }),
            json!({ "const": whole(number + 1.0) }),
        ],
        "exclusiveMinimum" => vec![
            json!({ "const": value }),
            json!({ "type": numeric, "maximum": value }),
        ],
        "exclusiveMaximum" => vec![
            json!({ "const": value }),
            json!({ "type": numeric, "minimum": value }),
        ],
        "multipleOf" => {
            let steps = [
                1.0,
                2.0,
                3.0,
                5.0,
                7.0,
                number / 2.0,
                number * 1.5,
                number + 1.0,
                101.0,
                1001.0,
                -1.0,
            ];
            vec![
                json!({ "enum": steps.map(whole) }),
                json!({ "type": numeric }),
            ]
        }
        "minLength" if count > 0 => vec![json!({ "type": "string", "maxLength": count - 1 })],
        "maxLength" => vec![json!({ "type": "string", "minLength": count + 1 })],
        "minItems" if count > 0 => vec![json!({ "type": "array", "maxItems": count - 1 })],
        "maxItems" => vec![json!({ "type": "array", "minItems": count + 1 })],
        "minProperties" if count > 0 => {
            vec![json!({ "type": "object", "maxProperties": count - 1 })]
        }
        "maxProperties" => vec![json!({ "type": "object", "minProperties": count + 1 })],
        "pattern" => words(value.as_str().unwrap_or_default()),
        "format" => vec![json!({ "enum": TEXTS }), json!({ "type": "string" })],
        _ => Vec::new(),
    }
}

/// Texts that a pattern speaks of, which it refuses if it looks around for them, and texts of many kinds.
fn words(pattern: &str) -> Vec<Value> {
    let words = pattern.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).take(6);
    let mut found: Vec<Value> = words
        .map(|word| json!({ "type": "string", "pattern": format!("^{word}") }))
        .collect();
    found.insert(0, json!({ "enum": TEXTS }));
    found.push(json!({ "type": "string" }));
    found
}
