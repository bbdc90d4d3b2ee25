//! The program itself: its output, its exit codes, its end by signal.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn program(arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concordat"));
    command
        .args(arguments)
        .env_clear()
        // What it runs counts for `make coverage`.
        .envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)))
        .current_dir(env!("CARGO_TARGET_TMPDIR"));
    command.env(
        "DATABASE_URL",
        format!(
            "{}/{}.sqlite",
            env!("CARGO_TARGET_TMPDIR"),
            uuid::Uuid::new_v4()
        ),
    );
    command
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    program(arguments, settings).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

struct Running {
    child: Child,
    address: SocketAddr,
}

impl Running {
    fn start(settings: &[(&str, &str)]) -> Self {
        let mut child = program(
            &["serve"],
            &[&[("PORT", "0"), ("SHUTDOWN_WAIT", "0s")], settings].concat(),
        )
        .spawn()
        .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().expect("a first line").unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .expect("an address")
            .parse()
            .unwrap();
        Self { child, address }
    }

    fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    }

    fn signal(&self, name: &str) {
        assert!(
            Command::new("kill")
                .args([&format!("-{name}"), &self.child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for the end; gives the exit code and what was logged.
    fn ended(self) -> (Option<i32>, String) {
        let output = self.child.wait_with_output().unwrap();
        (output.status.code(), text(&output.stderr).to_owned())
    }
}

#[test]
fn it_ends_in_time_and_well_with_hostile_connections_open() {
    for signal in ["TERM", "INT"] {
        let running = Running::start(&[("DRAIN_TIMEOUT", "500ms"), ("EXIT_DEADLINE", "3s")]);
        let _half = running.send("GET / HTTP/1.1\r\nhost: te");
        let _http2 = running.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        let _silent = running.send("");
        let _body = running.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 9\r\n\r\nx");

        let begun = Instant::now();
        running.signal(signal);
        let (code, log) = running.ended();

        assert_eq!(code, Some(0), "{log}");
        assert!(
            begun.elapsed() < Duration::from_secs(4),
            "{:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_second_signal_skips_the_wait() {
    let running = Running::start(&[("SHUTDOWN_WAIT", "8s")]);

    let begun = Instant::now();
    running.signal("TERM");
    running.signal("INT");
    let (code, log) = running.ended();

    assert_eq!(code, Some(0), "{log}");
    assert!(begun.elapsed() < Duration::from_secs(6));
}

#[test]
fn the_deadline_holds_whatever_still_runs() {
    let running = Running::start(&[
        ("SHUTDOWN_WAIT", "1s"),
        ("DRAIN_TIMEOUT", "0s"),
        ("EXIT_DEADLINE", "1s"),
    ]);
    let _silent = running.send("");

    let begun = Instant::now();
    running.signal("TERM");

    assert_eq!(running.ended().0, Some(0));
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[test]
fn each_request_is_one_line_of_the_log() {
    let running = Running::start(&[]);
    let mut stream = running.send("GET /a%0ab?key=sk_live_x HTTP/1.1\r\nhost: test\r\nx-request-id: mine\r\nconnection: close\r\n\r\n");
    stream.read_to_end(&mut Vec::new()).unwrap();

    running.signal("TERM");
    let (_, log) = running.ended();

    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [line] = lines
        .iter()
        .filter(|line| line["request_id"] == "mine")
        .collect::<Vec<_>>()[..]
    else {
        panic!("one line: {log}");
    };
    assert_eq!(
        (&line["method"], &line["status"]),
        (&"GET".into(), &404.into())
    );
    assert!(line["duration_ms"].is_f64() && line["bytes"].as_u64() > Some(0));
    assert!(!log.contains("sk_live_x"), "a query may hold secrets");
}

#[test]
fn a_log_that_nobody_reads_stops_neither_the_service_nor_its_end() {
    // Each line says the path: together they are more than the pipe and the queue hold.
    const REQUESTS: usize = 5_000;
    let running = Running::start(&[("DRAIN_TIMEOUT", "1s"), ("EXIT_DEADLINE", "5s")]);
    let path = format!("/{}", "x".repeat(1_000));
    let mut stream = running.send("");
    let mut sender = stream.try_clone().unwrap();
    let writing = std::thread::spawn(move || {
        let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\n\r\n");
        for _ in 1..REQUESTS {
            sender.write_all(request.as_bytes()).unwrap();
        }
        let last = request.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n");
        sender.write_all(last.as_bytes()).unwrap();
    });

    let mut answers = String::new();
    stream.read_to_string(&mut answers).unwrap();
    writing.join().unwrap();
    running.signal("TERM");
    let mut child = running.child;
    let begun = Instant::now();
    let code = child.wait().unwrap().code();

    assert_eq!(answers.matches("HTTP/1.1 404 ").count(), REQUESTS);
    assert_eq!(code, Some(0));
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let running = Running::start(&[]);

    let second = run(&["serve"], &[("PORT", &running.address.port().to_string())]);

    assert_eq!(second.status.code(), Some(1));
    assert!(text(&second.stderr).contains(&format!("cannot listen on {}", running.address)));
    running.signal("TERM");
    assert_eq!(running.ended().0, Some(0));
}

#[test]
fn wrong_settings_stop_the_start_and_are_all_named() {
    let output = run(&["serve"], &[("PORT", "many"), ("WORKER_THREADS", "-1")]);

    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(
        told.contains("PORT") && told.contains("WORKER_THREADS"),
        "{told}"
    );
}

#[test]
fn a_file_fills_in_what_the_environment_leaves_out() {
    let folder =
        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(uuid::Uuid::new_v4().to_string());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        folder.join(".env"),
        "PORT=1234\nHOST=::1\nUNKNOWN=ignored\n",
    )
    .unwrap();

    let output = program(&["config"], &[("HOST", "127.0.0.2")])
        .current_dir(&folder)
        .output()
        .unwrap();

    let shown = text(&output.stdout);
    assert!(
        shown.contains("HOST=127.0.0.2\nPORT=1234\n") && !shown.contains("UNKNOWN"),
        "{shown}"
    );
}

#[test]
fn wrong_use_exits_with_2_and_help_with_0() {
    assert_eq!(run(&["fly"], &[]).status.code(), Some(2));
    assert_eq!(
        run(&["seed", "--partners", "none"], &[]).status.code(),
        Some(2)
    );
    for command in [
        &["--help"][..],
        &["serve", "--help"],
        &["migrate", "--help"],
        &["key", "new", "--help"],
    ] {
        let output = run(command, &[("PORT", "even with wrong settings")]);
        assert!(output.status.success() && !output.stdout.is_empty());
    }
}

#[test]
fn a_health_check_fails_where_nothing_is_well() {
    let running = Running::start(&[]);
    let port = running.address.port().to_string();

    let missing = run(&["healthcheck", "--path", "/nothing"], &[("PORT", &port)]);
    running.signal("TERM");
    assert_eq!(running.ended().0, Some(0));
    let gone = run(&["healthcheck"], &[("PORT", &port)]);

    assert_eq!(
        (missing.status.code(), gone.status.code()),
        (Some(1), Some(1))
    );
    assert!(
        text(&missing.stderr).contains("404"),
        "{}",
        text(&missing.stderr)
    );
}
