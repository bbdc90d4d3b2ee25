//! What can go wrong, and its one mapping to what a client sees.

use contract::problems;
use contract::{Failure, Problem, ProblemType};
use http::HeaderValue;
use http::header::RETRY_AFTER;

use crate::db::{DbError, constraints, fault};

/// Why an operation gave no success.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The partner has no such resource: 404.
    #[error("no such resource")]
    NotFound,
    /// A rule of the business forbids it.
    #[error("refused as {}: {detail}", .kind.slug)]
    Refused {
        /// The contract's problem type.
        kind: ProblemType,
        /// What happened this time, for the client to read.
        detail: String,
    },
    /// The boundary has the answer already.
    #[error("answered by the boundary")]
    Answered(Failure),
    /// There is no connection to the database: 503.
    #[error("no database connection")]
    Connection(#[from] DbError),
    /// Something of ours that should not fail did.
    #[error("an internal fault")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database refused or failed: a conflict if one of its constraints says so, else our fault.
    #[error("the database failed")]
    Database(#[source] diesel::result::Error),
}

impl Error {
    /// A refusal by a rule of the business.
    pub fn refused(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self::Refused {
            kind,
            detail: detail.into(),
        }
    }

    /// A fault of ours: 500, its cause only in the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The database's constraint that stood against it, if one did.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Self::Database(error) => fault::constraint(error),
            _ => None,
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Answered(failure)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Answered(problem.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Answered(failure) => failure,
            other => Self::Problem(other.into()),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::new(problems::NOT_FOUND),
            Error::Refused { kind, detail } if kind.status == 503 => {
                later(kind).with_detail(detail)
            }
            Error::Refused { kind, detail } => Self::new(kind).with_detail(detail),
            Error::Answered(Failure::Problem(problem)) => problem,
            Error::Answered(Failure::Declared(_)) => Self::new(problems::INTERNAL_ERROR),
            Error::Connection(DbError::PoolExhausted) => later(problems::POOL_EXHAUSTED),
            Error::Connection(_) => later(problems::DATABASE_UNAVAILABLE),
            Error::Internal(cause) => {
                tracing::error!(error = %cause, "something of ours failed");
                Self::new(problems::INTERNAL_ERROR)
            }
            Error::Database(error) => of_database(&error),
        }
    }
}

/// The conflict that a broken constraint means, by its name.
const CONFLICTS: &[(&str, ProblemType, &str)] = &[
    (
        constraints::USERS_USERNAME,
        problems::USERNAME_TAKEN,
        "another user has this username",
    ),
    (
        constraints::USERS_EMAIL,
        problems::EMAIL_TAKEN,
        "another user has this e-mail address",
    ),
    (
        constraints::CATEGORIES_NAME,
        problems::CATEGORY_NAME_TAKEN,
        "another category has this name",
    ),
    (
        constraints::CATEGORIES_SLUG,
        problems::CATEGORY_SLUG_TAKEN,
        "another category has this slug",
    ),
    (
        constraints::PRODUCTS_CATEGORY,
        problems::UNKNOWN_CATEGORY,
        "there is no category with this id",
    ),
    (
        constraints::PRODUCTS_STOCK,
        problems::STOCK_FULL,
        "a product would have more than 1000000000 pieces in stock",
    ),
    (
        constraints::POSTS_AUTHOR,
        problems::UNKNOWN_USER,
        "there is no user with this id",
    ),
    (
        constraints::ORDERS_USER,
        problems::UNKNOWN_USER,
        "there is no user with this id",
    ),
];

fn of_database(error: &diesel::result::Error) -> Problem {
    let conflict = fault::constraint(error)
        .and_then(|name| CONFLICTS.iter().find(|conflict| conflict.0 == name));
    if let Some((_, kind, detail)) = conflict {
        return Problem::new(*kind).with_detail(*detail);
    }
    let passes = fault::is_lock_timeout(error)
        || fault::is_cancelled(error)
        || fault::takes_no_writes(error)
        || fault::is_disconnect(error)
        || fault::lacks_memory(error)
        || fault::is_of_another_schema(error)
        || fault::is_transient(error);
    if passes {
        tracing::warn!(error = %error, "the database could not do a query for now");
        return later(problems::DATABASE_UNAVAILABLE);
    }
    tracing::error!(error = %error, "a query failed");
    Problem::new(problems::INTERNAL_ERROR)
}

/// A problem that may be gone in a second.
fn later(kind: ProblemType) -> Problem {
    Problem::new(kind).with_header(RETRY_AFTER, HeaderValue::from_static("1"))
}
