//! A report as SARIF 2.1.0 (OASIS).

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Finding, Report};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One run with one result a finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules: BTreeSet<&str> = report
        .findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    let rules: Vec<Value> = rules.iter().map(|rule| json!({ "id": rule })).collect();
    let results: Vec<Value> = report.findings.iter().map(result).collect();
    let driver = json!({
        "name": format!("concordat contract {}", report.command),
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn result(finding: &Finding) -> Value {
    json!({
        "ruleId": finding.rule,
        "level": finding.level.as_str(),
        "message": { "text": finding.sentence() },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&finding.place.file) },
                "region": {
                    "startLine": finding.place.line.max(1),
                    "startColumn": finding.place.column.max(1),
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.pointer }],
        }],
        "properties": finding.evidence(),
    })
}

/// A path as a relative reference (RFC 3986): what it cannot hold is percent-encoded.
fn uri(path: &str) -> String {
    let reference = codegen::pointer::to_reference(path);
    let encoded = reference.trim_start_matches('#').replace('?', "%3F");
    // Before a slash a colon would end a scheme.
    match encoded
        .split('/')
        .next()
        .is_some_and(|first| first.contains(':'))
    {
        true => format!("./{encoded}"),
        false => encoded,
    }
}
