//! A clock that tests hold in their hands.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use concordat::app::Clock;

/// When every test begins: 2026-03-14T09:26:53.589793Z, in microseconds.
const BEGINNING: i64 = 1_773_480_413_589_793;

/// Goes on by some microseconds with each look at it, so that what is made later has a later time;
/// held, it stands still. Clones show the same time.
#[derive(Clone)]
pub struct TestClock(Arc<Hands>);

struct Hands {
    micros: AtomicI64,
    step: AtomicI64,
    looks_left: AtomicI64,
}

impl Default for TestClock {
    fn default() -> Self {
        Self(Arc::new(Hands {
            micros: AtomicI64::new(BEGINNING),
            step: AtomicI64::new(1_500),
            looks_left: AtomicI64::new(i64::MAX),
        }))
    }
}

impl TestClock {
    /// Lets it stand still.
    pub fn hold(&self) {
        self.0.step.store(0, Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        let by = by.num_microseconds().unwrap();
        self.0.micros.fetch_add(by, Ordering::SeqCst);
    }

    /// Lets it panic after so many more looks at it, once.
    pub fn break_after(&self, looks: i64) {
        self.0.looks_left.store(looks, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let looks_left = self.0.looks_left.fetch_sub(1, Ordering::SeqCst);
        assert_ne!(looks_left, 0, "the clock is broken: told in the log only");
        let step = self.0.step.load(Ordering::SeqCst);
        let micros = self.0.micros.fetch_add(step, Ordering::SeqCst);
        DateTime::from_timestamp_micros(micros).unwrap()
    }
}
