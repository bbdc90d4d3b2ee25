//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// A discriminator that may be absent or null, and an arm that may be null.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `kind` is `circle`.
    Circle(Circle),
    /// `kind` is `square`.
    Square(Square),
    /// `kind` is anything else.
    Base(ShapeBase),
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Circle(value) => union::tagged(serializer, "kind", "circle", value),
            Self::Square(value) => union::tagged(serializer, "kind", "square", value),
            Self::Base(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("kind").and_then(Value::as_str) {
            Some("circle") => return union::arm(value).map(Self::Circle),
            Some("square") => return union::arm(value).map(Self::Square),
            _ => {}
        }
        union::arm(value).map(Self::Base)
    }
}

/// The schema `Circle`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Circle {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal: Option<CircleEqual>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub of: Option<Option<Named>>,
    pub radius: f64,
}

/// `equal` of `Circle`.
#[derive(Debug, Clone, PartialEq)]
pub enum CircleEqual {
    /// JSON type string.
    String(String),
    /// JSON type string.
    String2(String),
}

impl Serialize for CircleEqual {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => value.serialize(serializer),
            Self::String2(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CircleEqual {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("CircleEqual", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::String),
            _ => union::arm(value).map(Self::String2),
        })
    }
}

/// The schema `Named`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub name: String,
}

/// The schema `Square`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Square {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal: Option<SquareEqual>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub of: Option<Option<Named>>,
    pub side: f64,
}

/// `equal` of `Square`.
#[derive(Debug, Clone, PartialEq)]
pub enum SquareEqual {
    /// JSON type string.
    String(String),
    /// JSON type string.
    String2(String),
}

impl Serialize for SquareEqual {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => value.serialize(serializer),
            Self::String2(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for SquareEqual {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("SquareEqual", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::String),
            _ => union::arm(value).map(Self::String2),
        })
    }
}

/// A discriminator that may be absent or null, and an arm that may be null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShapeBase {
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub kind: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub of: Option<Option<Named>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal: Option<ShapeBaseEqual>,
}

/// `equal` of `Shape`.
#[derive(Debug, Clone, PartialEq)]
pub enum ShapeBaseEqual {
    /// JSON type string.
    String(String),
    /// JSON type string.
    String2(String),
}

impl Serialize for ShapeBaseEqual {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => value.serialize(serializer),
            Self::String2(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ShapeBaseEqual {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("ShapeBaseEqual", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::String),
            _ => union::arm(value).map(Self::String2),
        })
    }
}

/// Told apart by their schemas. A dog satisfies the first arm but for `oneOf`.
#[derive(Debug, Clone, PartialEq)]
pub enum Pet {
    /// Satisfies `Cat`.
    Cat(Cat),
    /// Satisfies `Dog`.
    Dog(Dog),
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(value) => value.serialize(serializer),
            Self::Dog(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Pet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("Pet", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Cat),
            _ => union::arm(value).map(Self::Dog),
        })
    }
}

/// The schema `Cat`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cat {
    pub name: String,
}

/// The schema `Dog`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dog {
    pub name: String,
    pub bark: String,
}

/// Any of, so that a value may satisfy several; the arm that keeps every member wins.
#[derive(Debug, Clone, PartialEq)]
pub enum Animal {
    /// Satisfies `Named`.
    Named(Named),
    /// Satisfies `Dog`.
    Dog(Dog),
}

impl Serialize for Animal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Named(value) => value.serialize(serializer),
            Self::Dog(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Animal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("Animal", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Named),
            _ => union::arm(value).map(Self::Dog),
        })
    }
}

/// A discriminator with a mapping.
#[derive(Debug, Clone, PartialEq)]
pub enum Payment {
    /// `kind` is `card` or `visa`.
    Card(Card),
    /// `kind` is `transfer`.
    Transfer(Transfer),
}

impl Serialize for Payment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Card(value) => value.serialize(serializer),
            Self::Transfer(value) => union::tagged(serializer, "kind", "transfer", value),
        }
    }
}

impl<'de> Deserialize<'de> for Payment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("kind").and_then(Value::as_str) {
            Some("card" | "visa") => return union::arm(value).map(Self::Card),
            Some("transfer") => return union::arm(value).map(Self::Transfer),
            _ => {}
        }
        static ARMS: union::Arms = union::Arms::of("Payment", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Card),
            _ => union::arm(value).map(Self::Transfer),
        })
    }
}

/// The schema `Card`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub kind: String,
    pub number: String,
}

/// The schema `Transfer`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    pub kind: String,
    pub iban: String,
}

/// A base whose children extend it.
#[derive(Debug, Clone, PartialEq)]
pub enum Vehicle {
    /// `type` is `Bike`.
    Bike(Bike),
    /// `type` is `Car`.
    Car(Car),
    /// `type` is anything else.
    Base(VehicleBase),
}

impl Serialize for Vehicle {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bike(value) => union::tagged(serializer, "type", "Bike", value),
            Self::Car(value) => union::tagged(serializer, "type", "Car", value),
            Self::Base(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Vehicle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("type").and_then(Value::as_str) {
            Some("Bike") => return union::arm(value).map(Self::Bike),
            Some("Car") => return union::arm(value).map(Self::Car),
            _ => {}
        }
        union::arm(value).map(Self::Base)
    }
}

/// The schema `Bike`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bike {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electric: Option<bool>,
    pub r#type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheels: Option<i64>,
}

/// The schema `Car`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Car {
    pub doors: i64,
    pub r#type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheels: Option<i64>,
}

/// A base whose children extend it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VehicleBase {
    pub r#type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheels: Option<i64>,
}

/// Values of several types, inline and equal ones among them.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// JSON type string, format date-time.
    String(DateTime<Utc>),
    /// JSON type integer.
    Integer(i64),
    /// JSON type boolean.
    Boolean(bool),
    /// JSON type array.
    Array(Vec<String>),
    /// A box
    ABox(ScalarABox),
}

impl Serialize for Scalar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(value) => value.serialize(serializer),
            Self::Integer(value) => value.serialize(serializer),
            Self::Boolean(value) => value.serialize(serializer),
            Self::Array(value) => value.serialize(serializer),
            Self::ABox(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("Scalar", 5);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::String),
            1 => union::arm(value).map(Self::Integer),
            2 => union::arm(value).map(Self::Boolean),
            3 => union::arm(value).map(Self::Array),
            _ => union::arm(value).map(Self::ABox),
        })
    }
}

/// A box
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScalarABox {
    pub w: i64,
    pub h: i64,
}

/// Members of its own around the choice, and one that may be null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    pub field: String,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub value: Option<Option<FilterValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Named>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<FilterWords>,
}

/// `value` of `Filter`.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterValue {
    /// JSON type number.
    Number(f64),
    /// JSON type string.
    String(String),
}

impl Serialize for FilterValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for FilterValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("FilterValue", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Number),
            _ => union::arm(value).map(Self::String),
        })
    }
}

text_enum! {
    /// `words` of `Filter`.
    pub enum FilterWords {
        /// `a`
        A = "a",
        /// `b`
        B = "b",
        /// `c`
        C = "c",
    }
}

/// A parameter of `POST /scalars`.
#[derive(Debug, Clone, PartialEq)]
pub enum SendScalarId {
    /// JSON type integer.
    Integer(i64),
    /// JSON type string, format uuid.
    String(Uuid),
}

impl Serialize for SendScalarId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for SendScalarId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("SendScalarId", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Integer),
            _ => union::arm(value).map(Self::String),
        })
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
