//! `concordat contract lint`: what is wrong with a document.

use std::process::ExitCode;

use anyhow::bail;

use super::{settings, tell};
use crate::cli::contract::Lint;
use crate::commands::print;
use crate::toolchain::document;
use crate::toolchain::lint::lint;
use crate::toolchain::lint::rules::{RULES, Rule, named};

/// Reads a document and prints every finding, or explains rules.
pub fn run(arguments: &Lint) -> anyhow::Result<ExitCode> {
    if let Some(name) = &arguments.explain {
        return explain(name);
    }
    let settings = settings(arguments.config.as_ref())?;
    let report = lint(document::read(&arguments.file), &settings)?;
    tell(&report, &arguments.output)
}

fn explain(name: &str) -> anyhow::Result<ExitCode> {
    let rules: Vec<&Rule> = match (name, named(name)) {
        ("all", _) => RULES.to_vec(),
        (_, Some(rule)) => vec![rule],
        _ => bail!("there is no rule `{name}`; `--explain all` lists them"),
    };
    print(|out| {
        rules.iter().try_for_each(|rule| {
            let level = rule.level.as_str();
            writeln!(out, "{} ({level})\n\n{}", rule.id, rule.page)
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
