//! The twin's products.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::ETAG;
use axum::response::IntoResponse;
use concordat::db::types::Time;
use concordat::ids::{CategoryId, ProductId};
use concordat::schema::{categories, products};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use crate::database::read;
use crate::{Failed, Twin};

#[derive(Serialize, Queryable, Selectable)]
#[diesel(table_name = products)]
pub struct Product {
    id: ProductId,
    category_id: CategoryId,
    #[diesel(select_expression = categories::name)]
    category_name: String,
    name: String,
    #[serde(rename = "price", serialize_with = "decimal")]
    price_minor: i64,
    stock: i32,
    is_active: bool,
    #[serde(skip)]
    version: i32,
    created_at: Time,
    updated_at: Time,
}

#[derive(Serialize)]
pub struct Page {
    items: Vec<Product>,
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
pub struct Wanted {
    limit: Option<i64>,
}

pub async fn find(
    State(twin): State<Twin>,
    Path(id): Path<Uuid>,
) -> Result<impl IntoResponse, Failed> {
    let found: Option<Product> = read!(&twin.database, |c| products::table
        .inner_join(categories::table)
        .filter(products::id.eq(ProductId::from(id)))
        .filter(products::partner_id.eq(twin.partner))
        .select(Product::as_select())
        .first(c)
        .await
        .optional())?;
    let product = found.ok_or(Failed::Missing)?;
    Ok(([(ETAG, format!("\"{}\"", product.version))], Json(product)))
}

/// The first page, its cursor unsigned.
pub async fn list(
    State(twin): State<Twin>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page>, Failed> {
    let limit = wanted.limit.unwrap_or(20).clamp(1, 100);
    let mut items: Vec<Product> = read!(&twin.database, |c| products::table
        .inner_join(categories::table)
        .filter(products::partner_id.eq(twin.partner))
        .filter(products::is_active.eq(true))
        .order((products::created_at.desc(), products::id.desc()))
        .limit(limit + 1)
        .select(Product::as_select())
        .load(c)
        .await)?;
    let limit = usize::try_from(limit)?;
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = items
        .last()
        .filter(|_| more)
        .map(|last| last.id.to_string());
    Ok(Json(Page { items, next_cursor }))
}

/// Minor units as a decimal string.
pub fn decimal<S: Serializer>(minor: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{}.{:02}", minor / 100, minor % 100))
}
