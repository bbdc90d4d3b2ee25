//! `concordat contract`: what works on any OpenAPI document.

mod changelog;
mod check;
mod diff;
mod docs;
mod lint;
mod mock;
mod new;
mod proxy;
mod release;
mod review;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use codegen::Source;

use crate::cli::contract::{Action, Contract, Output};
use crate::commands::{print, say};
use crate::toolchain::compare::Acknowledged;
use crate::toolchain::document;
use crate::toolchain::lint::Settings;
use crate::toolchain::report::Report;

/// The code of a command that could not do its work.
const COULD_NOT_RUN: u8 = 2;

/// Runs a command and says on standard error why it could not, if so.
/// The code is 0 if nothing was found, 1 if something was, 2 if the command could not run.
pub fn run(arguments: &Contract) -> ExitCode {
    let outcome = match &arguments.action {
        Action::Lint(arguments) => lint::run(arguments),
        Action::Diff(arguments) => diff::run(arguments),
        Action::Check(arguments) => check::run(arguments),
        Action::Mock(arguments) => mock::run(arguments),
        Action::Proxy(arguments) => proxy::run(arguments),
        Action::New(arguments) => new::run(arguments),
        Action::Docs(arguments) => docs::run(arguments),
        Action::Changelog(arguments) => changelog::run(arguments),
        Action::Review(arguments) => review::run(arguments),
        Action::Release(arguments) => release::run(arguments),
    };
    outcome.unwrap_or_else(|error| {
        say(format_args!("concordat: {error:#}"));
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// Reads an old and a new document.
fn read_both(old: &Path, new: &Path) -> anyhow::Result<(Source, Source)> {
    let is_input = |path: &Path| path.as_os_str() == "-";
    if is_input(old) && is_input(new) {
        bail!("only one of the documents can be standard input");
    }
    Ok((document::read(old)?, document::read(new)?))
}

/// Reads the changes that somebody answers for, if there is a file of them.
fn acknowledged(file: Option<&PathBuf>) -> anyhow::Result<Acknowledged> {
    file.map_or_else(
        || Ok(Acknowledged::default()),
        |file| Acknowledged::read(file),
    )
}

/// Reads the configuration of lint, if there is one.
fn settings(file: Option<&PathBuf>) -> anyhow::Result<Settings> {
    file.map_or_else(|| Ok(Settings::default()), |file| Settings::read(file))
}

/// Prints a report; the code says whether it is clean.
fn tell(report: &Report, output: &Output) -> anyhow::Result<ExitCode> {
    print(|out| report.write(output.format, out))?;
    Ok(match report.is_clean() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
