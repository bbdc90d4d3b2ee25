//! The Rust types that stand for a contract's schemas.
//!
//! A schema that has parts of its own becomes a `Model` (struct, enum or union); every other one
//! becomes a plain `Type`. What no Rust type says exactly becomes a JSON value: its schema is still
//! enforced by the validators, and the place is noted.

mod all_of;
mod defaults;
mod direction;
mod enums;
mod keywords;
mod lower;
mod members;
mod reach;
mod recursion;
mod union;

pub use keywords::{declared_types, docs, lines};

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::discriminator::Children;
use crate::names::Scope;

/// Which way a value travels; decides about `readOnly` and `writeOnly` members.
pub use crate::schema::Direction;

/// Index of a model in `Types::models`.
pub type ModelId = usize;

/// A Rust type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Any JSON value.
    Value,
    /// A JSON object of any shape.
    JsonObject,
    /// A type that Rust, chrono, uuid or the runtime names.
    Plain(&'static str),
    /// A struct, enum or union of this contract.
    Model(ModelId),
    /// A list.
    Vec(Box<Type>),
    /// An object whose names are free.
    Map(Box<Type>),
    /// A value that may be null or absent.
    Option(Box<Type>),
    /// A part of a recursive type.
    Boxed(Box<Type>),
    /// A stream of server-sent events that carry such values.
    Events(Box<Type>),
}

impl Type {
    /// The same type, nullable once.
    pub fn optional(self) -> Self {
        match self {
            Self::Option(_) => self,
            other => Self::Option(Box::new(other)),
        }
    }

    /// The type without its `Option`, and whether there was one.
    pub fn required(self) -> (Self, bool) {
        match self {
            Self::Option(inner) => (*inner, true),
            other => (other, false),
        }
    }
}

/// A type that the generated crate defines.
#[derive(Debug, Clone)]
pub struct Model {
    /// Rust name.
    pub name: String,
    /// Lines of documentation.
    pub docs: Vec<String>,
    /// JSON pointer of the schema in the contract.
    pub pointer: String,
    /// What it is made of.
    pub kind: Kind,
}

/// The three shapes of a model.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Reserved while its parts are being lowered.
    Pending,
    /// An object with known members.
    Struct(Struct),
    /// One of a few strings.
    Enum(Vec<EnumValue>),
    /// One of several types.
    Union(Union),
}

/// An object with known members.
#[derive(Debug, Clone)]
pub struct Struct {
    /// Members in the contract's order.
    pub fields: Vec<Field>,
    /// Field name and type of the members that the contract allows without naming them.
    pub extra: Option<(String, Type)>,
}

/// A member of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// Rust name.
    pub name: String,
    /// Name in JSON.
    pub wire: String,
    /// Lines of documentation.
    pub docs: Vec<String>,
    /// Type, `Option`s for absence and null included.
    pub ty: Type,
    /// How the member may be missing.
    pub presence: Presence,
}

/// How a member may be missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// Always there.
    Required,
    /// May be absent, never null: `Option<T>`.
    Optional,
    /// Absent and null differ: `Option<Option<T>>`.
    OptionalNullable,
    /// Absent means this value, which a Rust expression says.
    Default(Value),
}

/// One string of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// Variant name.
    pub name: String,
    /// The string in JSON.
    pub wire: String,
}

/// One of several types, told apart by a discriminator or by their schemas.
#[derive(Debug, Clone)]
pub struct Union {
    /// The arms in the contract's order.
    pub arms: Vec<Arm>,
    /// Member whose value names the arm.
    pub discriminator: Option<String>,
    /// Arm for a discriminator value that no arm claims.
    pub fallback: Option<usize>,
}

/// An arm of a union.
#[derive(Debug, Clone)]
pub struct Arm {
    /// Variant name.
    pub name: String,
    /// The variant's content.
    pub ty: Type,
    /// Values of the discriminator that mean this arm.
    pub tags: Vec<String>,
    /// The arm's schema, by which a value is tried.
    pub schema: Value,
    /// Direction of that schema.
    pub direction: Direction,
}

/// Something that the types could not say exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// JSON pointer of the place.
    pub pointer: String,
    /// What is said less exactly, and what stands for it.
    pub message: String,
}

/// All types of one document; grows as schemas are asked for.
pub struct Types<'d> {
    document: &'d Value,
    /// Line and column of a pointer, to keep the author's order.
    order: &'d dyn Fn(&str) -> (usize, usize),
    /// Every struct, enum and union so far.
    pub models: Vec<Model>,
    /// Places that degraded.
    pub notes: Vec<Note>,
    refs: HashMap<(String, Direction), Type>,
    pending: HashSet<(String, Direction)>,
    split: HashMap<String, bool>,
    children: Children,
    scope: Scope,
    prefixes: Scope,
}

impl Types<'_> {
    /// The model that an id of these types names.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are given out by `reserve` only, and no model is removed"
    )]
    pub fn model(&self, id: ModelId) -> &Model {
        &self.models[id]
    }
}
