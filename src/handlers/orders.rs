//! Operations on orders.

use contract::{
    CancelOrderRequest, CancelOrderResponse, CreateOrderRequest, CreateOrderResponse,
    FulfilOrderRequest, FulfilOrderResponse, GetOrderRequest, GetOrderResponse, ListOrdersRequest,
    ListOrdersResponse, Orders, PayOrderRequest, PayOrderResponse, RefundOrderRequest,
    RefundOrderResponse, models,
};

use super::{Context, caller, keyed, replayed};
use crate::app::App;
use crate::error::Error;
use crate::repository::orders::{OrderFilter, OrderLine, OrderStatus};
use crate::services::money;
use crate::services::orders::life::{self, Step};
use crate::services::orders::{self, Basket, Placed};
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
        let caller = caller(&ctx)?;
        let (placed, origin) = orders::place(self, &caller, keyed(&ctx)?, &req.body.into()).await?;
        Ok(CreateOrderResponse::Created {
            location: format!("/v1/orders/{}", placed.order.id),
            etag: placed.order.etag(),
            idempotency_replayed: replayed(origin),
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
        let (caller, id) = (caller(&ctx)?, req.order_id.into());
        let placed = life::take(self, &caller, id, Step::Cancel).await?;
        Ok(CancelOrderResponse::Ok {
            etag: placed.order.etag(),
            body: placed.into(),
        })
    }

    async fn pay_order(
        &self,
        ctx: Context,
        req: PayOrderRequest,
    ) -> Result<PayOrderResponse, Error> {
        ctx.principal.fresh(self, ctx.operation).await?;
        let (caller, id) = (caller(&ctx)?, req.order_id.into());
        let (placed, origin) = life::take_once(self, &caller, keyed(&ctx)?, id, Step::Pay).await?;
        Ok(PayOrderResponse::Ok {
            etag: placed.order.etag(),
            idempotency_replayed: replayed(origin),
            body: placed.into(),
        })
    }

    async fn fulfil_order(
        &self,
        ctx: Context,
        req: FulfilOrderRequest,
    ) -> Result<FulfilOrderResponse, Error> {
        let (caller, id) = (caller(&ctx)?, req.order_id.into());
        let placed = life::take(self, &caller, id, Step::Fulfil).await?;
        Ok(FulfilOrderResponse::Ok {
            etag: placed.order.etag(),
            body: placed.into(),
        })
    }

    async fn refund_order(
        &self,
        ctx: Context,
        req: RefundOrderRequest,
    ) -> Result<RefundOrderResponse, Error> {
        ctx.principal.fresh(self, ctx.operation).await?;
        let (caller, id) = (caller(&ctx)?, req.order_id.into());
        let (placed, origin) =
            life::take_once(self, &caller, keyed(&ctx)?, id, Step::Refund).await?;
        Ok(RefundOrderResponse::Ok {
            etag: placed.order.etag(),
            idempotency_replayed: replayed(origin),
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
            paid_at: order.paid_at.map(Into::into),
            fulfilled_at: order.fulfilled_at.map(Into::into),
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
            models::OrderStatus::Paid => Self::Paid,
            models::OrderStatus::Fulfilled => Self::Fulfilled,
            models::OrderStatus::Cancelled => Self::Cancelled,
            models::OrderStatus::Refunded => Self::Refunded,
        }
    }
}

impl From<OrderStatus> for models::OrderStatus {
    fn from(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Pending => Self::Pending,
            OrderStatus::Paid => Self::Paid,
            OrderStatus::Fulfilled => Self::Fulfilled,
            OrderStatus::Cancelled => Self::Cancelled,
            OrderStatus::Refunded => Self::Refunded,
        }
    }
}
