//! The id that ties an answer, its problem and its log lines together.

use std::fmt;
use std::sync::Arc;

/// Identifies a call in logs, problems and the `X-Request-Id` header: 32 hexadecimal digits, the
/// trace id of W3C Trace Context.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TraceId(Arc<str>);

impl TraceId {
    /// The id itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A new id.
    pub fn random() -> Self {
        let mut text = uuid::Uuid::encode_buffer();
        Self(uuid::Uuid::new_v4().simple().encode_lower(&mut text)[..].into())
    }

    /// Takes an id of 32 lower-case hexadecimal digits that are not all zero.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let valid =
            text.len() == 32 && text.bytes().all(is_hex) && text.bytes().any(|byte| byte != b'0');
        valid.then(|| Self(text.into()))
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
