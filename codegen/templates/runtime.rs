//! What generated code needs at run time; the same for every contract.

mod body;
mod breach;
pub mod conditional;
mod context;
pub mod credentials;
mod declared;
mod detached;
pub(crate) mod enums;
mod events;
mod files;
pub mod form;
pub mod formats;
mod handler;
pub mod host;
mod input;
pub mod json;
pub mod language;
pub mod life;
pub mod media;
pub mod messages;
pub mod multipart;
pub mod operation;
pub mod outdated;
pub mod pages;
pub mod params;
pub mod path;
mod pipeline;
pub mod problem;
pub mod reply;
pub mod router;
pub mod sample;
pub mod schemas;
mod shape;
mod sparse;
mod styles;
mod text;
mod trace_id;
pub(crate) mod union;
pub mod upload;
mod usage;
pub mod validation;
mod values;
pub(crate) mod written;

pub use axum::body::Body;
pub use bytes::Bytes;
pub use conditional::Preconditions;
pub use context::{Context, Idempotency, Matched};
pub use credentials::Credential;
pub use events::{Event, EventStream};
pub use host::{Admission, Failure, Host, Identity, Limits};
pub use input::Input;
pub use multipart::FilePart;
pub use operation::Operation;
pub use problem::{Problem, ProblemType, Violation};
pub use reply::{Reply, problem_response};
pub use sample::Sampler;
pub use trace_id::TraceId;
pub use upload::Upload;
pub use values::{Base64, DecimalNumber, InexactDecimal, UnknownValue};
pub use written::Head;

/// What the generated modules use.
pub(crate) mod prelude {
    pub(crate) use std::collections::BTreeMap;
    pub(crate) use std::future::Future;

    pub(crate) use axum::body::Body;
    pub(crate) use bytes::Bytes;
    pub(crate) use chrono::{DateTime, NaiveDate, Utc};
    pub(crate) use http::StatusCode;
    pub(crate) use rust_decimal::Decimal;
    pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub(crate) use serde_json::{Map, Value, json};
    pub(crate) use uuid::Uuid;

    pub(crate) use super::context::Context;
    pub(crate) use super::enums::{self, text_enum};
    pub(crate) use super::events::EventStream;
    pub(crate) use super::handler::handler;
    pub(crate) use super::host::{Failure, Host, not_implemented};
    pub(crate) use super::input::Input;
    pub(crate) use super::multipart::FilePart;
    pub(crate) use super::operation::Place;
    pub(crate) use super::path::{Asked, Piece, Template};
    pub(crate) use super::problem::Problem;
    pub(crate) use super::reply::Reply;
    pub(crate) use super::union;
    pub(crate) use super::upload::Upload;
    pub(crate) use super::values::{Base64, DecimalNumber, UnknownValue, moment, present};
}
