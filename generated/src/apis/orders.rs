//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Orders take stock when they are placed. They are paid and fulfilled, or cancelled or refunded.
pub trait Orders: Host {
    handler! {
        /// List orders
        ///
        /// The newest come first.
        ///
        /// `GET /v1/orders`
        async fn list_orders(
            &self,
            ctx: Context<Self::Principal>,
            req: ListOrdersRequest,
        ) -> Result<ListOrdersResponse, Self::Error>;
    }

    handler! {
        /// Place an order
        ///
        /// Takes the stock of every line and stores the order, both or neither. Each line keeps the product's name and price of this moment. Repeat the request with the same `Idempotency-Key` until you have an answer: the order is placed once.
        ///
        /// `POST /v1/orders`
        async fn create_order(
            &self,
            ctx: Context<Self::Principal>,
            req: CreateOrderRequest,
        ) -> Result<CreateOrderResponse, Self::Error>;
    }

    handler! {
        /// Show an order
        ///
        /// `GET /v1/orders/{order_id}`
        async fn get_order(
            &self,
            ctx: Context<Self::Principal>,
            req: GetOrderRequest,
        ) -> Result<GetOrderResponse, Self::Error>;
    }

    handler! {
        /// Cancel an order
        ///
        /// Gives the stock of every line back. An order can be cancelled once.
        ///
        /// `POST /v1/orders/{order_id}/cancel`
        async fn cancel_order(
            &self,
            ctx: Context<Self::Principal>,
            req: CancelOrderRequest,
        ) -> Result<CancelOrderResponse, Self::Error>;
    }

    handler! {
        /// Pay an order
        ///
        /// Records that the order was paid, its total in one payment. Repeat the request with the same `Idempotency-Key` until you have an answer: the order is paid once.
        ///
        /// `POST /v1/orders/{order_id}/pay`
        async fn pay_order(
            &self,
            ctx: Context<Self::Principal>,
            req: PayOrderRequest,
        ) -> Result<PayOrderResponse, Self::Error>;
    }

    handler! {
        /// Fulfil an order
        ///
        /// Records that the goods of a paid order were handed over. They do not come back to stock by themselves after that.
        ///
        /// `POST /v1/orders/{order_id}/fulfil`
        async fn fulfil_order(
            &self,
            ctx: Context<Self::Principal>,
            req: FulfilOrderRequest,
        ) -> Result<FulfilOrderResponse, Self::Error>;
    }

    handler! {
        /// Refund an order
        ///
        /// Records that the total of a paid or fulfilled order was paid back. The stock of every line is given back if the order was not fulfilled yet. Repeat the request with the same `Idempotency-Key` until you have an answer: the order is refunded once.
        ///
        /// `POST /v1/orders/{order_id}/refund`
        async fn refund_order(
            &self,
            ctx: Context<Self::Principal>,
            req: RefundOrderRequest,
        ) -> Result<RefundOrderResponse, Self::Error>;
    }
}

