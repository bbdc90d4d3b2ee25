//! A parsed document as a tree that knows where each part was written.

use serde_json::{Map, Number, Value};

use crate::pointer;

/// A place in one of the files that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spot {
    /// Index of the file in the order of reading; 0 is the document itself.
    pub file: u16,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// A value and where it begins.
#[derive(Debug, Clone)]
pub struct Node {
    pub spot: Spot,
    pub data: Data,
}

/// A value of the JSON data model; maps keep the order of writing.
#[derive(Debug, Clone)]
pub enum Data {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A member of a map.
#[derive(Debug, Clone)]
pub struct Entry {
    pub key: String,
    /// Where the key was written.
    pub spot: Spot,
    pub value: Node,
}

impl Node {
    /// The value without its places.
    pub fn to_value(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(value) => Value::Number(value.clone()),
            Data::String(value) => Value::String(value.clone()),
            Data::List(items) => Value::Array(items.iter().map(Node::to_value).collect()),
            Data::Map(entries) => Value::Object(
                entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_value()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// The members, if this is a map.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The members, if this is a map.
    pub fn entries_mut(&mut self) -> Option<&mut Vec<Entry>> {
        match &mut self.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The member of this name, if this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The text, if this is a string.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of `$ref`, if this is a map that has one.
    pub fn reference(&self) -> Option<&str> {
        self.get("$ref")?.text()
    }

    /// The part that a pointer names.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        pointer::segments(pointer).try_fold(self, |node, segment| node.child(&segment))
    }

    /// A member or an item, by its name or number.
    pub fn child(&self, segment: &str) -> Option<&Node> {
        match &self.data {
            Data::Map(_) => self.get(segment),
            Data::List(items) => items.get(segment.parse::<usize>().ok()?),
            _ => None,
        }
    }

    /// The number of values in this tree, itself included.
    pub fn count(&self) -> usize {
        1 + match &self.data {
            Data::List(items) => items.iter().map(Node::count).sum(),
            Data::Map(entries) => entries.iter().map(|entry| entry.value.count()).sum(),
            _ => 0,
        }
    }
}
