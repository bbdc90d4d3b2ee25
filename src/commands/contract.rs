//! `concordat contract`: what works on any OpenAPI document.

mod check;
mod diff;
mod lint;
mod mock;
mod new;
mod proxy;

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::Context;

use crate::cli::contract::{Action, Contract, Output};
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
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("concordat: {error:#}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

/// Prints a report; the code says whether it is clean.
fn tell(report: &Report, output: &Output) -> anyhow::Result<ExitCode> {
    let mut out = stdout().lock();
    report
        .write(output.format, &mut out)
        .and_then(|()| out.flush())
        .context("cannot print the report")?;
    Ok(match report.is_clean() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
