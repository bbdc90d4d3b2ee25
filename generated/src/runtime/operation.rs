//! What the contract says about an operation, as constants that generated code fills in.

use super::media;
pub use super::outdated::{Arm, Life, Outdated, Spot};
pub use super::shape::Shape;

/// One method on one path of the contract.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Path template as in the contract, base path included.
    pub path: &'static str,
    /// The tag whose trait has the handler.
    pub tag: &'static str,
    /// Alternatives, each a combination that must be complete. No alternative: public.
    /// An empty combination: anonymous callers are welcome too.
    pub security: &'static [&'static [Requirement]],
    /// Parameters of the operation and its path item, references resolved.
    pub parameters: &'static [Parameter],
    /// The request body; `None` if the operation takes none.
    pub body: Option<&'static RequestBody>,
    /// Every response that the contract declares.
    pub responses: &'static [Response],
    /// `x-rate-class`.
    pub rate_class: Option<&'static str>,
    /// `x-audience`.
    pub audience: Option<&'static str>,
    /// Whether the host may keep a record of its calls (`x-request-log` of the operation or its tag).
    pub log: bool,
    /// `x-idempotency`.
    pub idempotency: Policy,
    /// Whether the boundary takes `If-Match` (a header parameter with `x-boundary`).
    pub if_match: Policy,
    /// Whether the boundary takes `If-None-Match`.
    pub if_none_match: Policy,
    /// Whether clients are told to leave it.
    pub deprecated: bool,
    /// `x-deprecated-since`: the day (RFC 3339) since which they are.
    pub deprecated_since: Option<&'static str>,
    /// `x-sunset`: the day from which on it is gone: 410, if that is declared.
    pub sunset: Option<&'static str>,
    /// `x-deprecation-link`: where that is explained.
    pub deprecation_link: Option<&'static str>,
    /// What of its requests and answers is deprecated, if anything is.
    pub outdated: Option<&'static Outdated>,
    /// How a client asks for some members of the answer only (`x-sparse`).
    pub sparse: Option<Sparse>,
}

impl Operation {
    /// Whether it only reads (RFC 9110, section 9.2.1).
    pub fn is_read(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "OPTIONS" | "TRACE")
    }

    /// The declared response for a status: by its code, else by its range, else the default.
    pub fn response(&self, status: u16) -> Option<&'static Response> {
        let find = |wanted: Status| {
            self.responses
                .iter()
                .find(|response| response.status == wanted)
        };
        find(Status::Code(status))
            .or_else(|| find(Status::Range(u8::try_from(status / 100).ok()?)))
            .or_else(|| find(Status::Default))
    }

    /// Whether an answer of this status and media type may leave; `None` is an answer without
    /// content, which only a response without media types declares.
    pub fn declares(&self, status: u16, media_type: Option<&str>) -> bool {
        let Some(response) = self.response(status) else {
            return false;
        };
        match media_type {
            None => response.media.is_empty(),
            Some(media_type) => response
                .media
                .iter()
                .any(|range| media::covers(range, media_type)),
        }
    }

    /// Whether the response for a status may carry this problem type; a response that lists
    /// none (`x-problems` absent) carries any.
    pub fn declares_problem(&self, status: u16, slug: &str) -> bool {
        self.response(status).is_some_and(|response| {
            response.problems.is_empty() || response.problems.contains(&slug)
        })
    }
}

/// Whether the operation takes a header that the boundary itself understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// The header means nothing here.
    None,
    /// Honoured if sent.
    Optional,
    /// Refused without it.
    Required,
}

/// How an answer can be sparse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sparse {
    /// The query parameter that names members.
    pub parameter: &'static str,
    /// The member of the body that lists what has them; `None`: the body itself has them.
    pub list: Option<&'static str>,
}

/// A credential that a request must carry.
#[derive(Debug, Clone, Copy)]
pub struct Requirement {
    /// How it is carried.
    pub scheme: &'static Scheme,
    /// Scopes (or roles) that it must grant, all of them.
    pub scopes: &'static [&'static str],
}

/// A security scheme of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Its key under `components.securitySchemes`.
    pub name: &'static str,
    /// Where the credential travels.
    pub kind: SchemeKind,
}

/// Where a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer`, RFC 6750.
    HttpBearer,
    /// `Authorization: Basic`, RFC 7617.
    HttpBasic,
    /// Another scheme of the `Authorization` header, by its name.
    HttpOther(&'static str),
    /// A key in the header of this name.
    ApiKeyHeader(&'static str),
    /// A key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A key in the cookie of this name.
    ApiKeyCookie(&'static str),
    /// A bearer token got by OAuth 2.0.
    OAuth2,
    /// A bearer token got by OpenID Connect.
    OpenIdConnect,
    /// The certificate of the connection.
    MutualTls,
}

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a segment of the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Place {
    /// Its name in the contract: `path`, `query`, `header` or `cookie`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a value becomes text (OpenAPI 3.1, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a;name=b`
    Matrix,
    /// `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[member]=a`
    DeepObject,
}

/// A parameter of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Name as in the contract.
    pub name: &'static str,
    /// Where it travels.
    pub place: Place,
    /// How its value is written.
    pub style: Style,
    /// Whether members and items are written one by one.
    pub explode: bool,
    /// Whether it must be sent.
    pub required: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// Whether the value is JSON text (`content` with a JSON media type).
    pub json_content: bool,
    /// What the value is made of.
    pub shape: &'static Shape,
    /// The schema's default, as JSON text.
    pub default: Option<&'static str>,
}

/// The body that an operation takes.
#[derive(Debug, Clone, Copy)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// Its representations, in the contract's order.
    pub media: &'static [Media],
}

/// One representation of a body.
#[derive(Debug, Clone, Copy)]
pub struct Media {
    /// Media type or range as declared: `application/json`, `image/*`, `*/*`.
    pub range: &'static str,
    /// How it is read.
    pub kind: MediaKind,
    /// What its value is made of.
    pub shape: &'static Shape,
    /// How the members of a form are written; those not listed are written the default way.
    pub parts: &'static [Part],
    /// Bytes that it may have, where its content is bytes and the contract says (`maxLength`).
    pub max_bytes: Option<u64>,
    /// Names of its members that are `writeOnly`, wherever they are: not to be kept or shown.
    pub secrets: &'static [&'static str],
}

/// How a representation is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// `application/json`, `+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text, taken as one string.
    Text,
    /// Bytes, taken as they are.
    Binary,
}

/// One member of a form (OpenAPI's Encoding Object).
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Name of the member.
    pub name: &'static str,
    /// Media types or ranges that its content may have; none: any.
    pub content_types: &'static [&'static str],
    /// How its value is written.
    pub style: Style,
    /// Whether members and items are written one by one.
    pub explode: bool,
    /// Headers that a part of this name must have.
    pub headers: &'static [&'static str],
    /// Whether its content is a file, that is, bytes.
    pub is_file: bool,
    /// Bytes that a file may have, where the contract says (`maxLength`).
    pub max_bytes: Option<u64>,
}

/// A response that the contract declares.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// Which statuses it stands for.
    pub status: Status,
    /// Media types that it may have; none: no content.
    pub media: &'static [&'static str],
    /// Slugs of the problem types that it may carry (`x-problems`).
    pub problems: &'static [&'static str],
}

impl Response {
    /// Whether it says that the request was done.
    pub fn is_success(&self) -> bool {
        matches!(self.status, Status::Code(100..400) | Status::Range(1..4))
    }
}

/// The statuses that a response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred of them: `Range(4)` is `4XX`.
    Range(u8),
    /// Whatever no other response stands for.
    Default,
}
