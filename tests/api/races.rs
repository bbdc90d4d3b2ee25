//! What happens at once: whoever wins, nothing is lost, doubled or answered with a fault.

use std::future::IntoFuture;

use futures_util::future::{join, join_all};
use serde_json::json;

use crate::support::{TestApp, order_of};

#[tokio::test(flavor = "multi_thread")]
async fn of_users_created_at_once_with_one_name_one_is_created() {
    for app in TestApp::on_each_backend().await {
        let calls = (0..10).map(|_| {
            let body = app.user().with("username", "mina").body();
            app.partner().post("/v1/users", body).into_future()
        });

        let answers = join_all(calls).await;

        let created = answers.iter().filter(|answer| answer.status == 201);
        assert_eq!(created.count(), 1, "on {}", app.backend());
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            refused.assert_problem(409, "username-taken");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_changes_of_one_user_at_once_are_all_kept() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", app.user().create().await.id);

        let changes = (0..20).map(|number| {
            let body = json!({"metadata": {format!("k{number}"): "v"}});
            app.partner().patch(&path, body).into_future()
        });
        let answers = join_all(changes).await;

        for answer in answers {
            answer.assert_status(200);
        }
        let user = app.partner().get(&path).await.json();
        let entries = user["metadata"].as_object().unwrap();
        assert_eq!(entries.len(), 20, "on {}", app.backend());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_deleted_before_or_after_its_products_are_ordered() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..10 {
            let category = app.category().create().await;
            let product = app.product().category(&category).stock(5).create().await;
            let category = format!("/v1/categories/{}", category.id);

            let order = app.partner().post("/v1/orders", order_of(&product, 1));
            let delete = app.partner().delete(&category);
            let (ordered, deleted) = join(order.into_future(), delete.into_future()).await;

            if ordered.status == 201 {
                deleted.assert_problem(409, "category-in-use");
                app.partner().get(category).await.assert_status(200);
            } else {
                ordered.assert_problem(409, "unknown-product");
                deleted.assert_status(204);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_is_deleted_before_or_after_a_product_is_added() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..10 {
            let category = app.category().create().await;
            let body = app.product().category(&category).body();
            let path = format!("/v1/categories/{}", category.id);

            let create = app.partner().post("/v1/products", body);
            let delete = app.partner().delete(path);
            let (created, deleted) = join(create.into_future(), delete.into_future()).await;

            deleted.assert_status(204);
            if created.status != 201 {
                created.assert_problem(409, "unknown-category");
            }
        }
        let left = app.partner().get("/v1/products").await.json();
        assert_eq!(left["items"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_that_is_taken_and_given_back_at_once_is_neither_lost_nor_made() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().stock(20).create().await;
        let mut placed = Vec::new();
        for _ in 0..10 {
            let order = app.partner().post("/v1/orders", order_of(&product, 1));
            placed.push(order.await.header("location").to_owned());
        }

        let cancels = placed.iter().map(|path| {
            let call = app.partner().call("POST", format!("{path}/cancel"));
            call.into_future()
        });
        let orders = (0..10).map(|_| {
            let call = app.partner().post("/v1/orders", order_of(&product, 1));
            call.into_future()
        });
        let answers = join_all(cancels.chain(orders)).await;

        for answer in &answers {
            assert!(answer.status < 300, "on {}: {answer:?}", app.backend());
        }
        assert_eq!(app.stock_of(&product).await, 10);
    }
}
