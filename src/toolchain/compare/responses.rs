//! Responses: statuses, bodies, headers and links.

use std::collections::BTreeSet;

use codegen::pointer;

use super::bodies::headers;
use super::change::{Change, Class, Direction, Edition};
use super::{Comparer, Operation, open};

impl Comparer<'_> {
    pub(super) fn responses(&mut self, operation: &Operation) {
        let list = |at: &str| pointer::join(at, "responses");
        let (old, new) = (list(&operation.old), list(&operation.new));
        let (before, after) = (self.old.keys(&old), self.new.keys(&new));
        for status in &before {
            let at = self.old.follow(&pointer::join(&old, status));
            match after.contains(status) {
                true => {
                    let other = self.new.follow(&pointer::join(&new, status));
                    self.response(operation, &at, &other);
                }
                false => self.status_gone(operation, status, &pointer::join(&old, status)),
            }
        }
        for status in after.iter().filter(|status| !before.contains(status)) {
            self.status_added(
                operation,
                status,
                &pointer::join(&new, status),
                &old,
                &before,
            );
        }
    }

    /// Whether answers may have members that are not described.
    pub(super) fn promise_of_answers(&mut self) {
        let (was, is) = (
            open::is_promised(self.old.document),
            open::is_promised(self.new.document),
        );
        let (class, edition, message) = match (was, is) {
            (false, true) => (
                Class::Note,
                Edition::New,
                "answers and webhooks may get members that are not described: leave out what you do not know",
            ),
            (true, false) => (
                Class::Safe,
                Edition::Old,
                "answers and webhooks only get members that are described",
            ),
            _ => return,
        };
        self.changes.add(Change {
            class,
            direction: Direction::Response,
            kind: "open-answers",
            edition,
            place: pointer::join("", open::MARK),
            message: message.to_owned(),
            operations: BTreeSet::new(),
            evidence: None,
        });
    }

    fn status_gone(&mut self, operation: &Operation, status: &str, at: &str) {
        let flow = operation.response();
        let class = match flow.by_partner || is_success(status) {
            true => Class::Breaking,
            false => Class::Note,
        };
        let message = match flow.by_partner {
            true => format!("the answer {status} of partners is no longer expected"),
            false => format!("{} no longer answers {status}", operation.name),
        };
        self.found(
            operation,
            flow,
            class,
            "status-removed",
            (Edition::Old, at.to_owned()),
            message,
        );
    }

    /// A status that is new is judged by what the old document says of it: by its range, by `default`, or not
    /// at all. Clients take an error that they do not know for the first of its class (RFC 9110, 15).
    fn status_added(
        &mut self,
        operation: &Operation,
        status: &str,
        at: &str,
        old: &str,
        before: &[&str],
    ) {
        let flow = operation.response();
        let range = status
            .get(..1)
            .map(|class| format!("{class}XX"))
            .unwrap_or_default();
        let known = before
            .iter()
            .find(|name| **name == range)
            .or_else(|| before.iter().find(|name| **name == "default"));
        let class = match (flow.by_partner, known.is_some() || !is_success(status)) {
            (true, _) => Class::Safe,
            (false, true) => Class::Note,
            (false, false) => Class::Breaking,
        };
        self.found(
            operation,
            flow,
            class,
            "status-added",
            (Edition::New, at.to_owned()),
            format!("{} may now answer {status}", operation.name),
        );
        if let Some(known) = known.filter(|_| !flow.by_partner) {
            let (old, new) = (
                self.old.follow(&pointer::join(old, known)),
                self.new.follow(at),
            );
            self.response(operation, &old, &new);
        }
    }

    fn response(&mut self, operation: &Operation, old: &str, new: &str) {
        let flow = operation.response();
        self.contents(operation, flow, old, new, true);
        let (a, b) = (headers(&self.old, old), headers(&self.new, new));
        self.fields(operation, flow, &a, &b);
        let links = |at: &str| pointer::join(at, "links");
        let (before, after) = (self.old.keys(&links(old)), self.new.keys(&links(new)));
        for name in before.iter().filter(|name| !after.contains(name)) {
            let place = pointer::join(&pointer::join(old, "links"), name);
            self.found(
                operation,
                flow,
                Class::Note,
                "link-removed",
                (Edition::Old, place),
                format!("the link `{name}` is gone"),
            );
        }
    }
}

fn is_success(status: &str) -> bool {
    status.starts_with(['1', '2', '3'])
}
