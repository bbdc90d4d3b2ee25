//! How many connections may be open, in all and for one client address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counts open connections.
pub(super) struct Slots {
    most: usize,
    most_per_ip: Option<usize>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    all: usize,
    by_ip: HashMap<IpAddr, usize>,
}

/// The right to one open connection, given back when dropped.
pub(super) struct Slot {
    slots: Arc<Slots>,
    client: IpAddr,
}

impl Slots {
    /// `most_per_ip` of 0 means no limit for one address.
    pub(super) fn new(most: usize, most_per_ip: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            most_per_ip: (most_per_ip > 0).then_some(most_per_ip),
            open: Mutex::default(),
        })
    }

    /// A slot for this client; `None` if all are taken, or all of this client's.
    pub(super) fn take(self: &Arc<Self>, client: IpAddr) -> Option<Slot> {
        let client = household(client);
        let mut open = self.open();
        if open.all >= self.most {
            return None;
        }
        let held = open.by_ip.entry(client).or_default();
        if self.most_per_ip.is_some_and(|most| *held >= most) {
            return None;
        }
        *held += 1;
        open.all += 1;
        Some(Slot {
            slots: Arc::clone(self),
            client,
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut open = self.slots.open();
        open.all = open.all.saturating_sub(1);
        if let Some(held) = open.by_ip.get_mut(&self.client) {
            *held = held.saturating_sub(1);
            if *held == 0 {
                open.by_ip.remove(&self.client);
            }
        }
    }
}

/// What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, since
/// one household commonly holds all of that.
fn household(client: IpAddr) -> IpAddr {
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
        let [one, two, three] =
            ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map(|ip| ip.parse().unwrap());

        let first = slots.take(one);
        let second = slots.take(one);
        assert!(slots.take(one).is_none(), "two for one address");
        let third = slots.take(two);
        assert!(slots.take(three).is_none(), "three in all");
        drop((first, second));

        assert!(slots.take(one).is_some() && third.is_some());
        drop(third);
        assert!(slots.open().by_ip.is_empty());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_client() {
        let slots = Slots::new(9, 1);

        let first = slots.take("2001:db8::1".parse().unwrap());

        assert!(first.is_some() && slots.take("2001:db8::2".parse().unwrap()).is_none());
    }
}
