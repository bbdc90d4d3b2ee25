//! Operations, webhooks and callbacks: which are gone, which are new, which changed.

use std::collections::BTreeMap;

use codegen::grammar::METHODS;
use codegen::pointer;

use super::change::{Change, Class, Direction, Edition};
use super::{Comparer, Flow, Operation};

/// Path items by the name under which both documents have them.
type Items = BTreeMap<String, String>;

impl Comparer<'_> {
    /// Adds a change of an operation.
    pub(super) fn found(
        &mut self,
        operation: &Operation,
        flow: Flow,
        class: Class,
        kind: &'static str,
        (edition, place): (Edition, String),
        message: String,
    ) {
        self.changes.add(Change {
            class,
            direction: flow.direction,
            kind,
            edition,
            place,
            message,
            operations: [operation.name.clone()].into(),
            evidence: None,
        });
    }

    pub(super) fn operations(&mut self) {
        let items = |side: &super::Side<'_>| -> Items {
            let paths = side.keys("/paths").into_iter();
            paths
                .map(|path| (template(path), pointer::join("/paths", path)))
                .collect()
        };
        let (old, new) = (items(&self.old), items(&self.new));
        self.items(&old, &new, false, "");
    }

    pub(super) fn webhooks(&mut self) {
        let items = |side: &super::Side<'_>| -> Items {
            let hooks = side.keys("/webhooks").into_iter();
            hooks
                .map(|name| {
                    (
                        name.to_owned(),
                        side.follow(&pointer::join("/webhooks", name)),
                    )
                })
                .collect()
        };
        let (old, new) = (items(&self.old), items(&self.new));
        self.items(&old, &new, true, "webhook ");
    }

    fn items(&mut self, old: &Items, new: &Items, is_hook: bool, prefix: &str) {
        for (name, at) in old {
            for method in self.methods_old(at) {
                let operation = Operation {
                    name: format!(
                        "{prefix}{} {}",
                        method.to_uppercase(),
                        shown(name, at, is_hook)
                    ),
                    old: pointer::join(at, method),
                    new: new
                        .get(name)
                        .map(|at| pointer::join(at, method))
                        .unwrap_or_default(),
                    is_hook,
                };
                match new
                    .get(name)
                    .filter(|at| self.new.member(at, method).is_some())
                {
                    Some(new_item) => self.operation(&operation, at, new_item),
                    None => self.presence(&operation, false),
                }
            }
        }
        for (name, at) in new {
            let methods = METHODS
                .into_iter()
                .filter(|method| self.new.member(at, method).is_some());
            let added: Vec<&str> = methods
                .filter(|method| {
                    old.get(name)
                        .is_none_or(|at| self.old.member(at, method).is_none())
                })
                .collect();
            for method in added {
                let operation = Operation {
                    name: format!(
                        "{prefix}{} {}",
                        method.to_uppercase(),
                        shown(name, at, is_hook)
                    ),
                    old: String::new(),
                    new: pointer::join(at, method),
                    is_hook,
                };
                self.presence(&operation, true);
            }
        }
    }

    fn methods_old(&self, item: &str) -> Vec<&'static str> {
        let methods = METHODS.into_iter();
        methods
            .filter(|method| self.old.member(item, method).is_some())
            .collect()
    }

    /// An operation that only one of the documents has.
    fn presence(&mut self, operation: &Operation, is_new: bool) {
        let flow = operation.request();
        let what = if operation.is_hook {
            "no longer sent"
        } else {
            "gone"
        };
        match is_new {
            true => self.found(
                operation,
                flow,
                Class::Safe,
                "operation-added",
                (Edition::New, operation.new.clone()),
                format!("{} is new", operation.name),
            ),
            false => self.found(
                operation,
                flow,
                Class::Breaking,
                "operation-removed",
                (Edition::Old, operation.old.clone()),
                format!("{} is {what}", operation.name),
            ),
        }
    }

    fn operation(&mut self, operation: &Operation, old_item: &str, new_item: &str) {
        let own = (
            operation.name.as_str(),
            operation.old.as_str(),
            operation.new.as_str(),
        );
        self.own_deprecation(operation, operation.request(), own);
        self.parameters(operation, old_item, new_item);
        self.request_body(operation);
        self.responses(operation);
        self.security(operation);
        if !operation.is_hook {
            self.servers(operation, old_item, new_item);
        }
        self.callbacks(operation);
    }

    /// Callbacks are requests the other way round, as webhooks are; a callback's own callbacks turn again.
    fn callbacks(&mut self, operation: &Operation) {
        let items = |side: &super::Side<'_>, at: &str| -> Items {
            let at = pointer::join(at, "callbacks");
            let callbacks = side.keys(&at).into_iter();
            callbacks
                .flat_map(|name| {
                    let callback = side.follow(&pointer::join(&at, name));
                    let expressions = side.keys(&callback).into_iter();
                    expressions
                        .filter(|expression| *expression != "$ref")
                        .map(|expression| {
                            let item = side.follow(&pointer::join(&callback, expression));
                            (format!("{name} {expression}"), item)
                        })
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        let (old, new) = (
            items(&self.old, &operation.old),
            items(&self.new, &operation.new),
        );
        let prefix = format!("{}, callback ", operation.name);
        // Deeper nesting is not known in practice, and could refer to itself.
        if !operation.is_hook {
            self.items(&old, &new, true, &prefix);
        }
    }

    /// The directions of what has none of its own.
    pub(super) fn document_flow() -> Flow {
        Flow {
            direction: Direction::Request,
            by_partner: true,
        }
    }
}

/// A path whose parameters have no names: those are never sent.
fn template(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    let mut is_name = false;
    for c in path.chars() {
        match c {
            '{' => {
                is_name = true;
                template.push_str("{}");
            }
            '}' => is_name = false,
            c if !is_name => template.push(c),
            _ => {}
        }
    }
    template
}

/// The name of a path item for people: a path has its own words for its parameters.
fn shown(name: &str, at: &str, is_hook: bool) -> String {
    match is_hook {
        true => name.to_owned(),
        false => pointer::last(at),
    }
}
