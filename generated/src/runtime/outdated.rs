//! What of requests and answers is deprecated, and whether a value has it.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use jsonschema::{PatternOptions, Validator};
use serde_json::{Value, json};

use super::operation::{Place, Status};

/// Steps that are taken through one value at most: some microseconds each thousand, whatever it holds.
const MOST_STEPS: u32 = 50_000;

/// Spots below each other, some of which are for the same value.
const MOST_LEVELS: u32 = 512;

/// What of an operation's requests and answers clients are to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outdated {
    /// The first spots of parameters.
    pub parameters: &'static [(Place, &'static str, usize)],
    /// Those of bodies, by the index of the media type.
    pub bodies: &'static [(usize, usize)],
    /// Those of answers, by the declared response.
    pub answers: &'static [(Status, usize)],
    /// Those of the data of a stream's events.
    pub events: &'static [(Status, usize)],
    /// Those of headers of answers, by their names.
    pub headers: &'static [(Status, &'static str, usize)],
    /// All spots.
    pub spots: &'static [Spot],
}

/// One schema at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// A JSON pointer in which `*` stands for any item or member; a parameter's begins with its name.
    pub place: &'static str,
    /// Given where whatever is here is deprecated.
    pub life: Option<Life>,
    /// Values that are deprecated, as JSON texts.
    pub values: &'static [(&'static str, Life)],
    /// Spots of members by name, of items by index. `None`: it is none of the others.
    pub members: &'static [(&'static str, Option<usize>)],
    /// Spots of members whose names match a pattern. `None`: it is none of the others.
    pub patterns: &'static [(&'static str, Option<usize>)],
    /// Spots of all other members and items.
    pub rest: &'static [usize],
    /// Further spots for the same value.
    pub arms: &'static [Arm],
}

impl Spot {
    /// A spot where nothing is deprecated.
    pub const NONE: Self = Self {
        place: "",
        life: None,
        values: &[],
        members: &[],
        patterns: &[],
        rest: &[],
        arms: &[],
    };
}

/// A spot for the same value, if that is what these say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arm {
    /// The spot.
    pub spot: usize,
    /// One of these types; none: any.
    pub types: &'static [&'static str],
    /// An object has these members.
    pub required: &'static [&'static str],
    /// Where it has these members, one of these values, as JSON texts.
    pub tags: &'static [(&'static str, &'static [&'static str])],
    /// One of these values; none: any.
    pub values: &'static [&'static str],
    /// If it is not like that.
    pub is_negated: bool,
}

impl Arm {
    /// The first spot, whatever the value is.
    pub const NONE: Self = Self {
        spot: 0,
        types: &[],
        required: &[],
        tags: &[],
        values: &[],
        is_negated: false,
    };
}

/// What the contract says of the end of something deprecated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// The day since which it is deprecated.
    pub since: Option<&'static str>,
    /// The day from which on it may be gone.
    pub sunset: Option<&'static str>,
    /// Where that is explained.
    pub link: Option<&'static str>,
}

/// Something deprecated that a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) place: &'static str,
    /// The deprecated value; `None` where any would be.
    pub(crate) value: Option<&'static str>,
    pub(crate) life: Life,
}

impl Outdated {
    /// What a value has from a spot on, each once.
    pub(crate) fn found(&self, spot: usize, value: &Value) -> Vec<Found> {
        let mut walk = Walk {
            spots: self.spots,
            steps: 0,
            found: Vec::new(),
        };
        walk.spot(spot, value, 0);
        walk.found
    }
}

struct Walk {
    spots: &'static [Spot],
    steps: u32,
    found: Vec<Found>,
}

impl Walk {
    fn spot(&mut self, spot: usize, value: &Value, level: u32) {
        self.steps += 1;
        let Some(spot) = self.spots.get(spot) else {
            return;
        };
        // Arms that fit at once, in what contains itself, would double the steps with each level.
        if self.steps > MOST_STEPS || level > MOST_LEVELS {
            return;
        }
        if let Some(life) = spot.life {
            self.add(spot, None, life);
        }
        for (text, life) in spot.values {
            if is(value, text) {
                self.add(spot, Some(text), *life);
            }
        }
        self.below(spot, value, level + 1);
        for arm in spot.arms {
            if arm.fits(value) {
                self.spot(arm.spot, value, level + 1);
            }
        }
    }

