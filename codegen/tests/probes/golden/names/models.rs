//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// The schema `Result`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultModel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(rename = "Type", default, skip_serializing_if = "Option::is_none")]
    pub type2: Option<String>,
    #[serde(rename = "_type", default, skip_serializing_if = "Option::is_none")]
    pub type3: Option<String>,
    #[serde(rename = "self", default, skip_serializing_if = "Option::is_none")]
    pub self_: Option<String>,
    #[serde(rename = "Self", default, skip_serializing_if = "Option::is_none")]
    pub self2: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#gen: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#async: Option<String>,
    #[serde(rename = "crate", default, skip_serializing_if = "Option::is_none")]
    pub crate_: Option<String>,
    #[serde(rename = "user-name", default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    #[serde(rename = "user_name", default, skip_serializing_if = "Option::is_none")]
    pub user_name2: Option<String>,
    #[serde(rename = "userName", default, skip_serializing_if = "Option::is_none")]
    pub user_name3: Option<String>,
    #[serde(rename = "3d", default, skip_serializing_if = "Option::is_none")]
    pub n3d: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub 이름: Option<String>,
    #[serde(rename = "🚀", default, skip_serializing_if = "Option::is_none")]
    pub u1f680: Option<String>,
    #[serde(rename = "$id", default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(rename = "@id", default, skip_serializing_if = "Option::is_none")]
    pub id2: Option<String>,
    #[serde(rename = "", default, skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
    #[serde(rename = "+1", default, skip_serializing_if = "Option::is_none")]
    pub plus_1: Option<i64>,
    #[serde(rename = "-1", default, skip_serializing_if = "Option::is_none")]
    pub minus_1: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<ResultModelOrder>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra2: BTreeMap<String, String>,
}

/// `order` of `Result`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResultModelOrder {
    /// `name`
    #[serde(rename = "name")]
    Name,
    /// `Name`
    #[serde(rename = "Name")]
    Name2,
    /// `-name`
    #[serde(rename = "-name")]
    MinusName,
    /// `+name`
    #[serde(rename = "+name")]
    PlusName,
    /// `.`
    #[serde(rename = ".")]
    Dot,
    /// ``
    #[serde(rename = "")]
    Empty,
    /// `1`
    #[serde(rename = "1")]
    N1,
    /// `self`
    #[serde(rename = "self")]
    Self_,
    /// `Self`
    #[serde(rename = "Self")]
    Self2,
    /// `이름`
    #[serde(rename = "이름")]
    이름,
    /// `🚀`
    #[serde(rename = "🚀")]
    U1f680,
    /// `a b`
    #[serde(rename = "a b")]
    AB,
    /// `a-b`
    #[serde(rename = "a-b")]
    AB2,
}

impl ResultModelOrder {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Name,
        Self::Name2,
        Self::MinusName,
        Self::PlusName,
        Self::Dot,
        Self::Empty,
        Self::N1,
        Self::Self_,
        Self::Self2,
        Self::이름,
        Self::U1f680,
        Self::AB,
        Self::AB2,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Name2 => "Name",
            Self::MinusName => "-name",
            Self::PlusName => "+name",
            Self::Dot => ".",
            Self::Empty => "",
            Self::N1 => "1",
            Self::Self_ => "self",
            Self::Self2 => "Self",
            Self::이름 => "이름",
            Self::U1f680 => "🚀",
            Self::AB => "a b",
            Self::AB2 => "a-b",
        }
    }
}

impl std::fmt::Display for ResultModelOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ResultModelOrder {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "name" => Ok(Self::Name),
            "Name" => Ok(Self::Name2),
            "-name" => Ok(Self::MinusName),
            "+name" => Ok(Self::PlusName),
            "." => Ok(Self::Dot),
            "" => Ok(Self::Empty),
            "1" => Ok(Self::N1),
            "self" => Ok(Self::Self_),
            "Self" => Ok(Self::Self2),
            "이름" => Ok(Self::이름),
            "🚀" => Ok(Self::U1f680),
            "a b" => Ok(Self::AB),
            "a-b" => Ok(Self::AB2),
            _ => Err(UnknownValue),
        }
    }
}

/// The schema `Option`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionModel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub some: Option<StringModel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<Vec<BoxModel>>,
}

/// The schema `String`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StringModel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The schema `Box`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoxModel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#box: Option<Box<BoxModel>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueModel>,
}

/// The schema `Value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ValueModel {
    /// `Ok`
    #[serde(rename = "Ok")]
    Ok,
    /// `Err`
    #[serde(rename = "Err")]
    Err,
    /// `Some`
    #[serde(rename = "Some")]
    Some,
    /// `None`
    #[serde(rename = "None")]
    None,
}

impl ValueModel {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Ok, Self::Err, Self::Some, Self::None];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Err => "Err",
            Self::Some => "Some",
            Self::None => "None",
        }
    }
}

impl std::fmt::Display for ValueModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ValueModel {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "Ok" => Ok(Self::Ok),
            "Err" => Ok(Self::Err),
            "Some" => Ok(Self::Some),
            "None" => Ok(Self::None),
            _ => Err(UnknownValue),
        }
    }
}

/// The schema `order`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
}

/// The schema `Order`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order2 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
}

/// The schema `order-`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order3 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
}

/// The schema `ResultOrder`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResultOrder {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
}

/// The schema `주문`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct 주문 {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub 수량: Option<i64>,
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
