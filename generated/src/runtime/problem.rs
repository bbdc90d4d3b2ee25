//! Error answers: the problem (RFC 9457) and the types of problem that exist.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};

/// A kind of problem: what is wrong, in general. Declared by the contract's `x-problem-types`,
/// or one of the boundary's own (`boundary`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProblemType {
    /// Stable machine-readable name, the last segment of the problem's `type`.
    pub slug: &'static str,
    /// HTTP status that carries it.
    pub status: u16,
    /// Short sentence for people, the same for every occurrence.
    pub title: &'static str,
}

/// The problem types that the boundary itself answers with.
pub mod boundary {
    use super::ProblemType;

    macro_rules! types {
        ($($name:ident = $slug:literal, $status:literal, $title:literal;)*) => {
            $(#[doc = $title] pub const $name: ProblemType = ProblemType { slug: $slug, status: $status, title: $title };)*
            /// Every type in this module.
            pub const ALL: &[ProblemType] = &[$($name),*];
        };
    }

    types! {
        BAD_REQUEST = "bad-request", 400, "The request is malformed";
        MALFORMED_BODY = "malformed-body", 400, "The body cannot be read";
        MISSING_IDEMPOTENCY_KEY = "missing-idempotency-key", 400, "Idempotency-Key is required";
        UNAUTHORIZED = "unauthorized", 401, "Valid credentials are required";
        FORBIDDEN = "forbidden", 403, "The credentials do not allow this";
        NOT_FOUND = "not-found", 404, "There is no such resource";
        METHOD_NOT_ALLOWED = "method-not-allowed", 405, "The resource does not support this method";
        NOT_ACCEPTABLE = "not-acceptable", 406, "No acceptable representation";
        REQUEST_TIMEOUT = "request-timeout", 408, "The request did not arrive in time";
        GONE = "gone", 410, "The operation is gone";
        PRECONDITION_FAILED = "precondition-failed", 412, "The resource is not as expected";
        BODY_TOO_LARGE = "body-too-large", 413, "The body is too large";
        URI_TOO_LONG = "uri-too-long", 414, "The URI is too long";
        UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type", 415, "The media type is not supported";
        VALIDATION_ERROR = "validation-error", 422, "The request breaks the contract";
        PRECONDITION_REQUIRED = "precondition-required", 428, "If-Match is required";
        RATE_LIMITED = "rate-limited", 429, "Too many requests";
        HEADERS_TOO_LARGE = "headers-too-large", 431, "The header fields are too large";
        INTERNAL_ERROR = "internal-error", 500, "Something failed on our side";
        CONTRACT_VIOLATION = "contract-violation", 500, "The answer broke the contract and was withheld";
        NOT_IMPLEMENTED = "not-implemented", 501, "The operation is not implemented yet";
        OVERLOADED = "overloaded", 503, "The service is overloaded";
        DEADLINE_EXCEEDED = "deadline-exceeded", 503, "The answer took too long";
    }
}

/// One place in a request that breaks the contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violation {
    /// Where: `body`, `query`, `path`, `header` or `cookie`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// Parameter name, for all but the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// JSON pointer (RFC 6901) into the body or the parameter's value; empty for the whole.
    pub pointer: String,
    /// JSON Schema keyword that failed, such as `maxLength`.
    pub keyword: Cow<'static, str>,
    /// The keyword's value in the contract, if it is short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Value>,
    /// What is wrong and what is allowed, for people. Never repeats the received value.
    pub message: String,
}

/// An error answer, `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemType,
    /// What happened this time, for people; must hold nothing secret.
    pub detail: Option<String>,
    /// Broken places of the request, for `validation-error`.
    pub errors: Vec<Violation>,
    /// Further members of the problem object.
    pub members: Map<String, Value>,
    /// Headers sent along, such as `Allow` or `Retry-After`.
    pub headers: HeaderMap,
}

impl Problem {
    /// A problem of this kind with nothing else to say.
    pub fn new(kind: ProblemType) -> Self {
        Self {
            kind,
            detail: None,
            errors: Vec::new(),
            members: Map::new(),
            headers: HeaderMap::new(),
        }
    }

    /// Adds what happened this time.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds the broken places.
    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Violation>) -> Self {
        self.errors = errors;
        self
    }

    /// Adds a member to the problem object.
    #[must_use]
    pub fn with_member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The problem object: `type`, `title`, `status`, `code`, then what there is of `detail`,
    /// `instance` (the request's path), `trace_id`, `errors` and further members.
    pub fn to_json(&self, instance: Option<&str>, trace_id: Option<&str>) -> Value {
        let mut object = self.members.clone();
        object.insert(
            "type".into(),
            format!("/problems/{}", self.kind.slug).into(),
        );
        object.insert("title".into(), self.kind.title.into());
        object.insert("status".into(), self.kind.status.into());
        object.insert("code".into(), self.kind.slug.into());
        if let Some(detail) = &self.detail {
            object.insert("detail".into(), detail.as_str().into());
        }
        if let Some(instance) = instance {
            object.insert("instance".into(), instance.into());
        }
        if let Some(trace_id) = trace_id {
            object.insert("trace_id".into(), trace_id.into());
        }
        if !self.errors.is_empty() {
            object.insert(
                "errors".into(),
                serde_json::to_value(&self.errors).unwrap_or_default(),
            );
        }
        Value::Object(object)
    }
}

impl From<ProblemType> for Problem {
    fn from(kind: ProblemType) -> Self {
        Self::new(kind)
    }
}
