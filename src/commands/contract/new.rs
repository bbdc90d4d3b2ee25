//! `concordat contract new`: a project for another contract.

use std::io::{Write, stdout};
use std::process::ExitCode;

use crate::cli::contract::New;
use crate::toolchain::document;
use crate::toolchain::project::{self, Origin, Refusal};

/// Makes the project, or prints what is wrong with the document.
pub fn run(arguments: &New) -> anyhow::Result<ExitCode> {
    let origin = Origin::find(arguments.concordat.as_deref(), arguments.git.as_deref())?;
    let made = document::read(&arguments.spec)
        .map_err(|unreadable| Refusal::Document(unreadable.0))
        .and_then(|source| project::create(&source, &arguments.dir, &origin));
    let mut out = stdout().lock();
    match made {
        Ok(project) => {
            for warning in &project.warnings {
                writeln!(out, "{warning}")?;
            }
            let (folder, operations) = (arguments.dir.display(), project.operations);
            writeln!(
                out,
                "{folder} serves {operations} operations: `cd {folder} && make run`; README.md tells the next step"
            )?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Refusal::Document(faults)) => {
            for fault in &faults {
                writeln!(out, "{fault}")?;
            }
            Ok(ExitCode::FAILURE)
        }
        Err(Refusal::Other(error)) => Err(error),
    }
}
