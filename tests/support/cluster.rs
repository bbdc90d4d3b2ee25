//! A temporary PostgreSQL server of our own.
//!
//! A shell holds it and reads from a pipe that only the test process writes to: however that
//! process ends, the pipe closes, the shell stops the server and removes its files.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;

const MISSING: &str = "no PostgreSQL to test on: install one with \
     `sudo apt-get install postgresql`, or set TEST_DATABASE_URL to an administrator's address";

/// Initialises a cluster, starts it on a socket, says where, does what the pipe asks for, and
/// waits for it to close.
const KEEPER: &str = r#"
trap '' INT TERM HUP
dir=$(mktemp -d) || exit 1
cd "$dir"
options="--username=postgres --auth=trust --encoding=UTF8 --no-sync"
"$1/initdb" -D data $options --locale=C.UTF-8 >log 2>&1 ||
    { rm -rf data; "$1/initdb" -D data $options --no-locale >log 2>&1; } ||
    { cat log >&2; rm -rf "$dir"; exit 1; }
begin() {
    "$1/postgres" -D data -c listen_addresses= -c unix_socket_directories="$dir" -c port=5432 \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
        -c max_connections=300 -c shared_buffers=64MB >log 2>&1 </dev/null &
    server=$!
    until "$1/pg_isready" -q -h "$dir" -p 5432; do
        kill -0 $server 2>/dev/null || { cat log >&2; rm -rf "$dir"; exit 1; }
        sleep 0.05
    done
}
begin "$1"
echo "$dir"
while read -r order; do
    case $order in
        start) begin "$1" ;;
        stop) kill -INT $server; wait $server ;;
        freeze) kill -STOP $server $(pgrep -P $server) ;;
        thaw) kill -CONT $server $(pgrep -P $server) ;;
    esac
    echo done
done
kill -CONT $server $(pgrep -P $server) 2>/dev/null
kill -INT $server 2>/dev/null
wait $server
cd /
rm -rf "$dir"
"#;

/// A running server; it ends with this value.
pub struct Cluster {
    directory: String,
    /// Keeps the pipe open, and tells what came of an order.
    keeper: Mutex<(Child, BufReader<ChildStdout>)>,
}

impl Cluster {
    /// Starts one. It holds no database but PostgreSQL's own.
    pub fn start() -> Self {
        let programs = programs().expect(MISSING);
        let mut keeper = as_ordinary_user()
            .args(["sh", "-c", KEEPER, "keeper"])
            .arg(programs)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut lines = BufReader::new(keeper.stdout.take().unwrap());
        let mut directory = String::new();
        lines.read_line(&mut directory).unwrap();
        let directory = directory.trim().to_owned();
        assert!(
            !directory.is_empty(),
            "the temporary PostgreSQL did not start"
        );
        Self {
            directory,
            keeper: Mutex::new((keeper, lines)),
        }
    }

    /// The administrator's address.
    pub fn url(&self) -> String {
        let directory = self.directory.replace('/', "%2F");
        format!("postgres://postgres@{directory}:5432/postgres")
    }

    /// Has the server `stop`, `start`, `freeze` or `thaw`, and waits until it has.
    pub fn order(&self, order: &str) {
        let mut keeper = self.keeper.lock().unwrap();
        let (shell, lines) = &mut *keeper;
        writeln!(shell.stdin.as_mut().unwrap(), "{order}").unwrap();
        let mut done = String::new();
        lines.read_line(&mut done).unwrap();
        assert_eq!(done, "done\n");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let (shell, _) = self.keeper.get_mut().unwrap();
        drop(shell.stdin.take());
        shell.wait().unwrap();
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
