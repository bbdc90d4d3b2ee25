//! What a call uses of what is deprecated: the operation, what its request holds, what its answer holds.

use serde_json::Value;

use super::host::Uses;
use super::input::{Input, Payload};
use super::operation::{Operation, Place};
use super::outdated::{Found, Life};
use super::params::Decoded;
use super::reply::{Content, Reply};

/// Bytes of the longest answer that is looked through.
const MOST_BYTES: usize = 256 * 1024;

/// A use of something deprecated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The part of the call.
    pub part: Part,
    /// Where in it: empty for the operation and for a whole body; a parameter's name; a JSON pointer
    /// into the body, in which `*` stands for any item or member.
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
    /// The body that was given.
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

    /// What the answer holds: what a client did not ask for is not in it.
    pub(crate) fn answer(&mut self, reply: &Reply) {
        let (Some(outdated), Content::Whole(bytes)) = (self.operation.outdated, &reply.body) else {
            return;
        };
        let response = self.operation.response(reply.status.as_u16());
        let spot = response.and_then(|response| {
            let mut answers = outdated.answers.iter();
            answers.find(|(status, _)| *status == response.status)
        });
        if let Some((_, spot)) = spot.filter(|_| bytes.len() <= MOST_BYTES)
            && let Ok(value) = serde_json::from_slice::<Value>(bytes)
        {
            self.add(Part::Answer, outdated.found(*spot, &value));
        }
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
