//! `lint`: what is wrong with a document.

use codegen::{Source, check};

use super::document::Unreadable;
use super::report::{Finding, Report};

/// The rule of what keeps a file from being a document.
const READABLE: &str = "readable";

/// The rule of what the OpenAPI specification asks of every document.
const VALID: &str = "valid";

/// Everything that is wrong with a document, also where it is none.
///
/// # Errors
/// There is no such file, or none that can be read.
pub fn lint(document: Result<Source, Unreadable>) -> Result<Report, Unreadable> {
    let findings: Vec<Finding> = match document {
        Ok(source) => {
            let faults = check(&source).into_iter();
            faults
                .map(|fault| Finding::of_fault(VALID, fault))
                .collect()
        }
        Err(unreadable) if unreadable.0.iter().any(|fault| fault.line == 0) => {
            return Err(unreadable);
        }
        Err(Unreadable(faults)) => {
            let faults = faults.into_iter();
            faults
                .map(|fault| Finding::of_fault(READABLE, fault))
                .collect()
        }
    };
    Ok(Report::new("lint", findings))
}
