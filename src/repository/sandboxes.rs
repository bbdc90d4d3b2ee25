//! Sandboxes: for each partner who wants one, a partner of its own, with a clock that can be moved.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, on};
use crate::ids::PartnerId;
use crate::repository::partners::{self, Partner};
use crate::schema::sandboxes;

/// The longest name that a partner can have.
const LONGEST_NAME: usize = 100;

/// What the name of a sandbox ends with.
const MARK: &str = " (sandbox)";

/// A sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = sandboxes)]
pub struct Sandbox {
    /// The partner to whom its data belongs.
    pub partner_id: PartnerId,
    /// The partner whose sandbox it is.
    pub live_partner_id: PartnerId,
    /// How far its clock is ahead, in microseconds.
    ahead_micros: i64,
}

impl Sandbox {
    /// How far its clock is ahead of the real time.
    #[must_use]
    pub fn ahead(&self) -> TimeDelta {
        TimeDelta::microseconds(self.ahead_micros)
    }
}

/// The sandbox that this partner is; `None` for one that is no sandbox.
///
/// # Errors
/// Diesel's.
pub async fn find(conn: &mut Conn<'_>, partner: PartnerId) -> QueryResult<Option<Sandbox>> {
    on!(conn, |c| sandboxes::table
        .find(partner)
        .select(Sandbox::as_select())
        .first(c)
        .await
        .optional())
}

/// The sandbox of this partner; `candidate` becomes it if there is none. For use in a transaction.
///
/// # Errors
/// Diesel's.
pub async fn find_or_insert(
    conn: &mut Conn<'_>,
    live: &Partner,
    candidate: PartnerId,
    now: Time,
) -> QueryResult<Sandbox> {
    let known = on!(conn, |c| sandboxes::table
        .filter(sandboxes::live_partner_id.eq(live.id))
        .select(Sandbox::as_select())
        .first(c)
        .await
        .optional())?;
    if let Some(sandbox) = known {
        return Ok(sandbox);
    }
    let partner = Partner {
        id: candidate,
        name: name(&live.name),
        created_at: now,
        disabled_at: live.disabled_at,
    };
    partners::insert(conn, &partner).await?;
    let sandbox = Sandbox {
        partner_id: candidate,
        live_partner_id: live.id,
        ahead_micros: 0,
    };
    on!(conn, |c| diesel::insert_into(sandboxes::table)
        .values(&sandbox)
        .execute(c)
        .await)?;
    Ok(sandbox)
}

/// Moves the clock on; `false` if it is further already, or there is no such sandbox.
///
/// # Errors
/// Diesel's.
pub async fn advance(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    ahead: TimeDelta,
) -> QueryResult<bool> {
    // More than can be counted is further than any clock goes.
    let ahead = ahead.num_microseconds().unwrap_or(i64::MAX);
    let moved = on!(conn, |c| diesel::update(sandboxes::table.find(partner))
        .filter(sandboxes::ahead_micros.le(ahead))
        .set(sandboxes::ahead_micros.eq(ahead))
        .execute(c)
        .await)?;
    Ok(moved > 0)
}

/// Sets the clock back to the real time.
///
/// # Errors
/// Diesel's.
pub async fn reset(conn: &mut Conn<'_>, partner: PartnerId) -> QueryResult<()> {
    on!(conn, |c| diesel::update(sandboxes::table.find(partner))
        .set(sandboxes::ahead_micros.eq(0))
        .execute(c)
        .await)?;
    Ok(())
}

/// The name of a partner's sandbox, cut if need be.
pub fn name(live: &str) -> String {
    let kept = LONGEST_NAME - MARK.len();
    live.chars().take(kept).chain(MARK.chars()).collect()
}
