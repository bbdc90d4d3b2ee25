//! A report as JUnit's XML: a finding to mend is a failed case, a clean report one passed case.

use std::io::{self, Write};

use super::{Level, Report};

/// One suite named like the command.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.count(Level::Error) + report.count(Level::Warning);
    let command = report.command;
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuite name="{command}" tests="{}" failures="{failures}" errors="0" skipped="0">"#,
        failures.max(1)
    )?;
    if failures == 0 {
        writeln!(out, r#"  <testcase classname="{command}" name="clean"/>"#)?;
    }
    let findings = report.findings.iter();
    for finding in findings.filter(|finding| finding.level > Level::Note) {
        let place = &finding.place;
        let at = format!("{}:{}:{}", place.file, place.line, place.column);
        let name = escaped(&format!("{} {}", finding.rule, finding.pointer));
        let message = escaped(&finding.sentence());
        writeln!(
            out,
            r#"  <testcase classname="{command}" name="{name}" file="{}" line="{}">"#,
            escaped(&place.file),
            place.line
        )?;
        writeln!(
            out,
            r#"    <failure type="{}" message="{message}">{}"#,
            finding.level.as_str(),
            escaped(&at)
        )?;
        for (name, value) in &finding.details {
            writeln!(out, "{name}: {}", escaped(&value.to_string()))?;
        }
        writeln!(out, "</failure>\n  </testcase>")?;
    }
    writeln!(out, "</testsuite>")
}

/// Text as XML takes it; what XML has no sign for is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c < ' ' || c == '\u{fffe}' || c == '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
