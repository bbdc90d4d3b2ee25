//! Links of answers (OpenAPI, "Link Object"): the next request that an answer gives the values for.

use codegen::api::Operation;
use codegen::calls::Case;
use codegen::pointer;
use serde_json::{Map, Value};

use super::{Answer, Contract};

/// The operation that a link leads to, with the values that it gives its parameters.
pub fn follow(
    contract: &Contract,
    link: &Value,
    case: &Case,
    answer: &Answer,
) -> Option<(usize, Map<String, Value>)> {
    let target = target(contract, link)?;
    let parameters = link.get("parameters").and_then(Value::as_object)?;
    let values = parameters.iter().filter_map(|(name, expression)| {
        let value = match expression.as_str() {
            Some(text) if text.starts_with('$') => evaluate(text, case, answer)?,
            _ => expression.clone(),
        };
        Some((name.clone(), value))
    });
    Some((target, values.collect()))
}

fn target(contract: &Contract, link: &Value) -> Option<usize> {
    let text = |name: &str| link.get(name).and_then(Value::as_str);
    let reference = text("operationRef").and_then(pointer::of_reference);
    let mut operations = contract.operations.iter();
    operations.position(|it| {
        text("operationId") == Some(it.row.id)
            || reference.as_deref() == Some(it.declared.pointer.as_str())
    })
}

/// A runtime expression (OpenAPI, "Runtime Expressions"); `None` if it names nothing.
fn evaluate(expression: &str, case: &Case, answer: &Answer) -> Option<Value> {
    if let Some(rest) = expression.strip_prefix("$response.body") {
        return answer.json()?.pointer(rest.strip_prefix('#')?).cloned();
    }
    if let Some(name) = expression.strip_prefix("$response.header.") {
        return Some(answer.headers.get(name)?.to_str().ok()?.into());
    }
    if let Some(rest) = expression.strip_prefix("$request.body") {
        let codegen::calls::Content::Value(_, body) = case.body.as_ref()? else {
            return None;
        };
        return body.pointer(rest.strip_prefix('#')?).cloned();
    }
    let (place, name) = expression.strip_prefix("$request.")?.split_once('.')?;
    case.values.get(place)?.get(name).cloned()
}

/// Gives the parameters of a case the values of a link; a name may have its place before it.
pub fn apply(operation: &Operation, case: &mut Case, values: &Map<String, Value>) {
    for (name, value) in values {
        let (place, bare) = name.split_once('.').unwrap_or(("", name));
        let mut declared = operation.parameters.iter();
        let declared = declared.find(|it| it.wire == *name || it.wire == bare && it.place == place);
        let Some(declared) = declared else { continue };
        let values = case.values.get_mut(&declared.place);
        if let Some(values) = values.and_then(Value::as_object_mut) {
            values.insert(declared.wire.clone(), value.clone());
        }
    }
}
