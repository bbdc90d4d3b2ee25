//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// The schema `Order`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The schema `Event`.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// JSON type object.
    Object1(EventObject1),
    /// JSON type object.
    Object2(EventObject2),
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Object1(value) => value.serialize(serializer),
            Self::Object2(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("Event", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Object1),
            _ => union::arm(value).map(Self::Object2),
        })
    }
}

/// A part of `Event`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventObject1 {
    pub made: Order,
}

/// A part of `Event`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventObject2 {
    pub lost: String,
}

/// In the body of `POST /subscriptions`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubscribeJson {
    pub url: String,
}

/// In the body of `stock`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StockPutJsonPayload {
    pub left: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<StockPutJsonPayloadWhy>,
}

/// `why` of `stock`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StockPutJsonPayloadWhy {
    /// `sold`
    #[serde(rename = "sold")]
    Sold,
    /// `lost`
    #[serde(rename = "lost")]
    Lost,
}

impl StockPutJsonPayloadWhy {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Sold, Self::Lost];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::Lost => "lost",
        }
    }
}

impl std::fmt::Display for StockPutJsonPayloadWhy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for StockPutJsonPayloadWhy {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "sold" => Ok(Self::Sold),
            "lost" => Ok(Self::Lost),
            _ => Err(UnknownValue),
        }
    }
}

/// In the body of `shared`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SharedPayload {
    /// `ping`
    #[serde(rename = "ping")]
    Ping,
}

impl SharedPayload {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Ping];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ping => "ping",
        }
    }
}

impl std::fmt::Display for SharedPayload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for SharedPayload {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "ping" => Ok(Self::Ping),
            _ => Err(UnknownValue),
        }
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
