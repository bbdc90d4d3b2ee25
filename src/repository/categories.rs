//! The catalogue's categories.

use diesel::dsl::count;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, constraints, fault, on};
use crate::ids::{CategoryId, PartnerId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::{categories, products};

/// A category.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = categories)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// 1 to 100 characters, unique in the partner.
    pub name: String,
    /// For addresses, unique in the partner.
    pub slug: String,
    /// How many products it has, active or not.
    #[diesel(select_expression = product_count(), select_expression_type = product_count)]
    pub product_count: i64,
    /// Grows with every update of the category itself.
    pub version: i32,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

impl Category {
    /// The strong entity tag (RFC 9110, section 8.8.3) of the category with the number of its products.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"{}-{}\"", self.version, self.product_count)
    }
}

/// A category to be made, or to replace one.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = categories)]
pub struct NewCategory {
    /// See [`Category`].
    pub name: String,
    /// See [`Category`].
    pub slug: String,
}

/// What to change: `None` leaves a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = categories)]
pub struct CategoryChanges {
    /// See [`Category`].
    pub name: Option<String>,
    /// See [`Category`].
    pub slug: Option<String>,
}

impl From<NewCategory> for CategoryChanges {
    /// Changes every field, as a replacement does.
    fn from(new: NewCategory) -> Self {
        Self {
            name: Some(new.name),
            slug: Some(new.slug),
        }
    }
}

/// A category in numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryStats {
    /// Its id.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// How many products it has.
    pub product_count: i64,
    /// How many of them are active.
    pub active_count: i64,
    /// What they cost on average, in minor units, halves rounded up; `None` without products.
    pub average_price_minor: Option<i64>,
}

#[diesel::dsl::auto_type]
fn product_count() -> _ {
    products::table
        .filter(products::partner_id.eq(categories::partner_id))
        .filter(products::category_id.eq(categories::id))
        .count()
        .single_value()
        .assume_not_null()
}

/// The partner's category with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: CategoryId,
) -> QueryResult<Option<Category>> {
    on!(conn, |c| categories::table
        .filter(categories::id.eq(id))
        .filter(categories::partner_id.eq(partner))
        .select(Category::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's categories by name, in the order of their bytes.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    slice: &Slice<String>,
) -> QueryResult<Page<Category, String>> {
    let rows = on!(conn, |c| {
        let mut query = categories::table
            .filter(categories::partner_id.eq(partner))
            .into_boxed();
        // Names are unique in a partner: the id breaks no tie.
        if let Some(after) = &slice.after {
            query = query.filter(categories::name.gt(&after.key));
        }
        query
            .order(categories::name.asc())
            .limit(slice.rows())
            .select(Category::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |category| Position {
        key: category.name.clone(),
        id: category.id.uuid(),
    }))
}

/// Adds a category.
///
/// # Errors
/// Diesel's; [`constraints::CATEGORIES_NAME`] and [`constraints::CATEGORIES_SLUG`] if taken.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: CategoryId,
    new: &NewCategory,
    now: Time,
) -> QueryResult<Category> {
    on!(conn, |c| diesel::insert_into(categories::table)
        .values((
            categories::id.eq(id),
            categories::partner_id.eq(partner),
            categories::created_at.eq(now),
            categories::updated_at.eq(now),
            new,
        ))
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::CATEGORIES_PARTNER))?;
    find(conn, partner, id).await?.ok_or(diesel::NotFound)
}

/// Changes a category; `None` if the partner has no such one, or not in the version
/// expected. For use in a transaction.
///
/// # Errors
/// Diesel's; [`constraints::CATEGORIES_NAME`] and [`constraints::CATEGORIES_SLUG`] if taken.
pub async fn update(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: CategoryId,
    changes: &CategoryChanges,
    expected_version: Option<i32>,
    now: Time,
) -> QueryResult<Option<Category>> {
    let (oldest, newest) = super::versions(expected_version);
    let updated = on!(conn, |c| diesel::update(categories::table.find(id))
        .filter(categories::partner_id.eq(partner))
        .filter(categories::version.between(oldest, newest))
        .set((
            changes,
            categories::version.eq(categories::version + 1),
            categories::updated_at.eq(now),
        ))
        .execute(c)
        .await)?;
    match updated {
        0 => Ok(None),
        _ => find(conn, partner, id).await,
    }
}

/// Deletes a category and its products; `false` if the partner has no such one, or not in
/// the version expected.
///
/// # Errors
/// Diesel's; [`constraints::ORDER_LINES_PRODUCT`] if one of its products is in an order.
pub async fn delete(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: CategoryId,
    expected_version: Option<i32>,
) -> QueryResult<bool> {
    let (oldest, newest) = super::versions(expected_version);
    let deleted = on!(conn, |c| diesel::delete(categories::table.find(id))
        .filter(categories::partner_id.eq(partner))
        .filter(categories::version.between(oldest, newest))
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::ORDER_LINES_PRODUCT))?;
    Ok(deleted > 0)
}

/// The partner's categories by name, in numbers: one query, however many there are.
///
/// # Errors
/// Diesel's.
pub async fn stats(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    slice: &Slice<String>,
) -> QueryResult<Page<CategoryStats, String>> {
    type Row = (CategoryId, String, i64, i64, Option<i64>);
    // Every name is greater than the empty one, which no category has.
    let after = slice.after.as_ref().map_or("", |after| &after.key);
    // The partner is in the join and groups and order are the same, so that indexes serve them.
    let own = products::partner_id
        .eq(categories::partner_id)
        .and(products::category_id.eq(categories::id));
    let rows: Vec<Row> = on!(conn, |c| categories::table
        .left_join(products::table.on(own))
        .filter(categories::partner_id.eq(partner))
        .filter(categories::name.gt(after))
        .group_by((categories::name, categories::id))
        .order((categories::name.asc(), categories::id.asc()))
        .limit(slice.rows())
        .select((
            categories::id,
            categories::name,
            count(products::id.nullable()),
            count(products::id.nullable())
                .aggregate_filter(products::is_active.nullable().assume_not_null()),
            // A sum of bigint is numeric on PostgreSQL.
            diesel::dsl::sql::<Nullable<BigInt>>("CAST(SUM(products.price_minor) AS bigint)"),
        ))
        .load(c)
        .await)?;
    let rows = rows.into_iter().map(in_numbers).collect();
    Ok(slice.page(rows, |stats: &CategoryStats| Position {
        key: stats.name.clone(),
        id: stats.id.uuid(),
    }))
}

fn in_numbers(
    (id, name, product_count, active_count, sum): (CategoryId, String, i64, i64, Option<i64>),
) -> CategoryStats {
    CategoryStats {
        id,
        name,
        product_count,
        active_count,
        average_price_minor: sum.and_then(|sum| rounded_quotient(sum, product_count)),
    }
}

/// `sum / count` of numbers not below zero, halves rounded up.
fn rounded_quotient(sum: i64, count: i64) -> Option<i64> {
    sum.checked_add(count / 2)?.checked_div(count)
}
