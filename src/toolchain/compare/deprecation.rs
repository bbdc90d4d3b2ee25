//! Deprecation: what partners should no longer send or read, and until when it works.

use super::change::{Class, Edition};
use super::marks::{Mark, What, find, marks};
use super::{Comparer, Flow, Operation, words};

/// A kind of change, its place in the new document, and its words.
pub(super) type Told = (&'static str, String, String);

impl Comparer<'_> {
    /// Compares what two objects say of their own deprecation.
    pub(super) fn own_deprecation(
        &mut self,
        operation: &Operation,
        flow: Flow,
        (subject, old, new): (&str, &str, &str),
    ) {
        let life = |side: &super::Side<'_>, at: &str| {
            let sunset = side.text(at, "x-sunset").map(str::to_owned);
            side.is_true(at, "deprecated").then_some(sunset)
        };
        let (was, is) = (life(&self.old, old), life(&self.new, new));
        if let Some((kind, message)) = told(subject, was.as_ref(), is.as_ref()) {
            let place = (Edition::New, new.to_owned());
            self.found(operation, flow, Class::Note, kind, place, message);
        }
    }

    /// Compares what the schemas of a message say of its members and values.
    pub(super) fn deprecations(&mut self, operation: &Operation, flow: Flow, old: &str, new: &str) {
        let homes = (self.old.follow(old), self.new.follow(new), flow);
        let known = match self.deprecated.get(&homes) {
            Some(known) => known.clone(),
            None => {
                let known = self.marks(flow, old, new);
                self.deprecated.insert(homes, known.clone());
                known
            }
        };
        for (kind, place, message) in known {
            let place = (Edition::New, place);
            self.found(operation, flow, Class::Note, kind, place, message);
        }
    }

    fn marks(&mut self, flow: Flow, old: &str, new: &str) -> Vec<Told> {
        let was = marks(&self.old, &mut self.readers.0, old, flow.by_partner);
        let is = marks(&self.new, &mut self.readers.1, new, flow.by_partner);
        let mut changes = Vec::new();
        for (key, mark) in &is {
            let before = was.get(key).map(|mark| &mark.sunset);
            let subject = subject(&key.1, &mark.at, mark);
            if let Some((kind, message)) = told(&subject, before, Some(&mark.sunset)) {
                changes.push((kind, mark.at.clone(), message));
            }
        }
        for ((path, what), mark) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
            let Some(at) = find(&self.new, new, path, what) else {
                continue;
            };
            let subject = subject(what, &at, mark);
            if let Some((kind, message)) = told(&subject, Some(&mark.sunset), None) {
                changes.push((kind, at, message));
            }
        }
        changes
    }
}

/// What a mark is about, for people.
fn subject(what: &What, at: &str, mark: &Mark) -> String {
    match what {
        What::Whole => words::place(at),
        What::Value(value) => format!("the value {value} of {}", words::place(at)),
        What::Arm(_) => format!("the choice `{}`", mark.name),
    }
}

/// How the deprecation of something changed: it has a sunset, none (`Some(None)`), or is not deprecated.
fn told(
    subject: &str,
    was: Option<&Option<String>>,
    is: Option<&Option<String>>,
) -> Option<(&'static str, String)> {
    let (kind, said) = match (was, is) {
        (None, Some(Some(day))) => ("deprecation", format!("is deprecated, until {day}")),
        (None, Some(None)) => (
            "deprecated-without-sunset",
            "is deprecated without a sunset: partners cannot plan (add x-sunset)".to_owned(),
        ),
        (Some(_), None) => ("deprecation", "is no longer deprecated".to_owned()),
        (Some(Some(was)), Some(Some(is))) if was != is => (
            "deprecation",
            format!("is deprecated until {is}, not until {was}"),
        ),
        (Some(None), Some(Some(day))) => ("deprecation", format!("is deprecated, until {day}")),
        (Some(Some(was)), Some(None)) => (
            "deprecated-without-sunset",
            format!("has no sunset any more, was {was}: partners cannot plan (add x-sunset)"),
        ),
        _ => return None,
    };
    Some((kind, format!("{subject} {said}")))
}
