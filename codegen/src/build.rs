//! The build script of a contract crate that lies beside its contract.

use std::env::set_current_dir;
use std::path::{Path, PathBuf};
use std::process::exit;

use crate::generate::{Options, Stop, generate, inputs};

/// Keeps the crate whose build script runs equal to the `openapi.yaml` in the folder above it. Faults
/// of the contract become errors of the build, at their places. While nothing changed it only compares
/// a digest, and needs no generator.
pub fn run() {
    match crate_folder() {
        Ok((root, out)) => bring_up_to_date(&root, out),
        Err(error) => fail(&error),
    }
}

/// The folder of the contract, which is entered, since faults name the contract as its author does;
/// and that of the crate.
fn crate_folder() -> anyhow::Result<(PathBuf, PathBuf)> {
    let out = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let root = out.parent().unwrap_or(&out).to_owned();
    set_current_dir(&root)?;
    Ok((root, out))
}

fn bring_up_to_date(root: &Path, out: PathBuf) {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = Options {
        contract: "openapi.yaml".into(),
        codegen: codegen.to_owned(),
        out,
        tools: tools(root, codegen),
        force: false,
        standalone: None,
    };
    let outcome = generate(&options);
    for input in inputs(&options) {
        println!("cargo::rerun-if-changed={}", root.join(input).display());
    }
    match outcome {
        Ok(report) => {
            let warnings = report.warnings.iter().map(ToString::to_string);
            warnings
                .chain(report.savings())
                .for_each(|warning| println!("cargo::warning={warning}"));
        }
        Err(Stop::Faults(faults)) => {
            faults
                .iter()
                .for_each(|fault| println!("cargo::error={fault}"));
            exit(1);
        }
        Err(Stop::Error(error)) => fail(&error),
    }
}

/// What `make tools` installed in the project, or else beside this pipeline.
fn tools(root: &Path, codegen: &Path) -> PathBuf {
    let own = root.join(".tools");
    match codegen.parent() {
        Some(pipeline) if !own.exists() => pipeline.join(".tools"),
        _ => own,
    }
}

fn fail(error: &anyhow::Error) -> ! {
    println!("cargo::error={error:#}");
    exit(1);
}
