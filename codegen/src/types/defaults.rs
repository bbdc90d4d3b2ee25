//! Defaults: what an absent member means, as a Rust expression.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value, json};

use super::lower::DEPTH;
use super::{Field, Kind, Model, Presence, Type, Types};
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

    /// A Rust expression for a default value of this type; `None` if none says it.
    pub fn expression(&self, value: &Value, ty: &Type) -> Option<String> {
        match (ty, value) {
            (Type::Option(_), Value::Null) => Some("None".to_owned()),
            (Type::Option(inner), value) => {
                let inner = self.expression(value, inner)?;
                Some(format!("Some({inner})"))
            }
            (Type::Boxed(inner), value) => {
                let inner = self.expression(value, inner)?;
                Some(format!("Box::new({inner})"))
            }
            (Type::Value, value) => Some(any(value)),
            (Type::Plain(name), Value::String(text)) => text_expression(name, text),
            (Type::Plain("bool"), Value::Bool(flag)) => Some(flag.to_string()),
            (Type::Plain(name), Value::Number(number)) => number_expression(name, number),
            (Type::Vec(_), Value::Array(items)) if items.is_empty() => {
                Some("Vec::new()".to_owned())
            }
            (Type::Vec(item), Value::Array(items)) => {
                let items = items.iter().map(|value| self.expression(value, item));
                let items: Option<Vec<String>> = items.collect();
                Some(format!("vec![{}]", items?.join(", ")))
            }
            (Type::Map(inner), Value::Object(map)) => {
                let entries = map.iter().map(|(name, value)| {
                    let value = self.expression(value, inner)?;
                    Some(format!("({name:?}.to_owned(), {value})"))
                });
                entries
                    .collect::<Option<Vec<_>>>()
                    .map(|it| collected("BTreeMap", &it))
            }
            (Type::JsonObject, Value::Object(map)) => {
                let entries = map.iter();
                let entries =
                    entries.map(|(name, value)| format!("({name:?}.to_owned(), {})", any(value)));
                Some(collected("Map", &entries.collect::<Vec<_>>()))
            }
            (Type::Model(id), value) => self.model_expression(self.model(*id), value),
            _ => None,
        }
    }

    fn model_expression(&self, model: &Model, value: &Value) -> Option<String> {
        match (&model.kind, value) {
            (Kind::Enum(values), Value::String(text)) => {
                let variant = values.iter().find(|variant| variant.wire == *text)?;
                Some(format!("{}::{}", model.name, variant.name))
            }
            (Kind::Struct(it), Value::Object(members)) => {
                let known = |name: &str| it.fields.iter().any(|field| field.wire == *name);
                let fields = it.fields.iter().map(|field| {
                    let value = self.member_expression(members.get(&field.wire), field)?;
                    Some(format!("{}: {value}", field.name))
                });
                let mut fields = fields.collect::<Option<Vec<_>>>()?;
                let mut others = members.iter().filter(|(name, _)| !known(name));
                match &it.extra {
                    Some((name, ty)) => {
                        let others = others.map(|(name, value)| (name.clone(), value.clone()));
                        let ty = Type::Map(Box::new(ty.clone()));
                        let others = self.expression(&Value::Object(others.collect()), &ty)?;
                        fields.push(format!("{name}: {others}"));
                    }
                    None if others.next().is_some() => return None,
                    None => {}
                }
                Some(format!("{} {{ {} }}", model.name, fields.join(", ")))
            }
            _ => None,
        }
    }

    fn member_expression(&self, value: Option<&Value>, field: &Field) -> Option<String> {
        match (value, &field.presence) {
            (Some(value), Presence::Optional | Presence::OptionalNullable) => {
                let (inner, _) = field.ty.clone().required();
                let inner = self.expression(value, &inner)?;
                Some(format!("Some({inner})"))
            }
            (Some(value), _) => self.expression(value, &field.ty),
            (None, Presence::Required) => None,
            (None, Presence::Optional | Presence::OptionalNullable) => Some("None".to_owned()),
            (None, Presence::Default(value)) => self.expression(value, &field.ty),
        }
    }
}

/// A JSON value.
fn any(value: &Value) -> String {
    format!("json!({})", json_tokens(value))
}

/// What `json!` takes for a value: JSON, but for Rust's escapes and the suffixes of long integers.
fn json_tokens(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(integer) if i32::try_from(integer).is_err() => format!("{integer}_i64"),
            None if number.is_u64() => format!("{number}_u64"),
            _ => number.to_string(),
        },
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(json_tokens).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| format!("{name:?}: {}", json_tokens(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}

/// `BTreeMap::from_iter([…])`.
fn collected(map: &str, entries: &[String]) -> String {
    match entries {
        [] => format!("{map}::new()"),
        entries => format!("{map}::from_iter([{}])", entries.join(", ")),
    }
}

fn number_expression(ty: &str, number: &Number) -> Option<String> {
    match ty {
        "f64" => return Some(format!("{:?}", number.as_f64()?)),
        "DecimalNumber" => {
            let decimal = decimal(&number.to_string())?;
            return Some(format!("{decimal}.try_into().unwrap_or_default()"));
        }
        _ => {}
    }
    let integer = number::whole(number)?;
    Integer::named(ty)?
        .holds(integer)
        .then(|| integer.to_string())
}

/// A text as a type that JSON carries as text. It has been seen to be one, so that the type's own
/// default never takes its place.
fn text_expression(ty: &str, text: &str) -> Option<String> {
    let format = match ty {
        "String" => return Some(format!("{text:?}.to_owned()")),
        "Base64" => {
            let bytes = STANDARD.decode(text).ok()?;
            return Some(format!("Base64(b\"{}\".to_vec())", bytes.escape_ascii()));
        }
        "Decimal" => return decimal(text),
        "DateTime<Utc>" => "date-time",
        "NaiveDate" => "date",
        "Uuid" => "uuid",
        _ => return None,
    };
    let schema = json!({ "format": format });
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema);
    let holds = validator.is_ok_and(|validator| validator.is_valid(&text.into()));
    holds.then(|| format!("{text:?}.parse().unwrap_or_default()"))
}

/// A decimal by its digits and how many of them are a fraction, which keeps its zeros.
fn decimal(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = fraction.bytes().all(|digit| digit.is_ascii_digit());
    let places = fraction.len();
    let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
    let is_one = are_digits && places <= 28 && !text.starts_with('+');
    is_one.then(|| format!("Decimal::new({digits}, {places})"))
}
