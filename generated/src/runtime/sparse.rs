//! Sparse answers: only the members that a client names (`x-sparse`).

use serde_json::{Map, Value};

use super::operation::Operation;
use super::params::Decoded;
use super::reply::{Content, Reply};

/// The members that a request asks for; `None` if it asks for all.
pub(crate) fn wanted(operation: &Operation, parameters: &Decoded) -> Option<Vec<String>> {
    let names = parameters
        .query
        .get(operation.sparse?.parameter)?
        .as_array()?;
    Some(
        names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    )
}

/// The answer without the other members. What is no success, or no JSON, stays as it is.
pub(crate) fn reduced(operation: &Operation, wanted: Option<&[String]>, mut reply: Reply) -> Reply {
    let (Some(names), Some(sparse)) = (wanted, operation.sparse) else {
        return reply;
    };
    let Content::Whole(bytes) = &reply.body else {
        return reply;
    };
    let Ok(Value::Object(mut body)) = serde_json::from_slice(bytes) else {
        return reply;
    };
    if !reply.status.is_success() {
        return reply;
    }
    match sparse.list {
        None => keep(&mut body, names),
        Some(list) => {
            let items = body.get_mut(list).and_then(Value::as_array_mut);
            let items = items.into_iter().flatten().filter_map(Value::as_object_mut);
            items.for_each(|item| keep(item, names));
        }
    }
    reply.body = Content::Whole(Value::Object(body).to_string().into());
    reply
}

fn keep(object: &mut Map<String, Value>, names: &[String]) {
    object.retain(|name, _| names.contains(name));
}
