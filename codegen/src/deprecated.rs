//! What of requests and answers is deprecated: spots that the runtime walks beside a value.
//!
//! A spot is one schema at one place. What contains itself leads back to its first spot, so that the
//! spots are few, and the walk ends with the value.

mod guard;

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::api::{self, MediaKind, Operation, Status};
use crate::dialect::each_child;
use crate::grammar::Kind;
use crate::{discriminator, pointer};
pub use guard::Guard;

/// References that are followed into each other at most.
const DEPTH: usize = 64;

/// Spots of one operation.
const MOST: usize = 5_000;

/// What of one operation's requests and answers is deprecated.
#[derive(Debug, Default, PartialEq)]
pub struct Outdated {
    /// The first spot of a parameter, by its place and name.
    pub parameters: Vec<(String, String, usize)>,
    /// The first spot of a body, by the index of its media type.
    pub bodies: Vec<(usize, usize)>,
    /// The first spot of an answer.
    pub answers: Vec<(Status, usize)>,
    /// The first spot of the data of a stream's events.
    pub events: Vec<(Status, usize)>,
    /// The first spot of a header of an answer, by its name.
    pub headers: Vec<(Status, String, usize)>,
    /// All of them.
    pub spots: Vec<Spot>,
}

/// One schema at one place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spot {
    /// JSON pointer in which `*` stands for any item or member; a parameter's begins with its name.
    pub place: String,
    /// Whatever is here is deprecated.
    pub life: Option<Life>,
    /// Values that are, as JSON texts.
    pub values: Vec<(String, Life)>,
    /// Spots of members, and of items by their index; none where nothing is deprecated.
    pub members: Vec<(String, Option<usize>)>,
    /// Spots of members whose names match a pattern; none where nothing is deprecated.
    pub patterns: Vec<(String, Option<usize>)>,
    /// Spots of every other member or item.
    pub rest: Vec<usize>,
    /// Spots for the same value, where it may be meant.
    pub arms: Vec<(Guard, usize)>,
}

/// What is said of something deprecated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Life {
    /// `x-deprecated-since`.
    pub since: Option<String>,
    /// `x-sunset`.
    pub sunset: Option<String>,
    /// `x-deprecation-link`.
    pub link: Option<String>,
}

impl Life {
    /// What a deprecated object says.
    pub fn of(declared: &Value) -> Self {
        let text = |key: &str| Some(declared.get(key)?.as_str()?.to_owned());
        Self {
            since: text("x-deprecated-since"),
            sunset: text("x-sunset"),
            link: text("x-deprecation-link"),
        }
    }
}

/// Reads what is deprecated out of a document.
pub struct Reader<'d> {
    document: &'d Value,
    /// Whether something deprecated is reached from a reference.
    marked: HashMap<String, bool>,
}

impl<'d> Reader<'d> {
    /// Of this document.
    pub fn new(document: &'d Value) -> Self {
        Self {
            document,
            marked: HashMap::new(),
        }
    }

    /// What is deprecated of an operation besides itself, if anything is, and whether that is all of it.
    pub fn read(&mut self, operation: &Operation) -> (Option<Outdated>, bool) {
        let mut builder = Builder {
            reader: self,
            spots: Vec::new(),
            is_whole: true,
        };
        let mut outdated = Outdated::default();
        if let Some(written) = builder.reader.document.pointer(&operation.pointer) {
            outdated.parameters = builder.parameters(operation);
            outdated.bodies = builder.bodies(operation, written);
            outdated.answers = builder.answers(written);
            outdated.events = builder.events(written);
            outdated.headers = builder.headers(written);
        }
        let is_whole = builder.is_whole;
        outdated.spots = builder.spots;
        (outdated.pruned(), is_whole)
    }

