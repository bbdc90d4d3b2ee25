//! `changelog`: what changed between two documents, told to those who call the API.

use std::collections::BTreeMap;

use codegen::Source;
use serde_json::Value;

use super::compare::{Change, Class, Comparison, words};
use super::report::markdown::{fenced, plain};

/// Operations that a heading names.
const NAMED: usize = 6;

/// Under which heading a change is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Breaking,
    Undecided,
    Removed,
    Deprecated,
    Changed,
    Added,
}

impl Section {
    const ALL: [Self; 6] = [
        Self::Breaking,
        Self::Undecided,
        Self::Removed,
        Self::Deprecated,
        Self::Changed,
        Self::Added,
    ];

    fn of(change: &Change) -> Self {
        match (change.class, change.kind) {
            (Class::Breaking, _) => Self::Breaking,
            (Class::Undecided, _) => Self::Undecided,
            (_, kind) if kind.starts_with("deprecat") => Self::Deprecated,
            (_, kind) if kind.ends_with("-removed") => Self::Removed,
            (_, kind) if kind.ends_with("-added") => Self::Added,
            _ => Self::Changed,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking",
            Self::Undecided => "Perhaps breaking",
            Self::Removed => "Removed",
            Self::Deprecated => "Deprecated",
            Self::Changed => "Changed",
            Self::Added => "Added",
        }
    }

    fn lead(self) -> &'static str {
        match self {
            Self::Breaking => {
                "Calls that worked may fail, or answers hold what could not be in them before."
            }
            Self::Undecided => "It could not be told whether calls that worked may fail.",
            _ => "",
        }
    }
}

/// The changes as Markdown: the same documents always give the same text.
pub fn changelog(comparison: &Comparison, old: &Source, new: &Source) -> String {
    let version = |source: &Source| -> String {
        let version = source
            .document
            .pointer("/info/version")
            .and_then(Value::as_str);
        version.unwrap_or("(no version)").to_owned()
    };
    let title = new
        .document
        .pointer("/info/title")
        .and_then(Value::as_str)
        .unwrap_or("API");
    let mut text = format!(
        "# {} {}\n\nChanges since {}.\n",
        plain(title),
        plain(&version(new)),
        plain(&version(old))
    );
    if comparison.changes.is_empty() && comparison.sdk.is_empty() {
        text.push_str("\nNothing that callers can notice has changed.\n");
    }
    for section in Section::ALL {
        let changes: Vec<&Change> = comparison
            .changes
            .iter()
            .filter(|it| Section::of(it) == section)
            .collect();
        if !changes.is_empty() {
            write_section(section, &changes, &mut text);
        }
    }
    if !comparison.sdk.is_empty() {
        text.push_str("\n## Names in client libraries\n\nNothing changes on the wire; programs that use a generated library are adapted when they take the new one.\n\n");
        for change in &comparison.sdk {
            text.push_str(&format!("- {}\n", sentence(change)));
        }
    }
    text.replace("\n\n\n", "\n\n")
}

fn write_section(section: Section, changes: &[&Change], text: &mut String) {
    text.push_str(&format!("\n## {}\n", section.title()));
    if !section.lead().is_empty() {
        text.push_str(&format!("\n{}\n", section.lead()));
    }
    let mut groups: BTreeMap<String, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        groups.entry(heading(change)).or_default().push(change);
    }
    for (heading, changes) in groups {
        text.push_str(&format!("\n### {heading}\n\n"));
        changes.iter().for_each(|change| item(change, text));
    }
}

/// The operations that a change is felt in.
fn heading(change: &Change) -> String {
    let names: Vec<String> = change
        .operations
        .iter()
        .take(NAMED)
        .map(|name| plain(name))
        .collect();
    match (
        names.is_empty(),
        change.operations.len().saturating_sub(NAMED),
    ) {
        (true, _) => "All operations".to_owned(),
        (_, 0) => names.join(", "),
        (_, more) => format!("{} and {more} more", names.join(", ")),
    }
}

fn item(change: &Change, text: &mut String) {
    text.push_str(&format!("- {}", sentence(change)));
    let remedy = words::remedy(change);
    if change.class.is_bad() && !remedy.is_empty() {
        text.push_str(&format!(" **{remedy}**"));
    }
    text.push('\n');
    text.push_str(&payload(change));
}

/// The payload that shows a break, to stand below its item; empty where there is none.
pub fn payload(change: &Change) -> String {
    let evidence = change.evidence.as_ref().filter(|_| change.class.is_bad());
    let Some(payload) = evidence.and_then(|it| it.counterexample.as_ref()) else {
        return String::new();
    };
    let block = fenced(
        "json",
        &serde_json::to_string_pretty(payload).unwrap_or_default(),
    );
    let lines: Vec<String> = block.lines().map(|line| format!("  {line}")).collect();
    format!("\n  {}\n\n{}\n\n", words::payload(change), lines.join("\n"))
}

/// What is so, in a sentence.
pub fn sentence(change: &Change) -> String {
    let message = match change.kind {
        "schema" => {
            let way = change.direction.in_words();
            format!("{way}, {}: {}", words::place(&change.place), change.message)
        }
        _ => change.message.clone(),
    };
    let mut letters = message.chars();
    let capital = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect::<String>());
    format!("{}.", plain(&capital.unwrap_or_default()))
}
