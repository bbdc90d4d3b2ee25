//! Bodies of `application/x-www-form-urlencoded`, read as values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json;
use super::media;
use super::operation::{Media, Part, Shape, Style};
use super::problem::{Problem, Violation, boundary};
use super::styles::{Slot, SlotFault};
use super::text::{Codec, Pair, form_pairs};

/// How many pairs a form may have.
pub const PAIR_LIMIT: usize = 1000;

/// Reads a form as an object, its members by the media type's shape and parts.
///
/// Members are coerced as parameters are. An object is read from brackets (`member[name]=…`) or
/// from JSON text, unless its part says otherwise. Members that the contract does not name are
/// kept, so that the schema decides about them. Errors: 400 `malformed-body` for what cannot be
/// decoded, else 422 `validation-error` for members given twice.
pub fn read(media: &'static Media, body: &[u8]) -> Result<Value, Problem> {
    let Ok(text) = std::str::from_utf8(body) else {
        return Err(malformed(vec![violation("", "utf-8", "must be UTF-8")]));
    };
    if text.bytes().filter(|byte| *byte == b'&').count() >= PAIR_LIMIT {
        let error = Violation {
            limit: Some(PAIR_LIMIT.into()),
            ..violation("", "pairs", "has too many members")
        };
        return Err(malformed(vec![error]));
    }
    let mut pairs = form_pairs(text).map_err(|name| {
        malformed(vec![
            SlotFault::Text(name.fault).into_body_violation(name.raw),
        ])
    })?;
    let mut reader = Reader {
        object: Map::new(),
        malformed: Vec::new(),
        invalid: Vec::new(),
    };
    reader.read_members(media, &mut pairs);
    reader.read_rest(media.shape, &pairs);
    match reader {
        Reader {
            malformed: errors, ..
        } if !errors.is_empty() => Err(malformed(errors)),
        Reader {
            invalid: errors, ..
        } if !errors.is_empty() => {
            Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(errors))
        }
        Reader { object, .. } => Ok(Value::Object(object)),
    }
}

/// 400 `malformed-body` with these broken places.
pub(super) fn malformed(errors: Vec<Violation>) -> Problem {
    Problem::new(boundary::MALFORMED_BODY).with_errors(errors)
}

/// A broken place of the body.
pub(super) fn violation(pointer: &str, keyword: &'static str, message: &str) -> Violation {
    Violation {
        place: "body",
        parameter: None,
        pointer: pointer.to_owned(),
        keyword: Cow::Borrowed(keyword),
        limit: None,
        message: message.to_owned(),
    }
}

/// JSON pointer to a member of the body.
pub(super) fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Whether a part is declared to be JSON.
pub(super) fn is_json(part: &Part) -> bool {
    let is_json = |range: &&str| {
        let essence = media::essence(range).to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    };
    part.content_types.first().is_some_and(is_json)
}

impl SlotFault {
    /// The fault as a broken place of the body.
    pub fn into_body_violation(self, name: &str) -> Violation {
        let violation = self.into_violation("body", name);
        Violation {
            parameter: None,
            pointer: pointer(name) + &violation.pointer,
            ..violation
        }
    }
}

struct Reader {
    object: Map<String, Value>,
    malformed: Vec<Violation>,
    invalid: Vec<Violation>,
}

impl Reader {
    fn read_members(&mut self, media: &'static Media, pairs: &mut [Pair<'_>]) {
        let mut names = Vec::new();
        media.shape.each_member(&mut |name| names.push(name));
        names.extend(media.parts.iter().map(|part| part.name));
        for name in names {
            if self.object.contains_key(name) {
                continue;
            }
            let part = media.parts.iter().find(|part| part.name == name);
            let value = read_member(name, part, media.shape.member(name), pairs);
            self.keep(name, value);
        }
    }

    /// Members that the contract does not name: one text each, or several as an array.
    fn read_rest(&mut self, shape: &Shape, pairs: &[Pair<'_>]) {
        let mut rest = BTreeMap::<&str, Vec<&str>>::new();
        for pair in pairs.iter().filter(|pair| !pair.claimed) {
            rest.entry(&pair.name).or_default().push(pair.raw);
        }
        for (name, texts) in rest {
            let slot = slot(name, Style::Form, shape.rest().unwrap_or(&Shape::Any));
            let value = slot.repeated(&texts).map(Some);
            self.keep(name, value);
        }
    }

    fn keep(&mut self, name: &str, value: Result<Option<Value>, SlotFault>) {
        match value {
            Ok(Some(value)) => {
                self.object.insert(name.to_owned(), value);
            }
            Ok(None) => {}
            Err(fault) => {
                let faults = if fault.is_malformed() {
                    &mut self.malformed
                } else {
                    &mut self.invalid
                };
                faults.push(fault.into_body_violation(name));
            }
        }
    }
}

fn slot<'n>(name: &'n str, style: Style, shape: &'static Shape) -> Slot<'n> {
    Slot {
        name,
        style,
        explode: true,
        json: false,
        allow_empty: false,
        shape,
        codec: Codec::Form,
    }
}

fn read_member(
    name: &str,
    part: Option<&Part>,
    shape: &'static Shape,
    pairs: &mut [Pair<'_>],
) -> Result<Option<Value>, SlotFault> {
    let plain = slot(name, Style::Form, shape);
    let declared = match part {
        Some(part) => Slot {
            style: part.style,
            explode: part.explode,
            json: is_json(part),
            ..plain
        },
        None => plain,
    };
    let holds_objects = shape.takes_object() || shape.item().is_some_and(Shape::takes_object);
    if !holds_objects || declared.json || declared.style == Style::DeepObject {
        return declared.take_pairs(pairs);
    }
    let has_name = pairs.iter().any(|pair| pair.name == name);
    let brackets = Slot {
        style: Style::DeepObject,
        ..plain
    };
    match has_name {
        true if declared.explode || shape.item().is_some() => take_json(plain, pairs),
        true => declared.take_pairs(pairs),
        false => match brackets.take_pairs(pairs)? {
            None if part.is_some() && declared.is_spread() => declared.take_members(pairs),
            value => Ok(value),
        },
    }
}

/// An object, or several, each written as JSON text; other text is read as it is.
fn take_json(slot: Slot<'_>, pairs: &mut [Pair<'_>]) -> Result<Option<Value>, SlotFault> {
    let mut values = Vec::new();
    for pair in pairs
        .iter_mut()
        .filter(|pair| !pair.claimed && pair.name == slot.name)
    {
        pair.claimed = true;
        let text = slot.codec.decode(pair.raw)?;
        values.push(match text.trim_start().starts_with(['{', '[']) {
            true => json::parse(text.as_bytes(), json::DEPTH_LIMIT).map_err(SlotFault::Json)?,
            false => slot.shape.coerce(&text),
        });
    }
    match (values.len(), slot.shape.item()) {
        (0, _) => Ok(None),
        (1, Some(_)) if values.iter().all(Value::is_array) => Ok(values.pop()),
        (_, Some(_)) => Ok(Some(Value::Array(values))),
        (1, None) => Ok(values.pop()),
        _ => Err(SlotFault::Duplicate),
    }
}
