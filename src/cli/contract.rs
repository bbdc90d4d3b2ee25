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
    ///
    /// By the specification, by its own examples, and by conventions that make an API last. Whoever has
    /// other conventions turns rules off, for all of the document or from a place on, with --config.
    #[command(after_help = crate::toolchain::lint::rules::help())]
    Lint(Lint),
    /// Say what changed between two documents, and whom it breaks
    ///
    /// Schemas are judged by the values that they take: what one side may send, the other must go on
    /// taking. Each break is shown with a payload that was fine before and no longer is, and with the
    /// schema of all that was lost. What could not be decided counts as a break.
    Diff(Diff),
    /// Prove that a running service keeps to a document
    ///
    /// Sends the document's examples, valid and invalid requests made from its schemas, and sequences:
    /// what an answer created is read, listed, changed and deleted, and its links are followed. Every
    /// answer is judged by the document. Invalid requests must be refused with 4xx, valid ones not
    /// as invalid. At the end stands what of the document was seen. The service must be one whose data
    /// may be changed.
    #[command(after_help = crate::toolchain::check::rules::help())]
    Check(Check),
    /// Serve a document without a service: examples, or values made from its schemas
    ///
    /// Requests are judged as a service of this project does, and refused with a problem that names
    /// place and rule. Credentials must be there, any will do. `Prefer: code=404`, `Prefer:
    /// example=NAME` and `Prefer: dynamic=true` choose the answer.
    Mock(Mock),
    /// Stand before a service, forward all, and record how both sides keep to a document
    ///
    /// Nothing is held back or changed: what breaks the document is recorded and told when the proxy
    /// ends (Ctrl-C), or whenever it is sent SIGUSR1. Credentials and cookies are not recorded, nor
    /// are bodies.
    Proxy(Proxy),
    /// Write the reference of a document as a site of files
    ///
    /// The site needs no server and loads nothing from elsewhere: open `index.html`, or put the folder on any
    /// web server. It has a page for each operation, webhook and schema, a search, and the catalogue of problems
    /// if the document has one (`x-problem-types`).
    Docs(Docs),
    /// Tell partners in Markdown what changed between two documents
    Changelog(Changelog),
    /// Write one page about a change of a document, for who decides on it
    ///
    /// Has the differences with the payloads that break, what generated libraries notice, new findings of lint, the
    /// version to release it as, and what a run of `contract check` saw.
    Review(Review),
    /// Keep a document as the next released version, unless it breaks the last one unawares
    ///
    /// Refuses breaks that `acknowledged.txt` beside the releases does not list, and a version that does not rise as
    /// the changes ask. With --check nothing is written, and the version need not rise yet.
    Release(Release),
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

/// Arguments of `contract check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// Where the service is; a path in it stands for the base path of the document's servers
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// What requests are made from, so that they can be made again; any if left out
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many valid and how many invalid requests are made for an operation, beside the fixed ones
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    pub cases: u32,
    /// How many requests may be on their way at a time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub concurrency: u16,
    /// How long an answer may take, such as 10s
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = humantime::parse_duration)]
    pub timeout: std::time::Duration,
    #[command(flatten)]
    pub credentials: Credentials,
    /// Only this operation, by its operationId; may be repeated
    #[arg(long, value_name = "OPERATION")]
    pub only: Vec<String>,
    /// Leave out the findings of this rule; may be repeated
    #[arg(long, value_name = "RULE")]
    pub ignore: Vec<String>,
    /// Take refusals that the document does not speak of as findings, not as notes
    #[arg(long)]
    pub strict: bool,
    /// Write the coverage as JSON to this file
    #[arg(long, value_name = "FILE")]
    pub coverage: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output,
}

/// Whom requests say that they come from. Values are also taken from the environment, where other
/// users of the machine do not see them.
#[derive(Debug, Args)]
pub struct Credentials {
    /// Token of every scheme that takes one [env: CONTRACT_BEARER]
    #[arg(long, value_name = "TOKEN")]
    pub bearer: Option<String>,
    /// User and password of HTTP basic authentication [env: CONTRACT_BASIC]
    #[arg(long, value_name = "USER:PASSWORD")]
    pub basic: Option<String>,
    /// Key or token of one security scheme of the document; may be repeated
    /// [env: CONTRACT_CREDENTIAL_ and the scheme's name in capitals]
    #[arg(long = "credential", value_name = "SCHEME=VALUE")]
    pub credential: Vec<String>,
    /// Header that goes along with every request; may be repeated
    #[arg(long = "header", value_name = "NAME: VALUE")]
    pub header: Vec<String>,
    /// Make credentials up, for a mock
    #[arg(long)]
    pub made_up: bool,
}

/// Arguments of `contract mock`.
#[derive(Debug, Args)]
pub struct Mock {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    #[command(flatten)]
    pub listen: Listen,
    /// What made-up values are derived from; the same seed gives the same answers
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Remember what is sent: what was POSTed can be read, listed, patched, replaced and deleted, by the
    /// shape of the paths; for as long as the mock runs
    #[arg(long)]
    pub stateful: bool,
}

/// Arguments of `contract proxy`.
#[derive(Debug, Args)]
pub struct Proxy {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// Where the service is
    #[arg(long, value_name = "URL")]
    pub url: String,
    #[command(flatten)]
    pub listen: Listen,
    /// How long the service may be silent, such as 60s
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = humantime::parse_duration)]
    pub timeout: std::time::Duration,
    /// Write the coverage as JSON to this file, with each report
    #[arg(long, value_name = "FILE")]
    pub coverage: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output,
}

/// Where a command listens.
#[derive(Debug, Args)]
pub struct Listen {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: std::net::IpAddr,
    /// Port to listen on; 0 picks a free one
    #[arg(long, default_value_t = 4010)]
    pub port: u16,
}

/// Arguments of `contract docs`.
#[derive(Debug, Args)]
pub struct Docs {
    /// The document; `-` is standard input
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// The folder of the site; an earlier site in it is replaced, nothing else is
    #[arg(long, value_name = "DIR", default_value = "reference")]
    pub out: PathBuf,
}

/// Arguments of `contract changelog`.
#[derive(Debug, Args)]
pub struct Changelog {
    /// The document that partners know; `-` is standard input
    pub old: PathBuf,
    /// The document that follows; `-` is standard input
    pub new: PathBuf,
}

/// Arguments of `contract review`.
#[derive(Debug, Args)]
pub struct Review {
    /// What the document is reviewed against: a file, or a revision of git that has it
    pub base: String,
    /// The document under review
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// File of the changes that are accepted, as for `contract diff`
    #[arg(long, value_name = "FILE")]
    pub acknowledged: Option<PathBuf>,
    /// Configuration of lint, as for `contract lint`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What `contract check --coverage` wrote
    #[arg(long, value_name = "FILE")]
    pub coverage: Option<PathBuf>,
    /// Folder for review.md and review.html; without it the Markdown is printed
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Arguments of `contract release`.
#[derive(Debug, Args)]
pub struct Release {
    /// The document
    #[arg(default_value = "openapi.yaml")]
    pub file: PathBuf,
    /// The folder of the released versions
    #[arg(long, value_name = "DIR", default_value = "contracts")]
    pub history: PathBuf,
    /// Only say what breaks the last release
    #[arg(long)]
    pub check: bool,
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
