//! Server-sent events (HTML Living Standard, section 9.2).

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::response::IntoResponse;
use axum::response::sse::{self, KeepAlive, Sse};
use futures_core::Stream;
use serde::Serialize;

/// How often a silent stream says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// An event of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// What kind of event, `message` if none.
    pub event: Option<String>,
    /// Where to resume from.
    pub id: Option<String>,
    /// What it says.
    pub data: String,
}

impl Event {
    /// An event whose data is this value as JSON.
    pub fn json<T: Serialize>(value: &T) -> Result<Self, serde_json::Error> {
        Ok(Self {
            data: serde_json::to_string(value)?,
            ..Self::default()
        })
    }
}

/// A stream of events as the body of an answer. It ends when the client leaves.
pub struct EventStream(Pin<Box<dyn Stream<Item = Event> + Send>>);

impl EventStream {
    /// Sends what the stream gives, with a comment as heartbeat every 15 s of silence.
    pub fn new(events: impl Stream<Item = Event> + Send + 'static) -> Self {
        Self(Box::pin(events))
    }

    pub(crate) fn into_body(self) -> Body {
        Sse::new(Wire(self.0))
            .keep_alive(KeepAlive::new().interval(HEARTBEAT))
            .into_response()
            .into_body()
    }
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

struct Wire(Pin<Box<dyn Stream<Item = Event> + Send>>);

impl Stream for Wire {
    type Item = Result<sse::Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0
            .as_mut()
            .poll_next(cx)
            .map(|event| event.map(|event| Ok(wire(&event))))
    }
}

/// Line ends would end a field, and axum refuses them: they become spaces.
fn wire(event: &Event) -> sse::Event {
    let one_line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
    let mut wire = sse::Event::default().data(event.data.replace('\r', "\n"));
    if let Some(name) = &event.event {
        wire = wire.event(one_line(name));
    }
    if let Some(id) = &event.id {
        wire = wire.id(one_line(id));
    }
    wire
}
