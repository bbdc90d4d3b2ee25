//! Products: what stands against deleting one.

pub mod bulk;

use contract::{Preconditions, problems};

use super::audit::{self, Caller};
use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::{Conn, constraints};
use crate::error::Error;
use crate::ids::{PartnerId, ProductId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::page::{Scope, Slice};
use crate::repository::products::{
    self, NewProduct, Product, ProductChanges, ProductFilter, ProductOrder,
};

/// Products in the feed.
const FEED: u16 = 20;

/// The product with this id.
pub async fn get(app: &App, partner: PartnerId, id: ProductId) -> Result<Product, Error> {
    let mut conn = app.db().read().await?;
    products::find(&mut conn, partner, id)
        .await?
        .ok_or(Error::NotFound)
}

/// Products that pass the filter, in this order.
pub async fn list(
    app: &App,
    partner: PartnerId,
    filter: &ProductFilter,
    order: ProductOrder,
    wanted: &Wanted,
) -> Result<Listed<Product>, Error> {
    let scope = Scope::new("listProducts", partner)
        .with(
            "category_id",
            filter.category_id.map(|id| id.to_string()).as_deref(),
        )
        .with(
            "is_active",
            filter.is_active.map(|it| if it { "true" } else { "false" }),
        )
        .with("q", filter.q.as_deref())
        .with("ordering", Some(order.as_str()));
    let slice = wanted.slice(app, &scope)?;
    // A search may have to look at many rows; it must not hold up the short reads.
    let mut conn = match filter.q {
        Some(_) => app.db().checkout_for(partner).await?,
        None => app.db().read().await?,
    };
    let page = products::list(&mut conn, partner, filter, order, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// The newest products that are for sale.
pub async fn feed(app: &App, partner: PartnerId) -> Result<Vec<Product>, Error> {
    let filter = ProductFilter {
        is_active: Some(true),
        ..ProductFilter::default()
    };
    let mut conn = app.db().read().await?;
    let slice = Slice::first(FEED);
    Ok(products::list(
        &mut conn,
        partner,
        &filter,
        ProductOrder::CreatedDescending,
        &slice,
    )
    .await?
    .items)
}

/// Adds a product. 409 if the partner has no such category.
pub async fn create(app: &App, caller: &Caller, new: NewProduct) -> Result<Product, Error> {
    let new = NewProduct {
        name: new.name.trim().to_owned(),
        ..new
    };
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let new = &new;
            Box::pin(async move {
                let id = ProductId::new(now);
                let product = products::insert(conn, caller.partner, id, new, now).await?;
                audit::note(
                    conn,
                    caller,
                    AuditAction::Created,
                    AuditResource::Product,
                    id,
                    now,
                )
                .await?;
                Ok(product)
            })
        })
        .await
}

/// Changes a product. 409 if the partner has no such category.
pub async fn update(
    app: &App,
    caller: &Caller,
    id: ProductId,
    changes: ProductChanges,
    preconditions: &Preconditions,
) -> Result<Product, Error> {
    let changes = ProductChanges {
        name: changes.name.map(|name| name.trim().to_owned()),
        ..changes
    };
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let changes = &changes;
            Box::pin(async move {
                let product = loop {
                    let version = expected(conn, caller.partner, id, preconditions).await?;
                    let updated =
                        products::update(conn, caller.partner, id, changes, Some(version), now)
                            .await?;
                    // Another was faster if there is none: what it left is compared in turn.
                    if let Some(updated) = updated {
                        break updated;
                    }
                };
                audit::note(
                    conn,
                    caller,
                    AuditAction::Updated,
                    AuditResource::Product,
                    id,
                    now,
                )
                .await?;
                Ok(product)
            })
        })
        .await
}

/// Deletes a product. 409 if it is in an order.
pub async fn delete(
    app: &App,
    caller: &Caller,
    id: ProductId,
    preconditions: &Preconditions,
) -> Result<(), Error> {
    let now = caller.now(app);
    let deleted = app
        .db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(async move {
                loop {
                    let version = expected(conn, caller.partner, id, preconditions).await?;
                    if products::delete(conn, caller.partner, id, Some(version)).await? {
                        break;
                    }
                }
                audit::note(
                    conn,
                    caller,
                    AuditAction::Deleted,
                    AuditResource::Product,
                    id,
                    now,
                )
                .await
            })
        })
        .await;
    match deleted {
        Err(error) if error.constraint() == Some(constraints::ORDER_LINES_PRODUCT) => {
            Err(Error::refused(
                problems::PRODUCT_IN_USE,
                "the product is in an order; set is_active to false to take it off sale",
            ))
        }
        outcome => outcome,
    }
}

/// The version of the product if it is as the caller expects it: what is then done with this version
/// alone overwrites nothing unseen. 412 if it is not.
async fn expected(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    preconditions: &Preconditions,
) -> Result<i32, Error> {
    let product = products::find(conn, partner, id)
        .await?
        .ok_or(Error::NotFound)?;
    preconditions.check(&product.etag())?;
    Ok(product.version)
}
