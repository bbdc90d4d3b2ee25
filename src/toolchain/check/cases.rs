//! The requests that a document itself shows: its examples.

use codegen::api::Operation;
use codegen::calls::{Case, Content, Maker, Wanted};
use codegen::pointer;
use serde_json::{Map, Value};

use crate::toolchain::traffic::Contract;
use crate::toolchain::traffic::declared::follow;

/// A case for each example of a body, with the examples of the parameters; those that break their
/// schemas, which `lint` reports, are left out.
pub fn examples(contract: &Contract, operation: &Operation, maker: &Maker<'_>) -> Vec<Case> {
    let document = contract.document();
    let mut base = maker.smallest();
    let has_parameters = parameters(document, operation, &mut base);
    let mut cases = Vec::new();
    for (name, index, value) in bodies(document, operation) {
        let mut case = base.clone();
        case.what = format!("example {name}");
        case.body = Some(Content::Value(index, value));
        cases.push(case);
    }
    if cases.is_empty() && has_parameters {
        base.what = "examples of the parameters".to_owned();
        cases.push(base);
    }
    cases.retain(|case| maker.is_valid(case));
    debug_assert!(cases.iter().all(|case| case.wanted == Wanted::Handler));
    cases
}

/// Gives each parameter its first example; whether one has any.
fn parameters(document: &Value, operation: &Operation, case: &mut Case) -> bool {
    let mut has_any = false;
    let item = operation.pointer.rsplit_once('/').map_or("", |it| it.0);
    for owner in [item, operation.pointer.as_str()] {
        let at = pointer::join(owner, "parameters");
        let count = document.pointer(&at).and_then(Value::as_array);
        for index in 0..count.map_or(0, Vec::len) {
            let at = follow(document, &format!("{at}/{index}"));
            let Some(parameter) = document.pointer(&at) else {
                continue;
            };
            let text = |name: &str| parameter.get(name).and_then(Value::as_str);
            let (Some(name), Some(place)) = (text("name"), text("in")) else {
                continue;
            };
            let examples = all(document, &at);
            let values = case.values.get_mut(place).and_then(Value::as_object_mut);
            if let (Some((_, example)), Some(values)) = (examples.into_iter().next(), values) {
                values.insert(name.to_owned(), example);
                has_any = true;
            }
        }
    }
    has_any
}

fn bodies(document: &Value, operation: &Operation) -> Vec<(String, usize, Value)> {
    let at = follow(document, &pointer::join(&operation.pointer, "requestBody"));
    let content = pointer::join(&at, "content");
    let declared = operation.body.iter().flat_map(|body| &body.media);
    let mut bodies = Vec::new();
    for (index, media) in declared.enumerate() {
        let at = pointer::join(&content, &media.range);
        let examples = all(document, &at).into_iter();
        bodies.extend(examples.map(|(name, value)| (name, index, value)));
    }
    bodies
}

/// The examples of a parameter or media type, then those of its schema.
fn all(document: &Value, at: &str) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let Some(owner) = document.pointer(at) else {
        return found;
    };
    found.extend(
        owner
            .get("example")
            .map(|it| ("of its own".to_owned(), it.clone())),
    );
    let names = owner.get("examples").and_then(Value::as_object);
    for name in names.into_iter().flat_map(Map::keys) {
        let at = follow(
            document,
            &format!("{at}/examples/{}", pointer::escape(name)),
        );
        let value = document.pointer(&at).and_then(|it| it.get("value"));
        found.extend(value.map(|value| (name.clone(), value.clone())));
    }
    let schema = document.pointer(&follow(document, &pointer::join(at, "schema")));
    let examples = schema.and_then(|it| it.get("examples")?.as_array());
    let examples = examples.into_iter().flatten();
    found.extend(examples.map(|it| ("of the schema".to_owned(), it.clone())));
    found
}
