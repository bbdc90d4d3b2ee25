//! Who was found behind credentials, remembered for a moment.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How long an answer of the database stands. Whoever is disabled, revoked or given another role
/// is known for what they are by then; 5 s are promised.
const KEPT: TimeDelta = TimeDelta::seconds(1);

/// Callers that are remembered at most; beyond it the database is asked every time.
const MOST: usize = 10_000;

/// Callers by a digest of what they sent, so that the database is not asked with every request.
/// Only those who were found are kept: whoever guesses finds nothing out and takes no place.
pub struct Known<K, V>(Mutex<HashMap<K, Entry<V>>>);

struct Entry<V> {
    asked: DateTime<Utc>,
    value: V,
}

impl<K: Eq + Hash, V: Clone> Known<K, V> {
    /// The caller, if the database said so less than a second before `now`.
    pub fn get(&self, key: &K, now: DateTime<Utc>) -> Option<V> {
        let entries = self.entries();
        let entry = entries.get(key).filter(|entry| is_fresh(entry, now))?;
        Some(entry.value.clone())
    }

    /// Remembers what the database said; `asked` is the moment before it was asked.
    pub fn keep(&self, key: K, value: V, asked: DateTime<Utc>) {
        let mut entries = self.entries();
        if entries.len() >= MOST {
            entries.retain(|_, entry| is_fresh(entry, asked));
        }
        if entries.len() < MOST {
            entries.insert(key, Entry { asked, value });
        }
    }

    /// Forgets all of them.
    pub fn forget(&self) {
        self.entries().clear();
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<K, Entry<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// A clock that was set back makes nothing last longer.
fn is_fresh<V>(entry: &Entry<V>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..KEPT).contains(&(now - entry.asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_remembered_for_a_second() {
        let known = Known::default();
        let asked = DateTime::UNIX_EPOCH;
        known.keep("key", 7, asked);

        let after = |millis| known.get(&"key", asked + TimeDelta::milliseconds(millis));

        assert_eq!((after(0), after(999)), (Some(7), Some(7)));
        assert_eq!((after(1_000), after(-1)), (None, None));
        assert_eq!(known.get(&"other", asked), None);
    }

    #[test]
    fn no_more_are_remembered_than_there_is_room_for() {
        let known = Known::default();
        let asked = DateTime::UNIX_EPOCH;
        for key in 0..=MOST {
            known.keep(key, (), asked);
        }

        assert_eq!(known.get(&MOST, asked), None);
        known.keep(MOST, (), asked + KEPT);
        assert_eq!(known.get(&MOST, asked + KEPT), Some(()));
    }
}
