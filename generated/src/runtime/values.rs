//! Types of values that JSON has no type for, and how absence differs from null.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

/// Bytes, written in base64 (RFC 4648, section 4).
#[derive(Clone, PartialEq, Eq, Default, Hash)]
pub struct Base64(pub Vec<u8>);

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD
            .decode(text)
            .map(Self)
            .map_err(|_| D::Error::custom("not base64"))
    }
}

/// A decimal that JSON carries as a number: one that survives as a double, which every
/// reader of JSON has (RFC 8259, section 6). Up to 15 digits always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DecimalNumber(Decimal);

impl DecimalNumber {
    /// The decimal.
    pub const fn get(self) -> Decimal {
        self.0
    }

    /// As JSON carries it: an integer of 64 bits or a double.
    fn number(self) -> Option<Number> {
        let text = self.0.normalize().to_string();
        let number = text.parse::<Number>().ok()?;
        (exact_decimal(&number) == Some(self.0)).then_some(number)
    }
}

impl TryFrom<Decimal> for DecimalNumber {
    type Error = InexactDecimal;

    fn try_from(decimal: Decimal) -> Result<Self, Self::Error> {
        let number = Self(decimal);
        number.number().map(|_| number).ok_or(InexactDecimal)
    }
}

impl From<DecimalNumber> for Decimal {
    fn from(number: DecimalNumber) -> Self {
        number.0
    }
}

impl Serialize for DecimalNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.number();
        number
            .ok_or_else(|| serde::ser::Error::custom(InexactDecimal))?
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DecimalNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = Number::deserialize(deserializer)?;
        exact_decimal(&number)
            .map(Self)
            .ok_or_else(|| D::Error::custom(InexactDecimal))
    }
}

/// The decimal that a number of JSON says, if one holds it.
pub(crate) fn exact_decimal(number: &Number) -> Option<Decimal> {
    let text = number.to_string();
    let decimal = match text.contains(['e', 'E']) {
        true => Decimal::from_scientific(&text).ok()?,
        false => Decimal::from_str_exact(&text).ok()?,
    };
    // Digits that a decimal has no room for are not told of by every way of reading it.
    let same = number.as_f64() == decimal.to_string().parse::<f64>().ok();
    same.then_some(decimal)
}

/// A decimal with more digits than a number of JSON carries for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InexactDecimal;

impl fmt::Display for InexactDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the decimal has more digits than a number of JSON carries")
    }
}

impl std::error::Error for InexactDecimal {}

/// A string that is none of an enum's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a value of the enum")
    }
}

impl std::error::Error for UnknownValue {}

/// A moment, or one that may be lacking.
pub(crate) trait Moment {
    fn moment(&self) -> Option<&DateTime<Utc>>;
}

impl Moment for DateTime<Utc> {
    fn moment(&self) -> Option<&DateTime<Utc>> {
        Some(self)
    }
}

impl<M: Moment> Moment for Option<M> {
    fn moment(&self) -> Option<&DateTime<Utc>> {
        self.as_ref()?.moment()
    }
}

/// Writes a moment at once, as chrono would character by character (RFC 3339).
pub(crate) fn moment<M: Moment, S: Serializer>(it: &M, serializer: S) -> Result<S::Ok, S::Error> {
    match it.moment() {
        Some(moment) => {
            serializer.serialize_str(&moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        None => serializer.serialize_none(),
    }
}

/// Reads a member that is there, null or not; an absent one is the outer `None`.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
