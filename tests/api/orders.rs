//! Orders: stock, price, cancelling.

mod life;
mod walk;

use std::future::IntoFuture;

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestApp, order_of, order_of_each};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_takes_its_stock_and_keeps_its_prices() {
    for app in TestApp::on_each_backend().await {
        let user = app.user().create().await;
        let beans = app.product().price("18.50").stock(10).create().await;
        let cup = app.product().price("0.05").stock(7).create().await;
        let mut body = order_of_each(&[(&cup, 7), (&beans, 3)]);
        body["user_id"] = user.id.to_string().into();
        body["note"] = "Please ring twice".into();

        let answer = app.partner().post("/v1/orders", body).await;

        let order = answer.assert_status(201);
        assert_eq!(order["total"], "55.85");
        assert_eq!(order["status"], "pending");
        assert_eq!(order["user_id"], user.id.to_string());
        assert_eq!(order["note"], "Please ring twice");
        let line = |product: &concordat::repository::products::Product, quantity, price| {
            json!({
                "product_id": product.id.to_string(),
                "product_name": product.name,
                "quantity": quantity,
                "unit_price": price,
            })
        };
        let lines = json!([line(&cup, 7, "0.05"), line(&beans, 3, "18.50")]);
        assert_eq!(order["lines"], lines);
        assert_eq!(app.stock_of(&beans).await, 7);
        assert_eq!(app.stock_of(&cup).await, 0);
        let found = app.partner().get(answer.header("location")).await;
        assert_eq!(found.assert_status(200), order);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_beyond_stock_is_refused_and_takes_nothing() {
    for app in TestApp::on_each_backend().await {
        let plenty = app.product().stock(10).create().await;
        let product = app.product().stock(1).create().await;
        let body = order_of_each(&[(&plenty, 2), (&product, 2)]);

        let answer = app.partner().post("/v1/orders", body).await;

        answer.assert_problem(409, "out-of-stock");
        assert_eq!(app.stock_of(&product).await, 1);
        assert_eq!(app.stock_of(&plenty).await, 10);
        let orders = app.partner().get("/v1/orders").await.json();
        assert_eq!(orders["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_one_product_draw_on_the_same_stock() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().price("1.00").stock(5).create().await;
        let order = |quantities: [i32; 2]| {
            let [one, two] = quantities.map(|quantity| (&product, quantity));
            app.partner().post("/v1/orders", order_of_each(&[one, two]))
        };

        let beyond = order([3, 3]).await;
        let within = order([3, 2]).await;

        beyond.assert_problem(409, "out-of-stock");
        let placed = within.assert_status(201);
        assert_eq!(placed["total"], "5.00");
        assert_eq!(placed["lines"].as_array().unwrap().len(), 2);
        assert_eq!(app.stock_of(&product).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_names_only_what_there_is() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let inactive = app.product().inactive().create().await;
        let nothing = Uuid::now_v7().to_string();
        let unknown = json!({"product_id": nothing, "quantity": 1});
        let mut with_unknown = order_of(&product, 1);
        with_unknown["lines"].as_array_mut().unwrap().push(unknown);
        let with_inactive = order_of_each(&[(&product, 1), (&inactive, 1)]);
        let mut by_unknown = order_of(&product, 1);
        by_unknown["user_id"] = nothing.into();

        for (body, code) in [
            (with_unknown, "unknown-product"),
            (with_inactive, "product-inactive"),
            (by_unknown, "unknown-user"),
        ] {
            let answer = app.partner().post("/v1/orders", body).await;

            answer.assert_problem(409, code);
            assert_eq!(app.stock_of(&product).await, 5, "{code}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greatest_order_has_an_exact_total() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().price("99999999.99").stock(50_000);
        let product = product.create().await;
        let body = order_of_each(&vec![(&product, 1_000); 50]);

        let order = app.partner().post("/v1/orders", body).await;

        assert_eq!(order.assert_status(201)["total"], "4999999999500.00");
        assert_eq!(app.stock_of(&product).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_at_once_never_sell_more_than_there_is() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(10).create().await;

        let calls = (0..50).map(|_| {
            let call = app.partner().post("/v1/orders", order_of(&product, 1));
            call.into_future()
        });
        let answers = join_all(calls).await;

        let placed = answers.iter().filter(|answer| answer.status == 201);
        assert_eq!(placed.count(), 10, "on {}", app.backend());
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            refused.assert_problem(409, "out-of-stock");
        }
        assert_eq!(app.stock_of(&product).await, 0);
        let orders = app.partner().get("/v1/orders?limit=100").await.json();
        assert_eq!(orders["items"].as_array().unwrap().len(), 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_the_same_products_the_other_way_round_do_not_block_each_other() {
    for app in TestApp::on_each_backend().await {
        let one = app.product().stock(100).create().await;
        let two = app.product().stock(100).create().await;

        let calls = (0..30).map(|number| {
            let lines = match number % 2 {
                0 => [(&one, 1), (&two, 1)],
                _ => [(&two, 1), (&one, 1)],
            };
            app.partner()
                .post("/v1/orders", order_of_each(&lines))
                .into_future()
        });
        let answers = join_all(calls).await;

        for answer in &answers {
            answer.assert_status(201);
        }
        assert_eq!(app.stock_of(&one).await, 70);
        assert_eq!(app.stock_of(&two).await, 70);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_order_gives_its_stock_back() {
    for app in TestApp::on_each_backend().await {
        let one = app.product().stock(5).create().await;
        let two = app.product().stock(5).create().await;
        let body = order_of_each(&[(&one, 1), (&two, 2), (&one, 3)]);
        let placed = app.partner().post("/v1/orders", body).await;
        let path = placed.header("location");

        let cancelled = app.partner().call("POST", format!("{path}/cancel")).await;

        let order = cancelled.assert_status(200);
        let mut expected = placed.json();
        expected["status"] = "cancelled".into();
        expected["updated_at"] = order["updated_at"].clone();
        assert_eq!(order, expected);
        assert_ne!(cancelled.header("etag"), placed.header("etag"));
        assert_eq!(app.stock_of(&one).await, 5);
        assert_eq!(app.stock_of(&two).await, 5);
        assert_eq!(app.partner().get(path).await.json(), order);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_cancelled_once_however_many_try() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(5).create().await;
        let body = order_of(&product, 3);
        let placed = app.partner().post("/v1/orders", body).await;
        let path = format!("{}/cancel", placed.header("location"));

        let calls = (0..10).map(|_| app.partner().call("POST", &path).into_future());
        let answers = join_all(calls).await;

        let cancelled = answers.iter().filter(|answer| answer.status == 200);
        assert_eq!(cancelled.count(), 1, "on {}", app.backend());
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            refused.assert_problem(409, "order-not-cancellable");
        }
        assert_eq!(app.stock_of(&product).await, 5);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_the_name_and_price_of_its_time() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().named("Old").price("1.00").create().await;
        let body = order_of(&product, 1);
        let placed = app.partner().post("/v1/orders", body).await;
        let changes = json!({"name": "New", "price": "2.00", "is_active": false});
        let path = format!("/v1/products/{}", product.id);
        app.partner().patch(path, changes).await.assert_status(200);

        let found = app.partner().get(placed.header("location")).await.json();

        assert_eq!(found, placed.json());
        assert_eq!(found["lines"][0]["product_name"], "Old");
        assert_eq!(found["total"], "1.00");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_listed_by_status_and_by_user_the_newest_first() {
    for app in TestApp::on_each_backend().await {
        let user = app.user().create().await;
        let product = app.product().create().await;
        let guest = app.order().line(&product, 1).create().await;
        let first = app.order().line(&product, 2).user(&user).create().await;
        let second = app.order().line(&product, 3).user(&user).create().await;
        let client = app.partner();
        let cancel = format!("/v1/orders/{}/cancel", first.id);
        client.call("POST", cancel).await.assert_status(200);

        for (query, expected) in [
            (String::new(), vec![&second, &first, &guest]),
            ("status=pending".into(), vec![&second, &guest]),
            ("status=cancelled".into(), vec![&first]),
            (format!("user_id={}", user.id), vec![&second, &first]),
            (format!("user_id={}&status=pending", user.id), vec![&second]),
        ] {
            let page = client.get(format!("/v1/orders?{query}")).await.json();

            let items = page["items"].as_array().unwrap();
            let listed: Vec<_> = items.iter().map(|item| item["id"].clone()).collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|order| Value::from(order.id.to_string()))
                .collect();
            assert_eq!(listed, expected, "{query}");
            for item in items {
                let path = format!("/v1/orders/{}", item["id"].as_str().unwrap());
                assert_eq!(&client.get(path).await.json(), item);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_place_of_an_order_is_told_at_once() {
    for app in TestApp::on_each_backend().await {
        let body = json!({
            "lines": [
                {"product_id": "1", "quantity": 0},
                {"product_id": Uuid::nil(), "quantity": 1001, "price": "0.00"},
                {"quantity": 1},
                7,
            ],
            "note": "a\u{7}b",
            "user_id": 5,
            "total": "0.00",
        });

        let answer = app.partner().post("/v1/orders", body).invalid().await;

        let problem = answer.assert_violations(&[
            ("/lines/0/product_id", "format"),
            ("/lines/0/quantity", "minimum"),
            ("/lines/1/quantity", "maximum"),
            ("/lines/1/price", "additionalProperties"),
            ("/lines/2/product_id", "required"),
            ("/lines/3", "type"),
            ("/note", "pattern"),
            ("/user_id", "type"),
            ("/total", "additionalProperties"),
        ]);
        let errors = problem["errors"].as_array().unwrap();
        let greatest = errors.iter().find(|error| error["keyword"] == "maximum");
        assert_eq!(greatest.unwrap()["limit"], 1000);
        assert!(errors.iter().all(|error| error["message"] != ""));
    }
}
