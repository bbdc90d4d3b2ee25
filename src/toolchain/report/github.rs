//! A report as the annotations of a GitHub workflow.

use std::io::{self, Write};

use super::{Level, Report};

/// One workflow command a finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let kind = match finding.level {
            Level::Note => "notice",
            level => level.as_str(),
        };
        let mut message = finding.sentence();
        for (name, value) in &finding.details {
            message.push_str(&format!("\n{name}: {value}"));
        }
        writeln!(
            out,
            "::{kind} file={},line={},col={},title={}::{}",
            property(&finding.place.file),
            finding.place.line.max(1),
            finding.place.column.max(1),
            property(&finding.rule),
            data(&message)
        )?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
