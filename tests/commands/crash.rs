//! A process that is killed in mid-work loses nothing that it acknowledged and does nothing twice.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

use crate::places::Place;
use crate::support::{Serving, done, send};

/// Clients that order at once.
const CLIENTS: usize = 8;
/// Acknowledged orders before the kill.
const ORDERS: usize = 60;
/// Pieces of the one product.
const STOCK: usize = 10_000;

const SETTINGS: &[(&str, &str)] = &[("RATE_LIMIT", "off")];

/// An order that a client tried to place, and the id it was told.
struct Attempt {
    key: String,
    order: Option<String>,
}

#[tokio::test]
async fn a_kill_during_orders_loses_and_doubles_nothing() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let (secret, product) = shop(&url);

        let attempts = order_until_killed(&url, &secret, &product);
        let serving = Serving::start(&url, &[], SETTINGS);
        for attempt in &attempts {
            let (status, order) = try_order(serving.address, &secret, &product, &attempt.key)
                .expect("the new process answers");
            assert_eq!(status, 201, "{order}");
            if let Some(told) = &attempt.order {
                assert_eq!(order["id"], told.as_str(), "an acknowledged order was lost");
            }
        }

        let (_, left) = serving.get(&format!("/v1/products/{product}"), &secret);
        assert_eq!(order_ids(&serving, &secret).len(), attempts.len());
        assert_eq!(left["stock"], STOCK - attempts.len());
    }
}

/// A partner's key and its one product.
fn shop(url: &str) -> (String, String) {
    let stock = STOCK.to_string();
    let seeded = done(
        url,
        &["seed", "--products", "1", "--stock", &stock, "--json"],
    );
    let seeded: Value = serde_json::from_str(&seeded).unwrap();
    let secret = seeded[0]["keys"]["admin"].as_str().unwrap().to_owned();
    let serving = Serving::start(url, &[], SETTINGS);
    let (_, page) = serving.get("/v1/products", &secret);
    (secret, page["items"][0]["id"].as_str().unwrap().to_owned())
}

fn order_until_killed(url: &str, secret: &str, product: &str) -> Vec<Attempt> {
    let serving = Serving::start(url, &[], SETTINGS);
    let target = serving.address;
    let acknowledged = AtomicUsize::new(0);
    let attempts = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (acknowledged, attempts) = (&acknowledged, &attempts);
            scope.spawn(move || {
                for number in 0.. {
                    let key = format!("{client}-{number}");
                    let answer = try_order(target, secret, product, &key);
                    let order = answer.as_ref().map(|(status, order)| {
                        assert_eq!(*status, 201, "{order}");
                        order["id"].as_str().unwrap().to_owned()
                    });
                    attempts.lock().unwrap().push(Attempt { key, order });
                    if answer.is_none() {
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

fn try_order(target: SocketAddr, secret: &str, product: &str, key: &str) -> Option<(u16, Value)> {
    let body = json!({ "lines": [{ "product_id": product, "quantity": 1 }] }).to_string();
    let fields = [
        &*format!("Authorization: Bearer {secret}"),
        "Content-Type: application/json",
        &*format!("Idempotency-Key: {key}"),
    ];
    send(target, "POST", "/v1/orders", &fields, &body)
}

fn order_ids(serving: &Serving, secret: &str) -> HashSet<String> {
    let mut ids = HashSet::new();
    let mut query = "?limit=100".to_owned();
    loop {
        let (_, page) = serving.get(&format!("/v1/orders{query}"), secret);
        let items = page["items"].as_array().unwrap();
        ids.extend(
            items
                .iter()
                .map(|order| order["id"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=100&cursor={cursor}"),
            None => return ids,
        }
    }
}
