//! Who still uses what is deprecated: counts by day, partner and place, of all partners.

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, on};
use crate::ids::{PartnerId, UseId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::deprecated_uses;

super::words! {
    /// The part of a call that has something deprecated.
    Part {
        /// That it is made.
        Operation = "operation",
        /// A parameter in the path.
        Path = "path",
        /// A parameter in the query.
        Query = "query",
        /// A header.
        Header = "header",
        /// A cookie.
        Cookie = "cookie",
        /// The body that was sent.
        Request = "request",
        /// The body that was given.
        Answer = "answer",
    }
}

/// In how many calls a partner used something on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = deprecated_uses)]
pub struct Use {
    /// Its id.
    pub id: UseId,
    /// The beginning of the day, in UTC.
    pub day: Time,
    /// Who used it.
    pub partner_id: PartnerId,
    /// The `operationId`.
    pub operation: String,
    /// In which part of the calls.
    pub part: Part,
    /// The parameter's name, or a JSON pointer into the body; empty for the operation.
    pub place: String,
    /// The deprecated value, as JSON; empty where any value is.
    pub value: String,
    /// How many calls.
    pub count: i64,
}

/// Which uses a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UseFilter {
    /// Those of this partner.
    pub partner: Option<PartnerId>,
    /// Those of this operation.
    pub operation: Option<String>,
    /// Those in this part of calls.
    pub part: Option<Part>,
    /// Those of this day and later.
    pub since: Option<Time>,
    /// Those of days before.
    pub until: Option<Time>,
}

/// Adds to what is counted already of the same day, partner and place. No two rows may be of the same;
/// PostgreSQL takes at most 65,535 values in a statement, which is some 8,000 of them.
///
/// # Errors
/// Diesel's.
pub async fn add(conn: &mut Conn<'_>, rows: &[Use]) -> QueryResult<()> {
    /// One or several rows. Diesel inserts several at once into SQLite only without async.
    macro_rules! sum {
        ($rows:expr) => {
            diesel::insert_into(deprecated_uses::table)
                .values($rows)
                .on_conflict((
                    deprecated_uses::partner_id,
                    deprecated_uses::day,
                    deprecated_uses::operation,
                    deprecated_uses::part,
                    deprecated_uses::place,
                    deprecated_uses::value,
                ))
                .do_update()
                .set(
                    deprecated_uses::count
                        .eq(deprecated_uses::count + excluded(deprecated_uses::count)),
                )
        };
    }
    on!(conn, |c| sum!(rows).execute(c).await.map(drop), |c| {
        let rows = rows.to_vec();
        c.spawn_blocking(move |conn| {
            rows.iter()
                .try_for_each(|row| diesel::RunQueryDsl::execute(sum!(row), conn).map(drop))
        })
        .await
    })
}

/// The uses of all partners that pass the filter, the newest day first. For operators only.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    filter: &UseFilter,
    slice: &Slice<Time>,
) -> QueryResult<Page<Use, Time>> {
    let rows = on!(conn, |c| {
        let mut query = deprecated_uses::table.into_boxed();
        if let Some(partner) = filter.partner {
            query = query.filter(deprecated_uses::partner_id.eq(partner));
        }
        if let Some(operation) = &filter.operation {
            query = query.filter(deprecated_uses::operation.eq(operation));
        }
        if let Some(part) = filter.part {
            query = query.filter(deprecated_uses::part.eq(part));
        }
        if let Some(since) = filter.since {
            query = query.filter(deprecated_uses::day.ge(since));
        }
        if let Some(until) = filter.until {
            query = query.filter(deprecated_uses::day.lt(until));
        }
        if let Some(after) = &slice.after {
            query = query.filter(deprecated_uses::day.le(after.key)).filter(
                deprecated_uses::day
                    .lt(after.key)
                    .or(deprecated_uses::id.lt(UseId::from(after.id))),
            );
        }
        query
            .order((deprecated_uses::day.desc(), deprecated_uses::id.desc()))
            .limit(slice.rows())
            .select(Use::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |row| Position {
        key: row.day,
        id: row.id.uuid(),
    }))
}

/// Throws away at most `most` of the days before `end`, of all partners, and says how many it were.
/// Several processes may do so at once: none waits for another.
///
/// # Errors
/// Diesel's.
pub async fn purge(conn: &mut Conn<'_>, end: Time, most: i64) -> QueryResult<usize> {
    super::purge(conn, "deprecated_uses", "id", "day", end, most).await
}
