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

/// Up to this magnitude (2^53) every integral float stands for exactly one integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// From this magnitude (2^64) on, no integer is read.
const BEYOND: f64 = 18_446_744_073_709_551_616.0;

/// So many digits of a decimal always survive in a float.
const SAFE_DIGITS: usize = 15;

/// No float says more digits than this.
const MOST_DIGITS: usize = 767;

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
    /// The rule that was broken: `json`, `duplicate`, `depth`, `nul`, `integer` or `number`.
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
/// that are not finite, and numbers with more digits than an `f64` holds. A float without
/// fraction, such as `1.0`, becomes the integer that it equals, as JSON Schema counts it as one.
pub fn parse(bytes: &[u8], depth_limit: usize) -> Result<Value, JsonFault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| plain_fault(bytes, error.valid_up_to(), "the text is not valid UTF-8"))?;
    let (value, floats) = read(text, depth_limit, None)?;
    let may_be_inexact = match floats {
        Floats::None => false,
        Floats::Normal => has_long_number(bytes),
        Floats::Tiny => true,
    };
    if !may_be_inexact {
        return Ok(value);
    }
    match inexact(text) {
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
    /// Floats seen so far.
    floats: Cell<usize>,
    /// Whether one of them is zero or near it.
    tiny: Cell<bool>,
    /// Which of them is to be refused.
    refuse: Option<Inexact>,
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

    fn floats(&self) -> Floats {
        match (self.floats.get(), self.tiny.get()) {
            (0, _) => Floats::None,
            (_, false) => Floats::Normal,
            (_, true) => Floats::Tiny,
        }
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

/// What floats a text holds.
enum Floats {
    None,
    Normal,
    /// One is zero, or so near it that it has fewer digits than others.
    Tiny,
}

/// Reads `text`; gives the value and what floats it holds.
fn read(
    text: &str,
    depth_limit: usize,
    refuse: Option<Inexact>,
) -> Result<(Value, Floats), JsonFault> {
    let reading = Reading {
        depth_limit,
        floats: Cell::new(0),
        tiny: Cell::new(false),
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
    .map(|value| (value, reading.floats()))
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

/// Whether digits and points, as many as a number of more than the safe digits has, follow each
/// other anywhere. Looks at one byte in as many first: most texts have no such place.
fn has_long_number(bytes: &[u8]) -> bool {
    let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    let mut probes = (SAFE_DIGITS..bytes.len()).step_by(SAFE_DIGITS + 1);
    probes.any(|at| {
        let (before, after) = bytes.split_at_checked(at).unwrap_or_default();
        let after = after.iter().take_while(is_part).count();
        after > 0 && after + before.iter().rev().take_while(is_part).count() > SAFE_DIGITS
    })
}

/// A number of a valid text that was rounded.
#[derive(Clone, Copy)]
struct Inexact {
    /// Which of the floats it is, from 1.
    float: usize,
    rule: &'static str,
    message: &'static str,
}

/// The first number that was rounded. Integers of 64 bits never become floats.
fn inexact(text: &str) -> Option<Inexact> {
    let mut float = 0;
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
            let fits = literal.parse::<i64>().is_ok() || literal.parse::<u64>().is_ok();
            if !fits || literal == "-0" {
                float += 1;
                if is_integer && !fits {
                    return Some(Inexact {
                        float,
                        rule: "integer",
                        message: "the integer does not fit 64 bits",
                    });
                }
                if !literal
                    .parse()
                    .is_ok_and(|number| is_exact(literal, number))
                {
                    return Some(Inexact {
                        float,
                        rule: "number",
                        message: "the number has more digits than a double holds: send fewer, or \
                                  a string where the contract takes one",
                    });
                }
            }
            length
        };
        rest = rest.get(length..)?;
    }
    None
}

/// Whether a float, written with as many digits as the number it was read from, is that number.
pub(crate) fn is_exact(literal: &str, float: f64) -> bool {
    let digits = |text: &str| {
        let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        digits.trim_matches('0').to_owned()
    };
    // Zeros before a fraction are not significant, nor are those after the last digit.
    let said = digits(literal);
    match said.len() {
        0 => true,
        1..=SAFE_DIGITS if float.is_normal() => true,
        count if count > MOST_DIGITS => false,
        count => digits(&format!("{float:.*e}", count - 1)) == said,
    }
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

/// The integer that a float is and is written as.
fn integral(float: f64) -> Option<Number> {
    if float.fract() != 0.0 || float.abs() >= BEYOND {
        return None;
    }
    if float.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "integral and within 2^53")]
        return Some(Number::from(float as i64));
    }
    let written = float.to_string();
    let signed = written.parse::<i64>().map(Number::from);
    let number = signed.or_else(|_| written.parse::<u64>().map(Number::from));
    number.ok().filter(|_| written == format!("{float:.0}"))
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
        let seen = self.reading.floats.get() + 1;
        self.reading.floats.set(seen);
        if value.abs() < f64::MIN_POSITIVE {
            self.reading.tiny.set(true);
        }
        if let Some(refused) = self.reading.refuse
            && refused.float == seen
        {
            return Err(self.reading.fault(refused.rule, refused.message));
        }
        integral(value)
            .or_else(|| Number::from_f64(value))
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