    fn follow(&self, value: &'d Value) -> Option<&'d Value> {
        Some(pointer::follow(self.document, value, "")?.0)
    }

    /// The schema of what one event of a stream carries, as the handlers' types have it.
    fn event_data(&self, entry: &'d Value) -> Option<&'d Value> {
        let schema = entry.get("itemSchema").or(entry.get("schema"))?;
        let part = api::responses::event_part(|name| self.keyword(schema, name, 0));
        Some(part.map_or(schema, |(_, data)| data))
    }

    /// What a keyword says in a schema, or in what it is made of.
    fn keyword(&self, schema: &'d Value, name: &str, depth: usize) -> Option<&'d Value> {
        if depth > DEPTH {
            return None;
        }
        let target = || Some(self.target(schema.as_object()?)?.1);
        schema
            .get(name)
            .or_else(|| self.keyword(target()?, name, depth + 1))
            .or_else(|| {
                list(schema.get("allOf")).find_map(|part| self.keyword(part, name, depth + 1))
            })
    }

    fn target(&self, schema: &Map<String, Value>) -> Option<(String, &'d Value)> {
        pointer::resolve(self.document, schema.get("$ref")?.as_str()?)
    }

    /// Whether something deprecated is reached from a reference.
    pub fn is_marked(&mut self, target: &str) -> bool {
        if let Some(known) = self.marked.get(target) {
            return *known;
        }
        let mut reached = vec![target.to_owned()];
        let mut next = 0;
        let mut is_marked = false;
        while let Some(target) = reached.get(next).cloned().filter(|_| !is_marked) {
            next += 1;
            let mut found = Vec::new();
            if let Some(schema) = self.document.pointer(&target) {
                is_marked = scan(schema, &mut found);
            }
            for target in found {
                if !reached.contains(&target) {
                    reached.push(target);
                }
            }
        }
        self.marked.insert(target.to_owned(), is_marked);
        is_marked
    }
}

/// Whether a schema says of something in it that it is deprecated; adds what it refers to.
fn scan(schema: &Value, references: &mut Vec<String>) -> bool {
    let mut is_marked = is_deprecated(schema) || schema.get("x-deprecated-values").is_some();
    let reference = schema.get("$ref").and_then(Value::as_str);
    references.extend(reference.and_then(pointer::of_reference));
    each_child(schema, Kind::Schema, "", &mut |child, kind, _| {
        is_marked |= kind == Kind::Schema && scan(child, references);
    });
    is_marked
}

fn is_deprecated(declared: &Value) -> bool {
    declared.get("deprecated") == Some(&Value::Bool(true))
}

/// References that are being followed, with their spots.
type Open = Vec<(String, usize)>;

struct Builder<'r, 'd> {
    reader: &'r mut Reader<'d>,
    spots: Vec<Spot>,
    is_whole: bool,
}

impl<'d> Builder<'_, 'd> {
    fn parameters(&mut self, operation: &Operation) -> Vec<(String, String, usize)> {
        let mut found = Vec::new();
        for parameter in &operation.parameters {
            let declared = parameter.pointer.as_deref();
            let declared = declared.and_then(|at| self.reader.document.pointer(at));
            let spot = declared.and_then(|it| self.parameter(&parameter.wire, it));
            found.extend(spot.map(|spot| (parameter.place.clone(), parameter.wire.clone(), spot)));
        }
        found
    }

    fn parameter(&mut self, name: &str, parameter: &'d Value) -> Option<usize> {
        let content = parameter.get("content").and_then(Value::as_object);
        let content = content.and_then(|all| all.values().next()?.get("schema"));
        let schema = parameter.get("schema").or(content);
        let name = pointer::escape(name);
        let inner = schema.and_then(|schema| self.spot(schema, &name, &mut Vec::new()));
        if !is_deprecated(parameter) {
            return inner;
        }
        self.spots.push(Spot {
            place: name,
            life: Some(Life::of(parameter)),
            arms: inner.into_iter().map(|it| (Guard::default(), it)).collect(),
            ..Spot::default()
        });
        Some(self.spots.len() - 1)
    }

    fn bodies(&mut self, operation: &Operation, written: &'d Value) -> Vec<(usize, usize)> {
        let body = written.get("requestBody");
        let body = body.and_then(|body| self.reader.follow(body));
        let media = operation.body.iter().flat_map(|body| &body.media);
        let mut found = Vec::new();
        for (index, media) in media.enumerate() {
            let content =
                body.and_then(|body| body.get("content")?.get(&media.range)?.get("schema"));
            let is_read = !matches!(media.kind, MediaKind::Text | MediaKind::Binary);
            if let Some(schema) = content.filter(|_| is_read) {
                let spot = self.spot(schema, "", &mut Vec::new());
                found.extend(spot.map(|spot| (index, spot)));
            }
        }
        found
    }

    /// An answer's media types are read as one: they tell the same.
    fn answers(&mut self, written: &'d Value) -> Vec<(Status, usize)> {
        let mut found = Vec::new();
        for (status, response) in responses(written) {
            let response = self.reader.follow(response);
            let content = response.and_then(|it| it.get("content")?.as_object());
            let json = content.into_iter().flatten();
            let json = json.filter(|(range, _)| api::media_kind(range) == MediaKind::Json);
            let arms: Vec<(Guard, usize)> = json
                .filter_map(|(_, media)| self.spot(media.get("schema")?, "", &mut Vec::new()))
                .map(|spot| (Guard::default(), spot))
                .collect();
            let spot = match arms.as_slice() {
                [] => continue,
                [(_, spot)] => *spot,
                _ => {
                    self.spots.push(Spot {
                        arms,
                        ..Spot::default()
                    });
                    self.spots.len() - 1
                }
            };
            found.push((status, spot));
        }
        found
    }

    /// What a stream's events hold.
    fn events(&mut self, written: &'d Value) -> Vec<(Status, usize)> {
        let mut found = Vec::new();
        for (status, response) in responses(written) {
            let response = self.reader.follow(response);
            let content = response.and_then(|it| it.get("content")?.as_object());
            let mut content = content.into_iter().flatten();
            let entry = content.find(|(range, _)| api::responses::is_events(range));
            let data = entry.and_then(|(_, entry)| self.reader.event_data(entry));
            let spot = data.and_then(|data| self.spot(data, "", &mut Vec::new()));
            found.extend(spot.map(|spot| (status, spot)));
        }
        found
    }

    /// What headers of answers hold.
    fn headers(&mut self, written: &'d Value) -> Vec<(Status, String, usize)> {
        let mut found = Vec::new();
        for (status, response) in responses(written) {
            let response = self.reader.follow(response);
            for (name, header) in map(response.and_then(|it| it.get("headers"))) {
                let header = self.reader.follow(header);
                let spot = header.and_then(|header| self.parameter(name, header));
                found.extend(spot.map(|spot| (status, name.clone(), spot)));
            }
        }
        found
    }

    /// The spot of a schema at a place.
    fn spot(&mut self, schema: &'d Value, place: &str, open: &mut Open) -> Option<usize> {
        let object = schema.as_object()?;
        if object.len() == 1 && object.contains_key("$ref") {
            return self.referred(object, place, open);
        }
        if self.spots.len() >= MOST || open.len() >= DEPTH {
            self.is_whole = false;
            return None;
        }
        let index = self.spots.len();
        self.spots.push(Spot {
            place: place.to_owned(),
            ..Spot::default()
        });
        let mut spot = Spot {
            place: place.to_owned(),
            life: is_deprecated(schema).then(|| Life::of(schema)),
            values: named_values(schema),
            ..Spot::default()
        };
        self.below(object, &mut spot, open);
        self.beside(object, &mut spot, open);
        self.spots[index] = spot;
        Some(index)
    }

    fn referred(
        &mut self,
        schema: &Map<String, Value>,
        place: &str,
        open: &mut Open,
    ) -> Option<usize> {
        let (target, found) = self.reader.target(schema)?;
        if !self.reader.is_marked(&target) {
            return None;
        }
        if let Some((_, known)) = open.iter().find(|(it, _)| *it == target) {
            // Without a step into the value it would lead round in a circle.
            return (self.spots.get(*known)?.place != place).then_some(*known);
        }
        open.push((target, self.spots.len()));
        let spot = self.spot(found, place, open);
        open.pop();
        spot
    }

    /// What is in the value.
    fn below(&mut self, schema: &'d Map<String, Value>, spot: &mut Spot, open: &mut Open) {
        for (name, member) in map(schema.get("properties")) {
            let at = pointer::join(&spot.place, name);
            let member = self.spot(member, &at, open);
            spot.members.push((name.clone(), member));
        }
        for (index, item) in list(schema.get("prefixItems")).enumerate() {
            let item = self.spot(item, &format!("{}/{index}", spot.place), open);
            spot.members.push((index.to_string(), item));
        }
        let at = format!("{}/*", spot.place);
        for (pattern, member) in map(schema.get("patternProperties")) {
            let member = self.spot(member, &at, open);
            spot.patterns.push((pattern.clone(), member));
        }
        for keyword in ["items", "additionalProperties"] {
            let each = schema.get(keyword);
            spot.rest
                .extend(each.and_then(|each| self.spot(each, &at, open)));
        }
    }

    /// What holds for the same value.
    fn beside(&mut self, schema: &'d Map<String, Value>, spot: &mut Spot, open: &mut Open) {
        let place = spot.place.clone();
        let also = |spot: Option<usize>| spot.map(|spot| (Guard::default(), spot));
        if schema.contains_key("$ref") {
            spot.arms.extend(also(self.referred(schema, &place, open)));
        }
        for part in list(schema.get("allOf")) {
            spot.arms.extend(also(self.spot(part, &place, open)));
        }
        for keyword in ["oneOf", "anyOf"] {
            let Some(arms) = schema.get(keyword).and_then(Value::as_array) else {
                continue;
            };
            let tags = schema.get("discriminator").and_then(|discriminator| {
                let property = discriminator::property(discriminator)?;
                let tags = discriminator::tags(self.reader.document, discriminator, arms)?;
                Some((property, tags))
            });
            for (index, arm) in arms.iter().enumerate() {
                let values = self.outdated_values(arm);
                if !values.is_empty() {
                    spot.values.extend(values);
                    continue;
                }
                let mut guard = Guard::of(self.reader.document, arm);
                if let Some((property, tags)) = &tags {
                    guard.tag(property, &tags[index]);
                }
                let arm = self.spot(arm, &place, open);
                spot.arms.extend(arm.map(|arm| (guard, arm)));
            }
        }
        self.conditions(schema, spot, open);
    }

    /// What holds for the same value under a condition.
    fn conditions(&mut self, schema: &'d Map<String, Value>, spot: &mut Spot, open: &mut Open) {
        let place = spot.place.clone();
        if let Some(condition) = schema.get("if") {
            let guard = Guard::of(self.reader.document, condition);
            for keyword in ["if", "then", "else"] {
                let part = schema.get(keyword);
                let part = part.and_then(|part| self.spot(part, &place, open));
                let mut guard = guard.clone();
                guard.is_negated = keyword == "else";
                spot.arms.extend(part.map(|part| (guard, part)));
            }
        }
        for (name, part) in map(schema.get("dependentSchemas")) {
            let guard = Guard {
                types: vec!["object".to_owned()],
                required: vec![name.clone()],
                ..Guard::default()
            };
            let part = self.spot(part, &place, open);
            spot.arms.extend(part.map(|part| (guard, part)));
        }
    }

    /// The values that an arm of a union stands for, if it is deprecated.
    fn outdated_values(&self, arm: &'d Value) -> Vec<(String, Life)> {
        let Some(arm) = self.reader.follow(arm).filter(|arm| is_deprecated(arm)) else {
            return Vec::new();
        };
        let life = Life::of(arm);
        let values = guard::values(arm).into_iter();
        values.map(|value| (value, life.clone())).collect()
    }
}

/// The responses of an operation.
fn responses(written: &Value) -> impl Iterator<Item = (Status, &Value)> {
    let responses = map(written.get("responses"));
    responses.filter_map(|(code, response)| Some((api::responses::status(code)?, response)))
}

/// `x-deprecated-values`.
fn named_values(schema: &Value) -> Vec<(String, Life)> {
    let named = list(schema.get("x-deprecated-values"));
    named
        .map(|value| (value.to_string(), Life::of(schema)))
        .collect()
}

impl Outdated {
    /// Without the spots from which nothing deprecated is reached; `None` if that is all of them.
    fn pruned(mut self) -> Option<Self> {
        let mut live: Vec<bool> = self.spots.iter().map(Spot::is_marked).collect();
        loop {
            let found = self
                .spots
                .iter()
                .enumerate()
                .filter(|(index, spot)| !live[*index] && spot.next().any(|next| live[next]));
            let found: Vec<usize> = found.map(|(index, _)| index).collect();
            if found.is_empty() {
                break;
            }
            found.into_iter().for_each(|index| live[index] = true);
        }
        let mut count = 0;
        let kept: Vec<Option<usize>> = live
            .iter()
            .map(|is_live| {
                is_live.then(|| {
                    count += 1;
                    count - 1
                })
            })
            .collect();
        self.parameters.retain_mut(|it| moved(&kept, &mut it.2));
        self.bodies.retain_mut(|it| moved(&kept, &mut it.1));
        self.answers.retain_mut(|it| moved(&kept, &mut it.1));
        self.events.retain_mut(|it| moved(&kept, &mut it.1));
        self.headers.retain_mut(|it| moved(&kept, &mut it.2));
        let mut index = 0..;
        self.spots
            .retain(|_| index.next().is_some_and(|index| live[index]));
        self.spots.iter_mut().for_each(|spot| spot.renumber(&kept));
        (!self.spots.is_empty()).then_some(self)
    }
}

impl Spot {
    fn is_marked(&self) -> bool {
        self.life.is_some() || !self.values.is_empty()
    }

    fn next(&self) -> impl Iterator<Item = usize> {
        let members = self.members.iter().chain(&self.patterns);
        let members = members.filter_map(|(_, spot)| *spot);
        let arms = self.arms.iter().map(|(_, spot)| *spot);
        members.chain(self.rest.iter().copied()).chain(arms)
    }

    fn renumber(&mut self, kept: &[Option<usize>]) {
        self.rest.retain_mut(|spot| moved(kept, spot));
        self.arms.retain_mut(|(_, spot)| moved(kept, spot));
        for (_, spot) in self.members.iter_mut().chain(&mut self.patterns) {
            *spot = spot.and_then(|spot| kept[spot]);
        }
        // A member that is named is none of the others, whether something in it is deprecated or not.
        let has_rest = !self.rest.is_empty();
        self.members.retain(|(_, spot)| has_rest || spot.is_some());
        self.patterns.retain(|(_, spot)| has_rest || spot.is_some());
    }
}

fn moved(kept: &[Option<usize>], spot: &mut usize) -> bool {
    let new = kept[*spot];
    *spot = new.unwrap_or_default();
    new.is_some()
}

fn map(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
