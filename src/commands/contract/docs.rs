//! `concordat contract docs`: the reference of a document.

use std::process::ExitCode;

use crate::cli::contract::Docs;
use crate::commands::print;
use crate::toolchain::document;
use crate::toolchain::reference::{site, write};

/// Writes the site and says where it begins.
pub fn run(arguments: &Docs) -> anyhow::Result<ExitCode> {
    let source = document::read(&arguments.file)?;
    let files = site(&source);
    write(&files, &arguments.out)?;
    let first = arguments.out.join("index.html");
    print(|out| writeln!(out, "{}", first.display()))?;
    Ok(ExitCode::SUCCESS)
}
