//! What tells an arm of a union from the others at a glance.

use serde_json::Value;

use crate::pointer;

/// How far references and compositions are followed.
const DEPTH: usize = 16;

/// What a value must be for an arm to be meant: less than its schema asks, and quick to see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Guard {
    /// One of these types; none: any.
    pub types: Vec<String>,
    /// An object with these members.
    pub required: Vec<String>,
    /// Where it has these members, one of these values, as JSON texts.
    pub tags: Vec<(String, Vec<String>)>,
    /// One of these values, as JSON texts; none: any.
    pub values: Vec<String>,
    /// Meant is what is not like that.
    pub is_negated: bool,
}

impl Guard {
    /// What an arm asks.
    pub fn of(document: &Value, arm: &Value) -> Self {
        let mut guard = Self::default();
        guard.add(document, arm, 0);
        guard
    }

    /// The member that a discriminator names has one of these values.
    pub fn tag(&mut self, property: &str, tags: &[String]) {
        let tags = tags.iter().map(|tag| Value::from(tag.as_str()).to_string());
        self.tags.retain(|(name, _)| name != property);
        self.tags.push((property.to_owned(), tags.collect()));
    }

    fn add(&mut self, document: &Value, schema: &Value, depth: usize) {
        let Some((followed, _)) = pointer::follow(document, schema, "") else {
            return;
        };
        if depth > DEPTH {
            return;
        }
        // Beside a reference stands more.
        for schema in [schema, followed]
            .into_iter()
            .take(1 + usize::from(!std::ptr::eq(schema, followed)))
        {
            if self.types.is_empty() {
                self.types = texts(schema.get("type"));
            }
            if self.values.is_empty() {
                self.values = values(schema);
            }
            self.required.extend(texts(schema.get("required")));
            let members = schema.get("properties").and_then(Value::as_object);
            for (name, member) in members.into_iter().flatten() {
                let member = pointer::follow(document, member, "");
                let allowed = member.map(|(member, _)| values(member));
                if let Some(allowed) = allowed.filter(|it| !it.is_empty()) {
                    self.tags.push((name.clone(), allowed));
                }
            }
            let parts = schema.get("allOf").and_then(Value::as_array);
            for part in parts.into_iter().flatten() {
                self.add(document, part, depth + 1);
            }
        }
        self.required.sort();
        self.required.dedup();
    }
}

/// The values that a schema allows by name, as JSON texts; none: it names none.
pub fn values(schema: &Value) -> Vec<String> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(value), _) => vec![value.to_string()],
        (_, Some(Value::Array(values))) => values.iter().map(Value::to_string).collect(),
        _ => Vec::new(),
    }
}

/// A text, or those of a list.
fn texts(value: Option<&Value>) -> Vec<String> {
    let one = value.and_then(Value::as_str);
    let all = value.and_then(Value::as_array).into_iter().flatten();
    let all = all.filter_map(Value::as_str);
    one.into_iter().chain(all).map(str::to_owned).collect()
}
