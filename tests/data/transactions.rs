//! Transactions commit, roll back, try again and respect the pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use concordat::db::{Conn, Db, DbError};
use concordat::ids::{PartnerId, ProductId};
use concordat::repository::products;
use diesel_async::SimpleAsyncConnection;
use futures_util::FutureExt;
use tokio::sync::Barrier;

use crate::backends::TestDb;
use crate::factories::{Error, category, now, partner, product, product_named, take};

async fn hammer(db: &Db) -> (PartnerId, ProductId) {
    let partner = partner(db).await;
    let category = category(db, partner, "Tools").await;
    let hammer = product(db, partner, &product_named(category, "Hammer"), now()).await;
    (partner, hammer.id)
}

async fn stock(db: &Db, partner: PartnerId, id: ProductId) -> i32 {
    let mut conn = db.read().await.unwrap();
    let product = products::find(&mut conn, partner, id).await.unwrap();
    product.unwrap().stock
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_rolls_everything_back() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let (partner, hammer) = hammer(db).await;

        let outcome: Result<(), Error> = db
            .transaction(|conn| {
                Box::pin(async move {
                    take(conn, partner, hammer, 1).await?;
                    Err(Error::Refused)
                })
            })
            .await;

        assert!(matches!(outcome, Err(Error::Refused)));
        assert_eq!(stock(db, partner, hammer).await, 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_whose_future_is_dropped_is_rolled_back() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (partner, hammer) = hammer(db).await;
        let taken = Arc::new(Barrier::new(2));

        let task = tokio::spawn({
            let (db, taken) = (db.clone(), taken.clone());
            async move {
                let taken = &taken;
                db.transaction::<(), Error, _>(|conn| {
                    Box::pin(async move {
                        take(conn, partner, hammer, 1).await?;
                        taken.wait().await;
                        std::future::pending().await
                    })
                })
                .await
            }
        });
        taken.wait().await;
        task.abort();
        let aborted = task.await;

        assert!(aborted.unwrap_err().is_cancelled());
        assert_eq!(stock(db, partner, hammer).await, 10, "{backend}");
        let again: Result<_, Error> = db
            .transaction(|conn| Box::pin(async move { Ok(take(conn, partner, hammer, 1).await?) }))
            .await;
        assert_eq!(again.unwrap().unwrap().stock, 9, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_that_deadlock_are_run_again() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let one = product(db, partner, &product_named(category, "One"), now()).await;
        let two = product(db, partner, &product_named(category, "Two"), now()).await;
        let runs = AtomicU32::new(0);

        // Each takes the two in another order, and waits so that the locks cross.
        let take_both = |first: ProductId, second: ProductId| {
            let runs = &runs;
            db.transaction::<_, Error, _>(move |conn| {
                Box::pin(async move {
                    runs.fetch_add(1, Ordering::Relaxed);
                    take(conn, partner, first, 1).await?;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    take(conn, partner, second, 1).await?;
                    Ok(())
                })
            })
        };
        let (left, right) = tokio::join!(take_both(one.id, two.id), take_both(two.id, one.id));

        left.unwrap();
        right.unwrap();
        assert_eq!(stock(db, partner, one.id).await, 8);
        assert_eq!(stock(db, partner, two.id).await, 8);
        let wanted = if *backend == "postgres" { 3 } else { 2 };
        assert_eq!(runs.load(Ordering::Relaxed), wanted, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_cannot_be_serialized_is_run_three_times_more() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        if *backend != "postgres" {
            continue;
        }
        for failures in [1, 3, 4] {
            let runs = AtomicU32::new(0);

            let outcome: Result<(), Error> = db
                .transaction(|conn| {
                    let fails = runs.fetch_add(1, Ordering::Relaxed) < failures;
                    Box::pin(async move {
                        let Conn::Pg(conn) = conn else {
                            panic!("not PostgreSQL");
                        };
                        if fails {
                            let raise = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$";
                            conn.batch_execute(raise).await?;
                        }
                        Ok(())
                    })
                })
                .await;

            assert_eq!(outcome.is_ok(), failures < 4, "{outcome:?}");
            assert_eq!(runs.load(Ordering::Relaxed), (failures + 1).min(4));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_that_stays_busy_says_so() {
    let small = |options: &mut concordat::db::Options| {
        options.pool_size = 1;
        options.acquire_timeout = Duration::from_millis(100);
    };
    for TestDb { db, backend, .. } in &TestDb::opened_on_each_backend(small).await {
        let held = Arc::new(Barrier::new(2));
        let task = tokio::spawn({
            let (db, held) = (db.clone(), held.clone());
            async move {
                let held = &held;
                db.transaction::<(), Error, _>(|_| {
                    Box::pin(async move {
                        held.wait().await;
                        std::future::pending().await
                    })
                })
                .await
            }
        });
        held.wait().await;

        let refused: Result<(), Error> = db.transaction(|_| Box::pin(async { Ok(()) })).await;

        assert!(
            matches!(refused, Err(Error::Db(DbError::PoolExhausted))),
            "{backend}: {refused:?}"
        );
        task.abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_database_refuses_at_once() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        db.ping().await.unwrap();

        db.close(Duration::from_secs(1)).await;

        assert!(matches!(db.ping().await, Err(DbError::Closed)));
        assert!(matches!(db.read().await, Err(DbError::Closed)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_for_reads_cannot_write_on_sqlite() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (partner, hammer) = hammer(db).await;
        let mut conn = db.read().await.unwrap();

        let taken = take(&mut conn, partner, hammer, 1).await;

        assert_eq!(taken.is_err(), *backend == "sqlite");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_connection_that_breaks_is_replaced() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        if *backend != "postgres" {
            continue;
        }
        let (partner, hammer) = hammer(db).await;
        assert_eq!(stock(db, partner, hammer).await, 10);
        assert_eq!(stock(db, partner, hammer).await, 10);

        let mut conn = db.checkout().await.unwrap();
        let concordat::db::Conn::Pg(conn) = &mut conn else {
            panic!("not PostgreSQL");
        };
        diesel_async::SimpleAsyncConnection::batch_execute(
            &mut ***conn,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await
        .unwrap();

        // The end of a connection takes a moment to show.
        for _ in 0..50 {
            if db.ping().await.is_ok() && db.ping().await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(stock(db, partner, hammer).await, 10);
        assert_eq!(stock(db, partner, hammer).await, 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_that_are_dropped_half_way_leave_the_answers_of_others_in_order() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (partner, hammer) = hammer(db).await;
        let find = async || {
            let mut conn = db.read().await.unwrap();
            products::find(&mut conn, partner, hammer).await.unwrap()
        };
        find().await;

        for _ in 0..100 {
            let kept = find();
            // Sent, then dropped before its answer is there.
            drop(db.ping().now_or_never());
            drop(find().now_or_never());
            assert_eq!(kept.await.unwrap().id, hammer, "{backend}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_together_is_rolled_back_together() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let (partner, hammer) = hammer(db).await;
        let missing = ProductId::new(now());

        let taken = db
            .transaction::<(), Error, _>(|conn| {
                Box::pin(async move {
                    let wanted = [(hammer, 1), (missing, 1), (hammer, 100), (hammer, 2)];
                    let taken = products::take(conn, partner, wanted.into_iter(), now()).await?;
                    let found: Vec<bool> = taken.iter().map(Option::is_some).collect();
                    assert_eq!(found, [true, false, false, true]);
                    Err(Error::Refused)
                })
            })
            .await;

        assert!(matches!(taken, Err(Error::Refused)), "{backend}");
        assert_eq!(stock(db, partner, hammer).await, 10, "{backend}");
    }
}
