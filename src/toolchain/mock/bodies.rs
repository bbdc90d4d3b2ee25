//! Bodies of answers: examples of the document, else values of its schemas.

use codegen::api::MediaKind;
use codegen::calls::wire;
use codegen::pointer;
use codegen::schema::Direction;
use contract::runtime::media::PROBLEM_JSON;
use serde_json::{Map, Value, json};

use super::plain;
use super::prefer::Prefer;
use crate::toolchain::traffic::Contract;
use crate::toolchain::traffic::declared::{Media, Response, follow};
use crate::toolchain::traffic::observe::observe;

/// Seeds that are tried for a value whose members the schema all names.
const SEEDS: u64 = 8;

/// Says whether a whole body is right.
pub type Judge<'j> = &'j dyn Fn(&Value) -> bool;

/// Judges values of a representation: they satisfy its schema, and have no member that it does not
/// describe, unless the value has that was made of it.
pub fn judge<'j>(
    contract: &'j Contract,
    media: &'j Media,
    made: &Value,
) -> Box<dyn Fn(&Value) -> bool + 'j> {
    let is_strict = is_declared(contract, media, made);
    Box::new(move |value| {
        is_valid(contract, media, value) && (!is_strict || is_declared(contract, media, value))
    })
}

/// Whether a value satisfies the schema of a representation.
pub fn is_valid(contract: &Contract, media: &Media, value: &Value) -> bool {
    let schema = media.schema.as_ref();
    let validator = schema.and_then(|it| contract.validator(it, Direction::Response));
    validator.is_none_or(|it| it.is_valid(value))
}

/// The named example of a representation.
pub fn named(contract: &Contract, media: &Media, name: &str) -> Option<Value> {
    let at = pointer::join(&pointer::join(&media.pointer, "examples"), name);
    let example = contract
        .document()
        .pointer(&follow(contract.document(), &at))?;
    example.get("value").cloned()
}

/// A body: an example that is right, else a value of the schema; `None` if there is neither.
pub fn value(contract: &Contract, media: &Media, prefer: &Prefer, seed: u64) -> Option<Value> {
    let example = (!prefer.is_dynamic)
        .then(|| example(contract, media))
        .flatten();
    example.or_else(|| generated(contract, media, seed))
}

fn example(contract: &Contract, media: &Media) -> Option<Value> {
    let document = contract.document();
    let own = document.pointer(&media.pointer)?;
    let mut candidates: Vec<Value> = own.get("example").cloned().into_iter().collect();
    let names = own.get("examples").and_then(Value::as_object);
    let names = names.into_iter().flat_map(Map::keys);
    candidates.extend(names.filter_map(|name| named(contract, media, name)));
    if let Some(schema) = &media.schema {
        let schema = document.pointer(&follow(document, schema));
        let examples = schema.and_then(|it| it.get("examples")?.as_array());
        candidates.extend(examples.into_iter().flatten().cloned());
    }
    candidates
        .into_iter()
        .find(|value| is_valid(contract, media, value) && is_declared(contract, media, value))
}

/// Whether the schema names every member of a value.
fn is_declared(contract: &Contract, media: &Media, value: &Value) -> bool {
    let schema = media.schema.as_ref();
    schema.is_none_or(|schema| {
        let seen = observe(contract, schema, Direction::Response, value);
        seen.undeclared.is_empty()
    })
}

/// A value of the schema.
pub fn generated(contract: &Contract, media: &Media, seed: u64) -> Option<Value> {
    let Some(schema) = &media.schema else {
        return Some(json!({}));
    };
    let instances = contract.instances(schema)?;
    let mut values = (0..SEEDS).filter_map(|turn| instances.seeded(seed.wrapping_add(turn)));
    values
        .find(|value| is_declared(contract, media, value))
        .or_else(|| instances.seeded(seed))
}

/// A value of the schema with every member that it describes.
pub fn fullest(contract: &Contract, media: &Media) -> Option<Value> {
    let Some(schema) = &media.schema else {
        return Some(json!({}));
    };
    contract.instances(schema)?.fullest()
}

/// Makes a problem say of itself what the answer says.
pub fn settle_problem(
    contract: &Contract,
    response: &Response,
    media: &Media,
    status: u16,
    value: &mut Value,
) {
    if !media.range.eq_ignore_ascii_case(PROBLEM_JSON) {
        return;
    }
    let judge = |value: &Value| is_valid(contract, media, value);
    fit(value, "", &json!({ "status": status }), Prune::No, &judge);
    if let Some(slug) = response.problems.first() {
        let wanted = json!({ "code": slug, "type": format!("/problems/{slug}") });
        fit(value, "", &wanted, Prune::No, &judge);
    }
}

/// Whether members that are not wanted go, where they need not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prune {
    No,
    Yes,
}

/// Brings what is wanted into the value at a pointer, as far as the whole stays right: members that
/// the schema describes, which the value has.
pub fn fit(whole: &mut Value, at: &str, wanted: &Value, prune: Prune, judge: Judge<'_>) {
    let Some(place) = whole.pointer_mut(at) else {
        return;
    };
    let before = place.clone();
    let (Value::Object(members), Value::Object(wanted)) = (&before, wanted) else {
        *place = wanted.clone();
        if !judge(whole)
            && let Some(place) = whole.pointer_mut(at)
        {
            *place = before;
        }
        return;
    };
    let is_free = members.is_empty();
    for (name, value) in wanted {
        let below = pointer::join(at, name);
        if members.contains_key(name) {
            fit(whole, &below, value, prune, judge);
        } else if is_free {
            insert(whole, at, name, value, judge);
        }
    }
    if prune == Prune::Yes {
        for name in members.keys().filter(|name| !wanted.contains_key(*name)) {
            remove(whole, at, name, judge);
        }
    }
}

fn insert(whole: &mut Value, at: &str, name: &str, value: &Value, judge: Judge<'_>) {
    let members = |whole: &mut Value| -> Option<()> {
        let members = whole.pointer_mut(at)?.as_object_mut()?;
        members.insert(name.to_owned(), value.clone());
        Some(())
    };
    if members(whole).is_some() && !judge(whole) {
        let members = whole.pointer_mut(at).and_then(Value::as_object_mut);
        members.and_then(|members| members.remove(name));
    }
}

/// Takes a member out of the object at a pointer, if the whole stays right.
pub fn remove(whole: &mut Value, at: &str, name: &str, judge: Judge<'_>) {
    let members = whole.pointer_mut(at).and_then(Value::as_object_mut);
    let removed = members.and_then(|members| members.remove(name));
    if let Some(removed) = removed
        && !judge(whole)
    {
        let members = whole.pointer_mut(at).and_then(Value::as_object_mut);
        members.and_then(|members| members.insert(name.to_owned(), removed));
    }
}

/// A body as bytes of its media type.
pub fn encode(media: &Media, value: &Value) -> Vec<u8> {
    match media.kind {
        _ if media.is_events() => format!("data: {value}\n\n").into_bytes(),
        MediaKind::Json => value.to_string().into_bytes(),
        MediaKind::Text => plain(value).into_bytes(),
        MediaKind::Form => {
            let members = value.as_object().into_iter().flatten();
            let pairs: Vec<(String, String)> = members
                .map(|(name, value)| (wire::encode(name), wire::encode(&plain(value))))
                .collect();
            wire::query(&pairs).into_bytes()
        }
        MediaKind::Multipart | MediaKind::Binary => match value {
            Value::String(text) => text.clone().into_bytes(),
            _ if media.range.contains("xml") => b"<?xml version=\"1.0\"?><mock/>".to_vec(),
            _ => b"content".to_vec(),
        },
    }
}
