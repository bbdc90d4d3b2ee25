//! What every PostgreSQL session is set to, whichever way it is reached.

use concordat::db::{Conn, Db};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::backends::TestDb;

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    text: String,
}

async fn settings(conn: &mut Conn<'_>) -> Vec<String> {
    let query = diesel::sql_query(
        "SELECT name || '=' || setting AS text FROM pg_settings WHERE name IN \
         ('application_name', 'client_connection_check_interval', \
          'idle_in_transaction_session_timeout', 'lc_messages', 'lock_timeout', \
          'statement_timeout') ORDER BY name",
    );
    let rows: Vec<Setting> = match conn {
        Conn::Pg(conn) => query.load(&mut ***conn).await.unwrap(),
        Conn::Shared(line) => query.load(&mut line.connection()).await.unwrap(),
        Conn::Piped(_) | Conn::Sqlite(_) => panic!("not PostgreSQL"),
    };
    rows.into_iter().map(|row| row.text).collect()
}

async fn all_sessions(db: &Db) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    // Held all at once, so that each is another.
    let mut pooled = Vec::new();
    for _ in 0..10 {
        pooled.push(db.checkout().await.unwrap());
    }
    for conn in &mut pooled {
        found.push(settings(conn).await);
    }
    for _ in 0..2 {
        found.push(settings(&mut db.read().await.unwrap()).await);
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_session_is_bounded() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        if *backend != "postgres" {
            continue;
        }

        for session in all_sessions(db).await {
            assert_eq!(
                session,
                [
                    "application_name=concordat",
                    "client_connection_check_interval=1000",
                    "idle_in_transaction_session_timeout=10000",
                    "lc_messages=C",
                    "lock_timeout=2000",
                    "statement_timeout=5000",
                ]
            );
        }
    }
}
