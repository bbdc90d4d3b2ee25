//! Defaults: what an absent member means, as a Rust expression.

use serde_json::Value;

use super::lower::DEPTH;
use super::{Kind, Type, Types};
use crate::pointer;

impl Types<'_> {
    /// The default of a schema, its own or that of what it refers to.
    pub fn default_of(&self, schema: &Value, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        if let Some(default) = schema.get("default") {
            return Some(default.clone());
        }
        let reference = schema.get("$ref").and_then(Value::as_str)?;
        let (_, target) = pointer::resolve(self.document(), reference)?;
        self.default_of(target, depth + 1)
    }

    /// A Rust expression for a default value of this type.
    pub fn expression(&self, value: &Value, ty: &Type) -> Option<String> {
        match (ty, value) {
            (Type::Option(_), Value::Null) => Some("None".to_owned()),
            (Type::Option(inner), value) => {
                let inner = self.expression(value, inner)?;
                Some(format!("Some({inner})"))
            }
            (Type::Plain("String"), Value::String(text)) => Some(format!("{text:?}.to_owned()")),
            (Type::Plain("bool"), Value::Bool(flag)) => Some(flag.to_string()),
            (Type::Plain("f64"), Value::Number(number)) => Some(format!("{:?}", number.as_f64()?)),
            (Type::Plain("i32"), Value::Number(number)) => i32::try_from(number.as_i64()?)
                .ok()
                .map(|it| it.to_string()),
            (Type::Plain("i64"), Value::Number(number)) => number.as_i64().map(|it| it.to_string()),
            (Type::Plain("u64"), Value::Number(number)) => number.as_u64().map(|it| it.to_string()),
            (Type::Vec(_), Value::Array(items)) if items.is_empty() => {
                Some("Vec::new()".to_owned())
            }
            (Type::Vec(item), Value::Array(items)) => {
                let items = items.iter().map(|value| self.expression(value, item));
                let items: Option<Vec<String>> = items.collect();
                Some(format!("vec![{}]", items?.join(", ")))
            }
            (Type::Map(_), Value::Object(map)) if map.is_empty() => {
                Some("BTreeMap::new()".to_owned())
            }
            (Type::JsonObject, Value::Object(map)) if map.is_empty() => {
                Some("Map::new()".to_owned())
            }
            (Type::Model(id), Value::String(text)) => match &self.model(*id).kind {
                Kind::Enum(values) => {
                    let variant = values.iter().find(|variant| variant.wire == *text)?;
                    Some(format!("{}::{}", self.model(*id).name, variant.name))
                }
                _ => None,
            },
            _ => None,
        }
    }
}
