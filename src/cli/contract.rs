//! The commands of `concordat contract` and their arguments.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::toolchain::report::Format;

/// Arguments of `contract`.
#[derive(Debug, Args)]
pub struct Contract {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with a contract.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Say what is wrong with a document
    Lint(Lint),
}

/// Arguments of `contract lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    #[command(flatten)]
    pub output: Output,
}

/// How a command tells what it found.
#[derive(Debug, Args)]
pub struct Output {
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}
