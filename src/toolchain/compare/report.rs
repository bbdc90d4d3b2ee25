//! A comparison as a report, and the changes that are known and accepted.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use codegen::{Place, Source};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Comparison;
use super::change::{Change, Class, Direction, Edition};
use crate::toolchain::report::{Finding, Level, Report};

/// Operations that are named in one finding.
const NAMED: usize = 3;

/// Changes that somebody answers for: their ids, with the reasons.
#[derive(Debug, Default)]
pub struct Acknowledged {
    reasons: BTreeMap<String, String>,
}

impl Acknowledged {
    /// Reads a file of lines `ID reason`; `#` begins a comment.
    ///
    /// # Errors
    /// The file cannot be read, or an id has no reason.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let mut reasons = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((id, reason)) = line.split_once(char::is_whitespace) else {
                bail!(
                    "{}:{}: `{line}` has no reason; write it after the id",
                    path.display(),
                    index + 1
                );
            };
            reasons.insert(id.to_owned(), reason.trim().to_owned());
        }
        Ok(Self { reasons })
    }

    /// Why a change is accepted, if it is.
    pub fn reason(&self, change: &Change) -> Option<&str> {
        self.reasons.get(&id(change)).map(String::as_str)
    }

    /// The ids that no change of a comparison has.
    pub fn idle(&self, comparison: &Comparison) -> Vec<&str> {
        let known: Vec<String> = comparison
            .changes
            .iter()
            .chain(&comparison.sdk)
            .map(id)
            .collect();
        let ids = self.reasons.keys().map(String::as_str);
        ids.filter(|idle| !known.iter().any(|id| id == idle))
            .collect()
    }
}

/// A name for a change that stays while the change does.
pub fn id(change: &Change) -> String {
    let text = format!(
        "{}\n{}\n{}\n{}",
        change.kind,
        change.direction.as_str(),
        change.place,
        change.message
    );
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a comparison found, for people and programs. Changes that are acknowledged weigh nothing.
pub fn report(
    comparison: &Comparison,
    old: &Source,
    new: &Source,
    acknowledged: &Acknowledged,
) -> Report {
    let findings = comparison.changes.iter().chain(&comparison.sdk);
    let findings = findings
        .enumerate()
        .map(|(index, change)| {
            let is_sdk = index >= comparison.changes.len();
            finding(change, is_sdk, old, new, acknowledged)
        })
        .collect();
    let mut report = Report::new("diff", findings);
    report.summary = summary(comparison, new);
    report.json = Some(as_json(comparison, new, acknowledged));
    report
}

fn finding(
    change: &Change,
    is_sdk: bool,
    old: &Source,
    new: &Source,
    acknowledged: &Acknowledged,
) -> Finding {
    let id = id(change);
    let reason = acknowledged.reasons.get(&id);
    let place: Place = match change.edition {
        Edition::Old => old.place(&change.place),
        Edition::New => new.place(&change.place),
    };
    let mut details: Vec<(&'static str, Value)> = Vec::new();
    if let Some(evidence) = &change.evidence {
        if let Some(payload) = &evidence.counterexample {
            details.push(("counterexample", payload.clone()));
        }
        details.push(("lost", evidence.lost.clone()));
        if let Some((sent, taken)) = &evidence.schemas {
            details.push(("sent", sent.clone()));
            details.push(("taken", taken.clone()));
        }
    }
    let class = if is_sdk { "sdk" } else { change.class.as_str() };
    let mut message = format!("{class}: {}{}", change.message, reached(change));
    if let Some(reason) = reason {
        message.push_str(&format!(" (acknowledged: {reason})"));
    } else if change.class.is_bad() {
        details.push(("id", json!(id)));
    }
    Finding {
        rule: change.kind.to_owned(),
        level: match change.class.is_bad() && reason.is_none() {
            true => Level::Error,
            false => Level::Note,
        },
        place,
        pointer: change.place.clone(),
        message,
        remedy: String::new(),
        details,
    }
}

/// Where a change is felt, in short.
fn reached(change: &Change) -> String {
    let names: Vec<&str> = change
        .operations
        .iter()
        .map(String::as_str)
        .take(NAMED)
        .collect();
    let more = change.operations.len().saturating_sub(NAMED);
    // What is sent by the service says so in its name.
    let way = match change.direction {
        Direction::Webhook => String::new(),
        direction => format!("{} of ", direction.as_str()),
    };
    match (names.is_empty(), more) {
        (true, _) => String::new(),
        (_, 0) => format!(" ({way}{})", names.join(", ")),
        _ => format!(" ({way}{} and {more} more)", names.join(", ")),
    }
}

fn summary(comparison: &Comparison, new: &Source) -> String {
    let count = |class: Class| {
        comparison
            .changes
            .iter()
            .filter(|it| it.class == class)
            .count()
    };
    let counts = format!(
        "{} breaking, {} undecided, {} safe, {} to note, {} for SDKs",
        count(Class::Breaking),
        count(Class::Undecided),
        count(Class::Safe),
        count(Class::Note),
        comparison.sdk.len()
    );
    let is = new
        .document
        .pointer("/info/version")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match &comparison.version {
        Some(version) => format!("{counts}; info.version should be {version}, is {is}"),
        None => counts,
    }
}

fn as_json(comparison: &Comparison, new: &Source, acknowledged: &Acknowledged) -> Value {
    let changes: Vec<Value> = comparison
        .changes
        .iter()
        .map(|change| one(change, acknowledged))
        .collect();
    let names = comparison
        .sdk
        .iter()
        .filter(|change| change.kind != "schema-name");
    let names = names.map(|change| one(change, acknowledged));
    let sdk: Vec<Value> = comparison
        .sdk
        .iter()
        .map(|change| one(change, acknowledged))
        .collect();
    json!({
        "changes": changes.into_iter().chain(names).collect::<Vec<Value>>(),
        "sdk": sdk,
        "version": {
            "suggested": comparison.version,
            "stated": new.document.pointer("/info/version"),
        },
    })
}

fn one(change: &Change, acknowledged: &Acknowledged) -> Value {
    let evidence = change.evidence.as_ref();
    let id = id(change);
    let mut value = json!({
        "class": change.class.as_str(),
        "direction": change.direction.as_str(),
        "place": change.place,
        "document": if change.edition == Edition::Old { "old" } else { "new" },
        "message": change.message,
        "kind": change.kind,
        "operations": change.operations,
        "counterexample": evidence.and_then(|it| it.counterexample.as_ref()),
        "id": id,
    });
    if let (Some(value), Some(evidence)) = (value.as_object_mut(), evidence) {
        value.insert("payloadOf".to_owned(), json!(evidence.payload));
        value.insert("lost".to_owned(), evidence.lost.clone());
        if let Some((sent, taken)) = &evidence.schemas {
            value.insert("sent".to_owned(), sent.clone());
            value.insert("taken".to_owned(), taken.clone());
        }
    }
    if let (Some(value), Some(reason)) = (value.as_object_mut(), acknowledged.reasons.get(&id)) {
        value.insert("acknowledged".to_owned(), json!(reason));
    }
    value
}
