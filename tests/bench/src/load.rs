//! One measurement: wrk sends for a while, the server's time is taken before and after.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};
use serde::Serialize;

use super::program::Server;
use super::scenario::{Request, Scenario};

/// What a measurement found.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Sample {
    pub requests_per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// CPU time of the server process for each request.
    pub cpu_us: f64,
}

/// Fails with the command that installs wrk where it is missing.
pub fn check_tool() -> anyhow::Result<()> {
    // wrk knows no option that ends well; that it starts is enough.
    match Command::new("wrk").arg("-v").output() {
        Ok(_) => Ok(()),
        Err(_) => bail!("wrk is missing: apt-get install -y wrk"),
    }
}

/// Sends the requests of a scenario for so many seconds.
pub fn run(
    server: &Server,
    scenario: &Scenario,
    seconds: u32,
    connections: u32,
    folder: &Path,
) -> anyhow::Result<Sample> {
    let script = folder.join("load.lua");
    let requests = folder.join("requests.lua");
    std::fs::write(&script, include_str!("load.lua"))?;
    std::fs::write(&requests, lua(scenario))?;
    let before = server.cpu_us()?;
    let output = Command::new("wrk")
        .args(["--threads", "1", "--latency"])
        .args(["--connections", &connections.to_string()])
        .args(["--duration", &format!("{seconds}s")])
        .arg("--script")
        .arg(&script)
        .arg(format!("http://{}", server.address))
        .arg("--")
        .arg(&requests)
        .arg(uuid::Uuid::now_v7().to_string())
        .output()?;
    let used = server.cpu_us()? - before;
    let text = String::from_utf8(output.stdout)?;
    let result = text.lines().find_map(|line| line.strip_prefix("RESULT "));
    let numbers = result
        .with_context(|| format!("wrk failed: {text}"))?
        .split(' ')
        .map(str::parse)
        .collect::<Result<Vec<f64>, _>>()?;
    let [count, duration_us, p50_us, p99_us, failures, errors] = numbers[..] else {
        bail!("wrk gave another result: {text}");
    };
    // wrk counts an answer of 400 and above as a failure.
    let expected = if scenario.status < 400 { 0.0 } else { count };
    ensure!(
        count > 0.0 && errors == 0.0 && failures == expected,
        "{failures} of {count} answers were failures, {errors} failed to arrive"
    );
    Ok(Sample {
        requests_per_second: count / duration_us * 1e6,
        p50_ms: p50_us / 1e3,
        p99_ms: p99_us / 1e3,
        cpu_us: used as f64 / count,
    })
}

/// The requests as a table of Lua.
fn lua(scenario: &Scenario) -> String {
    let mut text = "return {\n".to_owned();
    for Request { method, path, body } in &scenario.requests {
        let key = &scenario.key;
        _ = write!(
            text,
            "{{ method = [==[{method}]==], path = [==[{path}]==], headers = {{ \
             [\"Authorization\"] = [==[Bearer {key}]==]"
        );
        if let Some(body) = body {
            _ = writeln!(
                text,
                ", [\"Content-Type\"] = \"application/json\", [\"Idempotency-Key\"] = \"@KEY@\" }}, \
                 body = [==[{body}]==] }},"
            );
        } else {
            text.push_str(" } },\n");
        }
    }
    text.push('}');
    text
}
