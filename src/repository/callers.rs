//! Who may call now, and as what: keys that hold and users who are active, of partners that are.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, on};
use crate::ids::{ApiKeyId, PartnerId, UserId};
use crate::repository::api_keys::ApiKey;
use crate::repository::role::Role;
use crate::schema::{api_keys, partners, sandboxes, users};

/// What a request's credentials belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An API key, which speaks for the partner itself.
    Key(ApiKeyId),
    /// A user of the partner.
    User(UserId),
}

/// A caller as the database has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose data the caller sees.
    pub partner: PartnerId,
    /// Who it is.
    pub who: Who,
    /// What it may do, by the name of a role.
    pub role: &'static str,
    /// From when on it may not any more.
    pub expires_at: Option<Time>,
    /// How far the partner's clock is ahead, if it is a sandbox.
    pub ahead: Option<TimeDelta>,
}

impl Standing {
    fn of_key((key, ahead): (ApiKey, Option<i64>)) -> Self {
        Self {
            partner: key.partner_id,
            who: Who::Key(key.id),
            role: key.role.as_str(),
            expires_at: key.expires_at,
            ahead: ahead.map(TimeDelta::microseconds),
        }
    }
}

/// The keys that hold, of partners that are not disabled.
macro_rules! valid_keys {
    () => {
        api_keys::table
            .inner_join(partners::table)
            .left_join(sandboxes::table.on(sandboxes::partner_id.eq(api_keys::partner_id)))
            .filter(api_keys::revoked_at.is_null())
            .filter(partners::disabled_at.is_null())
            .select((ApiKey::as_select(), sandboxes::ahead_micros.nullable()))
    };
}

/// The caller behind the key with this hash; `None` if there is none, or it is revoked, or its
/// partner is disabled.
///
/// # Errors
/// Diesel's.
pub async fn by_key(conn: &mut Conn<'_>, hash: &[u8]) -> QueryResult<Option<Standing>> {
    let found = on!(conn, |c| valid_keys!()
        .filter(api_keys::hash.eq(hash))
        .first(c)
        .await
        .optional())?;
    Ok(found.map(Standing::of_key))
}

/// The caller that was found before, as it is now; `None` if it may not call any more.
///
/// # Errors
/// Diesel's.
pub async fn again(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    who: Who,
) -> QueryResult<Option<Standing>> {
    match who {
        Who::Key(key) => by_key_id(conn, partner, key).await,
        Who::User(user) => by_user(conn, partner, user).await,
    }
}

/// The partner's user, as a caller; `None` if there is none, or it or its partner is disabled.
///
/// # Errors
/// Diesel's.
pub async fn by_user(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    user: UserId,
) -> QueryResult<Option<Standing>> {
    let found: Option<(Role, Option<i64>)> = on!(conn, |c| users::table
        .inner_join(partners::table)
        .left_join(sandboxes::table.on(sandboxes::partner_id.eq(users::partner_id)))
        .filter(users::id.eq(user))
        .filter(users::partner_id.eq(partner))
        .filter(users::is_active.eq(true))
        .filter(partners::disabled_at.is_null())
        .select((users::role, sandboxes::ahead_micros.nullable()))
        .first(c)
        .await
        .optional())?;
    Ok(found.map(|(role, ahead)| Standing {
        partner,
        who: Who::User(user),
        role: role.as_str(),
        expires_at: None,
        ahead: ahead.map(TimeDelta::microseconds),
    }))
}

async fn by_key_id(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    key: ApiKeyId,
) -> QueryResult<Option<Standing>> {
    let found = on!(conn, |c| valid_keys!()
        .filter(api_keys::id.eq(key))
        .filter(api_keys::partner_id.eq(partner))
        .first(c)
        .await
        .optional())?;
    Ok(found.map(Standing::of_key))
}
