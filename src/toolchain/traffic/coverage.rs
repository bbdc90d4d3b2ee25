//! How much of a document traffic has shown: seen, not seen, undeclared.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::answer::{Judged, undeclared_headers};
use super::declared::Media;
use super::observe::{Seen, expected};
use super::{Answer, Asked, Contract};

/// Distinct undeclared things that are counted of one operation; more are counted together.
const UNDECLARED: usize = 100;

/// Counts by name.
type Counts = BTreeMap<String, u64>;

/// What was seen of every operation.
#[derive(Debug)]
pub struct Coverage {
    operations: Vec<OperationCoverage>,
    /// Requests to operations that the document does not have.
    pub undeclared: Counts,
}

/// What was seen of one operation.
#[derive(Debug)]
struct OperationCoverage {
    id: String,
    name: String,
    seen: u64,
    /// By media type.
    requests: BTreeMap<String, BodyCoverage>,
    /// By status.
    responses: BTreeMap<String, ResponseCoverage>,
    undeclared: Counts,
}

#[derive(Debug, Default)]
struct ResponseCoverage {
    seen: u64,
    media: BTreeMap<String, BodyCoverage>,
    problems: Counts,
}

/// What was seen of a body.
#[derive(Debug, Default)]
struct BodyCoverage {
    seen: u64,
    branches: Counts,
    values: Counts,
}

impl BodyCoverage {
    fn new(document: &Value, schema: Option<&str>) -> Self {
        let (branches, values) = schema
            .map(|schema| expected(document, schema))
            .unwrap_or_default();
        Self {
            seen: 0,
            branches: branches.into_iter().map(|it| (it, 0)).collect(),
            values: values
                .into_iter()
                .map(|(at, value)| (named(&at, &value), 0))
                .collect(),
        }
    }

    fn see(&mut self, seen: &Seen) {
        self.seen += 1;
        for branch in &seen.branches {
            if let Some(count) = self.branches.get_mut(branch) {
                *count += 1;
            }
        }
        for (at, value) in &seen.values {
            // A value that is in no list has broken its schema, which is told as that.
            if let Some(count) = self.values.get_mut(&named(at, value)) {
                *count += 1;
            }
        }
    }
}

fn named(at: &str, value: &str) -> String {
    format!("{at} = {value}")
}

fn add(counts: &mut Counts, name: &str) {
    *counts.entry(name.to_owned()).or_default() += 1;
}

impl Coverage {
    /// Nothing seen yet.
    pub fn new(contract: &Contract) -> Self {
        let document = contract.document();
        let of_media = |media: &Media, has_problems: bool| {
            // The enum of a problem's code is what the problem types are counted by.
            let schema = media.schema.as_deref().filter(|_| !has_problems);
            let body = BodyCoverage::new(document, schema);
            (media.range.clone(), body)
        };
        let operations = contract.operations.iter().map(|operation| {
            let responses = operation.responses.iter().map(|response| {
                let coverage = ResponseCoverage {
                    seen: 0,
                    media: (response.media.iter())
                        .map(|media| of_media(media, !response.problems.is_empty()))
                        .collect(),
                    problems: response.problems.iter().map(|it| (it.clone(), 0)).collect(),
                };
                (response.key.clone(), coverage)
            });
            let bodies = operation.declared.body.iter().flat_map(|body| &body.media);
            OperationCoverage {
                id: operation.row.id.to_owned(),
                name: format!("{} {}", operation.row.method, operation.row.path),
                seen: 0,
                requests: bodies
                    .map(|media| (media.range.clone(), BodyCoverage::default()))
                    .collect(),
                responses: responses.collect(),
                undeclared: Counts::new(),
            }
        });
        Self {
            operations: operations.collect(),
            undeclared: Counts::new(),
        }
    }

    /// Counts a request that was right.
    pub fn asked(&mut self, contract: &Contract, index: usize, asked: &Asked) {
        let Some(operation) = self.operations.get_mut(index) else {
            return;
        };
        let declared = contract.operations.get(index).map(|it| it.declared);
        let media = declared
            .and_then(|it| it.body.as_ref())
            .zip(asked.media)
            .and_then(|(body, media)| body.media.get(media));
        if let Some(body) = media.and_then(|media| operation.requests.get_mut(&media.range)) {
            body.seen += 1;
        }
    }

    /// Counts an answer; gives what of it is not declared though nothing forbids it.
    pub fn answered(&mut self, index: usize, answer: &Answer, judged: &Judged<'_>) -> Vec<String> {
        let Some(operation) = self.operations.get_mut(index) else {
            return Vec::new();
        };
        operation.seen += 1;
        let mut drift = Vec::new();
        for breach in &judged.breaches {
            if breach.rule.ends_with("undeclared") {
                operation.add_undeclared(&breach.message);
            }
        }
        let Some(response) = judged.response else {
            return drift;
        };
        for name in undeclared_headers(response, answer) {
            let what = format!("{} has the header {name}", answer.status);
            operation.add_undeclared(&what);
            drift.push(what);
        }
        let seen = operation.responses.entry(response.key.clone()).or_default();
        seen.seen += 1;
        if let Some(media) = judged.media {
            let body = seen.media.entry(media.range.clone()).or_default();
            body.see(&judged.seen);
        }
        if let Some(problem) = &judged.problem
            && let Some(count) = seen.problems.get_mut(problem)
        {
            *count += 1;
        }
        drift
    }

