//! What was found, each thing once.

use codegen::calls::Case;
use serde_json::json;

use super::Settings;
use super::rules::named;
use crate::toolchain::report::{Finding, Level};
use crate::toolchain::traffic::{Answer, Contract};

/// Characters of an answer that are shown.
const SHOWN: usize = 600;

/// A finding and the request that showed it first.
#[derive(Debug, Clone)]
pub struct Found {
    /// Which rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The operation's index.
    pub operation: Option<usize>,
    /// Where the document says otherwise.
    pub pointer: String,
    /// What is so.
    pub message: String,
    /// The request as values, where it was made from some.
    pub case: Option<Case>,
    /// The request as a command.
    pub request: String,
    /// What came back.
    pub answer: String,
    /// How often it was found.
    pub count: u64,
}

impl Found {
    /// Whether both are the same thing.
    pub fn is(&self, other: &Self) -> bool {
        self.rule == other.rule
            && self.operation == other.operation
            && self.pointer == other.pointer
            && skeleton(&self.message) == skeleton(&other.message)
    }
}

/// A message without the numbers in it.
fn skeleton(message: &str) -> String {
    message.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Findings in the order of their first showing.
#[derive(Debug, Default)]
pub struct Findings(pub Vec<Found>);

impl Findings {
    /// Adds a finding, or counts it if it is known.
    pub fn add(&mut self, found: Found, settings: &Settings) {
        if settings.ignore.iter().any(|rule| rule == found.rule) {
            return;
        }
        match self.0.iter_mut().find(|known| known.is(&found)) {
            Some(known) => known.count += 1,
            None => self.0.push(found),
        }
    }

    /// As a report lists them: by place.
    pub fn into_report(self, contract: &Contract) -> Vec<Finding> {
        let findings = self.0.into_iter().map(|found| {
            let operation = found.operation.and_then(|it| contract.operations.get(it));
            let name = operation.map(|it| format!("{} {}: ", it.row.method, it.row.path));
            let mut details = Vec::new();
            if !found.request.is_empty() {
                details.push(("request", json!(found.request)));
            }
            if !found.answer.is_empty() {
                details.push(("answer", json!(found.answer)));
            }
            if found.count > 1 {
                details.push(("times", json!(found.count)));
            }
            Finding {
                rule: found.rule.to_owned(),
                level: found.level,
                place: contract.place(&found.pointer),
                pointer: found.pointer,
                message: format!("{}{}", name.unwrap_or_default(), found.message),
                remedy: String::new(),
                details,
            }
        });
        let mut findings: Vec<Finding> = findings.collect();
        findings.sort_by(|a, b| {
            let key = |it: &Finding| (it.place.file.clone(), it.place.line, it.rule.clone());
            key(a).cmp(&key(b))
        });
        findings
    }
}

/// The weight of a rule.
pub fn level(rule: &str) -> Level {
    named(rule).map_or(Level::Error, |rule| rule.level)
}

/// Status and the beginning of the body.
pub fn shown(answer: &Answer) -> String {
    let body = String::from_utf8_lossy(&answer.body);
    let mut text: String = body.chars().take(SHOWN).collect();
    if text.len() < body.len() {
        text.push('…');
    }
    match (answer.media_type(), text.is_empty()) {
        (Some(media_type), false) => format!("{} {media_type} {text}", answer.status),
        _ => answer.status.to_string(),
    }
}

/// A finding of a rule without a request.
pub fn plain(rule: &'static str, operation: usize, pointer: &str, message: String) -> Found {
    Found {
        rule,
        level: level(rule),
        operation: Some(operation),
        pointer: pointer.to_owned(),
        message,
        case: None,
        request: String::new(),
        answer: String::new(),
        count: 1,
    }
}
