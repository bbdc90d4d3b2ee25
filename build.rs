//! Build script of the crate in `generated/`: keeps it equal to the contract.
//!
//! It belongs to that crate and not to the root, whose build script would run too late: cargo builds
//! path dependencies first. While nothing changed it only compares a digest, and needs no generator.

use std::env::set_current_dir;
use std::path::Path;
use std::process::exit;

use codegen::generate::{Options, Stop, generate, inputs};

fn main() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder
        .parent()
        .expect("the crate has a folder above it");
    // Faults name the contract as its author does.
    set_current_dir(root).expect("the workspace can be entered");
    let options = Options {
        contract: "openapi.yaml".into(),
        codegen: "codegen".into(),
        out: crate_folder.to_owned(),
        tools: ".tools".into(),
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
        Err(Stop::Error(error)) => {
            println!("cargo::error={error:#}");
            exit(1);
        }
    }
}
