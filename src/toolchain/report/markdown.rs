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

/// Text that says nothing to Markdown: what it would read as markup is escaped, but for code between backticks.
pub fn plain(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // With an odd one out, none of them means code.
    let has_code = parts.len() % 2 == 1;
    let parts = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match has_code && index % 2 == 1 {
            true => format!("`{part}`"),
            false => escaped(part),
        });
    let text: Vec<String> = parts.collect();
    text.join(if has_code { "" } else { "\\`" })
        .replace(['\n', '\r'], " ")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '*' | '[' | ']' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A block of code, between more backticks than it has in a row.
pub fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{text}\n{fence}")
}
