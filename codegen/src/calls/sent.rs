//! A body on its way.

use crate::api::{Media, MediaKind};
use serde_json::{Map, Value};

use super::wire;

/// Bytes and their media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The `Content-Type`.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Sent {
    /// A value as a declared media type has it.
    pub fn new(media: &Media, value: &Value) -> Self {
        let none = Map::new();
        let members = value.as_object().unwrap_or(&none);
        let media_type = wire::concrete(&media.range);
        match media.kind {
            MediaKind::Json => Self {
                media_type,
                bytes: value.to_string().into_bytes(),
            },
            MediaKind::Form => Self {
                media_type,
                bytes: wire::form(media, members).into_bytes(),
            },
            MediaKind::Multipart => Self {
                media_type: format!("{media_type}; boundary={}", wire::BOUNDARY),
                bytes: wire::multipart(media, members),
            },
            MediaKind::Text => Self {
                media_type,
                bytes: wire::plain(value).into_bytes(),
            },
            MediaKind::Binary => Self {
                media_type,
                bytes: b"content".to_vec(),
            },
        }
    }

    /// Other content of the same media type.
    pub fn with(&self, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            ..self.clone()
        }
    }
}
