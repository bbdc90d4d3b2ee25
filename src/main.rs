//! The program: reads its arguments, runs a command, reports how that went.

use std::process::ExitCode;

use clap::Parser;
use concordat::cli::{self, Cli};

/// A request allocates often and briefly; the system's allocator took a tenth of its CPU time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 0: done. 1: failed, and standard error says why. 2: wrong use. The commands of `contract` say theirs.
fn main() -> ExitCode {
    match cli::run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("concordat: {error:#}");
            ExitCode::FAILURE
        }
    }
}
