//! JSON into a tree with places.

use std::collections::HashMap;

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::MAX_DEPTH;
use super::node::{Data, Entry, Node, Spot};
use super::number;
use super::reading::Reading;

/// Reads one JSON document (RFC 8259, nothing looser). Faults go to `reading`.
pub fn parse(text: &str, reading: &mut Reading<'_>) -> Option<Node> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(result) => match result.value {
            Some(value) => Builder {
                reading,
                lines: Lines::of(text),
            }
            .node(value, 0),
            None => {
                reading.error(
                    reading.spot(1, 1),
                    "the file is empty".to_owned(),
                    "write an OpenAPI document",
                );
                None
            }
        },
        Err(error) => {
            let spot = reading.spot(error.line_display(), error.column_display());
            reading.error(
                spot,
                format!("this is not JSON: {}", error.kind()),
                "check commas, quotes and brackets here and just before",
            );
            None
        }
    }
}

struct Builder<'r, 'a, 't> {
    reading: &'r mut Reading<'a>,
    lines: Lines<'t>,
}

impl Builder<'_, '_, '_> {
    fn node(&mut self, value: Value<'_>, depth: usize) -> Option<Node> {
        let spot = self.spot(value.start());
        if depth >= MAX_DEPTH && matches!(value, Value::Object(_) | Value::Array(_)) {
            self.reading.too_deep(spot);
            return None;
        }
        let data = match value {
            Value::NullKeyword(_) => Data::Null,
            Value::BooleanLit(literal) => Data::Bool(literal.value),
            Value::NumberLit(literal) => {
                self.reading
                    .number(number::decimal(literal.value), literal.value, spot)
            }
            Value::StringLit(literal) => Data::String(literal.value.into_owned()),
            Value::Array(array) => Data::List(
                array
                    .elements
                    .into_iter()
                    .map(|item| self.node(item, depth + 1))
                    .collect::<Option<_>>()?,
            ),
            Value::Object(object) => {
                let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
                let mut seen: HashMap<String, Spot> =
                    HashMap::with_capacity(object.properties.len());
                for property in object.properties {
                    let spot = self.spot(property.name.start());
                    let key = match property.name {
                        ObjectPropName::String(name) => name.value.into_owned(),
                        ObjectPropName::Word(name) => name.value.to_owned(),
                    };
                    let value = self.node(property.value, depth + 1)?;
                    if let Some(first) = seen.get(&key) {
                        let message = format!(
                            "the key `{key}` is here a second time; the first is at line {}, column {}",
                            first.line, first.column
                        );
                        self.reading
                            .error(spot, message, "remove or rename one of the two");
                        continue;
                    }
                    seen.insert(key.clone(), spot);
                    entries.push(Entry { key, spot, value });
                }
                Data::Map(entries)
            }
        };
        Some(Node { spot, data })
    }

    fn spot(&mut self, offset: usize) -> Spot {
        let (line, column) = self.lines.place(offset);
        self.reading.spot(line, column)
    }
}

/// Byte offsets of the beginnings of lines.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| at + 1),
            )
            .collect();
        Self { text, starts }
    }

    /// Line and column, from 1, of a byte offset. A document in one line costs no more than one in many.
    fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|line| self.starts.get(line))
            .copied()
            .unwrap_or(0);
        // Counting characters in a line of megabytes for each value would take quadratic time.
        let column = match self.text.get(start..offset) {
            Some(before) if before.len() < 4096 => before.chars().count(),
            _ => offset - start,
        };
        (line, column + 1)
    }
}
