//! One file for each command of the program.

pub mod config;
pub mod contract;
mod demo;
pub mod healthcheck;
pub mod key;
pub mod migrate;
pub mod partner;
pub mod seed;
pub mod serve;
pub mod token;

use std::fmt::Display;
use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::{Context, bail};
use chrono::SecondsFormat;
use tokio::runtime::Builder;

use crate::db::types::Time;
use crate::db::{Conn, Db, DbError, Options, Url};
use crate::repository::partners::{self, Partner};

/// Why a command's transaction came to nothing.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("a query failed")]
    Query(#[from] diesel::result::Error),
    #[error("no connection")]
    Connection(#[from] DbError),
}

/// Prints on standard output. A reader that closes it (`| head`) has seen enough: that is no failure, and
/// changes nothing about what was found.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot print on standard output")
        }
        _ => Ok(()),
    }
}

/// Says something on standard error, if anybody is there to read it.
pub fn say(line: impl Display) {
    _ = writeln!(stderr(), "{line}");
}

/// Does a command's work to its end, on threads that end with it.
fn wait_for<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("cannot start the threads")?
        .block_on(work)
}

/// Opens a database for one command, which does one thing after the other.
async fn open(url: &Url) -> anyhow::Result<Db> {
    let options = Options {
        pool_size: 1,
        shared_connections: 0,
        ..Options::new(url.clone())
    };
    Db::open(options)
        .await
        .with_context(|| format!("cannot open {url}"))
}

/// An address that stands for all of them is listened on, but not called.
fn reachable(address: SocketAddr) -> SocketAddr {
    let host = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        host => host,
    };
    SocketAddr::new(host, address.port())
}

/// The partner of this id or name; fails if several have the name.
async fn find_partner(conn: &mut Conn<'_>, known_as: &str) -> anyhow::Result<Option<Partner>> {
    if let Ok(id) = known_as.parse() {
        return Ok(partners::find(conn, id).await?);
    }
    let mut found = partners::find_by_name(conn, known_as, 10).await?;
    if found.len() > 1 {
        let ids: Vec<String> = found.iter().map(|other| other.id.to_string()).collect();
        bail!(
            "several partners are called {known_as:?}; name one by its id: {}",
            ids.join(", ")
        );
    }
    Ok(found.pop())
}

/// A moment to the second.
fn shown(moment: Time) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, true)
}
