//! Several schemas that look at the same value, asked as one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Schemas without references and choices.
#[derive(Debug, Default)]
pub struct Flat {
    /// The schemas.
    pub parts: Vec<Map<String, Value>>,
    /// Arms of `oneOf` that must not hold too.
    pub avoided: Vec<Flat>,
}

const TYPES: [&str; 7] = [
    "object", "string", "integer", "number", "boolean", "array", "null",
];

/// Keywords that speak of one type only.
const HINTS: [(&str, &[&str]); 4] = [
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "patternProperties",
            "propertyNames",
        ],
    ),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "minItems",
            "contains",
            "uniqueItems",
        ],
    ),
    ("string", &["pattern", "format", "minLength", "maxLength"]),
    (
        "integer",
        &[
            "minimum",
            "maximum",
            "multipleOf",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
    ),
];

impl Flat {
    fn all<'f>(&'f self, keyword: &'f str) -> impl Iterator<Item = &'f Value> {
        self.parts.iter().filter_map(move |part| part.get(keyword))
    }

    /// Whether a keyword has such a value anywhere.
    pub fn any(&self, keyword: &str, holds: impl Fn(&Value) -> bool) -> bool {
        self.all(keyword).any(holds)
    }

    /// The numbers of a keyword.
    pub fn numbers<'f>(&'f self, keyword: &'f str) -> impl Iterator<Item = f64> {
        self.all(keyword).filter_map(Value::as_f64)
    }

    /// The largest count of a keyword, 0 if there is none.
    pub fn most(&self, keyword: &str) -> usize {
        self.counts(keyword).max().unwrap_or_default()
    }

    /// The smallest count of a keyword.
    pub fn least(&self, keyword: &str) -> Option<usize> {
        self.counts(keyword).min()
    }

    fn counts<'f>(&'f self, keyword: &'f str) -> impl Iterator<Item = usize> {
        let counts = self.all(keyword).filter_map(Value::as_u64);
        counts.map(|count| usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The texts of a keyword.
    pub fn texts<'f>(&'f self, keyword: &'f str) -> impl Iterator<Item = &'f str> {
        self.all(keyword).filter_map(Value::as_str)
    }

    /// The values that every `const` and `enum` allows; `None` if there are none of these.
    pub fn values(&self) -> Option<Vec<Value>> {
        let mut common: Option<Vec<Value>> = None;
        let constants = self.all("const").map(|value| vec![value.clone()]);
        let lists = self
            .all("enum")
            .filter_map(|values| values.as_array().cloned());
        for values in constants.chain(lists) {
            common = Some(match common {
                Some(common) => common
                    .into_iter()
                    .filter(|value| values.contains(value))
                    .collect(),
                None => values,
            });
        }
        common
    }

    /// Whether no type is named and the keywords speak of one: that comes first among the types.
    pub fn is_meant_for_one_type(&self) -> bool {
        self.all("type").next().is_none() && self.hint().is_some()
    }

    /// The type that the keywords speak of.
    fn hint(&self) -> Option<&'static str> {
        let has = |keyword: &&str| self.all(keyword).next().is_some();
        let mut hints = HINTS.iter();
        let hint = hints.find(|(_, keywords)| keywords.iter().any(has));
        hint.map(|(name, _)| *name)
    }

    /// The types that a value may have, the likely one first.
    pub fn types(&self) -> Vec<&'static str> {
        let mut types = TYPES.to_vec();
        for allowed in self.all("type") {
            let allows = |name: &str| match allowed {
                Value::String(one) => one == name || one == "number" && name == "integer",
                Value::Array(several) => several.iter().any(|one| one == name),
                _ => true,
            };
            types.retain(|name| allows(name));
        }
        if let Some(hint) = self.hint() {
            types.sort_by_key(|name| *name != hint);
        } else if types.len() == TYPES.len() {
            types.sort_by_key(|name| *name != "string");
        }
        // A number is told from an integer only where the schema says so.
        if types.contains(&"number") && self.any("type", |it| it == "number") {
            types.retain(|name| *name != "integer");
        }
        types
    }

    /// Names that every value must have.
    pub fn required(&self) -> Vec<String> {
        let lists = self.all("required").filter_map(Value::as_array).flatten();
        let mut names: Vec<String> = Vec::new();
        for name in lists.filter_map(Value::as_str) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Whether a name must be there.
    pub fn requires(&self, name: &str) -> bool {
        self.required().iter().any(|required| required == name)
    }

    /// Names that are described.
    pub fn optional(&self) -> Vec<String> {
        let maps = self.all("properties").filter_map(Value::as_object);
        let names: BTreeSet<&String> = maps.flat_map(Map::keys).collect();
        names.into_iter().cloned().collect()
    }

    /// Names that must be there because others are.
    pub fn dependents(&self, names: &[String]) -> Vec<String> {
        let maps = self.all("dependentRequired").filter_map(Value::as_object);
        let lists = maps.flatten().filter(|(name, _)| names.contains(name));
        let dependents = lists.filter_map(|(_, list)| list.as_array()).flatten();
        dependents
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    }

    /// What all schemas together say of a member.
    pub fn member(&self, name: &str) -> Value {
        let schemas: Vec<Value> = self
            .parts
            .iter()
            .map(|part| member_of(part, name))
            .collect();
        together(schemas)
    }

    /// What all schemas together say of an item.
    pub fn item(&self, index: usize) -> Value {
        let of = |part: &Map<String, Value>| {
            let prefix = part.get("prefixItems").and_then(|it| it.get(index));
            prefix
                .or_else(|| part.get("items"))
                .cloned()
                .unwrap_or(Value::Bool(true))
        };
        together(self.parts.iter().map(of).collect())
    }

    /// A schema for an item, together with what must be among the items.
    pub fn with_contained(&self, item: Value) -> Value {
        let contained = self.all("contains").cloned();
        together(contained.chain([item]).collect())
    }

    /// What a name that nothing describes must be like.
    pub fn names_schema(&self) -> Value {
        let mut schemas = vec![json!({ "type": "string", "minLength": 1 })];
        schemas.extend(self.all("propertyNames").cloned());
        let patterns = self.all("patternProperties").filter_map(Value::as_object);
        if let Some(pattern) = patterns.flat_map(Map::keys).next() {
            schemas.push(json!({ "pattern": pattern }));
        }
        together(schemas)
    }
}

fn member_of(part: &Map<String, Value>, name: &str) -> Value {
    let mut schemas = Vec::new();
    schemas.extend(part.get("properties").and_then(|it| it.get(name)).cloned());
    let patterns = part.get("patternProperties").and_then(Value::as_object);
    for (pattern, schema) in patterns.into_iter().flatten() {
        let tester = json!({ "pattern": pattern });
        if jsonschema::draft202012::is_valid(&tester, &Value::from(name)) {
            schemas.push(schema.clone());
        }
    }
    if schemas.is_empty() {
        schemas.extend(part.get("additionalProperties").cloned());
    }
    together(schemas)
}

fn together(mut schemas: Vec<Value>) -> Value {
    schemas.retain(|schema| schema != &Value::Bool(true));
    match schemas.len() {
        0 => Value::Bool(true),
        1 => schemas.swap_remove(0),
        _ if schemas.contains(&Value::Bool(false)) => Value::Bool(false),
        _ => json!({ "allOf": schemas }),
    }
}
