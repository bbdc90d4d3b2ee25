//! `review`: one page about a change of a document, for who decides on it.

pub mod base;
mod coverage;
mod page;
mod text;

use std::collections::HashMap;

use codegen::Source;
use serde_json::Value;

use super::compare::{Acknowledged, Class, Comparison, compare};
use super::lint::{Settings, lint_read};
use super::report::{Finding, Level};
use base::Base;
pub use coverage::Coverage;

/// All that is told.
pub struct Review<'r> {
    base: &'r Base,
    /// The document under review, as it was named.
    file: String,
    new: &'r Source,
    comparison: Comparison,
    known: &'r Acknowledged,
    lint: Lint,
    coverage: Option<Coverage>,
}

/// What `lint` says of the new document.
struct Lint {
    /// Findings that the old one did not have.
    fresh: Vec<Finding>,
    /// How many it had already.
    old: usize,
}

impl<'r> Review<'r> {
    /// Compares and lints a document, which the reader knows as `file`.
    pub fn new(
        base: &'r Base,
        (file, new): (String, &'r Source),
        known: &'r Acknowledged,
        settings: &Settings,
        coverage: Option<Coverage>,
    ) -> Self {
        let findings = |source| lint_read(source, settings).findings;
        Self {
            comparison: compare(&base.source, new),
            lint: Lint::new(findings(&base.source), findings(new)),
            base,
            file,
            new,
            known,
            coverage,
        }
    }

    /// Whether there is nothing to decide: no break that nobody answers for, and no new fault.
    pub fn is_clean(&self) -> bool {
        self.comparison.unacknowledged(self.known).next().is_none() && self.lint.faults() == 0
    }

    /// The page as Markdown.
    pub fn markdown(&self) -> String {
        text::text(self)
    }

    /// The page as HTML, in one file.
    pub fn html(&self) -> String {
        page::page(self)
    }

    fn title(&self) -> String {
        format!("{} against {}", self.file, self.base.name)
    }

    /// What the version should be, and what it is.
    fn versions(&self) -> (Option<&str>, &str) {
        let stated = self
            .new
            .document
            .pointer("/info/version")
            .and_then(Value::as_str);
        (
            self.comparison.version.as_deref(),
            stated.unwrap_or_default(),
        )
    }

    /// The verdict in a sentence, and whether it is good.
    fn verdict(&self) -> (bool, String) {
        let breaks = self.comparison.unacknowledged(self.known).count();
        let faults = self.lint.faults();
        let many = |count: usize, one: &str, more: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        let breaks_told = many(
            breaks,
            "change breaks partners or may",
            "changes break partners or may",
        );
        let faults_told = many(faults, "new finding of lint", "new findings of lint");
        match (breaks, faults) {
            (0, 0) => (
                true,
                "Nothing that partners rely on breaks, and lint finds nothing new.".to_owned(),
            ),
            (0, _) => (
                false,
                format!("Nothing that partners rely on breaks; {faults_told} to mend."),
            ),
            (_, 0) => (
                false,
                format!("{breaks_told}, and nobody has answered for it yet."),
            ),
            _ => (
                false,
                format!("{breaks_told}, and nobody has answered for it yet; {faults_told}."),
            ),
        }
    }

    /// The counts that go before everything: words, number, and what kind of news it is.
    fn tallies(&self) -> Vec<(String, String, &'static str)> {
        let count = |class: Class| self.comparison.of(class).count();
        let accepted = self
            .comparison
            .changes
            .iter()
            .filter(|it| it.class.is_bad() && self.known.reason(it).is_some());
        let kind = |count: usize, bad: &'static str| if count == 0 { "" } else { bad };
        let (breaking, undecided) = (count(Class::Breaking), count(Class::Undecided));
        let mut tallies = vec![
            (
                "breaking".to_owned(),
                breaking.to_string(),
                kind(breaking, "bad"),
            ),
            (
                "undecided".to_owned(),
                undecided.to_string(),
                kind(undecided, "warn"),
            ),
            ("safe".to_owned(), count(Class::Safe).to_string(), ""),
            ("to note".to_owned(), count(Class::Note).to_string(), ""),
            (
                "in SDK sources".to_owned(),
                self.comparison.sdk.len().to_string(),
                "",
            ),
            (
                "new lint findings".to_owned(),
                self.lint.fresh.len().to_string(),
                kind(self.lint.faults(), "warn"),
            ),
        ];
        let accepted = accepted.count();
        if accepted > 0 {
            tallies.insert(2, ("acknowledged".to_owned(), accepted.to_string(), ""));
        }
        if let Some(coverage) = &self.coverage {
            tallies.push(("of the contract seen".to_owned(), coverage.percent(), ""));
        }
        tallies
    }

    /// What is said of the version.
    fn advice(&self) -> String {
        match self.versions() {
            (None, stated) => format!(
                "`info.version` is {stated}; it is no semantic version, so none is advised."
            ),
            (Some(advised), stated) if advised == stated => {
                format!("`info.version` is {stated}, as it should be.")
            }
            (Some(advised), stated) => {
                format!("`info.version` is {stated} and should be {advised} when this is released.")
            }
        }
    }
}

impl Lint {
    fn new(before: Vec<Finding>, after: Vec<Finding>) -> Self {
        let key = |finding: &Finding| {
            (
                finding.rule.clone(),
                finding.pointer.clone(),
                finding.message.clone(),
            )
        };
        let mut known: HashMap<_, usize> = HashMap::new();
        before
            .iter()
            .for_each(|finding| *known.entry(key(finding)).or_default() += 1);
        let mut lint = Self {
            fresh: Vec::new(),
            old: 0,
        };
        for finding in after {
            match known.get_mut(&key(&finding)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    lint.old += 1;
                }
                _ => lint.fresh.push(finding),
            }
        }
        lint
    }

    /// New findings that are to be mended.
    fn faults(&self) -> usize {
        self.fresh
            .iter()
            .filter(|finding| finding.level > Level::Note)
            .count()
    }
}
