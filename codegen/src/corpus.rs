//! Takes every OpenAPI document of a folder through the pipeline, and through what its crate promises:
//! a valid request meets the 501 of a handler that is not written, an invalid one a problem before it,
//! and no hostile one makes it fail, panic or hang.

mod client;
mod hostile;
mod server;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use codegen::calls::{self, Call, Wanted};
use codegen::generate::{Options, Stop, generate};
use codegen::{Severity, Source};

use client::Answer;
use hostile::Request;
use server::Server;
pub use table::{Row, print, to_json};

/// How long one document may compile.
const COMPILE: Duration = Duration::from_secs(30 * 60);

/// Failures that are told of a document; the rest is counted.
const TOLD: usize = 12;

/// Where the run reads and writes.
pub struct Settings {
    /// The folder of the documents.
    pub documents: PathBuf,
    /// Documents to take, by their names; none: all.
    pub only: Vec<String>,
    /// The folder for crates and for what cargo makes of them.
    pub out: PathBuf,
    /// The workspace: its lock file, templates and tools.
    pub workspace: PathBuf,
}

/// Runs all documents, one after the other, and goes on after a failure; progress is on stderr.
///
/// # Errors
/// The folder cannot be read or has no document.
pub fn run(settings: &Settings) -> Result<Vec<Row>> {
    let mut documents = documents(&settings.documents)?;
    documents.retain(|path| settings.only.is_empty() || settings.only.contains(&name(path)));
    if documents.is_empty() {
        bail!("{} has no OpenAPI document", settings.documents.display());
    }
    let count = documents.len();
    let rows = documents.iter().enumerate().map(|(index, path)| {
        let name = name(path);
        eprintln!("[{}/{count}] {name}", index + 1);
        let start = Instant::now();
        let mut row = Row {
            document: name,
            ..Row::default()
        };
        if let Err(error) = document(settings, path, &mut row) {
            row.failures.push(format!("{error:#}"));
        }
        row.seconds = start.elapsed().as_secs_f64();
        row.failures
            .iter()
            .take(TOLD)
            .for_each(|failure| eprintln!("    {failure}"));
        if row.failures.len() > TOLD {
            eprintln!("    … and {} more", row.failures.len() - TOLD);
        }
        row
    });
    Ok(rows.collect())
}

/// Files that say that they are OpenAPI, in the order of their names.
fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let extension = path
            .extension()
            .and_then(|it| it.to_str())
            .unwrap_or_default();
        if matches!(extension, "yaml" | "yml" | "json") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let says_so = |line: &str| {
                let line = line.trim_start_matches([' ', '\t', '{', '"', '\'', '\u{feff}']);
                line.strip_prefix("openapi")
                    .is_some_and(|rest| rest.contains(':'))
            };
            match text.lines().any(says_so) {
                true => found.push(path),
                false => eprintln!("{} is no OpenAPI document", path.display()),
            }
        }
    }
    found.sort();
    Ok(found)
}

fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A package's name, from a file's.
fn package(name: &str) -> String {
    let kept = name.chars().map(|c| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    });
    let kept: String = kept.collect();
    format!("c-{}", kept.trim_matches('-'))
}

fn document(settings: &Settings, path: &Path, row: &mut Row) -> Result<()> {
    let package = package(&row.document);
    let crate_folder = settings.out.join("crates").join(&package);
    write_crate(settings, path, &crate_folder, &package, row)?;
    let program = compile(settings, &crate_folder, &package, row)?;
    let source =
        Source::load(path).map_err(|_| anyhow::anyhow!("the document cannot be read again"))?;
    let calls = calls::of(&source);
    row.unmade = calls.unmade;
    row.impossible = calls.impossible;
    let server = Server::start(&program, &crate_folder.join("server.log"))?;
    eprintln!(
        "    serves at {}; {} requests",
        server.address,
        calls.calls.len()
    );
    for call in &calls.calls {
        judge(&server, call, row);
    }
    for request in hostile::of(&calls.calls) {
        attack(&server, &request, row);
    }
    row.failures.extend(server.panics());
    row.is_serving = true;
    Ok(())
}

