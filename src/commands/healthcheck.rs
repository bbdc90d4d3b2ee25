//! `concordat healthcheck`: asks a running service whether it is well, as a container does.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, bail, ensure};

use crate::cli::Healthcheck;
use crate::config::Settings;

/// Longest wait for each step of the answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Succeeds if the service on `HOST` and `PORT` answers 200.
pub fn run(settings: &Settings, arguments: &Healthcheck) -> anyhow::Result<()> {
    ensure!(
        settings.port != 0,
        "PORT is 0, so the port is not known; set PORT to the one that serve printed"
    );
    let address = super::reachable(SocketAddr::new(settings.host, settings.port));
    let status = status(address, &arguments.path)
        .with_context(|| format!("http://{address} does not answer"))?;
    match status.split(' ').nth(1) {
        Some("200") => Ok(()),
        _ => bail!("http://{address}{} answered {status:?}", arguments.path),
    }
}

/// The first line of the answer.
fn status(address: SocketAddr, path: &str) -> anyhow::Result<String> {
    ensure!(
        path.starts_with('/') && path.bytes().all(|byte| byte.is_ascii_graphic()),
        "the path is no path"
    );
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
