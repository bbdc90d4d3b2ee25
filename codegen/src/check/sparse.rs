//! Sparse answers: the parameter, the schemas and the answers say the same.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Checker;
use crate::grammar::METHODS;
use crate::pointer;
use crate::sparse;

pub fn check(checker: &mut Checker<'_>) {
    let document = checker.written();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = pointer::join("/paths", path);
        let Some((item, at)) = checker.followed(item, &at) else {
            continue;
        };
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let lists = [(operation, pointer::join(&at, method)), (item, at.clone())];
                for (holder, holder_at) in lists {
                    parameters(checker, holder, &holder_at, method, operation);
                }
            }
        }
    }
}

fn parameters(
    checker: &mut Checker<'_>,
    holder: &Value,
    holder_at: &str,
    method: &str,
    operation: &Value,
) {
    let declared = holder.get("parameters").and_then(Value::as_array);
    for (index, parameter) in declared.into_iter().flatten().enumerate() {
        let at = format!("{}/{index}", pointer::join(holder_at, "parameters"));
        let Some((parameter, place)) = checker.followed(parameter, &at) else {
            continue;
        };
        if parameter.get("x-sparse") != Some(&Value::Bool(true)) {
            continue;
        }
        let Some(names) = names(checker.written(), parameter) else {
            checker.error(
                &pointer::join(&place, "x-sparse"),
                "a parameter with `x-sparse` takes the names of members from the query",
                "write `in: query` and a schema `{type: array, items: {enum: [name, …]}}`",
            );
            continue;
        };
        if method != "get" {
            checker.error(
                &at,
                "only what is read can be sparse",
                "leave the parameter to `get`",
            );
        }
        answer(checker, operation, &at, &names);
    }
}

/// The names that a parameter takes.
fn names(document: &Value, parameter: &Value) -> Option<BTreeSet<String>> {
    let in_query = parameter.get("in").and_then(Value::as_str) == Some("query");
    let schema = sparse::followed(document, parameter.get("schema")?);
    let items = sparse::followed(document, schema.get("items")?);
    let names = items.get("enum")?.as_array()?.iter();
    let names: Option<_> = names.map(|name| name.as_str().map(str::to_owned)).collect();
    names.filter(|_| in_query)
}

/// The answer of 200 has a place that may be sparse, with exactly these members.
fn answer(checker: &mut Checker<'_>, operation: &Value, at: &str, names: &BTreeSet<String>) {
    let document = checker.written();
    let response = operation.pointer("/responses/200");
    let response = response.map(|response| sparse::followed(document, response));
    let schema = response.and_then(|it| it.pointer("/content/application~1json/schema"));
    let Some(found) = schema.and_then(|schema| sparse::find(document, schema)) else {
        checker.error(
            at,
            "the answer has no place that may be sparse",
            "in the JSON of 200 write `anyOf` of the whole schema and one with `x-sparse: true`",
        );
        return;
    };
    let part = sparse::followed(document, found.part);
    if part
        .get("required")
        .and_then(Value::as_array)
        .is_some_and(|it| !it.is_empty())
    {
        checker.error(
            at,
            "what is sparse requires no member",
            "remove `required` from its schema",
        );
    }
    let sides = [
        ("the whole schema", sparse::members(document, found.whole)),
        ("the sparse schema", sparse::members(document, found.part)),
    ];
    for (side, members) in sides {
        let difference: Vec<_> = members.symmetric_difference(names).cloned().collect();
        if !difference.is_empty() {
            checker.error(
                at,
                format!(
                    "the parameter and {side} do not have the same members: {}",
                    difference.join(", ")
                ),
                "give both the same names",
            );
        }
    }
}
