//! An HTTP/1.1 client for one request to the loopback interface.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

use codegen::calls::Call;

/// How long the server may be silent.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Bytes of an answer that are read.
const LIMIT: u64 = 1 << 20;

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its media type, without parameters.
    pub media_type: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// Sends a call on a connection of its own.
pub fn send(address: SocketAddr, call: &Call) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).context("cannot connect")?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let mut head = format!(
        "{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n",
        call.method, call.target
    );
    for (name, value) in &call.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !call.body.is_empty() || matches!(call.method.as_str(), "POST" | "PUT" | "PATCH") {
        head.push_str(&format!("Content-Length: {}\r\n", call.body.len()));
    }
    head.push_str("\r\n");
    let mut request = head.into_bytes();
    request.extend_from_slice(&call.body);
    // A server that refuses early need not read all of it.
    stream.write_all(&request).ok();
    let mut bytes = Vec::new();
    stream.take(LIMIT).read_to_end(&mut bytes).ok();
    parse(&bytes).context("no answer")
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(bytes.get(..end)?).into_owned();
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let media_type = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, value)| {
            value
                .split(';')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        });
    Some(Answer {
        status,
        media_type: media_type.unwrap_or_default(),
        body: bytes.get(end + 4..)?.to_vec(),
    })
}
