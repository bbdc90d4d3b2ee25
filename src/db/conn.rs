//! One connection type for every way to reach the database.

use std::sync::Arc;

use diesel::SqliteConnection;
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::bb8::PooledConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

use super::postgres::Line;

/// A connection, whatever the backend. Queries run on it through the macro `on!`;
/// it goes back to where it came from when it is dropped.
#[expect(
    clippy::large_enum_variant,
    reason = "held by value for one use case; a box would be an allocation for each"
)]
pub enum Conn<'c> {
    /// PostgreSQL, ours alone.
    Pg(PooledConnection<'c, AsyncPgConnection>),
    /// PostgreSQL, shared with other readers; queries are pipelined. Never in a transaction.
    Shared(Arc<Line>),
    /// SQLite.
    Sqlite(PooledConnection<'c, SyncConnectionWrapper<SqliteConnection>>),
}

/// Runs one diesel query on whichever backend `$conn` (a `&mut Conn`) is connected to.
/// The expression is compiled once for each, so it must mean something on both.
macro_rules! on {
    ($conn:expr, |$c:ident| $query:expr) => {
        match $conn {
            $crate::db::Conn::Pg(pooled) => {
                let $c = &mut **pooled;
                $query
            }
            $crate::db::Conn::Shared(line) => {
                let question = line.ask();
                let mut shared = line.connection();
                let $c = &mut shared;
                let answer = $query;
                question.answered();
                answer
            }
            $crate::db::Conn::Sqlite(pooled) => {
                let $c = &mut **pooled;
                $query
            }
        }
    };
}

pub(crate) use on;
