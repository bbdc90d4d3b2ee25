//! Categories: what stands against deleting one.

use contract::problems;

use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::constraints;
use crate::error::Error;
use crate::ids::{CategoryId, PartnerId};
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
    let mut conn = app.db().checkout().await?;
    let page = categories::stats(&mut conn, partner, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// Adds a category. 409 if name or slug are taken.
pub async fn create(app: &App, partner: PartnerId, new: NewCategory) -> Result<Category, Error> {
    let new = NewCategory {
        name: new.name.trim().to_owned(),
        ..new
    };
    let now = app.now().into();
    app.db()
        .transaction(|conn| {
            let new = &new;
            Box::pin(async move {
                Ok(categories::insert(conn, partner, CategoryId::new(now), new, now).await?)
            })
        })
        .await
}

/// Changes a category. 409 if name or slug are taken.
pub async fn update(
    app: &App,
    partner: PartnerId,
    id: CategoryId,
    changes: CategoryChanges,
) -> Result<Category, Error> {
    let changes = CategoryChanges {
        name: changes.name.map(|name| name.trim().to_owned()),
        ..changes
    };
    let now = app.now().into();
    app.db()
        .transaction(|conn| {
            let changes = &changes;
            Box::pin(async move {
                categories::update(conn, partner, id, changes, None, now)
                    .await?
                    .ok_or(Error::NotFound)
            })
        })
        .await
}

/// Deletes a category with its products. 409 if one of them is in an order.
pub async fn delete(app: &App, partner: PartnerId, id: CategoryId) -> Result<(), Error> {
    let deleted = app
        .db()
        .transaction(|conn| {
            Box::pin(
                async move { Ok::<_, Error>(categories::delete(conn, partner, id, None).await?) },
            )
        })
        .await;
    match deleted {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::NotFound),
        Err(error) if error.constraint() == Some(constraints::ORDER_LINES_PRODUCT) => {
            Err(Error::refused(
                problems::CATEGORY_IN_USE,
                "a product of the category is in an order",
            ))
        }
        Err(error) => Err(error),
    }
}
