//! What passed, judged by the document. Neither credentials nor bodies are kept: a record has names,
//! rules and counts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codegen::pointer;
use contract::runtime::media::{covers, essence};
use contract::runtime::{Violation, credentials};
use http::header::CONTENT_ENCODING;
use tokio::sync::mpsc;

use super::Exchange;
use crate::toolchain::check::rules::named;
use crate::toolchain::report::{Finding, Level, Report};
use crate::toolchain::traffic::answer::judge;
use crate::toolchain::traffic::request::{self, read};
use crate::toolchain::traffic::{Answer, Contract, Coverage, Found};

/// Distinct things that are recorded; further ones are only counted.
const RECORDED: usize = 1_000;

/// Names of operations outside the document that are told apart.
const STRANGERS: usize = 200;

/// Judges what passes.
pub struct Recorder {
    exchanges: mpsc::Receiver<Exchange>,
    records: Records,
}

/// What was recorded, shared with who reports it.
#[derive(Clone)]
pub struct Records {
    contract: Arc<Contract>,
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    coverage: Coverage,
    /// Findings with how often each came.
    findings: Vec<(Finding, u64)>,
    more: u64,
    seen: u64,
}

impl Recorder {
    pub(super) fn new(contract: Arc<Contract>, exchanges: mpsc::Receiver<Exchange>) -> Self {
        let coverage = Coverage::new(&contract);
        let inner = Inner {
            coverage,
            findings: Vec::new(),
            more: 0,
            seen: 0,
        };
        Self {
            exchanges,
            records: Records {
                contract,
                inner: Arc::new(Mutex::new(inner)),
            },
        }
    }

    /// What is recorded.
    pub fn records(&self) -> Records {
        self.records.clone()
    }

    /// Judges until the proxy is gone.
    pub async fn run(mut self) {
        while let Some(exchange) = self.exchanges.recv().await {
            self.records.judge(&exchange).await;
            self.records.lock().seen += 1;
        }
    }
}

impl Records {
    /// The report so far, and the coverage as JSON.
    pub fn report(&self) -> (Report, serde_json::Value) {
        let inner = self.lock();
        let findings = inner.findings.iter().map(|(finding, count)| {
            let mut finding = finding.clone();
            if *count > 1 {
                finding.details.push(("times", (*count).into()));
            }
            finding
        });
        let mut findings: Vec<Finding> = findings.collect();
        findings.sort_by(|a, b| {
            let key = |it: &Finding| (it.place.file.clone(), it.place.line, it.rule.clone());
            key(a).cmp(&key(b))
        });
        let mut report = Report::new("proxy", findings);
        let more = match inner.more {
            0 => String::new(),
            more => format!(", {more} more things that are not listed"),
        };
        report.summary = format!(
            "{} exchanges{more}\n{}",
            inner.seen,
            inner.coverage.to_text()
        );
        (report, inner.coverage.to_json())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn judge(&self, exchange: &Exchange) {
        let (path, query) = match exchange.target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (exchange.target.as_str(), None),
        };
        match self.contract.find(&exchange.method, path, query) {
            Found::Operation(index, captures) => {
                self.judge_request(exchange, index, &captures, query).await;
                self.judge_answer(exchange, index);
            }
            Found::Methods(_) | Found::Nothing => self.stranger(exchange, path),
        }
    }

    /// An operation that the document does not have: drift, if the service answers it at all.
    fn stranger(&self, exchange: &Exchange, path: &str) {
        let name = format!("{} {}", exchange.method, collapsed(path));
        let mut inner = self.lock();
        let is_known = inner.coverage.undeclared.contains_key(&name);
        let name = match is_known || inner.coverage.undeclared.len() < STRANGERS {
            true => name,
            false => "other operations".to_owned(),
        };
        *inner.coverage.undeclared.entry(name.clone()).or_default() += 1;
        drop(inner);
        if !matches!(exchange.status, 404 | 405) {
            let message = format!(
                "{name} is not declared, and is answered {}",
                exchange.status
            );
            self.found("operation-undeclared", Level::Warning, "/paths", message);
        }
    }

