//! Whether answers keep to the contract: some are checked after they were given, and the breaches kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::breach::Breach;
use super::operation::Operation;
use super::reply::{Content, Reply};
use super::validation::response_breaches;

/// Bytes of the longest body that is checked.
const MOST_BYTES: usize = 256 * 1024;

/// Kinds of mismatch that are kept apart; those beyond are only counted.
const MOST_KINDS: usize = 100;

/// Between two checks of a share, so that a flood of requests does not bring one of checks.
const PAUSE: Duration = Duration::from_millis(20);

/// Checks a share of the answers against the contract and remembers what was wrong. An answer is
/// never held up or changed by it: by then what it tells of is done. One answer is checked at a time,
/// on a thread for blocking work, and of a share no more than 50 a second; whatever falls in that
/// time is passed over. Clones share everything.
#[derive(Debug, Clone)]
pub struct Sampler(Arc<State>);

#[derive(Debug)]
struct State {
    /// Of all the numbers of 32 bits, how many stand for "check".
    chosen: u64,
    share: f64,
    is_busy: AtomicBool,
    last: Mutex<Option<Instant>>,
    checked: AtomicU64,
    mismatched: AtomicU64,
    passed_over: AtomicU64,
    mismatches: Mutex<BTreeMap<Kind, Seen>>,
}

/// What tells one kind of mismatch from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    operation: &'static str,
    status: u16,
    breach: Breach,
}

#[derive(Debug)]
struct Seen {
    count: u64,
    first: SystemTime,
    last: SystemTime,
}

/// What was found since the sampler was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    /// The share of answers that is checked, from 0 to 1.
    pub share: f64,
    /// Answers that were checked.
    pub checked: u64,
    /// Answers among them that broke the contract.
    pub mismatched: u64,
    /// Answers that were chosen, but were streams, too long, or came too soon after another.
    pub passed_over: u64,
    /// The kinds of mismatch, at most a hundred.
    pub mismatches: Vec<Mismatch>,
}

/// A way in which answers broke the contract. Nothing of their contents is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The `operationId`.
    pub operation: &'static str,
    /// Status of the answers.
    pub status: u16,
    /// JSON pointer into the body; `*` stands for any item, and for a member whose name the contract
    /// does not give.
    pub pointer: String,
    /// The keyword of JSON Schema that was broken.
    pub keyword: String,
    /// How many of the answers that were checked.
    pub count: u64,
    /// When it was found first.
    pub first: SystemTime,
    /// When it was found last.
    pub last: SystemTime,
}

impl Sampler {
    /// Checks this share of the answers, from 0 (none) to 1 (all).
    pub fn new(share: f64) -> Self {
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        Self(Arc::new(State {
            chosen: chosen(share),
            share,
            is_busy: AtomicBool::new(false),
            last: Mutex::default(),
            checked: AtomicU64::new(0),
            mismatched: AtomicU64::new(0),
            passed_over: AtomicU64::new(0),
            mismatches: Mutex::default(),
        }))
    }

    /// What was found so far.
    pub fn findings(&self) -> Findings {
        let state = &*self.0;
        let mismatches = state
            .mismatches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let told = mismatches.iter().map(|(kind, seen)| Mismatch {
            operation: kind.operation,
            status: kind.status,
            pointer: kind.breach.pointer.clone(),
            keyword: kind.breach.keyword.clone(),
            count: seen.count,
            first: seen.first,
            last: seen.last,
        });
        Findings {
            share: state.share,
            checked: state.checked.load(Ordering::Relaxed),
            mismatched: state.mismatched.load(Ordering::Relaxed),
            passed_over: state.passed_over.load(Ordering::Relaxed),
            mismatches: told.collect(),
        }
    }

