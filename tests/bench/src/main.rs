//! `bench`: what a request costs over loopback, beside the twin written by hand.
//!
//! Both serve the same database, are measured in turns, and are compared by the medians.

#[expect(dead_code, reason = "a benchmark leaves the server as it is")]
#[path = "../../support/cluster.rs"]
mod cluster;

mod load;
mod program;
mod report;
mod scenario;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Parser;

use self::program::{Programs, Server};
use self::report::{Comparison, Pair};
use self::scenario::Scenario;

/// Measures the service beside its hand-written twin and prints a table.
#[derive(Parser)]
struct Arguments {
    /// How often each request is measured on each server.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// How long one measurement lasts.
    #[arg(long, default_value_t = 2)]
    seconds: u32,
    /// Connections that send at once.
    #[arg(long, default_value_t = 32)]
    connections: u32,
    /// Threads that run requests, of each server [default: what the service takes].
    #[arg(long)]
    threads: Option<usize>,
    /// Only this database: `sqlite` or `postgres`.
    #[arg(long)]
    only: Option<String>,
    /// Only requests whose name contains this.
    #[arg(long, default_value = "")]
    request: String,
    /// Also writes the figures as JSON to this file.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    load::check_tool()?;
    let programs = Programs::beside_this_one()?;
    let mut comparisons = Vec::new();
    for backend in ["sqlite", "postgres"] {
        if arguments
            .only
            .as_deref()
            .is_some_and(|only| only != backend)
        {
            continue;
        }
        let comparison = compare(&programs, backend, arguments)?;
        println!("{comparison}");
        comparisons.push(comparison);
    }
    ensure!(!comparisons.is_empty(), "--only takes sqlite or postgres");
    if let Some(path) = &arguments.json {
        let text = serde_json::to_string_pretty(&comparisons)?;
        std::fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn compare(
    programs: &Programs,
    backend: &'static str,
    arguments: &Arguments,
) -> anyhow::Result<Comparison> {
    let folder = tempfile::tempdir()?;
    let cluster = match backend {
        "postgres" => Some(cluster::Cluster::start()),
        _ => None,
    };
    let url = match &cluster {
        Some(cluster) => cluster.url(),
        None => folder.path().join("bench.sqlite").display().to_string(),
    };
    let tenant = programs.seed(&url)?;
    let threads = match arguments.threads {
        Some(threads) => threads,
        None => concordat::commands::serve::threads(&url.parse()?),
    };
    let servers = Pair {
        ours: programs.serve(&url, threads)?,
        twin: programs.twin(&url, &tenant.id, threads)?,
    };
    servers.ours.wait_until_ready()?;
    std::thread::sleep(Duration::from_secs(1));
    let idle = servers.each(Server::memory_kb)?;
    let mut scenarios = scenario::all(&servers.ours, &tenant)?;
    scenarios.retain(|scenario| scenario.name.contains(&arguments.request));
    let mut comparison = Comparison::new(backend, &scenarios, idle);
    for round in 0..=arguments.rounds {
        for (index, scenario) in scenarios.iter().enumerate() {
            let measured = measure(&servers, scenario, round, arguments, folder.path())?;
            // The first round warms up.
            if round > 0 {
                comparison.add(index, measured);
            }
        }
    }
    comparison.finish(servers.each(Server::peak_memory_kb)?);
    Ok(comparison)
}

/// Measures both, the one that was second before now first.
fn measure(
    servers: &Pair<Server>,
    scenario: &Scenario,
    round: u32,
    arguments: &Arguments,
    folder: &std::path::Path,
) -> anyhow::Result<Pair<load::Sample>> {
    let seconds = if round == 0 { 1 } else { arguments.seconds };
    let one = |server: &Server| {
        load::run(server, scenario, seconds, arguments.connections, folder)
            .with_context(|| format!("{} of {}", scenario.name, server.name))
    };
    if round.is_multiple_of(2) {
        let ours = one(&servers.ours)?;
        Ok(Pair {
            ours,
            twin: one(&servers.twin)?,
        })
    } else {
        let twin = one(&servers.twin)?;
        Ok(Pair {
            ours: one(&servers.ours)?,
            twin,
        })
    }
}
