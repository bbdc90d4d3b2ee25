//! Defaults: what an absent member means, as a Rust expression.

use serde_json::{Value, json};

use super::lower::DEPTH;
use super::{Kind, Presence, Type, Types};
use crate::pointer;
use crate::schema::sound::Integer;
use crate::source::number;

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
            (Type::Plain(name), Value::Number(number)) if Integer::named(name).is_some() => {
                let integer = number::whole(number)?;
                Integer::named(name)?
                    .holds(integer)
                    .then(|| integer.to_string())
            }
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
            _ => (*ty != Type::Value && self.holds(value, ty))
                .then(|| format!("constant({:?})", value.to_string())),
        }
    }

    /// Whether a value can be read as a type.
    fn holds(&self, value: &Value, ty: &Type) -> bool {
        match (ty, value) {
            (Type::Value, _) | (Type::Option(_), Value::Null) => true,
            (Type::JsonObject, value) => value.is_object(),
            (Type::Option(inner) | Type::Boxed(inner), value) => self.holds(value, inner),
            (Type::Vec(item), Value::Array(items)) => items.iter().all(|it| self.holds(it, item)),
            (Type::Map(inner), Value::Object(map)) => map.values().all(|it| self.holds(it, inner)),
            (Type::Plain("DecimalNumber"), value) => value.is_number(),
            (Type::Plain(name), Value::String(text)) => is_text_of(name, text),
            (Type::Plain("bool"), value) => value.is_boolean(),
            (Type::Plain(_), value) => value.is_number() && self.expression(value, ty).is_some(),
            (Type::Model(id), value) => self.model_holds(&self.model(*id).kind, value),
            _ => false,
        }
    }

    fn model_holds(&self, kind: &Kind, value: &Value) -> bool {
        match (kind, value) {
            (Kind::Struct(it), Value::Object(members)) => {
                it.fields
                    .iter()
                    .all(|field| match members.get(&field.wire) {
                        Some(member) => self.holds(member, &field.ty),
                        None => field.presence != Presence::Required,
                    })
            }
            (Kind::Enum(values), Value::String(text)) => values.iter().any(|it| it.wire == *text),
            _ => false,
        }
    }
}

/// Whether a text can be read as a type that JSON carries as text.
fn is_text_of(ty: &str, text: &str) -> bool {
    let format = match ty {
        "String" => return true,
        "DateTime<Utc>" => "date-time",
        "NaiveDate" => "date",
        "Uuid" => "uuid",
        _ => return false,
    };
    let schema = json!({ "format": format });
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema);
    validator.is_ok_and(|validator| validator.is_valid(&text.into()))
}
