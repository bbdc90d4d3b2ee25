//! Changing many products at once: all of the rows or none of them.

use std::collections::BTreeMap;

use contract::{Problem, problems};
use serde_json::json;

use super::super::audit::{self, Caller};
use crate::app::App;
use crate::db::types::Time;
use crate::db::{Conn, constraints, fault};
use crate::error::Error;
use crate::ids::ProductId;
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::products::{self, Product, ProductChanges};

/// What to change of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Which product.
    pub id: ProductId,
    /// The entity tag of what the changes are meant for.
    pub if_match: String,
    /// What to change.
    pub changes: ProductChanges,
}

/// Why a row cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    NotFound,
    Stale,
    UnknownCategory,
}

impl Refusal {
    const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::UnknownCategory => "unknown-category",
        }
    }
}

/// Changes the products and gives them in the order of the rows. 409 `rows-refused` with every row
/// that cannot be done, in which case none is; after an unknown category it looks no further, since
/// the transaction is over then.
pub async fn update(app: &App, caller: &Caller, rows: Vec<Row>) -> Result<Vec<Product>, Error> {
    let rows: Vec<Row> = rows.into_iter().map(trimmed).collect();
    let now = caller.now(app);
    let by_place = app
        .db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(apply(conn, caller, &rows, now))
        })
        .await?;
    Ok(by_place.into_values().collect())
}

fn trimmed(mut row: Row) -> Row {
    row.changes.name = row.changes.name.map(|name| name.trim().to_owned());
    row
}

/// In the order of the ids, so that two calls never wait for each other in a circle.
async fn apply(
    conn: &mut Conn<'_>,
    caller: &Caller,
    rows: &[Row],
    now: Time,
) -> Result<BTreeMap<usize, Product>, Error> {
    let mut in_order: Vec<_> = rows.iter().enumerate().collect();
    in_order.sort_by_key(|(_, row)| row.id);
    let mut done = BTreeMap::new();
    let mut refused = BTreeMap::new();
    for (place, row) in in_order {
        match change(conn, caller, row, now).await? {
            Ok(product) => _ = done.insert(place, product),
            Err(refusal) => {
                refused.insert(place, (row.id, refusal));
                if refusal == Refusal::UnknownCategory {
                    break;
                }
            }
        }
    }
    match refused.is_empty() {
        true => Ok(done),
        false => Err(refuse(&refused, rows.len())),
    }
}

async fn change(
    conn: &mut Conn<'_>,
    caller: &Caller,
    row: &Row,
    now: Time,
) -> Result<Result<Product, Refusal>, Error> {
    let (partner, id) = (caller.partner, row.id);
    let Some(found) = products::find(conn, partner, id).await? else {
        return Ok(Err(Refusal::NotFound));
    };
    if found.etag() != row.if_match {
        return Ok(Err(Refusal::Stale));
    }
    // The version alone decides, should somebody be faster than this.
    let version = Some(found.version);
    match products::update(conn, partner, id, &row.changes, version, now).await {
        Ok(Some(product)) => {
            audit::note(
                conn,
                caller,
                AuditAction::Updated,
                AuditResource::Product,
                id,
                now,
            )
            .await?;
            Ok(Ok(product))
        }
        Ok(None) => Ok(Err(Refusal::Stale)),
        Err(error) if fault::constraint(&error) == Some(constraints::PRODUCTS_CATEGORY) => {
            Ok(Err(Refusal::UnknownCategory))
        }
        Err(error) => Err(error.into()),
    }
}

fn refuse(refused: &BTreeMap<usize, (ProductId, Refusal)>, rows: usize) -> Error {
    let listed: Vec<_> = refused
        .iter()
        .map(|(place, (id, refusal))| {
            json!({"row": place, "id": id.to_string(), "code": refusal.code()})
        })
        .collect();
    let detail = format!(
        "{} of {rows} rows cannot be done; nothing has changed",
        refused.len()
    );
    Problem::new(problems::ROWS_REFUSED)
        .with_detail(detail)
        .with_member("rows", listed)
        .into()
}
