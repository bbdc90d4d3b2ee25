//! Parameters as the styles of OpenAPI write them, for the requests that the service sends.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use super::operation::{Parameter, Place, Style};

/// What a URI's query takes as it is (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What a message carries beside its body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Names and values of the query, both encoded; `query()` joins them.
    pub pairs: Vec<(String, String)>,
    /// Names and values of headers.
    pub headers: Vec<(&'static str, String)>,
    /// Names and values of cookies, both encoded.
    pub cookies: Vec<(String, String)>,
}

impl Head {
    /// The query, without its `?`; empty if there is none.
    pub fn query(&self) -> String {
        let pairs = self
            .pairs
            .iter()
            .map(|(name, text)| format!("{name}={text}"));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Adds a parameter in its style; a null value adds nothing.
    ///
    /// # Errors
    /// The value cannot be written as JSON.
    pub(crate) fn with<T: Serialize>(
        mut self,
        parameter: &'static Parameter,
        value: &T,
    ) -> Result<Self, serde_json::Error> {
        let value = match serde_json::to_value(value)? {
            Value::Null => return Ok(self),
            value if parameter.json_content => Value::String(value.to_string()),
            value => value,
        };
        match parameter.place {
            Place::Header => {
                let text = simple(&value, parameter.explode);
                self.headers.push((parameter.name, text));
            }
            Place::Cookie => self.cookies.extend(pairs(parameter, &value)),
            Place::Query | Place::Path => self.pairs.extend(pairs(parameter, &value)),
        }
        Ok(self)
    }
}

/// A value in style `simple`: `a,b`, and `name,value` or, exploded, `name=value`.
pub(crate) fn simple(value: &Value, explode: bool) -> String {
    let plain = |text: &str| text.to_owned();
    joined(value, ",", if explode { "=" } else { "," }, &plain)
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Items, or names and values of members, in one text.
fn joined(value: &Value, separator: &str, sign: &str, code: &dyn Fn(&str) -> String) -> String {
    let word = |value: &Value| joined(value, ",", ",", code);
    match value {
        Value::String(text) => code(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(word).collect();
            items.join(separator)
        }
        Value::Object(members) => {
            let members = members.iter();
            let members =
                members.map(|(name, value)| format!("{}{sign}{}", code(name), word(value)));
            members.collect::<Vec<_>>().join(separator)
        }
        other => other.to_string(),
    }
}

/// The pairs of a parameter in a query or in cookies.
fn pairs(parameter: &Parameter, value: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| joined(value, ",", ",", &encode);
    let name = encode(parameter.name);
    let separator = match parameter.style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match value {
        Value::Object(_) | Value::Array(_) if parameter.style == Style::DeepObject => {
            let mut found = Vec::new();
            brackets(&name, value, &mut found);
            found
        }
        Value::Array(items) if parameter.explode => items
            .iter()
            .map(|item| (name.clone(), word(item)))
            .collect(),
        Value::Object(members) if parameter.explode => members
            .iter()
            .map(|(name, value)| (encode(name), word(value)))
            .collect(),
        Value::Array(items) if items.is_empty() => Vec::new(),
        value => vec![(name, joined(value, separator, separator, &encode))],
    }
}

/// `name[member]=a`, also nested; `name[]=a` for items.
fn brackets(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(member, value)| {
            brackets(&format!("{name}[{}]", encode(member)), value, found);
        }),
        Value::Array(items) => items
            .iter()
            .for_each(|item| brackets(&format!("{name}[]"), item, found)),
        other => found.push((name.to_owned(), joined(other, ",", ",", &encode))),
    }
}
