//! Paths and the operations on them: templates, names that must be unique, shapes that collide.

use std::collections::HashMap;

use serde_json::Value;

use super::{Checker, operations, parameters};
use crate::api::plain_name;
use crate::grammar::METHODS;
use crate::pointer;

pub fn check(checker: &mut Checker<'_>) {
    let document = checker.written();
    let mut shapes: HashMap<(String, &str), String> = HashMap::new();
    for (path, item) in maps(document.get("paths")) {
        if path.starts_with("x-") {
            continue;
        }
        let at = pointer::join("/paths", path);
        let names = template(checker, path, &at);
        for (method, place) in methods(checker, item, &at) {
            if let Some(first) = shapes.get(&(shape(path), method)) {
                let message = format!(
                    "{} `{path}` has the shape of `{first}`: of the two, the first whose parameters take a path answers it",
                    method.to_uppercase()
                );
                checker.key_warning(
                    &place,
                    message,
                    "make them one path, or change a fixed part of one",
                );
            } else {
                shapes.insert((shape(path), method), path.clone());
            }
        }
        path_item(checker, item, &at, Some(&names));
    }
    for (name, item) in maps(document.get("webhooks")) {
        path_item(checker, item, &pointer::join("/webhooks", name), None);
    }
    for (name, callback) in maps(document.pointer("/components/callbacks")) {
        self::callback(
            checker,
            callback,
            &pointer::join("/components/callbacks", name),
        );
    }
    parameters::components(checker);
    operations::components(checker);
    for (name, item) in maps(document.pointer("/components/pathItems")) {
        path_item(
            checker,
            item,
            &pointer::join("/components/pathItems", name),
            None,
        );
    }
}

/// The members of a map, or nothing.
pub fn maps(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn methods<'m>(checker: &Checker<'_>, item: &Value, at: &str) -> Vec<(&'m str, String)> {
    let Some((item, _)) = checker.followed(item, at) else {
        return Vec::new();
    };
    METHODS
        .iter()
        .filter(|method| item.get(**method).is_some())
        .map(|method| (*method, pointer::join(at, method)))
        .collect()
}

/// A path item where it is written; one that only refers is checked where that is.
fn path_item(checker: &mut Checker<'_>, item: &Value, at: &str, names: Option<&[String]>) {
    let shared = parameters::list(
        checker,
        item.get("parameters"),
        &pointer::join(at, "parameters"),
    );
    let mut unused = parameters::path_names(&shared);
    let mut operations = 0;
    for method in METHODS {
        let Some(operation) = item.get(method).filter(|operation| operation.is_object()) else {
            continue;
        };
        operations += 1;
        let at = pointer::join(at, method);
        let own = parameters::list(
            checker,
            operation.get("parameters"),
            &pointer::join(&at, "parameters"),
        );
        if let Some(names) = names {
            parameters::against_path(checker, names, &shared, &own, &at);
        }
        unused.retain(|(name, _)| !names.is_some_and(|names| parameters::is_named(names, name)));
        operations::check(checker, operation, method, &at);
        for (name, callback) in maps(operation.get("callbacks")) {
            self::callback(
                checker,
                callback,
                &pointer::join(&pointer::join(&at, "callbacks"), name),
            );
        }
    }
    if names.is_some() && operations > 0 {
        for (name, at) in unused {
            checker.warning(
                &at,
                format!("the path has no `{{{name}}}`"),
                "add it to the path, or remove the parameter",
            );
        }
    }
}

fn callback(checker: &mut Checker<'_>, callback: &Value, at: &str) {
    if callback.get("$ref").is_some() {
        return;
    }
    for (expression, item) in
        maps(Some(callback)).filter(|(expression, _)| !expression.starts_with("x-"))
    {
        path_item(checker, item, &pointer::join(at, expression), None);
    }
}

/// Checks a path's syntax and gives what stands in its braces.
fn template(checker: &mut Checker<'_>, path: &str, at: &str) -> Vec<String> {
    if !path.starts_with('/') {
        checker.key_warning(
            at,
            format!("the path `{path}` does not begin with `/` and is served with it"),
            format!("write `/{path}`"),
        );
    }
    let mut names: Vec<String> = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find(['{', '}']) {
        let (_, after) = rest.split_at(open);
        let braced = after
            .strip_prefix('{')
            .and_then(|inside| inside.split_once('}'))
            .filter(|(name, _)| !name.contains('{'));
        let Some((name, tail)) = braced else {
            checker.key_warning(
                at,
                format!("the braces of `{path}` do not match and are taken as text"),
                "write each parameter as `{name}`",
            );
            return names;
        };
        let plain = plain_name(name);
        if plain.is_empty() || plain.contains('/') {
            checker.key_warning(
                at,
                format!("`{{{name}}}` in `{path}` is no parameter name and is taken as text"),
                "write each parameter as `{name}`",
            );
        } else if names.iter().any(|other| other == name) {
            checker.key_warning(
                at,
                format!("`{{{name}}}` stands twice in `{path}`"),
                "give the two different names",
            );
        } else {
            names.push(name.to_owned());
        }
        rest = tail;
    }
    names
}

/// A path with its parameters' names taken out.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                shape.push_str("{}");
            }
            '}' => inside = false,
            c if !inside => shape.push(c),
            _ => {}
        }
    }
    shape
}
