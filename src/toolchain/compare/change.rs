//! One change, and the list of them.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

/// What a change does to those who rely on the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What worked fails.
    Breaking,
    /// It could not be told; to be taken for breaking.
    Undecided,
    /// Nothing fails, but there is something to know.
    Note,
    /// Nothing that worked fails.
    Safe,
}

impl Class {
    /// The word for it in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Undecided => "undecided",
            Self::Note => "note",
            Self::Safe => "safe",
        }
    }

    /// Whether a release must not have it unawares.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Breaking | Self::Undecided)
    }
}

/// Which messages a change concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What partners send.
    Request,
    /// What the service answers.
    Response,
    /// What the service sends to partners by itself, and what they answer.
    Webhook,
}

impl Direction {
    /// The word for it in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Webhook => "webhook",
        }
    }

    /// The messages, as a sentence begins.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Request => "in requests",
            Self::Response => "in answers",
            Self::Webhook => "in webhooks",
        }
    }
}

/// In which of the two documents a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    Old,
    New,
}

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    pub class: Class,
    pub direction: Direction,
    /// Stable name of the kind of change, such as `parameter-removed`.
    pub kind: &'static str,
    /// The document that has the place: the new one, or the old one for what is gone.
    pub edition: Edition,
    /// JSON pointer.
    pub place: String,
    pub message: String,
    /// The operations and webhooks that it reaches.
    pub operations: BTreeSet<String>,
    /// What the change of a schema does, shown by values.
    pub evidence: Option<Evidence>,
}

/// The proof of a change of a schema.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// A payload that one side may send and the other now refuses.
    pub counterexample: Option<Value>,
    /// JSON pointer of the schema of that payload.
    pub payload: String,
    /// The schema of exactly the values, at the place, that are no longer taken.
    pub lost: Value,
    /// Both schemas, where nothing could be decided.
    pub schemas: Option<(Value, Value)>,
}

/// The changes found so far.
#[derive(Debug, Default)]
pub struct Changes {
    list: Vec<Change>,
    /// Where a change is in the list, by what makes it one.
    known: HashMap<(String, &'static str, Direction, String), usize>,
}

impl Changes {
    /// Adds a change; one that is known already only gets more operations.
    pub fn add(&mut self, change: Change) {
        let Change {
            place,
            kind,
            direction,
            message,
            ..
        } = &change;
        let key = (place.clone(), *kind, *direction, message.clone());
        let index = *self.known.entry(key).or_insert(self.list.len());
        match self.list.get_mut(index) {
            Some(known) => known.operations.extend(change.operations),
            None => self.list.push(change),
        }
    }

    /// The worst first, then by place.
    pub fn sorted(mut self) -> Vec<Change> {
        self.list.sort_by(|a, b| {
            (a.class, &a.place, a.direction, a.kind).cmp(&(b.class, &b.place, b.direction, b.kind))
        });
        self.list
    }
}
