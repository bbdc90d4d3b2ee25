//! What a command found, and how it is told to people and to other programs.

mod github;
mod json;
mod junit;
pub mod markdown;
mod sarif;
mod text;

use std::io::{self, Write};

use clap::ValueEnum;
use codegen::{Fault, Place, Severity};
use serde_json::Value;

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: one finding a paragraph, with file:line:column
    Text,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for test reports
    Junit,
    /// Annotations of a GitHub workflow
    Github,
    /// A table for a pull request
    Markdown,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// To know, not to mend: a report with notes alone is clean.
    Note,
    /// Ought to be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Level {
    /// The word for it in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing found.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Stable name of the rule, as a configuration names it.
    pub rule: String,
    /// How much it weighs.
    pub level: Level,
    /// Where it is; line 0 where there is no such place.
    pub place: Place,
    /// JSON pointer into the document.
    pub pointer: String,
    /// What is so.
    pub message: String,
    /// How to mend it; may be empty.
    pub remedy: String,
    /// Evidence by name, such as a payload.
    pub details: Vec<(&'static str, Value)>,
}

impl Finding {
    /// A fault of a document as a finding of a rule.
    pub fn of_fault(rule: &str, fault: Fault) -> Self {
        Self {
            rule: rule.to_owned(),
            level: match fault.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
                Severity::Note => Level::Note,
            },
            place: Place {
                file: fault.file,
                line: fault.line,
                column: fault.column,
            },
            pointer: fault.pointer,
            message: fault.message,
            remedy: fault.remedy,
            details: Vec::new(),
        }
    }

    /// The evidence as one JSON object.
    fn evidence(&self) -> Value {
        let details = self.details.iter();
        let members = details.map(|(name, value)| ((*name).to_owned(), value.clone()));
        Value::Object(members.collect())
    }

    /// What is so and how to mend it, in one sentence.
    pub fn sentence(&self) -> String {
        match self.remedy.is_empty() {
            true => self.message.clone(),
            false => format!("{}; {}", self.message, self.remedy),
        }
    }
}

/// What a command found.
#[derive(Debug)]
pub struct Report {
    /// Name of the command.
    pub command: &'static str,
    /// What was found, in the order of printing.
    pub findings: Vec<Finding>,
    /// A last sentence for people, such as a suggested version; may be empty.
    pub summary: String,
    /// What `--format json` prints, where a command has a form of its own.
    pub json: Option<Value>,
}

impl Report {
    /// A report without a summary, in the common JSON form.
    pub fn new(command: &'static str, findings: Vec<Finding>) -> Self {
        Self {
            command,
            findings,
            summary: String::new(),
            json: None,
        }
    }

    /// Whether there is nothing to mend.
    pub fn is_clean(&self) -> bool {
        self.count(Level::Error) + self.count(Level::Warning) == 0
    }

    /// How many findings weigh so much.
    pub fn count(&self, level: Level) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.level == level).count()
    }

    /// Prints the report.
    ///
    /// # Errors
    /// The output takes no more.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Text => text::write(self, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Junit => junit::write(self, out),
            Format::Github => github::write(self, out),
            Format::Markdown => markdown::write(self, out),
        }
    }

    /// The report in the common JSON form, for a command that adds to it.
    pub fn to_json(&self) -> Value {
        json::common(self)
    }

    /// `3 errors, 1 warning`, or that nothing was found.
    fn counts(&self) -> String {
        let levels = [Level::Error, Level::Warning, Level::Note];
        let counts: Vec<String> = levels
            .into_iter()
            .filter_map(|level| match self.count(level) {
                0 => None,
                1 => Some(format!("1 {}", level.as_str())),
                count => Some(format!("{count} {}s", level.as_str())),
            })
            .collect();
        match counts.is_empty() {
            true => "nothing found".to_owned(),
            false => counts.join(", "),
        }
    }
}
