//! The request log on its way to the database: requests fill a bounded buffer, a writer empties it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use contract::runtime::host::Step;
use contract::runtime::operation::Media;
use contract::{Operation, TraceId};

use crate::ids::PartnerId;

/// Entries that wait at most.
const MOST: usize = 2_000;

/// Bytes that they may have in all: few entries are large.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A request that was answered, as it was taken down.
#[derive(Debug)]
pub struct Entry {
    /// Whose key sent it.
    pub partner: PartnerId,
    /// Who sent it, as the audit log names them.
    pub actor: String,
    /// What was called.
    pub operation: &'static Operation,
    /// With which method: GET operations answer HEAD too.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers that may be kept, `name: value` and a line end each.
    pub headers: String,
    /// The body, where there was one.
    pub body: Option<Sent>,
    /// Its trace.
    pub trace_id: TraceId,
    /// When it came.
    pub at: DateTime<Utc>,
    /// How long it took.
    pub duration: Duration,
    /// How it was answered; `None` if nobody waited for that any more.
    pub outcome: Option<Outcome>,
}

/// How a request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// With which status.
    pub status: u16,
    /// With which problem.
    pub problem: Option<&'static str>,
    /// What decided so.
    pub step: Step,
}

/// A body as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// What the contract says of it.
    pub media: &'static Media,
    /// All of it; `None` if that is too much to keep.
    pub whole: Option<Bytes>,
    /// How long it is.
    pub length: usize,
}

impl Entry {
    fn bytes(&self) -> usize {
        let body = self.body.as_ref().and_then(|body| body.whole.as_ref());
        size_of::<Self>()
            + self.actor.len()
            + self.target.len()
            + self.headers.len()
            + body.map_or(0, Bytes::len)
    }
}

/// The buffer. What does not fit is dropped and counted: a log never slows a request down.
#[derive(Debug, Default)]
pub struct RequestLog(Mutex<Buffer>);

#[derive(Debug, Default)]
struct Buffer {
    entries: VecDeque<Entry>,
    bytes: usize,
    dropped: u64,
}

impl Buffer {
    fn is_full(&self) -> bool {
        self.entries.len() >= MOST || self.bytes >= MOST_BYTES
    }

    /// Whoever is turned away may come very often, and takes no more than half of the room.
    fn has_room_for(&self, entry: &Entry) -> bool {
        let turned_away = entry
            .outcome
            .is_some_and(|outcome| outcome.step == Step::Admission);
        !(self.is_full() || turned_away && self.entries.len() >= MOST / 2)
    }
}

impl RequestLog {
    /// Whether an entry would be taken now. If not, it counts as dropped and need not be made.
    pub fn has_room(&self) -> bool {
        let mut buffer = self.buffer();
        let is_full = buffer.is_full();
        buffer.dropped += u64::from(is_full);
        !is_full
    }

    /// Adds an entry, if there is room.
    pub fn push(&self, entry: Entry) {
        let mut buffer = self.buffer();
        if buffer.has_room_for(&entry) {
            buffer.bytes += entry.bytes();
            buffer.entries.push_back(entry);
        } else {
            buffer.dropped += 1;
        }
    }

    /// Takes the oldest entries out, at most so many.
    pub fn take(&self, most: usize) -> Vec<Entry> {
        let mut buffer = self.buffer();
        let most = most.min(buffer.entries.len());
        let taken: Vec<_> = buffer.entries.drain(..most).collect();
        let bytes = taken.iter().map(Entry::bytes).sum();
        buffer.bytes = buffer.bytes.saturating_sub(bytes);
        taken
    }

    /// Counts entries that were taken and could not be written.
    pub fn lose(&self, entries: usize) {
        self.buffer().dropped += u64::try_from(entries).unwrap_or(u64::MAX);
    }

    /// How many entries never came to the database since the start.
    pub fn dropped(&self) -> u64 {
        self.buffer().dropped
    }

    fn buffer(&self) -> MutexGuard<'_, Buffer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
