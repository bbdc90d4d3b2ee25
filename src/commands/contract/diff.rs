//! `concordat contract diff`: what changed between two documents.

use std::process::ExitCode;

use super::{acknowledged, read_both, tell};
use crate::cli::contract::Diff;
use crate::toolchain::compare::{compare, report};

/// Compares two documents and prints every change.
pub fn run(arguments: &Diff) -> anyhow::Result<ExitCode> {
    let known = acknowledged(arguments.acknowledged.as_ref())?;
    let (old, new) = read_both(&arguments.old, &arguments.new)?;
    let report = report(&compare(&old, &new), &old, &new, &known);
    tell(&report, &arguments.output)
}
