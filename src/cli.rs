//! The commands of the program and their arguments.

pub mod contract;

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};

use crate::commands;
use crate::config::Settings;
use contract::Contract;

/// A contract-first API service: it serves what openapi.yaml promises.
#[derive(Debug, Parser)]
#[command(
    name = "concordat",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
#[command(
    after_help = "Exit codes: 0 done, 1 failed, 2 wrong use. Settings: see `concordat config --help`."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API until SIGTERM or SIGINT
    ///
    /// Prints `listening on http://HOST:PORT` on standard output once it serves; logs go to
    /// standard error. At the end, requests that are running are finished first; a second
    /// signal skips the wait for load balancers.
    #[command(after_help = Settings::help())]
    Serve(Serve),
    /// Bring the database to the schema of this program, or back
    Migrate(Migrate),
    /// Manage the API keys of partners
    Key(Key),
    /// List partners, keep one out with all its keys and users, or let it in again
    Partner(Partner),
    /// Make an access token (JWT) for a user, for trying out, and print it
    ///
    /// It is signed with the key of JWT_LOCAL_SECRET, and the service takes it if it has the same
    /// secret. Without one it is signed with a key that everybody knows and that only
    /// `concordat serve --demo` trusts. In production tokens come from JWT_ISSUER.
    #[command(after_help = "Example:\n  \
        curl -H \"Authorization: Bearer $(concordat token)\" http://127.0.0.1:8000/v1/products")]
    Token(Token),
    /// Fill the database with partners, keys and products for trying things out
    ///
    /// Never for production: the keys are derived from --seed, which anybody can guess. The same
    /// --seed always gives the same ids and the same keys; what is there already is left as it
    /// is, its stock too. The database is migrated first.
    Seed(Seed),
    /// Print every setting as NAME=value, secrets redacted
    #[command(after_help = Settings::help())]
    Config,
    /// Ask the service of these settings whether it is well; exit code 0 if it is
    Healthcheck(Healthcheck),
    /// Review, compare and prove OpenAPI documents; needs no settings and no database
    ///
    /// Every command takes any document of OpenAPI 3.0 or 3.1, YAML or JSON, with the files that
    /// it refers to; `-` is standard input.
    #[command(after_help = "Exit codes: 0 clean, 1 findings, 2 could not run.")]
    Contract(Contract),
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Migrate, add a demo partner (that of `concordat seed`) and print its API keys and a first
    /// request. Never for production: these keys are public
    #[arg(long)]
    pub demo: bool,
}

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Which way; up if left out.
    #[command(subcommand)]
    pub direction: Option<Direction>,
}

/// Which way to migrate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Direction {
    /// Apply every migration that is missing (the default)
    Up,
    /// Undo the last migrations
    Down {
        /// How many to undo
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
    },
    /// Print which migrations are applied and which are missing
    Status,
}

/// Arguments of `key`.
#[derive(Debug, Args)]
pub struct Key {
    /// What to do with keys.
    #[command(subcommand)]
    pub action: KeyAction,
}

/// What can be done with API keys.
#[derive(Debug, Subcommand)]
pub enum KeyAction {
    /// Make a key and print it; it cannot be shown again
    #[command(visible_alias = "create")]
    New {
        /// Name or id of the partner; a name that is not known yet makes a new partner
        #[arg(long)]
        partner: String,
        /// Role of the key, as the contract's x-roles names it
        #[arg(long, default_value = "user", value_parser = PossibleValuesParser::new(roles()))]
        role: String,
        /// Days until the key expires; never if left out
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        expires_in: Option<u32>,
        /// Make a test key: it reaches the partner's sandbox and nothing else
        #[arg(long)]
        test: bool,
    },
    /// Print the keys of a partner, by their first characters
    List {
        /// Name or id of the partner; all partners if left out
        #[arg(long)]
        partner: Option<String>,
    },
    /// Make a key of the same partner and role in a key's place, and print it
    ///
    /// The old key stays valid for the overlap, so that clients can change over without a pause;
    /// then it expires. A key that would expire sooner keeps its end.
    Rotate {
        /// Id of the old key or its first twelve characters, as `key list` prints them, or all of it
        key: String,
        /// How long the old key stays valid, such as 30m, 24h or 7days; 0s ends it at once
        #[arg(long, value_name = "DURATION", default_value = "24h", value_parser = humantime::parse_duration)]
        overlap: std::time::Duration,
        /// Days until the new key expires; never if left out
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
        expires_in: Option<u32>,
    },
    /// Revoke a key at once
    Revoke {
        /// Id of the key or its first twelve characters, as `key list` prints them, or all of it
        key: String,
    },
}

/// Arguments of `partner`.
#[derive(Debug, Args)]
pub struct Partner {
    /// What to do with partners.
    #[command(subcommand)]
    pub action: PartnerAction,
}

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub enum PartnerAction {
    /// Print the partners, the oldest first
    List,
    /// Take no credentials of a partner any more, within 5 seconds; its data stays
    Disable {
        /// Name or id of the partner
        partner: String,
    },
    /// Let a partner in again
    Enable {
        /// Name or id of the partner
        partner: String,
    },
}

/// Arguments of `token`.
#[derive(Debug, Args)]
pub struct Token {
    /// Name or id of the partner
    #[arg(long, default_value = "Demo partner")]
    pub partner: String,
    /// Username or id of the user; the partner's newest admin if left out
    #[arg(long)]
    pub user: Option<String>,
    /// Scopes to narrow the token to, with spaces between them; all of the user's if left out
    #[arg(long, value_name = "SCOPES")]
    pub scope: Option<String>,
    /// How long it is valid, such as 5m, 1h or 30days
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = humantime::parse_duration)]
    pub expires_in: std::time::Duration,
}

/// Arguments of `seed`.
#[derive(Debug, Args)]
pub struct Seed {
    /// How many partners, each with one key for every role
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub partners: u32,
    /// How many products for each partner
    #[arg(long, value_name = "M", default_value_t = 20, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub products: u32,
    /// How many pieces of each product are in stock
    #[arg(long, value_name = "S", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=1_000_000_000))]
    pub stock: u32,
    /// What the data is derived from
    #[arg(long, value_name = "X", default_value_t = commands::seed::DEMO_SEED)]
    pub seed: u64,
    /// Print a JSON array: for each partner its `id`, its `name` and its `keys` by role
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `healthcheck`.
#[derive(Debug, Args)]
pub struct Healthcheck {
    /// Path to ask
    #[arg(long, default_value = "/health/live")]
    pub path: String,
}

/// Runs a command to its end. Fails with what is to be told on standard error.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Command::Contract(arguments) = &cli.command {
        return Ok(commands::contract::run(arguments));
    }
    let settings = Settings::load()?;
    match cli.command {
        Command::Contract(_) => Ok(()),
        Command::Serve(arguments) => commands::serve::run(settings, &arguments),
        Command::Migrate(arguments) => commands::migrate::run(&settings, &arguments),
        Command::Key(arguments) => commands::key::run(&settings, &arguments),
        Command::Partner(arguments) => commands::partner::run(&settings, &arguments),
        Command::Token(arguments) => commands::token::run(&settings, &arguments),
        Command::Seed(arguments) => commands::seed::run(&settings, &arguments),
        Command::Config => commands::config::run(&settings),
        Command::Healthcheck(arguments) => commands::healthcheck::run(&settings, &arguments),
    }
    .map(|()| ExitCode::SUCCESS)
}

/// The names of the contract's roles.
fn roles() -> impl Iterator<Item = &'static str> {
    ::contract::ROLES.iter().map(|role| role.name)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