fn write_crate(
    settings: &Settings,
    path: &Path,
    out: &Path,
    package: &str,
    row: &mut Row,
) -> Result<()> {
    let start = Instant::now();
    let options = Options {
        contract: path.to_owned(),
        codegen: settings.workspace.join("codegen"),
        out: out.to_owned(),
        tools: settings.workspace.join(".tools"),
        force: true,
        standalone: Some(package.to_owned()),
    };
    let report = match generate(&options) {
        Ok(report) => report,
        Err(Stop::Error(error)) => return Err(error),
        Err(Stop::Faults(faults)) => {
            row.failures.extend(faults.iter().map(ToString::to_string));
            bail!("the document has {} faults", faults.len());
        }
    };
    row.operations = report.operations;
    row.is_generated = true;
    let lost = report
        .warnings
        .iter()
        .filter(|fault| fault.severity != Severity::Note);
    row.lost = lost.map(ToString::to_string).collect();
    row.generate_seconds = start.elapsed().as_secs_f64();
    let savings = report.savings();
    savings.iter().for_each(|saving| eprintln!("    {saving}"));
    eprintln!(
        "    generated {} operations in {:.1} s",
        row.operations, row.generate_seconds
    );
    Ok(())
}

/// Builds the crate's demo server; crates share what cargo makes and start from the same lock file.
fn compile(settings: &Settings, folder: &Path, package: &str, row: &mut Row) -> Result<PathBuf> {
    let start = Instant::now();
    let target = settings.out.join("target");
    fs::copy(
        settings.workspace.join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let log = folder.join("build.log");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--features", "demo", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log)?)
        .spawn()
        .context("cannot run cargo")?;
    let status = loop {
        match cargo.try_wait()? {
            Some(status) => break Some(status),
            None if start.elapsed() > COMPILE => break None,
            None => std::thread::sleep(Duration::from_millis(100)),
        }
    };
    row.compile_seconds = start.elapsed().as_secs_f64();
    if status.is_some_and(|status| status.success()) {
        row.is_compiled = true;
        eprintln!("    compiled in {:.1} s", row.compile_seconds);
        return Ok(target.join("debug").join(format!("{package}-demo")));
    }
    cargo.kill().ok();
    cargo.wait()?;
    let text = fs::read_to_string(&log).unwrap_or_default();
    let errors = text.lines().filter(|line| line.starts_with("error"));
    let errors: Vec<&str> = errors.take(8).collect();
    bail!(
        "does not compile (see {}): {}",
        log.display(),
        errors.join(" | ")
    )
}

/// Sends a call and counts whether the answer is the wanted one.
fn judge(server: &Server, call: &Call, row: &mut Row) {
    let tally = match call.wanted {
        Wanted::Handler => &mut row.served,
        Wanted::Refusal(_) => &mut row.refused,
    };
    tally.all += 1;
    match client::send(server.address, &call.into()).and_then(|answer| accept(call, &answer)) {
        Ok(()) => tally.passed += 1,
        Err(error) => {
            let (operation, what) = (&call.operation, &call.what);
            row.failures.push(format!("{operation}: {what}: {error:#}"));
        }
    }
}

/// Sends a hostile request and counts whether it is refused as it should, or served.
fn attack(server: &Server, request: &Request, row: &mut Row) {
    row.hostile.all += 1;
    match client::send(server.address, request).and_then(|answer| withstood(request, &answer)) {
        Ok(()) => row.hostile.passed += 1,
        Err(error) => {
            let (operation, what) = (&request.operation, &request.what);
            let failure = format!("{operation}: hostile, {what}: {error:#}");
            row.failures.push(failure);
        }
    }
}

/// Errors: the answer is not one that a hostile request may get.
fn withstood(request: &Request, answer: &Answer) -> Result<()> {
    let status = answer.status;
    ensure!(
        status == 501 || (400..500).contains(&status),
        "answers {status}: {}",
        answer.text()
    );
    is_problem(&request.method, answer)
}

/// Errors: the answer is not the wanted one.
fn accept(call: &Call, answer: &Answer) -> Result<()> {
    let status = answer.status;
    match call.wanted {
        Wanted::Handler => {
            ensure!(
                status == 501,
                "answers {status}, not 501: {}",
                answer.text()
            )
        }
        Wanted::Refusal(_) => {
            ensure!((400..500).contains(&status), "answers {status}, no refusal")
        }
    }
    is_problem(&call.method, answer)
}

/// Errors: the answer says what is wrong in another way than a problem does.
fn is_problem(method: &str, answer: &Answer) -> Result<()> {
    if method == "HEAD" {
        return Ok(());
    }
    ensure!(
        answer.media_type == "application/problem+json",
        "is {}, no problem",
        answer.media_type
    );
    let Ok(problem) = serde_json::from_slice::<Value>(&answer.body) else {
        bail!("is not JSON: {}", answer.text());
    };
    ensure!(
        problem.get("status") == Some(&answer.status.into()),
        "has another status inside: {}",
        answer.text()
    );
    Ok(())
}
