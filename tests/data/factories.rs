//! What tests begin from.

use concordat::db::types::{Json, Time};
use concordat::db::{Conn, Db, DbError};
use concordat::ids::{CategoryId, PartnerId, ProductId, UserId};
use concordat::repository::categories::{self, NewCategory};
use concordat::repository::partners::{self, Partner};
use concordat::repository::products::{self, NewProduct, Product, Taken};
use concordat::repository::role::Role;
use concordat::repository::users::{self, NewUser, User};
use diesel::QueryResult;
use futures_util::future::BoxFuture;

/// What a service's error is to a transaction.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("query")]
    Query(#[from] diesel::result::Error),
    #[error("database")]
    Db(#[from] DbError),
    #[error("refused")]
    Refused,
}

/// A fixed moment.
pub fn now() -> Time {
    Time::from_micros(1_750_000_000_123_456).unwrap()
}

/// A moment some microseconds after [`now`].
pub fn later(micros: i64) -> Time {
    Time::from_micros(now().micros() + micros).unwrap()
}

/// Runs in a transaction that must succeed.
pub async fn commit<'a, T: Send>(
    db: &'a Db,
    work: impl for<'t> FnMut(&'t mut concordat::db::Conn<'a>) -> BoxFuture<'t, Result<T, Error>> + Send,
) -> T {
    db.transaction(work).await.unwrap()
}

pub async fn partner(db: &Db) -> PartnerId {
    let partner = Partner {
        id: PartnerId::new(now()),
        name: "Acme".to_owned(),
        created_at: now(),
        disabled_at: None,
    };
    let new = &partner;
    commit(db, |conn| {
        Box::pin(async move { Ok(partners::insert(conn, new).await?) })
    })
    .await;
    partner.id
}

pub async fn category(db: &Db, partner: PartnerId, name: &str) -> CategoryId {
    let new = &NewCategory {
        name: name.to_owned(),
        slug: name.to_lowercase(),
    };
    let id = CategoryId::new(now());
    commit(db, |conn| {
        Box::pin(async move { Ok(categories::insert(conn, partner, id, new, now()).await?) })
    })
    .await
    .id
}

pub fn product_named(category_id: CategoryId, name: &str) -> NewProduct {
    NewProduct {
        category_id,
        name: name.to_owned(),
        price_minor: 1_999,
        stock: 10,
        is_active: true,
    }
}

pub async fn product(db: &Db, partner: PartnerId, new: &NewProduct, at: Time) -> Product {
    let id = ProductId::new(at);
    commit(db, |conn| {
        Box::pin(async move { Ok(products::insert(conn, partner, id, new, at).await?) })
    })
    .await
}

pub fn user_named(username: &str) -> NewUser {
    NewUser {
        username: username.to_owned(),
        email: format!("{username}@example.com"),
        age: Some(30),
        role: Role::User,
        name: None,
        tags: Json(vec!["a".to_owned()]),
        metadata: None,
    }
}

pub async fn user(db: &Db, partner: PartnerId, new: &NewUser, at: Time) -> User {
    let id = UserId::new(at);
    commit(db, |conn| {
        Box::pin(async move { Ok(users::insert(conn, partner, id, new, at).await?) })
    })
    .await
}

/// Takes from the stock of one product.
pub async fn take(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: ProductId,
    quantity: i32,
) -> QueryResult<Option<Taken>> {
    let taken = products::take(conn, partner, std::iter::once((id, quantity)), now()).await?;
    Ok(taken.into_iter().next().flatten())
}
