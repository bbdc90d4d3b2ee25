//! The requests that are measured.

use anyhow::Context;
use serde_json::{Value, json};

use super::program::{Server, Tenant};

/// Different products that are asked for and ordered, so that orders do not wait for each other.
const PRODUCTS: usize = 100;

/// A kind of request.
pub struct Scenario {
    /// Shown in the table.
    pub name: &'static str,
    /// The status of every answer.
    pub status: u16,
    /// The bound on CPU time over the twin's, with PostgreSQL.
    pub target: Option<f64>,
    /// Requests of this kind, sent in turn.
    pub requests: Vec<Request>,
    /// The API key that they carry.
    pub key: String,
}

/// One request.
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub body: Option<Value>,
}

/// Every kind, with what the database holds.
pub fn all(service: &Server, tenant: &Tenant) -> anyhow::Result<Vec<Scenario>> {
    let key = tenant.keys.get("admin").context("no key for an admin")?;
    let (_, page) = service.get(&format!("/v1/products?limit={PRODUCTS}"), key)?;
    let items = page["items"].as_array().context("no products")?;
    let ids: Vec<&str> = items
        .iter()
        .filter_map(|item| item["id"].as_str())
        .collect();
    let scenario = |name, status, target, requests| Scenario {
        name,
        status,
        target,
        requests,
        key: key.clone(),
    };
    let products = ids.iter().map(|id| get(format!("/v1/products/{id}")));
    Ok(vec![
        scenario("health", 200, Some(1.5), vec![get("/health".to_owned())]),
        scenario("one product", 200, Some(1.0), products.collect()),
        scenario(
            "page of 20 products",
            200,
            Some(1.1),
            vec![get("/v1/products?limit=20".to_owned())],
        ),
        scenario("order of 2 lines", 201, Some(1.3), orders(&ids)),
        scenario("2 KB refused by its schema", 422, None, vec![refused()]),
    ])
}

fn get(path: String) -> Request {
    Request {
        method: "GET",
        path,
        body: None,
    }
}

fn orders(ids: &[&str]) -> Vec<Request> {
    // Half as many pairs as products: two orders never wait for each other in a circle.
    let (first, second) = ids.split_at(ids.len() / 2);
    let pairs = first.iter().zip(second);
    let order = |(first, second)| Request {
        method: "POST",
        path: "/v1/orders".to_owned(),
        body: Some(json!({
            "lines": [
                {"product_id": first, "quantity": 1},
                {"product_id": second, "quantity": 2},
            ],
            "note": "leave it at the door",
        })),
    };
    pairs.map(order).collect()
}

/// A user whose last fault is the address: everything else is read and checked in vain.
fn refused() -> Request {
    let entry = |number| {
        let text = format!("something that the partner keeps of this user, number {number}");
        (format!("entry-{number}"), Value::from(text))
    };
    Request {
        method: "POST",
        path: "/v1/users".to_owned(),
        body: Some(json!({
            "username": "mina.kim",
            "name": "Mina Kim",
            "age": 34,
            "tags": ["vip", "seoul"],
            "metadata": (0..24).map(entry).collect::<serde_json::Map<_, _>>(),
            "email": "no address",
        })),
    }
}
