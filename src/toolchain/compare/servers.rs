//! Servers: every address that worked must go on working.

use codegen::pointer;
use serde_json::Value;

use super::change::{Change, Class, Edition};
use super::{Comparer, Operation, Side};

/// An address with variables.
#[derive(PartialEq, Eq)]
struct Server<'a> {
    at: String,
    /// Without a slash at the end; variables without their names, by which nobody calls.
    template: String,
    variables: Vec<Option<Vec<&'a str>>>,
}

impl Comparer<'_> {
    pub(super) fn servers_of_document(&mut self) {
        let (old, new) = (servers(&self.old, ""), servers(&self.new, ""));
        let old = old.unwrap_or_else(root);
        let new = new.unwrap_or_else(root);
        let flow = Self::document_flow();
        for (class, edition, place, message) in changes(&old, &new) {
            self.changes.add(Change {
                class,
                direction: flow.direction,
                kind: "server",
                edition,
                place,
                message,
                operations: Default::default(),
                evidence: None,
            });
        }
    }

    /// Servers that a path or an operation says itself.
    pub(super) fn servers(&mut self, operation: &Operation, old_item: &str, new_item: &str) {
        let own = |side: &Side<'_>, operation: &str, item: &str| {
            side.member(operation, "servers").is_some() || side.member(item, "servers").is_some()
        };
        if !own(&self.old, &operation.old, old_item) && !own(&self.new, &operation.new, new_item) {
            return;
        }
        let old = effective(&self.old, &operation.old, old_item);
        let new = effective(&self.new, &operation.new, new_item);
        for (class, edition, place, message) in changes(&old, &new) {
            self.found(
                operation,
                operation.request(),
                class,
                "server",
                (edition, place),
                message,
            );
        }
    }
}

fn effective<'a>(side: &Side<'a>, operation: &str, item: &str) -> Vec<Server<'a>> {
    servers(side, operation)
        .or_else(|| servers(side, item))
        .or_else(|| servers(side, ""))
        .unwrap_or_else(root)
}

/// Without servers the address is `/`.
fn root<'a>() -> Vec<Server<'a>> {
    vec![Server {
        at: String::new(),
        template: String::new(),
        variables: Vec::new(),
    }]
}

fn servers<'a>(side: &Side<'a>, owner: &str) -> Option<Vec<Server<'a>>> {
    let list = pointer::join(owner, "servers");
    let count = side.at(&list)?.as_array()?.len();
    let servers: Vec<Server<'a>> = (0..count)
        .filter_map(|index| server(side, format!("{list}/{index}")))
        .collect();
    (!servers.is_empty()).then_some(servers)
}

fn server<'a>(side: &Side<'a>, at: String) -> Option<Server<'a>> {
    let url = side.text(&at, "url")?;
    let mut template = String::new();
    let mut variables = Vec::new();
    for (index, part) in url.split('{').enumerate() {
        let rest = match (index, part.split_once('}')) {
            (0, _) | (_, None) => part,
            (_, Some((name, rest))) => {
                let variable = pointer::join(&pointer::join(&at, "variables"), name);
                let values = side.member(&variable, "enum").and_then(Value::as_array);
                variables
                    .push(values.map(|values| values.iter().filter_map(Value::as_str).collect()));
                template.push_str("{}");
                rest
            }
        };
        template.push_str(rest);
    }
    Some(Server {
        at,
        template: template.trim_end_matches('/').to_owned(),
        variables,
    })
}

fn changes(old: &[Server<'_>], new: &[Server<'_>]) -> Vec<(Class, Edition, String, String)> {
    let gone = old
        .iter()
        .filter(|server| !new.iter().any(|other| serves(server, other)));
    let gone = gone.map(|server| {
        let message = format!("the address {} no longer works as it did", shown(server));
        (Class::Breaking, Edition::Old, server.at.clone(), message)
    });
    let added = new
        .iter()
        .filter(|server| !old.iter().any(|other| serves(server, other)));
    let added = added.map(|server| {
        let message = format!("the address {} is new", shown(server));
        (Class::Safe, Edition::New, server.at.clone(), message)
    });
    gone.chain(added).collect()
}

/// Whether every address of the one is an address of the other.
fn serves(server: &Server<'_>, other: &Server<'_>) -> bool {
    server.template == other.template
        && server
            .variables
            .iter()
            .zip(&other.variables)
            .all(|(own, other)| match (own, other) {
                (_, None) => true,
                (None, Some(_)) => false,
                (Some(own), Some(other)) => own.iter().all(|value| other.contains(value)),
            })
}

fn shown(server: &Server<'_>) -> String {
    match server.template.is_empty() {
        true => "`/`".to_owned(),
        false => format!("`{}`", server.template),
    }
}
