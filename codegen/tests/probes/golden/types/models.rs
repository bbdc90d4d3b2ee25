//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// Enums, constants, null and absence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub kind: ShapeKind,
    pub colour: ShapeColour,
    /// Null, but never absent.
    pub label: Option<String>,
    /// Absent, but never null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Absent, null or a text, all different.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub remark: Option<Option<String>>,
    /// A number or a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<ShapeSize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<i64>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub mixed: Option<Option<Value>>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub state: Option<Option<ShapeState>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<Vec<Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anything: Option<Value>,
}

/// `kind` of `Shape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShapeKind {
    /// `shape`
    #[serde(rename = "shape")]
    Shape,
}

impl ShapeKind {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Shape];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Shape => "shape",
        }
    }
}

impl std::fmt::Display for ShapeKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ShapeKind {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "shape" => Ok(Self::Shape),
            _ => Err(UnknownValue),
        }
    }
}

/// `colour` of `Shape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShapeColour {
    /// `red`
    #[serde(rename = "red")]
    Red,
    /// `green`
    #[serde(rename = "green")]
    Green,
    /// `dark blue`
    #[serde(rename = "dark blue")]
    DarkBlue,
}

impl ShapeColour {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Red, Self::Green, Self::DarkBlue];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
            Self::DarkBlue => "dark blue",
        }
    }
}

impl std::fmt::Display for ShapeColour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ShapeColour {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "red" => Ok(Self::Red),
            "green" => Ok(Self::Green),
            "dark blue" => Ok(Self::DarkBlue),
            _ => Err(UnknownValue),
        }
    }
}

/// `size` of `Shape`.
#[derive(Debug, Clone, PartialEq)]
pub enum ShapeSize {
    /// A number or a text.
    Integer(i64),
    /// A number or a text.
    String(String),
}

impl Serialize for ShapeSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => value.serialize(serializer),
            Self::String(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for ShapeSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        static ARMS: union::Arms = union::Arms::of("ShapeSize", 2);
        union::choose(&ARMS, value, |arm, value| match arm {
            0 => union::arm(value).map(Self::Integer),
            _ => union::arm(value).map(Self::String),
        })
    }
}

/// `state` of `Shape`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShapeState {
    /// `open`
    #[serde(rename = "open")]
    Open,
    /// `shut`
    #[serde(rename = "shut")]
    Shut,
}

impl ShapeState {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Open, Self::Shut];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shut => "shut",
        }
    }
}

impl std::fmt::Display for ShapeState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ShapeState {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "open" => Ok(Self::Open),
            "shut" => Ok(Self::Shut),
            _ => Err(UnknownValue),
        }
    }
}

/// Members that travel one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    pub id: i64,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub friends: Option<Vec<Account>>,
}

/// Recursive, directly, through a list and through another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Box<Tree>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Tree>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Box<Owner>>,
}

/// The schema `Owner`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Owner {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tree: Option<Box<Tree>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<BTreeMap<String, i32>>,
    /// Members that the contract names, and others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<OwnerOpen>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patterned: Option<Map<String, Value>>,
}

/// Members that the contract names, and others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnerOpen {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra: BTreeMap<String, i64>,
}

/// The schema `Person`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

/// All of two, and something of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Employee {
    pub alias: String,
    pub badge: i64,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<EmployeeRole>,
    /// A reference with a sibling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<Person>,
}

/// `role` of `Employee`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EmployeeRole {
    /// `clerk`
    #[serde(rename = "clerk")]
    Clerk,
    /// `boss`
    #[serde(rename = "boss")]
    Boss,
}

impl EmployeeRole {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Clerk, Self::Boss];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Boss => "boss",
        }
    }
}

impl std::fmt::Display for EmployeeRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for EmployeeRole {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "clerk" => Ok(Self::Clerk),
            "boss" => Ok(Self::Boss),
            _ => Err(UnknownValue),
        }
    }
}

/// What is absent has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defaults {
    #[serde(default = "defaults::defaults_text")]
    pub text: String,
    #[serde(default = "defaults::defaults_count")]
    pub count: i64,
    #[serde(default = "defaults::defaults_ratio")]
    pub ratio: f64,
    #[serde(default = "defaults::defaults_flag")]
    pub flag: bool,
    #[serde(default = "defaults::defaults_colour")]
    pub colour: DefaultsColour,
    #[serde(default = "defaults::defaults_list")]
    pub list: Vec<String>,
    #[serde(default)]
    pub maybe: Option<String>,
    #[serde(default = "defaults::defaults_moment")]
    pub moment: DateTime<Utc>,
    #[serde(default = "defaults::defaults_day")]
    pub day: NaiveDate,
    #[serde(default = "defaults::defaults_nested")]
    pub nested: Person,
    #[serde(default = "defaults::defaults_free")]
    pub free: Map<String, Value>,
}

/// `colour` of `Defaults`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DefaultsColour {
    /// `red`
    #[serde(rename = "red")]
    Red,
    /// `green`
    #[serde(rename = "green")]
    Green,
}

impl DefaultsColour {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Red, Self::Green];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
        }
    }
}

impl std::fmt::Display for DefaultsColour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for DefaultsColour {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "red" => Ok(Self::Red),
            "green" => Ok(Self::Green),
            _ => Err(UnknownValue),
        }
    }
}

/// Members that travel one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountInput {
    pub name: String,
    pub password: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub friends: Option<Vec<AccountInput>>,
}

/// A parameter of `POST /defaults`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SendDefaultsOrder {
    /// `asc`
    #[serde(rename = "asc")]
    Asc,
    /// `desc`
    #[serde(rename = "desc")]
    Desc,
}

impl SendDefaultsOrder {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Asc, Self::Desc];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}

impl std::fmt::Display for SendDefaultsOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for SendDefaultsOrder {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "asc" => Ok(Self::Asc),
            "desc" => Ok(Self::Desc),
            _ => Err(UnknownValue),
        }
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;

    pub(super) fn defaults_text() -> String {
        "a \"quoted\" \\ text".to_owned()
    }

    pub(super) fn defaults_count() -> i64 {
        7
    }

    pub(super) fn defaults_ratio() -> f64 {
        1.5
    }

    pub(super) fn defaults_flag() -> bool {
        true
    }

    pub(super) fn defaults_colour() -> DefaultsColour {
        DefaultsColour::Green
    }

    pub(super) fn defaults_list() -> Vec<String> {
        vec!["a".to_owned(), "b".to_owned()]
    }

    pub(super) fn defaults_moment() -> DateTime<Utc> {
        constant("\"2020-01-02T03:04:05Z\"")
    }

    pub(super) fn defaults_day() -> NaiveDate {
        constant("\"2020-01-02\"")
    }

    pub(super) fn defaults_nested() -> Person {
        constant("{\"name\":\"nobody\"}")
    }

    pub(super) fn defaults_free() -> Map<String, Value> {
        constant("{\"a\":1}")
    }
}
