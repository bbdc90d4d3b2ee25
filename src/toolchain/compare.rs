//! `diff`: what changed between two documents, and whom it breaks.
//!
//! Schemas are judged by containment, not by keyword: what one side may send, the other must take.

mod bodies;
mod change;
mod deprecation;
mod marks;
pub mod open;
mod operations;
mod parameters;
mod report;
mod responses;
mod schemas;
mod sdk;
mod security;
mod servers;
mod side;
mod version;
pub mod words;

use std::collections::HashMap;

use codegen::Source;
use codegen::deprecated::Reader;

pub use change::{Change, Class, Direction, Edition};
pub use report::{Acknowledged, id, report};

use change::Changes;
use deprecation::Told;
use schemas::Schemas;
use side::Side;

/// All that changed.
#[derive(Debug)]
pub struct Comparison {
    /// Changes on the wire, the worst first.
    pub changes: Vec<Change>,
    /// What breaks the source of programs that use a generated SDK, though not the wire.
    pub sdk: Vec<Change>,
    /// The version that `info.version` should have now, if a semantic version can be told.
    pub version: Option<String>,
}

impl Comparison {
    /// The changes of a class.
    pub fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(move |change| change.class == class)
    }

    /// What breaks or may break, and nobody has answered for.
    pub fn unacknowledged<'c>(
        &'c self,
        known: &'c Acknowledged,
    ) -> impl Iterator<Item = &'c Change> {
        let bad = self.changes.iter().filter(|change| change.class.is_bad());
        bad.filter(|change| known.reason(change).is_none())
    }
}

/// Compares an old document with a new one.
pub fn compare(old: &Source, new: &Source) -> Comparison {
    let mut comparer = Comparer {
        old: Side::new(old),
        new: Side::new(new),
        changes: Changes::default(),
        schemas: Schemas::new(&old.document, &new.document),
        readers: (Reader::new(&old.document), Reader::new(&new.document)),
        deprecated: HashMap::new(),
    };
    comparer.servers_of_document();
    comparer.promise_of_answers();
    comparer.operations();
    comparer.webhooks();
    let sdk = comparer.sdk();
    comparer.schemas_to_changes();
    let changes = comparer.changes.sorted();
    let version = version::suggest(&old.document, &changes);
    Comparison {
        changes,
        sdk,
        version,
    }
}

/// Two documents while they are compared.
struct Comparer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    changes: Changes,
    schemas: Schemas,
    /// What says of the old and of the new document where something deprecated is.
    readers: (Reader<'a>, Reader<'a>),
    /// What of a message began or ceased to be deprecated.
    deprecated: HashMap<(String, String, Flow), Vec<Told>>,
}

/// Who sends what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Flow {
    direction: Direction,
    /// Sent by partners and taken by the service, not the other way round.
    by_partner: bool,
}

impl Flow {
    /// What it does that the receiver asks for more than before, or for less: what senders never promised, they
    /// cannot give; what they may leave out, the others may miss.
    fn asked(self, for_more: bool) -> Class {
        match for_more == self.by_partner {
            true => Class::Breaking,
            false => Class::Safe,
        }
    }
}

/// An operation on both sides, for its messages.
#[derive(Debug, Clone)]
struct Operation {
    /// `POST /orders`, or the name of the webhook.
    name: String,
    old: String,
    new: String,
    /// Whether the service calls and the partner answers.
    is_hook: bool,
}

impl Operation {
    /// The way of what the caller sends.
    fn request(&self) -> Flow {
        match self.is_hook {
            true => Flow {
                direction: Direction::Webhook,
                by_partner: false,
            },
            false => Flow {
                direction: Direction::Request,
                by_partner: true,
            },
        }
    }

    /// The way of what is answered.
    fn response(&self) -> Flow {
        match self.is_hook {
            true => Flow {
                direction: Direction::Webhook,
                by_partner: true,
            },
            false => Flow {
                direction: Direction::Response,
                by_partner: false,
            },
        }
    }
}
