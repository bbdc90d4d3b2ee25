//! What a handler knows about the call, besides the request itself.

use std::fmt;
use std::sync::Arc;

use super::conditional::Preconditions;
use super::operation::Operation;

/// A call.
#[derive(Debug, Clone)]
pub struct Context<P> {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// Who is calling.
    pub principal: P,
    /// Finds the call in the logs.
    pub trace_id: TraceId,
    /// How the call may be repeated; there if the operation takes an `Idempotency-Key` and one came.
    pub idempotency: Option<Idempotency>,
    /// What must be true of the resource for the call to be done.
    pub preconditions: Preconditions,
    /// The media type that the client likes best of those that the operation can answer with.
    pub media_type: Option<&'static str>,
}

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

/// A key under which a client may repeat a call, and what was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    /// The `Idempotency-Key` header.
    pub key: String,
    /// SHA-256 of the path's parameters and the canonical body: equal only for the same call.
    pub fingerprint: [u8; 32],
}

/// Which operation answered, and whom: an extension of every answer, for the access log.
#[derive(Debug, Clone)]
pub struct Matched {
    /// The operation.
    pub operation: &'static Operation,
    /// The caller, as `Host::label` names it.
    pub caller: Option<String>,
}
