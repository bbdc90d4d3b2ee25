//! Whatever an order needs of the database, held by somebody else.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::places::Place;
use crate::session::Session;

/// Keeps writers waiting until it is dropped.
pub enum Holding {
    /// One that holds, and one that looks on: a transaction sees what others do as it was when it
    /// first looked.
    Postgres(Box<[Session; 2]>),
    Sqlite(#[expect(dead_code, reason = "held")] SqliteConnection),
}

impl Holding {
    /// Takes the products of PostgreSQL, or the one place of a writer on SQLite.
    pub async fn take(place: &Place) -> Self {
        let url = place.address();
        if place.backend() == "postgres" {
            let holder = Session::open(&url).await;
            let all = "BEGIN; SELECT id FROM products FOR UPDATE";
            holder.run(all).await;
            let watcher = Session::open(&url).await;
            return Self::Postgres(Box::new([holder, watcher]));
        }
        let mut conn = SqliteConnection::establish(&url).unwrap();
        conn.batch_execute("BEGIN IMMEDIATE").unwrap();
        Self::Sqlite(conn)
    }

    /// Waits until so many statements of the service wait for it. SQLite does not tell: there it
    /// waits as long as they may take to come.
    pub async fn waited_for_by(&self, count: usize) {
        let Self::Postgres(sessions) = self else {
            tokio::time::sleep(Duration::from_millis(700)).await;
            return;
        };
        until(&sessions[1], |waiting| waiting >= count).await;
    }

    /// How many statements of the service wait for it, where the database tells.
    pub async fn waited_for(&self) -> usize {
        match self {
            Self::Postgres(sessions) => waiting(&sessions[1]).await,
            Self::Sqlite(_) => 0,
        }
    }

    /// Waits until none of the service's statements waits any more.
    pub async fn given_up(&self) {
        if let Self::Postgres(sessions) = self {
            until(&sessions[1], |waiting| waiting == 0).await;
        }
    }
}

/// How many statements wait for a lock.
async fn waiting(watcher: &Session) -> usize {
    let query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() \
                 AND state = 'active' AND wait_event_type = 'Lock'";
    watcher.texts(query).await.len()
}

async fn until(watcher: &Session, enough: impl Fn(usize) -> bool) {
    let begun = Instant::now();
    while !enough(waiting(watcher).await) {
        assert!(begun.elapsed() < Duration::from_secs(30));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