/// What a client asks of `list_orders`.
#[derive(Debug, Clone)]
pub struct ListOrdersRequest {
    /// Only orders in this status.
    pub status: Option<models::OrderStatus>,
    /// Only orders of this user.
    pub user_id: Option<Uuid>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListOrdersRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            status: input.parameter(Place::Query, "status")?,
            user_id: input.parameter(Place::Query, "user_id")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_orders` answers.
#[derive(Debug)]
pub enum ListOrdersResponse {
    /// 200: A page of orders.
    Ok(models::OrderPage),
}

impl From<ListOrdersResponse> for Reply {
    fn from(response: ListOrdersResponse) -> Self {
        match response {
            ListOrdersResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `create_order`.
#[derive(Debug, Clone)]
pub struct CreateOrderRequest {
    /// Names this request among all attempts at it; a random UUID is a good choice. Visible ASCII characters, remembered for 24 hours for the partner and the operation.
    pub idempotency_key: String,
    /// The body.
    pub body: models::NewOrder,
}

impl CreateOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            idempotency_key: input.parameter(Place::Header, "Idempotency-Key")?,
            body: input.value()?,
        })
    }
}

/// What `create_order` answers.
#[derive(Debug)]
pub enum CreateOrderResponse {
    /// 201: The order was placed, now or by an earlier attempt with the same key.
    Created {
        /// The path of the new resource.
        location: String,
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// True when the answer is the stored one of an earlier attempt; absent otherwise.
        idempotency_replayed: Option<bool>,
        /// The body.
        body: models::Order,
    },
}

impl From<CreateOrderResponse> for Reply {
    fn from(response: CreateOrderResponse) -> Self {
        match response {
            CreateOrderResponse::Created {
                location,
                etag,
                idempotency_replayed,
                body,
            } => Reply::new(201)
                .header("Location", &location)
                .header("ETag", &etag)
                .header("Idempotency-Replayed", &idempotency_replayed)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `get_order`.
#[derive(Debug, Clone)]
pub struct GetOrderRequest {
    /// The order's id.
    pub order_id: Uuid,
}

impl GetOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            order_id: input.parameter(Place::Path, "order_id")?,
        })
    }
}

/// What `get_order` answers.
#[derive(Debug)]
pub enum GetOrderResponse {
    /// 200: The order.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Order,
    },
}

impl From<GetOrderResponse> for Reply {
    fn from(response: GetOrderResponse) -> Self {
        match response {
            GetOrderResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `cancel_order`.
#[derive(Debug, Clone)]
pub struct CancelOrderRequest {
    /// The order's id.
    pub order_id: Uuid,
}

impl CancelOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            order_id: input.parameter(Place::Path, "order_id")?,
        })
    }
}

/// What `cancel_order` answers.
#[derive(Debug)]
pub enum CancelOrderResponse {
    /// 200: The order as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Order,
    },
}

impl From<CancelOrderResponse> for Reply {
    fn from(response: CancelOrderResponse) -> Self {
        match response {
            CancelOrderResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `pay_order`.
#[derive(Debug, Clone)]
pub struct PayOrderRequest {
    /// Names this request among all attempts at it; a random UUID is a good choice. Visible ASCII characters, remembered for 24 hours for the partner and the operation.
    pub idempotency_key: String,
    /// The order's id.
    pub order_id: Uuid,
}

impl PayOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            idempotency_key: input.parameter(Place::Header, "Idempotency-Key")?,
            order_id: input.parameter(Place::Path, "order_id")?,
        })
    }
}

/// What `pay_order` answers.
#[derive(Debug)]
pub enum PayOrderResponse {
    /// 200: The order as it is now, or as it was after the first attempt with the same key.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// True when the answer is the stored one of an earlier attempt; absent otherwise.
        idempotency_replayed: Option<bool>,
        /// The body.
        body: models::Order,
    },
}

impl From<PayOrderResponse> for Reply {
    fn from(response: PayOrderResponse) -> Self {
        match response {
            PayOrderResponse::Ok {
                etag,
                idempotency_replayed,
                body,
            } => Reply::new(200)
                .header("ETag", &etag)
                .header("Idempotency-Replayed", &idempotency_replayed)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `fulfil_order`.
#[derive(Debug, Clone)]
pub struct FulfilOrderRequest {
    /// The order's id.
    pub order_id: Uuid,
}

impl FulfilOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            order_id: input.parameter(Place::Path, "order_id")?,
        })
    }
}

/// What `fulfil_order` answers.
#[derive(Debug)]
pub enum FulfilOrderResponse {
    /// 200: The order as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Order,
    },
}

impl From<FulfilOrderResponse> for Reply {
    fn from(response: FulfilOrderResponse) -> Self {
        match response {
            FulfilOrderResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `refund_order`.
#[derive(Debug, Clone)]
pub struct RefundOrderRequest {
    /// Names this request among all attempts at it; a random UUID is a good choice. Visible ASCII characters, remembered for 24 hours for the partner and the operation.
    pub idempotency_key: String,
    /// The order's id.
    pub order_id: Uuid,
}

impl RefundOrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            idempotency_key: input.parameter(Place::Header, "Idempotency-Key")?,
            order_id: input.parameter(Place::Path, "order_id")?,
        })
    }
}

/// What `refund_order` answers.
#[derive(Debug)]
pub enum RefundOrderResponse {
    /// 200: The order as it is now, or as it was after the first attempt with the same key.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// True when the answer is the stored one of an earlier attempt; absent otherwise.
        idempotency_replayed: Option<bool>,
        /// The body.
        body: models::Order,
    },
}

impl From<RefundOrderResponse> for Reply {
    fn from(response: RefundOrderResponse) -> Self {
        match response {
            RefundOrderResponse::Ok {
                etag,
                idempotency_replayed,
                body,
            } => Reply::new(200)
                .header("ETag", &etag)
                .header("Idempotency-Replayed", &idempotency_replayed)
                .json("application/json", &body),
        }
    }
}
