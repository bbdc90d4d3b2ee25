//! How many of something may be held at once, in all and by one holder.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts what is held, by holder: connections by client address, requests by partner. Clones
/// share one count.
pub struct Slots<K>(Arc<Counted<K>>);

struct Counted<K> {
    most: usize,
    most_each: usize,
    held: Mutex<Held<K>>,
}

struct Held<K> {
    all: usize,
    by_holder: HashMap<K, usize>,
}

/// The right to one of what is counted, given back when dropped.
pub struct Slot<K: Eq + Hash> {
    slots: Slots<K>,
    holder: K,
}

impl<K: Eq + Hash> Slots<K> {
    /// At most `most` in all and `most_each` for one holder; 0 means no limit.
    pub fn new(most: usize, most_each: usize) -> Self {
        let or_any = |most| if most == 0 { usize::MAX } else { most };
        let held = Mutex::new(Held {
            all: 0,
            by_holder: HashMap::new(),
        });
        Self(Arc::new(Counted {
            most: or_any(most),
            most_each: or_any(most_each),
            held,
        }))
    }

    /// A slot for this holder; `None` if all are taken, or all of this holder's.
    pub fn take(&self, holder: K) -> Option<Slot<K>>
    where
        K: Clone,
    {
        let mut held = self.held();
        let own = held.by_holder.get(&holder).copied().unwrap_or(0);
        if held.all >= self.0.most || own >= self.0.most_each {
            return None;
        }
        held.by_holder.insert(holder.clone(), own + 1);
        held.all += 1;
        Some(Slot {
            slots: self.clone(),
            holder,
        })
    }

    fn held(&self) -> MutexGuard<'_, Held<K>> {
        self.0.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> Clone for Slots<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Eq + Hash> Drop for Slot<K> {
    fn drop(&mut self) {
        let mut held = self.slots.held();
        held.all = held.all.saturating_sub(1);
        if let Some(own) = held.by_holder.get_mut(&self.holder) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                held.by_holder.remove(&self.holder);
            }
        }
    }
}

/// What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, since
/// one household commonly holds all of that.
pub(crate) fn household(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_that_is_dropped_is_free_again() {
        let slots = Slots::new(3, 2);

        let first = slots.take(1);
        let second = slots.take(1);
        assert!(slots.take(1).is_none(), "two for one holder");
        let third = slots.take(2);
        assert!(slots.take(3).is_none(), "three in all");
        drop((first, second));

        assert!(slots.take(1).is_some() && third.is_some());
        drop(third);
        assert!(slots.held().by_holder.is_empty());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_client() {
        let [one, two, other] = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]
            .map(|ip| household(ip.parse().unwrap()));

        assert!(one == two && one != other);
        assert_eq!(
            household("::ffff:192.0.2.1".parse().unwrap()).to_string(),
            "192.0.2.1"
        );
    }
}
