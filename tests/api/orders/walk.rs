//! Stock and money over a long life: neither is made or lost, whatever is done in whatever order.

use concordat::repository::products::Product;
use concordat::services::money;
use fastrand::Rng;
use serde_json::{Value, json};

use crate::support::{TestApp, order_of_each};

/// What came into the shop, for each product, and what customers paid and got back.
struct Books {
    brought_in: Vec<i64>,
    received: i64,
    paid_back: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_and_money_are_neither_made_nor_lost_on_a_random_walk() {
    for (app, seed) in TestApp::on_each_backend().await.into_iter().zip([7, 11]) {
        let mut random = Rng::with_seed(seed);
        let mut products = Vec::new();
        for price in ["0.05", "18.50", "99999999.99"] {
            products.push(app.product().price(price).stock(12).create().await);
        }
        let mut books = Books {
            brought_in: vec![12; products.len()],
            received: 0,
            paid_back: 0,
        };

        for _ in 0..80 {
            act(&app, &products, &mut random, &mut books).await;
            check(&app, &products, &books).await;
        }
    }
}

/// Does one thing; whether it is allowed is the service's to say.
async fn act(app: &TestApp, products: &[Product], random: &mut Rng, books: &mut Books) {
    match random.u8(0..10) {
        0..4 => {
            let lines: Vec<_> = (0..random.usize(1..4))
                .map(|_| (random.choice(products).unwrap(), random.i32(1..4)))
                .collect();
            let answer = app
                .partner()
                .post("/v1/orders", order_of_each(&lines))
                .await;
            assert!(matches!(answer.status, 201 | 409), "{answer:?}");
        }
        4 => {
            let index = random.usize(0..products.len());
            let product = &products[index];
            let stock = app.stock_of(product).await + 2;
            let path = format!("/v1/products/{}", product.id);
            let change = json!({ "stock": stock });
            app.partner().patch(path, change).await.assert_status(200);
            books.brought_in[index] += 2;
        }
        _ => {
            let Some(order) = random.choice(orders(app).await) else {
                return;
            };
            let step = *random
                .choice(&["pay", "fulfil", "cancel", "refund"])
                .unwrap();
            let path = format!("/v1/orders/{}/{step}", order["id"].as_str().unwrap());
            let answer = app.partner().call("POST", path).await;
            assert!(matches!(answer.status, 200 | 409), "{answer:?}");
            match step {
                "pay" if answer.status == 200 => books.received += total(&order),
                "refund" if answer.status == 200 => books.paid_back += total(&order),
                _ => {}
            }
        }
    }
}

async fn orders(app: &TestApp) -> Vec<Value> {
    let page = app.partner().get("/v1/orders?limit=100").await.json();
    page["items"].as_array().unwrap().clone()
}

fn total(order: &Value) -> i64 {
    money::parse(order["total"].as_str().unwrap()).unwrap()
}

async fn check(app: &TestApp, products: &[Product], books: &Books) {
    let orders = orders(app).await;
    for (product, brought_in) in products.iter().zip(&books.brought_in) {
        let id = product.id.to_string();
        let in_stock = app.stock_of(product).await;
        let elsewhere: i64 = orders
            .iter()
            .filter(|order| is_reserved(order) || !order["fulfilled_at"].is_null())
            .flat_map(|order| order["lines"].as_array().unwrap())
            .filter(|line| line["product_id"] == id)
            .map(|line| line["quantity"].as_i64().unwrap())
            .sum();
        assert!(in_stock >= 0);
        assert_eq!(in_stock + elsewhere, *brought_in, "on {}", app.backend());
    }
    let kept: i64 = orders
        .iter()
        .filter(|order| is_kept(order))
        .map(total)
        .sum();
    assert_eq!(kept, books.received - books.paid_back);
    for order in &orders {
        let sum: i64 = order["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| {
                let price = money::parse(line["unit_price"].as_str().unwrap()).unwrap();
                price * line["quantity"].as_i64().unwrap()
            })
            .sum();
        assert_eq!(total(order), sum);
    }
}

fn is_reserved(order: &Value) -> bool {
    matches!(order["status"].as_str().unwrap(), "pending" | "paid")
}

fn is_kept(order: &Value) -> bool {
    matches!(order["status"].as_str().unwrap(), "paid" | "fulfilled")
}
