//! Categories: what stands against deleting one.

use contract::{Preconditions, problems};

use super::audit::{self, Caller};
use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::{Conn, constraints};
use crate::error::Error;
use crate::ids::{CategoryId, PartnerId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::categories::{self, Category, CategoryChanges, CategoryStats, NewCategory};
use crate::repository::page::Scope;

/// The category with this id.
pub async fn get(app: &App, partner: PartnerId, id: CategoryId) -> Result<Category, Error> {
    let mut conn = app.db().read().await?;
    categories::find(&mut conn, partner, id)
        .await?
        .ok_or(Error::NotFound)
}

/// Categories by name.
pub async fn list(
    app: &App,
    partner: PartnerId,
    wanted: &Wanted,
) -> Result<Listed<Category>, Error> {
    let scope = Scope::new("listCategories", partner);
    let slice = wanted.slice(app, &scope)?;
    let mut conn = app.db().read().await?;
    let page = categories::list(&mut conn, partner, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// Categories in numbers, by name.
pub async fn stats(
    app: &App,
    partner: PartnerId,
    wanted: &Wanted,
) -> Result<Listed<CategoryStats>, Error> {
    let scope = Scope::new("listCategoryStats", partner);
    let slice = wanted.slice(app, &scope)?;
    let mut conn = app.db().checkout_for(partner).await?;
    let page = categories::stats(&mut conn, partner, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// Adds a category. 409 if name or slug are taken.
pub async fn create(app: &App, caller: &Caller, new: NewCategory) -> Result<Category, Error> {
    let new = NewCategory {
        name: new.name.trim().to_owned(),
        ..new
    };
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let new = &new;
            Box::pin(async move {
                let id = CategoryId::new(now);
                let category = categories::insert(conn, caller.partner, id, new, now).await?;
                audit::note(
                    conn,
                    caller,
                    AuditAction::Created,
                    AuditResource::Category,
                    id,
                    now,
                )
                .await?;
                Ok(category)
            })
        })
        .await
}

/// Changes a category. 409 if name or slug are taken.
pub async fn update(
    app: &App,
    caller: &Caller,
    id: CategoryId,
    changes: CategoryChanges,
    preconditions: &Preconditions,
) -> Result<Category, Error> {
    let changes = CategoryChanges {
        name: changes.name.map(|name| name.trim().to_owned()),
        ..changes
    };
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let changes = &changes;
            Box::pin(async move {
                let category = loop {
                    let version = expected(conn, caller.partner, id, preconditions).await?;
                    let updated =
                        categories::update(conn, caller.partner, id, changes, Some(version), now)
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
                    AuditResource::Category,
                    id,
                    now,
                )
                .await?;
                Ok(category)
            })
        })
        .await
}

/// Deletes a category with its products. 409 if one of them is in an order.
pub async fn delete(
    app: &App,
    caller: &Caller,
    id: CategoryId,
    preconditions: &Preconditions,
) -> Result<(), Error> {
    let now = caller.now(app);
    let deleted = app
        .db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(async move {
                loop {
                    let version = expected(conn, caller.partner, id, preconditions).await?;
                    if categories::delete(conn, caller.partner, id, Some(version)).await? {
                        break;
                    }
                }
                audit::note(
                    conn,
                    caller,
                    AuditAction::Deleted,
                    AuditResource::Category,
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
                problems::CATEGORY_IN_USE,
                "a product of the category is in an order",
            ))
        }
        outcome => outcome,
    }
}

/// The version of the category if it is as the caller expects it: what is then done with this version
/// alone overwrites nothing unseen. 412 if it is not.
async fn expected(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: CategoryId,
    preconditions: &Preconditions,
) -> Result<i32, Error> {
    let category = categories::find(conn, partner, id)
        .await?
        .ok_or(Error::NotFound)?;
    preconditions.check(&category.etag())?;
    Ok(category.version)
}
