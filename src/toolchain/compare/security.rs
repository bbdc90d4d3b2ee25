//! Security: whoever was let in before must be let in now.

use codegen::pointer;
use serde_json::Value;

use super::change::{Class, Edition};
use super::{Comparer, Operation, Side};

/// One way to be let in: every scheme of it, with its scopes.
type Way<'a> = Vec<(&'a str, Vec<&'a str>)>;

impl Comparer<'_> {
    pub(super) fn security(&mut self, operation: &Operation) {
        let (old_at, before) = ways(&self.old, &operation.old);
        let (new_at, after) = ways(&self.new, &operation.new);
        // What the service calls, it must be let in to: then the old receiver has the say.
        let shut: Vec<String> = match operation.is_hook {
            false => unmet(&before, &after, &self.old, &self.new),
            true => unmet(&after, &before, &self.new, &self.old),
        };
        let flow = operation.request();
        let (edition, place) = match self.new.at(&new_at) {
            Some(_) => (Edition::New, new_at),
            None if self.old.at(&old_at).is_some() => (Edition::Old, old_at),
            None => (Edition::New, operation.new.clone()),
        };
        if !shut.is_empty() {
            let message = match operation.is_hook {
                false => format!("{} no longer lets in: {}", operation.name, shut.join("; ")),
                true => format!(
                    "{} is called with other credentials: {}",
                    operation.name,
                    shut.join("; ")
                ),
            };
            self.found(
                operation,
                flow,
                Class::Breaking,
                "security",
                (edition, place),
                message,
            );
            return;
        }
        let opened: Vec<String> = match operation.is_hook {
            false => unmet(&after, &before, &self.new, &self.old),
            true => unmet(&before, &after, &self.old, &self.new),
        };
        if !opened.is_empty() {
            let message = format!("{} lets in more: {}", operation.name, opened.join("; "));
            self.found(
                operation,
                flow,
                Class::Safe,
                "security",
                (edition, place),
                message,
            );
        }
    }
}

/// The ways into an operation, and where they are said.
fn ways<'a>(side: &Side<'a>, operation: &str) -> (String, Vec<Way<'a>>) {
    let own = pointer::join(operation, "security");
    let at = match side.at(&own) {
        Some(_) => own,
        None => "/security".to_owned(),
    };
    let list = side.at(&at).and_then(Value::as_array);
    let mut ways: Vec<Way<'a>> = list
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|way| {
            let schemes = way.iter();
            schemes
                .map(|(name, scopes)| {
                    let scopes = scopes.as_array().into_iter().flatten();
                    (name.as_str(), scopes.filter_map(Value::as_str).collect())
                })
                .collect()
        })
        .collect();
    if ways.is_empty() {
        ways.push(Vec::new());
    }
    (at, ways)
}

/// The ways of `held` that meet none of `asked`.
fn unmet(held: &[Way<'_>], asked: &[Way<'_>], holder: &Side<'_>, asker: &Side<'_>) -> Vec<String> {
    held.iter()
        .filter(|way| !asked.iter().any(|needed| meets(way, needed, holder, asker)))
        .map(described)
        .collect()
}

fn meets(held: &Way<'_>, needed: &Way<'_>, holder: &Side<'_>, asker: &Side<'_>) -> bool {
    needed.iter().all(|(name, scopes)| {
        held.iter().any(|(own, granted)| {
            scopes.iter().all(|scope| granted.contains(scope)) && serves(holder, own, asker, name)
        })
    })
}

/// Whether a credential of one scheme is one of the other: the names do not matter.
fn serves(holder: &Side<'_>, own: &str, asker: &Side<'_>, name: &str) -> bool {
    let scheme = |side: &Side<'_>, name: &str| {
        side.follow(&pointer::join("/components/securitySchemes", name))
    };
    let (own_at, at) = (scheme(holder, own), scheme(asker, name));
    let same = |field: &str, is_exact: bool| {
        let (a, b) = (holder.text(&own_at, field), asker.text(&at, field));
        match is_exact {
            true => a == b,
            false => a.map(str::to_lowercase) == b.map(str::to_lowercase),
        }
    };
    match asker.text(&at, "type") {
        Some("apiKey") => {
            let is_header = asker.text(&at, "in") == Some("header");
            same("type", true) && same("in", true) && same("name", !is_header)
        }
        Some("http") => same("type", true) && same("scheme", false),
        Some("openIdConnect") => same("type", true) && same("openIdConnectUrl", true),
        Some("oauth2") => same("type", true) && flows_kept(holder, &own_at, asker, &at),
        Some(_) => same("type", true),
        None => own == name,
    }
}

/// Whether each way to a token of the one is a way of the other.
fn flows_kept(holder: &Side<'_>, own: &str, asker: &Side<'_>, other: &str) -> bool {
    let (own, other) = (pointer::join(own, "flows"), pointer::join(other, "flows"));
    holder.keys(&own).into_iter().all(|flow| {
        let (own, other) = (pointer::join(&own, flow), pointer::join(&other, flow));
        asker.at(&other).is_some()
            && ["authorizationUrl", "tokenUrl", "refreshUrl"]
                .iter()
                .all(|field| holder.text(&own, field) == asker.text(&other, field))
            && holder
                .keys(&pointer::join(&own, "scopes"))
                .iter()
                .all(|scope| asker.keys(&pointer::join(&other, "scopes")).contains(scope))
    })
}

fn described(way: &Way<'_>) -> String {
    let schemes: Vec<String> = way
        .iter()
        .map(|(name, scopes)| match scopes.is_empty() {
            true => (*name).to_owned(),
            false => format!("{name} with {}", scopes.join(", ")),
        })
        .collect();
    match schemes.is_empty() {
        true => "whoever comes without credentials".to_owned(),
        false => schemes.join(" and "),
    }
}
