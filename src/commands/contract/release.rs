//! `concordat contract release`: keeps what was promised.

use std::process::ExitCode;

use super::tell;
use crate::cli::contract::Release;
use crate::toolchain::document;
use crate::toolchain::history::{History, write};

/// Compares a document with the last release, and makes it the next one unless it is only to be checked.
pub fn run(arguments: &Release) -> anyhow::Result<ExitCode> {
    let source = document::read(&arguments.file)?;
    let history = History::read(&arguments.history)?;
    if arguments.check {
        return tell(&history.check(&source)?, &arguments.output);
    }
    let mut outcome = history.release(&source)?;
    if let Some(file) = &outcome.file {
        write(file)?;
        outcome.report.summary = format!("wrote {}", file.0.display());
    }
    tell(&outcome.report, &arguments.output)
}
