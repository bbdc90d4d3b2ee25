//! Idempotency keys: a repeated request gets the first one's answer, once and for 24 hours.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;

use crate::db::types::{Json, Time};
use crate::db::{Conn, Prepared, constraints, fault, on};
use crate::ids::PartnerId;
use crate::schema::idempotency_keys;

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);

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

/// What became of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The key is new: do the work, then [`complete`] it in the same transaction.
    New,
    /// The same request was answered so before.
    Replay(Value),
    /// The key was used for another request.
    Mismatch,
    /// Another request holds the key. The transaction cannot go on: roll it back.
    InProgress,
}

/// Claims the key inside the transaction of the work. While another transaction holds it,
/// this waits: on PostgreSQL up to the lock timeout, on SQLite writers come one by one.
///
/// # Errors
/// Diesel's.
pub async fn claim(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> QueryResult<Claim> {
    match insert(conn, partner, request, now).await {
        Ok(true) => Ok(Claim::New),
        Ok(false) => settled(conn, partner, request).await,
        Err(error) if fault::is_lock_timeout(&error) => Ok(Claim::InProgress),
        Err(error) => Err(error),
    }
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

/// Whether the key is now ours: it is new, or its holder's time is over.
async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
    now: Time,
) -> QueryResult<bool> {
    let written = on!(conn, |c| {
        let write = diesel::insert_into(idempotency_keys::table)
            .values((
                idempotency_keys::partner_id.eq(partner),
                idempotency_keys::operation.eq(request.operation),
                idempotency_keys::key.eq(request.key),
                idempotency_keys::fingerprint.eq(request.fingerprint),
                idempotency_keys::created_at.eq(now),
            ))
            .on_conflict((
                idempotency_keys::partner_id,
                idempotency_keys::operation,
                idempotency_keys::key,
            ))
            .do_update()
            .set((
                idempotency_keys::fingerprint.eq(request.fingerprint),
                idempotency_keys::response.eq(None::<Json<Value>>),
                idempotency_keys::created_at.eq(now),
            ));
        Prepared(diesel::query_dsl::methods::FilterDsl::filter(
            write,
            idempotency_keys::created_at.lt(expiry(now)),
        ))
        .execute(c)
        .await
    })
    .map_err(fault::foreign_key(constraints::IDEMPOTENCY_KEYS_PARTNER))?;
    Ok(written > 0)
}

/// What the one who had the key before left.
async fn settled(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    request: Request<'_>,
) -> QueryResult<Claim> {
    let row: Option<(Vec<u8>, Option<Json<Value>>)> = on!(conn, |c| idempotency_keys::table
        .find((partner, request.operation, request.key))
        .select((idempotency_keys::fingerprint, idempotency_keys::response))
        .first(c)
        .await
        .optional())?;
    Ok(match row {
        Some((fingerprint, _)) if fingerprint != request.fingerprint => Claim::Mismatch,
        Some((_, Some(Json(response)))) => Claim::Replay(response),
        Some((_, None)) | None => Claim::InProgress,
    })
}

fn expiry(now: Time) -> Time {
    Time::from(*now - KEPT)
}
