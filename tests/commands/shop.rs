//! A partner with one product, and clients that order it.

use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Reply, Serving, done, done_by, exchange, request};

/// Settings under which clients are not held up.
pub const UNLIMITED: &[(&str, &str)] = &[("RATE_LIMIT", "off")];

/// A partner, an administrator's key and its one product.
pub struct Shop {
    pub url: String,
    pub key: String,
    pub product: String,
    pub stock: usize,
}

impl Shop {
    /// One on the empty database at `url`.
    pub fn open(url: &str, stock: usize) -> Self {
        let seeded = done(url, &Self::seed(&stock.to_string()));
        let serving = Serving::start(url, &[], UNLIMITED);
        Self::of(url, stock, &seeded, &serving)
    }

    /// The same by another program than the one that is tested.
    pub fn open_by(binary: &str, url: &str, stock: usize) -> Self {
        let seeded = done_by(binary, url, &Self::seed(&stock.to_string()));
        let serving = Serving::start_by(binary, url, UNLIMITED);
        Self::of(url, stock, &seeded, &serving)
    }

    /// A key of another partner on the same database.
    pub fn key_of_another(&self) -> String {
        let key = ["key", "new", "--partner", "Another", "--role", "user"];
        done(&self.url, &key).trim().to_owned()
    }

    fn seed(stock: &str) -> [&str; 6] {
        ["seed", "--products", "1", "--json", "--stock", stock]
    }

    fn of(url: &str, stock: usize, seeded: &str, serving: &Serving) -> Self {
        let seeded: Value = serde_json::from_str(seeded).unwrap();
        let key = seeded[0]["keys"]["admin"].as_str().unwrap().to_owned();
        let (_, page) = serving.get("/v1/products", &key);
        Self {
            url: url.to_owned(),
            product: page["items"][0]["id"].as_str().unwrap().to_owned(),
            key,
            stock,
        }
    }

    /// Orders so many pieces once; `None` if no answer comes.
    pub fn order(&self, target: SocketAddr, key: &str, quantity: usize) -> Option<Reply> {
        let (fields, body) = self.parts(key, quantity);
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        exchange(target, "POST", "/v1/orders", &fields, &body)
    }

    /// The same until it is not refused for now.
    pub fn order_patiently(&self, target: SocketAddr, key: &str, quantity: usize) -> Reply {
        let begun = Instant::now();
        loop {
            let reply = self.order(target, key, quantity).expect("an answer");
            let is_final = reply.status != 503 && reply.body["code"] != "idempotency-in-progress";
            if is_final {
                return reply;
            }
            assert!(begun.elapsed() < Duration::from_secs(240), "{reply:?}");
            thread::sleep(Duration::from_millis(fastrand::u64(20..200)));
        }
    }

    /// An order as it is sent.
    pub fn request(&self, key: &str, quantity: usize) -> String {
        let (fields, body) = self.parts(key, quantity);
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        request("POST", "/v1/orders", &fields, &body)
    }

    fn parts(&self, key: &str, quantity: usize) -> ([String; 3], String) {
        let body = json!({ "lines": [{ "product_id": self.product, "quantity": quantity }] });
        let fields = [
            format!("Authorization: Bearer {}", self.key),
            "Content-Type: application/json".to_owned(),
            format!("Idempotency-Key: {key}"),
        ];
        (fields, body.to_string())
    }

    /// Every order that there is.
    pub fn orders(&self, serving: &Serving) -> Vec<Value> {
        let mut all = Vec::new();
        let mut query = "?limit=100".to_owned();
        loop {
            let (status, page) = serving.get(&format!("/v1/orders{query}"), &self.key);
            assert_eq!(status, 200, "{page}");
            all.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(cursor) => query = format!("?limit=100&cursor={cursor}"),
                None => return all,
            }
        }
    }

    /// The product as it is.
    pub fn product(&self, serving: &Serving) -> Value {
        let (status, product) = serving.get(&format!("/v1/products/{}", self.product), &self.key);
        assert_eq!(status, 200, "{product}");
        product
    }

    /// Checks that no piece and no cent was made or lost, and gives how many orders there are.
    #[track_caller]
    pub fn assert_balanced(&self, serving: &Serving) -> usize {
        let orders = self.orders(serving);
        let product = self.product(serving);
        let price = cents(&product["price"]);
        let mut sold = 0;
        for order in &orders {
            let lines = order["lines"].as_array().unwrap();
            let pieces: u64 = lines
                .iter()
                .map(|line| line["quantity"].as_u64().unwrap())
                .sum();
            assert_eq!(cents(&order["total"]), pieces * price, "{order}");
            if order["status"] != "cancelled" {
                sold += usize::try_from(pieces).unwrap();
            }
        }
        assert_eq!(product["stock"], self.stock - sold);
        orders.len()
    }
}

fn cents(money: &Value) -> u64 {
    money.as_str().unwrap().replace('.', "").parse().unwrap()
}
