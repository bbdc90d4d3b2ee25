//! Whose turn it is: no partner holds the last connections, however slow its statements are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ids::PartnerId;

/// The right to use a connection, given back when dropped.
pub(super) type Turn = OwnedSemaphorePermit;

/// How many connections of the pool each partner may use at once.
pub(super) struct Turns {
    most: usize,
    /// Those of a partner live as long as somebody has a turn or waits for one.
    partners: Mutex<HashMap<PartnerId, Weak<Semaphore>>>,
}

impl Turns {
    /// Of so many connections, a fifth, rounded down, is left to others.
    pub(super) fn new(connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(usize::MAX);
        Self {
            most: (connections - connections / 5).max(1),
            partners: Mutex::default(),
        }
    }

    /// Waits for a turn. Those of one partner get theirs in the order in which they came.
    pub(super) async fn take(&self, partner: PartnerId) -> Option<Turn> {
        // Never closed, which alone would leave the turn out.
        self.of(partner).acquire_owned().await.ok()
    }

    fn of(&self, partner: PartnerId) -> Arc<Semaphore> {
        let mut partners = self.partners.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turns) = partners.get(&partner).and_then(Weak::upgrade) {
            return turns;
        }
        partners.retain(|_, turns| turns.strong_count() > 0);
        let turns = Arc::new(Semaphore::new(self.most));
        partners.insert(partner, Arc::downgrade(&turns));
        turns
    }
}
