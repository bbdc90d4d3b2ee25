//! The program: reads its arguments, runs a command, reports how that went.

use std::process::ExitCode;

use clap::Parser;
use concordat::cli::{self, Cli};
use concordat::commands;

/// 0: done. 1: failed, and standard error says why. 2: wrong use. The commands of `contract` say theirs.
fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            commands::say(format_args!("concordat: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
