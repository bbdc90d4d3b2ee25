//! The same work by hand and behind the boundary: take an order, answer it.

use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::DateTime;
use contract::{
    Context, CreateOrderRequest, CreateOrderResponse, Credential, Failure, GetHealthResponse, Host,
    Identity, Operation, Problem, models,
};
use http::{HeaderValue, StatusCode};

/// The answer to an order.
pub fn placed(new: &models::NewOrder) -> models::Order {
    let lines = new.lines.iter().map(|line| models::OrderLine {
        product_id: line.product_id,
        product_name: "Coffee".to_owned(),
        quantity: line.quantity,
        unit_price: "12.34".to_owned(),
    });
    models::Order {
        id: uuid::Uuid::nil(),
        user_id: new.user_id.flatten(),
        status: models::OrderStatus::Pending,
        total: "12.34".to_owned(),
        lines: lines.collect(),
        note: new.note.clone().flatten(),
        paid_at: None,
        fulfilled_at: None,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
    }
}

fn health() -> models::Health {
    models::Health {
        status: models::HealthStatus::Ok,
        timestamp: DateTime::UNIX_EPOCH,
        version: contract::VERSION.to_owned(),
        contract_hash: contract::HASH.to_owned(),
    }
}

/// axum with serde.
pub fn by_hand() -> Router {
    let order = async |Json(new): Json<models::NewOrder>| {
        let headers = [
            (
                http::header::LOCATION,
                HeaderValue::from_static("/v1/orders/1"),
            ),
            (http::header::ETAG, HeaderValue::from_static("\"1\"")),
        ];
        (StatusCode::CREATED, headers, Json(placed(&new)))
    };
    Router::new()
        .route("/health", get(async || Json(health())))
        .route("/v1/orders", post(order))
}

/// An application behind the boundary that lets everyone do everything.
#[derive(Clone)]
pub struct Nothing;

impl Host for Nothing {
    type Principal = ();
    type Error = Failure;

    fn anonymous(&self) {}

    async fn authenticate(
        &self,
        _: &'static Operation,
        _: &[Credential],
    ) -> Result<Identity<()>, Problem> {
        Ok(Identity {
            principal: (),
            scopes: (&["orders:write"]).into(),
        })
    }

    fn limits(&self) -> contract::Limits {
        contract::Limits {
            check_responses: false,
            ..contract::Limits::default()
        }
    }
}

impl contract::Health for Nothing {
    async fn get_health(&self, _: Context<()>) -> Result<GetHealthResponse, Failure> {
        Ok(GetHealthResponse::Ok(health()))
    }
}

impl contract::Orders for Nothing {
    async fn create_order(
        &self,
        _: Context<()>,
        request: CreateOrderRequest,
    ) -> Result<CreateOrderResponse, Failure> {
        Ok(CreateOrderResponse::Created {
            location: "/v1/orders/1".to_owned(),
            etag: "\"1\"".to_owned(),
            idempotency_replayed: None,
            body: placed(&request.body),
        })
    }
}

impl contract::Admin for Nothing {}
impl contract::Audit for Nothing {}
impl contract::Categories for Nothing {}
impl contract::Conformance for Nothing {}
impl contract::Posts for Nothing {}
impl contract::Problems for Nothing {}
impl contract::Products for Nothing {}
impl contract::Requests for Nothing {}
impl contract::Sandbox for Nothing {}
impl contract::Upstream for Nothing {}
impl contract::Users for Nothing {}
