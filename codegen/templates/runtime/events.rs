//! Server-sent events (HTML Living Standard, section 9.2).

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures_core::Stream;
use futures_util::StreamExt;
use serde::Serialize;
use serde_json::Value;

/// How often a silent stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// An event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event<T> {
    /// What kind of event, `message` if none.
    pub event: Option<String>,
    /// Where to resume from: clients send the last one as `Last-Event-ID`.
    pub id: Option<String>,
    /// How long a client is to wait before it connects again; it counts in milliseconds.
    pub retry: Option<Duration>,
    /// What it says. Text is sent as it is, every other value as JSON.
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

/// A stream of events as the body of an answer. It ends when the client leaves.
pub struct EventStream<T>(Pin<Box<dyn Stream<Item = Event<T>> + Send>>);

impl<T: Serialize + 'static> EventStream<T> {
    /// Sends what the stream gives, with a comment as heartbeat every 15 s of silence.
    pub fn new(events: impl Stream<Item = Event<T>> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }

    /// An event that cannot be written is logged and left out.
    pub(crate) fn into_body(self) -> Body {
        let events = self.0.filter_map(|event| {
            let written = wire(&event).inspect_err(|error| {
                tracing::error!(%error, "an event cannot be written");
            });
            std::future::ready(written.ok().map(Ok::<_, Infallible>))
        });
        Sse::new(events)
            .keep_alive(KeepAlive::new().interval(HEARTBEAT))
            .into_response()
            .into_body()
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// Line ends would end a field, and axum refuses them: in names and ids they become spaces.
fn wire<T: Serialize>(event: &Event<T>) -> Result<sse::Event, serde_json::Error> {
    let one_line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
    let data = match serde_json::to_value(&event.data)? {
        Value::String(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
        _ => serde_json::to_string(&event.data)?,
    };
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
    Ok(wire)
}
