//! A report as Markdown, for a pull request.

use std::io::{self, Write};

use super::Report;

/// A table of the findings, the evidence below it.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {}: {}\n", report.command, report.counts())?;
    if !report.findings.is_empty() {
        writeln!(out, "| | where | what | rule |\n|---|---|---|---|")?;
    }
    for finding in &report.findings {
        let place = &finding.place;
        writeln!(
            out,
            "| {} | `{}:{}` | {} | `{}` |",
            finding.level.as_str(),
            place.file,
            place.line,
            cell(&finding.sentence()),
            finding.rule
        )?;
    }
    let evident = report.findings.iter().filter(|it| !it.details.is_empty());
    for finding in evident {
        writeln!(out, "\n`{}`: {}", finding.pointer, finding.message)?;
        for (name, value) in &finding.details {
            writeln!(out, "- {name}: {}", code(&value.to_string()))?;
        }
    }
    match report.summary.is_empty() {
        true => Ok(()),
        false => writeln!(out, "\n{}", report.summary),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Text as code, between more backticks than it has in a row.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
