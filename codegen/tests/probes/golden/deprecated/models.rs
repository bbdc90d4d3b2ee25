//! The contract's schemas as types.

use crate::runtime::prelude::*;

text_enum! {
    /// The schema `Tag`.
    pub enum Tag {
        /// `a`
        A = "a",
        /// `b`
        B = "b",
        /// `c`
        C = "c",
    }
}

/// The schema `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Thing {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<bool>,
    #[serde(
        rename = "x-deprecated-values",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub x_deprecated_values: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ThingKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Thing>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<ThingLabels>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<ThingHome>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pet: Option<ThingPet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<ThingSize>,
    #[serde(rename = "a/b", default, skip_serializing_if = "Option::is_none")]
    pub a_b: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<ThingNotes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parcel: Option<ThingParcel>,
}

text_enum! {
    /// `kind` of `Thing`.
    pub enum ThingKind {
        /// `small`
        Small = "small",
        /// `tiny`
        Tiny = "tiny",
    }
}

/// `labels` of `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThingLabels {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<ThingLabelsPlain>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Label>,
}

/// `plain` of `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThingLabelsPlain {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
}

/// The schema `Label`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
}

/// `home` of `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThingHome {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
}

/// `pet` of `Thing`.
#[derive(Debug, Clone, PartialEq)]
pub enum ThingPet {
    /// `kind` is `Cat`.
    Cat(Cat),
    /// `kind` is `Dog`.
    Dog(Dog),
}

impl Serialize for ThingPet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(value) => union::tagged(serializer, "kind", "Cat", value),
            Self::Dog(value) => union::tagged(serializer, "kind", "Dog", value),
        }
    }
}

impl<'de> Deserialize<'de> for ThingPet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("kind").and_then(Value::as_str) {
            Some("Cat") => return union::arm(value).map(Self::Cat),
            Some("Dog") => return union::arm(value).map(Self::Dog),
            _ => {}
        }
        static ARMS: union::Arms = union::Arms::of("ThingPet", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Cat),
            _ => union::arm(value).map(Self::Dog),
        })
    }
}

/// The schema `Cat`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cat {
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

/// The schema `Dog`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dog {
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lives: Option<i64>,
}

/// `size` of `Thing`.
#[derive(Debug, Clone, PartialEq)]
pub enum ThingSize {
    /// JSON type integer.
    Integer(i64),
    /// JSON type string.
    String(String),
}

impl Serialize for ThingSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ThingSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("ThingSize", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Integer),
            _ => union::arm(value).map(Self::String),
        })
    }
}

/// `notes` of `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThingNotes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_name: Option<String>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// `parcel` of `Thing`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThingParcel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The schema `Address`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<String>,
}

text_enum! {
    /// A parameter of `GET /read/{shape}`.
    pub enum ReadOrder {
        /// `up`
        Up = "up",
        /// `down`
        Down = "down",
        /// `any`
        Any = "any",
    }
}

/// A parameter of `GET /read/{shape}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<i64>,
}

/// A parameter of `GET /read/{shape}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<i64>,
}

text_enum! {
    /// In `PARAMETERS /read/{shape}`.
    pub enum ReadShape {
        /// `round`
        Round = "round",
        /// `square`
        Square = "square",
    }
}

text_enum! {
    /// In the answer 200 of `GET /watch`.
    pub enum WatchXMode {
        /// `slow`
        Slow = "slow",
        /// `fast`
        Fast = "fast",
    }
}

/// In the answer 200 of `GET /watch`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WatchEvent {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<i64>,
}

/// In the body of `POST /forms`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendFormForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nick: Option<String>,
}

/// In the body of `POST /forms`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendFormMultipart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<FilePart>,
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
