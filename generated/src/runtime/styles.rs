//! Values as the styles of OpenAPI write them, read back by their shape.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::json::{self, JsonFault};
use super::operation::{Shape, Style};
use super::problem::Violation;
use super::text::{Codec, Pair, TextFault, split_pair};

/// How deep `name[a][b]` may nest.
const BRACKET_LIMIT: usize = 32;

/// A parameter or member of a form: its name, and how its value is written.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'s> {
    /// Its name.
    pub name: &'s str,
    /// How its value is written.
    pub style: Style,
    /// Whether members and items are written one by one.
    pub explode: bool,
    /// Whether the value is JSON text.
    pub json: bool,
    /// Whether an empty value stands for none.
    pub allow_empty: bool,
    /// What the value is made of.
    pub shape: &'static Shape,
    /// How text is encoded there.
    pub codec: Codec,
}

/// Why a value cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotFault {
    /// Its text cannot be decoded.
    Text(TextFault),
    /// Its JSON text is not strict JSON.
    Json(JsonFault),
    /// It is not written in its style; says how it is.
    Style(&'static str),
    /// It is given twice, and is no array.
    Duplicate,
}

impl From<TextFault> for SlotFault {
    fn from(fault: TextFault) -> Self {
        Self::Text(fault)
    }
}

impl SlotFault {
    /// Whether the text itself is broken (400), rather than what it says (422).
    pub const fn is_malformed(&self) -> bool {
        !matches!(self, Self::Duplicate)
    }

    /// The fault as a broken place of the request.
    pub fn into_violation(self, place: &'static str, name: &str) -> Violation {
        let (keyword, message) = match self {
            Self::Json(fault) => return fault.into_violation(place, Some(name)),
            Self::Text(fault) => (fault.keyword(), fault.message()),
            Self::Style(message) => ("style", message),
            Self::Duplicate => ("duplicate", "must not be given more than once"),
        };
        Violation {
            place,
            parameter: Some(name.to_owned()),
            pointer: String::new(),
            keyword: Cow::Borrowed(keyword),
            limit: None,
            message: message.to_owned(),
        }
    }
}

/// What separates the items of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Comma,
    Dot,
    Semicolon,
    Space,
    Pipe,
}

impl Separator {
    fn split<'r>(self, slot: &Slot<'_>, raw: &'r str) -> Vec<&'r str> {
        match self {
            // An encoded comma is part of an item, unless no item can hold one.
            Self::Comma if slot.items_are_no_text() => split_at(raw, &[",", "%2C", "%2c"]),
            Self::Comma => split_at(raw, &[","]),
            Self::Dot => split_at(raw, &["."]),
            Self::Semicolon => split_at(raw, &[";"]),
            Self::Space => split_at(raw, &["%20", "+"]),
            Self::Pipe => split_at(raw, &["|", "%7C", "%7c"]),
        }
    }
}

/// Splits at any of the separators, which are ASCII, in one pass.
fn split_at<'r>(raw: &'r str, separators: &[&str]) -> Vec<&'r str> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(rest) = raw.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        let found = separators
            .iter()
            .find(|separator| rest.starts_with(separator.as_bytes()));
        let Some(separator) = found else {
            at += 1;
            continue;
        };
        parts.push(raw.get(start..at).unwrap_or_default());
        at += separator.len();
        start = at;
    }
    parts.push(raw.get(start..).unwrap_or_default());
    parts
}

