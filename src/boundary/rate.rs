//! How many requests one caller may send in a time: token buckets and their headers.

use std::collections::HashMap;
use std::fmt::Write;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use contract::Problem;
use contract::runtime::problem::boundary::RATE_LIMITED;
use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;

use crate::config::Switch;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Callers that are remembered at most. Those beyond it share one bucket, so that a flood of
/// new callers takes no more memory and gets no more requests.
const MAX_KEYS: usize = 100_000;

/// A limit that every caller has: a bucket of `quota` tokens, filled again within `window`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Name in the headers.
    pub name: &'static str,
    /// Requests in one window; at least 1.
    pub quota: u32,
    /// Time in which an empty bucket fills.
    pub window: Duration,
}

/// The limits of one partner.
pub const PER_PARTNER: [Policy; 2] = [
    Policy {
        name: "burst",
        quota: 100,
        window: Duration::from_secs(10),
    },
    Policy {
        name: "minute",
        quota: 600,
        window: Duration::from_secs(60),
    },
];

/// Counts the requests of callers, told apart by `K`, under several policies at once.
pub struct RateLimiter<K, const N: usize> {
    policies: [Policy; N],
    announced: Option<HeaderValue>,
    switch: Switch,
    /// For each caller and policy, when its bucket is full again (the generic cell rate
    /// algorithm's theoretical arrival time). `None` stands for all beyond `MAX_KEYS`.
    full_at: Mutex<HashMap<Option<K>, [Instant; N]>>,
}

impl<K: Eq + Hash + Clone, const N: usize> RateLimiter<K, N> {
    /// Limits by these policies; switched off, it admits everyone and adds no header.
    pub fn new(policies: [Policy; N], switch: Switch) -> Self {
        let announced = policies
            .iter()
            .map(|p| format!("\"{}\";q={};w={}", p.name, p.quota, p.window.as_secs()));
        let announced = announced.collect::<Vec<_>>().join(", ");
        Self {
            policies,
            announced: HeaderValue::try_from(announced).ok(),
            switch,
            full_at: Mutex::default(),
        }
    }

    /// Takes a token of this caller from every bucket, or from none. The headers `RateLimit`
    /// and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) belong into the answer;
    /// 429 `rate-limited` already has them, and `Retry-After`.
    pub fn admit(&self, caller: &K) -> Result<HeaderMap, Problem> {
        if self.switch == Switch::Off {
            return Ok(HeaderMap::new());
        }
        let now = Instant::now();
        let (full_at, wait) = self.take(caller, now);
        let mut headers = HeaderMap::new();
        headers.extend(
            self.announced
                .clone()
                .map(|policy| (RATE_LIMIT_POLICY, policy)),
        );
        headers.extend(self.left(full_at, now).map(|left| (RATE_LIMIT, left)));
        if wait.is_zero() {
            return Ok(headers);
        }
        headers.insert(RETRY_AFTER, seconds(wait).into());
        let mut problem =
            Problem::new(RATE_LIMITED).with_detail(format!("try again in {} s", seconds(wait)));
        problem.headers = headers;
        Err(problem)
    }

    /// The buckets after this request, and how long it is too early, if it is.
    fn take(&self, caller: &K, now: Instant) -> ([Instant; N], Duration) {
        let mut callers = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let mut key = Some(caller.clone());
        if callers.len() >= MAX_KEYS && !callers.contains_key(&key) {
            // A full bucket says nothing that a new one would not.
            callers.retain(|_, full_at| full_at.iter().any(|at| *at > now));
            if callers.len() >= MAX_KEYS {
                key = None;
            }
        }
        let before = callers.entry(key).or_insert([now; N]);
        let mut after = *before;
        let mut wait = Duration::ZERO;
        for (at, policy) in after.iter_mut().zip(&self.policies) {
            let full_at = (*at).max(now);
            *at = full_at + policy.window / policy.quota.max(1);
            wait = wait.max(at.saturating_duration_since(now + policy.window));
        }
        if wait.is_zero() {
            *before = after;
        }
        (*before, wait)
    }

    /// What each bucket still holds, and in how many seconds it is full again.
    fn left(&self, full_at: [Instant; N], now: Instant) -> Option<HeaderValue> {
        let mut text = String::new();
        for (at, policy) in full_at.iter().zip(&self.policies) {
            let used = at.saturating_duration_since(now);
            let token = (policy.window / policy.quota.max(1)).as_nanos().max(1);
            let left = policy.window.saturating_sub(used).as_nanos() / token;
            let comma = if text.is_empty() { "" } else { ", " };
            write!(
                text,
                "{comma}\"{}\";r={left};t={}",
                policy.name,
                seconds(used)
            )
            .ok()?;
        }
        HeaderValue::try_from(text).ok()
    }
}

/// Whole seconds, rounded up.
fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
        headers.get(name).unwrap().to_str().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_is_refused_until_a_token_is_back() {
        let limiter = RateLimiter::new(PER_PARTNER, Switch::On);
        let first = limiter.admit(&1).unwrap();
        for _ in 1..100 {
            limiter.admit(&1).unwrap();
        }

        let refused = limiter.admit(&1).unwrap_err();

        assert_eq!(
            text(&first, "ratelimit-policy"),
            "\"burst\";q=100;w=10, \"minute\";q=600;w=60"
        );
        assert_eq!(
            text(&first, "ratelimit"),
            "\"burst\";r=99;t=1, \"minute\";r=599;t=1"
        );
        assert_eq!(text(&refused.headers, "retry-after"), "1");
        assert_eq!(
            text(&refused.headers, "ratelimit"),
            "\"burst\";r=0;t=10, \"minute\";r=500;t=10"
        );
        assert!(
            limiter.admit(&2).is_ok(),
            "another caller has its own bucket"
        );
        advance(Duration::from_millis(100)).await;
        assert!(limiter.admit(&1).is_ok() && limiter.admit(&1).is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_steady_minute_is_bounded() {
        let limiter = RateLimiter::new(PER_PARTNER, Switch::On);
        let mut admitted = 0;
        for _ in 0..600 {
            admitted += (0..20).filter(|_| limiter.admit(&1).is_ok()).count();
            advance(Duration::from_millis(100)).await;
        }

        assert!((600..=1_200).contains(&admitted), "{admitted}");
    }

    #[test]
    fn switched_off_it_admits_everyone() {
        let limiter = RateLimiter::new(PER_PARTNER, Switch::Off);

        assert!((0..1_000).all(|_| limiter.admit(&1).is_ok_and(|headers| headers.is_empty())));
    }
}
