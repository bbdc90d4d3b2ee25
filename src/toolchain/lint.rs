//! `lint`: what is wrong with a document.

mod bounds;
mod examples;
mod operations;
mod required;
pub mod rules;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use codegen::dialect::each_child;
use codegen::grammar::Kind;
use codegen::{Source, check};
use serde_json::Value;

use super::document::Unreadable;
use super::report::{Finding, Report};
pub use settings::Settings;

/// Everything that is wrong with a document, also where it is none.
///
/// # Errors
/// There is no such file, or none that can be read.
pub fn lint(
    document: Result<Source, Unreadable>,
    settings: &Settings,
) -> Result<Report, Unreadable> {
    let source = match document {
        Ok(source) => source,
        Err(unreadable) if unreadable.0.iter().any(|fault| fault.line == 0) => {
            return Err(unreadable);
        }
        Err(Unreadable(faults)) => {
            let faults = faults.into_iter();
            let findings = faults.map(|fault| Finding::of_fault(rules::READABLE.id, fault));
            return Ok(Report::new("lint", findings.collect()));
        }
    };
    Ok(lint_read(&source, settings))
}

/// Everything that is wrong with a document that could be read.
pub fn lint_read(source: &Source, settings: &Settings) -> Report {
    let faults = check(source).into_iter();
    let mut linter = Linter {
        source,
        settings,
        findings: faults
            .map(|fault| Finding::of_fault(rules::VALID.id, fault))
            .collect(),
    };
    operations::check(&mut linter);
    bounds::check(&mut linter);
    required::check(&mut linter);
    examples::check(&mut linter);
    let mut findings = linter.findings;
    findings.retain_mut(|finding| settings.weigh(finding));
    findings.sort_by(|a, b| {
        let key = |it: &Finding| {
            (
                it.place.file.clone(),
                it.place.line,
                it.place.column,
                it.rule.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    let summary = by_rule(&findings);
    Report {
        summary,
        ..Report::new("lint", findings)
    }
}

/// How often each rule is broken, the most first: what to mend, or to turn off, before all else.
fn by_rule(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(&finding.rule).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts = counts.into_iter();
    let counts: Vec<String> = counts
        .map(|(rule, count)| format!("{count} {rule}"))
        .collect();
    counts.join(", ")
}

/// A document that is being looked at. Pointers are into [`Source::document`].
struct Linter<'a> {
    source: &'a Source,
    settings: &'a Settings,
    findings: Vec<Finding>,
}

impl<'a> Linter<'a> {
    fn document(&self) -> &'a Value {
        &self.source.document
    }

    fn found(&mut self, rule: &rules::Rule, at: &str, message: String) {
        if self.settings.is_off(rule.id) {
            return;
        }
        self.findings.push(Finding {
            rule: rule.id.to_owned(),
            level: rule.level,
            place: self.source.place(at),
            pointer: at.to_owned(),
            message,
            remedy: rule.remedy.to_owned(),
            details: Vec::new(),
        });
    }
}

/// Calls `f` for each object of the document, with its kind and pointer.
fn each<'a>(value: &'a Value, kind: Kind, at: &str, f: &mut dyn FnMut(&'a Value, Kind, &str)) {
    f(value, kind, at);
    each_child(value, kind, at, &mut |child, kind, at| {
        each(child, kind, at, f)
    });
}
