//! The search for a payload that shows a break.

use codegen::instance::candidates;
use jsonschema::PatternOptions;
use serde_json::{Value, json};

use super::assume::Assumed;
use super::locate::{Leaf, wrapped};
use super::prove::Lost;
use super::violate::violations;
use super::{Message, all_of, renamed};

/// Instances tried of each guess, first and then with more patience.
const ROUNDS: [(usize, u64); 3] = [(400, 4), (60, 24), (8, 200)];

/// A payload that satisfies what may be sent and breaks what is taken, as both validators say.
pub fn search(
    message: &Message,
    leaf: &Leaf,
    sent: &Value,
    taken: &Value,
    assumed: Option<&Assumed>,
    lost: &Lost,
) -> Option<Value> {
    let sender = validator(&message.sent)?;
    let receiver = validator(&message.taken)?;
    let is_witness = |value: &Value| sender.is_valid(value) && !receiver.is_valid(value);
    let guesses = guesses(message, leaf, sent, taken, assumed, lost);
    for (count, attempts) in ROUNDS {
        for guess in guesses.iter().take(count) {
            let found = candidates(guess, attempts).find(|value| is_witness(value));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Schemas of messages that probably show the break, the likeliest first.
fn guesses(
    message: &Message,
    leaf: &Leaf,
    sent: &Value,
    taken: &Value,
    assumed: Option<&Assumed>,
    lost: &Lost,
) -> Vec<Value> {
    let mut parts: Vec<Value> = violations(sent, taken)
        .into_iter()
        .map(|part| {
            let mut part = renamed(&part, "taken.");
            if let (Some(part), Some(definitions)) =
                (part.as_object_mut(), renamed(taken, "taken.").get("$defs"))
            {
                part.insert("$defs".to_owned(), definitions.clone());
            }
            part
        })
        .collect();
    if lost.is_direct {
        parts.insert(parts.len().min(3), renamed(&lost.schema, "lost."));
    }
    parts.push(json!({}));
    parts
        .into_iter()
        .map(|part| {
            let mut inner = part;
            let definitions = inner.as_object_mut().and_then(|inner| {
                inner.remove("$schema");
                inner.remove("$defs")
            });
            let mut all = vec![message.sent.clone()];
            if let Some(assumed) = assumed {
                let mut members = assumed.schema().clone();
                let own = members.as_object_mut().and_then(|it| it.remove("$defs"));
                all.push(with_definitions(wrapped(&leaf.path, members), own));
            }
            all.push(with_definitions(wrapped(&leaf.path, inner), definitions));
            all_of(all)
        })
        .collect()
}

fn with_definitions(mut schema: Value, definitions: Option<Value>) -> Value {
    if let (Some(schema), Some(definitions)) = (schema.as_object_mut(), definitions) {
        schema.insert("$defs".to_owned(), definitions);
    }
    schema
}

fn validator(schema: &Value) -> Option<jsonschema::Validator> {
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::fancy_regex())
        .build(schema)
        .ok()
}
