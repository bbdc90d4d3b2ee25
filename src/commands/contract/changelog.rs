//! `concordat contract changelog`: what changed, for partners.

use std::process::ExitCode;

use super::read_both;
use crate::cli::contract::Changelog;
use crate::commands::print;
use crate::toolchain::changelog::changelog;
use crate::toolchain::compare::compare;

/// Prints the changes between two documents as Markdown.
pub fn run(arguments: &Changelog) -> anyhow::Result<ExitCode> {
    let (old, new) = read_both(&arguments.old, &arguments.new)?;
    let text = changelog(&compare(&old, &new), &old, &new);
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}
