//! What the pools of both backends have in common: settings, errors, closing.

use std::sync::PoisonError;
use std::time::Duration;

use bb8::{Builder, ErrorSink, ManageConnection, Pool, RunError};
use diesel_async::pooled_connection::PoolError;

use super::{Db, DbError, Options, Pools};

/// A pool that waits as long as `options` say and tells the log what fails.
pub(super) fn builder<M>(options: &Options) -> Builder<M>
where
    M: ManageConnection<Error = PoolError>,
{
    Pool::builder()
        .connection_timeout(options.acquire_timeout)
        .min_idle(1)
        .test_on_check_out(true)
        .error_sink(Box::new(Log))
}

/// Sends what happens to idle connections to the log: no caller waits for it.
#[derive(Debug, Clone, Copy)]
struct Log;

impl ErrorSink<PoolError> for Log {
    fn sink(&self, error: PoolError) {
        tracing::warn!(error = %error, "a database connection failed");
    }

    fn boxed_clone(&self) -> Box<dyn ErrorSink<PoolError>> {
        Box::new(*self)
    }
}

/// Why the pool gave none: a pool below its size waited for the database, not for callers.
pub(super) fn refused<M>(error: RunError<PoolError>, pool: &Pool<M>) -> DbError
where
    M: ManageConnection<Error = PoolError>,
{
    match error {
        RunError::User(error) => unavailable(error),
        RunError::TimedOut if pool.state().connections < pool.config().max_size => {
            DbError::Unavailable(None)
        }
        RunError::TimedOut => DbError::PoolExhausted,
    }
}

/// The reason to hand on.
pub(super) fn unavailable(error: PoolError) -> DbError {
    match error {
        PoolError::ConnectionError(error) => DbError::Unavailable(Some(error)),
        PoolError::QueryError(error) => {
            tracing::warn!(error = %error, "a database connection failed its check");
            DbError::Unavailable(None)
        }
    }
}

/// Whether a caller still holds a connection.
pub(super) fn busy<M: ManageConnection>(pool: &Pool<M>) -> bool {
    let state = pool.state();
    state.connections > state.idle_connections
}

impl Db {
    /// Gives out no more connections, waits up to `patience` for those in use, and closes
    /// the idle ones. The others close when their holders let go. Closing twice is fine.
    pub async fn close(&self, patience: Duration) {
        let taken = self
            .pools
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(pools) = taken else { return };
        let idle = async {
            while pools.busy() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(patience, idle).await.is_err() {
            tracing::warn!("closed the database while it was in use");
        }
    }
}

impl Pools {
    fn busy(&self) -> bool {
        match self {
            Self::Postgres(pools) => pools.busy(),
            Self::Sqlite(pools) => pools.busy(),
        }
    }
}
