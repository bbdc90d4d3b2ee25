//! An HTTP/1.1 client for one request to the loopback interface.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

use super::hostile::Request;

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

impl Answer {
    /// The start of its body.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body)
            .chars()
            .take(600)
            .collect()
    }
}

/// Sends a request on a connection of its own.
pub fn send(address: SocketAddr, request: &Request) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT).context("cannot connect")?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    // A server that refuses early need not read all of it.
    stream.write_all(&written(address, request)).ok();
    let mut bytes = Vec::new();
    stream.take(LIMIT).read_to_end(&mut bytes).ok();
    parse(&bytes).context("no answer")
}

fn written(address: SocketAddr, request: &Request) -> Vec<u8> {
    let (method, target, body) = (&request.method, &request.target, &request.body);
    let mut bytes =
        format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n")
            .into_bytes();
    for (name, text) in &request.headers {
        bytes.extend_from_slice(format!("{name}: ").as_bytes());
        bytes.extend_from_slice(text);
        bytes.extend_from_slice(b"\r\n");
    }
    if !body.is_empty() || matches!(method.as_str(), "POST" | "PUT" | "PATCH") {
        bytes.extend_from_slice(format!("Content-Length: {}\r\n", body.len()).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(body);
    bytes
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
