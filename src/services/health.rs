//! Whether the process can do its work.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::app::App;

/// How long an answer of the database is kept.
const KEPT: Duration = Duration::from_secs(1);

/// The last answer of the database; those who ask at once share one question.
#[derive(Default)]
pub struct LastPing(Mutex<Option<(Instant, Result<(), String>)>>);

impl LastPing {
    async fn get_or_ask(&self, app: &App) -> Result<(), String> {
        let mut last = self.0.lock().await;
        if let Some((at, answer)) = &*last
            && at.elapsed() < KEPT
        {
            return answer.clone();
        }
        let answer = ping(app).await;
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}

/// Longest time that the database may take to answer a ping.
const PING: Duration = Duration::from_millis(500);

/// Whether traffic should be sent here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// Yes.
    Ready,
    /// No, and why, for people.
    NotReady(String),
}

/// Asks whatever a request needs. The answer of the database is kept for a second.
pub async fn readiness(app: &App) -> Readiness {
    if app.shutdown().is_draining() {
        return Readiness::NotReady("the process is shutting down".to_owned());
    }
    if let Some(reason) = app.startup().pending() {
        return Readiness::NotReady(reason);
    }
    match app.last_ping().get_or_ask(app).await {
        Ok(()) => Readiness::Ready,
        Err(reason) => Readiness::NotReady(reason),
    }
}

async fn ping(app: &App) -> Result<(), String> {
    match tokio::time::timeout(PING, app.db().ping()).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!(
            "the database did not answer within {} ms",
            PING.as_millis()
        )),
    }
}