    fn below(&mut self, spot: &'static Spot, value: &Value, level: u32) {
        match value {
            Value::Object(members) if spot.rest.is_empty() && spot.patterns.is_empty() => {
                for (name, next) in spot.members {
                    if let (Some(next), Some(member)) = (next, members.get(*name)) {
                        self.spot(*next, member, level);
                    }
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.member(spot, name, member, level);
                }
            }
            Value::Array(items) if spot.members.is_empty() => {
                for next in spot.rest {
                    items.iter().for_each(|item| self.spot(*next, item, level));
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.item(spot, &index.to_string(), item, level);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, spot: &'static Spot, name: &str, value: &Value, level: u32) {
        let mut is_matched = false;
        for (pattern, next) in spot.patterns {
            if matches(pattern, name) {
                is_matched = true;
                next.iter().for_each(|next| self.spot(*next, value, level));
            }
        }
        let is_named = spot.members.iter().any(|(known, _)| *known == name);
        if is_named || !is_matched {
            self.item(spot, name, value, level);
        }
    }

    fn item(&mut self, spot: &'static Spot, name: &str, value: &Value, level: u32) {
        match spot.members.iter().find(|(known, _)| *known == name) {
            Some((_, next)) => next.iter().for_each(|next| self.spot(*next, value, level)),
            None => spot
                .rest
                .iter()
                .for_each(|next| self.spot(*next, value, level)),
        }
    }

    fn add(&mut self, spot: &Spot, value: Option<&'static str>, life: Life) {
        let found = Found {
            place: spot.place,
            value,
            life,
        };
        if !self.found.contains(&found) {
            self.found.push(found);
        }
    }
}

impl Arm {
    fn fits(&self, value: &Value) -> bool {
        self.is_like(value) != self.is_negated
    }

    fn is_like(&self, value: &Value) -> bool {
        let has_type = self.types.is_empty() || self.types.iter().any(|name| has_type(value, name));
        let is_named = self.values.is_empty() || self.values.iter().any(|text| is(value, text));
        has_type
            && is_named
            && value.as_object().is_none_or(|members| {
                let has_all = self.required.iter().all(|name| members.contains_key(*name));
                has_all
                    && self.tags.iter().all(|(name, values)| {
                        let member = members.get(*name);
                        member.is_none_or(|member| values.iter().any(|text| is(member, text)))
                    })
            })
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Whether a name matches a pattern as the validators read it. They are few: each is compiled once.
fn matches(pattern: &'static str, name: &str) -> bool {
    type Known = RwLock<HashMap<&'static str, Option<Arc<Validator>>>>;
    static KNOWN: LazyLock<Known> = LazyLock::new(Known::default);
    let known = KNOWN
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(pattern)
        .cloned();
    let validator = known.unwrap_or_else(|| {
        let options = jsonschema::draft202012::options();
        let options = options.with_pattern_options(PatternOptions::regex());
        let built = options
            .build(&json!({ "pattern": pattern }))
            .ok()
            .map(Arc::new);
        let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(pattern, built.clone());
        built
    });
    validator.is_some_and(|it| it.is_valid(&Value::from(name)))
}

/// Whether a value is that of a JSON text.
fn is(value: &Value, text: &str) -> bool {
    match value {
        Value::String(held) if !text.contains('\\') => {
            let quoted = text.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            quoted.is_some_and(|it| it == held)
        }
        _ => match (value, serde_json::from_str::<Value>(text)) {
            (Value::Number(held), Ok(Value::Number(wanted))) => {
                *held == wanted || held.as_f64() == wanted.as_f64()
            }
            (_, Ok(wanted)) => *value == wanted,
            (_, Err(_)) => false,
        },
    }
}
