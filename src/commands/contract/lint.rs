//! `concordat contract lint`: what is wrong with a document.

use std::process::ExitCode;

use super::tell;
use crate::cli::contract::Lint;
use crate::toolchain::document;
use crate::toolchain::lint::lint;

/// Reads a document and prints every finding.
pub fn run(arguments: &Lint) -> anyhow::Result<ExitCode> {
    let report = lint(document::read(&arguments.file))?;
    tell(&report, &arguments.output)
}
