//! Writes the request log, behind the requests.

use std::collections::BTreeMap;
use std::time::Duration;

use contract::runtime::host::Step;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::warn;

use super::redact;
use crate::app::App;
use crate::db::types::Json;
use crate::error::Error;
use crate::ids::RequestId;
use crate::repository::requests::{self, LoggedRequest, NewRequest, Verdict};
use crate::request_log::Entry;

/// Time between two looks at the buffer.
const PAUSE: Duration = Duration::from_millis(500);

/// Entries that are written at once. With [`PAUSE`] it bounds what the log costs: a thousand rows a
/// second, which is what the rate limits let a hundred partners send.
const BATCH: usize = 500;

/// Writes from now on, until the application closes: then what waits is written before the database
/// is closed.
pub fn start(app: &App) {
    app.until_closed("request log", run);
}

async fn run(app: App, ended: CancellationToken) {
    let mut told = 0;
    while ended.run_until_cancelled(sleep(PAUSE)).await.is_some() {
        write(&app).await;
        told = tell_of_dropped(&app, told);
    }
    while write(&app).await > 0 {}
    tell_of_dropped(&app, told);
}

/// Writes what has waited longest, and says how many entries it took for that. Holds no connection
/// unless there is something to write. What the database does not take is dropped and counted.
pub async fn write(app: &App) -> usize {
    let entries = app.request_log().take(BATCH);
    if entries.is_empty() {
        return 0;
    }
    let rows: Vec<_> = entries.iter().map(row).collect();
    let written = app
        .db()
        .transaction(|conn| {
            let rows = &rows;
            Box::pin(async move { Ok::<_, Error>(requests::insert(conn, rows).await?) })
        })
        .await;
    if let Err(error) = written {
        app.request_log().lose(rows.len());
        warn!(error = %error, "could not write the request log");
    }
    rows.len()
}

fn tell_of_dropped(app: &App, told: u64) -> u64 {
    let dropped = app.request_log().dropped();
    if dropped > told {
        warn!(
            requests.count = dropped - told,
            "the request log had no room for requests"
        );
    }
    dropped
}

fn row(entry: &Entry) -> NewRequest {
    let sent = entry.body.as_ref();
    let whole = sent.and_then(|sent| Some((sent.media, sent.whole.as_ref()?)));
    let request = LoggedRequest {
        id: RequestId::new(entry.at),
        actor: entry.actor.clone(),
        operation: entry.operation.id.to_owned(),
        method: entry.method.clone(),
        target: redact::target(entry.operation, &entry.target),
        headers: Json(headers(&entry.headers)),
        body: whole.and_then(|(media, bytes)| redact::body(media, bytes)),
        body_bytes: sent.map_or(0, |sent| i64::try_from(sent.length).unwrap_or(i64::MAX)),
        status: entry.outcome.map(|outcome| i32::from(outcome.status)),
        verdict: verdict(entry),
        problem: entry
            .outcome
            .and_then(|outcome| outcome.problem)
            .map(str::to_owned),
        trace_id: entry.trace_id.to_string(),
        duration_micros: i64::try_from(entry.duration.as_micros()).unwrap_or(i64::MAX),
        created_at: entry.at.into(),
    };
    NewRequest {
        partner_id: entry.partner,
        request,
    }
}

fn headers(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn verdict(entry: &Entry) -> Verdict {
    match entry.outcome.map(|outcome| outcome.step) {
        Some(Step::Authorization) => Verdict::Authorization,
        Some(Step::Admission) => Verdict::Admission,
        Some(Step::Negotiation) => Verdict::Negotiation,
        Some(Step::Request) => Verdict::Request,
        Some(Step::Handler) => Verdict::Handler,
        Some(Step::Answer) => Verdict::Answer,
        None => Verdict::Abandoned,
    }
}