impl Slot<'_> {
    /// Whether its value may be an object whose members are pairs of their own.
    pub fn is_spread(&self) -> bool {
        self.style == Style::Form && self.explode && !self.json && self.shape.takes_object()
    }

    fn items_are_no_text(&self) -> bool {
        self.shape.item().is_some_and(|item| !item.takes_text())
    }

    /// Reads the one text of a path segment or a header; `None` if it stands for no value.
    pub fn read_text(&self, raw: &str) -> Result<Option<Value>, SlotFault> {
        if self.json {
            return self.read_json(raw).map(Some);
        }
        let value = match self.style {
            Style::Label => {
                let raw = raw
                    .strip_prefix('.')
                    .ok_or(SlotFault::Style("must begin with `.`"))?;
                self.separated(
                    raw,
                    if self.explode {
                        Separator::Dot
                    } else {
                        Separator::Comma
                    },
                )
            }
            Style::Matrix => self.read_matrix(raw),
            _ => self.separated(raw, Separator::Comma),
        };
        value.map(Some)
    }

    /// Takes its pairs from a query, a form or the cookies, and reads them; `None` if there are
    /// none.
    pub fn take_pairs(&self, pairs: &mut [Pair<'_>]) -> Result<Option<Value>, SlotFault> {
        if self.style == Style::DeepObject && !self.json {
            return self.take_brackets(pairs);
        }
        let own: Vec<&str> = pairs
            .iter_mut()
            .filter(|pair| !pair.claimed && pair.name == self.name)
            .map(|pair| {
                pair.claimed = true;
                pair.raw
            })
            .collect();
        match own.as_slice() {
            [] => Ok(None),
            [""] if self.allow_empty && !self.shape.takes_text() && self.shape.item().is_none() => {
                Ok(None)
            }
            [raw] if self.json => self.read_json(raw).map(Some),
            _ if self.json => Err(SlotFault::Duplicate),
            many if self.explode => self.repeated(many).map(Some),
            [raw] => self.separated(raw, self.separator()).map(Some),
            many if self.shape.item().is_some() => {
                let items = many
                    .iter()
                    .flat_map(|raw| self.separator().split(self, raw))
                    .collect();
                self.array(items).map(Some)
            }
            _ => Err(SlotFault::Duplicate),
        }
    }

    /// Takes the pairs that are named like members of the object, and reads them; `None` if
    /// there are none. Where the shape has a rest, takes every pair that is left.
    pub fn take_members(&self, pairs: &mut [Pair<'_>]) -> Result<Option<Value>, SlotFault> {
        let mut names = Vec::new();
        self.shape.each_member(&mut |name| names.push(name));
        let mut object = Map::new();
        for name in names {
            if let Some(value) = self.member_slot(name).take_pairs(pairs)? {
                object.insert(name.to_owned(), value);
            }
        }
        if self.shape.rest().is_some() {
            let mut left = BTreeMap::<String, Vec<&str>>::new();
            for pair in pairs.iter_mut().filter(|pair| !pair.claimed) {
                pair.claimed = true;
                left.entry(pair.name.to_string())
                    .or_default()
                    .push(pair.raw);
            }
            for (name, texts) in left {
                let value = self.member_slot(&name).repeated(&texts)?;
                object.insert(name, value);
            }
        }
        Ok((!object.is_empty()).then_some(Value::Object(object)))
    }

    fn member_slot<'m>(&self, name: &'m str) -> Slot<'m> {
        Slot {
            name,
            shape: self.shape.member(name),
            allow_empty: false,
            ..*self
        }
    }

    fn separator(&self) -> Separator {
        match self.style {
            Style::SpaceDelimited => Separator::Space,
            Style::PipeDelimited => Separator::Pipe,
            _ => Separator::Comma,
        }
    }

    fn text<'r>(&self, raw: &'r str) -> Result<Cow<'r, str>, TextFault> {
        self.codec.decode(if self.codec == Codec::Verbatim {
            raw.trim()
        } else {
            raw
        })
    }

    fn read_json(&self, raw: &str) -> Result<Value, SlotFault> {
        json::parse(self.text(raw)?.as_bytes(), json::DEPTH_LIMIT).map_err(SlotFault::Json)
    }

    /// `;name=a,b`, or `;name=a;name=b`, or `;member=a;other=b`.
    fn read_matrix(&self, raw: &str) -> Result<Value, SlotFault> {
        let raw = raw
            .strip_prefix(';')
            .ok_or(SlotFault::Style("must begin with `;`"))?;
        if !self.explode {
            return match split_pair(raw) {
                (name, raw) if self.text(name)? == self.name => {
                    self.separated(raw, Separator::Comma)
                }
                _ => Err(SlotFault::Style(
                    "must begin with `;` and the parameter's name",
                )),
            };
        }
        let texts = Separator::Semicolon
            .split(self, raw)
            .into_iter()
            .map(split_pair);
        if self.shape.takes_object() {
            return self.object(texts);
        }
        let own = texts
            .map(|(name, raw)| match self.text(name)? == self.name {
                true => Ok(raw),
                false => Err(SlotFault::Style(
                    "must repeat `;` and the parameter's name before each value",
                )),
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.repeated(&own)
    }

    /// Reads a text that holds one value, the items of an array or the members of an object.
    fn separated(&self, raw: &str, separator: Separator) -> Result<Value, SlotFault> {
        let (item, scalar) = (self.shape.item(), self.shape.takes_scalar());
        if scalar && item.is_none() && !self.shape.takes_object() {
            return self.scalar(raw);
        }
        let parts = separator.split(self, raw);
        let one = parts.len() < 2;
        if item.is_some() && !(scalar && one) {
            return self.array(parts);
        }
        if self.shape.takes_object() && !(scalar && one && !(self.explode && raw.contains('='))) {
            return match parts.as_slice() {
                [""] => Ok(Value::Object(Map::new())),
                _ if self.explode => self.object(parts.into_iter().map(split_pair)),
                parts if parts.len() % 2 == 1 => self.scalar(raw),
                parts => self.object(parts.chunks(2).filter_map(|pair| match pair {
                    [name, raw] => Some((*name, *raw)),
                    _ => None,
                })),
            };
        }
        self.scalar(raw)
    }

    /// Reads texts that were each sent for the same name.
    pub(super) fn repeated(&self, texts: &[&str]) -> Result<Value, SlotFault> {
        match (texts, self.shape.item()) {
            ([raw], None) => self.scalar(raw),
            ([raw], Some(_)) if self.shape.takes_scalar() => self.scalar(raw),
            (texts, None) if !matches!(self.shape, Shape::Any) || texts.is_empty() => {
                Err(SlotFault::Duplicate)
            }
            (texts, _) => self.array(texts.to_vec()),
        }
    }

    /// Reads one value. Text that cannot be right, where an array can be, is its only item.
    fn scalar(&self, raw: &str) -> Result<Value, SlotFault> {
        let text = self.text(raw)?;
        let value = self.shape.coerce(&text);
        match self.shape.item() {
            Some(item) if value.is_string() && !self.shape.takes_text() => {
                Ok(Value::Array(vec![item.coerce(&text)]))
            }
            _ => Ok(value),
        }
    }

    /// Reads items; no text at all is no item, unless it is written out as the only item.
    fn array(&self, parts: Vec<&str>) -> Result<Value, SlotFault> {
        let item = self.shape.item().unwrap_or(&Shape::Any);
        let spelt_out = self.explode && item.takes_text();
        if parts.as_slice() == [""] && !spelt_out {
            return Ok(Value::Array(Vec::new()));
        }
        let items = parts
            .into_iter()
            .map(|raw| Ok(item.coerce(&self.text(raw)?)));
        items.collect::<Result<_, SlotFault>>().map(Value::Array)
    }

    fn object<'r>(
        &self,
        texts: impl Iterator<Item = (&'r str, &'r str)>,
    ) -> Result<Value, SlotFault> {
        let mut object = Map::new();
        for (name, raw) in texts {
            let name = self.text(name)?;
            let value = self.shape.member(&name).coerce(&self.text(raw)?);
            if object.insert(name.into_owned(), value).is_some() {
                return Err(SlotFault::Duplicate);
            }
        }
        Ok(Value::Object(object))
    }

    /// `name[member]=a`, also nested; `name[]=a` and `name[0]=a` for items; `name=a` for a
    /// shape that may also be a single value.
    fn take_brackets(&self, pairs: &mut [Pair<'_>]) -> Result<Option<Value>, SlotFault> {
        let mut entries = Vec::new();
        for pair in pairs.iter_mut().filter(|pair| !pair.claimed) {
            let Some(steps) = pair.name.strip_prefix(self.name).and_then(bracket_steps) else {
                continue;
            };
            if steps.len() > BRACKET_LIMIT {
                return Err(SlotFault::Style("has too many brackets"));
            }
            let steps = steps.into_iter().map(str::to_owned).collect();
            pair.claimed = true;
            entries.push(Entry {
                steps,
                text: self.text(pair.raw)?,
            });
        }
        if entries.is_empty() {
            return Ok(None);
        }
        assemble(self.shape, &entries.iter().collect::<Vec<_>>(), 0).map(Some)
    }
}

/// A text and where it belongs in the value.
struct Entry<'r> {
    steps: Vec<String>,
    text: Cow<'r, str>,
}

