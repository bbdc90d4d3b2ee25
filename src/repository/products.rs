//! The catalogue's products and their stock.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::{Time, lower};
use crate::db::{Conn, Prepared, constraints, fault, on, on_each};
use crate::ids::{CategoryId, PartnerId, ProductId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::{categories, products};

/// A product with the name of its category.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = products)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Where it belongs.
    pub category_id: CategoryId,
    /// What that is called.
    #[diesel(select_expression = categories::name)]
    pub category_name: String,
    /// Grows with every update of that.
    #[diesel(select_expression = categories::version)]
    pub category_version: i32,
    /// 1 to 200 characters.
    pub name: String,
    /// In minor units, 0 to 9,999,999,999.
    pub price_minor: i64,
    /// How many there are, 0 to 1,000,000,000.
    pub stock: i32,
    /// Whether it is offered.
    pub is_active: bool,
    /// Grows with every change, of the stock too.
    pub version: i32,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

impl Product {
    /// The strong entity tag (RFC 9110, section 8.8.3) of the product with its category's name.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"{}-{}\"", self.version, self.category_version)
    }
}

/// A product to be made, or to replace one.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = products)]
pub struct NewProduct {
    /// See [`Product`].
    pub category_id: CategoryId,
    /// See [`Product`].
    pub name: String,
    /// See [`Product`].
    pub price_minor: i64,
    /// See [`Product`].
    pub stock: i32,
    /// See [`Product`].
    pub is_active: bool,
}

/// What to change: `None` leaves a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = products)]
pub struct ProductChanges {
    /// See [`Product`].
    pub category_id: Option<CategoryId>,
    /// See [`Product`].
    pub name: Option<String>,
    /// See [`Product`].
    pub price_minor: Option<i64>,
    /// See [`Product`].
    pub stock: Option<i32>,
    /// See [`Product`].
    pub is_active: Option<bool>,
}

impl From<NewProduct> for ProductChanges {
    /// Changes every field, as a replacement does.
    fn from(new: NewProduct) -> Self {
        Self {
            category_id: Some(new.category_id),
            name: Some(new.name),
            price_minor: Some(new.price_minor),
            stock: Some(new.stock),
            is_active: Some(new.is_active),
        }
    }
}

/// Which products a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Those of one category.
    pub category_id: Option<CategoryId>,
    /// Those that are offered, or those that are not.
    pub is_active: Option<bool>,
    /// Those whose name contains this, whatever the case.
    pub q: Option<String>,
}

super::words! {
    /// What a list of products is sorted by. The key of its pages is the price in minor
    /// units, or the time in microseconds.
    ProductOrder {
        /// The cheapest first.
        Price = "price",
        /// The dearest first.
        PriceDescending = "-price",
        /// The oldest first.
        Created = "created_at",
        /// The newest first.
        CreatedDescending = "-created_at",
    }
}

/// What an order needs to know of a product that it took from.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Taken {
    /// Its name at that moment.
    pub name: String,
    /// Its price at that moment, in minor units.
    pub price_minor: i64,
    /// What is left.
    pub stock: i32,
}

/// Sorts by `$key`, then by the id, and begins after `$after`. The first of the two
/// conditions is what an index can serve.
macro_rules! ascending {
    ($query:expr, $key:expr, $after:expr) => {{
        let mut query = $query.order(($key.asc(), products::id.asc()));
        if let Some((key, id)) = $after {
            let id: ProductId = id;
            query = query
                .filter($key.ge(key))
                .filter($key.gt(key).or(products::id.gt(id)));
        }
        query
    }};
}

/// The same, the other way round.
macro_rules! descending {
    ($query:expr, $key:expr, $after:expr) => {{
        let mut query = $query.order(($key.desc(), products::id.desc()));
        if let Some((key, id)) = $after {
            let id: ProductId = id;
            query = query
                .filter($key.le(key))
                .filter($key.lt(key).or(products::id.lt(id)));
        }
        query
    }};
}

