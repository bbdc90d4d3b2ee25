//! A PostgreSQL session of the test's own, beside those of the service.

use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

/// A session; it ends with this value, and with it what it holds.
pub struct Session(Client);

impl Session {
    /// Opens one at this address.
    pub async fn open(url: &str) -> Self {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        Self(client)
    }

    /// Runs statements.
    pub async fn run(&self, statements: &str) {
        self.0.batch_execute(statements).await.unwrap();
    }

    /// The first column of what a query finds.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let messages = self.0.simple_query(query).await.unwrap();
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        rows.collect()
    }
}
