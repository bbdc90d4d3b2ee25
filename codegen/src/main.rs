//! `codegen`: generates contract crates by hand, outside a build.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::generate::{Options, Stop, generate, guard, stands_alone};

const USAGE: &str = "\
usage: codegen generate [CONTRACT [OUT]]

generate  writes the crate OUT (default: this workspace's generated/) from the OpenAPI document
          CONTRACT (default: this workspace's openapi.yaml), whether or not anything changed";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["generate"] => write(
            &workspace().join("openapi.yaml"),
            &workspace().join("generated"),
        ),
        ["generate", contract] => write(Path::new(contract), &workspace().join("generated")),
        ["generate", contract, out] => write(Path::new(contract), Path::new(out)),
        ["help" | "-h" | "--help"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// The workspace that this program was built in.
fn workspace() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

fn write(contract: &Path, out: &Path) -> ExitCode {
    let options = Options {
        contract: contract.to_owned(),
        codegen: workspace().join("codegen"),
        out: out.to_owned(),
        tools: workspace().join(".tools"),
        force: true,
        standalone: stands_alone(out).then(|| "contract".to_owned()),
    };
    match guard(out)
        .map_err(Stop::from)
        .and_then(|()| generate(&options))
    {
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
            ExitCode::FAILURE
        }
        Err(Stop::Error(error)) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
