//! A PostgreSQL to test on: the one of `TEST_DATABASE_URL`, or a temporary one of our own.
//!
//! Ours is started once for a test binary. A shell holds it and reads from a pipe that only
//! the test process writes to: however that process ends, the pipe closes, the shell stops
//! the server and removes its files.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use concordat::db::Url;
use concordat::db::migrate;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;
use tokio_postgres::NoTls;

const MISSING: &str = "no PostgreSQL to test on: install one with \
     `sudo apt-get install postgresql`, or set TEST_DATABASE_URL to an administrator's address";

/// Initialises a cluster, starts it on a socket, says where, waits for the pipe to close.
const KEEPER: &str = r#"
trap '' INT TERM HUP
dir=$(mktemp -d) || exit 1
cd "$dir"
options="--username=postgres --auth=trust --encoding=UTF8 --no-sync"
"$1/initdb" -D data $options --locale=C.UTF-8 >log 2>&1 ||
    { rm -rf data; "$1/initdb" -D data $options --no-locale >log 2>&1; } ||
    { cat log >&2; rm -rf "$dir"; exit 1; }
"$1/postgres" -D data -c listen_addresses= -c unix_socket_directories="$dir" -c port=5432 \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
    -c max_connections=300 -c shared_buffers=64MB >log 2>&1 </dev/null &
server=$!
until "$1/pg_isready" -q -h "$dir" -p 5432; do
    kill -0 $server 2>/dev/null || { cat log >&2; rm -rf "$dir"; exit 1; }
    sleep 0.05
done
echo "$dir"
read -r _
kill -INT $server
wait $server
cd /
rm -rf "$dir"
"#;

/// Where to make databases.
struct Server {
    /// An administrator's address.
    admin: String,
    /// Ours goes away as a whole; on another's we clean up.
    ours: bool,
    /// Keeps the pipe open.
    _keeper: Option<Child>,
}

/// A database of one test.
pub struct Database {
    name: String,
    url: String,
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

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
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
            name,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if server().ours {
            return;
        }
        let name = self.name.clone();
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
            _keeper: None,
        },
        _ => start(),
    })
}

fn start() -> Server {
    let programs = programs().expect(MISSING);
    let mut keeper = as_ordinary_user()
        .args(["sh", "-c", KEEPER, "keeper"])
        .arg(programs)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut directory = String::new();
    BufReader::new(keeper.stdout.take().unwrap())
        .read_line(&mut directory)
        .unwrap();
    let directory = directory.trim();
    assert!(
        !directory.is_empty(),
        "the temporary PostgreSQL did not start"
    );
    Server {
        admin: format!(
            "postgres://postgres@{}:5432/postgres",
            directory.replace('/', "%2F")
        ),
        ours: true,
        _keeper: Some(keeper),
    }
}

/// The newest version that is installed.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for root in [
        "/usr/lib/postgresql",
        "/usr/local/pgsql",
        "/opt/homebrew/opt",
    ] {
        let Ok(entries) = std::fs::read_dir(root) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let version = name.trim_start_matches("postgresql@").parse();
            found.push((version.unwrap_or_default(), entry.path().join("bin")));
        }
    }
    found.sort();
    let installed = found.into_iter().rev().map(|(_, path)| path);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = installed.chain(std::env::split_paths(&paths));
    candidates.find(|path| path.join("initdb").is_file() && path.join("postgres").is_file())
}

/// PostgreSQL refuses to run as root.
fn as_ordinary_user() -> Command {
    let id = Command::new("id")
        .arg("-u")
        .output()
        .expect("the program id");
    if id.stdout.trim_ascii() != b"0" {
        return Command::new("env");
    }
    let known = Command::new("id")
        .args(["-u", "postgres"])
        .stderr(Stdio::null())
        .output();
    let user = match known {
        Ok(output) if output.status.success() => "postgres",
        _ => "nobody",
    };
    let mut command = Command::new("runuser");
    command.args(["-u", user, "--"]);
    command
}

/// Runs one statement on the database at `url`.
async fn execute(url: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
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
