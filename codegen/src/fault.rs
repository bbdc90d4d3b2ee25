//! What is wrong with a document, where, and how to mend it.

use std::fmt;

/// Whether a fault stops the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used until this is mended.
    Error,
    /// The pipeline goes on; something is read leniently or degrades.
    Warning,
    /// Worth knowing, nothing is lost.
    Note,
}

/// One thing that is wrong at one place of a document.
///
/// Faults order by place, so that a sorted list reads along the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as it was named to [`crate::Source::load`] or reached from there.
    pub file: String,
    /// Line, from 1; 0 when the file could not be read at all.
    pub line: u32,
    /// Column in characters, from 1; 0 when the file could not be read at all.
    pub column: u32,
    /// JSON pointer into the document; empty where there is no document yet.
    pub pointer: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub remedy: String,
}

impl Fault {
    /// Whether this fault stops the pipeline.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Sorts faults by place and drops the ones said twice.
    pub fn sort(faults: &mut Vec<Fault>) {
        faults.sort();
        faults.dedup();
    }
}

impl fmt::Display for Fault {
    /// `openapi.yaml:LINE:COLUMN: what; how to mend`. Warnings and notes say so before what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        match self.severity {
            Severity::Error => {}
            Severity::Warning => f.write_str("warning: ")?,
            Severity::Note => f.write_str("note: ")?,
        }
        f.write_str(&self.message)?;
        if !self.remedy.is_empty() {
            write!(f, "; {}", self.remedy)?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
