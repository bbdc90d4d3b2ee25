//! A request that is repeated has one effect and one answer.

use concordat::db::Db;
use concordat::ids::{PartnerId, ProductId};
use concordat::repository::idempotency::{self, Claim, Request};
use futures_util::future::join_all;
use serde_json::json;

use crate::backends::TestDb;
use crate::factories::{
    Error, category, commit, later, now, partner, product, product_named, take,
};

const REQUEST: Request<'static> = Request {
    operation: "createOrder",
    key: "k-1",
    fingerprint: &[7; 32],
};

async fn claim(db: &Db, partner: PartnerId, request: Request<'_>, micros: i64) -> Claim {
    commit(db, |conn| {
        let request = Request { ..request };
        Box::pin(
            async move { Ok(idempotency::claim(conn, partner, request, later(micros)).await?) },
        )
    })
    .await
}

async fn take_once(db: &Db, partner: PartnerId, hammer: ProductId) -> Result<Claim, Error> {
    db.transaction(|conn| {
        Box::pin(async move {
            let claim = idempotency::claim(conn, partner, REQUEST, now()).await?;
            if claim == Claim::New {
                let taken = take(conn, partner, hammer, 1).await?;
                let answer = json!({ "stock": taken.unwrap().stock });
                idempotency::complete(conn, partner, REQUEST, answer).await?;
            }
            Ok(claim)
        })
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_claim_a_key_at_once_one_works_and_the_others_get_its_answer() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let hammer = product(db, partner, &product_named(category, "Hammer"), now()).await;

        let claims = join_all((0..30).map(|_| take_once(db, partner, hammer.id))).await;

        let claims: Vec<Claim> = claims.into_iter().map(Result::unwrap).collect();
        let new = claims.iter().filter(|claim| **claim == Claim::New).count();
        let answer = Claim::Replay(json!({ "stock": 9 }));
        let replayed = claims.iter().filter(|claim| **claim == answer).count();
        assert_eq!((new, replayed), (1, 29), "{backend}: {claims:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_is_rolled_back_leaves_the_key_free() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;

        let failed: Result<(), Error> = db
            .transaction(|conn| {
                Box::pin(async move {
                    idempotency::claim(conn, partner, REQUEST, now()).await?;
                    Err(Error::Refused)
                })
            })
            .await;

        assert!(failed.is_err());
        assert_eq!(claim(db, partner, REQUEST, 0).await, Claim::New);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_belongs_to_one_request_of_one_operation_of_one_partner() {
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let (mine, other) = (partner(db).await, partner(db).await);
        assert_eq!(claim(db, mine, REQUEST, 0).await, Claim::New);

        let body = Request {
            fingerprint: &[8; 32],
            ..REQUEST
        };
        let operation = Request {
            operation: "createRefund",
            ..REQUEST
        };

        assert_eq!(claim(db, mine, body, 0).await, Claim::Mismatch);
        assert_eq!(claim(db, mine, operation, 0).await, Claim::New);
        assert_eq!(claim(db, other, REQUEST, 0).await, Claim::New);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_forgotten_after_a_day() {
    let day = 24 * 3_600 * 1_000_000;
    for TestDb { db, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        assert_eq!(claim(db, partner, REQUEST, 0).await, Claim::New);

        assert_eq!(claim(db, partner, REQUEST, day).await, Claim::InProgress);
        assert_eq!(claim(db, partner, REQUEST, day + 1).await, Claim::New);
        let purged = commit(db, |conn| {
            Box::pin(async move { Ok(idempotency::purge(conn, later(3 * day), 10).await?) })
        })
        .await;

        assert_eq!(purged, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_held_for_too_long_is_in_progress() {
    let hasty = |options: &mut concordat::db::Options| {
        options.lock_timeout = std::time::Duration::from_millis(100);
    };
    for TestDb { db, backend, .. } in &TestDb::opened_on_each_backend(hasty).await {
        if *backend != "postgres" {
            continue;
        }
        let partner = partner(db).await;

        let claims = commit(db, |conn| {
            Box::pin(async move {
                let held = idempotency::claim(conn, partner, REQUEST, now()).await?;
                let other: Result<(), Error> = db
                    .transaction(|conn| {
                        Box::pin(async move {
                            let claim = idempotency::claim(conn, partner, REQUEST, now()).await?;
                            assert_eq!(claim, Claim::InProgress);
                            Err(Error::Refused)
                        })
                    })
                    .await;
                Ok((held, other.is_err()))
            })
        })
        .await;

        assert_eq!(claims, (Claim::New, true));
    }
}
