//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// The schema `Report`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<i64>,
}

/// The schema `Trouble`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A parameter of `GET /reports/{year}-{month}.{format}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetReportFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

text_enum! {
    /// In `PARAMETERS /reports/{year}-{month}.{format}`.
    pub enum GetReportFormat {
        /// `csv`
        Csv = "csv",
        /// `pdf`
        Pdf = "pdf",
    }
}

/// In the answer 200 of `GET /reports/{year}-{month}.{format}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetReportResponse {
    pub rows: i64,
}

/// In the answer 204 of `GET /find?tag={tag}&all`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindTagNoContentXJson {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<Vec<String>>,
}

/// In the answer 200 of `GET /events`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WatchEventsEvent {
    pub n: i64,
}

/// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesLabel {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

/// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesSpread {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

/// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesDeep {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<ReadStylesDeepA>,
}

/// `a` of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesDeepA {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<i64>,
}

/// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesJson {
    pub n: i64,
}

/// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadStylesXFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
}

text_enum! {
    /// A parameter of `GET /styles/{matrix}/{label}/{simple}`.
    pub enum ReadStylesXMode {
        /// `fast`
        Fast = "fast",
        /// `safe`
        Safe = "safe",
    }
}

/// In the body of `POST /media`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendMediaVndXPlusJson {
    pub a: i64,
}

/// In the body of `POST /media`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendMediaForm {
    pub a: Vec<i64>,
}

/// In the body of `POST /media`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendMediaMultipart {
    pub meta: SendMediaMultipartMeta,
    pub file: FilePart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

/// `meta` of `POST /media`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendMediaMultipartMeta {
    pub n: i64,
}

/// In the answer 200 of `POST /media`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SendMediaResponse {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
}

/// In the body of `POST /reports`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddReportMultipart {
    pub file: FilePart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;
}
