//! The end of an operation's life: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and 410 after it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use http::{HeaderName, HeaderValue};

use super::operation::Operation;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// The headers that tell clients of a deprecated operation to leave it.
pub(crate) fn headers(operation: &Operation) -> Vec<(HeaderName, HeaderValue)> {
    let since = operation.deprecated_since.and_then(day);
    let sunset = operation.sunset.and_then(day);
    let since = since.map(|day| (DEPRECATION, format!("@{}", day.timestamp())));
    let sunset = sunset.map(|day| (SUNSET, day.format("%a, %d %b %Y %H:%M:%S GMT").to_string()));
    let all = since.into_iter().chain(sunset);
    all.filter_map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?)))
        .collect()
}

/// Whether the operation's sunset has come; then it answers 410 `gone`, if the contract declares it.
pub(crate) fn is_over(operation: &Operation, now: SystemTime) -> bool {
    let Some(sunset) = operation.sunset.and_then(day) else {
        return false;
    };
    let now = now.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let is_over = u64::try_from(sunset.timestamp()).is_ok_and(|sunset| now.as_secs() >= sunset);
    is_over && operation.response(410).is_some()
}

/// The beginning of a day in UTC.
fn day(text: &str) -> Option<DateTime<Utc>> {
    let date: NaiveDate = text.parse().ok()?;
    Some(date.and_time(NaiveTime::MIN).and_utc())
}
