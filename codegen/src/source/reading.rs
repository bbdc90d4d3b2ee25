//! One file while it is read: its place in the list of files and the faults found so far.

use super::node::Spot;
use crate::fault::{Fault, Severity};

/// Collects what is wrong with one file.
pub struct Reading<'a> {
    /// Name for people.
    pub name: &'a str,
    /// Index among the files read.
    pub file: u16,
    pub faults: &'a mut Vec<Fault>,
}

impl Reading<'_> {
    /// A spot of this file; line and column from 1.
    pub fn spot(&self, line: usize, column: usize) -> Spot {
        let narrow = |number: usize| u32::try_from(number.max(1)).unwrap_or(u32::MAX);
        Spot {
            file: self.file,
            line: narrow(line),
            column: narrow(column),
        }
    }

    pub fn error(&mut self, spot: Spot, message: String, remedy: &str) {
        self.fault(Severity::Error, spot, message, remedy);
    }

    pub fn warning(&mut self, spot: Spot, message: String, remedy: &str) {
        self.fault(Severity::Warning, spot, message, remedy);
    }

    pub fn too_deep(&mut self, spot: Spot) {
        let message = format!("the document nests deeper than {} levels", super::MAX_DEPTH);
        self.error(
            spot,
            message,
            "move inner schemas to components and refer to them",
        );
    }

    fn fault(&mut self, severity: Severity, spot: Spot, message: String, remedy: &str) {
        self.faults.push(Fault {
            file: self.name.to_owned(),
            line: spot.line,
            column: spot.column,
            pointer: String::new(),
            severity,
            message,
            remedy: remedy.to_owned(),
        });
    }
}
