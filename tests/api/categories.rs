//! Categories: the six operations, and the sums over their products.

use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_category_is_found_again() {
    for app in TestApp::on_each_backend().await {
        let body = json!({"name": "  Coffee & tea ", "slug": "coffee-and-tea"});

        let answer = app.partner().post("/v1/categories", body).await;

        let category = answer.assert_status(201);
        assert_eq!(category["name"], "Coffee & tea");
        assert_eq!(category["slug"], "coffee-and-tea");
        assert_eq!(category["product_count"], 0);
        let found = app.partner().get(answer.header("location")).await;
        assert_eq!(found.assert_status(200), category);
        assert_eq!(found.header("etag"), answer.header("etag"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_slugs_are_taken_once() {
    for app in TestApp::on_each_backend().await {
        let taken = app.category().create().await;
        let own = app.category().create().await;
        let path = format!("/v1/categories/{}", own.id);
        let same_name = app.category().named(&format!(" {} ", taken.name)).body();
        let same_slug = app.category().with("slug", taken.slug.clone()).body();
        let client = app.partner();

        for (body, code) in [
            (same_name, "category-name-taken"),
            (same_slug, "category-slug-taken"),
        ] {
            let created = client.post("/v1/categories", body.clone()).await;
            let replaced = client.put(&path, body).await;

            created.assert_problem(409, code);
            replaced.assert_problem(409, code);
        }
        let name = client.patch(&path, json!({"name": taken.name})).await;
        let slug = client.patch(&path, json!({"slug": taken.slug})).await;
        name.assert_problem(409, "category-name-taken");
        slug.assert_problem(409, "category-slug-taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_may_be_replaced_with_what_it_is() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let path = format!("/v1/categories/{}", category.id);
        let body = json!({"name": category.name, "slug": category.slug});

        let answer = app.partner().put(&path, body).await;

        let replaced = answer.assert_status(200);
        assert_eq!(replaced["name"], category.name);
        assert_eq!(answer.header("etag"), "\"2-0\"");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_changes_one_member_and_a_replacement_all() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let path = format!("/v1/categories/{}", category.id);
        let client = app.partner();

        let patched = client.patch(&path, json!({"name": "Tea"})).await.json();
        let body = json!({"name": "Cocoa", "slug": "cocoa"});
        let replaced = client.put(&path, body).await.json();

        assert_eq!(patched["name"], "Tea");
        assert_eq!(patched["slug"], category.slug);
        assert_eq!(replaced["name"], "Cocoa");
        assert_eq!(replaced["slug"], "cocoa");
        assert_eq!(replaced["created_at"], patched["created_at"]);
        assert_ne!(replaced["updated_at"], patched["updated_at"]);
        assert_eq!(client.get(&path).await.json(), replaced);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_counts_its_products_for_sale_or_not() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        app.product().category(&category).create().await;
        app.product().category(&category).inactive().create().await;
        app.product().create().await;
        let path = format!("/v1/categories/{}", category.id);

        let found = app.partner().get(path).await.json();
        let listed = app.partner().get("/v1/categories").await.json();

        assert_eq!(found["product_count"], 2);
        assert_eq!(listed["items"][0], found);
        assert_eq!(listed["items"][1]["product_count"], 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_come_in_the_order_of_their_names() {
    for app in TestApp::on_each_backend().await {
        for name in ["b", "Ä", "a", "B", "10", "9", "가"] {
            app.category().named(name).create().await;
        }

        for path in ["/v1/categories", "/v1/categories/stats"] {
            let page = app.partner().get(path).await;

            assert_eq!(
                names(&page),
                ["10", "9", "B", "a", "b", "Ä", "가"],
                "{path}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stats_sum_up_the_products_of_each_category() {
    for app in TestApp::on_each_backend().await {
        let full = app.category().named("A").create().await;
        for price in ["0.01", "0.02", "0.02"] {
            app.product().category(&full).price(price).create().await;
        }
        let dear = app.product().category(&full).price("99999999.99");
        dear.inactive().create().await;
        let half = app.category().named("B").create().await;
        for price in ["0.01", "0.02"] {
            app.product().category(&half).price(price).create().await;
        }
        app.category().named("C").create().await;

        let stats = app.partner().get("/v1/categories/stats").await.json();

        let sums: Vec<_> = stats["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (&it["product_count"], &it["active_count"], &it["avg_price"]))
            .map(|(all, active, price)| json!([all, active, price]))
            .collect();
        assert_eq!(
            sums,
            [
                json!([4, 3, "25000000.01"]),
                json!([2, 2, "0.02"]),
                json!([0, 0, null]),
            ]
        );
        assert_eq!(stats["items"][0]["category_id"], full.id.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_category_takes_its_products_with_it() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let product = app.product().category(&category).create().await;
        let kept = app.product().create().await;
        let path = format!("/v1/categories/{}", category.id);
        let client = app.partner();

        let deleted = client.delete(&path).await;
        let again = client.delete(&path).await;

        assert_eq!(deleted.assert_status(204), Value::Null);
        again.assert_problem(404, "not-found");
        let gone = client.get(format!("/v1/products/{}", product.id)).await;
        gone.assert_problem(404, "not-found");
        let kept = client.get(format!("/v1/products/{}", kept.id)).await;
        kept.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_with_an_ordered_product_stays_with_all_of_them() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let ordered = app.product().category(&category).create().await;
        app.product().category(&category).create().await;
        app.order().line(&ordered, 1).create().await;
        let path = format!("/v1/categories/{}", category.id);

        let answer = app.partner().delete(&path).await;

        answer.assert_problem(409, "category-in-use");
        let found = app.partner().get(&path).await.assert_status(200);
        assert_eq!(found["product_count"], 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slug_of_another_form_is_refused() {
    for app in TestApp::on_each_backend().await {
        for slug in ["", "Coffee", "a--b", "-a", "a-", "a b", "é"] {
            let body = app.category().with("slug", slug).body();

            let answer = app.partner().post("/v1/categories", body).invalid().await;

            let problem = answer.assert_problem(422, "validation-error");
            assert_eq!(problem["errors"][0]["pointer"], "/slug", "{slug}");
        }
    }
}

fn names(page: &Answer) -> Vec<String> {
    let page = page.assert_status(200);
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}
