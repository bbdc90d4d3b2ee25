//! Pages: every list complete, whatever its size and order, and cursors good for one list only.

use serde_json::Value;

use crate::support::{Client, TestApp};

/// Follows the cursors to the end; gives the ids, page by page.
async fn walk(client: &Client<'_>, path: &str) -> Vec<Vec<String>> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(at) = next {
        let page = client.get(at).await.assert_status(200);
        pages.push(ids(&page));
        next = page["next_cursor"]
            .as_str()
            .map(|cursor| format!("{path}{joint}cursor={cursor}"));
        assert!(pages.len() < 100, "the list has no end");
    }
    pages
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item.get("id").unwrap_or(&item["category_id"]))
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
}

fn cursor(page: &Value) -> &str {
    page["next_cursor"].as_str().unwrap()
}

/// Seven of everything, all at the same moment and at the same price.
async fn fill(app: &TestApp) {
    app.clock.hold();
    let category = app.category().create().await;
    for _ in 0..6 {
        app.category().create().await;
    }
    for _ in 0..7 {
        app.user().create().await;
        let product = app.product().category(&category).create().await;
        app.order().line(&product, 1).create().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_any_size_show_each_item_once_though_all_sort_alike() {
    for app in TestApp::on_each_backend().await {
        fill(&app).await;
        for list in [
            "/v1/users?",
            "/v1/categories?",
            "/v1/categories/stats?",
            "/v1/products?",
            "/v1/products?ordering=created_at&",
            "/v1/products?ordering=price&",
            "/v1/products?ordering=-price&",
            "/v1/products?q=beans&",
            "/v1/orders?",
            "/v1/orders?status=pending&",
        ] {
            let whole = walk(&app.partner(), &format!("{list}limit=100")).await;
            assert_eq!(whole.len(), 1, "{list}");
            assert_eq!(whole[0].len(), 7, "{list}");
            for limit in [1, 2, 3, 6, 7] {
                let pages = walk(&app.partner(), &format!("{list}limit={limit}")).await;

                assert!(pages.iter().all(|page| page.len() <= limit));
                assert_eq!(pages.len(), 7_usize.div_ceil(limit), "{list}{limit}");
                assert_eq!(pages.concat(), whole[0], "{list}{limit}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_has_twenty_items_unless_asked_otherwise() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..21 {
            app.category().create().await;
        }

        let pages = walk(&app.partner(), "/v1/categories").await;

        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [20, 1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_added_or_deleted_meanwhile_does_not_shift_the_pages() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        let mut products = Vec::new();
        for _ in 0..4 {
            products.push(app.product().category(&category).create().await);
        }
        let client = app.partner();

        let first = client.get("/v1/products?limit=2").await.json();
        app.product().category(&category).create().await;
        let path = format!("/v1/products/{}", products[2].id);
        client.delete(path).await.assert_status(204);
        let path = format!("/v1/products?limit=2&cursor={}", cursor(&first));
        let second = client.get(path).await.json();

        let expected = [products[1].id.to_string(), products[0].id.to_string()];
        assert_eq!(ids(&second), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_is_good_for_its_own_query_only() {
    for app in TestApp::on_each_backend().await {
        fill(&app).await;
        let client = app.partner();
        let page = client
            .get("/v1/products?limit=2&ordering=price")
            .await
            .json();
        let cursor = cursor(&page);

        for path in [
            "/v1/products?ordering=-price",
            "/v1/products?ordering=price&q=beans",
            "/v1/products?ordering=price&is_active=false",
            "/v1/products?",
            "/v1/users?",
            "/v1/categories?",
            "/v1/categories/stats?",
            "/v1/orders?",
        ] {
            let answer = client.get(format!("{path}&cursor={cursor}")).await;

            answer.assert_problem(409, "invalid-cursor");
        }
        let same = format!("/v1/products?ordering=price&limit=3&cursor={cursor}");
        client.get(same).await.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_was_not_given_out_is_refused() {
    for app in TestApp::on_each_backend().await {
        fill(&app).await;
        let client = app.partner();
        let page = client.get("/v1/users?limit=2").await.json();
        let own = cursor(&page);
        let mut changed = own.to_owned();
        changed.replace_range(4..5, if &own[4..5] == "A" { "B" } else { "A" });
        let longer = format!("{own}A");

        for cursor in [
            "a",
            "0",
            "_-_-",
            &changed,
            &longer,
            &own[1..],
            &"A".repeat(512),
        ] {
            for list in [
                "users",
                "categories",
                "categories/stats",
                "products",
                "orders",
            ] {
                let answer = client.get(format!("/v1/{list}?cursor={cursor}")).await;

                answer.assert_problem(409, "invalid-cursor");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_cursor_or_a_limit_breaks_the_contract() {
    for app in TestApp::on_each_backend().await {
        for list in [
            "users",
            "categories",
            "categories/stats",
            "products",
            "orders",
        ] {
            for (query, place, keyword) in [
                ("limit=0", "limit", "minimum"),
                ("limit=101", "limit", "maximum"),
                ("limit=-1", "limit", "minimum"),
                ("limit=ten", "limit", "type"),
                ("limit=1.5", "limit", "type"),
                ("limit=", "limit", "type"),
                ("cursor=", "cursor", "minLength"),
                ("cursor=a%20b", "cursor", "pattern"),
            ] {
                let answer = app.partner().get(format!("/v1/{list}?{query}"));

                let problem = answer
                    .invalid()
                    .await
                    .assert_problem(422, "validation-error");
                let error = &problem["errors"][0];
                assert_eq!(error["parameter"], place, "{query}");
                assert!(
                    problem["errors"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .any(|error| error["keyword"] == keyword),
                    "{query}: {problem}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_links_of_a_page_lead_through_the_list_and_back() {
    for app in TestApp::on_each_backend().await {
        let category = app.category().create().await;
        for number in 0..3 {
            let product = app.product().category(&category);
            product.named(&format!("Tea {number}")).create().await;
        }
        let first = "/v1/products?q=te%61&limit=2&ordering=price";

        let page = app.partner().get(first).await;
        let links = links(page.header("link"));
        let next = app.partner().get(&links["next"]).await;

        assert_eq!(links["first"], first);
        assert_eq!(
            next.assert_status(200)["items"].as_array().unwrap().len(),
            1
        );
        let of_last = self::links(next.header("link"));
        assert_eq!(of_last.keys().collect::<Vec<_>>(), ["first"]);
        assert_eq!(of_last["first"], first);
        let cursor = page.json()["next_cursor"].as_str().unwrap().to_owned();
        assert_eq!(links["next"], format!("{first}&cursor={cursor}"));
    }
}

/// Targets by relation.
fn links(header: &str) -> std::collections::BTreeMap<String, String> {
    let links = header.split(", ").map(|link| {
        let (target, relation) = link.split_once("; rel=").unwrap();
        let target = target.trim_start_matches('<').trim_end_matches('>');
        (relation.trim_matches('"').to_owned(), target.to_owned())
    });
    links.collect()
}
