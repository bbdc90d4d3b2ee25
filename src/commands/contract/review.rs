//! `concordat contract review`: one page about a change.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::{acknowledged, settings};
use crate::cli::contract;
use crate::commands::print;
use crate::toolchain::document;
use crate::toolchain::review::base::Base;
use crate::toolchain::review::{Coverage, Review};

/// Compares and lints a document and writes the page, or prints it.
pub fn run(arguments: &contract::Review) -> anyhow::Result<ExitCode> {
    let file = arguments.file.as_path();
    if !file.is_file() {
        bail!("{} is no file", file.display());
    }
    let known = acknowledged(arguments.acknowledged.as_ref())?;
    let settings = settings(arguments.config.as_ref())?;
    let coverage = arguments
        .coverage
        .as_deref()
        .map(Coverage::read)
        .transpose()?;
    let base = Base::read(&arguments.base, file)?;
    let new = document::read(file)?;
    let named = (file.display().to_string(), &new);
    let review = Review::new(&base, named, &known, &settings, coverage);
    match &arguments.out {
        Some(folder) => write(&review, folder)?,
        None => print(|out| out.write_all(review.markdown().as_bytes()))?,
    }
    Ok(match review.is_clean() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn write(review: &Review<'_>, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, text) in [
        ("review.md", review.markdown()),
        ("review.html", review.html()),
    ] {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        print(|out| writeln!(out, "{}", path.display()))?;
    }
    Ok(())
}
