//! Conditional requests (RFC 9110, section 13): `If-Match` and `If-None-Match` against entity tags.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName};

use super::operation::{Operation, Policy};
use super::problem::{Problem, boundary};

/// What a request asks of the resource as it is now. The boundary compares the answers of reads by
/// itself; the handler of a write calls [`Preconditions::check`].
#[derive(Debug, Clone, Default)]
pub struct Preconditions {
    if_match: Option<Tags>,
    if_none_match: Option<Tags>,
    /// The operation wants `If-Match`, and the request has none.
    lacks: bool,
    /// Told by the handler's copy; `None` where there is nothing to check.
    checked: Option<Arc<AtomicBool>>,
}

impl Preconditions {
    /// Those of a request, as far as the operation takes them.
    pub(crate) fn read(operation: &Operation, headers: &HeaderMap) -> Self {
        let tags = |policy: Policy, name: &HeaderName| match policy {
            Policy::None => None,
            Policy::Optional | Policy::Required => Tags::read(headers, name),
        };
        let if_match = tags(operation.if_match, &IF_MATCH);
        let if_none_match = tags(operation.if_none_match, &IF_NONE_MATCH);
        let lacks = operation.if_match == Policy::Required && if_match.is_none();
        let asks = lacks || if_match.is_some() || if_none_match.is_some();
        Self {
            if_match,
            if_none_match,
            lacks,
            checked: asks.then(Arc::default),
        }
    }

    /// Compares with the current entity tag of a resource that is there. To be called where nobody
    /// can change the resource between this and the write, else an update may be lost.
    ///
    /// # Errors
    /// 412 `precondition-failed`; 428 `precondition-required` if there must be a condition and is none.
    pub fn check(&self, current: &str) -> Result<(), Problem> {
        if let Some(checked) = &self.checked {
            checked.store(true, Ordering::Relaxed);
        }
        if self.lacks {
            return Err(missing());
        }
        let matches = self.if_match.as_ref().is_none_or(|it| it.strongly(current));
        let exists = self
            .if_none_match
            .as_ref()
            .is_some_and(|it| it.weakly(current));
        match matches && !exists {
            true => Ok(()),
            false => Err(failed()),
        }
    }

    /// What becomes of a success that has this entity tag.
    pub(crate) fn verdict(&self, operation: &Operation, current: Option<&str>) -> Verdict {
        let Some(checked) = &self.checked else {
            return Verdict::Send;
        };
        if !operation.is_read() {
            return match checked.load(Ordering::Relaxed) {
                true => Verdict::Send,
                false => Verdict::Unchecked("the handler did not check the preconditions"),
            };
        }
        let Some(current) = current else {
            return Verdict::Unchecked("the answer has no ETag to compare");
        };
        if self
            .if_match
            .as_ref()
            .is_some_and(|it| !it.strongly(current))
        {
            return Verdict::Refuse(failed());
        }
        match &self.if_none_match {
            Some(tags) if tags.weakly(current) => Verdict::NotModified,
            _ => Verdict::Send,
        }
    }
}

/// What becomes of an answer to a conditional request.
pub(crate) enum Verdict {
    /// It is sent as it is.
    Send,
    /// The client has it already: 304.
    NotModified,
    /// 412.
    Refuse(Problem),
    /// A fault of the handler.
    Unchecked(&'static str),
}

fn failed() -> Problem {
    Problem::new(boundary::PRECONDITION_FAILED)
        .with_detail("the resource has another entity tag now: read it again, then decide anew")
}

/// 428, for a request without an `If-Match` that the operation wants.
fn missing() -> Problem {
    Problem::new(boundary::PRECONDITION_REQUIRED)
        .with_detail("send If-Match with the ETag that you read, or * for whatever is there")
}

/// `*` or a list of entity tags, quotes and `W/` included.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tags {
    Any,
    Of(Vec<String>),
}

impl Tags {
    /// All lines of the header are one list. What is no entity tag matches nothing.
    fn read(headers: &HeaderMap, name: &HeaderName) -> Option<Self> {
        let mut tags = Vec::new();
        let mut lines = headers.get_all(name).iter().peekable();
        lines.peek()?;
        for line in lines {
            let line = line.to_str().unwrap_or_default().trim();
            if line == "*" {
                return Some(Self::Any);
            }
            tags.extend(split(line));
        }
        Some(Self::Of(tags))
    }

    fn strongly(&self, current: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Of(tags) => !is_weak(current) && tags.iter().any(|tag| tag == current),
        }
    }

    fn weakly(&self, current: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Of(tags) => tags.iter().any(|tag| opaque(tag) == opaque(current)),
        }
    }
}

fn is_weak(tag: &str) -> bool {
    tag.starts_with("W/")
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The entity tags of a list; a comma inside quotes belongs to the tag.
fn split(line: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut tag = String::new();
    let mut quoted = false;
    for character in line.chars() {
        match character {
            ',' if !quoted => tags.push(std::mem::take(&mut tag)),
            ' ' | '\t' if !quoted => {}
            other => {
                quoted ^= other == '"';
                tag.push(other);
            }
        }
    }
    tags.push(tag);
    tags.retain(|tag| !tag.is_empty());
    tags
}
