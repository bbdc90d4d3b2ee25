//! The contract's schemas as types.

use crate::runtime::prelude::*;

text_enum! {
    /// The schema `UnknownValue`.
    pub enum UnknownValueModel {
        /// `Asked`
        Asked = "Asked",
        /// `Place`
        Place = "Place",
    }
}

/// The schema `Json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Json {
    #[serde(default = "defaults::json_json")]
    pub json: Value,
    #[serde(default = "defaults::json_enums")]
    pub enums: String,
}

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

text_enum! {
    /// `order` of `Result`.
    pub enum ResultModelOrder {
        /// `name`
        Name = "name",
        /// `Name`
        Name2 = "Name",
        /// `-name`
        MinusName = "-name",
        /// `+name`
        PlusName = "+name",
        /// `.`
        Dot = ".",
        /// ``
        Empty = "",
        /// `1`
        N1 = "1",
        /// `self`
        Self_ = "self",
        /// `Self`
        Self2 = "Self",
        /// `이름`
        이름 = "이름",
        /// `🚀`
        U1f680 = "🚀",
        /// `a b`
        AB = "a b",
        /// `a-b`
        AB2 = "a-b",
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

text_enum! {
    /// The schema `Value`.
    pub enum ValueModel {
        /// `Ok`
        Ok = "Ok",
        /// `Err`
        Err = "Err",
        /// `Some`
        Some = "Some",
        /// `None`
        None = "None",
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

/// In the body of `POST /ids`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order2>,
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;

    pub(super) fn json_json() -> Value {
        json!({"a": 1})
    }

    pub(super) fn json_enums() -> String {
        "a".to_owned()
    }
}
