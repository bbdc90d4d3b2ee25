//! Orders and their lines.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize};

use crate::db::types::Time;
use crate::db::{Conn, Prepared, constraints, fault, on, together};
use crate::ids::{OrderId, PartnerId, ProductId, UserId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::{order_lines, orders};

super::words! {
    /// What became of an order.
    OrderStatus {
        /// Its goods are taken from stock.
        Pending = "pending",
        /// It was paid in full.
        Paid = "paid",
        /// It was paid, and its goods were handed over.
        Fulfilled = "fulfilled",
        /// It came to nothing, and its goods are back in stock.
        Cancelled = "cancelled",
        /// It was paid, and paid back.
        Refunded = "refunded",
    }
}

/// An order without its lines.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable, Insertable,
)]
#[diesel(table_name = orders)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Which of the partner's users it is for.
    pub user_id: Option<UserId>,
    /// What became of it.
    pub status: OrderStatus,
    /// The sum of its lines, in minor units.
    pub total_minor: i64,
    /// At most 500 characters.
    pub note: Option<String>,
    /// Grows with every update.
    pub version: i32,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
    /// When it was paid, even if it was paid back later.
    pub paid_at: Option<Time>,
    /// When its goods were handed over.
    pub fulfilled_at: Option<Time>,
}

/// A change of an order's status, and the time that is noted with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = orders)]
pub struct OrderChange {
    /// The new status.
    pub status: OrderStatus,
    /// See [`Order`]; `None` leaves it.
    pub paid_at: Option<Time>,
    /// See [`Order`]; `None` leaves it.
    pub fulfilled_at: Option<Time>,
}

impl Order {
    /// An order that nothing has happened to yet.
    #[must_use]
    pub fn new(
        id: OrderId,
        user_id: Option<UserId>,
        total_minor: i64,
        note: Option<String>,
        now: Time,
    ) -> Self {
        Self {
            id,
            user_id,
            status: OrderStatus::Pending,
            total_minor,
            note,
            version: 1,
            created_at: now,
            updated_at: now,
            paid_at: None,
            fulfilled_at: None,
        }
    }

    /// The strong entity tag (RFC 9110, section 8.8.3) of the order.
    #[must_use]
    pub fn etag(&self) -> String {
        super::etag(self.version)
    }
}

/// A line of an order.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable, Insertable,
)]
#[diesel(table_name = order_lines)]
pub struct OrderLine {
    /// Which order.
    pub order_id: OrderId,
    /// Its place in it, 1 to 50.
    pub line_no: i32,
    /// What was ordered.
    pub product_id: ProductId,
    /// What that was called then.
    pub product_name: String,
    /// How many, 1 to 1,000.
    pub quantity: i32,
    /// What one cost then, in minor units.
    pub unit_price_minor: i64,
}

/// Which orders a list has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Those with this status.
    pub status: Option<OrderStatus>,
    /// Those of this user.
    pub user_id: Option<UserId>,
}

/// The partner's order with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: OrderId,
) -> QueryResult<Option<Order>> {
    on!(conn, |c| orders::table
        .find(id)
        .filter(orders::partner_id.eq(partner))
        .select(Order::as_select())
        .first(c)
        .await
        .optional())
}

/// The lines of some of the partner's orders, by order and number: one query for a page.
///
/// # Errors
/// Diesel's.
pub async fn lines(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    ids: &[OrderId],
) -> QueryResult<Vec<OrderLine>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    on!(conn, |c| order_lines::table
        .filter(order_lines::partner_id.eq(partner))
        .filter(order_lines::order_id.eq_any(ids))
        .order((order_lines::order_id.asc(), order_lines::line_no.asc()))
        .select(OrderLine::as_select())
        .load(c)
        .await)
}

/// The partner's orders that pass the filter, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    filter: OrderFilter,
    slice: &Slice<Time>,
) -> QueryResult<Page<Order, Time>> {
    let rows = on!(conn, |c| {
        let mut query = orders::table
            .filter(orders::partner_id.eq(partner))
            .into_boxed();
        if let Some(status) = filter.status {
            query = query.filter(orders::status.eq(status));
        }
        if let Some(user) = filter.user_id {
            query = query.filter(orders::user_id.eq(user));
        }
        if let Some(after) = &slice.after {
            query = query.filter(orders::created_at.le(after.key)).filter(
                orders::created_at
                    .lt(after.key)
                    .or(orders::id.lt(OrderId::from(after.id))),
            );
        }
        query
            .order((orders::created_at.desc(), orders::id.desc()))
            .limit(slice.rows())
            .select(Order::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |order| Position {
        key: order.created_at,
        id: order.id.uuid(),
    }))
}

/// Adds an order with its lines, for which the stock is taken already. For use in a
/// transaction.
///
/// # Errors
/// Diesel's; [`constraints::ORDERS_USER`] if the partner has no such user,
/// [`constraints::ORDER_LINES_PRODUCT`] if it has no such product.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    order: &Order,
    lines: &[OrderLine],
) -> QueryResult<()> {
    let (order, lines) = together!(conn, |c| insert_order(c, partner, order), |c| insert_lines(
        c, partner, lines
    ),);
    order.and(lines)
}

async fn insert_order(conn: &mut Conn<'_>, partner: PartnerId, order: &Order) -> QueryResult<()> {
    on!(conn, |c| Prepared(
        diesel::insert_into(orders::table).values((orders::partner_id.eq(partner), order))
    )
    .execute(c)
    .await)
    .map_err(fault::foreign_key(constraints::ORDERS_USER))?;
    Ok(())
}

async fn insert_lines(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    lines: &[OrderLine],
) -> QueryResult<()> {
    let rows = lines
        .iter()
        .map(|line| (order_lines::partner_id.eq(partner), line));
    let insert = || diesel::insert_into(order_lines::table);
    on!(
        conn,
        |c| {
            let rows: Vec<_> = rows.collect();
            // A text for each number of lines, of which the contract allows 50.
            Prepared(insert().values(rows)).execute(c).await.map(drop)
        },
        // Diesel inserts several rows at once into SQLite only without async.
        |c| {
            let mut outcome = Ok(());
            for row in rows {
                outcome = outcome.and(Prepared(insert().values(row)).execute(c).await.map(drop));
            }
            outcome
        }
    )
    .map_err(fault::foreign_key(constraints::ORDER_LINES_PRODUCT))
}

/// Changes the status of an order that has one of the statuses `from`; `None` if the partner has no
/// such order, or it has another status, or not the version expected. Of calls at once one wins.
///
/// # Errors
/// Diesel's.
pub async fn advance(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: OrderId,
    from: &[OrderStatus],
    change: OrderChange,
    expected_version: Option<i32>,
    now: Time,
) -> QueryResult<Option<Order>> {
    let (oldest, newest) = super::versions(expected_version);
    on!(conn, |c| diesel::update(orders::table.find(id))
        .filter(orders::partner_id.eq(partner))
        .filter(orders::status.eq_any(from))
        .filter(orders::version.between(oldest, newest))
        .set((
            change,
            orders::version.eq(orders::version + 1),
            orders::updated_at.eq(now),
        ))
        .returning(Order::as_returning())
        .get_result(c)
        .await
        .optional())
}
