//! A text of the documentation that may change with each build, so browsers ask for it again.

use std::hash::{DefaultHasher, Hasher};

use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, StatusCode};

/// A page, script or document that is part of the binary as text.
#[derive(Clone, Copy)]
pub struct Page {
    media_type: &'static str,
    policy: Option<&'static str>,
    digest: u64,
    text: &'static str,
}

impl Page {
    /// A text to be served as `media_type`.
    pub fn new(media_type: &'static str, text: &'static str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        let digest = hasher.finish();
        Self {
            media_type,
            policy: None,
            digest,
            text,
        }
    }

    /// The same with a `Content-Security-Policy`, for a page that a browser runs.
    pub fn with_policy(self, policy: &'static str) -> Self {
        Self {
            policy: Some(policy),
            ..self
        }
    }

    /// 200 with the text, or 304 to a browser that names this text's `ETag`. The tag is a weak one,
    /// since a layer around may compress the body.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let etag = format!("W/\"{:016x}\"", self.digest);
        let unchanged = names(request, &etag);
        let validators = [(CACHE_CONTROL, "no-cache".to_owned()), (ETAG, etag)];
        if unchanged {
            return (StatusCode::NOT_MODIFIED, validators).into_response();
        }

        let policy = self
            .policy
            .map(|policy| [(CONTENT_SECURITY_POLICY, policy)]);
        let described = [
            (CONTENT_TYPE, self.media_type),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
        ];
        (validators, described, policy, self.text).into_response()
    }
}

/// Whether `If-None-Match` names the tag by weak comparison (RFC 9110 section 13.1.2).
pub fn names(request: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}
