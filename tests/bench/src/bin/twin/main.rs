//! The twin: the measured operations as one would write them by hand on the same crates.
//!
//! axum with serde, diesel-async on bb8 with its defaults, one connection for each request, the same
//! queries. No contract, validation, credentials, idempotency, limits or log. The tenant, whom the
//! service finds out from the key, is an argument.

mod database;
mod orders;
mod products;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use concordat::ids::PartnerId;
use serde::Serialize;
use tokio::net::TcpListener;

use database::Database;

/// What the handlers share.
#[derive(Clone)]
struct Twin {
    database: Database,
    partner: PartnerId,
}

/// `twin DATABASE_URL PARTNER_ID` serves at a free port and prints where.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(partner)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: twin DATABASE_URL PARTNER_ID");
    };
    let twin = Twin {
        database: Database::open(&url).await?,
        partner: partner.parse()?,
    };
    let router = Router::new()
        .route("/health", get(health))
        .route("/v1/products", get(products::list))
        .route("/v1/products/{id}", get(products::find))
        .route("/v1/orders", post(orders::create))
        .route("/v1/users", post(refuse_user))
        .layer(DefaultBodyLimit::max(256 * 1024))
        .with_state(twin);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, router).await?)
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    timestamp: DateTime<Utc>,
    version: &'static str,
    contract_hash: &'static str,
}

async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        timestamp: Utc::now(),
        version: contract::VERSION,
        contract_hash: contract::HASH,
    })
}

/// Reads a user as serde does, finds the one fault that the benchmark sends, and says so.
async fn refuse_user(Json(user): Json<contract::models::NewUser>) -> Response {
    if user.email.contains('@') {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    }
    (StatusCode::UNPROCESSABLE_ENTITY, "no e-mail address").into_response()
}

/// Whatever goes wrong.
#[derive(Debug)]
enum Failed {
    Missing,
    Broken(String),
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        match self {
            Self::Missing => StatusCode::NOT_FOUND.into_response(),
            Self::Broken(why) => {
                eprintln!("twin: {why}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self::Broken(error.to_string())
    }
}