    async fn judge_request(
        &self,
        exchange: &Exchange,
        index: usize,
        captures: &[(&'static str, String)],
        query: Option<&str>,
    ) {
        let Some(operation) = self.contract.operations.get(index) else {
            return;
        };
        let (body, is_whole) = exchange.request_body.read();
        let name = format!("{} {}", operation.row.method, operation.row.path);
        let pointer = &operation.declared.pointer;
        if credentials::extract(operation.row, &exchange.request_headers, query).is_err()
            && exchange.status < 400
        {
            let message = format!("{name}: answered {} without credentials", exchange.status);
            self.found("security-ignored", Level::Error, pointer, message);
        }
        if !is_whole && !body.is_empty() {
            return;
        }
        let request = request::Request {
            operation: index,
            captures,
            query,
            headers: &exchange.request_headers,
            body,
        };
        match read(&self.contract, &request).await {
            Ok(asked) => self.lock().coverage.asked(&self.contract, index, &asked),
            Err(problem) => {
                let how = match exchange.status {
                    ..400 => "and was accepted",
                    _ => "and was refused",
                };
                let detail = problem.detail.clone();
                let what = detail.unwrap_or_else(|| problem.kind.title.to_owned());
                let mut breaches: Vec<String> = problem.errors.iter().map(place).collect();
                if breaches.is_empty() {
                    breaches.push(what);
                }
                for breach in breaches {
                    let message =
                        format!("{name}: the request breaks the document, {how}: {breach}");
                    self.found("request-invalid", Level::Warning, pointer, message);
                }
            }
        }
    }

    fn judge_answer(&self, exchange: &Exchange, index: usize) {
        let (body, is_whole) = exchange.body.read();
        let is_encoded = exchange.headers.contains_key(CONTENT_ENCODING);
        let answer = Answer {
            status: exchange.status,
            headers: exchange.headers.clone(),
            body,
            is_cut: !is_whole || is_encoded,
            is_head: exchange.method == "HEAD",
        };
        let judged = judge(&self.contract, index, &answer);
        let drift = self.lock().coverage.answered(index, &answer, &judged);
        let Some(operation) = self.contract.operations.get(index) else {
            return;
        };
        let name = format!("{} {}", operation.row.method, operation.row.path);
        for breach in &judged.breaches {
            let level = named(breach.rule).map_or(Level::Error, |rule| rule.level);
            let message = format!("{name}: {}", breach.message);
            self.found(breach.rule, level, &breach.pointer, message);
        }
        for what in drift {
            let message = format!("{name}: {what}");
            let pointer = pointer::join(&operation.declared.pointer, "responses");
            self.found("header-undeclared", Level::Note, &pointer, message);
        }
        let is_event = answer
            .media_type()
            .is_some_and(|it| covers("text/event-stream", essence(&it)));
        if exchange.status == 500 && !is_event {
            let message = format!("{name}: answered 500");
            self.found(
                "server-error",
                Level::Error,
                &operation.declared.pointer,
                message,
            );
        }
    }

    fn found(&self, rule: &str, level: Level, pointer: &str, message: String) {
        let mut inner = self.lock();
        let mut known = inner.findings.iter_mut();
        let known =
            known.find(|(it, _)| it.rule == rule && it.pointer == pointer && it.message == message);
        if let Some((_, count)) = known {
            *count += 1;
            return;
        }
        if inner.findings.len() >= RECORDED {
            inner.more += 1;
            return;
        }
        let finding = Finding {
            rule: rule.to_owned(),
            level,
            place: self.contract.place(pointer),
            pointer: pointer.to_owned(),
            message,
            remedy: String::new(),
            details: Vec::new(),
        };
        inner.findings.push((finding, 1));
    }
}

/// Where a request is wrong, and by which rule; never its values.
fn place(violation: &Violation) -> String {
    let name = violation.parameter.as_deref().unwrap_or_default();
    let at = match (name.is_empty(), violation.pointer.is_empty()) {
        (true, true) => String::new(),
        _ => format!(" {name}{}", digits_folded(&violation.pointer)),
    };
    format!("{}{at} ({})", violation.place, violation.keyword)
}

/// A pointer with every index as one, so that items of a list are one place.
fn digits_folded(pointer: &str) -> String {
    let segments = pointer.split('/').map(|segment| {
        let is_index = !segment.is_empty() && segment.bytes().all(|it| it.is_ascii_digit());
        if is_index { "*" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

/// A path with what is probably an id left out: it may be personal, and is another in each request.
fn collapsed(path: &str) -> String {
    let segments = path.split('/').map(|segment| {
        let is_id =
            segment.len() > 24 || segment.bytes().any(|it| it.is_ascii_digit() || it == b'@');
        let is_version = segment.len() <= 3 && segment.starts_with('v');
        if is_id && !is_version { "{}" } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_personal_is_left_out_of_paths() {
        assert_eq!(
            collapsed("/v1/users/17/a@b.c/posts"),
            "/v1/users/{}/{}/posts"
        );
    }

    #[test]
    fn items_of_a_list_are_one_place() {
        assert_eq!(digits_folded("/items/3/name"), "/items/*/name");
    }
}
