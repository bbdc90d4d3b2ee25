//! The life of an order: which step leads from which status to which, and what it does to the stock.

use contract::{Problem, ProblemType, problems};
use tracing::info;

use super::{Placed, in_product_order};
use crate::app::App;
use crate::db::Conn;
use crate::db::types::Time;
use crate::error::Error;
use crate::ids::{OrderId, PartnerId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::idempotency::Request;
use crate::repository::orders::{self, Order, OrderChange, OrderStatus};
use crate::repository::products;
use crate::services::audit::{self, Caller};
use crate::services::idempotency::{self, Origin};

/// A step in the life of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The buyer paid the total.
    Pay,
    /// The goods were handed over.
    Fulfil,
    /// Nothing comes of the order.
    Cancel,
    /// The buyer got the total back.
    Refund,
}

impl Step {
    /// The statuses that it may be taken from.
    const fn from(self) -> &'static [OrderStatus] {
        match self {
            Self::Pay | Self::Cancel => &[OrderStatus::Pending],
            Self::Fulfil => &[OrderStatus::Paid],
            Self::Refund => &[OrderStatus::Paid, OrderStatus::Fulfilled],
        }
    }

    /// What the order is afterwards.
    fn change(self, now: Time) -> OrderChange {
        let status = match self {
            Self::Pay => OrderStatus::Paid,
            Self::Fulfil => OrderStatus::Fulfilled,
            Self::Cancel => OrderStatus::Cancelled,
            Self::Refund => OrderStatus::Refunded,
        };
        OrderChange {
            status,
            paid_at: (self == Self::Pay).then_some(now),
            fulfilled_at: (self == Self::Fulfil).then_some(now),
        }
    }

    /// Whether the goods of the order come back to stock: they are still here, and it has ended.
    fn gives_back(self, order: &Order) -> bool {
        matches!(self, Self::Cancel | Self::Refund) && order.fulfilled_at.is_none()
    }

    /// What the audit log calls it.
    const fn action(self) -> AuditAction {
        match self {
            Self::Pay => AuditAction::Paid,
            Self::Fulfil => AuditAction::Fulfilled,
            Self::Cancel => AuditAction::Cancelled,
            Self::Refund => AuditAction::Refunded,
        }
    }

    /// What an order in another status is refused as.
    const fn refusal(self) -> ProblemType {
        match self {
            Self::Pay => problems::ORDER_NOT_PAYABLE,
            Self::Fulfil => problems::ORDER_NOT_FULFILLABLE,
            Self::Cancel => problems::ORDER_NOT_CANCELLABLE,
            Self::Refund => problems::ORDER_NOT_REFUNDABLE,
        }
    }
}

/// Takes a step. 409 with the present status if it does not lead on from there.
pub async fn take(app: &App, caller: &Caller, id: OrderId, step: Step) -> Result<Placed, Error> {
    let now = caller.now(app);
    let taken = app
        .db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(apply(conn, caller, id, step, now))
        })
        .await?;
    info!(order.id = %id, order.status = %taken.order.status, "changed an order's status");
    Ok(taken)
}

/// The same, once for its key: whether this call took the step, or an earlier one.
pub async fn take_once(
    app: &App,
    caller: &Caller,
    request: Request<'_>,
    id: OrderId,
    step: Step,
) -> Result<(Placed, Origin), Error> {
    let now = caller.now(app);
    let partner = caller.partner;
    let taking = idempotency::once(app, partner, request, now, |conn| {
        Box::pin(async move {
            idempotency::claim(conn, partner, request, now).await?;
            let taken = apply(conn, caller, id, step, now).await?;
            idempotency::keep(conn, partner, request, &taken).await?;
            Ok(taken)
        })
    });
    let (taken, origin) = taking.await?;
    if origin == Origin::New {
        info!(
            order.id = %id,
            order.status = %taken.order.status,
            amount_minor = taken.order.total_minor,
            "changed an order's status"
        );
    }
    Ok((taken, origin))
}

async fn apply(
    conn: &mut Conn<'_>,
    caller: &Caller,
    id: OrderId,
    step: Step,
    now: Time,
) -> Result<Placed, Error> {
    let partner = caller.partner;
    let change = step.change(now);
    let changed = orders::advance(conn, partner, id, step.from(), change, None, now).await?;
    let Some(order) = changed else {
        return Err(why_not(conn, partner, id, step).await?);
    };
    let lines = orders::lines(conn, partner, &[id]).await?;
    if step.gives_back(&order) {
        let quantities = lines.iter().map(|line| (line.product_id, line.quantity));
        for (product, quantity) in in_product_order(quantities) {
            products::restock(conn, partner, product, quantity, now).await?;
        }
    }
    audit::note(conn, caller, step.action(), AuditResource::Order, id, now).await?;
    Ok(Placed { order, lines })
}

async fn why_not(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: OrderId,
    step: Step,
) -> Result<Error, Error> {
    let order = orders::find(conn, partner, id)
        .await?
        .ok_or(Error::NotFound)?;
    let problem = Problem::new(step.refusal())
        .with_detail(format!("the order is {}", order.status))
        .with_member("order_status", order.status.as_str());
    Ok(problem.into())
}