    /// The counts as JSON.
    pub fn to_json(&self) -> Value {
        let body = |body: &BodyCoverage| json!({ "seen": body.seen, "branches": body.branches, "values": body.values });
        let bodies = |bodies: &BTreeMap<String, BodyCoverage>| -> Value {
            let bodies = bodies.iter();
            bodies
                .map(|(range, it)| (range.clone(), body(it)))
                .collect()
        };
        let operations = self.operations.iter().map(|operation| {
            let responses = operation.responses.iter().map(|(status, it)| {
                let media = bodies(&it.media);
                let response = json!({ "seen": it.seen, "media": media, "problems": it.problems });
                (status.clone(), response)
            });
            json!({
                "operation": operation.id,
                "name": operation.name,
                "seen": operation.seen,
                "requests": bodies(&operation.requests),
                "responses": responses.collect::<Value>(),
                "undeclared": operation.undeclared,
            })
        });
        let totals = self
            .totals()
            .into_iter()
            .map(|(name, seen, all)| (name.to_owned(), json!({ "seen": seen, "declared": all })));
        json!({
            "totals": totals.collect::<Value>(),
            "operations": operations.collect::<Value>(),
            "undeclared": self.undeclared,
        })
    }

    /// Name, seen and declared of each dimension.
    pub fn totals(&self) -> [(&'static str, usize, usize); 6] {
        let mut totals = [
            ("operations", 0, 0),
            ("statuses", 0, 0),
            ("media types", 0, 0),
            ("branches", 0, 0),
            ("enum values", 0, 0),
            ("problem types", 0, 0),
        ];
        let mut count = |which: usize, seen: u64| {
            if let Some((_, some, all)) = totals.get_mut(which) {
                *all += 1;
                *some += usize::from(seen > 0);
            }
        };
        for operation in &self.operations {
            count(0, operation.seen);
            for response in operation.responses.values() {
                count(1, response.seen);
                response.problems.values().for_each(|seen| count(5, *seen));
                for body in response.media.values() {
                    count(2, body.seen);
                    body.branches.values().for_each(|seen| count(3, *seen));
                    body.values.values().for_each(|seen| count(4, *seen));
                }
            }
        }
        totals
    }

    /// A table for people: a line for what each operation has not shown.
    pub fn to_text(&self) -> String {
        let mut text = String::from("coverage:");
        for (name, seen, all) in self.totals() {
            if all > 0 {
                _ = write!(text, " {seen}/{all} {name},");
            }
        }
        text.pop();
        for operation in &self.operations {
            let missing = operation.missing();
            if !missing.is_empty() {
                _ = write!(
                    text,
                    "\n  {}: not seen: {}",
                    operation.name,
                    missing.join(", ")
                );
            }
            for (what, count) in &operation.undeclared {
                _ = write!(text, "\n  {}: undeclared: {what} ({count})", operation.name);
            }
        }
        for (what, count) in &self.undeclared {
            _ = write!(text, "\n  {what}: undeclared ({count})");
        }
        text
    }
}

impl OperationCoverage {
    fn add_undeclared(&mut self, what: &str) {
        match self.undeclared.len() < UNDECLARED || self.undeclared.contains_key(what) {
            true => add(&mut self.undeclared, what),
            false => add(&mut self.undeclared, "more"),
        }
    }

    /// What is not seen; of an operation that was never answered nothing else is said.
    fn missing(&self) -> Vec<String> {
        if self.seen == 0 {
            return vec!["the operation".to_owned()];
        }
        let mut missing = Vec::new();
        for (status, response) in &self.responses {
            if response.seen == 0 {
                missing.push(status.clone());
                continue;
            }
            let problems = response.problems.iter().filter(|(_, seen)| **seen == 0);
            missing.extend(problems.map(|(slug, _)| format!("{status} {slug}")));
            for (range, body) in &response.media {
                let unseen = |counts: &Counts| counts.values().filter(|seen| **seen == 0).count();
                match (body.seen, unseen(&body.branches), unseen(&body.values)) {
                    (0, _, _) => missing.push(format!("{status} {range}")),
                    (_, 0, 0) => {}
                    (_, branches, 0) => missing.push(format!("{status} {branches} branches")),
                    (_, 0, values) => missing.push(format!("{status} {values} enum values")),
                    (_, branches, values) => missing.push(format!(
                        "{status} {branches} branches and {values} enum values"
                    )),
                }
            }
        }
        missing
    }
}
