//! Transactions: begun, committed, rolled back and tried again in one place.

use std::error::Error as StdError;
use std::time::Duration;

use diesel::QueryResult;
use diesel::connection::AnsiTransactionManager as SyncManager;
use diesel_async::sync_connection_wrapper::SyncTransactionManagerWrapper;
use diesel_async::{AnsiTransactionManager, TransactionManager};
use futures_util::future::BoxFuture;

use super::{Conn, Db, DbError, fault};
use crate::ids::PartnerId;

/// How often a transaction runs at most when the database asks for another try.
const ATTEMPTS: u32 = 4;

type SqliteManager = SyncTransactionManagerWrapper<SyncManager>;

impl Db {
    /// Runs `work` in one transaction: committed if it gives `Ok`, rolled back if it gives
    /// `Err` or if the returned future is dropped. `READ COMMITTED` on PostgreSQL,
    /// `BEGIN IMMEDIATE` on the one writer of SQLite.
    ///
    /// A serialization failure or a deadlock runs `work` again, up to three times, so it
    /// must do nothing that a rollback does not undo. Such a failure is recognised by the
    /// diesel error among the error's sources.
    ///
    /// ```ignore
    /// db.transaction(|conn| Box::pin(async move {
    ///     products::find(conn, partner, product).await?.ok_or(Error::NotFound)
    /// })).await
    /// ```
    ///
    /// # Errors
    /// What `work` gives, [`DbError`] if there is no connection, diesel's error if the
    /// database refuses to begin or to commit.
    pub async fn transaction<'a, T, E, F>(&'a self, work: F) -> Result<T, E>
    where
        F: for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, Result<T, E>> + Send,
        E: StdError + From<diesel::result::Error> + From<DbError> + Send + 'static,
        T: Send,
    {
        self.transaction_for(None::<PartnerId>, work).await
    }

    /// The same for a partner, who never has the last of the connections.
    ///
    /// # Errors
    /// Those of [`Db::transaction`].
    pub async fn transaction_for<'a, T, E, F>(
        &'a self,
        partner: impl Into<Option<PartnerId>>,
        mut work: F,
    ) -> Result<T, E>
    where
        F: for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, Result<T, E>> + Send,
        E: StdError + From<diesel::result::Error> + From<DbError> + Send + 'static,
        T: Send,
    {
        let partner = partner.into();
        let mut attempt = 1;
        loop {
            match self.attempt(partner, &mut work).await {
                Err(error) if attempt < ATTEMPTS && fault::asks_for_retry(&error) => {
                    tracing::debug!(attempt, "running a transaction again");
                    tokio::time::sleep(pause(attempt)).await;
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn attempt<'a, T, E, F>(
        &'a self,
        partner: Option<PartnerId>,
        work: &mut F,
    ) -> Result<T, E>
    where
        F: for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, Result<T, E>> + Send,
        E: From<diesel::result::Error> + From<DbError> + Send,
        T: Send,
    {
        let mut conn = self.writer(partner).await?;
        conn.begin().await?;
        match work(&mut conn).await {
            Ok(value) => {
                conn.commit().await?;
                Ok(value)
            }
            Err(error) => {
                if let Err(failure) = conn.rollback().await {
                    // The pool closes the connection, and with it the transaction.
                    tracing::warn!(error = %failure, "could not roll back");
                }
                Err(error)
            }
        }
    }
}

impl Conn<'_> {
    async fn begin(&mut self) -> QueryResult<()> {
        match self {
            Conn::Pg(conn) => AnsiTransactionManager::begin_transaction(&mut ***conn).await,
            Conn::Sqlite(conn) => {
                conn.spawn_blocking(|conn| {
                    SyncManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")
                })
                .await
            }
            Conn::Piped(_) | Conn::Shared(_) => {
                Err(diesel::result::Error::BrokenTransactionManager)
            }
        }
    }

    async fn commit(&mut self) -> QueryResult<()> {
        let committed = match self {
            Conn::Pg(conn) => AnsiTransactionManager::commit_transaction(&mut ***conn).await,
            Conn::Sqlite(conn) => SqliteManager::commit_transaction(&mut **conn).await,
            Conn::Piped(_) | Conn::Shared(_) => {
                Err(diesel::result::Error::BrokenTransactionManager)
            }
        };
        if committed.is_err() {
            self.discard();
        }
        committed
    }

    async fn rollback(&mut self) -> QueryResult<()> {
        match self {
            Conn::Pg(conn) => AnsiTransactionManager::rollback_transaction(&mut ***conn).await,
            Conn::Sqlite(conn) => SqliteManager::rollback_transaction(&mut **conn).await,
            Conn::Piped(_) | Conn::Shared(_) => {
                Err(diesel::result::Error::BrokenTransactionManager)
            }
        }
    }

    /// Keeps the connection from being used again: nobody knows what state it is in.
    fn discard(&mut self) {
        match self {
            Conn::Pg(conn) => {
                AnsiTransactionManager::transaction_manager_status_mut(&mut ***conn).set_in_error();
            }
            Conn::Sqlite(conn) => {
                SqliteManager::transaction_manager_status_mut(&mut **conn).set_in_error();
            }
            Conn::Piped(_) | Conn::Shared(_) => {}
        }
    }
}

/// About 10, 20, 40 ms, each somewhere between half and the whole of it.
fn pause(attempt: u32) -> Duration {
    let full = 10_u64 << attempt.min(6).saturating_sub(1);
    Duration::from_millis(fastrand::u64(full / 2..=full))
}
