//! A PostgreSQL to test on: the one of `TEST_DATABASE_URL`, or a temporary one of our own, which is
//! started once for a test binary.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use concordat::db::Url;
use concordat::db::migrate;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use tokio_postgres::NoTls;

use crate::cluster::Cluster;

/// Where to make databases.
struct Server {
    /// An administrator's address.
    admin: String,
    /// Ours goes away as a whole; on another's we clean up.
    ours: bool,
    _cluster: Option<Cluster>,
}

/// A database of one test.
pub struct Database {
    /// What to drop at the end; `None` if its server goes away as a whole.
    pub name: Option<String>,
    /// Its address.
    pub url: String,
}

impl Database {
    /// A migrated one without rows.
    pub async fn new() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(template).await;
        Self::from_template(template).await
    }

    /// One without tables.
    pub async fn empty() -> Self {
        Self::from_template("template0").await
    }

    async fn from_template(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let moment = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_millis();
        let name = format!("concordat_test_{moment}_{}_{count}", std::process::id());
        let admin = &server().admin;
        execute(
            admin,
            &format!(r#"CREATE DATABASE "{name}" TEMPLATE "{template}""#),
        )
        .await
        .unwrap();
        Self {
            url: with_database(admin, &name),
            name: Some(name).filter(|_| !server().ours),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(name) = self.name.take() else {
            return;
        };
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(execute(
                    &server().admin,
                    &format!(r#"DROP DATABASE IF EXISTS "{name}" WITH (FORCE)"#),
                ))
        });
        drop(dropped.join());
    }
}

/// The name of a migrated database to copy. It bears the digest of the migrations, so that
/// on a server that outlives the tests it is made once for each state of them.
async fn template() -> String {
    let admin = &server().admin;
    let name = format!("concordat_template_{}", digest());
    let made = execute(
        admin,
        &format!(r#"CREATE DATABASE "{name}" TEMPLATE template0"#),
    )
    .await;
    if let Err(error) = &made {
        let code = error.code().map(tokio_postgres::error::SqlState::code);
        assert!(matches!(code, Some("42P04" | "23505")), "{error:?}");
    }
    // Another test binary may be at it: migrations wait for each other.
    let url: Url = with_database(admin, &name).parse().unwrap();
    migrate::up(&url).await.unwrap();
    name
}

fn digest() -> String {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/postgres");
    for step in std::fs::read_dir(root).unwrap() {
        files.push(step.unwrap().path().join("up.sql"));
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(std::fs::read(file).unwrap());
    }
    digest.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| match std::env::var("TEST_DATABASE_URL") {
        Ok(admin) if !admin.is_empty() => Server {
            admin,
            ours: false,
            _cluster: None,
        },
        _ => {
            let cluster = Cluster::start();
            Server {
                admin: cluster.url(),
                ours: true,
                _cluster: Some(cluster),
            }
        }
    })
}

/// Runs one statement on the database at `url`.
pub async fn execute(url: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let driver = tokio::spawn(connection);
    let outcome = client.batch_execute(statement).await;
    drop(client);
    drop(driver.await);
    outcome
}

/// `url` with another database's name, its parameters kept.
fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = match url.split_once('?') {
        Some((address, parameters)) => (address, format!("?{parameters}")),
        None => (url, String::new()),
    };
    let (scheme, rest) = address.split_once("://").expect("postgres://…");
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}/{name}{parameters}")
}
