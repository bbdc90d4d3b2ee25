//! Products: the six operations and the feed.

mod bulk;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_new_product_is_found_again_with_its_categorys_name() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().named("Coffee").create().await;
        let body = app.product().category(&category).body();

        let answer = app.partner().post("/v1/products", body.clone()).await;

        let product = answer.assert_status(201);
        assert_eq!(product["category_name"], "Coffee");
        for member in ["category_id", "name", "price", "stock"] {
            assert_eq!(product[member], body[member], "{member}");
        }
        let found = app.partner().get(answer.header("location")).await;
        assert_eq!(found.assert_status(200), product);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_gets_defaults_for_what_is_left_out() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let body =
            json!({"category_id": category.id.to_string(), "name": " Beans ", "price": "0.00"});

        let product = app.partner().post("/v1/products", body).await;

        let product = product.assert_status(201);
        assert_eq!(product["name"], "Beans");
        assert_eq!(product["price"], "0.00");
        assert_eq!(product["stock"], 0);
        assert_eq!(product["is_active"], true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_in_a_category_that_there_is() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().create().await;
        let path = format!("/v1/products/{}", product.id);
        let nowhere = Uuid::now_v7().to_string();
        let body = app.product().with("category_id", nowhere.as_str()).body();
        let client = app.partner();

        let created = client.post("/v1/products", body.clone()).await;
        let replaced = client.put(&path, body).await;
        let patched = client.patch(&path, json!({"category_id": nowhere})).await;

        created.assert_problem(409, "unknown-category");
        replaced.assert_problem(409, "unknown-category");
        patched.assert_problem(409, "unknown-category");
        let found = app.partner().get(&path).await.json();
        assert_eq!(found["category_id"], product.category_id.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_greatest_price_and_stock_are_kept_exactly() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let product = app.product().category(&category);
        let body = product.price("99999999.99").stock(1_000_000_000).body();

        let product = app.partner().post("/v1/products", body).await.json();

        assert_eq!(product["price"], "99999999.99");
        assert_eq!(product["stock"], 1_000_000_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_price_is_refused() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        for price in [
            json!(18.5),
            json!("18.5"),
            json!("18,50"),
            json!("-1.00"),
            json!("100000000.00"),
            json!("1e3"),
            json!("١.٠٠"),
            json!(""),
            json!("18.50\n"),
            json!(null),
        ] {
            let body = app.product().category(&category).with("price", price);

            let answer = app.partner().post("/v1/products", body.body()).invalid();

            let problem = answer.await.assert_problem(422, "validation-error");
            assert_eq!(problem["errors"][0]["pointer"], "/price");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_sets_what_is_left_out_to_its_default() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(7).inactive().create().await;
        let category = app.category().create().await;
        let path = format!("/v1/products/{}", product.id);
        let body = json!({"category_id": category.id.to_string(), "name": "Tea", "price": "2.00"});

        let answer = app.partner().put(&path, body).await;

        let replaced = answer.assert_status(200);
        assert_eq!(replaced["name"], "Tea");
        assert_eq!(replaced["category_name"], category.name);
        assert_eq!(replaced["stock"], 0);
        assert_eq!(replaced["is_active"], true);
        assert_eq!(answer.header("etag"), "\"2-1\"");
        assert_eq!(app.partner().get(&path).await.json(), replaced);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_changes_only_what_it_names() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/products/{}", app.product().create().await.id);
        let before = app.partner().get(&path).await.json();

        let changed = json!({"price": "17.90", "is_active": false});
        let after = app.partner().patch(&path, changed).await.json();

        let mut expected = before;
        expected["price"] = "17.90".into();
        expected["is_active"] = false.into();
        expected["updated_at"] = after["updated_at"].clone();
        assert_eq!(after, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_patch_is_refused() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/products/{}", app.product().create().await.id);

        let answer = app.partner().patch(path, json!({})).invalid().await;

        answer.assert_violations(&[("", "minProperties")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_member_of_a_product_can_be_cleared() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/products/{}", app.product().create().await.id);
        for member in ["category_id", "name", "price", "stock", "is_active"] {
            let body = json!({member: null});

            let answer = app.partner().patch(&path, body).invalid().await;

            let problem = answer.assert_problem(422, "validation-error");
            assert_eq!(problem["errors"][0]["pointer"], format!("/{member}"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_product_is_gone() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/products/{}", app.product().create().await.id);

        let deleted = app.partner().delete(&path).await;
        let again = app.partner().delete(&path).await;

        assert_eq!(deleted.assert_status(204), Value::Null);
        again.assert_problem(404, "not-found");
        let found = app.partner().get(&path).await;
        found.assert_problem(404, "not-found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ordered_product_is_not_deleted_though_the_order_is_cancelled() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().create().await;
        let order = app.order().line(&product, 1).create().await;
        let path = format!("/v1/products/{}", product.id);
        let client = app.partner();

        let pending = client.delete(&path).await;
        let cancel = format!("/v1/orders/{}/cancel", order.id);
        client.call("POST", cancel).await.assert_status(200);
        let cancelled = client.delete(&path).await;

        pending.assert_problem(409, "product-in-use");
        cancelled.assert_problem(409, "product-in-use");
        client.get(&path).await.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_shows_the_newest_twenty_that_are_for_sale() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        for number in 0..22 {
            let name = format!("P{number}");
            let product = app.product().category(&category).named(&name);
            product.create().await;
        }
        app.product().inactive().create().await;

        let feed = app.partner().get("/v1/products/feed").await.json();

        let names: Vec<_> = feed["products"]
            .as_array()
            .unwrap()
            .iter()
            .map(|product| product["name"].as_str().unwrap().to_owned())
            .collect();
        let expected: Vec<_> = (2..22).rev().map(|number| format!("P{number}")).collect();
        assert_eq!(names, expected);
    }
}
