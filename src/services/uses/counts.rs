//! What was used of what is deprecated, on its way to the database.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::db::types::Time;
use crate::ids::PartnerId;
use crate::repository::uses::Part;

/// Things that are counted apart at most, until they are written.
const MOST: usize = 10_000;

/// Counts that are not in the database yet. They stay until they are, whatever becomes of the attempt:
/// only what comes when there are [`MOST`] already is dropped, and counted as such.
#[derive(Debug, Default)]
pub struct Counts {
    waiting: Mutex<Waiting>,
    /// Held by who writes, so that nothing is written twice.
    pub(super) writing: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    counts: HashMap<Key, i64>,
    dropped: u64,
}

/// What is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The beginning of the day, in UTC.
    pub day: Time,
    /// Who used it.
    pub partner: PartnerId,
    /// The `operationId`.
    pub operation: &'static str,
    /// In which part of the call.
    pub part: Part,
    /// See [`crate::repository::uses::Use::place`].
    pub place: &'static str,
    /// See [`crate::repository::uses::Use::value`].
    pub value: &'static str,
}

impl Counts {
    /// Counts a call.
    pub fn add(&self, key: Key) {
        let mut waiting = self.waiting();
        let has_room = waiting.counts.len() < MOST;
        match waiting.counts.get_mut(&key) {
            Some(count) => *count = count.saturating_add(1),
            None if has_room => _ = waiting.counts.insert(key, 1),
            None => waiting.dropped += 1,
        }
    }

    /// Calls that are counted and not written yet.
    pub fn calls(&self) -> i64 {
        self.waiting().counts.values().sum()
    }

    /// Calls for which there was no room since the start.
    pub fn dropped(&self) -> u64 {
        self.waiting().dropped
    }

    /// What waits, in one order everywhere: processes that write at once do not wait for each other in
    /// a circle.
    pub(super) fn all(&self) -> Vec<(Key, i64)> {
        let waiting = self.waiting();
        let mut all: Vec<_> = waiting.counts.iter().map(|(key, it)| (*key, *it)).collect();
        drop(waiting);
        all.sort_unstable_by_key(|(key, _)| {
            let place = (key.operation, key.part.as_str(), key.place, key.value);
            (key.partner, key.day, place)
        });
        all
    }

    /// Takes out what was written.
    pub(super) fn subtract(&self, written: &[(Key, i64)]) {
        let mut waiting = self.waiting();
        for (key, count) in written {
            if let Some(left) = waiting.counts.get_mut(key) {
                *left -= count;
                if *left <= 0 {
                    waiting.counts.remove(key);
                }
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn key(operation: &'static str, second: i64) -> Key {
        Key {
            day: DateTime::from_timestamp(second, 0).unwrap().into(),
            partner: PartnerId::new(DateTime::UNIX_EPOCH),
            operation,
            part: Part::Operation,
            place: "",
            value: "",
        }
    }

    #[test]
    fn what_comes_while_others_are_written_stays() {
        let counts = Counts::default();
        let old = key("old", 0);
        counts.add(old);
        let written = counts.all();
        counts.add(old);

        counts.subtract(&written);

        assert_eq!(counts.all(), [(old, 1)]);
        counts.subtract(&[(old, 1)]);
        assert!(counts.all().is_empty());
    }

    #[test]
    fn what_has_no_room_is_dropped_and_counted() {
        let counts = Counts::default();
        let keys: Vec<Key> = (0..10_002).map(|second| key("old", second)).collect();

        for key in keys.iter().chain(&keys[..1]) {
            counts.add(*key);
        }

        assert_eq!((counts.all().len(), counts.dropped()), (10_000, 2));
        assert_eq!(counts.calls(), 10_001);
    }
}
