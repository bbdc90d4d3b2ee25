//! The program and its answers.

use std::fs::File;
use std::io::{BufRead, BufReader, Lines, Read, Seek, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// An address that nobody answers at, with a password.
pub const NOWHERE: &str = "postgres://me:hunter2@127.0.0.1:1/shop";

/// Runs a command on the database at `url` to its end.
pub fn run(url: &str, arguments: &[&str]) -> Ran {
    run_with(url, arguments, &[])
}

/// The same with these settings.
pub fn run_with(url: &str, arguments: &[&str], settings: &[(&str, &str)]) -> Ran {
    let mut command = program(url, arguments);
    command.envs(settings.iter().copied());
    Ran::from(command.output().unwrap())
}

/// The same for a reader that has gone before anything is printed, as that of `… 2>&1 | head` may.
pub fn run_unread(url: &str, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = program(url, arguments);
    command
        .stdout(writer.try_clone().unwrap())
        .stderr(writer)
        .status()
        .unwrap()
        .code()
}

/// Runs a command that must succeed, and gives what it printed.
pub fn done(url: &str, arguments: &[&str]) -> String {
    let ran = run(url, arguments);
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    ran.out
}

/// The same by another program than the one that is tested.
pub fn done_by(binary: &str, url: &str, arguments: &[&str]) -> String {
    let ran = Ran::from(program_at(binary, url, arguments).output().unwrap());
    assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.err);
    ran.out
}

fn program(url: &str, arguments: &[&str]) -> Command {
    program_at(env!("CARGO_BIN_EXE_concordat"), url, arguments)
}

fn program_at(binary: &str, url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(binary);
    command
        .args(arguments)
        .env_clear()
        // What it runs counts for `make coverage`.
        .envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)))
        .env("DATABASE_URL", url)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A service that listens; it is killed with this value.
pub struct Serving {
    child: Child,
    log: Option<File>,
    pub address: SocketAddr,
    pub lines: Lines<BufReader<ChildStdout>>,
}

impl Serving {
    pub fn start(url: &str, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let log = tempfile::tempfile().unwrap();
        let stderr = log.try_clone().unwrap().into();
        let mut serving = Self::start_logging(url, arguments, settings, stderr);
        serving.log = Some(log);
        serving
    }

    /// The same, its log going here.
    pub fn start_logging(
        url: &str,
        arguments: &[&str],
        settings: &[(&str, &str)],
        log: Stdio,
    ) -> Self {
        Self::spawn(
            program(url, &[&["serve"], arguments].concat()),
            settings,
            log,
        )
    }

    /// Starts another program than the one that is tested.
    pub fn start_by(binary: &str, url: &str, settings: &[(&str, &str)]) -> Self {
        let log = tempfile::tempfile().unwrap();
        let stderr = log.try_clone().unwrap().into();
        let mut serving = Self::spawn(program_at(binary, url, &["serve"]), settings, stderr);
        serving.log = Some(log);
        serving
    }

    /// Starts the service where the shell has set such limits: `-n 100` for 100 open files.
    pub fn start_within(limits: &str, url: &str, settings: &[(&str, &str)]) -> Self {
        let script = format!("ulimit {limits}; exec \"$0\" serve");
        let arguments = ["-c", &*script, env!("CARGO_BIN_EXE_concordat")];
        Self::spawn(
            program_at("/bin/sh", url, &arguments),
            settings,
            Stdio::null(),
        )
    }

    /// Its memory that is in use, in bytes.
    pub fn memory(&self) -> usize {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.unwrap().trim().trim_end_matches(" kB");
        kib.parse::<usize>().unwrap() * 1_024
    }

    /// Starts a command that says where it listens.
    pub fn start_command(url: &str, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        Self::spawn(program(url, arguments), settings, Stdio::null())
    }

    fn spawn(mut command: Command, settings: &[(&str, &str)], log: Stdio) -> Self {
        let mut child = command
            .env("PORT", "0")
            .envs(settings.iter().copied())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().expect("a first line").unwrap();
        let address = line.strip_prefix("listening on http://").unwrap();
        Self {
            address: address.parse().unwrap(),
            child,
            log: None,
            lines,
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Waits for its end; gives the exit code and what it logged.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        let (mut file, mut log) = (self.log.take().expect("a log of its own"), String::new());
        file.rewind().unwrap();
        file.read_to_string(&mut log).unwrap();
        assert!(!log.contains("requests stall"), "{log}");
        (code, log)
    }

    /// Asks for a path, with a key or without.
    pub fn get(&self, path: &str, key: &str) -> (u16, Value) {
        self.send("GET", path, &[&format!("Authorization: Bearer {key}")], "")
    }

    /// Sends a request; gives the status and the JSON of the answer.
    pub fn send(&self, method: &str, path: &str, fields: &[&str], body: &str) -> (u16, Value) {
        send(self.address, method, path, fields, body).unwrap()
    }

    /// Waits until the service says that it is ready.
    pub fn wait_until_ready(&self) {
        let begun = Instant::now();
        while self.get("/health/ready", "").0 != 200 {
            assert!(begun.elapsed() < Duration::from_secs(60), "not ready");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    pub status: u16,
    head: String,
    pub body: Value,
}

impl Reply {
    /// A header's value, empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut fields = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = fields.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// Checks that this is the problem of this status and name.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status, &self.body["code"]),
            (status, &code.into()),
            "{self:?}"
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
    }
}

/// Sends a request; `None` if no whole answer comes.
pub fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    fields: &[&str],
    body: &str,
) -> Option<(u16, Value)> {
    let reply = exchange(address, method, path, fields, body)?;
    Some((reply.status, reply.body))
}

/// The same, with the header of the answer.
pub fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    fields: &[&str],
    body: &str,
) -> Option<Reply> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .write_all(request(method, path, fields, body).as_bytes())
        .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    Some(Reply {
        status: head.split(' ').nth(1)?.parse().ok()?,
        body: serde_json::from_str(body).unwrap_or_default(),
        head: head.to_owned(),
    })
}

/// The text of a request after which the connection closes.
pub fn request(method: &str, path: &str, fields: &[&str], body: &str) -> String {
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
    for field in fields {
        request.push_str(&format!("{field}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    request
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
