//! `concordat contract diff`: what changed between two documents.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;

use super::tell;
use crate::cli::contract::Diff;
use crate::toolchain::compare::{Acknowledged, compare, report};
use crate::toolchain::document;

/// Compares two documents and prints every change.
pub fn run(arguments: &Diff) -> anyhow::Result<ExitCode> {
    let is_input = |path: &Path| path.as_os_str() == "-";
    if is_input(&arguments.old) && is_input(&arguments.new) {
        bail!("only one of the documents can be standard input");
    }
    let acknowledged = match &arguments.acknowledged {
        Some(file) => Acknowledged::read(file)?,
        None => Acknowledged::default(),
    };
    let (old, new) = (
        document::read(&arguments.old)?,
        document::read(&arguments.new)?,
    );
    let report = report(&compare(&old, &new), &old, &new, &acknowledged);
    tell(&report, &arguments.output)
}
