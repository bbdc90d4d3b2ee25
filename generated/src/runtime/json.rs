//! Strict JSON: one exact reading of a body, or a fault that says where and why.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::problem::{Problem, Violation, boundary};

/// How deep arrays and objects may nest, unless the caller says otherwise.
pub const DEPTH_LIMIT: usize = 32;

/// From this magnitude on, an integer may have been too large for 64 bits and become a float.
const BIG: f64 = 9_223_372_036_854_775_000.0;

/// Up to this magnitude (2^53) every integral float stands for exactly one integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Why a text is not JSON as we read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonFault {
    /// Byte where reading stopped, from 0.
    pub offset: usize,
    /// Line of that byte, from 1.
    pub line: usize,
    /// Column of that byte, from 1, in bytes.
    pub column: usize,
    /// JSON pointer (RFC 6901) of the value that was being read.
    pub pointer: String,
    /// The rule that was broken: `json`, `duplicate`, `depth`, `nul` or `integer`.
    pub rule: &'static str,
    /// What is wrong, for people. Never repeats the text.
    pub message: Cow<'static, str>,
    /// The largest allowed depth, for `depth`.
    pub limit: Option<usize>,
}

impl JsonFault {
    /// The fault as a broken place: `place` is `body`, `query`, …; `parameter` names one.
    pub fn into_violation(self, place: &'static str, parameter: Option<&str>) -> Violation {
        Violation {
            place,
            parameter: parameter.map(str::to_owned),
            pointer: self.pointer,
            keyword: Cow::Borrowed(self.rule),
            limit: self.limit.map(Value::from),
            message: format!(
                "{} (line {}, column {})",
                self.message, self.line, self.column
            ),
        }
    }

    /// The fault as an answer: 400 `malformed-body`.
    pub fn into_problem(self) -> Problem {
        let detail = format!("the body is not strict JSON: {}", self.message);
        Problem::new(boundary::MALFORMED_BODY)
            .with_detail(detail)
            .with_errors(vec![self.into_violation("body", None)])
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {} column {}",
            self.message, self.line, self.column
        )
    }
}

impl std::error::Error for JsonFault {}

/// Reads one JSON value (RFC 8259, with the limits of I-JSON, RFC 7493) that fills all of `bytes`.
///
/// Refused: invalid UTF-8, anything after the value, nesting deeper than `depth_limit`, a member
/// name used twice in one object, U+0000 in names and strings, integers beyond 64 bits, numbers
/// that are not finite. A float without fraction, such as `1.0`, becomes the integer that it
/// equals, as JSON Schema counts it as one; numbers with a fraction become the nearest `f64`.
pub fn parse(bytes: &[u8], depth_limit: usize) -> Result<Value, JsonFault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| plain_fault(bytes, error.valid_up_to(), "the text is not valid UTF-8"))?;
    let (value, big_numbers) = read(text, depth_limit, None)?;
    if big_numbers == 0 {
        return Ok(value);
    }
    match big_integer(text) {
        None => Ok(value),
        refuse => read(text, depth_limit, refuse).map(|(value, _)| value),
    }
}

/// The same text for equal values: no white space, members in order of their names.
pub fn canonical(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_canonical(value, &mut out);
    out
}

fn write_canonical(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_canonical(item, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            out.push(b'{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_scalar(name, out);
                out.push(b':');
                write_canonical(member, out);
            }
            out.push(b'}');
        }
        scalar => write_scalar(scalar, out),
    }
}

fn write_scalar<T: serde::Serialize + ?Sized>(scalar: &T, out: &mut Vec<u8>) {
    // Writing a scalar to memory cannot fail; if it ever did, the fingerprint would only differ.
    let _ = serde_json::to_writer(out, scalar);
}

/// What one reading keeps apart from the value.
struct Reading {
    depth_limit: usize,
    /// Floats of at least `BIG` seen so far.
    big_numbers: Cell<usize>,
    /// Which of them is an integer literal, to be refused.
    refuse: Option<usize>,
    /// The rule of ours that was broken; `None` if the grammar was.
    broken: Cell<Option<(&'static str, &'static str)>>,
    /// Names and indexes around the fault, innermost first; filled on the way out only.
    path: RefCell<Vec<String>>,
}

impl Reading {
    fn fault<E: serde::de::Error>(&self, rule: &'static str, message: &'static str) -> E {
        self.broken.set(Some((rule, message)));
        E::custom(message)
    }

