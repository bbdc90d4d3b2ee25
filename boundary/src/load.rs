//! How many requests are worked on at once; the rest wait a moment, then are turned away.

use std::time::Duration;

use crate::rfc9457::Problem;
use crate::rfc9457::boundary::OVERLOADED;
use http::HeaderValue;
use http::header::RETRY_AFTER;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// The places for requests. A fifth of them is kept for the paths that matter most; health
/// needs none, so that it answers under any load.
pub(crate) struct Load {
    all: Semaphore,
    common: Semaphore,
    kept: Vec<String>,
    free: Vec<String>,
    wait: Duration,
}

/// The right to be worked on, given back when dropped.
#[derive(Debug, Default)]
pub(crate) struct Permit<'l> {
    _places: [Option<SemaphorePermit<'l>>; 2],
}

impl Load {
    /// `most` requests at once; `kept` are the prefixes of paths that may take the last fifth, and
    /// `free` the paths that need no place, with what is below them.
    pub(crate) fn new(most: usize, kept: Vec<String>, free: Vec<String>, wait: Duration) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self {
            all: Semaphore::new(most),
            common: Semaphore::new(most - most / 5),
            kept,
            free,
            wait,
        }
    }

    /// Waits for a place, at most `QUEUE_WAIT`. Fails with 503 `overloaded`.
    pub(crate) async fn enter(&self, path: &str) -> Result<Permit<'_>, Problem> {
        if self.is_free(path) {
            return Ok(Permit::default());
        }
        if let Some(permit) = self.at_once(path) {
            return Ok(permit);
        }
        timeout(self.wait, self.in_turn(path))
            .await
            .ok()
            .flatten()
            .ok_or_else(overloaded)
    }

    fn at_once(&self, path: &str) -> Option<Permit<'_>> {
        let common = if self.is_kept(path) {
            None
        } else {
            Some(self.common.try_acquire().ok()?)
        };
        Some(Permit {
            _places: [common, Some(self.all.try_acquire().ok()?)],
        })
    }

    async fn in_turn(&self, path: &str) -> Option<Permit<'_>> {
        let common = if self.is_kept(path) {
            None
        } else {
            Some(self.common.acquire().await.ok()?)
        };
        Some(Permit {
            _places: [common, Some(self.all.acquire().await.ok()?)],
        })
    }

    fn is_free(&self, path: &str) -> bool {
        self.free.iter().any(|free| {
            let below = path.strip_prefix(free.as_str());
            below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn is_kept(&self, path: &str) -> bool {
        self.kept.iter().any(|prefix| path.starts_with(prefix))
    }
}

fn overloaded() -> Problem {
    Problem::new(OVERLOADED)
        .with_detail("too many requests are being worked on; try again shortly")
        .with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_fifth_is_kept() {
        let load = Load::new(
            5,
            vec!["/v1/orders".into()],
            vec!["/health".into()],
            Duration::ZERO,
        );
        let mut permits = Vec::new();
        for _ in 0..4 {
            permits.push(load.enter("/v1/users").await.unwrap());
        }

        let refused = load.enter("/v1/users").await.unwrap_err();
        let order = load.enter("/v1/orders").await;

        assert_eq!(refused.kind, OVERLOADED);
        assert!(order.is_ok());
        assert!(load.enter("/v1/orders").await.is_err());
        assert!(load.enter("/health/live").await.is_ok());
    }
}
