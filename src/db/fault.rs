//! The one bridge from a database error to what it means.

use std::error::Error as StdError;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error};

use super::constraints;

/// The name of the constraint that the error reports as broken, the same on both databases.
///
/// SQLite does not say which foreign key broke: there the name is what the repository
/// function that ran the statement gave to [`foreign_key`].
#[must_use]
pub fn constraint(error: &Error) -> Option<&str> {
    let Error::DatabaseError(_, report) = error else {
        return None;
    };
    report
        .constraint_name()
        .or_else(|| named_by_sqlite(report.message()))
}

fn named_by_sqlite(message: &str) -> Option<&str> {
    if let Some(columns) = message.strip_prefix("UNIQUE constraint failed: ") {
        return constraints::unique_over(columns);
    }
    message.strip_prefix("CHECK constraint failed: ")
}

/// Gives a broken foreign key its name where the database gave none: `name` is the one
/// that the statement can break.
pub fn foreign_key(name: &'static str) -> impl Fn(Error) -> Error {
    move |error| match error {
        Error::DatabaseError(_, report)
            if report.constraint_name().is_none() && breaks_foreign_key(&*report) =>
        {
            let named = NamedViolation {
                message: report.message().to_owned(),
                name,
            };
            Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, Box::new(named))
        }
        other => other,
    }
}

fn breaks_foreign_key(report: &(dyn DatabaseErrorInformation + Send + Sync)) -> bool {
    report.message() == "FOREIGN KEY constraint failed"
}

struct NamedViolation {
    message: String,
    name: &'static str,
}

impl DatabaseErrorInformation for NamedViolation {
    fn message(&self) -> &str {
        &self.message
    }

    fn details(&self) -> Option<&str> {
        None
    }

    fn hint(&self) -> Option<&str> {
        None
    }

    fn table_name(&self) -> Option<&str> {
        None
    }

    fn column_name(&self) -> Option<&str> {
        None
    }

    fn constraint_name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn statement_position(&self) -> Option<i32> {
        None
    }
}

/// Whether somebody else held the row for longer than the lock timeout.
#[must_use]
pub fn is_lock_timeout(error: &Error) -> bool {
    message(error).is_some_and(|text| {
        text == "canceling statement due to lock timeout" || text == "database is locked"
    })
}

/// Whether the statement was ended before it was done: by the statement timeout, or by hand.
#[must_use]
pub fn is_cancelled(error: &Error) -> bool {
    message(error).is_some_and(|text| text.starts_with("canceling statement due to "))
}

/// Whether the database works, but takes no writes for now: it is read-only, or its disk is full.
#[must_use]
pub fn takes_no_writes(error: &Error) -> bool {
    matches!(
        error,
        Error::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _)
    ) || message(error).is_some_and(|text| {
        let ends = [
            "No space left on device",
            "Disk quota exceeded",
            "Input/output error",
        ];
        ends.iter().any(|end| text.ends_with(end))
            || matches!(
                text,
                "attempt to write a readonly database"
                    | "database or disk is full"
                    | "disk I/O error"
            )
    })
}

/// Whether the database has not what it needs to work, for now.
#[must_use]
pub fn lacks_memory(error: &Error) -> bool {
    message(error).is_some_and(|text| matches!(text, "out of memory" | "out of shared memory"))
}

/// Whether the database has not the tables and columns that this binary knows: it was put there
/// before it was migrated, or is another's.
#[must_use]
pub fn is_of_another_schema(error: &Error) -> bool {
    message(error).is_some_and(|text| {
        let sqlite = ["no such table: ", "no such column: "];
        let postgres = ["relation ", "column "];
        sqlite.iter().any(|start| text.starts_with(start))
            || text.starts_with("table ") && text.contains(" has no column named ")
            || text.ends_with(" does not exist")
                && postgres.iter().any(|start| text.starts_with(start))
    })
}

/// Whether the connection broke: a write may or may not have happened.
#[must_use]
pub fn is_disconnect(error: &Error) -> bool {
    match error {
        Error::DatabaseError(kind, report) => {
            matches!(
                kind,
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand
            ) || report.message().starts_with("terminating connection ")
        }
        Error::BrokenTransactionManager => true,
        _ => false,
    }
}

/// Whether a transaction that ended so may well succeed when run again: SQLSTATE 40001 and
/// 40P01, which diesel does not tell from other errors but by its text.
#[must_use]
pub fn is_transient(error: &Error) -> bool {
    matches!(
        error,
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _)
    ) || message(error) == Some("deadlock detected")
}

/// The same, of the diesel error among the sources of `error`.
pub(super) fn asks_for_retry(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<Error>() {
            return is_transient(error);
        }
        next = error.source();
    }
    false
}

fn message(error: &Error) -> Option<&str> {
    match error {
        Error::DatabaseError(_, report) => Some(report.message()),
        _ => None,
    }
}
