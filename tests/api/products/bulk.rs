//! Many products changed at once: all rows or none.

use std::future::IntoFuture;

use concordat::repository::products::Product;
use futures_util::future::join;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

fn row(product: &Product, version: u32, changes: Value) -> Value {
    let if_match = format!("\"{version}-1\"");
    json!({"id": product.id.to_string(), "if_match": if_match, "changes": changes})
}

async fn seen(app: &TestApp, product: &Product) -> (Value, String) {
    let found = app
        .partner()
        .get(format!("/v1/products/{}", product.id))
        .await;
    (found.assert_status(200), found.header("etag").to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_rows_are_done_and_answered_in_their_order() {
    for app in TestApp::on_each_backend().await {
        let one = app.product().create().await;
        let two = app.product().create().await;
        let rows = json!([
            row(&two, 1, json!({"stock": 7, "is_active": false})),
            row(&one, 1, json!({"price": "0.50", "name": " Cups "})),
        ]);

        let answer = app.partner().patch("/v1/products", json!({"rows": rows}));

        let answer = answer.await.assert_status(200);
        assert_eq!(answer["rows"][0]["product"]["stock"], 7);
        assert_eq!(answer["rows"][0]["product"]["is_active"], false);
        assert_eq!(answer["rows"][1]["product"]["price"], "0.50");
        assert_eq!(answer["rows"][1]["product"]["name"], "Cups");
        for (product, row) in [(&two, &answer["rows"][0]), (&one, &answer["rows"][1])] {
            let (body, etag) = seen(&app, product).await;
            assert_eq!(row["product"], body);
            assert_eq!(row["etag"], etag);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_refused_row_undoes_all_and_every_refused_row_is_told() {
    for app in TestApp::on_each_backend().await {
        let good = app.product().create().await;
        let stale = app.product().create().await;
        let foreign = app.product().of(&app.other).create().await;
        let price = json!({"price": "0.50"});
        let path = format!("/v1/products/{}", stale.id);
        app.partner()
            .patch(path, price.clone())
            .await
            .assert_status(200);
        let before = seen(&app, &good).await;
        let mut missing = row(&good, 1, price.clone());
        missing["id"] = Uuid::now_v7().to_string().into();
        let mut no_version = row(&stale, 1, price.clone());
        no_version["if_match"] = "\"99999999999999999999\"".into();
        let rows = json!([
            row(&good, 1, price.clone()),
            row(&stale, 1, price.clone()),
            row(&foreign, 1, price.clone()),
            missing,
            no_version,
            row(&good, 1, price),
        ]);

        let answer = app.partner().patch("/v1/products", json!({"rows": rows}));

        let problem = answer.await.assert_problem(409, "rows-refused");
        let told = problem["rows"].as_array().unwrap().iter();
        let told: Vec<_> = told
            .map(|row| (row["row"].as_u64().unwrap(), row["code"].as_str().unwrap()))
            .collect();
        let expected = [
            (1, "stale"),
            (2, "not-found"),
            (3, "not-found"),
            (4, "stale"),
            (5, "stale"),
        ];
        assert_eq!(told, expected);
        assert_eq!(seen(&app, &good).await, before);
        let audit = app.partner().get("/v1/audit?resource_type=product").await;
        assert_eq!(audit.json()["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_that_is_not_there_is_told_with_its_row() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().create().await;
        let foreign = app.category().of(&app.other).create().await;
        for category in [Uuid::now_v7(), foreign.id.uuid()] {
            let changes = json!({"category_id": category.to_string()});
            let rows = json!({"rows": [row(&product, 1, changes)]});

            let answer = app.partner().patch("/v1/products", rows).await;

            let problem = answer.assert_problem(409, "rows-refused");
            assert_eq!(problem["rows"][0]["code"], "unknown-category");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_of_the_same_version_at_once_one_is_done() {
    for app in TestApp::on_each_backend().await {
        let one = app.product().create().await;
        let two = app.product().create().await;
        let rows = |first: &Product, second: &Product, stock: u32| {
            let rows = [first, second].map(|it| row(it, 1, json!({"stock": stock})));
            let call = app.partner().patch("/v1/products", json!({"rows": rows}));
            call.into_future()
        };

        let (a, b) = join(rows(&one, &two, 5), rows(&two, &one, 6)).await;

        let (won, lost, stock) = if a.status == 200 {
            (a, b, 5)
        } else {
            (b, a, 6)
        };
        won.assert_status(200);
        lost.assert_problem(409, "rows-refused");
        assert_eq!(app.stock_of(&one).await, stock);
        assert_eq!(app.stock_of(&two).await, stock);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_hundred_rows_and_rows_without_changes_break_the_contract() {
    for app in TestApp::on_each_backend().await {
        let product = app.product().create().await;
        let many = vec![row(&product, 1, json!({"stock": 1})); 101];
        let empty = [row(&product, 1, json!({}))];

        let many = app.partner().patch("/v1/products", json!({"rows": many}));
        let empty = app.partner().patch("/v1/products", json!({"rows": empty}));

        many.invalid()
            .await
            .assert_violations(&[("/rows", "maxItems")]);
        let empty = empty.invalid().await;
        empty.assert_violations(&[("/rows/0/changes", "minProperties")]);
    }
}
