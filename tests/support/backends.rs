//! A database of its own for each test, on each backend.

use concordat::db::{Db, Options, Url, migrate};

use crate::postgres;

/// An open, migrated database without rows; it goes away with this value.
pub struct TestDb {
    /// What the test works on.
    pub db: Db,
    /// `sqlite` or `postgres`, for messages.
    pub backend: &'static str,
    #[expect(dead_code, reason = "held until the test ends")]
    place: Place,
}

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

    /// Its address.
    pub fn url(&self) -> Url {
        match self {
            Self::Sqlite(folder) => Url::Sqlite(folder.path().join("test.sqlite3")),
            Self::Postgres(database) => database.url().parse().unwrap(),
        }
    }

    /// `sqlite` or `postgres`.
    pub fn backend(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }

    async fn migrated_on_each_backend() -> Vec<Self> {
        let sqlite = Self::Sqlite(tempfile::tempdir().unwrap());
        migrate::up(&sqlite.url()).await.unwrap();
        vec![sqlite, Self::Postgres(postgres::Database::new().await)]
    }
}

impl TestDb {
    /// One on each backend, opened as the service does.
    pub async fn on_each_backend() -> Vec<Self> {
        Self::opened_on_each_backend(|_| {}).await
    }

    /// One on each backend, opened with other options.
    pub async fn opened_on_each_backend(adjust: impl Fn(&mut Options)) -> Vec<Self> {
        let mut opened = Vec::new();
        for place in Place::migrated_on_each_backend().await {
            let mut options = Options::new(place.url());
            adjust(&mut options);
            opened.push(Self {
                db: Db::open(options).await.unwrap(),
                backend: place.backend(),
                place,
            });
        }
        opened
    }
}
