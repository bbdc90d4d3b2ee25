//! What a call uses of what is deprecated: the operation, what its request holds, what its answer holds.

use http::HeaderValue;
use serde_json::Value;

use super::events::Events;
use super::host::Uses;
use super::input::{Input, Payload};
use super::operation::{Operation, Place, Status};
use super::outdated::{Found, Life, Outdated};
use super::params::Decoded;
use super::reply::{Content, Reply};

/// Bytes of the longest answer that is looked through.
const MOST_BYTES: usize = 256 * 1024;

/// A use of something deprecated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The part of the call.
    pub part: Part,
    /// Where in it: empty for the operation and for a whole body; the name of a parameter, or of a
    /// header of the answer; a JSON pointer into the body, in which `*` stands for any item or member.
    pub place: &'static str,
    /// The deprecated value, as JSON; `None` where any would be.
    pub value: Option<&'static str>,
}

/// A part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// That it is made.
    Operation,
    /// A parameter that was sent.
    Parameter(Place),
    /// The body that was sent.
    Request,
    /// The answer that was given: its body, its headers, or the events of its stream.
    Answer,
}

/// What of a call is deprecated, as far as it is known. Where nothing can be, it costs nothing.
pub(crate) struct Usage {
    operation: &'static Operation,
    lives: Vec<Life>,
    host: Option<Box<dyn Uses>>,
}

impl Usage {
    pub(crate) const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            lives: Vec::new(),
            host: None,
        }
    }

    /// Whether there is anything to see.
    pub(crate) const fn is_possible(&self) -> bool {
        self.operation.deprecated || self.operation.outdated.is_some()
    }

    /// From here on the host is told; of the operation at once.
    pub(crate) fn begin(&mut self, host: Option<Box<dyn Uses>>) {
        self.host = host;
        if self.operation.deprecated {
            self.tell(Part::Operation, "", None);
        }
    }

    /// What the parameters hold that were sent: those without their defaults.
    pub(crate) fn parameters(&mut self, sent: &Decoded) {
        let Some(outdated) = self.operation.outdated else {
            return;
        };
        for (place, name, spot) in outdated.parameters {
            if let Some(value) = sent.get(*place, name) {
                self.add(Part::Parameter(*place), outdated.found(*spot, value));
            }
        }
    }

    /// What the body holds that was sent.
    pub(crate) fn body(&mut self, input: &Input) {
        let (Some(outdated), Payload::Value(value)) = (self.operation.outdated, &input.body) else {
            return;
        };
        let spot = outdated
            .bodies
            .iter()
            .find(|(media, _)| *media == input.media);
        if let Some((_, spot)) = spot {
            self.add(Part::Request, outdated.found(*spot, value));
        }
    }

    /// What the answer holds: what a client did not ask for is not in it. What a stream's events hold
    /// counts as they leave, each thing once a call; headers have left by then, so they do not tell of it.
    #[must_use]
    pub(crate) fn answer(&mut self, mut reply: Reply) -> Reply {
        let Some(outdated) = self.operation.outdated else {
            return reply;
        };
        let Some(response) = self.operation.response(reply.status.as_u16()) else {
            return reply;
        };
        for (_, name, spot) in outdated.headers.iter().filter(|it| it.0 == response.status) {
            let values = reply.headers.get_all(*name).iter().flat_map(readings);
            let mut held: Vec<Found> = Vec::new();
            for found in values.flat_map(|value| outdated.found(*spot, &value)) {
                if !held.contains(&found) {
                    held.push(found);
                }
            }
            self.add(Part::Answer, held);
        }
        let of = |spots: &'static [(Status, usize)]| {
            let mut spots = spots.iter();
            spots
                .find(|(status, _)| *status == response.status)
                .map(|(_, spot)| *spot)
        };
        match reply.body {
            Content::Whole(ref bytes) if bytes.len() <= MOST_BYTES => {
                if let Some(spot) = of(outdated.answers)
                    && let Ok(value) = serde_json::from_slice::<Value>(bytes)
                {
                    self.add(Part::Answer, outdated.found(spot, &value));
                }
            }
            Content::Events(events) => {
                reply.body = Content::Events(match of(outdated.events) {
                    Some(spot) => self.watched(events, outdated, spot),
                    None => events,
                });
            }
            _ => {}
        }
        reply
    }

    /// Events whose data is looked at as they pass.
    fn watched(&mut self, events: Events, outdated: &'static Outdated, spot: usize) -> Events {
        let Some(host) = self.host.take() else {
            return events;
        };
        let mut told = Vec::new();
        events.seen(move |data| {
            for found in outdated.found(spot, data) {
                if !told.contains(&found) {
                    told.push(found);
                    let Found { place, value, .. } = found;
                    host.used(&Use {
                        part: Part::Answer,
                        place,
                        value,
                    });
                }
            }
        })
    }

    /// What the contract says of all that was used, the operation aside.
    pub(crate) fn lives(&self) -> &[Life] {
        &self.lives
    }

    fn add(&mut self, part: Part, found: Vec<Found>) {
        for Found { place, value, life } in found {
            self.tell(part, place, value);
            if !self.lives.contains(&life) {
                self.lives.push(life);
            }
        }
    }

    fn tell(&self, part: Part, place: &'static str, value: Option<&'static str>) {
        if let Some(host) = &self.host {
            host.used(&Use { part, place, value });
        }
    }
}

/// What a header says: a text, and what that is as JSON.
fn readings(value: &HeaderValue) -> Vec<Value> {
    let text = value.to_str().unwrap_or_default();
    let json = serde_json::from_str(text).ok();
    [Some(Value::from(text)), json]
        .into_iter()
        .flatten()
        .collect()
}
