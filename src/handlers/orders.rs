//! Operations on orders.

use contract::{
    CancelOrderRequest, CancelOrderResponse, CreateOrderRequest, CreateOrderResponse,
    GetOrderRequest, GetOrderResponse, ListOrdersRequest, ListOrdersResponse, Orders, models,
    problems,
};

use super::Context;
use crate::app::App;
use crate::error::Error;
use crate::repository::orders::{OrderFilter, OrderLine, OrderStatus};
use crate::services::money;
use crate::services::orders::{self, Basket, Origin, Placed};
use crate::services::pages::Wanted;

impl Orders for App {
    async fn list_orders(
        &self,
        ctx: Context,
        req: ListOrdersRequest,
    ) -> Result<ListOrdersResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = OrderFilter {
            status: req.status.map(OrderStatus::from),
            user_id: req.user_id.map(Into::into),
        };
        let page = orders::list(self, ctx.principal.partner()?, filter, &wanted)
            .await?
            .map(models::Order::from);
        Ok(ListOrdersResponse::Ok(models::OrderPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn create_order(
        &self,
        ctx: Context,
        req: CreateOrderRequest,
    ) -> Result<CreateOrderResponse, Error> {
        let key = ctx.idempotency.ok_or_else(|| {
            Error::refused(problems::MISSING_IDEMPOTENCY_KEY, "send an Idempotency-Key")
        })?;
        let (placed, origin) = orders::place(
            self,
            ctx.principal.partner()?,
            ctx.operation.id,
            &key,
            &req.body.into(),
        )
        .await?;
        Ok(CreateOrderResponse::Created {
            location: format!("/v1/orders/{}", placed.order.id),
            etag: placed.order.etag(),
            idempotency_replayed: (origin == Origin::Replayed).then_some(true),
            body: placed.into(),
        })
    }

    async fn get_order(
        &self,
        ctx: Context,
        req: GetOrderRequest,
    ) -> Result<GetOrderResponse, Error> {
        let placed = orders::get(self, ctx.principal.partner()?, req.order_id.into()).await?;
        Ok(GetOrderResponse::Ok {
            etag: placed.order.etag(),
            body: placed.into(),
        })
    }

    async fn cancel_order(
        &self,
        ctx: Context,
        req: CancelOrderRequest,
    ) -> Result<CancelOrderResponse, Error> {
        let placed = orders::cancel(self, ctx.principal.partner()?, req.order_id.into()).await?;
        Ok(CancelOrderResponse::Ok {
            etag: placed.order.etag(),
            body: placed.into(),
        })
    }
}

impl From<models::NewOrder> for Basket {
    fn from(new: models::NewOrder) -> Self {
        Self {
            user_id: new.user_id.flatten().map(Into::into),
            lines: new
                .lines
                .into_iter()
                .map(|line| (line.product_id.into(), line.quantity))
                .collect(),
            note: new.note.flatten(),
        }
    }
}

impl From<Placed> for models::Order {
    fn from(Placed { order, lines }: Placed) -> Self {
        Self {
            id: order.id.into(),
            user_id: order.user_id.map(Into::into),
            status: order.status.into(),
            total: money::format(order.total_minor),
            lines: lines.into_iter().map(Into::into).collect(),
            note: order.note,
            created_at: order.created_at.into(),
            updated_at: order.updated_at.into(),
        }
    }
}

impl From<OrderLine> for models::OrderLine {
    fn from(line: OrderLine) -> Self {
        Self {
            product_id: line.product_id.into(),
            product_name: line.product_name,
            quantity: line.quantity,
            unit_price: money::format(line.unit_price_minor),
        }
    }
}

impl From<models::OrderStatus> for OrderStatus {
    fn from(status: models::OrderStatus) -> Self {
        match status {
            models::OrderStatus::Pending => Self::Pending,
            models::OrderStatus::Cancelled => Self::Cancelled,
        }
    }
}

impl From<OrderStatus> for models::OrderStatus {
    fn from(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Pending => Self::Pending,
            OrderStatus::Cancelled => Self::Cancelled,
        }
    }
}
