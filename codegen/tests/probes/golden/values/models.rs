//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// The schema `Numbers`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Numbers {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub int8: Option<i8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub int16: Option<i16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub int32: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub int64: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uint8: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uint16: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uint32: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uint64: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub i64_most: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub u64_most: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below_u64_most: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_i64: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_negative: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub float: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub double: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_limited: Option<DecimalNumber>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<f64>,
}

/// The schema `Formats`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Formats {
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "moment"
    )]
    pub moment: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uuid: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv4: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Base64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoded: Option<Base64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_encoded: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
