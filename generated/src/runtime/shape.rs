//! What a value is made of, and how text becomes such a value.

use serde_json::{Number, Value};

use super::json::is_exact;

/// What a value is made of: as much of a schema as the reading of text needs. The schema itself
/// is checked afterwards, so text that fits no shape simply stays text.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything.
    Any,
    /// Only null.
    Null,
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// An array of such items.
    Array(&'static Shape),
    /// An object.
    Object {
        /// The members that the schema names.
        members: &'static [(&'static str, &'static Shape)],
        /// What other members are made of; `None` if there are to be none.
        rest: Option<&'static Shape>,
    },
    /// One of several (`oneOf`, `anyOf`, several types).
    OneOf(&'static [&'static Shape]),
}

impl Shape {
    /// Text as a value of this shape: an exact integer, a number of JSON's grammar, `true`,
    /// `false`, `null`; whatever is none of these, or is meant to be text, stays text.
    pub fn coerce(&self, text: &str) -> Value {
        self.convert(text)
            .unwrap_or_else(|| Value::String(text.to_owned()))
    }

    /// The value that is not text, if the shape allows one.
    fn convert(&self, text: &str) -> Option<Value> {
        match self {
            Self::Null => matches!(text, "" | "null").then_some(Value::Null),
            Self::Boolean => match text {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::Integer => integer(text).map(Value::Number),
            Self::Number => number(text).map(Value::Number),
            // Null is told from text by nothing, so that it yields to text.
            Self::OneOf(shapes) => shapes
                .iter()
                .filter_map(|shape| shape.convert(text))
                .find(|value| !(value.is_null() && self.takes_text())),
            Self::Any | Self::String | Self::Array(_) | Self::Object { .. } => None,
        }
    }

    /// Whether text that stays text can be right.
    pub fn takes_text(&self) -> bool {
        match self {
            Self::Any | Self::String => true,
            Self::OneOf(shapes) => shapes.iter().any(|shape| shape.takes_text()),
            _ => false,
        }
    }

    /// Whether a single value other than null can be right.
    pub fn takes_scalar(&self) -> bool {
        match self {
            Self::Any | Self::Boolean | Self::Integer | Self::Number | Self::String => true,
            Self::OneOf(shapes) => shapes.iter().any(|shape| shape.takes_scalar()),
            Self::Null | Self::Array(_) | Self::Object { .. } => false,
        }
    }

    /// Whether null can be right.
    pub fn takes_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::OneOf(shapes) => shapes.iter().any(|shape| shape.takes_null()),
            _ => false,
        }
    }

    /// What the items are made of, if this may be an array.
    pub fn item(&self) -> Option<&'static Shape> {
        match self {
            Self::Array(item) => Some(item),
            Self::OneOf(shapes) => shapes.iter().find_map(|shape| shape.item()),
            _ => None,
        }
    }

    /// Whether this may be an object that the contract describes.
    pub fn takes_object(&self) -> bool {
        match self {
            Self::Object { .. } => true,
            Self::OneOf(shapes) => shapes.iter().any(|shape| shape.takes_object()),
            _ => false,
        }
    }

    /// What a member is made of; `Any` if the contract does not say.
    pub fn member(&self, name: &str) -> &'static Shape {
        self.named_member(name)
            .or_else(|| self.rest())
            .unwrap_or(&Self::Any)
    }

    /// What a member is made of that the contract names.
    pub fn named_member(&self, name: &str) -> Option<&'static Shape> {
        match self {
            Self::Object { members, .. } => members
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, shape)| *shape),
            Self::OneOf(shapes) => shapes.iter().find_map(|shape| shape.named_member(name)),
            _ => None,
        }
    }

    /// What members are made of that the contract does not name, if there may be such.
    pub fn rest(&self) -> Option<&'static Shape> {
        match self {
            Self::Object { rest, .. } => *rest,
            Self::OneOf(shapes) => shapes.iter().find_map(|shape| shape.rest()),
            _ => None,
        }
    }

    /// Calls `visit` with the name of every member that the contract names.
    pub fn each_member(&self, visit: &mut impl FnMut(&'static str)) {
        match self {
            Self::Object { members, .. } => members.iter().for_each(|(name, _)| visit(name)),
            Self::OneOf(shapes) => shapes.iter().for_each(|shape| shape.each_member(visit)),
            _ => {}
        }
    }
}

/// An integer of JSON's grammar that fits 64 bits.
fn integer(text: &str) -> Option<Number> {
    is_integer(text.as_bytes()).then_some(())?;
    let signed = text.parse::<i64>().map(Number::from);
    signed
        .or_else(|_| text.parse::<u64>().map(Number::from))
        .ok()
}

/// A number of JSON's grammar: an integer if written as one, else a finite float that holds all its
/// digits.
fn number(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    if is_integer(bytes) {
        return integer(text);
    }
    let (mantissa, exponent) = match bytes.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (bytes.get(..at)?, bytes.get(at + 1..)),
        None => (bytes, None),
    };
    let (whole, fraction) = match mantissa.iter().position(|byte| *byte == b'.') {
        Some(at) => (mantissa.get(..at)?, mantissa.get(at + 1..)),
        None => (mantissa, None),
    };
    let exponent_digits = exponent.map(|exponent| match exponent {
        [b'+' | b'-', digits @ ..] => digits,
        digits => digits,
    });
    let well_formed = is_integer(whole)
        && fraction.is_none_or(are_digits)
        && exponent_digits.is_none_or(are_digits);
    well_formed
        .then(|| text.parse().ok())
        .flatten()
        .filter(|float| is_exact(text, *float))
        .and_then(Number::from_f64)
}

fn is_integer(bytes: &[u8]) -> bool {
    match bytes.strip_prefix(b"-").unwrap_or(bytes) {
        [b'0'] => true,
        [b'0', ..] => false,
        digits => are_digits(digits),
    }
}

fn are_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}
