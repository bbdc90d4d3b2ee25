//! API keys: what partners authenticate with. Only their hashes are known.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, constraints, fault, on};
use crate::ids::{ApiKeyId, PartnerId};
use crate::repository::role::KeyRole;
use crate::schema::{api_keys, partners};

/// An API key as it is kept.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_keys)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whom it speaks for.
    pub partner_id: PartnerId,
    /// What it may do.
    pub role: KeyRole,
    /// Its first characters, for people to recognise it by.
    pub prefix: String,
    /// SHA-256 of the whole key.
    pub hash: Vec<u8>,
    /// When it was made.
    pub created_at: Time,
    /// From when on it is refused.
    pub expires_at: Option<Time>,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

impl ApiKey {
    /// Whether it may be used at `now`.
    #[must_use]
    pub fn is_valid(&self, now: Time) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKey")
            .field("id", &self.id)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// The key with this hash, whosever it is: this is how a partner becomes known, so it
/// takes none. Revoked and expired keys are found too.
///
/// # Errors
/// Diesel's.
pub async fn find_by_hash(conn: &mut Conn<'_>, hash: &[u8]) -> QueryResult<Option<ApiKey>> {
    on!(conn, |c| api_keys::table
        .filter(api_keys::hash.eq(hash))
        .select(ApiKey::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's keys, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(conn: &mut Conn<'_>, partner: PartnerId) -> QueryResult<Vec<ApiKey>> {
    on!(conn, |c| api_keys::table
        .filter(api_keys::partner_id.eq(partner))
        .order((api_keys::created_at.desc(), api_keys::id.desc()))
        .select(ApiKey::as_select())
        .load(c)
        .await)
}

/// The first `limit` keys of all partners, each with the partner's name: the oldest partner
/// first, its newest key first. For the operator only.
///
/// # Errors
/// Diesel's.
pub async fn list_all(conn: &mut Conn<'_>, limit: u32) -> QueryResult<Vec<(ApiKey, String)>> {
    on!(conn, |c| api_keys::table
        .inner_join(partners::table)
        .order((
            partners::created_at.asc(),
            partners::id.asc(),
            api_keys::created_at.desc(),
            api_keys::id.desc(),
        ))
        .limit(i64::from(limit))
        .select((ApiKey::as_select(), partners::name))
        .load(c)
        .await)
}

/// The first `limit` keys with these first characters, whosever they are. For the
/// operator only.
///
/// # Errors
/// Diesel's.
pub async fn find_by_prefix(
    conn: &mut Conn<'_>,
    prefix: &str,
    limit: u16,
) -> QueryResult<Vec<ApiKey>> {
    on!(conn, |c| api_keys::table
        .filter(api_keys::prefix.eq(prefix))
        .order(api_keys::id.asc())
        .limit(i64::from(limit))
        .select(ApiKey::as_select())
        .load(c)
        .await)
}

/// The key with this id, whosever it is. For the operator only.
///
/// # Errors
/// Diesel's.
pub async fn find(conn: &mut Conn<'_>, id: ApiKeyId) -> QueryResult<Option<ApiKey>> {
    on!(conn, |c| api_keys::table
        .find(id)
        .select(ApiKey::as_select())
        .first(c)
        .await
        .optional())
}

/// Adds a key.
///
/// # Errors
/// Diesel's; [`constraints::API_KEYS_PARTNER`] if there is no such partner.
pub async fn insert(conn: &mut Conn<'_>, key: &ApiKey) -> QueryResult<()> {
    on!(conn, |c| diesel::insert_into(api_keys::table)
        .values(key)
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::API_KEYS_PARTNER))?;
    Ok(())
}

/// Revokes a key; `false` if the partner has no such key or it is revoked already.
///
/// # Errors
/// Diesel's.
pub async fn revoke(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ApiKeyId,
    now: Time,
) -> QueryResult<bool> {
    let revoked = on!(conn, |c| diesel::update(api_keys::table.find(id))
        .filter(api_keys::partner_id.eq(partner))
        .filter(api_keys::revoked_at.is_null())
        .set(api_keys::revoked_at.eq(now))
        .execute(c)
        .await)?;
    Ok(revoked > 0)
}

/// Lets a key expire at `end`; `false` if the partner has no such key.
///
/// # Errors
/// Diesel's.
pub async fn expire(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ApiKeyId,
    end: Time,
) -> QueryResult<bool> {
    let expiring = on!(conn, |c| diesel::update(api_keys::table.find(id))
        .filter(api_keys::partner_id.eq(partner))
        .set(api_keys::expires_at.eq(end))
        .execute(c)
        .await)?;
    Ok(expiring > 0)
}
