//! Migrations go up, down and up again, and mean the same on both databases.

use std::collections::{BTreeMap, BTreeSet};

use concordat::db::migrate::{self, MigrateError};
use concordat::db::{Url, constraints};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use crate::places::Place;
use crate::postgres;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    sql: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_go_up_and_down_and_up_again() {
    for place in Place::empty_on_each_backend().await {
        let url = place.url();

        let first = migrate::up(&url).await.unwrap();
        let down = migrate::down(&url, first.len()).await.unwrap();
        let second = migrate::up(&url).await.unwrap();

        assert!(!first.is_empty());
        assert_eq!(down, first.iter().rev().cloned().collect::<Vec<_>>());
        assert_eq!(second, first);
        assert_eq!(migrate::up(&url).await.unwrap(), Vec::<String>::new());
        assert_eq!(migrate::redo(&url).await.unwrap().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_has_the_same_name_on_both_databases_and_is_embedded() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut names: Vec<Vec<String>> = Vec::new();
    for backend in ["postgres", "sqlite"] {
        let mut folders: Vec<_> = std::fs::read_dir(root.join(backend))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        folders.sort();
        names.push(folders);
    }

    for place in Place::empty_on_each_backend().await {
        let steps = migrate::status(&place.url()).await.unwrap();
        names.push(steps.into_iter().map(|step| step.name).collect());
    }

    assert!(names.iter().all(|other| *other == names[0]), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_reported_and_a_newer_one_is_fine() {
    for place in Place::empty_on_each_backend().await {
        let url = place.url();

        let before = migrate::check(&url).await;
        migrate::up(&url).await.unwrap();
        add_unknown_migration(&url).await;
        let after = migrate::check(&url).await;

        let Err(error @ MigrateError::Outdated { .. }) = before else {
            panic!("{before:?}");
        };
        assert!(
            error.to_string().contains("concordat migrate up"),
            "{error}"
        );
        assert!(after.is_ok(), "{after:?}");
        let steps = migrate::status(&url).await.unwrap();
        assert!(steps.iter().any(|step| step.applied && !step.known));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_migrate_at_once_do_not_disturb_each_other() {
    for place in Place::empty_on_each_backend().await {
        let url = place.url();

        let all = (0..4).map(|_| migrate::up(&url));
        let all = futures_util::future::join_all(all).await;

        let ran: Vec<String> = all.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(ran.len(), migrate::status(&url).await.unwrap().len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_may_be_opened_by_many_at_once() {
    for _ in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let url = Url::Sqlite(folder.path().join("test.sqlite3"));

        let all = (0..8).map(|_| migrate::status(&url));
        let all = futures_util::future::join_all(all).await;

        assert!(all.iter().all(Result::is_ok), "{all:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_constraint_has_the_same_name_on_both_databases() {
    let sqlite = tempfile::tempdir().unwrap();
    let url = Url::Sqlite(sqlite.path().join("test.sqlite3"));
    migrate::up(&url).await.unwrap();
    let ours: Vec<String> = sqlite_constraints(&url).into_keys().collect();

    let database = postgres::Database::new().await;
    let mut theirs: Vec<String> = postgres_constraints(&database.url).await;
    theirs.sort();

    assert!(ours.len() > 40, "{ours:?}");
    assert_eq!(ours, theirs);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_unique_constraint_is_known_by_its_columns() {
    let sqlite = tempfile::tempdir().unwrap();
    let url = Url::Sqlite(sqlite.path().join("test.sqlite3"));
    migrate::up(&url).await.unwrap();

    let all = sqlite_constraints(&url);

    let unique = all.iter().filter_map(|(name, rule)| {
        let (table, rule) = rule;
        let columns = rule
            .strip_prefix("UNIQUE (")
            .or_else(|| rule.strip_prefix("PRIMARY KEY ("))?;
        let columns = columns.split(')').next().unwrap();
        let columns: Vec<_> = columns
            .split(", ")
            .map(|c| format!("{table}.{c}"))
            .collect();
        Some((name, columns.join(", ")))
    });
    for (name, columns) in unique {
        assert_eq!(constraints::unique_over(&columns), Some(name.as_str()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_words_takes_those_of_the_contract_on_both_databases() {
    let document: Value = serde_json::from_str(contract::DOCUMENT_JSON).unwrap();
    let listed = |pointer: &str| -> BTreeSet<String> {
        let words = document
            .pointer(pointer)
            .unwrap()
            .as_array()
            .unwrap()
            .iter();
        words
            .map(|word| word.as_str().unwrap().to_owned())
            .collect()
    };
    let roles = contract::ROLES
        .iter()
        .map(|role| role.name.to_owned())
        .collect();
    let wanted = [
        (
            "users_role_check",
            listed("/components/schemas/UserRole/enum"),
        ),
        ("api_keys_role_check", roles),
    ];
    let sqlite = tempfile::tempdir().unwrap();
    let url = Url::Sqlite(sqlite.path().join("test.sqlite3"));
    migrate::up(&url).await.unwrap();
    let ours = sqlite_constraints(&url);
    let database = postgres::Database::new().await;
    let theirs = postgres_checks(&database.url).await;

    for (name, words) in wanted {
        assert_eq!(quoted(&ours[name].1), words, "{name} on SQLite");
        assert_eq!(quoted(&theirs[name]), words, "{name} on PostgreSQL");
    }
}

/// The words in single quotes of a definition.
fn quoted(definition: &str) -> BTreeSet<String> {
    let words = definition.split('\'').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

async fn postgres_checks(url: &str) -> BTreeMap<String, String> {
    let mut conn = AsyncPgConnection::establish(url).await.unwrap();
    let checks: Vec<Check> = diesel::sql_query(
        "SELECT conname::text AS name, pg_get_constraintdef(oid) AS sql FROM pg_constraint \
         WHERE contype = 'c'",
    )
    .load(&mut conn)
    .await
    .unwrap();
    checks
        .into_iter()
        .map(|check| (check.name, check.sql))
        .collect()
}

/// Name → table and definition, read from the text that SQLite keeps of each table.
fn sqlite_constraints(url: &Url) -> BTreeMap<String, (String, String)> {
    let mut conn = open_sqlite(url);
    let tables: Vec<Definition> = diesel::RunQueryDsl::load(
        diesel::sql_query(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CONSTRAINT%'",
        ),
        &mut conn,
    )
    .unwrap();
    let mut found = BTreeMap::new();
    for Definition { sql } in tables {
        // A table that was renamed has quotes around its name.
        let table = sql
            .split_whitespace()
            .nth(2)
            .unwrap()
            .trim_matches('"')
            .to_owned();
        for line in sql.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CONSTRAINT ") {
                let (name, rule) = rest.split_once(' ').unwrap_or((rest, ""));
                found.insert(name.to_owned(), (table.clone(), rule.to_owned()));
            }
        }
    }
    found
}

async fn postgres_constraints(url: &str) -> Vec<String> {
    let mut conn = AsyncPgConnection::establish(url).await.unwrap();
    let names: Vec<Name> = diesel::sql_query(
        "SELECT conname::text AS name FROM pg_constraint AS c JOIN pg_class AS t \
         ON t.oid = c.conrelid JOIN pg_namespace AS n ON n.oid = t.relnamespace \
         WHERE n.nspname = 'public' AND t.relname <> '__diesel_schema_migrations' \
         AND contype IN ('c', 'f', 'p', 'u')",
    )
    .load(&mut conn)
    .await
    .unwrap();
    names.into_iter().map(|row| row.name).collect()
}

async fn add_unknown_migration(url: &Url) {
    let statement = diesel::sql_query(
        "INSERT INTO __diesel_schema_migrations (version, run_on) \
         VALUES ('9999', CURRENT_TIMESTAMP)",
    );
    match url {
        Url::Sqlite(_) => {
            diesel::RunQueryDsl::execute(statement, &mut open_sqlite(url)).unwrap();
        }
        Url::Postgres(config) => {
            let (client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
            let mut conn = AsyncPgConnection::try_from_client_and_connection(client, connection)
                .await
                .unwrap();
            statement.execute(&mut conn).await.unwrap();
        }
    }
}

fn open_sqlite(url: &Url) -> SqliteConnection {
    let Url::Sqlite(path) = url else {
        panic!("not SQLite: {url}");
    };
    diesel::Connection::establish(path.to_str().unwrap()).unwrap()
}
