//! A process that is killed in mid-work loses nothing that it acknowledged and does nothing twice.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::Serving;

/// Clients that order at once.
const CLIENTS: usize = 8;
/// Acknowledged orders before the kill.
const ORDERS: usize = 60;
/// Pieces of the one product.
const STOCK: usize = 10_000;

/// An order that a client tried to place, and the id it was told.
struct Attempt {
    key: String,
    order: Option<String>,
}

#[tokio::test]
async fn a_kill_during_orders_loses_and_doubles_nothing() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), STOCK);

        let attempts = order_until_killed(&shop);
        let serving = Serving::start(&shop.url, &[], UNLIMITED);
        for attempt in &attempts {
            let again = shop.order_patiently(serving.address, &attempt.key, 1);
            assert_eq!(again.status, 201, "{again:?}");
            if let Some(told) = &attempt.order {
                assert_eq!(
                    again.body["id"],
                    told.as_str(),
                    "an acknowledged order was lost"
                );
            }
        }

        assert_eq!(shop.assert_balanced(&serving), attempts.len());
    }
}

fn order_until_killed(shop: &Shop) -> Vec<Attempt> {
    let serving = Serving::start(&shop.url, &[], UNLIMITED);
    let target = serving.address;
    let acknowledged = AtomicUsize::new(0);
    let attempts = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (acknowledged, attempts) = (&acknowledged, &attempts);
            scope.spawn(move || {
                for number in 0.. {
                    let key = format!("{client}-{number}");
                    let reply = shop.order(target, &key, 1);
                    let order = reply.as_ref().map(|reply| {
                        assert_eq!(reply.status, 201, "{reply:?}");
                        reply.body["id"].as_str().unwrap().to_owned()
                    });
                    attempts.lock().unwrap().push(Attempt { key, order });
                    if reply.is_none() {
                        return;
                    }
                    acknowledged.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while acknowledged.load(Ordering::Relaxed) < ORDERS {
            thread::yield_now();
        }
        // SIGKILL: nothing is flushed, closed or told.
        drop(serving);
    });
    attempts.into_inner().unwrap()
}
