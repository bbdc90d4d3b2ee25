//! Where the database of a test is, on each backend.

use concordat::db::{Url, migrate};

use crate::postgres;

/// Where a database is, and what removes it.
pub enum Place {
    /// A file in a folder of its own.
    Sqlite(tempfile::TempDir),
    /// One of many on a server.
    Postgres(postgres::Database),
}

impl Place {
    /// One without tables on each backend.
    pub async fn empty_on_each_backend() -> Vec<Self> {
        vec![
            Self::Sqlite(tempfile::tempdir().unwrap()),
            Self::Postgres(postgres::Database::empty().await),
        ]
    }

    /// Its address, as `DATABASE_URL` has it.
    pub fn address(&self) -> String {
        match self {
            Self::Sqlite(folder) => folder.path().join("test.sqlite3").display().to_string(),
            Self::Postgres(database) => database.url.clone(),
        }
    }

    /// Its address.
    pub fn url(&self) -> Url {
        self.address().parse().unwrap()
    }

    /// `sqlite` or `postgres`.
    pub fn backend(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    /// One with tables and without rows on each backend.
    pub async fn migrated_on_each_backend() -> Vec<Self> {
        let sqlite = Self::Sqlite(tempfile::tempdir().unwrap());
        migrate::up(&sqlite.url()).await.unwrap();
        vec![sqlite, Self::Postgres(postgres::Database::new().await)]
    }
}
