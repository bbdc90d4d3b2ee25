//! `concordat contract new`: a project for another contract.

use std::process::ExitCode;

use crate::cli::contract::New;
use crate::commands::print;
use crate::toolchain::document;
use crate::toolchain::project::{self, Origin, Refusal};

/// Makes the project, or prints what is wrong with the document.
pub fn run(arguments: &New) -> anyhow::Result<ExitCode> {
    let origin = Origin::find(arguments.concordat.as_deref(), arguments.git.as_deref())?;
    let made = document::read(&arguments.spec)
        .map_err(|unreadable| Refusal::Document(unreadable.0))
        .and_then(|source| project::create(&source, &arguments.dir, &origin));
    match made {
        Ok(project) => {
            let (folder, operations) = (arguments.dir.display(), project.operations);
            print(|out| {
                let warnings = &mut project.warnings.iter();
                warnings.try_for_each(|warning| writeln!(out, "{warning}"))?;
                writeln!(
                    out,
                    "{folder} serves {operations} operations: `cd {folder} && make run`; README.md tells the next step"
                )
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Refusal::Document(faults)) => {
            print(|out| faults.iter().try_for_each(|fault| writeln!(out, "{fault}")))?;
            Ok(ExitCode::FAILURE)
        }
        Err(Refusal::Other(error)) => Err(error),
    }
}
