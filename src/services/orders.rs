//! Orders: stock, price and idempotency key in one transaction.

pub mod life;

use contract::problems;
use serde::{Deserialize, Serialize};
use tracing::info;

use super::audit::{self, Caller};
use super::idempotency::{self, Origin};
use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::types::Time;
use crate::db::{Conn, together};
use crate::error::Error;
use crate::ids::{OrderId, PartnerId, ProductId, UserId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::idempotency::Request;
use crate::repository::orders::{self, Order, OrderFilter, OrderLine};
use crate::repository::page::Scope;
use crate::repository::products;

/// An order with its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The order.
    pub order: Order,
    /// Its lines, in the order of the request.
    pub lines: Vec<OrderLine>,
}

/// An order to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    /// Who buys.
    pub user_id: Option<UserId>,
    /// Product and quantity of each line.
    pub lines: Vec<(ProductId, i32)>,
    /// A remark.
    pub note: Option<String>,
}

/// The order with this id.
pub async fn get(app: &App, partner: PartnerId, id: OrderId) -> Result<Placed, Error> {
    let mut conn = app.db().read().await?;
    find(&mut conn, partner, id).await
}

/// Orders that pass the filter, the newest first.
pub async fn list(
    app: &App,
    partner: PartnerId,
    filter: OrderFilter,
    wanted: &Wanted,
) -> Result<Listed<Placed>, Error> {
    let scope = Scope::new("listOrders", partner)
        .with("status", filter.status.map(|status| status.as_str()))
        .with(
            "user_id",
            filter.user_id.map(|id| id.to_string()).as_deref(),
        );
    let slice = wanted.slice(app, &scope)?;
    let mut conn = app.db().read().await?;
    let page = orders::list(&mut conn, partner, filter, &slice).await?;
    let ids: Vec<OrderId> = page.items.iter().map(|order| order.id).collect();
    let mut lines = orders::lines(&mut conn, partner, &ids).await?;
    let page = Listed::seal(app, &scope, page)?;
    Ok(page.map(|order| {
        let (own, rest) = lines.drain(..).partition(|line| line.order_id == order.id);
        lines = rest;
        Placed { order, lines: own }
    }))
}

/// Places an order once for its key: whether this call placed it, or an earlier one.
pub async fn place(
    app: &App,
    caller: &Caller,
    request: Request<'_>,
    basket: &Basket,
) -> Result<(Placed, Origin), Error> {
    let now = caller.now(app);
    let partner = caller.partner;
    let placing = idempotency::once(app, partner, request, now, |conn| {
        Box::pin(async move {
            // Sent together: what is taken for a repeated call goes back with the transaction.
            let (claimed, taken) = together!(
                conn,
                |c| idempotency::claim(c, partner, request, now),
                |c| take(c, partner, basket, now),
            );
            claimed?;
            let placed = taken?;
            let (id, action) = (placed.order.id, AuditAction::Created);
            let (inserted, noted, kept) = together!(
                conn,
                |c| orders::insert(c, partner, &placed.order, &placed.lines),
                |c| audit::note(c, caller, action, AuditResource::Order, id, now),
                |c| idempotency::keep(c, partner, request, &placed),
            );
            inserted?;
            noted?;
            kept?;
            Ok(placed)
        })
    });
    let (placed, origin) = placing.await?;
    if origin == Origin::New {
        info!(
            order.id = %placed.order.id,
            user.id = placed.order.user_id.map(tracing::field::display),
            amount_minor = placed.order.total_minor,
            "placed order"
        );
    }
    Ok((placed, origin))
}

async fn find(conn: &mut Conn<'_>, partner: PartnerId, id: OrderId) -> Result<Placed, Error> {
    let order = orders::find(conn, partner, id)
        .await?
        .ok_or(Error::NotFound)?;
    let lines = orders::lines(conn, partner, &[id]).await?;
    Ok(Placed { order, lines })
}

/// Takes the stock of every line, product by product in the order of their ids, so that two
/// orders never wait for each other, and prices the lines.
async fn take(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    basket: &Basket,
    now: Time,
) -> Result<Placed, Error> {
    let wanted = in_product_order(basket.lines.iter().copied());
    let each = wanted
        .iter()
        .map(|(product, quantity)| (*product, *quantity));
    let mut taken = std::collections::BTreeMap::new();
    for ((product, quantity), outcome) in each
        .clone()
        .zip(products::take(conn, partner, each, now).await?)
    {
        let Some(product_taken) = outcome else {
            return Err(why_not_taken(conn, partner, product, quantity).await?);
        };
        taken.insert(product, product_taken);
    }
    let id = OrderId::new(now);
    let mut lines = Vec::with_capacity(basket.lines.len());
    let mut total_minor = 0_i64;
    for (line_no, (product_id, quantity)) in (1..).zip(&basket.lines) {
        let product = taken.get(product_id).ok_or(Error::NotFound)?;
        total_minor =
            total_minor.saturating_add(product.price_minor.saturating_mul(i64::from(*quantity)));
        lines.push(OrderLine {
            order_id: id,
            line_no,
            product_id: *product_id,
            product_name: product.name.clone(),
            quantity: *quantity,
            unit_price_minor: product.price_minor,
        });
    }
    let order = Order::new(id, basket.user_id, total_minor, basket.note.clone(), now);
    Ok(Placed { order, lines })
}

/// The quantities of each product, by its id.
fn in_product_order(
    lines: impl Iterator<Item = (ProductId, i32)>,
) -> std::collections::BTreeMap<ProductId, i32> {
    let mut sums = std::collections::BTreeMap::new();
    for (product, quantity) in lines {
        let sum: &mut i32 = sums.entry(product).or_default();
        *sum = sum.saturating_add(quantity);
    }
    sums
}

async fn why_not_taken(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    product: ProductId,
    quantity: i32,
) -> Result<Error, Error> {
    Ok(match products::find(conn, partner, product).await? {
        None => Error::refused(
            problems::UNKNOWN_PRODUCT,
            format!("there is no product {product}"),
        ),
        Some(found) if !found.is_active => Error::refused(
            problems::PRODUCT_INACTIVE,
            format!("product {product} is not for sale"),
        ),
        Some(found) => {
            let detail = format!(
                "product {product} has {} in stock, {quantity} are asked for",
                found.stock
            );
            Error::refused(problems::OUT_OF_STOCK, detail)
        }
    })
}
