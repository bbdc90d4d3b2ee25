//! A partner's users.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::{Json, Time, lower};
use crate::db::{Conn, constraints, fault, on};
use crate::ids::{PartnerId, UserId};
use crate::repository::page::{Page, Position, Slice};
use crate::repository::role::Role;
use crate::schema::users;

/// What a partner notes about a user.
pub type Metadata = BTreeMap<String, String>;

/// A user.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// 3 to 50 characters, unique in the partner.
    pub username: String,
    /// In lower case, unique in the partner.
    pub email: String,
    /// In years.
    pub age: Option<i32>,
    /// What it may do on the partner's side.
    pub role: Role,
    /// As people write it.
    pub name: Option<String>,
    /// At most 10.
    pub tags: Json<Vec<String>>,
    /// At most 50 entries.
    pub metadata: Option<Json<Metadata>>,
    /// Grows with every update.
    pub version: i32,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
    /// Whether it may call.
    pub is_active: bool,
}

impl User {
    /// The strong entity tag (RFC 9110, section 8.8.3) of the user.
    #[must_use]
    pub fn etag(&self) -> String {
        super::etag(self.version)
    }
}

/// A user to be made.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = users)]
pub struct NewUser {
    /// See [`User`].
    pub username: String,
    /// See [`User`].
    pub email: String,
    /// See [`User`].
    pub age: Option<i32>,
    /// See [`User`].
    pub role: Role,
    /// See [`User`].
    pub name: Option<String>,
    /// See [`User`].
    pub tags: Json<Vec<String>>,
    /// See [`User`].
    pub metadata: Option<Json<Metadata>>,
}

/// What to change: `None` leaves a field, `Some(None)` empties it.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = users)]
pub struct UserChanges {
    /// See [`User`].
    pub username: Option<String>,
    /// See [`User`].
    pub email: Option<String>,
    /// See [`User`].
    pub age: Option<Option<i32>>,
    /// See [`User`].
    pub role: Option<Role>,
    /// See [`User`].
    pub name: Option<Option<String>>,
    /// See [`User`].
    pub tags: Option<Json<Vec<String>>>,
    /// See [`User`].
    pub metadata: Option<Option<Json<Metadata>>>,
    /// See [`User`].
    pub is_active: Option<bool>,
}

/// Which users a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Those with this role.
    pub role: Option<Role>,
    /// Those whose username or e-mail address contains this, whatever the case.
    pub q: Option<String>,
}

/// The partner's user with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: UserId,
) -> QueryResult<Option<User>> {
    on!(conn, |c| users::table
        .find(id)
        .filter(users::partner_id.eq(partner))
        .select(User::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's user of this username.
///
/// # Errors
/// Diesel's.
pub async fn find_by_username(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    username: &str,
) -> QueryResult<Option<User>> {
    on!(conn, |c| users::table
        .filter(users::partner_id.eq(partner))
        .filter(users::username.eq(username))
        .select(User::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's user with this id, held until the transaction ends: nobody changes it between this
/// reading and the caller's change. For use in a transaction.
///
/// # Errors
/// Diesel's; a lock timeout if another transaction holds the user for too long.
pub async fn lock(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: UserId,
) -> QueryResult<Option<User>> {
    on!(
        conn,
        |c| users::table
            .find(id)
            .filter(users::partner_id.eq(partner))
            .select(User::as_select())
            .for_no_key_update()
            .first(c)
            .await,
        // It has one writer at a time, and this is it.
        |c| users::table
            .find(id)
            .filter(users::partner_id.eq(partner))
            .select(User::as_select())
            .first(c)
            .await
    )
    .optional()
}

/// The partner's users that pass the filter, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    filter: &UserFilter,
    slice: &Slice<Time>,
) -> QueryResult<Page<User, Time>> {
    let pattern = filter.q.as_deref().map(super::containing);
    let rows = on!(conn, |c| {
        let mut query = users::table
            .filter(users::partner_id.eq(partner))
            .into_boxed();
        if let Some(role) = filter.role {
            query = query.filter(users::role.eq(role));
        }
        if let Some(pattern) = &pattern {
            let named = lower(users::username).like(lower(pattern)).escape('\\');
            query = query.filter(named.or(lower(users::email).like(lower(pattern)).escape('\\')));
        }
        if let Some(after) = &slice.after {
            query = query.filter(users::created_at.le(after.key)).filter(
                users::created_at
                    .lt(after.key)
                    .or(users::id.lt(UserId::from(after.id))),
            );
        }
        query
            .order((users::created_at.desc(), users::id.desc()))
            .limit(slice.rows())
            .select(User::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |user| Position {
        key: user.created_at,
        id: user.id.uuid(),
    }))
}

/// Adds a user.
///
/// # Errors
/// Diesel's; [`constraints::USERS_USERNAME`] and [`constraints::USERS_EMAIL`] if taken.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: UserId,
    new: &NewUser,
    now: Time,
) -> QueryResult<User> {
    on!(conn, |c| diesel::insert_into(users::table)
        .values((
            users::id.eq(id),
            users::partner_id.eq(partner),
            users::created_at.eq(now),
            users::updated_at.eq(now),
            new,
        ))
        .returning(User::as_returning())
        .get_result(c)
        .await)
    .map_err(fault::foreign_key(constraints::USERS_PARTNER))
}

/// Changes a user; `None` if the partner has no such user, or not in the version expected.
///
/// # Errors
/// Diesel's; [`constraints::USERS_USERNAME`] and [`constraints::USERS_EMAIL`] if taken.
pub async fn update(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: UserId,
    changes: &UserChanges,
    expected_version: Option<i32>,
    now: Time,
) -> QueryResult<Option<User>> {
    let (oldest, newest) = super::versions(expected_version);
    on!(conn, |c| diesel::update(users::table.find(id))
        .filter(users::partner_id.eq(partner))
        .filter(users::version.between(oldest, newest))
        .set((
            changes,
            users::version.eq(users::version + 1),
            users::updated_at.eq(now),
        ))
        .returning(User::as_returning())
        .get_result(c)
        .await
        .optional())
}
