//! The twin's orders: stock is taken and the order stored in one transaction.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::IntoResponse;
use chrono::Utc;
use concordat::db::types::Time;
use concordat::ids::{OrderId, PartnerId, ProductId, UserId};
use concordat::schema::{order_lines, orders, products};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::products::decimal;
use crate::{Failed, Twin};

#[derive(Deserialize)]
pub struct NewOrder {
    user_id: Option<UserId>,
    lines: Vec<NewLine>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct NewLine {
    product_id: ProductId,
    quantity: i32,
}

#[derive(Serialize)]
pub struct Order {
    id: OrderId,
    user_id: Option<UserId>,
    status: &'static str,
    #[serde(serialize_with = "decimal")]
    total: i64,
    lines: Vec<Line>,
    note: Option<String>,
    created_at: Time,
    updated_at: Time,
}

#[derive(Serialize, Insertable)]
#[diesel(table_name = order_lines)]
struct Line {
    #[serde(skip)]
    order_id: OrderId,
    #[serde(skip)]
    line_no: i32,
    #[serde(skip)]
    partner_id: PartnerId,
    product_id: ProductId,
    product_name: String,
    quantity: i32,
    #[serde(rename = "unit_price", serialize_with = "decimal")]
    unit_price_minor: i64,
}

/// Takes the stock of each line and stores the order; `$lines` stores its lines.
macro_rules! place {
    ($pool:expr, $twin:expr, $new:expr, |$conn:ident, $rows:ident| $lines:expr) => {
        $pool
            .get()
            .await?
            .transaction(async |$conn| {
                let (now, partner) = (Time::from(Utc::now()), $twin.partner);
                let mut order = Order::of($new, now);
                for (line_no, line) in (1..).zip(&$new.lines) {
                    let (product_name, unit_price_minor): (String, i64) =
                        diesel::update(products::table.find(line.product_id))
                            .filter(products::partner_id.eq(partner))
                            .filter(products::is_active.eq(true))
                            .filter(products::stock.ge(line.quantity))
                            .set((
                                products::stock.eq(products::stock - line.quantity),
                                products::version.eq(products::version + 1),
                                products::updated_at.eq(now),
                            ))
                            .returning((products::name, products::price_minor))
                            .get_result($conn)
                            .await?;
                    order.total += unit_price_minor * i64::from(line.quantity);
                    order.lines.push(Line {
                        order_id: order.id,
                        line_no,
                        partner_id: partner,
                        product_id: line.product_id,
                        product_name,
                        quantity: line.quantity,
                        unit_price_minor,
                    });
                }
                diesel::insert_into(orders::table)
                    .values((
                        orders::id.eq(order.id),
                        orders::partner_id.eq(partner),
                        orders::user_id.eq(order.user_id),
                        orders::status.eq(order.status),
                        orders::total_minor.eq(order.total),
                        orders::note.eq(&order.note),
                        orders::created_at.eq(now),
                        orders::updated_at.eq(now),
                    ))
                    .execute($conn)
                    .await?;
                let $rows = &order.lines;
                $lines;
                Ok::<_, Failed>(order)
            })
            .await?
    };
}

pub async fn create(
    State(twin): State<Twin>,
    Json(new): Json<NewOrder>,
) -> Result<impl IntoResponse, Failed> {
    let new = &new;
    let order = match &twin.database {
        Database::Postgres(pool) => place!(pool, twin, new, |conn, rows| {
            diesel::insert_into(order_lines::table)
                .values(rows)
                .execute(conn)
                .await?
        }),
        Database::Sqlite { writer, .. } => place!(writer, twin, new, |conn, rows| {
            for row in rows {
                diesel::insert_into(order_lines::table)
                    .values(row)
                    .execute(conn)
                    .await?;
            }
        }),
    };
    let location = format!("/v1/orders/{}", order.id);
    let headers = [(LOCATION, location), (ETAG, "\"1\"".to_owned())];
    Ok((StatusCode::CREATED, headers, Json(order)))
}

impl Order {
    fn of(new: &NewOrder, now: Time) -> Self {
        Self {
            id: OrderId::new(now),
            user_id: new.user_id,
            status: "pending",
            total: 0,
            lines: Vec::with_capacity(new.lines.len()),
            note: new.note.clone(),
            created_at: now,
            updated_at: now,
        }
    }
}
