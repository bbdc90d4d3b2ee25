//! A broken constraint has the same name on both databases.

use concordat::db::{Conn, Db, constraints, fault};
use concordat::ids::{OrderId, UserId};
use concordat::repository::categories::CategoryChanges;
use concordat::repository::orders::{Order, OrderLine};
use concordat::repository::products::ProductChanges;
use concordat::repository::users::UserChanges;
use concordat::repository::{categories, orders, products, users};
use diesel::QueryResult;
use futures_util::future::BoxFuture;

use crate::backends::TestDb;
use crate::factories::{
    Error, category, commit, now, partner, product, product_named, user, user_named,
};

/// The name of the constraint that `work` breaks.
async fn broken<'a, T: Send + std::fmt::Debug + 'a>(
    db: &'a Db,
    mut work: impl for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, QueryResult<T>> + Send,
) -> String {
    let outcome: Result<T, Error> = db
        .transaction(|conn| {
            let query = work(conn);
            Box::pin(async move { Ok(query.await?) })
        })
        .await;
    match outcome {
        Err(Error::Query(error)) => fault::constraint(&error).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_or_an_address_that_is_taken_breaks_its_own_constraint() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let alice = user(db, partner, &user_named("alice"), now()).await.id;
        user(db, partner, &user_named("bob"), now()).await;
        category(db, partner, "Tools").await;
        let toys = category(db, partner, "Toys").await;

        let username = broken(db, |conn| {
            Box::pin(async move {
                let mut new = user_named("alice");
                new.email = "free@example.com".to_owned();
                users::insert(conn, partner, UserId::new(now()), &new, now()).await
            })
        })
        .await;
        let email = broken(db, |conn| {
            Box::pin(async move {
                let changes = UserChanges {
                    email: Some("bob@example.com".to_owned()),
                    ..UserChanges::default()
                };
                users::update(conn, partner, alice, &changes, None, now()).await
            })
        })
        .await;
        let name = broken(db, |conn| {
            Box::pin(async move {
                let changes = CategoryChanges {
                    name: Some("Tools".to_owned()),
                    slug: None,
                };
                categories::update(conn, partner, toys, &changes, None, now()).await
            })
        })
        .await;
        let slug = broken(db, |conn| {
            Box::pin(async move {
                let changes = CategoryChanges {
                    name: None,
                    slug: Some("tools".to_owned()),
                };
                categories::update(conn, partner, toys, &changes, None, now()).await
            })
        })
        .await;

        let names = [username, email, name, slug];
        let wanted = [
            constraints::USERS_USERNAME,
            constraints::USERS_EMAIL,
            constraints::CATEGORIES_NAME,
            constraints::CATEGORIES_SLUG,
        ];
        assert_eq!(names, wanted, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_an_order_stays() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let tools = category(db, partner, "Tools").await;
        let toys = category(db, partner, "Toys").await;
        let hammer = product(db, partner, &product_named(tools, "Hammer"), now()).await;
        let robot = product(db, partner, &product_named(toys, "Robot"), now()).await;
        let id = OrderId::new(now());
        let order = &Order::new(id, None, 3_998, Some("soon".to_owned()), now());
        let lines = &[1, 2].map(|number| OrderLine {
            order_id: id,
            line_no: number,
            product_id: hammer.id,
            product_name: hammer.name.clone(),
            quantity: number,
            unit_price_minor: hammer.price_minor,
        });
        commit(db, |conn| {
            Box::pin(async move { Ok(orders::insert(conn, partner, order, lines).await?) })
        })
        .await;

        let (hammer, robot) = (hammer.id, robot.id);
        let in_order = broken(db, |conn| {
            Box::pin(async move { products::delete(conn, partner, hammer, None).await })
        })
        .await;
        let with_ordered = broken(db, |conn| {
            Box::pin(async move { categories::delete(conn, partner, tools, None).await })
        })
        .await;
        let (deleted, gone, lines) = commit(db, |conn| {
            Box::pin(async move {
                let deleted = categories::delete(conn, partner, toys, None).await?;
                let gone = products::find(conn, partner, robot).await?;
                let lines = orders::lines(conn, partner, &[order.id]).await?;
                Ok((deleted, gone, lines))
            })
        })
        .await;

        assert_eq!(in_order, constraints::ORDER_LINES_PRODUCT, "{backend}");
        assert_eq!(with_ordered, constraints::ORDER_LINES_PRODUCT, "{backend}");
        assert!(deleted && gone.is_none(), "{backend}");
        let lines: Vec<_> = lines.iter().map(|l| (l.line_no, l.quantity)).collect();
        assert_eq!(lines, [(1, 1), (2, 2)], "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_out_of_its_range_breaks_a_check() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let tools = category(db, partner, "Tools").await;
        let hammer = product(db, partner, &product_named(tools, "Hammer"), now())
            .await
            .id;
        let change = |changes: ProductChanges| async move {
            let changes = &changes;
            broken(db, |conn| {
                Box::pin(async move {
                    products::update(conn, partner, hammer, changes, None, now()).await
                })
            })
            .await
        };

        let stock = change(ProductChanges {
            stock: Some(-1),
            ..ProductChanges::default()
        })
        .await;
        let price = change(ProductChanges {
            price_minor: Some(10_000_000_000),
            ..ProductChanges::default()
        })
        .await;

        assert_eq!(stock, "products_stock_check", "{backend}");
        assert_eq!(price, "products_price_check", "{backend}");
    }
}
