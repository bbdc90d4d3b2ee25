//! The queries that are sent for a partner, a user or a key, told by its id or hash among their values.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use uuid::Uuid;

/// By the id as PostgreSQL's and as SQLite's values show it.
static WATCHED: Mutex<Option<HashMap<[String; 2], Vec<String>>>> = Mutex::new(None);

struct Recorder;

impl Instrumentation for Recorder {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let InstrumentationEvent::StartQuery { query, .. } = event else {
            return;
        };
        let mut watched = WATCHED.lock().unwrap();
        let Some(watched) = watched.as_mut().filter(|watched| !watched.is_empty()) else {
            return;
        };
        let mut text = String::new();
        write!(text, "{query}").unwrap();
        for (ids, queries) in watched {
            if ids.iter().any(|id| text.contains(id)) {
                queries.push(text.clone());
            }
        }
    }
}

fn ids(id: Uuid) -> [String; 2] {
    [id.to_string(), format!("{:?}", id.as_bytes())]
}

/// Has the connections that are opened from now on tell their queries.
pub(super) fn listen() {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| set_default_instrumentation(|| Some(Box::new(Recorder))).unwrap());
}

/// Runs `work`, and gives the queries that were sent meanwhile for the partner or the user.
pub async fn sent_for<T>(id: impl Into<Uuid>, work: impl Future<Output = T>) -> (T, Vec<String>) {
    sent_with(ids(id.into()), work).await
}

/// The same for the API key of this text.
pub async fn sent_for_key<T>(key: &str, work: impl Future<Output = T>) -> (T, Vec<String>) {
    let hash = format!("{:?}", concordat::keys::hash(key).unwrap());
    sent_with([hash.clone(), hash], work).await
}

/// The same for a table, whoever sends them.
pub async fn sent_to<T>(table: &str, work: impl Future<Output = T>) -> (T, Vec<String>) {
    sent_with([table, table].map(str::to_owned), work).await
}

async fn sent_with<T>(ids: [String; 2], work: impl Future<Output = T>) -> (T, Vec<String>) {
    watch(&ids);
    let outcome = work.await;
    (outcome, watched(&ids))
}

fn watch(ids: &[String; 2]) {
    let mut watched = WATCHED.lock().unwrap();
    let watched = watched.get_or_insert_default();
    watched.insert(ids.clone(), Vec::new());
}

fn watched(ids: &[String; 2]) -> Vec<String> {
    let mut watched = WATCHED.lock().unwrap();
    let queries = watched.as_mut().and_then(|watched| watched.remove(ids));
    queries.unwrap()
}
