//! One connection type for every way to reach the database.

use std::sync::Arc;

use diesel::SqliteConnection;
use diesel_async::AsyncPgConnection;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;

use super::postgres::{Line, Manager, Question};

type Sqlite = SyncConnectionWrapper<SqliteConnection>;

/// A connection, whatever the backend. Queries run on it through the macro `on!`;
/// it goes back to where it came from when it is dropped.
#[expect(
    clippy::large_enum_variant,
    reason = "held by value for one use case; a box would be an allocation for each"
)]
pub enum Conn<'c> {
    /// PostgreSQL, ours alone.
    Pg(bb8::PooledConnection<'c, Manager>),
    /// The same, while several statements are sent together; see `together!`.
    Piped(&'c AsyncPgConnection),
    /// PostgreSQL, shared with other readers; queries are pipelined. Never in a transaction.
    Shared(Arc<Line>),
    /// SQLite.
    Sqlite(diesel_async::pooled_connection::bb8::PooledConnection<'c, Sqlite>),
}

/// What a query runs on. PostgreSQL takes several at once, SQLite one.
pub(crate) enum Wire<'w> {
    Postgres(&'w AsyncPgConnection, Option<Question<'w>>),
    Sqlite(&'w mut Sqlite),
}

impl Conn<'_> {
    /// What the next query runs on. The question, if any, is to be told when it is answered.
    pub(crate) fn wire(&mut self) -> Wire<'_> {
        match self {
            Self::Pg(pooled) => Wire::Postgres(pooled, None),
            Self::Piped(connection) => Wire::Postgres(connection, None),
            Self::Shared(line) => Wire::Postgres(line.connection(), Some(line.ask())),
            Self::Sqlite(pooled) => Wire::Sqlite(pooled),
        }
    }

    /// The connection, if it takes statements before it has answered others.
    pub(crate) fn piped(&self) -> Option<&AsyncPgConnection> {
        match self {
            Self::Pg(pooled) => Some(pooled),
            Self::Piped(connection) => Some(connection),
            Self::Shared(_) | Self::Sqlite(_) => None,
        }
    }
}

/// Runs one diesel query on whichever backend `$conn` (a `&mut Conn`) is connected to.
/// The expression is compiled once for each, so it must mean something on both; where the
/// dialects part, each has its own: PostgreSQL first, then SQLite.
macro_rules! on {
    ($conn:expr, |$c:ident| $query:expr) => {
        $crate::db::on!($conn, |$c| $query, |$c| $query)
    };
    ($conn:expr, |$p:ident| $postgres:expr, |$s:ident| $sqlite:expr) => {
        match $conn.wire() {
            $crate::db::Wire::Postgres(mut connection, question) => {
                let $p = &mut connection;
                let answer = $postgres;
                if let Some(question) = question {
                    question.answered();
                }
                answer
            }
            $crate::db::Wire::Sqlite($s) => $sqlite,
        }
    };
}

/// Runs a query like `on!` for each item of an iterator, one after the other, and collects what
/// they give. On PostgreSQL all are sent before the first is answered; there, the first that fails
/// inside a transaction makes the others fail, too.
macro_rules! on_each {
    ($conn:expr, $items:expr, |$c:ident, $item:pat_param| $query:expr) => {
        match $conn.wire() {
            $crate::db::Wire::Postgres(connection, question) => {
                let sent = $items.map(|$item| async move {
                    let mut connection = connection;
                    let $c = &mut connection;
                    $query
                });
                let answers = futures_util::future::join_all(sent).await;
                if let Some(question) = question {
                    question.answered();
                }
                answers.into_iter().collect::<diesel::QueryResult<Vec<_>>>()
            }
            $crate::db::Wire::Sqlite(connection) => {
                let mut all = Vec::new();
                for $item in $items {
                    let $c = &mut *connection;
                    all.push($query?);
                }
                diesel::QueryResult::Ok(all)
            }
        }
    };
}

/// Awaits several futures, each with a `&mut Conn` of its own, and gives what each gave. In a
/// transaction on PostgreSQL the statements of all are sent before the first is answered, in this
/// order: none may need what another gives, and if one fails, those after it do.
macro_rules! together {
    ($conn:expr, $(|$c:ident| $work:expr),+ $(,)?) => {
        match $conn.piped() {
            Some(connection) => tokio::join!($(async {
                let $c = &mut $crate::db::Conn::Piped(connection);
                $work.await
            }),+),
            None => ($({
                let $c = &mut *$conn;
                $work.await
            }),+),
        }
    };
}

pub(crate) use {on, on_each, together};
