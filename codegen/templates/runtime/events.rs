//! Server-sent events (HTML Living Standard, section 9.2).

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures_util::{Stream, StreamExt, TryStreamExt};

/// How often a silent stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// An event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event<T> {
    /// What kind of event, `message` if none.
    pub event: Option<String>,
    /// Where to resume from: what the client sends as `Last-Event-ID` when it comes again.
    pub id: Option<String>,
    /// How long the client waits before it comes again, in whole milliseconds.
    pub retry: Option<Duration>,
    /// What it says: text as it is, anything else as JSON.
    pub data: T,
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self {
            event: None,
            id: None,
            retry: None,
            data,
        }
    }
}

/// A stream of events as the body of an answer, with a comment as heartbeat every 15 s of silence.
/// It ends with what it is made of, or when the client leaves.
pub struct EventStream<T>(Pin<Box<dyn Stream<Item = Event<T>> + Send>>);

impl<T> EventStream<T> {
    /// Sends what the stream gives.
    pub fn new(events: impl Stream<Item = Event<T>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// Events on their way out, their data written already; or why one could not be.
pub(crate) type Outgoing = Pin<Box<dyn Stream<Item = Result<Event<String>, String>> + Send>>;

impl<T: 'static> EventStream<T> {
    pub(crate) fn outgoing(self, write: fn(T) -> Result<String, String>) -> Outgoing {
        Box::pin(self.0.map(move |event| {
            Ok(Event {
                event: event.event,
                id: event.id,
                retry: event.retry,
                data: write(event.data)?,
            })
        }))
    }
}

/// The body of an answer. An event that cannot be sent ends it, and is logged.
pub(crate) fn body(events: Outgoing) -> Body {
    let wire = events.map_ok(|event| wire(&event)).inspect_err(|error| {
        tracing::error!(%error, "an event could not be sent");
    });
    Sse::new(wire.map_err(std::io::Error::other))
        .keep_alive(KeepAlive::new().interval(HEARTBEAT))
        .into_response()
        .into_body()
}

/// Line ends would end a field, and axum refuses them: they become spaces.
fn wire(event: &Event<String>) -> sse::Event {
    let one_line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
    let data = event.data.replace("\r\n", "\n").replace('\r', "\n");
    let mut wire = sse::Event::default().data(data);
    if let Some(name) = &event.event {
        wire = wire.event(one_line(name));
    }
    if let Some(id) = &event.id {
        wire = wire.id(one_line(id));
    }
    if let Some(retry) = event.retry {
        wire = wire.retry(retry);
    }
    wire
}
