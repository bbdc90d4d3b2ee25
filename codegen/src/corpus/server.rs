//! The demo server of a crate, while it runs.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

/// How long a server may take to listen.
const START: Duration = Duration::from_secs(120);

/// A process that listens on the loopback interface; it ends when this is dropped.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// Starts the program at a free port and waits until it says where it listens.
    /// What it says besides goes to the file `log`.
    pub fn start(program: &Path, log: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(log)?)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        match listening(&mut process) {
            Ok(address) => Ok(Self {
                address,
                process,
                log: log.to_owned(),
            }),
            Err(error) => {
                process.kill().ok();
                process.wait()?;
                let said = fs::read_to_string(log).unwrap_or_default();
                let mut said = said.lines().filter(|line| !line.trim().is_empty());
                let said = said.next().unwrap_or_default();
                Err(error.context(format!("the server did not start: {said}")))
            }
        }
    }

    /// What it says of panics.
    pub fn panics(&self) -> Vec<String> {
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        let panics = said.lines().filter(|line| line.contains(" panicked at "));
        panics.map(str::to_owned).collect()
    }
}

/// The address in the first line that the process prints.
fn listening(process: &mut Child) -> Result<SocketAddr> {
    let output = process.stdout.take().context("no output")?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        sender.send(read.map(|_| line)).ok();
    });
    let line = receiver
        .recv_timeout(START)
        .context("it does not listen in time")??;
    let address = line.trim().rsplit(' ').next().unwrap_or_default();
    address
        .parse()
        .map_err(|_| anyhow!("it ended before it listened"))
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
