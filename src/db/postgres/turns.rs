//! Whose turn it is: no partner holds the last connections, however slow its statements are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ids::PartnerId;

/// Counts the connections of the pool that each partner uses. Clones share one count.
#[derive(Clone)]
pub(super) struct Turns(Arc<Counted>);

struct Counted {
    /// How many one partner may use.
    most: usize,
    partners: Mutex<HashMap<PartnerId, Queue>>,
}

struct Queue {
    free: Arc<Semaphore>,
    /// Those who have a turn or wait for one.
    callers: usize,
}

/// The right to use a connection, given back when dropped.
pub struct Turn {
    /// The semaphore is never closed, which alone would leave it out.
    _permit: Option<OwnedSemaphorePermit>,
    _caller: Caller,
}

/// Somebody of the partner, who is counted until this is dropped.
struct Caller {
    turns: Turns,
    partner: PartnerId,
}

impl Turns {
    /// Of so many connections, a fifth is left to others.
    pub(super) fn new(connections: u32) -> Self {
        let connections = usize::try_from(connections).unwrap_or(usize::MAX);
        Self(Arc::new(Counted {
            most: (connections - connections / 5).max(1),
            partners: Mutex::default(),
        }))
    }

    /// Waits for a turn. Those of one partner get theirs in the order in which they came.
    pub(super) async fn take(&self, partner: PartnerId) -> Turn {
        let free = {
            let mut partners = self.partners();
            let queue = partners.entry(partner).or_insert_with(|| Queue {
                free: Arc::new(Semaphore::new(self.0.most)),
                callers: 0,
            });
            queue.callers += 1;
            Arc::clone(&queue.free)
        };
        let caller = Caller {
            turns: self.clone(),
            partner,
        };
        Turn {
            _permit: free.acquire_owned().await.ok(),
            _caller: caller,
        }
    }

    fn partners(&self) -> MutexGuard<'_, HashMap<PartnerId, Queue>> {
        self.0
            .partners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        let mut partners = self.turns.partners();
        if let Some(queue) = partners.get_mut(&self.partner) {
            queue.callers = queue.callers.saturating_sub(1);
            if queue.callers == 0 {
                partners.remove(&self.partner);
            }
        }
    }
}
