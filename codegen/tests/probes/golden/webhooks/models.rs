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

/// A parameter of `order.shipped`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderShippedFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
}

text_enum! {
    /// A parameter of `order.shipped`.
    pub enum OrderShippedWhy {
        /// `sold`
        Sold = "sold",
        /// `lost`
        Lost = "lost",
    }
}

/// In the body of `stock`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StockPutJsonPayload {
    pub left: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<StockPutJsonPayloadWhy>,
}

text_enum! {
    /// `why` of `stock`.
    pub enum StockPutJsonPayloadWhy {
        /// `sold`
        Sold = "sold",
        /// `lost`
        Lost = "lost",
    }
}

text_enum! {
    /// In the body of `shared`.
    pub enum SharedPayload {
        /// `ping`
        Ping = "ping",
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
