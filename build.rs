//! Build script of the crate in `generated/`: keeps it equal to the contract.
//!
//! It belongs to that crate and not to the root, whose build script would run too late: cargo builds
//! path dependencies first.

fn main() {
    codegen::build::run();
}
