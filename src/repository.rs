//! Rows and queries, one file a noun. Every query of business data takes the partner.

pub mod api_keys;
pub mod audit;
pub mod callers;
pub mod categories;
pub mod idempotency;
pub mod orders;
pub mod page;
pub mod partners;
pub mod posts;
pub mod products;
pub mod requests;
pub mod role;
pub mod sandboxes;
pub mod secrets;
pub mod seed;
pub mod users;
pub mod uses;

use diesel::QueryResult;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, on};
use crate::schema::Instant;

/// A closed set of words in a text column: the enum, its text, and its place in both databases.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it, in the database and in the contract.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::repository::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)*
                    _ => Err($crate::repository::UnknownWord),
                }
            }
        }

        impl<DB> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
                Ok(String::from_sql(value)?.parse()?)
            }
        }

        impl<DB> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for $name
        where
            DB: diesel::backend::Backend,
            str: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, DB>,
            ) -> diesel::serialize::Result {
                self.as_str().to_sql(out)
            }
        }
    };
}

use words;

/// Adds `$rows` (a slice) in one go, leaves out those whose keys are there already, and gives how
/// many were new. Diesel inserts several rows at once into SQLite only without async: there it is
/// one statement a row, on its thread.
macro_rules! add {
    ($conn:expr, $table:expr, $rows:expr) => {
        $crate::db::on!(
            $conn,
            |c| {
                diesel::insert_into($table)
                    .values($rows)
                    .on_conflict_do_nothing()
                    .execute(c)
                    .await
            },
            |c| {
                let rows = $rows.to_vec();
                c.spawn_blocking(move |conn| {
                    rows.iter().try_fold(0, |added, row| {
                        let statement = diesel::insert_into($table)
                            .values(row)
                            .on_conflict_do_nothing();
                        Ok(added + diesel::RunQueryDsl::execute(statement, conn)?)
                    })
                })
                .await
            }
        )
    };
}

use add;

/// The text is none of the words of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown word")]
pub struct UnknownWord;

/// Deletes at most `most` of the rows of a table that are older than `end`, the oldest first, and says
/// how many it were. Several processes may do so at once: none waits for another.
async fn purge(
    conn: &mut Conn<'_>,
    table: &'static str,
    key: &'static str,
    age: &'static str,
    end: Time,
    most: i64,
) -> QueryResult<usize> {
    let skip = match conn {
        Conn::Sqlite(_) => "",
        Conn::Pg(_) | Conn::Piped(_) | Conn::Shared(_) => " FOR UPDATE SKIP LOCKED",
    };
    let statement = format!(
        "DELETE FROM {table} WHERE ({key}) IN \
         (SELECT {key} FROM {table} WHERE {age} < $1 ORDER BY {age} LIMIT $2{skip})"
    );
    on!(conn, |c| diesel::sql_query(&statement)
        .bind::<Instant, _>(end)
        .bind::<BigInt, _>(most)
        .execute(c)
        .await)
}

/// A strong entity tag (RFC 9110, section 8.8.3) for a version of a row.
fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

/// The versions of a row that a change may meet: the expected one, or any.
fn versions(expected: Option<i32>) -> (i32, i32) {
    expected.map_or((0, i32::MAX), |version| (version, version))
}

/// A `LIKE` pattern for what contains `text`, which is taken literally.
fn containing(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
