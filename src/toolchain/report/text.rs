//! A report for people.

use std::io::{self, Write};

use super::Report;

/// One finding a paragraph: its place, what is so, the evidence below; counts at the end.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let place = &finding.place;
        write!(out, "{}:{}:{}: ", place.file, place.line, place.column)?;
        writeln!(
            out,
            "{}: {} [{}]",
            finding.level.as_str(),
            finding.sentence(),
            finding.rule
        )?;
        for (name, value) in &finding.details {
            writeln!(out, "    {name}: {value}")?;
        }
    }
    writeln!(out, "{}", report.counts())?;
    if !report.summary.is_empty() {
        writeln!(out, "{}", report.summary)?;
    }
    Ok(())
}
