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

/// In `PARAMETERS /reports/{year}-{month}.{format}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GetReportFormat {
    /// `csv`
    #[serde(rename = "csv")]
    Csv,
    /// `pdf`
    #[serde(rename = "pdf")]
    Pdf,
}

impl GetReportFormat {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Csv, Self::Pdf];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Pdf => "pdf",
        }
    }
}

impl std::fmt::Display for GetReportFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for GetReportFormat {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "csv" => Ok(Self::Csv),
            "pdf" => Ok(Self::Pdf),
            _ => Err(UnknownValue),
        }
    }
}

/// In the answer 200 of `GET /reports/{year}-{month}.{format}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GetReportResponse {
    pub rows: i64,
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
