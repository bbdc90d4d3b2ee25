//! Partners: the tenants.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, on};
use crate::ids::PartnerId;
use crate::schema::{partners, sandboxes};

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = partners)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// What people call it: 1 to 100 characters.
    pub name: String,
    /// When it was made.
    pub created_at: Time,
    /// Since when none of its credentials is valid.
    pub disabled_at: Option<Time>,
}

/// The partner with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(conn: &mut Conn<'_>, partner: PartnerId) -> QueryResult<Option<Partner>> {
    on!(conn, |c| partners::table
        .find(partner)
        .select(Partner::as_select())
        .first(c)
        .await
        .optional())
}

/// The first `limit` partners of this name, oldest first: names are for people, and need not
/// be unique.
///
/// # Errors
/// Diesel's.
pub async fn find_by_name(
    conn: &mut Conn<'_>,
    name: &str,
    limit: u16,
) -> QueryResult<Vec<Partner>> {
    on!(conn, |c| partners::table
        .filter(partners::name.eq(name))
        .order((partners::created_at.asc(), partners::id.asc()))
        .limit(i64::from(limit))
        .select(Partner::as_select())
        .load(c)
        .await)
}

/// The first `limit` partners, oldest first.
///
/// # Errors
/// Diesel's.
pub async fn list(conn: &mut Conn<'_>, limit: u16) -> QueryResult<Vec<Partner>> {
    on!(conn, |c| partners::table
        .order((partners::created_at.asc(), partners::id.asc()))
        .limit(i64::from(limit))
        .select(Partner::as_select())
        .load(c)
        .await)
}

/// Adds a partner.
///
/// # Errors
/// Diesel's.
pub async fn insert(conn: &mut Conn<'_>, partner: &Partner) -> QueryResult<()> {
    on!(conn, |c| diesel::insert_into(partners::table)
        .values(partner)
        .execute(c)
        .await)?;
    Ok(())
}

/// Keeps a partner out since `disabled_at`, or lets it in again, its sandbox too; `false` if there is
/// no such partner.
///
/// # Errors
/// Diesel's.
pub async fn set_disabled(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    disabled_at: Option<Time>,
) -> QueryResult<bool> {
    let changed = on!(conn, |c| {
        let own = sandboxes::table
            .filter(sandboxes::live_partner_id.eq(partner))
            .select(sandboxes::partner_id);
        diesel::update(partners::table)
            .filter(partners::id.eq(partner).or(partners::id.eq_any(own)))
            .set(partners::disabled_at.eq(disabled_at))
            .execute(c)
            .await
    })?;
    Ok(changed > 0)
}
