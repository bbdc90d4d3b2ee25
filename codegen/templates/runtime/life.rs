//! The end of an operation's life, or a part's: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and
//! 410 after it.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use http::header::LINK;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::operation::{Life, Operation};

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// The headers that tell a client what to leave, of an operation and of what of it was used: of all
/// days the first, and each address once.
pub(crate) fn headers(operation: &Operation, used: &[Life]) -> Vec<(HeaderName, HeaderValue)> {
    let own = operation.deprecated.then_some(Life {
        since: operation.deprecated_since,
        sunset: operation.sunset,
        link: operation.deprecation_link,
    });
    let all = || own.iter().chain(used);
    let first = |days: &mut dyn Iterator<Item = &'static str>| days.filter_map(day).min();
    let since = first(&mut all().filter_map(|life| life.since));
    let sunset = first(&mut all().filter_map(|life| life.sunset));
    let mut lines = Vec::new();
    lines.extend(since.map(|day| (DEPRECATION, format!("@{}", day.timestamp()))));
    lines.extend(sunset.map(|day| (SUNSET, day.format("%a, %d %b %Y %H:%M:%S GMT").to_string())));
    let links: BTreeSet<&str> = all().filter_map(|life| life.link).collect();
    let links = links.into_iter();
    lines.extend(links.map(|link| (LINK, format!("<{link}>; rel=\"deprecation\""))));
    let valid = lines.into_iter();
    valid
        .filter_map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?)))
        .collect()
}

/// Adds them to an answer, whose own `Link` says something else.
pub(crate) fn tell(answer: &mut HeaderMap, lines: Vec<(HeaderName, HeaderValue)>) {
    for (name, value) in lines {
        match name == LINK {
            true => _ = answer.append(name, value),
            false => _ = answer.insert(name, value),
        }
    }
}

/// Whether the operation's sunset has come; then it answers 410 `gone`, if the contract declares it.
/// The clock is read only where there is one.
pub(crate) fn is_over(operation: &Operation, now: impl FnOnce() -> SystemTime) -> bool {
    let Some(sunset) = operation.sunset.and_then(day) else {
        return false;
    };
    let now = now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    let is_over = u64::try_from(sunset.timestamp()).is_ok_and(|sunset| now.as_secs() >= sunset);
    is_over && operation.response(410).is_some()
}

/// The beginning of a day in UTC.
fn day(text: &str) -> Option<DateTime<Utc>> {
    let date: NaiveDate = text.parse().ok()?;
    Some(date.and_time(NaiveTime::MIN).and_utc())
}
