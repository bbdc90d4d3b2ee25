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
    /// Say what changed between two documents, and whom it breaks
    ///
    /// Schemas are judged by the values that they take: what one side may send, the other must go on
    /// taking. Each break is shown with a payload that was fine before and no longer is, and with the
    /// schema of all that was lost. What could not be decided counts as a break.
    Diff(Diff),
    /// Begin a project for a contract: a service that checks every request and answers 501
    ///
    /// The project has the shape of this one: openapi.yaml, the generated crate, and a handler for each
    /// operation, to be written. It builds, its tests pass, and its README tells the next step.
    /// Nothing is left behind if that fails.
    New(New),
}

/// Arguments of `contract new`.
#[derive(Debug, Args)]
pub struct New {
    /// The document, with the files beside it that it refers to; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub spec: PathBuf,
    /// The folder to make; it may exist if it is empty. Its name becomes the package's
    pub dir: PathBuf,
    /// The sources of Concordat, which the project builds on [default: those of this program]
    #[arg(long, value_name = "PATH")]
    pub concordat: Option<PathBuf>,
    /// Name Concordat in the project's manifests by this repository instead of by its path
    #[arg(long, value_name = "URL")]
    pub git: Option<String>,
}

/// Arguments of `contract lint`.
#[derive(Debug, Args)]
pub struct Lint {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// File of lines `RULE LEVEL` (off, note, warning, error) or `RULE off POINTER`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print the page of a rule and end; `all` prints every page
    #[arg(long, value_name = "RULE")]
    pub explain: Option<String>,
    #[command(flatten)]
    pub output: Output,
}

/// Arguments of `contract diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The document that partners know; `-` is standard input
    pub old: PathBuf,
    /// The document that is to follow; `-` is standard input
    pub new: PathBuf,
    /// File of the changes that are accepted, one a line: the id that the report prints, and a reason
    #[arg(long, value_name = "FILE")]
    pub acknowledged: Option<PathBuf>,
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
