//! `concordat seed`.

use std::collections::HashSet;

use concordat::db::{Db, Options};
use concordat::ids::PartnerId;
use concordat::repository::page::Slice;
use concordat::repository::products::{self, Product, ProductFilter, ProductOrder};
use serde_json::Value;

use crate::places::Place;
use crate::support::{Serving, done, run};

/// The first hundred products of a partner, oldest first.
async fn products(place: &Place, partner: &Value) -> Vec<Product> {
    let partner: PartnerId = partner["id"].as_str().unwrap().parse().unwrap();
    let db = Db::open(Options::new(place.url())).await.unwrap();
    let mut conn = db.checkout().await.unwrap();
    let (filter, slice) = (ProductFilter::default(), Slice::first(100));
    products::list(&mut conn, partner, &filter, ProductOrder::Created, &slice)
        .await
        .unwrap()
        .items
}

fn parsed(json: &str) -> Vec<Value> {
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn it_adds_what_is_asked_for_and_prints_who_may_call() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();

        let json = done(
            &url,
            &[
                "seed",
                "--partners",
                "3",
                "--products",
                "25",
                "--stock",
                "7",
                "--json",
            ],
        );

        let partners = parsed(&json);
        let mut keys = HashSet::new();
        for partner in &partners {
            for role in contract::ROLES {
                keys.insert(partner["keys"][role.name].as_str().unwrap());
            }
            let products = products(&place, partner).await;
            assert_eq!(products.len(), 25);
            assert!(
                products
                    .iter()
                    .all(|product| product.stock == 7 && product.price_minor > 0)
            );
        }
        assert_eq!((partners.len(), keys.len()), (3, 3 * contract::ROLES.len()));
    }
}

#[tokio::test]
async fn the_same_seed_gives_the_same_and_changes_nothing() {
    let seed = |url: &str, partners: &str, products: &str, stock: &str| {
        let arguments = [
            "seed",
            "--partners",
            partners,
            "--products",
            products,
            "--stock",
            stock,
            "--seed",
            "42",
            "--json",
        ];
        done(url, &arguments)
    };
    let mut printed = HashSet::new();
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let first = seed(&url, "2", "10", "5");
        let before = products(&place, &parsed(&first)[0]).await;

        let again = seed(&url, "2", "10", "900");
        let more = seed(&url, "3", "12", "900");

        let after = products(&place, &parsed(&first)[0]).await;
        assert_eq!(first, again);
        assert_eq!(parsed(&more)[..2], parsed(&first)[..]);
        assert_eq!((&after[..10], after.len()), (&before[..], 12));
        printed.insert(first);
    }
    assert_eq!(printed.len(), 1, "the same on both databases");
}

#[tokio::test]
async fn what_a_partner_made_in_the_way_is_left_alone() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();
        let partners = parsed(&done(&url, &["seed", "--products", "0", "--json"]));
        let serving = Serving::start(&url, &[], &[]);
        serving.wait_until_ready();
        let key = partners[0]["keys"]["admin"].as_str().unwrap();
        let (_, page) = serving.get("/v1/categories", key);
        let category = &page["items"][0];
        let path = format!("/v1/categories/{}", category["id"].as_str().unwrap());
        let bearer = format!("Authorization: Bearer {key}");
        serving.send("DELETE", &path, &[&bearer, "If-Match: *"], "");
        let body = serde_json::json!({"name": category["name"], "slug": "mine"}).to_string();
        let fields = [&bearer[..], "Content-Type: application/json"];
        let (made, _) = serving.send("POST", "/v1/categories", &fields, &body);

        done(&url, &["seed", "--products", "50"]);

        let products = products(&place, &partners[0]).await;
        assert_eq!(made, 201);
        assert_eq!(products.len(), 45, "one category of ten has no place");
    }
}

#[tokio::test]
async fn numbers_without_products_and_wrong_ones() {
    let folder = tempfile::tempdir().unwrap();
    let url = folder.path().join("a.sqlite");
    let url = url.to_str().unwrap();

    let listed = done(url, &["seed", "--partners", "2", "--products", "0"]);

    assert!(
        listed.contains("Demo partner")
            && listed.matches("sk_live_").count() == 2 * contract::ROLES.len()
    );
    for arguments in [["seed", "--partners", "0"], ["seed", "--products", "-1"]] {
        assert_eq!(run(url, &arguments).code, Some(2));
    }
}
