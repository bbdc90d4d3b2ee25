//! What belongs to one partner does not exist for another.

use concordat::db::{constraints, fault};
use concordat::ids::{OrderId, UserId};
use concordat::repository::categories::CategoryChanges;
use concordat::repository::orders::{Order, OrderChange, OrderFilter, OrderLine, OrderStatus};
use concordat::repository::page::Slice;
use concordat::repository::products::{ProductChanges, ProductFilter, ProductOrder};
use concordat::repository::users::{UserChanges, UserFilter};
use concordat::repository::{categories, orders, products, users};

use crate::backends::TestDb;
use crate::factories::{
    Error, category, commit, now, partner, product, product_named, take, user, user_named,
};

#[tokio::test(flavor = "multi_thread")]
async fn another_partner_finds_lists_changes_and_deletes_nothing() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (mine, other) = (partner(db).await, partner(db).await);
        let category = category(db, mine, "Tools").await;
        let product = product(db, mine, &product_named(category, "Hammer"), now()).await;
        let user = user(db, mine, &user_named("alice"), now()).await;
        let (order, lines) = &order_of(product.id, Some(user.id));
        commit(db, |conn| {
            Box::pin(async move { Ok(orders::insert(conn, mine, order, lines).await?) })
        })
        .await;
        let (product, user, order) = (product.id, user.id, order.id);

        let seen: Vec<bool> = commit(db, |conn| {
            Box::pin(async move {
                let changes = &UserChanges {
                    name: Some(Some("Eve".to_owned())),
                    ..UserChanges::default()
                };
                let change = OrderChange {
                    status: OrderStatus::Cancelled,
                    paid_at: None,
                    fulfilled_at: None,
                };
                let slice = &Slice::first(10);
                let filter = &ProductFilter::default();
                let all = ProductOrder::Price;
                let products = products::list(conn, other, filter, all, &Slice::first(10)).await?;
                let filter = OrderFilter::default();
                Ok(vec![
                    users::find(conn, other, user).await?.is_some(),
                    users::update(conn, other, user, changes, None, now())
                        .await?
                        .is_some(),
                    !users::list(conn, other, &UserFilter::default(), slice)
                        .await?
                        .items
                        .is_empty(),
                    categories::find(conn, other, category).await?.is_some(),
                    categories::update(
                        conn,
                        other,
                        category,
                        &CategoryChanges::default(),
                        None,
                        now(),
                    )
                    .await?
                    .is_some(),
                    categories::delete(conn, other, category, None).await?,
                    !categories::stats(conn, other, &Slice::first(10))
                        .await?
                        .items
                        .is_empty(),
                    products::find(conn, other, product).await?.is_some(),
                    products::update(
                        conn,
                        other,
                        product,
                        &ProductChanges::default(),
                        None,
                        now(),
                    )
                    .await?
                    .is_some(),
                    products::delete(conn, other, product, None).await?,
                    take(conn, other, product, 1).await?.is_some(),
                    products::restock(conn, other, product, 1, now())
                        .await?
                        .is_some(),
                    !products.items.is_empty(),
                    orders::find(conn, other, order).await?.is_some(),
                    orders::advance(conn, other, order, OrderStatus::ALL, change, None, now())
                        .await?
                        .is_some(),
                    !orders::lines(conn, other, &[order]).await?.is_empty(),
                    !orders::list(conn, other, filter, slice)
                        .await?
                        .items
                        .is_empty(),
                ])
            })
        })
        .await;

        assert!(seen.iter().all(|seen| !seen), "{backend}: {seen:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_can_point_at_a_row_of_another_partner() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (mine, other) = (partner(db).await, partner(db).await);
        let category = category(db, mine, "Tools").await;
        let product = product(db, mine, &product_named(category, "Hammer"), now()).await;
        let user = user(db, mine, &user_named("alice"), now()).await;

        let new_product = &product_named(category, "Saw");
        let with_category = db
            .transaction::<_, Error, _>(|conn| {
                let id = product.id.uuid().as_u128().wrapping_add(1);
                let id = uuid::Uuid::from_u128(id).into();
                Box::pin(
                    async move { Ok(products::insert(conn, other, id, new_product, now()).await?) },
                )
            })
            .await;
        let place = |new: (Order, [OrderLine; 1])| async move {
            let (order, lines) = &new;
            db.transaction::<_, Error, _>(|conn| {
                Box::pin(async move { Ok(orders::insert(conn, other, order, lines).await?) })
            })
            .await
        };
        let with_user = place(order_of(product.id, Some(user.id))).await;
        let with_product = place(order_of(product.id, None)).await;

        let broken = [
            name_of(with_category),
            name_of(with_user),
            name_of(with_product),
        ];
        let wanted = [
            constraints::PRODUCTS_CATEGORY,
            constraints::ORDERS_USER,
            constraints::ORDER_LINES_PRODUCT,
        ];
        assert_eq!(broken, wanted, "{backend}");
    }
}

fn order_of(
    product_id: concordat::ids::ProductId,
    user_id: Option<UserId>,
) -> (Order, [OrderLine; 1]) {
    let order = Order::new(OrderId::new(now()), user_id, 1_999, None, now());
    let line = OrderLine {
        order_id: order.id,
        line_no: 1,
        product_id,
        product_name: "Hammer".to_owned(),
        quantity: 1,
        unit_price_minor: 1_999,
    };
    (order, [line])
}

fn name_of<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Query(error)) => fault::constraint(&error).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}
