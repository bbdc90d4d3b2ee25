//! Build script of the crate in `generated/`: keeps it equal to `openapi.yaml`.
//!
//! It belongs to that crate and not to the root, whose build script would run too late: cargo builds
//! path dependencies first. While nothing changed it only compares a digest, and needs no generator.

fn main() {
    codegen::build::run();
}
