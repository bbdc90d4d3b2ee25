//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// The schema `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Thing {
    pub always: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub never: Option<String>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub either: Option<Option<i64>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub state: Option<Option<ThingState>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub part: Option<Option<Part>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ignored: Option<Part>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub list: Option<Option<Vec<Option<String>>>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub either_part: Option<Option<ThingEitherPart>>,
}

text_enum! {
    /// `state` of `Thing`.
    pub enum ThingState {
        /// `on`
        On = "on",
        /// `off`
        Off = "off",
    }
}

/// The schema `Part`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub id: i64,
}

/// A part of `Thing`.
#[derive(Debug, Clone, PartialEq)]
pub enum ThingEitherPart {
    /// Satisfies `Part`.
    Part(Part),
    /// JSON type string.
    String(String),
}

impl Serialize for ThingEitherPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Part(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ThingEitherPart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("ThingEitherPart", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Part),
            _ => union::arm(value).map(Self::String),
        })
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
