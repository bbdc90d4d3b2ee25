//! What a handler knows about the call, besides the request itself.

use super::conditional::Preconditions;
use super::operation::Operation;
use super::trace_id::TraceId;

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
