//! Finding products: filters, search and ordering.

use serde_json::Value;
use uuid::Uuid;

use crate::support::{Client, TestApp};

async fn names(client: &Client<'_>, query: &str) -> Vec<String> {
    let path = format!("/v1/products?{query}");
    let page = client.get(path).await.assert_status(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_products_for_sale_are_listed_unless_asked_otherwise() {
    for app in TestApp::on_each_backend().await {
        app.product().named("on").create().await;
        app.product().named("off").inactive().create().await;
        let client = app.partner();

        assert_eq!(names(&client, "").await, ["on"]);
        assert_eq!(names(&client, "is_active=true").await, ["on"]);
        assert_eq!(names(&client, "is_active=false").await, ["off"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_listed_by_category() {
    for app in TestApp::on_each_backend().await {
        let tea = app.category().create().await;
        app.product().named("green").category(&tea).create().await;
        app.product().named("beans").create().await;
        let client = app.partner();

        let of_tea = names(&client, &format!("category_id={}", tea.id)).await;
        let of_none = names(&client, &format!("category_id={}", Uuid::now_v7())).await;

        assert_eq!(of_tea, ["green"]);
        assert!(of_none.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_a_part_of_the_name_whatever_its_case() {
    for app in TestApp::on_each_backend().await {
        for name in ["Espresso beans", "ESPRESSO CUP", "Tea", "Café ÄÖ"] {
            app.product().named(name).create().await;
        }
        let client = app.partner();

        assert_eq!(
            names(&client, "q=eSpReSsO").await,
            ["ESPRESSO CUP", "Espresso beans"]
        );
        assert_eq!(names(&client, "q=o%20b").await, ["Espresso beans"]);
        assert_eq!(names(&client, "q=o+b").await, ["Espresso beans"]);
        assert!(names(&client, "q=coffee").await.is_empty());
        assert_eq!(names(&client, "q=caf%C3%89%20%C3%A4").await, ["Café ÄÖ"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_takes_wildcards_for_what_they_are() {
    for app in TestApp::on_each_backend().await {
        for name in ["100% arabica", "a_b", "axb", r"back\slash", "it's", "[a]"] {
            app.product().named(name).create().await;
        }
        let client = app.partner();

        for (query, expected) in [
            ("q=%25", vec!["100% arabica"]),
            ("q=_", vec!["a_b"]),
            ("q=a_b", vec!["a_b"]),
            ("q=%5C", vec![r"back\slash"]),
            ("q=%5Cs", vec![r"back\slash"]),
            ("q=%27", vec!["it's"]),
            ("q=%5Ba%5D", vec!["[a]"]),
            ("q=*", vec![]),
            ("q=%25%25", vec![]),
        ] {
            assert_eq!(names(&client, query).await, expected, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_ordered_by_price_or_by_time() {
    for app in TestApp::on_each_backend().await {
        for (name, price) in [("b", "9.00"), ("c", "10.00"), ("a", "0.50")] {
            app.product().named(name).price(price).create().await;
        }
        let client = app.partner();

        for (query, expected) in [
            ("ordering=price", ["a", "b", "c"]),
            ("ordering=-price", ["c", "b", "a"]),
            ("ordering=created_at", ["b", "c", "a"]),
            ("ordering=-created_at", ["a", "c", "b"]),
            ("", ["a", "c", "b"]),
        ] {
            assert_eq!(names(&client, query).await, expected, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_each_other() {
    for app in TestApp::on_each_backend().await {
        let tea = app.category().create().await;
        app.product().named("green").category(&tea).create().await;
        app.product().named("grey").category(&tea).create().await;
        let sold_out = app.product().named("green old").category(&tea);
        sold_out.inactive().create().await;
        app.product().named("green beans").create().await;

        let query = format!(
            "category_id={}&q=green&is_active=true&ordering=price",
            tea.id
        );
        let found = names(&app.partner(), &query).await;

        assert_eq!(found, ["green"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_breaks_the_contract_is_told_all_that_is_wrong() {
    for app in TestApp::on_each_backend().await {
        let query = "limit=0&ordering=name&is_active=maybe&category_id=1&q=&color=red";

        let answer = app.partner().get(format!("/v1/products?{query}")).invalid();

        let problem = answer.await.assert_violations(&[
            ("limit", "minimum"),
            ("ordering", "enum"),
            ("is_active", "type"),
            ("category_id", "format"),
            ("q", "minLength"),
            ("color", "additionalProperties"),
        ]);
        for error in problem["errors"].as_array().unwrap() {
            assert_eq!(error["in"], Value::from("query"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_counts_once() {
    for app in TestApp::on_each_backend().await {
        let answer = app.partner().get("/v1/products?limit=1&limit=2").invalid();

        let problem = answer.await.assert_problem(422, "validation-error");
        assert_eq!(problem["errors"][0]["parameter"], "limit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_cannot_be_decoded_is_malformed() {
    for app in TestApp::on_each_backend().await {
        for query in ["q=%FF", "q=%C3", "q=%"] {
            let answer = app.partner().get(format!("/v1/products?{query}")).invalid();

            answer.await.assert_problem(400, "bad-request");
        }
        let nul = app.partner().get("/v1/products?q=%00").invalid().await;
        assert!(matches!(nul.status, 400 | 422), "{nul:?}");
    }
}
