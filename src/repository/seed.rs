//! Rows for trying things out: added in batches, left as they are where they exist already.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::{Json, Time};
use crate::db::{Conn, on};
use crate::ids::{CategoryId, PartnerId, ProductId, UserId};
use crate::repository::api_keys::ApiKey;
use crate::repository::partners::Partner;
use crate::repository::role::Role;
use crate::schema::{api_keys, categories, partners, products, users};

use super::add;

/// A user with all that the database needs of it.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = users)]
pub struct UserRow {
    /// Its id.
    pub id: UserId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// Unique in the partner.
    pub username: String,
    /// Unique in the partner.
    pub email: String,
    /// In years.
    pub age: Option<i32>,
    /// What it may do on the partner's side.
    pub role: Role,
    /// As people write it.
    pub name: Option<String>,
    /// An admin has at least one.
    pub tags: Json<Vec<String>>,
    /// When it was made.
    pub created_at: Time,
    /// The same.
    pub updated_at: Time,
}

/// A category with all that the database needs of it.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = categories)]
pub struct CategoryRow {
    /// Its id.
    pub id: CategoryId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// Unique in the partner.
    pub name: String,
    /// Unique in the partner.
    pub slug: String,
    /// When it was made.
    pub created_at: Time,
    /// The same.
    pub updated_at: Time,
}

/// A product with all that the database needs of it.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = products)]
pub struct ProductRow {
    /// Its id.
    pub id: ProductId,
    /// Whose it is.
    pub partner_id: PartnerId,
    /// Where it belongs.
    pub category_id: CategoryId,
    /// What it is called.
    pub name: String,
    /// In minor units.
    pub price_minor: i64,
    /// How many there are.
    pub stock: i32,
    /// When it was made.
    pub created_at: Time,
    /// The same.
    pub updated_at: Time,
}

/// Adds a partner with its keys and users.
///
/// # Errors
/// Diesel's.
pub async fn add_partner(
    conn: &mut Conn<'_>,
    partner: &Partner,
    keys: &[ApiKey],
    people: &[UserRow],
) -> QueryResult<usize> {
    let partners = add!(conn, partners::table, std::slice::from_ref(partner))?;
    let keys = add!(conn, api_keys::table, keys)?;
    let people = add!(conn, users::table, people)?;
    Ok(partners + keys + people)
}

/// Adds keys, and gives how many were new.
///
/// # Errors
/// Diesel's.
pub async fn add_keys(conn: &mut Conn<'_>, keys: &[ApiKey]) -> QueryResult<usize> {
    add!(conn, api_keys::table, keys)
}

/// Adds categories, and gives those of `rows` that the partner then has: one whose name or slug
/// another has taken is left out.
///
/// # Errors
/// Diesel's.
pub async fn add_categories(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    rows: &[CategoryRow],
) -> QueryResult<Vec<CategoryId>> {
    add!(conn, categories::table, rows)?;
    let ids: Vec<CategoryId> = rows.iter().map(|row| row.id).collect();
    on!(conn, |c| categories::table
        .filter(categories::partner_id.eq(partner))
        .filter(categories::id.eq_any(&ids))
        .select(categories::id)
        .load(c)
        .await)
}

/// Adds products, and gives how many were new. PostgreSQL takes at most 65,535 values in a
/// statement, which is some 7,000 of these rows.
///
/// # Errors
/// Diesel's.
pub async fn add_products(conn: &mut Conn<'_>, rows: &[ProductRow]) -> QueryResult<usize> {
    add!(conn, products::table, rows)
}
