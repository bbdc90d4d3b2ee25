//! `check`: drives a running service from a document and judges every answer.

mod cases;
mod findings;
mod judge;
mod pool;
pub mod rules;
mod run;
mod shrink;

use std::time::Duration;

use codegen::calls::Credentials;
use http::HeaderMap;

use super::report::Report;
use super::traffic::client::Client;
use super::traffic::{Contract, Coverage};

/// What is checked, and how.
pub struct Settings {
    /// Where the service is.
    pub url: String,
    /// What requests are made from.
    pub seed: u64,
    /// Made-up requests of each kind for an operation.
    pub cases: u32,
    /// Requests on their way at a time.
    pub concurrency: usize,
    /// How long an answer may take.
    pub timeout: Duration,
    /// Whom requests come from.
    pub credentials: Credentials,
    /// Headers that go along.
    pub headers: HeaderMap,
    /// Texts that are not printed, with the variables that stand for them.
    pub secrets: Vec<(String, String)>,
    /// Operations to check; none: all.
    pub only: Vec<String>,
    /// Rules whose findings are left out.
    pub ignore: Vec<String>,
    /// Whether refusals that the document does not speak of are findings.
    pub strictness: Strictness,
    /// Whether progress is told on standard error.
    pub progress: Progress,
}

/// Whether refusals that the document does not speak of are findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// They are notes.
    Lenient,
    /// They are.
    Strict,
}

/// Whether progress is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is not.
    Silent,
    /// On standard error.
    Told,
}

/// What came of a check.
pub struct Outcome {
    /// What was found.
    pub report: Report,
    /// What of the document was seen.
    pub coverage: Coverage,
    /// Requests that were sent.
    pub sent: u64,
}

/// Checks a service.
///
/// # Errors
/// There is no service, or no longer; an operation or a rule is not known.
pub async fn check(contract: &'static Contract, settings: &Settings) -> anyhow::Result<Outcome> {
    let client = Client::new(
        contract,
        &settings.url,
        settings.headers.clone(),
        settings.timeout,
    )?;
    run::run(contract, settings, &client).await
}
