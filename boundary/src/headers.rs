//! What browsers are told about every answer, and which of them may call at all (CORS).

use std::time::Duration;

use http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, ETAG, IF_MATCH,
    IF_NONE_MATCH, LINK, LOCATION, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

use crate::trace::X_REQUEST_ID;

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const CONCORDAT_CONTRACT: HeaderName = HeaderName::from_static("concordat-contract");
const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

/// Whether a request brings credentials, so that its answer must not be kept by anyone.
pub(crate) fn has_credentials(headers: &HeaderMap) -> bool {
    [AUTHORIZATION, COOKIE, X_API_KEY]
        .iter()
        .any(|name| headers.contains_key(name))
}

/// Says by which contract a request was answered.
pub(crate) fn stamp(headers: &mut HeaderMap, contract: HeaderValue) {
    headers.insert(CONCORDAT_CONTRACT, contract);
}

/// Adds the security headers. What an answer already says stays, as the content policy of the
/// documentation's pages.
pub(crate) fn secure(headers: &mut HeaderMap, credentials: bool) {
    let mut default = |name, value| {
        headers.entry(name).or_insert(value);
    };
    default(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    default(CONTENT_SECURITY_POLICY, POLICY);
    default(REFERRER_POLICY, NO_REFERRER);
    if credentials {
        default(CACHE_CONTROL, NO_STORE);
    }
}

/// Lets pages of these origins call the API, without cookies; `None` if there are none.
pub(crate) fn cors(origins: &[HeaderValue]) -> Option<CorsLayer> {
    let layer = CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods([
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            IF_MATCH,
            IF_NONE_MATCH,
            IDEMPOTENCY_KEY,
            X_API_KEY,
            X_REQUEST_ID,
            HeaderName::from_static("traceparent"),
        ])
        .expose_headers([
            ETAG,
            LINK,
            LOCATION,
            RETRY_AFTER,
            IDEMPOTENCY_REPLAYED,
            X_REQUEST_ID,
            CONCORDAT_CONTRACT,
            HeaderName::from_static("deprecation"),
            HeaderName::from_static("sunset"),
            HeaderName::from_static("ratelimit"),
            HeaderName::from_static("ratelimit-policy"),
        ])
        .max_age(Duration::from_secs(600));
    (!origins.is_empty()).then_some(layer)
}
