//! A request that is repeated has one effect and one answer.

use std::time::Duration;

use concordat::db::types::Time;
use concordat::db::{Conn, Db};
use concordat::ids::{PartnerId, ProductId};
use concordat::repository::idempotency::{self, Claim, Kept, Request};
use concordat::schema::idempotency_keys;
use diesel::ExpressionMethods;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::backends::TestDb;
use crate::factories::{
    Error, category, commit, later, now, partner, product, product_named, take,
};

/// A hang, not a measure.
const HANG: Duration = Duration::from_secs(60);

const REQUEST: Request<'static> = Request {
    operation: "createOrder",
    key: "k-1",
    fingerprint: &[7; 32],
};

/// Claims the key and keeps `answer` under it.
async fn claim(db: &Db, partner: PartnerId, request: Request<'_>, micros: i64) -> Claim {
    once(db, partner, request, later(micros), None).await
}

/// The same, and takes a piece of the product.
async fn take_once(db: &Db, partner: PartnerId, product: ProductId) -> Claim {
    once(db, partner, REQUEST, now(), Some(product)).await
}

async fn once(
    db: &Db,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
    product: Option<ProductId>,
) -> Claim {
    let done: Result<(), Error> = db
        .transaction(|conn| {
            Box::pin(async move {
                if idempotency::claim(conn, partner, request, now).await? == Claim::Taken {
                    return Err(Error::Refused);
                }
                if let Some(product) = product {
                    take(conn, partner, product, 1).await?;
                }
                Ok(idempotency::complete(conn, partner, request, answer()).await?)
            })
        })
        .await;
    match done {
        Ok(()) => Claim::New,
        Err(Error::Refused) => Claim::Taken,
        Err(error) => panic!("{error:?}"),
    }
}

async fn find(db: &Db, partner: PartnerId, request: Request<'_>, micros: i64) -> Option<Kept> {
    let mut conn = db.read().await.unwrap();
    idempotency::find(&mut conn, partner, request, later(micros))
        .await
        .unwrap()
}

fn answer() -> Value {
    json!({ "stock": 9 })
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_claim_a_key_at_once_one_works_and_the_others_find_its_answer() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        let partner = partner(db).await;
        let category = category(db, partner, "Tools").await;
        let hammer = product(db, partner, &product_named(category, "Hammer"), now()).await;

        let claims = join_all((0..30).map(|_| take_once(db, partner, hammer.id))).await;
        let kept = find(db, partner, REQUEST, 0).await;

        let new = claims.iter().filter(|claim| **claim == Claim::New).count();
        assert_eq!(new, 1, "{backend}: {claims:?}");
        let response = Some(answer());
        let fingerprint = REQUEST.fingerprint.to_vec();
        assert_eq!(
            kept,
            Some(Kept {
                fingerprint,
                response
            })
        );
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

        assert_eq!(claim(db, mine, body, 0).await, Claim::Taken);
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

        assert_eq!(claim(db, partner, REQUEST, day).await, Claim::Taken);
        assert!(find(db, partner, REQUEST, day).await.is_some());
        assert_eq!(find(db, partner, REQUEST, day + 1).await, None);
        assert_eq!(claim(db, partner, REQUEST, day + 1).await, Claim::New);
        let purged = commit(db, |conn| {
            Box::pin(async move { Ok(idempotency::purge(conn, later(3 * day), 10).await?) })
        })
        .await;

        assert_eq!(purged, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_held_is_taken_and_nobody_waits_for_it() {
    let patient = |options: &mut concordat::db::Options| {
        options.lock_timeout = Duration::from_secs(3_600);
        options.statement_timeout = Duration::from_secs(3_600);
    };
    for TestDb { db, backend, .. } in &TestDb::opened_on_each_backend(patient).await {
        // There is one writer on SQLite.
        if *backend != "postgres" {
            continue;
        }
        let partner = partner(db).await;

        let claims = commit(db, |conn| {
            Box::pin(async move {
                let held = idempotency::claim(conn, partner, REQUEST, now()).await?;
                let other = timeout(HANG, claim(db, partner, REQUEST, 0)).await;
                let found = find(db, partner, REQUEST, 0).await;
                Ok((held, other, found))
            })
        })
        .await;

        assert_eq!(claims, (Claim::New, Ok(Claim::Taken), None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_held_without_a_lock_is_taken_in_the_end() {
    let hasty = |options: &mut concordat::db::Options| {
        options.lock_timeout = Duration::from_millis(100);
    };
    for TestDb { db, backend, .. } in &TestDb::opened_on_each_backend(hasty).await {
        if *backend != "postgres" {
            continue;
        }
        let partner = partner(db).await;

        // As an engine does that knows no advisory locks, and a binary of before they were taken.
        let other = commit(db, |conn| {
            Box::pin(async move {
                let row = (
                    idempotency_keys::partner_id.eq(partner),
                    idempotency_keys::operation.eq(REQUEST.operation),
                    idempotency_keys::key.eq(REQUEST.key),
                    idempotency_keys::fingerprint.eq(REQUEST.fingerprint),
                    idempotency_keys::created_at.eq(now()),
                );
                let Conn::Pg(conn) = conn else {
                    panic!("not PostgreSQL");
                };
                let insert = diesel::insert_into(idempotency_keys::table).values(row);
                insert.execute(&mut ***conn).await?;
                Ok(claim(db, partner, REQUEST, 0).await)
            })
        })
        .await;

        assert_eq!(other, Claim::Taken);
    }
}
