//! Idempotency keys: a repeated request gets the first one's answer, once and for 24 hours.

use chrono::TimeDelta;
use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{BigInt, Binary};
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::db::types::{Json, Time};
use crate::db::{Conn, Prepared, constraints, fault, on};
use crate::ids::PartnerId;
use crate::schema::idempotency_keys;

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

#[diesel::declare_sql_function]
extern "SQL" {
    /// Takes a lock of PostgreSQL for the rest of the transaction, unless another has it.
    fn pg_try_advisory_xact_lock(key: BigInt) -> Bool;
}

/// Which request is meant.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The contract's operationId.
    pub operation: &'a str,
    /// The value of `Idempotency-Key`: 1 to 255 characters.
    pub key: &'a str,
    /// SHA-256 of the canonical body.
    pub fingerprint: &'a [u8],
}

impl Request<'_> {
    /// The number by which the request's key is told from others where only numbers do: the same in
    /// every process.
    #[must_use]
    pub fn number(&self, partner: PartnerId) -> i64 {
        let mut digest = Sha256::new_with_prefix(partner.uuid());
        digest.update(self.operation);
        // In no name of an operation.
        digest.update([0]);
        digest.update(self.key);
        let digest: [u8; 32] = digest.finalize().into();
        let [a, b, c, d, e, f, g, h, ..] = digest;
        i64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The key is new: do the work, then [`complete`] it in the same transaction.
    New,
    /// It is another call's, which [`find`] may tell about after this transaction. That cannot go
    /// on: roll it back.
    Taken,
}

/// What a call left under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of its canonical body.
    pub fingerprint: Vec<u8>,
    /// What it was answered.
    pub response: Option<Value>,
}

/// Claims the key inside the transaction of the work: it is ours if it is new, or its holder's time
/// is over. This waits for no other transaction that claims it, and what was sent after it fails
/// with it, unless the engine has no advisory locks: there it waits up to the lock timeout. On
/// SQLite writers come one by one.
///
/// # Errors
/// Diesel's.
pub async fn claim(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> QueryResult<Claim> {
    // No row is without a fingerprint: what is not ours breaks that rule, and ends the transaction.
    macro_rules! insert {
        ($fingerprint:expr) => {
            Prepared(
                diesel::insert_into(idempotency_keys::table)
                    .values((
                        idempotency_keys::partner_id.eq(partner),
                        idempotency_keys::operation.eq(request.operation),
                        idempotency_keys::key.eq(request.key),
                        idempotency_keys::fingerprint.eq($fingerprint),
                        idempotency_keys::created_at.eq(now),
                    ))
                    .on_conflict((
                        idempotency_keys::partner_id,
                        idempotency_keys::operation,
                        idempotency_keys::key,
                    ))
                    .do_update()
                    .set((
                        idempotency_keys::fingerprint.eq(case_when(
                            idempotency_keys::created_at.lt(expiry(now)),
                            excluded(idempotency_keys::fingerprint),
                        )
                        .assume_not_null()),
                        idempotency_keys::response.eq(None::<Json<Value>>),
                        idempotency_keys::created_at.eq(now),
                    )),
            )
        };
    }
    let written = on!(
        conn,
        |c| {
            // Given back with the transaction, once its row can be seen.
            let is_ours = pg_try_advisory_xact_lock(request.number(partner));
            let fingerprint = request.fingerprint.into_sql::<Binary>();
            insert!(case_when(is_ours, fingerprint).assume_not_null())
                .execute(c)
                .await
        },
        |c| insert!(request.fingerprint).execute(c).await
    );
    match written.map_err(fault::foreign_key(constraints::IDEMPOTENCY_KEYS_PARTNER)) {
        Ok(_) => Ok(Claim::New),
        Err(Error::DatabaseError(DatabaseErrorKind::NotNullViolation, _)) => Ok(Claim::Taken),
        Err(error) if fault::is_lock_timeout(&error) => Ok(Claim::Taken),
        Err(error) => Err(error),
    }
}

/// What an earlier call left under the key, if it is done and not forgotten.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> QueryResult<Option<Kept>> {
    let row: Option<(Vec<u8>, Option<Json<Value>>)> = on!(conn, |c| idempotency_keys::table
        .find((partner, request.operation, request.key))
        .filter(idempotency_keys::created_at.ge(expiry(now)))
        .select((idempotency_keys::fingerprint, idempotency_keys::response))
        .first(c)
        .await
        .optional())?;
    Ok(row.map(|(fingerprint, response)| Kept {
        fingerprint,
        response: response.map(|Json(response)| response),
    }))
}

/// Keeps the answer of a claimed request.
///
/// # Errors
/// Diesel's.
pub async fn complete(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    response: Value,
) -> QueryResult<()> {
    let response = Json(response);
    on!(conn, |c| Prepared(
        diesel::update(idempotency_keys::table.find((partner, request.operation, request.key)))
            .set(idempotency_keys::response.eq(&response))
    )
    .execute(c)
    .await)?;
    Ok(())
}

/// Forgets at most `most` of what is older than [`KEPT`], of all partners, and says how many it
/// were. Several processes may do so at once: none waits for another.
///
/// # Errors
/// Diesel's.
pub async fn purge(conn: &mut Conn<'_>, now: Time, most: i64) -> QueryResult<usize> {
    super::purge(
        conn,
        "idempotency_keys",
        "partner_id, operation, key",
        "created_at",
        expiry(now),
        most,
    )
    .await
}

fn expiry(now: Time) -> Time {
    Time::from(*now - KEPT)
}
