//! Build script of the crate in `generated/`: keeps it equal to the contract.
//!
//! It belongs to that crate and not to the root, whose build script would run too late: cargo builds
//! path dependencies first. While nothing changed it only compares a digest, and needs no generator.

use std::path::Path;
use std::process::exit;

use codegen::generate::{Options, Stop, generate, inputs};

fn main() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = crate_folder
        .parent()
        .expect("the crate has a folder above it");
    let options = Options {
        contract: root.join("openapi.yaml"),
        codegen: root.join("codegen"),
        out: crate_folder.to_owned(),
        tools: root.join(".tools"),
        force: false,
    };
    let outcome = generate(&options);
    for input in inputs(&options) {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    match outcome {
        Ok(report) => report
            .warnings
            .iter()
            .for_each(|warning| println!("cargo::warning={warning}")),
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
