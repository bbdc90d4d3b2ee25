//! What the request log takes down of a call while it is answered: little, and nothing secret.

use std::time::Instant;

use bytes::Bytes;
use concordat_boundary::X_REQUEST_ID;
use contract::runtime::host::{Ending, Record, Step};
use contract::runtime::operation::Media;
use contract::{Operation, TraceId, problems};
use http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, USER_AGENT};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

use super::principal::Principal;
use crate::app::App;
use crate::request_log::{Entry, Outcome, Sent};

/// Headers that are kept. Whatever is not here may be a secret.
const HEADERS: [HeaderName; 9] = [
    ACCEPT,
    ACCEPT_LANGUAGE,
    CONTENT_TYPE,
    HeaderName::from_static("idempotency-key"),
    IF_MATCH,
    IF_NONE_MATCH,
    HeaderName::from_static("prefer"),
    USER_AGENT,
    X_REQUEST_ID,
];

/// Longest value of a header that is kept, in bytes.
const MOST_OF_HEADER: usize = 1_024;

/// Longest body that is kept, in bytes.
const MOST_OF_BODY: usize = 16 * 1024;

/// A call that is being taken down. Whatever happens to the call, it comes into the log: dropped
/// before its end, its client left or its handler panicked.
struct Recording {
    app: App,
    began: Instant,
    /// Gone once it is in the log.
    entry: Option<Entry>,
}

/// Begins to take a call down; `None` if it cannot be kept.
pub(super) fn begin(
    app: &App,
    operation: &'static Operation,
    principal: &Principal,
    parts: &Parts,
    trace: &TraceId,
) -> Option<Box<dyn Record>> {
    let partner = principal.partner().ok()?;
    if !app.request_log().has_room() {
        return None;
    }
    let target = parts.uri.path_and_query();
    Some(Box::new(Recording {
        app: app.clone(),
        began: Instant::now(),
        entry: Some(Entry {
            partner,
            actor: principal.actor(),
            operation,
            method: parts.method.as_str().to_owned(),
            target: target.map_or("/", |target| target.as_str()).to_owned(),
            headers: kept(&parts.headers),
            body: None,
            trace_id: *trace,
            at: app.now(),
            duration: std::time::Duration::ZERO,
            outcome: None,
        }),
    }))
}

impl Record for Recording {
    fn body(&mut self, media: &'static Media, bytes: &Bytes) {
        if let Some(entry) = &mut self.entry {
            let fits = bytes.len() <= MOST_OF_BODY;
            entry.body = Some(Sent {
                media,
                // A copy, since the original holds on to the whole buffer that it was read into.
                whole: fits.then(|| Bytes::copy_from_slice(bytes)),
                length: bytes.len(),
            });
        }
    }

    fn end(mut self: Box<Self>, ending: Ending) {
        self.finish(Some(Outcome {
            status: ending.status,
            problem: ending.problem,
            step: ending.step,
        }));
    }
}

impl Recording {
    fn finish(&mut self, outcome: Option<Outcome>) {
        if let Some(mut entry) = self.entry.take() {
            entry.duration = self.began.elapsed();
            entry.outcome = outcome;
            self.app.request_log().push(entry);
        }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let panic = std::thread::panicking().then_some(Outcome {
            status: problems::INTERNAL_ERROR.status,
            problem: Some(problems::INTERNAL_ERROR.slug),
            step: Step::Handler,
        });
        self.finish(panic);
    }
}

/// The headers that may be kept, `name: value` and a line end each.
fn kept(headers: &HeaderMap) -> String {
    let mut text = String::with_capacity(256);
    for name in &HEADERS {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(value) = value.filter(|value| value.len() <= MOST_OF_HEADER) {
            text.push_str(name.as_str());
            text.push_str(": ");
            text.push_str(value);
            text.push('\n');
        }
    }
    text
}
