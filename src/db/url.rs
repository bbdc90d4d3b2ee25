//! Where the database is: `postgres://…`, `sqlite://path`, or a path.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use tokio_postgres::config::{Host, SslMode};

/// Where the database is. Neither `Debug` nor `Display` shows a password.
#[derive(Clone, PartialEq, Eq)]
pub enum Url {
    /// A PostgreSQL server, or one that speaks its protocol.
    Postgres(Box<tokio_postgres::Config>),
    /// A SQLite file.
    Sqlite(PathBuf),
}

/// The text names no database that can be opened. The message never repeats the text.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedUrl {
    /// Neither a path nor a scheme that we know.
    #[error("expected postgres://…, sqlite://path or the path of a SQLite file")]
    Scheme,
    /// PostgreSQL's own client does not understand it.
    #[error("malformed postgres:// address: {0}")]
    Postgres(String),
    /// It asks for TLS, which this build does not have.
    #[error(
        "sslmode={0} asks for TLS to PostgreSQL, which is not supported yet: \
         use sslmode=disable on a network that you trust"
    )]
    Tls(&'static str),
}

impl Url {
    /// Whether the database is surely on this machine: a file, or a server behind a local address.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let Self::Postgres(config) = self else {
            return true;
        };
        let mut numeric = config.get_hostaddrs().iter();
        let mut named = config.get_hosts().iter();
        numeric.all(IpAddr::is_loopback) && named.all(is_local)
    }
}

fn is_local(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

impl FromStr for Url {
    type Err = MalformedUrl;

    fn from_str(text: &str) -> Result<Self, MalformedUrl> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return postgres(text);
        }
        let path = text
            .strip_prefix("sqlite://")
            .or_else(|| text.strip_prefix("sqlite:"))
            .unwrap_or(text);
        if path.is_empty() || path.contains("://") || path.starts_with(':') {
            return Err(MalformedUrl::Scheme);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

fn postgres(text: &str) -> Result<Url, MalformedUrl> {
    for mode in ["verify-ca", "verify-full"] {
        if text.contains(&format!("sslmode={mode}")) {
            return Err(MalformedUrl::Tls(mode));
        }
    }
    let config: tokio_postgres::Config = text
        .parse()
        .map_err(|error| MalformedUrl::Postgres(reason(&error)))?;
    match config.get_ssl_mode() {
        SslMode::Disable | SslMode::Prefer => Ok(Url::Postgres(Box::new(config))),
        _ => Err(MalformedUrl::Tls("require")),
    }
}

/// The innermost cause, which names the option but not its value.
fn reason(error: &tokio_postgres::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(config) => {
                let host = match config.get_hosts().first() {
                    Some(Host::Tcp(name)) => name.clone(),
                    #[cfg(unix)]
                    Some(Host::Unix(path)) => path.display().to_string(),
                    None => String::new(),
                };
                let name = config.get_dbname().unwrap_or_default();
                write!(f, "postgres://{host}/{name}")
            }
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
