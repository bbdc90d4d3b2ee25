//! Random keys that all processes share, made by the first of them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::{Conn, on};
use crate::schema::app_secrets;

/// The secret of this name; `candidate` (at least 32 random bytes) becomes it if there is
/// none. Every process gets the same answer. For use in a transaction.
///
/// # Errors
/// Diesel's.
pub async fn find_or_insert(
    conn: &mut Conn<'_>,
    name: &str,
    candidate: &[u8],
) -> QueryResult<Vec<u8>> {
    on!(conn, |c| diesel::insert_into(app_secrets::table)
        .values((app_secrets::name.eq(name), app_secrets::value.eq(candidate)))
        .on_conflict_do_nothing()
        .execute(c)
        .await)?;
    on!(conn, |c| app_secrets::table
        .find(name)
        .select(app_secrets::value)
        .first(c)
        .await)
}
