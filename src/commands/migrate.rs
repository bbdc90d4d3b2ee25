//! `concordat migrate`: the schema of the database, forth and back.

use std::io::{Write, stdout};

use anyhow::Context;

use crate::cli::{Direction, Migrate};
use crate::config::Settings;
use crate::db::migrate::{self, Step};

/// Migrates, or tells what there is to migrate, and prints what it did.
pub fn run(settings: &Settings, arguments: &Migrate) -> anyhow::Result<()> {
    let url = settings.database_url.url();
    let work = async {
        match arguments.direction.unwrap_or(Direction::Up) {
            Direction::Up => print("applied", "nothing to apply", &migrate::up(url).await?),
            Direction::Down { steps } => {
                let names = migrate::down(url, usize::try_from(steps)?).await?;
                print("reverted", "nothing to revert", &names)
            }
            Direction::Status => print_status(&migrate::status(url).await?),
        }
    };
    super::wait_for(async { work.await.with_context(|| url.to_string()) })
}

fn print(what: &str, nothing: &str, names: &[String]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    if names.is_empty() {
        writeln!(out, "{nothing}")?;
    }
    for name in names {
        writeln!(out, "{what} {name}")?;
    }
    Ok(())
}

fn print_status(steps: &[Step]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for step in steps {
        let state = if step.applied { "applied" } else { "missing" };
        let note = match step.known {
            true => "",
            false => " (of a newer program)",
        };
        writeln!(out, "{state} {}{note}", step.name)?;
    }
    Ok(())
}
