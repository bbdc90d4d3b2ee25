//! The database: SQLite or PostgreSQL behind one handle, one connection type, one transaction.

mod conn;
pub mod constraints;
pub mod fault;
pub mod migrate;
mod pool;
mod postgres;
mod prepared;
mod sqlite;
mod transaction;
pub mod types;
mod url;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use diesel::dsl::sql;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;

pub use self::conn::Conn;
pub(crate) use self::conn::{Wire, on, on_each, together};
pub(crate) use self::prepared::Prepared;
pub use self::url::{MalformedUrl, Url};
use crate::ids::PartnerId;

/// Why no connection could be had. Nothing was sent to the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Every connection stayed busy for the whole of the acquire timeout.
    #[error("every database connection is busy")]
    PoolExhausted,
    /// The database cannot be reached, or refuses the connection; the cause is in the log.
    #[error("the database is not available")]
    Unavailable(#[source] Option<diesel::ConnectionError>),
    /// It lacks a table or a migration that this binary needs.
    #[error("the database lacks migrations: run `concordat migrate up`")]
    Outdated,
    /// The process is closing its database.
    #[error("the database is closed")]
    Closed,
}

/// How to open a database. The defaults are the service's promises.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the database is.
    pub url: Url,
    /// How many connections work at once: transactions on PostgreSQL, readers on SQLite,
    /// which has one writer beside them. At least 1.
    pub pool_size: u32,
    /// How many PostgreSQL connections carry pipelined reads; 0 sends reads to the pool.
    pub shared_connections: u32,
    /// How long to wait for a connection.
    pub acquire_timeout: Duration,
    /// How long a statement may run on PostgreSQL.
    pub statement_timeout: Duration,
    /// How long a statement may wait for a lock on PostgreSQL.
    pub lock_timeout: Duration,
    /// What PostgreSQL shows as the name of the client.
    pub application_name: String,
}

impl Options {
    /// The defaults, for the database at `url`.
    #[must_use]
    pub fn new(url: Url) -> Self {
        Self {
            url,
            pool_size: 10,
            shared_connections: 2,
            acquire_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(2),
            application_name: "concordat".to_owned(),
        }
    }
}

/// An open database; clones share its connections. It lives on tokio's multi-threaded
/// runtime: a query on SQLite that is dropped half-way is waited for on its thread.
#[derive(Clone)]
pub struct Db {
    pools: Arc<RwLock<Option<Pools>>>,
    options: Arc<Options>,
}

/// The connections of one of the two backends.
#[derive(Clone)]
enum Pools {
    Postgres(postgres::Pools),
    Sqlite(sqlite::Pools),
}

async fn probe(options: &Options) -> diesel::ConnectionResult<()> {
    match &options.url {
        Url::Postgres(config) => {
            let session = postgres::Session::new(config, options);
            postgres::dedicated(session).await.map(drop)
        }
        Url::Sqlite(path) => {
            let path = path.clone();
            tokio::task::spawn_blocking(move || sqlite::dedicated(&path).map(drop))
                .await
                .unwrap_or_else(|error| {
                    Err(diesel::ConnectionError::BadConnection(error.to_string()))
                })
        }
    }
}

impl Db {
    /// Opens the database and proves that it answers.
    ///
    /// # Errors
    /// [`DbError`] if no connection can be made within the acquire timeout.
    pub async fn open(options: Options) -> Result<Self, DbError> {
        // A connection outside the pools, which would keep to themselves why they get none. On
        // SQLite it makes the file and turns WAL on.
        let probe = tokio::time::timeout(options.acquire_timeout, probe(&options));
        match probe.await {
            Ok(Ok(())) => Ok(Self::lazy(options)),
            Ok(Err(error)) => Err(DbError::Unavailable(Some(error))),
            Err(_) => Err(DbError::Unavailable(None)),
        }
    }

    /// A database that is connected to when it is first asked; needs tokio to run.
    #[must_use]
    pub fn lazy(options: Options) -> Self {
        let pools = match &options.url {
            Url::Postgres(config) => Pools::Postgres(postgres::Pools::open(config, &options)),
            Url::Sqlite(path) => Pools::Sqlite(sqlite::Pools::open(path, &options)),
        };
        Self {
            pools: Arc::new(RwLock::new(Some(pools))),
            options: Arc::new(options),
        }
    }

    /// Where the database is.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.options.url
    }

    /// A connection for reads outside a transaction: every query sees what is committed
    /// when it starts. On PostgreSQL it is shared, and a slow query delays the others
    /// on it: use [`Db::checkout`] for those.
    ///
    /// # Errors
    /// [`DbError`] if there is none within the acquire timeout.
    pub async fn read(&self) -> Result<Conn<'_>, DbError> {
        match self.pools()? {
            Pools::Postgres(pools) => pools.read().await,
            Pools::Sqlite(pools) => pools.read().await,
        }
    }

    /// A connection of one's own for reads outside a transaction.
    ///
    /// # Errors
    /// [`DbError`] if there is none within the acquire timeout.
    pub async fn checkout(&self) -> Result<Conn<'_>, DbError> {
        match self.pools()? {
            Pools::Postgres(pools) => pools.checkout(None).await,
            Pools::Sqlite(pools) => pools.read().await,
        }
    }

    /// The same for a partner: a fifth of the connections is left to others, so that nobody's slow
    /// statements keep everybody waiting.
    ///
    /// # Errors
    /// [`DbError`] if there is none within the acquire timeout.
    pub async fn checkout_for(&self, partner: PartnerId) -> Result<Conn<'_>, DbError> {
        match self.pools()? {
            Pools::Postgres(pools) => pools.checkout(Some(partner)).await,
            Pools::Sqlite(pools) => pools.read().await,
        }
    }

    /// Asks the database whether it has the newest migration that this binary knows; what it has
    /// besides is for binaries to come.
    ///
    /// # Errors
    /// [`DbError::Outdated`] if not, another if it gives no answer. The caller sets the deadline.
    pub async fn ping(&self) -> Result<(), DbError> {
        let mut conn = self.read().await?;
        let is_there = on!(&mut conn, |c| diesel::select(
            sql::<Bool>("EXISTS (SELECT 1 FROM __diesel_schema_migrations WHERE version = ")
                .bind::<Text, _>(migrate::newest())
                .sql(")")
        )
        .get_result(c)
        .await)
        .map_err(|error| {
            tracing::warn!(error = %error, "the database did not answer a ping");
            DbError::Unavailable(None)
        })?;
        match is_there {
            true => Ok(()),
            false => Err(DbError::Outdated),
        }
    }

    /// A connection that may write, for a partner or for the service itself.
    async fn writer(&self, partner: Option<PartnerId>) -> Result<Conn<'_>, DbError> {
        match self.pools()? {
            Pools::Postgres(pools) => pools.checkout(partner).await,
            Pools::Sqlite(pools) => pools.write().await,
        }
    }

    fn pools(&self) -> Result<Pools, DbError> {
        self.pools
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or(DbError::Closed)
    }
}
