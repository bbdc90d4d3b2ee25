//! What breaks the source of programs that use a generated SDK: names that are never sent.

use std::collections::BTreeSet;

use codegen::grammar::METHODS;
use codegen::pointer;

use super::change::{Change, Class, Direction, Edition};
use super::{Comparer, Side};

impl Comparer<'_> {
    pub(super) fn sdk(&self) -> Vec<Change> {
        let mut found = Vec::new();
        for path in self.old.keys("/paths") {
            let item = pointer::join("/paths", path);
            for method in METHODS {
                let at = pointer::join(&item, method);
                if self.old.at(&at).is_some() && self.new.at(&at).is_some() {
                    self.names(
                        &at,
                        &format!("{} {path}", method.to_uppercase()),
                        &mut found,
                    );
                }
            }
        }
        let schemas = "/components/schemas";
        let kept = self.new.keys(schemas);
        for name in self
            .old
            .keys(schemas)
            .into_iter()
            .filter(|name| !kept.contains(name))
        {
            let message =
                format!("the schema `{name}` has no such name any more: its type is gone");
            found.push(change(
                "schema-name",
                Edition::Old,
                pointer::join(schemas, name),
                message,
                None,
            ));
        }
        found
    }

    fn names(&self, at: &str, operation: &str, found: &mut Vec<Change>) {
        let (was, is) = (
            self.old.text(at, "operationId"),
            self.new.text(at, "operationId"),
        );
        if let Some(was) = was.filter(|was| Some(*was) != is) {
            let message = format!(
                "{operation} was called `{was}`, is called `{}`",
                is.unwrap_or("")
            );
            found.push(change(
                "operation-id",
                Edition::New,
                at.to_owned(),
                message,
                Some(operation),
            ));
        }
        let tags = |side: &Side<'_>| -> BTreeSet<String> {
            let tags = side.member(at, "tags").and_then(|tags| tags.as_array());
            let tags = tags.into_iter().flatten().filter_map(|tag| tag.as_str());
            tags.map(str::to_owned).collect()
        };
        if tags(&self.old) != tags(&self.new) {
            let message = format!("{operation} has other tags: its method is in another class");
            found.push(change(
                "tag",
                Edition::New,
                at.to_owned(),
                message,
                Some(operation),
            ));
        }
    }
}

fn change(
    kind: &'static str,
    edition: Edition,
    place: String,
    message: String,
    operation: Option<&str>,
) -> Change {
    Change {
        class: Class::Note,
        direction: Direction::Request,
        kind,
        edition,
        place,
        message,
        operations: operation.map(str::to_owned).into_iter().collect(),
        evidence: None,
    }
}
