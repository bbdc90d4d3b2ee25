//! A report as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Finding, Report};

/// The command's own form, else `{"findings": […]}`.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    match &report.json {
        Some(own) => serde_json::to_writer_pretty(&mut *out, own)?,
        None => serde_json::to_writer_pretty(&mut *out, &common(report))?,
    }
    writeln!(out)
}

/// `{"findings": […]}`.
pub fn common(report: &Report) -> Value {
    let findings: Vec<Value> = report.findings.iter().map(finding).collect();
    json!({ "findings": findings })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "level": finding.level.as_str(),
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "pointer": finding.pointer,
        "message": finding.message,
        "remedy": finding.remedy,
        "details": finding.evidence(),
    })
}
