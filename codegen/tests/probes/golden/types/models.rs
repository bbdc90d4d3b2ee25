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

text_enum! {
    /// `kind` of `Shape`.
    pub enum ShapeKind {
        /// `shape`
        Shape = "shape",
    }
}

text_enum! {
    /// `colour` of `Shape`.
    pub enum ShapeColour {
        /// `red`
        Red = "red",
        /// `green`
        Green = "green",
        /// `dark blue`
        DarkBlue = "dark blue",
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

text_enum! {
    /// `state` of `Shape`.
    pub enum ShapeState {
        /// `open`
        Open = "open",
        /// `shut`
        Shut = "shut",
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

text_enum! {
    /// `role` of `Employee`.
    pub enum EmployeeRole {
        /// `clerk`
        Clerk = "clerk",
        /// `boss`
        Boss = "boss",
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
    #[serde(default = "defaults::defaults_moment", serialize_with = "moment")]
    pub moment: DateTime<Utc>,
    #[serde(default = "defaults::defaults_day")]
    pub day: NaiveDate,
    #[serde(default = "defaults::defaults_nested")]
    pub nested: Person,
    #[serde(default = "defaults::defaults_free")]
    pub free: Map<String, Value>,
    #[serde(default = "defaults::defaults_labels")]
    pub labels: BTreeMap<String, String>,
    #[serde(default = "defaults::defaults_open")]
    pub open: DefaultsOpen,
    #[serde(default = "defaults::defaults_uuid")]
    pub uuid: Uuid,
    #[serde(default = "defaults::defaults_any")]
    pub any: Value,
    #[serde(default = "defaults::defaults_bytes")]
    pub bytes: Base64,
    #[serde(default = "defaults::defaults_price")]
    pub price: Decimal,
    #[serde(default = "defaults::defaults_share")]
    pub share: DecimalNumber,
}

text_enum! {
    /// `colour` of `Defaults`.
    pub enum DefaultsColour {
        /// `red`
        Red = "red",
        /// `green`
        Green = "green",
    }
}

/// `open` of `Defaults`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DefaultsOpen {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra: BTreeMap<String, i64>,
}

/// Members that travel one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountInput {
    pub name: String,
    pub password: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub friends: Option<Vec<AccountInput>>,
}

text_enum! {
    /// A parameter of `POST /defaults`.
    pub enum SendDefaultsOrder {
        /// `asc`
        Asc = "asc",
        /// `desc`
        Desc = "desc",
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
        "2020-01-02T03:04:05Z".parse().unwrap_or_default()
    }

    pub(super) fn defaults_day() -> NaiveDate {
        "2020-01-02".parse().unwrap_or_default()
    }

    pub(super) fn defaults_nested() -> Person {
        Person {
            name: "nobody".to_owned(),
            alias: None,
        }
    }

    pub(super) fn defaults_free() -> Map<String, Value> {
        Map::from_iter([
            ("a".to_owned(), json!(1)),
            (
                "b\u{1}".to_owned(),
                json!([9007199254740993_i64, null, true, 1.5]),
            ),
        ])
    }

    pub(super) fn defaults_labels() -> BTreeMap<String, String> {
        BTreeMap::from_iter([("a".to_owned(), "b".to_owned())])
    }

    pub(super) fn defaults_open() -> DefaultsOpen {
        DefaultsOpen {
            known: Some("k".to_owned()),
            extra: BTreeMap::from_iter([("more".to_owned(), 2)]),
        }
    }

    pub(super) fn defaults_uuid() -> Uuid {
        "018f4e9c-7c1a-7000-8000-000000000001"
            .parse()
            .unwrap_or_default()
    }

    pub(super) fn defaults_any() -> Value {
        json!({"a": [1]})
    }

    pub(super) fn defaults_bytes() -> Base64 {
        Base64(b"\x00\xff\"a\n".to_vec())
    }

    pub(super) fn defaults_price() -> Decimal {
        Decimal::new(150, 2)
    }

    pub(super) fn defaults_share() -> DecimalNumber {
        Decimal::new(-25, 2).try_into().unwrap_or_default()
    }
}
