//! The settings, from the environment.

use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, anyhow};
use contract::Limits;

/// What a process runs with.
#[derive(Clone)]
pub struct Settings {
    /// `HOST`: the address to listen on.
    pub host: IpAddr,
    /// `PORT`: the port to listen on; 0 picks a free one.
    pub port: u16,
    /// `TOKEN`: who sends it, as a key, token or password, may do everything. For the beginning only.
    pub token: Option<String>,
    /// Which share of the answers is checked against the contract after they were given.
    pub sampled_share: f64,
    /// What connections and requests may take, until their operation is known.
    pub boundary: concordat_boundary::Settings,
    /// What a request to an operation may take.
    pub limits: Limits,
    /// When the process exits after SIGTERM, whatever is still open.
    pub exit_deadline: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: Ipv4Addr::LOCALHOST.into(),
            port: 8000,
            token: None,
            sampled_share: 0.01,
            boundary: concordat_boundary::Settings::default(),
            limits: Limits::default(),
            exit_deadline: Duration::from_secs(28),
        }
    }
}

impl Settings {
    /// The defaults, but for what the environment says. Fails with the name of a wrong variable.
    pub fn load() -> anyhow::Result<Self> {
        let defaults = Self::default();
        Ok(Self {
            host: read("HOST")?.unwrap_or(defaults.host),
            port: read("PORT")?.unwrap_or(defaults.port),
            token: read("TOKEN")?,
            ..defaults
        })
    }
}

/// A variable; one that is empty counts as unset.
fn read<T: FromStr>(name: &str) -> anyhow::Result<Option<T>> {
    let Some(text) = std::env::var_os(name).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let text = text.to_str().with_context(|| format!("{name} is not UTF-8"))?;
    let value = text.parse().map_err(|_| anyhow!("{name} cannot be `{text}`"))?;
    Ok(Some(value))
}