/// The steps of `[a][b]`; none of nothing; `None` if it is written otherwise.
fn bracket_steps(mut text: &str) -> Option<Vec<&str>> {
    let mut steps = Vec::new();
    while !text.is_empty() {
        let (step, rest) = text.strip_prefix('[')?.split_once(']')?;
        steps.push(step);
        text = rest;
    }
    Some(steps)
}

/// Builds the value of the entries that agree on their first `level` steps.
fn assemble(shape: &Shape, entries: &[&Entry<'_>], level: usize) -> Result<Value, SlotFault> {
    let mut children = BTreeMap::<&str, Vec<&Entry<'_>>>::new();
    let mut texts = Vec::new();
    for entry in entries {
        match entry.steps.get(level) {
            Some(step) => children.entry(step).or_default().push(entry),
            None => texts.push(entry.text.as_ref()),
        }
    }
    match (texts.as_slice(), children.is_empty(), shape.item()) {
        ([], _, Some(item)) if children.keys().all(|step| is_index(step)) => {
            items(item, children, level)
        }
        ([], _, _) => members(shape, children, level),
        (_, false, _) => Err(SlotFault::Style(
            "is given both as one value and as members",
        )),
        ([text], _, None) => Ok(shape.coerce(text)),
        ([text], _, Some(_)) if shape.takes_scalar() => Ok(shape.coerce(text)),
        ([""], _, Some(item)) if !item.takes_text() => Ok(Value::Array(Vec::new())),
        (texts, _, Some(item)) => Ok(texts.iter().map(|text| item.coerce(text)).collect()),
        (texts, _, None) if matches!(shape, Shape::Any) => Ok(texts.iter().copied().collect()),
        _ => Err(SlotFault::Duplicate),
    }
}

fn is_index(step: &str) -> bool {
    step.len() <= 9 && step.bytes().all(|byte| byte.is_ascii_digit())
}

/// Items in the order of their indexes; those without one come first, in the order sent.
fn items(
    item: &Shape,
    children: BTreeMap<&str, Vec<&Entry<'_>>>,
    level: usize,
) -> Result<Value, SlotFault> {
    let mut children: Vec<_> = children.into_iter().collect();
    children.sort_by_key(|(step, _)| step.parse::<u32>().ok());
    let mut array = Vec::new();
    for (step, entries) in children {
        let all_texts = entries.iter().all(|entry| entry.steps.len() == level + 1);
        if step.is_empty() && all_texts {
            array.extend(entries.iter().map(|entry| item.coerce(&entry.text)));
        } else {
            array.push(assemble(item, &entries, level + 1)?);
        }
    }
    Ok(Value::Array(array))
}

fn members(
    shape: &Shape,
    children: BTreeMap<&str, Vec<&Entry<'_>>>,
    level: usize,
) -> Result<Value, SlotFault> {
    let member = |(step, entries): (&str, Vec<&Entry<'_>>)| {
        Ok((
            step.to_owned(),
            assemble(shape.member(step), &entries, level + 1)?,
        ))
    };
    children
        .into_iter()
        .map(member)
        .collect::<Result<Map<_, _>, _>>()
        .map(Value::Object)
}
