//! Reading of the documents that the commands work on.

use std::fmt;
use std::io::{Read, stdin};
use std::path::Path;

use codegen::{Fault, Severity, Source};

/// What the document on standard input is called in reports.
const STANDARD_INPUT: &str = "<stdin>";

/// Why a document is none: the faults that keep its files from being read as one.
#[derive(Debug)]
pub struct Unreadable(pub Vec<Fault>);

/// Reads a document, YAML or JSON, with the files that it refers to. `-` is standard input, whose
/// references start at the working directory.
///
/// # Errors
/// Every fault that keeps the files from being one document. A fault without a line says that there is
/// no such file, or none that can be read.
pub fn read(path: &Path) -> Result<Source, Unreadable> {
    if path.as_os_str() != "-" {
        return Source::load(path).map_err(Unreadable);
    }
    let mut text = String::new();
    match stdin().lock().read_to_string(&mut text) {
        Ok(_) => Source::from_text(STANDARD_INPUT, &text).map_err(Unreadable),
        Err(error) => Err(Unreadable(vec![Fault {
            file: STANDARD_INPUT.to_owned(),
            line: 0,
            column: 0,
            pointer: String::new(),
            severity: Severity::Error,
            message: format!("standard input cannot be read ({error})"),
            remedy: "give a document in UTF-8".to_owned(),
        }])),
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document cannot be read")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n{fault}"))
    }
}

impl std::error::Error for Unreadable {}
