//! Lists of values as enums, where the values are strings.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::lower::Site;
use super::{EnumValue, Kind, Type, Types};
use crate::names::{Scope, variant_name};

impl Types<'_> {
    pub(super) fn lower_enum(
        &mut self,
        site: &Site,
        object: &Map<String, Value>,
        values: &[Value],
    ) -> Type {
        let strings: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
        match strings.filter(|strings| !strings.is_empty()) {
            Some(strings) => {
                let kind = Kind::Enum(variants(object, &strings));
                self.define(site, object, kind)
            }
            None => common_type(values),
        }
    }
}

/// A variant for each string, named by `x-enum-varnames` where that names them all.
fn variants(object: &Map<String, Value>, strings: &[&str]) -> Vec<EnumValue> {
    let names = object
        .get("x-enum-varnames")
        .and_then(Value::as_array)
        .filter(|names| names.len() == strings.len());
    let mut scope = Scope::default();
    let mut seen = HashSet::new();
    let mut variants = Vec::new();
    for (index, wire) in strings.iter().enumerate() {
        if !seen.insert(*wire) {
            continue;
        }
        let given = names.and_then(|names| names.get(index)?.as_str());
        variants.push(EnumValue {
            name: scope.claim(variant_name(given.unwrap_or(wire))),
            wire: (*wire).to_owned(),
        });
    }
    variants
}

/// The type that holds all values; which of them are allowed, the validators know.
fn common_type(values: &[Value]) -> Type {
    let all = |holds: fn(&Value) -> bool| !values.is_empty() && values.iter().all(holds);
    Type::Plain(match () {
        () if all(Value::is_boolean) => "bool",
        () if all(Value::is_i64) => "i64",
        () if all(Value::is_u64) => "u64",
        () if all(Value::is_f64) => "f64",
        () => return Type::Value,
    })
}
