//! Pages cover a list completely, whatever its keys.

use concordat::db::types::Time;
use concordat::ids::PartnerId;
use concordat::repository::page::{Cursors, InvalidCursor, Position, Scope, Slice};
use concordat::repository::products::{self, ProductFilter, ProductOrder};
use concordat::repository::users::UserFilter;
use concordat::repository::{categories, users};
use uuid::Uuid;

use crate::backends::TestDb;
use crate::factories::{category, later, now, partner, product, product_named, user, user_named};

const ORDERS: [ProductOrder; 4] = [
    ProductOrder::Price,
    ProductOrder::PriceDescending,
    ProductOrder::Created,
    ProductOrder::CreatedDescending,
];

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_products_with_equal_keys_miss_none_and_repeat_none() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let mut all = Vec::new();
        for number in 0..23_i64 {
            let mut new = product_named(category, &format!("Tool {number}"));
            new.price_minor = 100 + number % 3;
            all.push(product(db, partner, &new, later(number % 2)).await.id);
        }
        all.sort();

        for order in ORDERS {
            let mut conn = db.read().await.unwrap();
            let mut seen = Vec::new();
            let mut slice = Slice::first(4);
            loop {
                let filter = ProductFilter::default();
                let page = products::list(&mut conn, partner, &filter, order, &slice);
                let page = page.await.unwrap();
                assert!(page.items.len() <= 4);
                seen.extend(page.items);
                let Some(next) = page.next else { break };
                slice.after = Some(next);
            }

            let sorted = match order {
                ProductOrder::Price => seen.is_sorted_by_key(|p| (p.price_minor, p.id)),
                ProductOrder::PriceDescending => seen
                    .iter()
                    .rev()
                    .is_sorted_by_key(|p| (p.price_minor, p.id)),
                ProductOrder::Created => seen.is_sorted_by_key(|p| (p.created_at, p.id)),
                ProductOrder::CreatedDescending => {
                    seen.iter().rev().is_sorted_by_key(|p| (p.created_at, p.id))
                }
            };
            assert!(sorted, "{backend} {order}");
            let mut ids: Vec<_> = seen.iter().map(|product| product.id).collect();
            ids.sort();
            assert_eq!(ids, all, "{backend} {order}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_users_and_categories_are_complete_too() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        for number in 0..7 {
            user(db, partner, &user_named(&format!("user{number}")), now()).await;
        }
        for name in ["b", "Y", "a", "Ä", "z"] {
            category(db, partner, name).await;
        }
        let mut conn = db.read().await.unwrap();

        let mut slice = Slice::first(3);
        let mut names = Vec::new();
        loop {
            let page = users::list(&mut conn, partner, &UserFilter::default(), &slice)
                .await
                .unwrap();
            names.extend(page.items.into_iter().map(|user| user.username));
            let Some(next) = page.next else { break };
            slice.after = Some(next);
        }
        let first = categories::list(&mut conn, partner, &Slice::first(3)).await;
        let first = first.unwrap();
        let rest = Slice {
            after: first.next,
            limit: 3,
        };
        let rest = categories::list(&mut conn, partner, &rest).await.unwrap();

        names.sort();
        assert_eq!(names.len(), 7);
        names.dedup();
        assert_eq!(names.len(), 7);
        let categories: Vec<_> = first.items.iter().chain(&rest.items).collect();
        let categories: Vec<_> = categories.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(categories, ["Y", "a", "b", "z", "Ä"], "{backend}");
        assert_eq!(rest.next, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_found_by_a_part_of_their_name_taken_literally() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        for name in [
            "100% Wool",
            "1000 Wool",
            r"Back\slash",
            "Snake_case",
            "ÄPFEL",
        ] {
            product(db, partner, &product_named(category, name), now()).await;
        }
        let mut conn = db.read().await.unwrap();

        for (q, wanted) in [
            ("0% w", "100% Wool"),
            (r"k\s", r"Back\slash"),
            ("E_C", "Snake_case"),
            ("äpf", "ÄPFEL"),
        ] {
            let filter = ProductFilter {
                q: Some(q.to_owned()),
                is_active: Some(true),
                category_id: Some(category),
            };
            let order = ProductOrder::Price;
            let slice = Slice::first(20);
            let page = products::list(&mut conn, partner, &filter, order, &slice);
            let found = page.await.unwrap().items;

            let names: Vec<_> = found.iter().map(|product| product.name.as_str()).collect();
            assert_eq!(names, [wanted], "{backend} {q}");
            assert_eq!(found[0].category_name, "Tools");
        }
    }
}

#[test]
fn a_cursor_opens_only_where_it_was_sealed() {
    let cursors = Cursors::new(&[1; 32]);
    let partner = PartnerId::new(now());
    let scope = Scope::new("listProducts", partner).with("ordering", Some("price"));
    let position = Position {
        key: 1_999_i64,
        id: Uuid::from_u128(7),
    };

    let cursor = cursors.seal(&scope, &position);

    assert_eq!(cursors.open(&scope, &cursor), Ok(position));
    let others = [
        Scope::new("listOrders", partner).with("ordering", Some("price")),
        Scope::new("listProducts", PartnerId::new(now())).with("ordering", Some("price")),
        Scope::new("listProducts", partner).with("ordering", Some("-price")),
        Scope::new("listProducts", partner),
        scope.clone().with("q", Some("")),
    ];
    for other in others {
        assert_eq!(cursors.open::<i64>(&other, &cursor), Err(InvalidCursor));
    }
    let stranger = Cursors::new(&[2; 32]);
    assert_eq!(stranger.open::<i64>(&scope, &cursor), Err(InvalidCursor));
}

#[test]
fn no_text_but_a_sealed_one_is_a_cursor() {
    let cursors = Cursors::new(&[1; 32]);
    let scope = Scope::new("listUsers", PartnerId::new(now()));
    let cursor = cursors.seal(
        &scope,
        &Position {
            key: now(),
            id: Uuid::nil(),
        },
    );

    for index in 0..cursor.len() {
        let mut changed = cursor.clone().into_bytes();
        changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(cursors.open::<Time>(&scope, &changed).is_err(), "{changed}");
        assert!(cursors.open::<Time>(&scope, &cursor[..index]).is_err());
    }
    assert!(cursors.open::<Time>(&scope, "not base64!").is_err());
}

#[test]
fn a_cursor_has_at_most_600_characters() {
    let cursors = Cursors::new(&[1; 32]);
    let scope = Scope::new("listCategories", PartnerId::new(now()));
    let key = "\u{10FFFF}".repeat(100);

    let cursor = cursors.seal(
        &scope,
        &Position {
            key,
            id: Uuid::nil(),
        },
    );

    assert!(cursor.len() <= 600, "{}", cursor.len());
}