/// The partner's product with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
) -> QueryResult<Option<Product>> {
    on!(conn, |c| products::table
        .inner_join(categories::table)
        .filter(products::id.eq(id))
        .filter(products::partner_id.eq(partner))
        .select(Product::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's products that pass the filter, each with its category's name: one query.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    filter: &ProductFilter,
    order: ProductOrder,
    slice: &Slice<i64>,
) -> QueryResult<Page<Product, i64>> {
    let pattern = filter.q.as_deref().map(super::containing);
    let price = slice.after.map(|after| (after.key, after.id.into()));
    let moment = slice.after.and_then(moment);
    let rows = on!(conn, |c| {
        let mut query = products::table
            .inner_join(categories::table)
            .filter(products::partner_id.eq(partner))
            .limit(slice.rows())
            .select(Product::as_select())
            .into_boxed();
        if let Some(category) = filter.category_id {
            query = query.filter(products::category_id.eq(category));
        }
        if let Some(is_active) = filter.is_active {
            query = query.filter(products::is_active.eq(is_active));
        }
        if let Some(pattern) = &pattern {
            let name = lower(products::name);
            query = query.filter(name.like(lower(pattern)).escape('\\'));
        }
        match order {
            ProductOrder::Price => ascending!(query, products::price_minor, price),
            ProductOrder::PriceDescending => descending!(query, products::price_minor, price),
            ProductOrder::Created => ascending!(query, products::created_at, moment),
            ProductOrder::CreatedDescending => descending!(query, products::created_at, moment),
        }
        .load(c)
        .await
    })?;
    Ok(slice.page(rows, |product: &Product| Position {
        key: match order {
            ProductOrder::Price | ProductOrder::PriceDescending => product.price_minor,
            ProductOrder::Created | ProductOrder::CreatedDescending => product.created_at.micros(),
        },
        id: product.id.uuid(),
    }))
}

fn moment(after: Position<i64>) -> Option<(Time, ProductId)> {
    Some((Time::from_micros(after.key)?, after.id.into()))
}

/// Adds a product. For use in a transaction.
///
/// # Errors
/// Diesel's; [`constraints::PRODUCTS_CATEGORY`] if the partner has no such category.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    new: &NewProduct,
    now: Time,
) -> QueryResult<Product> {
    on!(conn, |c| diesel::insert_into(products::table)
        .values((
            products::id.eq(id),
            products::partner_id.eq(partner),
            products::created_at.eq(now),
            products::updated_at.eq(now),
            new,
        ))
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::PRODUCTS_CATEGORY))?;
    find(conn, partner, id).await?.ok_or(diesel::NotFound)
}

/// Changes a product; `None` if the partner has no such one, or not in the version
/// expected. For use in a transaction.
///
/// # Errors
/// Diesel's; [`constraints::PRODUCTS_CATEGORY`] if the partner has no such category.
pub async fn update(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    changes: &ProductChanges,
    expected_version: Option<i32>,
    now: Time,
) -> QueryResult<Option<Product>> {
    let (oldest, newest) = super::versions(expected_version);
    let updated = on!(conn, |c| diesel::update(products::table.find(id))
        .filter(products::partner_id.eq(partner))
        .filter(products::version.between(oldest, newest))
        .set((
            changes,
            products::version.eq(products::version + 1),
            products::updated_at.eq(now),
        ))
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::PRODUCTS_CATEGORY))?;
    match updated {
        0 => Ok(None),
        _ => find(conn, partner, id).await,
    }
}

/// Deletes a product; `false` if the partner has no such one, or not in the version expected.
///
/// # Errors
/// Diesel's; [`constraints::ORDER_LINES_PRODUCT`] if it is in an order.
pub async fn delete(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    expected_version: Option<i32>,
) -> QueryResult<bool> {
    let (oldest, newest) = super::versions(expected_version);
    let deleted = on!(conn, |c| diesel::delete(products::table.find(id))
        .filter(products::partner_id.eq(partner))
        .filter(products::version.between(oldest, newest))
        .execute(c)
        .await)
    .map_err(fault::foreign_key(constraints::ORDER_LINES_PRODUCT))?;
    Ok(deleted > 0)
}

/// Takes from the stock of products that are offered, each so many; `None` for one of which there
/// is too little, or that does not exist or is not offered. Name them in the order of their ids,
/// so that no two orders wait for each other, and roll back unless all could be taken.
///
/// # Errors
/// Diesel's.
pub async fn take(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    wanted: impl Iterator<Item = (ProductId, i32)>,
    now: Time,
) -> QueryResult<Vec<Option<Taken>>> {
    on_each!(conn, wanted, |c, (id, quantity)| {
        Prepared(
            diesel::update(products::table.find(id))
                .filter(products::partner_id.eq(partner))
                .filter(products::is_active.eq(true))
                .filter(products::stock.ge(quantity))
                .set((
                    products::stock.eq(products::stock - quantity),
                    products::version.eq(products::version + 1),
                    products::updated_at.eq(now),
                ))
                .returning((products::name, products::price_minor, products::stock)),
        )
        .get_result(c)
        .await
        .optional()
    })
}

/// Puts back what was taken, and gives the new stock; `None` if there is no such product.
///
/// # Errors
/// Diesel's; `products_stock_check` if it would be more than a product can have.
pub async fn restock(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    quantity: i32,
    now: Time,
) -> QueryResult<Option<i32>> {
    on!(conn, |c| Prepared(
        diesel::update(products::table.find(id))
            .filter(products::partner_id.eq(partner))
            .set((
                products::stock.eq(products::stock + quantity),
                products::version.eq(products::version + 1),
                products::updated_at.eq(now),
            ))
            .returning(products::stock)
    )
    .get_result(c)
    .await
    .optional())
}
