//! Security schemes are complete, and every requirement names one.

use serde_json::Value;

use super::paths::maps;
use super::{Checker, did_you_mean, nearest};
use crate::dialect::each_child;
use crate::grammar::Kind;
use crate::pointer;

pub fn check(checker: &mut Checker<'_>) {
    let document = checker.written();
    for (name, scheme) in maps(document.pointer("/components/securitySchemes")) {
        let at = pointer::join("/components/securitySchemes", name);
        if scheme.get("$ref").is_none() {
            self::scheme(checker, scheme, &at);
        }
    }
    requirements(checker, document.get("security"), "/security");
    operations(checker, document, Kind::Document, "");
}

fn operations(checker: &mut Checker<'_>, value: &Value, kind: Kind, at: &str) {
    if kind == Kind::Operation {
        requirements(
            checker,
            value.get("security"),
            &pointer::join(at, "security"),
        );
    }
    let mut children = Vec::new();
    each_child(value, kind, at, &mut |child, kind, at| {
        if !matches!(
            kind,
            Kind::Schema | Kind::Parameter | Kind::Response | Kind::RequestBody
        ) {
            children.push((child, kind, at.to_owned()));
        }
    });
    for (child, kind, at) in children {
        operations(checker, child, kind, &at);
    }
}

fn requirements(checker: &mut Checker<'_>, list: Option<&Value>, at: &str) {
    let schemes = checker
        .written()
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    for (index, requirement) in list
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        for (name, scopes) in maps(Some(requirement)) {
            let at = pointer::join(&format!("{at}/{index}"), name);
            let Some(scheme) = schemes.and_then(|schemes| schemes.get(name)) else {
                let near = nearest(
                    name,
                    schemes.into_iter().flatten().map(|(name, _)| name.as_str()),
                );
                let remedy = match near {
                    Some(near) => did_you_mean(Some(near)),
                    None => "declare it in `components/securitySchemes`".to_owned(),
                };
                checker.key_error(
                    &at,
                    format!("the security scheme `{name}` is not declared"),
                    remedy,
                );
                continue;
            };
            let Some(scopes) = scopes.as_array() else {
                checker.key_error(
                    &at,
                    "the scopes must be a list",
                    format!("write `{name}: []`"),
                );
                continue;
            };
            let Some((scheme, _)) = checker.followed(scheme, &at) else {
                continue;
            };
            let flows: Vec<&Value> = maps(scheme.get("flows")).map(|(_, flow)| flow).collect();
            for (index, scope) in scopes.iter().enumerate() {
                let at = format!("{at}/{index}");
                let Some(scope) = scope.as_str() else {
                    checker.error(&at, "a scope must be a text", "write it in quotes");
                    continue;
                };
                let declared = |flow: &&Value| {
                    flow.get("scopes")
                        .and_then(|scopes| scopes.get(scope))
                        .is_some()
                };
                if !flows.is_empty() && !flows.iter().any(declared) {
                    let known = flows
                        .iter()
                        .flat_map(|flow| maps(flow.get("scopes")).map(|(name, _)| name.as_str()));
                    let remedy = nearest(scope, known).map_or_else(
                        || "add it to the scopes of a flow".to_owned(),
                        |near| did_you_mean(Some(near)),
                    );
                    checker.warning(&at, format!("`{name}` has no scope `{scope}`"), remedy);
                }
            }
        }
    }
}

fn scheme(checker: &mut Checker<'_>, scheme: &Value, at: &str) {
    let Some(kind) = scheme.get("type").and_then(Value::as_str) else {
        return;
    };
    let needs: &[&str] = match kind {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => &["flows"],
        "openIdConnect" => &["openIdConnectUrl"],
        "mutualTLS" => &[],
        _ => {
            let remedy = match nearest(
                kind,
                ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"],
            ) {
                Some(near) => did_you_mean(Some(near)),
                None => "use apiKey, http, oauth2, openIdConnect or mutualTLS".to_owned(),
            };
            checker.error(
                &pointer::join(at, "type"),
                format!("`{kind}` is no type of security scheme"),
                remedy,
            );
            return;
        }
    };
    for field in needs.iter().filter(|field| scheme.get(**field).is_none()) {
        let message = format!("a security scheme of type {kind} needs `{field}`");
        // A key that is nowhere cannot be looked for; the addresses of servers are for people.
        if matches!(*field, "name" | "in" | "scheme") {
            checker.key_error(at, message, format!("add `{field}:`"));
        } else {
            checker.key_warning(at, message, format!("add `{field}:`"));
        }
    }
    if kind == "apiKey"
        && let Some(place) = scheme.get("in").and_then(Value::as_str)
        && !["query", "header", "cookie"].contains(&place)
    {
        checker.error(
            &pointer::join(at, "in"),
            format!("`{place}` is no place for a key"),
            "use header, query or cookie",
        );
    }
}
