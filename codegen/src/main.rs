//! `codegen`: generates a contract crate by hand, outside a build.

use std::path::PathBuf;
use std::process::ExitCode;

use codegen::generate::{Options, Stop, generate};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [contract, out] = arguments.as_slice() else {
        eprintln!(
            "usage: codegen CONTRACT OUT\n\nGenerates the crate OUT from the OpenAPI document CONTRACT."
        );
        return ExitCode::from(2);
    };
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        contract: contract.into(),
        out: out.into(),
        tools: root.join("../.tools"),
        codegen: root,
        force: true,
    };
    match generate(&options) {
        Ok(report) => {
            report
                .warnings
                .iter()
                .for_each(|warning| eprintln!("{warning}"));
            eprintln!(
                "{} operations, {} files changed",
                report.operations, report.changed
            );
            ExitCode::SUCCESS
        }
        Err(Stop::Faults(faults)) => {
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            ExitCode::from(1)
        }
        Err(Stop::Error(error)) => {
            eprintln!("{error:#}");
            ExitCode::from(1)
        }
    }
}
