//! Migrations: embedded in the binary, run by one process at a time.

use std::path::Path;
use std::sync::OnceLock;

use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Options, Url, postgres, sqlite};

const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

/// Any number, as long as nothing else in the database takes the same advisory lock.
const LOCK: i64 = 0x636f_6e63_6f72_6461;

/// How long to wait for another process to finish its migrations.
const LOCK_WAIT: &str = "30s";

/// How long a migration waits for a table before it gives up, so that readers and
/// writers behind it do not wait longer than that either.
const TABLE_WAIT: &str = "2s";

/// Why the migrations could not be run or read.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database cannot be reached.
    #[error("cannot reach the database")]
    Connect(#[source] diesel::ConnectionError),
    /// A migration failed; it left nothing behind.
    #[error("a migration failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database is older than the binary.
    #[error("the database lacks {pending} migration(s): run `concordat migrate up`")]
    Outdated {
        /// How many are missing.
        pending: usize,
    },
}

/// One migration and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name of its folder.
    pub name: String,
    /// Whether the database has it.
    pub applied: bool,
    /// Whether this binary has it: a newer binary may have run it.
    pub known: bool,
}

/// Runs what is missing, oldest first, and gives the names.
///
/// # Errors
/// [`MigrateError`]; what ran before the failure stays.
pub async fn up(url: &Url) -> Result<Vec<String>, MigrateError> {
    run(url, Command::Up).await
}

/// Reverts the last `count` migrations, newest first, and gives the names.
///
/// # Errors
/// [`MigrateError`], also if the newest one is unknown to this binary.
pub async fn down(url: &Url, count: usize) -> Result<Vec<String>, MigrateError> {
    run(url, Command::Down(count)).await
}

/// Reverts the last migration and runs it again: a trial of its `down.sql`.
///
/// # Errors
/// [`MigrateError`].
pub async fn redo(url: &Url) -> Result<Vec<String>, MigrateError> {
    let mut names = down(url, 1).await?;
    names.extend(up(url).await?);
    Ok(names)
}

/// Every migration that the binary or the database knows, oldest first.
///
/// # Errors
/// [`MigrateError`] if the database cannot be read.
pub async fn status(url: &Url) -> Result<Vec<Step>, MigrateError> {
    match url {
        Url::Postgres(config) => {
            let conn = open_postgres(config).await?;
            blocking(move || steps(&mut AsyncConnectionWrapper::<_>::from(conn), &POSTGRES)).await
        }
        Url::Sqlite(path) => {
            let path = path.clone();
            blocking(move || steps(&mut open_sqlite(&path)?, &SQLITE)).await
        }
    }
}

/// The version of the last migration that this binary has.
pub(super) fn newest() -> &'static str {
    static NEWEST: OnceLock<String> = OnceLock::new();
    NEWEST.get_or_init(|| {
        let migrations: Outcome<Vec<Box<dyn Migration<Pg>>>> = POSTGRES.migrations();
        let versions = migrations.unwrap_or_default().into_iter();
        let versions = versions.map(|migration| migration.name().version().to_string());
        versions.max().unwrap_or_default()
    })
}

/// Says whether the database has all that this binary needs. A newer one is fine: the
/// previous binary must work on it.
///
/// # Errors
/// [`MigrateError::Outdated`] if not.
pub async fn check(url: &Url) -> Result<(), MigrateError> {
    let steps = status(url).await?;
    match steps.iter().filter(|step| !step.applied).count() {
        0 => Ok(()),
        pending => Err(MigrateError::Outdated { pending }),
    }
}

#[derive(Clone, Copy)]
enum Command {
    Up,
    Down(usize),
}

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

async fn run(url: &Url, command: Command) -> Result<Vec<String>, MigrateError> {
    match url {
        Url::Postgres(config) => {
            let mut conn = open_postgres(config).await?;
            lock(&mut conn).await.map_err(failed)?;
            blocking(move || {
                let mut conn = AsyncConnectionWrapper::<AsyncPgConnection>::from(conn);
                apply(&mut conn, &POSTGRES, command)
            })
            .await
        }
        Url::Sqlite(path) => {
            let path = path.clone();
            blocking(move || {
                // One transaction around them all keeps other processes out.
                open_sqlite(&path)?.immediate_transaction(|conn| apply(conn, &SQLITE, command))
            })
            .await
        }
    }
}

fn apply<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: &EmbeddedMigrations,
    command: Command,
) -> Outcome<Vec<String>> {
    let mut migrations: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
    migrations.sort_by(|a, b| a.name().version().cmp(&b.name().version()));
    let applied = conn.applied_migrations()?;
    let mut names = Vec::new();
    match command {
        Command::Up => {
            for migration in migrations {
                if !applied.contains(&migration.name().version()) {
                    conn.run_migration(&migration)?;
                    names.push(migration.name().to_string());
                }
            }
        }
        Command::Down(count) => {
            for version in applied.iter().take(count) {
                let migration = migrations
                    .iter()
                    .find(|migration| migration.name().version() == *version)
                    .ok_or_else(|| format!("migration {version} is unknown to this binary"))?;
                conn.revert_migration(migration)?;
                names.push(migration.name().to_string());
            }
        }
    }
    Ok(names)
}

fn steps<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: &EmbeddedMigrations,
) -> Outcome<Vec<Step>> {
    let migrations: Vec<Box<dyn Migration<DB>>> = source.migrations()?;
    let mut unknown = conn.applied_migrations()?;
    let mut steps = Vec::new();
    for migration in &migrations {
        let version = migration.name().version();
        let applied = unknown.contains(&version);
        unknown.retain(|other| *other != version);
        steps.push(Step {
            name: migration.name().to_string(),
            applied,
            known: true,
        });
    }
    steps.extend(unknown.iter().map(|version| Step {
        name: version.to_string(),
        applied: true,
        known: false,
    }));
    steps.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(steps)
}

/// Held until the connection closes.
async fn lock(conn: &mut AsyncPgConnection) -> diesel::QueryResult<()> {
    conn.batch_execute(&format!(
        "SET statement_timeout = 0; SET lock_timeout = '{LOCK_WAIT}'; \
         SELECT pg_advisory_lock({LOCK}); SET lock_timeout = '{TABLE_WAIT}'"
    ))
    .await
}

async fn open_postgres(config: &tokio_postgres::Config) -> Result<AsyncPgConnection, MigrateError> {
    let options = Options::new(Url::Postgres(Box::new(config.clone())));
    postgres::dedicated(postgres::Session::new(config, &options))
        .await
        .map_err(MigrateError::Connect)
}

fn open_sqlite(path: &Path) -> Outcome<SqliteConnection> {
    Ok(sqlite::dedicated(path)?)
}

/// Diesel's migrations block; this keeps them off the threads that serve.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> Result<T, MigrateError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome.map_err(reason),
        Err(error) => Err(failed(error)),
    }
}

/// On SQLite, a file that cannot be opened shows only here.
fn reason(error: Box<dyn std::error::Error + Send + Sync>) -> MigrateError {
    match error.downcast() {
        Ok(error) => MigrateError::Connect(*error),
        Err(error) => MigrateError::Failed(error),
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> MigrateError {
    MigrateError::Failed(Box::new(error))
}
