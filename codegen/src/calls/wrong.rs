//! Values that are wrong in one place.

use serde_json::{Map, Value, json};

use super::maker::is_form;
use super::{Parameters, writer::value_of};
use crate::api::{Media, Parameter, Shape};
use crate::instance::{Instances, of_every_type};

/// Texts that numbers, dates, enums and most patterns refuse.
pub const BAD_TEXTS: [&str; 2] = ["~bad~", ""];

/// Places of a value that a mutation looks at.
const PLACES: usize = 200;

/// The values with this text for the parameter; `None` where the text would mean something else.
pub fn parameter(parameter: &Parameter, text: &str, values: &Parameters) -> Option<Parameters> {
    let is_list = matches!(parameter.shape, Shape::Array(_));
    let means_none = is_list || parameter.allow_empty || parameter.place != "query";
    if parameter.json_content || parameter.shape.has_object() || text.is_empty() && means_none {
        return None;
    }
    let value = if is_list { json!([text]) } else { json!(text) };
    let mut values = values.clone();
    members_of(&mut values, &parameter.place)?.insert(parameter.wire.clone(), value);
    Some(values)
}

/// The values without a parameter.
pub fn without(parameter: &Parameter, values: &Parameters) -> Parameters {
    let mut values = values.clone();
    if let Some(members) = members_of(&mut values, &parameter.place) {
        members.remove(&parameter.wire);
    }
    values
}

fn members_of<'v>(values: &'v mut Parameters, place: &str) -> Option<&'v mut Map<String, Value>> {
    values.get_mut(place)?.as_object_mut()
}

/// Whether what must be sent is told from nothing: an empty list or object is not.
pub fn can_be_sent(parameters: &[Parameter], values: &Parameters) -> bool {
    let mut required = parameters.iter().filter(|parameter| parameter.required);
    required.all(|parameter| match value_of(values, parameter) {
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Null) | None => false,
        Some(_) => true,
    })
}

/// Bodies that are wrong in one way each.
pub fn bodies(media: &Media, instances: &Instances<'_>, small: &Value) -> Vec<(String, Value)> {
    let mut wrong = Vec::new();
    let other = of_every_type()
        .into_iter()
        .find(|value| !instances.is_valid(value));
    wrong.extend(other.map(|value| ("another type".to_owned(), value)));
    for name in small.as_object().into_iter().flat_map(Map::keys) {
        let mut without = small.clone();
        if let Some(members) = without.as_object_mut() {
            members.remove(name);
        }
        if !instances.is_valid(&without) {
            wrong.push((format!("without {name}"), without));
            break;
        }
    }
    for name in small.as_object().into_iter().flat_map(Map::keys) {
        let mut mistyped = small.clone();
        let Some(member) = mistyped.get_mut(name) else {
            continue;
        };
        // In a form anything is text first, and one text may be a list of it.
        let text = json!("~bad~");
        if is_form(media) {
            *member = json!([text]);
            if instances.is_valid(&mistyped) {
                continue;
            }
        }
        if let Some(member) = mistyped.get_mut(name) {
            *member = if is_form(media) { text } else { json!([[[]]]) };
        }
        if !instances.is_valid(&mistyped) {
            wrong.push((format!("bad {name}"), mistyped));
            break;
        }
    }
    wrong
}

/// A value with one place changed so that the schema refuses it; the seed says which and how.
pub fn mutated(instances: &Instances<'_>, value: &Value, seed: u64) -> Option<(String, Value)> {
    let mut places = Vec::new();
    collect(value, String::new(), &mut places);
    let count = u64::try_from(places.len()).ok().filter(|it| *it > 0)?;
    (0..24_u64).find_map(|turn| {
        let number = seed.wrapping_add(turn.wrapping_mul(0x9e37_79b9));
        let place = places.get(usize::try_from(number % count).ok()?)?;
        let (what, mutated) = change(value, place, number / count)?;
        let what = match place.is_empty() {
            true => format!("{what} as the body"),
            false => format!("{what} at {place}"),
        };
        (!instances.is_valid(&mutated)).then_some((what, mutated))
    })
}

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    if places.len() >= PLACES {
        return;
    }
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| collect(member, crate::pointer::join(&at, name), places)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| collect(item, format!("{at}/{index}"), places)),
        _ => {}
    }
    places.push(at);
}

fn change(value: &Value, place: &str, number: u64) -> Option<(&'static str, Value)> {
    let mut mutated = value.clone();
    if number.is_multiple_of(8) {
        let (parent, _) = place.rsplit_once('/')?;
        let members = mutated.pointer_mut(parent)?.as_object_mut()?;
        members.remove(&crate::pointer::last(place))?;
        return Some(("nothing", mutated));
    }
    let (what, bad) = match number % 8 {
        1 => ("null", Value::Null),
        2 => ("an empty text", json!("")),
        3 => ("a long text", json!("x".repeat(20_000))),
        4 => ("a huge number", json!(1e15)),
        5 => ("a negative number", json!(-3.5)),
        6 => ("an unknown text", json!("~bad~")),
        _ => ("nested lists", json!([[[]]])),
    };
    *mutated.pointer_mut(place)? = bad;
    Some((what, mutated))
}
