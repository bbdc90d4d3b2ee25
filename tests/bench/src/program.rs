//! The programs under test: started, watched through /proc, ended.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

/// Products that the tenant sells.
const PRODUCTS: &str = "2000";

/// What one of them has in stock: more than can be ordered.
const STOCK: &str = "1000000000";

/// Linux counts the time of a process in hundredths of a second, whatever its clock.
const MICROSECONDS_A_TICK: u64 = 10_000;

/// Where the programs are.
pub struct Programs {
    service: PathBuf,
    twin: PathBuf,
}

/// Whose data is asked for.
#[derive(Deserialize)]
pub struct Tenant {
    /// Its id.
    pub id: String,
    /// A key for each role.
    pub keys: std::collections::BTreeMap<String, String>,
}

/// A program that serves; it is killed with this value.
pub struct Server {
    /// For messages.
    pub name: &'static str,
    /// `host:port`.
    pub address: String,
    child: Child,
}

impl Programs {
    /// Those of the same build.
    pub fn beside_this_one() -> anyhow::Result<Self> {
        let here = std::env::current_exe()?;
        let beside = |name| {
            let path = here.with_file_name(name);
            ensure!(
                path.is_file(),
                "{} is missing: use `make bench`",
                path.display()
            );
            Ok(path)
        };
        Ok(Self {
            service: beside("concordat")?,
            twin: beside("twin")?,
        })
    }

    /// Fills the database with one tenant.
    pub fn seed(&self, url: &str) -> anyhow::Result<Tenant> {
        let arguments = [
            "seed",
            "--partners",
            "1",
            "--products",
            PRODUCTS,
            "--stock",
            STOCK,
        ];
        let output = Command::new(&self.service)
            .args(arguments)
            .arg("--json")
            .env("DATABASE_URL", url)
            .stderr(Stdio::inherit())
            .output()?;
        let tenants: Vec<Tenant> =
            serde_json::from_slice(&output.stdout).context("concordat seed failed")?;
        tenants.into_iter().next().context("no tenant was seeded")
    }

    /// The service as it ships, but for the limits that would turn the load away. It runs requests on so
    /// many threads.
    pub fn serve(&self, url: &str, threads: usize) -> anyhow::Result<Server> {
        let mut command = Command::new(&self.service);
        command
            .arg("serve")
            .env("DATABASE_URL", url)
            .env("PORT", "0")
            .env("WORKER_THREADS", threads.to_string())
            .env("RATE_LIMIT", "off")
            .env("MAX_IN_FLIGHT_PER_PARTNER", "256");
        Server::start("the service", command)
    }

    /// The twin, on so many threads.
    pub fn twin(&self, url: &str, tenant: &str, threads: usize) -> anyhow::Result<Server> {
        let mut command = Command::new(&self.twin);
        command
            .arg(url)
            .arg(tenant)
            .env("TOKIO_WORKER_THREADS", threads.to_string());
        Server::start("the twin", command)
    }
}

impl Server {
    fn start(name: &'static str, mut command: Command) -> anyhow::Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no standard output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.with_context(|| format!("{name} did not start"))?;
        Ok(Self {
            name,
            address: address.to_owned(),
            child,
        })
    }

    /// CPU time that it has used, its threads together, in microseconds.
    pub fn cpu_us(&self) -> anyhow::Result<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // Fields 14 and 15; the second, the name, is in brackets and may hold anything.
        let (_, fields) = stat.rsplit_once(')').context("an odd /proc/PID/stat")?;
        let times = fields.split_whitespace().skip(11).take(2);
        let ticks: u64 = times.map(str::parse::<u64>).sum::<Result<_, _>>()?;
        Ok(ticks * MICROSECONDS_A_TICK)
    }

    /// Memory that it holds now.
    pub fn memory_kb(&self) -> anyhow::Result<u64> {
        self.status("VmRSS:")
    }

    /// The most that it ever held.
    pub fn peak_memory_kb(&self) -> anyhow::Result<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.context("an odd /proc/PID/status")?.parse()?)
    }

    /// Waits until the service says that it can work.
    pub fn wait_until_ready(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.get("/health/ready", "")?.0 != 200 {
            ensure!(
                begun.elapsed() < Duration::from_secs(30),
                "{} is not ready",
                self.name
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Asks for a path; gives status and JSON.
    pub fn get(&self, path: &str, key: &str) -> anyhow::Result<(u16, Value)> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n\
             Connection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let Some((head, body)) = answer.split_once("\r\n\r\n") else {
            bail!("{} gave no answer", self.name);
        };
        let status = head.split(' ').nth(1).context("no status")?.parse()?;
        Ok((status, serde_json::from_str(body).unwrap_or_default()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
