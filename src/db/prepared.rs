//! Statements that stay prepared on their connection.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

/// A statement that is parsed and planned once a connection, then only run.
///
/// Diesel keeps a query prepared, but makes inserts and updates anew at each call (on PostgreSQL
/// parse, run and close: two round trips instead of one), because optional values and rows can
/// change their text. Wrap those whose text is always the same, or one of a bounded number: each
/// text stays in memory as long as its connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prepared<S>(pub(crate) S);

impl<S, DB> QueryFragment<DB> for Prepared<S>
where
    DB: Backend,
    S: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Known by its text.
impl<S> QueryId for Prepared<S> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<S: Query> Query for Prepared<S> {
    type SqlType = S::SqlType;
}