    fn leave(&self, step: impl Into<String>) {
        self.path.borrow_mut().push(step.into());
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.path.borrow().iter().rev() {
            pointer.push('/');
            pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        pointer
    }
}

/// Reads `text`; gives the value and how many big floats it holds.
fn read(
    text: &str,
    depth_limit: usize,
    refuse: Option<usize>,
) -> Result<(Value, usize), JsonFault> {
    let reading = Reading {
        depth_limit,
        big_numbers: Cell::new(0),
        refuse,
        broken: Cell::new(None),
        path: RefCell::new(Vec::new()),
    };
    let mut source = serde_json::Deserializer::from_str(text);
    Node {
        reading: &reading,
        depth: 0,
    }
    .deserialize(&mut source)
    .and_then(|value| source.end().map(|()| value))
    .map(|value| (value, reading.big_numbers.get()))
    .map_err(|error| fault(text, &reading, &error))
}

fn fault(text: &str, reading: &Reading, error: &serde_json::Error) -> JsonFault {
    let (rule, message) = match reading.broken.get() {
        Some((rule, message)) => (rule, Cow::Borrowed(message)),
        None if error.is_eof() => ("json", Cow::Borrowed("the text ends too early")),
        None => {
            let message = error.to_string();
            let message = message
                .rsplit_once(" at line ")
                .map_or(message.as_str(), |(said, _)| said);
            ("json", Cow::Owned(message.to_owned()))
        }
    };
    let line_start = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    JsonFault {
        offset: (line_start + error.column().saturating_sub(1)).min(text.len()),
        line: error.line(),
        column: error.column(),
        pointer: reading.pointer(),
        rule,
        message,
        limit: (rule == "depth").then_some(reading.depth_limit),
    }
}

fn plain_fault(bytes: &[u8], offset: usize, message: &'static str) -> JsonFault {
    let before = bytes.get(..offset).unwrap_or(bytes);
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    JsonFault {
        offset,
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: offset - line_start + 1,
        pointer: String::new(),
        rule: "json",
        message: Cow::Borrowed(message),
        limit: None,
    }
}

/// Which of the big numbers of a valid text (from 1) is the first written as an integer. Such a
/// number was rounded, since integers of 64 bits never become floats.
fn big_integer(text: &str) -> Option<usize> {
    let mut seen = 0;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| matches!(c, '"' | '-' | '0'..='9')) {
        rest = rest.get(start..)?;
        let length = if rest.starts_with('"') {
            string_length(rest)
        } else {
            let part_of_number = |c: char| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
            let length = rest.find(|c| !part_of_number(c)).unwrap_or(rest.len());
            let literal = rest.get(..length)?;
            let is_integer = !literal.contains(['.', 'e', 'E']);
            let fits =
                is_integer && (literal.parse::<i64>().is_ok() || literal.parse::<u64>().is_ok());
            if !fits
                && literal
                    .parse::<f64>()
                    .is_ok_and(|number| number.abs() >= BIG)
            {
                seen += 1;
                if is_integer {
                    return Some(seen);
                }
            }
            length
        };
        rest = rest.get(length..)?;
    }
    None
}

/// Bytes of the string literal that `text` opens with, both quotes included.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Reads a value at some depth.
#[derive(Clone, Copy)]
struct Node<'r> {
    reading: &'r Reading,
    depth: usize,
}

impl Node<'_> {
    fn child<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= self.reading.depth_limit {
            return Err(self
                .reading
                .fault("depth", "arrays and objects are nested too deep"));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let magnitude = value.abs();
        if magnitude >= BIG {
            let seen = self.reading.big_numbers.get() + 1;
            self.reading.big_numbers.set(seen);
            if self.reading.refuse == Some(seen) {
                return Err(self
                    .reading
                    .fault("integer", "the integer does not fit 64 bits"));
            }
        }
        if magnitude <= EXACT && value.fract() == 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "integral and within 2^53")]
            return Ok(Value::from(value as i64));
        }
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("the number is not finite"))
    }

    /// Text without escapes, which cannot hold U+0000: JSON has no raw control characters.
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        Name(self.reading).visit_str(value).map(Value::String)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let child = self.child()?;
        let mut array = Vec::new();
        loop {
            match items.next_element_seed(child) {
                Ok(Some(item)) => array.push(item),
                Ok(None) => return Ok(Value::Array(array)),
                Err(error) => {
                    self.reading.leave(array.len().to_string());
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let child = self.child()?;
        let mut object = Map::new();
        while let Some(name) = members.next_key_seed(Name(self.reading))? {
            match object.entry(name) {
                Entry::Vacant(slot) => match members.next_value_seed(child) {
                    Ok(member) => {
                        slot.insert(member);
                    }
                    Err(error) => {
                        self.reading.leave(slot.key());
                        return Err(error);
                    }
                },
                Entry::Occupied(slot) => {
                    self.reading.leave(slot.key());
                    return Err(self
                        .reading
                        .fault("duplicate", "the object has this member twice"));
                }
            }
        }
        Ok(Value::Object(object))
    }
}

/// Reads a text that must not hold U+0000.
struct Name<'r>(&'r Reading);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<String, E> {
        if value.contains('\0') {
            return Err(self
                .0
                .fault("nul", "U+0000 is not allowed in names and strings"));
        }
        Ok(value.to_owned())
    }
}
