//! What every connection is set to, whichever way it is reached.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use concordat::db::{Conn, Db, Options, Url};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_postgres::config::Host;

use crate::backends::TestDb;
use crate::factories::commit;
use crate::postgres::Database;

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

async fn pragmas(conn: &mut Conn<'_>) -> String {
    let Conn::Sqlite(conn) = conn else {
        panic!("not SQLite");
    };
    let query = diesel::sql_query(
        "SELECT format('%s, synchronous %d, busy %d, foreign keys %d, query only %d', \
         journal_mode, synchronous, timeout, foreign_keys, query_only) AS text \
         FROM pragma_journal_mode, pragma_synchronous, pragma_busy_timeout, pragma_foreign_keys, \
         pragma_query_only",
    );
    let row: Setting = query.get_result(&mut **conn).await.unwrap();
    row.text
}

#[tokio::test(flavor = "multi_thread")]
async fn every_connection_to_a_file_is_set_up_alike_and_only_the_writer_writes() {
    for TestDb { db, backend, .. } in &TestDb::on_each_backend().await {
        if *backend != "sqlite" {
            continue;
        }
        let common = "wal, synchronous 1, busy 5000, foreign keys 1";

        let mut readers = Vec::new();
        for _ in 0..10 {
            readers.push(db.read().await.unwrap());
        }
        for reader in &mut readers {
            assert_eq!(pragmas(reader).await, format!("{common}, query only 1"));
        }
        let writer = commit(db, |conn| Box::pin(async { Ok(pragmas(conn).await) })).await;

        assert_eq!(writer, format!("{common}, query only 0"));
    }
}

/// An address on TCP that leads to the server of `config`, which may have only a socket of the file
/// system.
async fn over_tcp(config: &tokio_postgres::Config) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let port = config.get_ports().first().copied().unwrap_or(5_432);
    let host = config.get_hosts()[0].clone();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let host = host.clone();
            tokio::spawn(async move {
                match host {
                    Host::Unix(folder) => {
                        let socket: PathBuf = folder.join(format!(".s.PGSQL.{port}"));
                        let mut far = UnixStream::connect(socket).await.unwrap();
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                    }
                    Host::Tcp(name) => {
                        let mut far = TcpStream::connect((name, port)).await.unwrap();
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                    }
                }
            });
        }
    });
    address
}

/// How the system keeps the connections to a port on this machine: for each the timer that runs, 2 is
/// that of keepalive, and when it rings.
fn timers(port: u16) -> Vec<(u8, Duration)> {
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap();
    let to_port = format!("0100007F:{port:04X}");
    let fields = table.lines().map(|line| line.split_whitespace().collect());
    let ours = fields.filter(|fields: &Vec<&str>| fields[2] == to_port && fields[3] == "01");
    ours.map(|fields| {
        let (timer, ticks) = fields[5].split_once(':').unwrap();
        let ticks = u64::from_str_radix(ticks, 16).unwrap();
        (timer.parse().unwrap(), Duration::from_millis(ticks * 10))
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_connection_is_kept_alive_by_the_system() {
    let database = Database::new().await;
    let Url::Postgres(mut config) = database.url.parse().unwrap() else {
        panic!("not PostgreSQL");
    };
    let address = over_tcp(&config).await;
    let own = &mut *config;
    let mut there = tokio_postgres::Config::new();
    there
        .host("127.0.0.1")
        .port(address.port())
        .user(own.get_user().unwrap())
        .dbname(own.get_dbname().unwrap());
    if let Some(password) = own.get_password() {
        there.password(password);
    }
    let db = Db::open(Options::new(Url::Postgres(Box::new(there))))
        .await
        .unwrap();

    all_sessions(&db).await;
    let begun = Instant::now();
    let timers = loop {
        // While an answer waits for its acknowledgement another timer runs.
        let timers = timers(address.port());
        if timers.iter().all(|(timer, _)| *timer == 2) || begun.elapsed().as_secs() > 20 {
            break timers;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };

    assert_eq!(
        timers.len(),
        12,
        "ten of the pool and two that are shared: {timers:?}"
    );
    for (timer, due) in timers {
        assert_eq!(timer, 2, "the timer of keepalive");
        assert!(due <= Duration::from_secs(10), "{due:?}");
    }
}