    /// Looks at an answer on its way out; most are let pass for the price of a random number.
    pub(crate) fn observe(&self, operation: &'static Operation, reply: &Reply) {
        if self.0.chosen == 0 || u64::from(fastrand::u32(..)) >= self.0.chosen {
            return;
        }
        let body = match &reply.body {
            Content::Empty => return,
            Content::Whole(bytes) if bytes.len() <= MOST_BYTES => bytes.clone(),
            Content::Whole(_) | Content::Stream(_) | Content::Events(_) => {
                return self.0.pass_over();
            }
        };
        let Some(turn) = Turn::take(self) else {
            return self.0.pass_over();
        };
        let (status, media_type) = (reply.status.as_u16(), media_type(reply).to_owned());
        let span = tracing::Span::current();
        tokio::task::spawn_blocking(move || {
            let _entered = span.enter();
            let breaches = breaches(operation, status, &media_type, &body);
            turn.0.record(operation, status, breaches);
        });
    }

    /// Keeps what a check found.
    fn record(&self, operation: &'static Operation, status: u16, breaches: Vec<Breach>) {
        self.0.checked.fetch_add(1, Ordering::Relaxed);
        if breaches.is_empty() {
            return;
        }
        self.0.mismatched.fetch_add(1, Ordering::Relaxed);
        let now = SystemTime::now();
        let mut kinds = self
            .0
            .mismatches
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for breach in breaches {
            tracing::error!(
                operation = operation.id,
                http.status = status,
                pointer = breach.pointer,
                keyword = breach.keyword,
                "an answer broke the contract"
            );
            let kind = Kind {
                operation: operation.id,
                status,
                breach,
            };
            let is_full = kinds.len() >= MOST_KINDS;
            match kinds.get_mut(&kind) {
                Some(seen) => {
                    seen.count += 1;
                    seen.last = now;
                }
                None if is_full => {}
                None => {
                    _ = kinds.insert(
                        kind,
                        Seen {
                            count: 1,
                            first: now,
                            last: now,
                        },
                    )
                }
            }
        }
    }
}

impl State {
    /// Whether enough time has passed since this was last so.
    fn is_rested(&self) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let is_rested = last.is_none_or(|last| last.elapsed() >= PAUSE);
        if is_rested {
            *last = Some(Instant::now());
        }
        is_rested
    }

    fn pass_over(&self) {
        self.passed_over.fetch_add(1, Ordering::Relaxed);
    }
}

/// The right to check an answer, given back when dropped.
struct Turn(Sampler);

impl Turn {
    fn take(sampler: &Sampler) -> Option<Self> {
        let state = &*sampler.0;
        let was_busy = state.is_busy.swap(true, Ordering::AcqRel);
        let turn = (!was_busy).then(|| Self(sampler.clone()))?;
        (state.share >= 1.0 || state.is_rested()).then_some(turn)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.0.is_busy.store(false, Ordering::Release);
    }
}

/// A share as a count out of 2³²; the smallest share above none is not none.
fn chosen(share: f64) -> u64 {
    const ALL: f64 = 4_294_967_296.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 2³², which both types hold exactly"
    )]
    let chosen = (share * ALL).ceil() as u64;
    chosen
}

fn media_type(reply: &Reply) -> &str {
    let declared = reply.headers.get(CONTENT_TYPE);
    declared.and_then(|it| it.to_str().ok()).unwrap_or_default()
}

/// What is wrong with a body; nothing if it is not JSON.
pub(crate) fn of_reply(operation: &'static Operation, reply: &Reply) -> Vec<Breach> {
    match &reply.body {
        Content::Whole(bytes) => {
            breaches(operation, reply.status.as_u16(), media_type(reply), bytes)
        }
        Content::Empty | Content::Stream(_) | Content::Events(_) => Vec::new(),
    }
}

fn breaches(operation: &Operation, status: u16, media_type: &str, body: &Bytes) -> Vec<Breach> {
    match serde_json::from_slice::<Value>(body) {
        Ok(body) => response_breaches(operation, status, media_type, &body),
        Err(_) => Vec::new(),
    }
}
