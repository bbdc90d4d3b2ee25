//! Server-sent events (HTML Living Standard, section 9.2).

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
    pub(crate) fn written(self) -> Events {
        let events = self.0.filter_map(|event| {
            let written = Written::of(event).inspect_err(|error| {
                tracing::error!(%error, "an event cannot be written");
            });
            std::future::ready(written.ok().map(Ok))
        });
        Events(Box::pin(events))
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

/// Events on their way out, whatever they carry.
pub struct Events(Pin<Box<dyn Stream<Item = Result<Written, Broken>> + Send>>);

impl Events {
    /// The same, broken off at the first event whose data `violation` finds fault with.
    pub(crate) fn checked(
        self,
        violation: impl Fn(&Value) -> Option<String> + Send + 'static,
    ) -> Self {
        Self(Box::pin(self.0.map(move |event| {
            let event = event?;
            match violation(&event.data) {
                None => Ok(event),
                Some(violation) => Err(Broken(violation)),
            }
        })))
    }

    /// The same, each event's data seen as it leaves.
    pub(crate) fn seen(self, mut see: impl FnMut(&Value) + Send + 'static) -> Self {
        Self(Box::pin(self.0.inspect(move |event| {
            if let Ok(event) = event {
                see(&event.data);
            }
        })))
    }

    pub(crate) fn into_body(self) -> Body {
        Sse::new(self.0.map(|event| event.map(Written::into_wire)))
            .keep_alive(KeepAlive::new().interval(HEARTBEAT))
            .into_response()
            .into_body()
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

/// Why a stream broke off: an event that the contract does not allow.
#[derive(Debug)]
struct Broken(String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an event broke the contract: {}", self.0)
    }
}

impl std::error::Error for Broken {}

/// An event whose data is text, and what that text says.
struct Written {
    event: Event<String>,
    data: Value,
}

impl Written {
    /// Line ends would end a field, and axum refuses them: in names and ids they become spaces.
    fn of<T: Serialize>(event: Event<T>) -> Result<Self, serde_json::Error> {
        let one_line = |text: String| text.replace(['\r', '\n', '\0'], " ");
        let data = serde_json::to_value(&event.data)?;
        let text = match &data {
            Value::String(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
            _ => serde_json::to_string(&event.data)?,
        };
        let event = Event {
            event: event.event.map(one_line),
            id: event.id.map(one_line),
            retry: event.retry,
            data: text,
        };
        Ok(Self { event, data })
    }

    fn into_wire(self) -> sse::Event {
        let mut wire = sse::Event::default().data(self.event.data);
        if let Some(name) = self.event.event {
            wire = wire.event(name);
        }
        if let Some(id) = self.event.id {
            wire = wire.id(id);
        }
        if let Some(retry) = self.event.retry {
            wire = wire.retry(retry);
        }
        wire
    }
}
