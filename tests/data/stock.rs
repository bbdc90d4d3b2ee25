//! Stock never goes below zero.

use concordat::repository::products;
use futures_util::future::join_all;

use crate::backends::TestDb;
use crate::factories::{Error, category, commit, now, partner, product, product_named, take};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_take_at_once_only_as_many_succeed_as_there_is_stock() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let mut new = product_named(category, "Hammer");
        new.stock = 50;
        let hammer = product(db, partner, &new, now()).await.id;

        let takes = (0..200).map(|_| {
            db.transaction::<_, Error, _>(|conn| {
                Box::pin(async move {
                    let taken = take(conn, partner, hammer, 1).await?;
                    taken.ok_or(Error::Refused)
                })
            })
        });
        let outcomes = join_all(takes).await;

        let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let refused = outcomes.iter().filter(|o| matches!(o, Err(Error::Refused)));
        assert_eq!((taken, refused.count()), (50, 150), "{backend}");
        let mut conn = db.read().await.unwrap();
        let left = products::find(&mut conn, partner, hammer).await.unwrap();
        let left = left.unwrap();
        assert_eq!((left.stock, left.version), (0, 51), "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_back_can_be_taken_again() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let hammer = product(db, partner, &product_named(category, "Hammer"), now()).await;

        let (taken, stock) = commit(db, |conn| {
            let id = hammer.id;
            Box::pin(async move {
                let taken = take(conn, partner, id, 10).await?;
                let stock = products::restock(conn, partner, id, 4, now()).await?;
                Ok((taken, stock))
            })
        })
        .await;

        let taken = taken.unwrap();
        assert_eq!((taken.stock, taken.price_minor), (0, 1_999));
        assert_eq!(stock, Some(4));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_is_not_offered_cannot_be_taken() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let mut new = product_named(category, "Hammer");
        new.is_active = false;
        let hammer = product(db, partner, &new, now()).await.id;

        let taken = commit(db, |conn| {
            Box::pin(async move { Ok(take(conn, partner, hammer, 1).await?) })
        })
        .await;

        assert_eq!(taken, None);
    }
}
