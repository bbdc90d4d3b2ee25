//! A part of a document, to read on from.

use codegen::{Source, pointer};
use serde_json::Value;

/// How many references are followed one after the other.
const DEPTH: usize = 32;

/// What stands at a place of [`Source::document`].
#[derive(Clone)]
pub struct Part<'a> {
    pub source: &'a Source,
    /// JSON pointer.
    pub at: String,
    pub value: &'a Value,
}

impl<'a> Part<'a> {
    /// What a pointer names.
    pub fn find(source: &'a Source, at: &str) -> Option<Self> {
        Some(Self {
            source,
            at: at.to_owned(),
            value: source.document.pointer(at)?,
        })
    }

    /// The whole document.
    pub fn root(source: &'a Source) -> Self {
        Self {
            source,
            at: String::new(),
            value: &source.document,
        }
    }

    /// A member as it stands.
    pub fn member(&self, name: &str) -> Option<Self> {
        Some(Self {
            source: self.source,
            at: pointer::join(&self.at, name),
            value: self.value.get(name)?,
        })
    }

    /// A member, its reference followed.
    pub fn get(&self, name: &str) -> Option<Self> {
        self.member(name).map(Self::followed)
    }

    /// Where the reference of this part leads.
    pub fn target(&self) -> Option<Self> {
        let at = pointer::of_reference(self.text("$ref")?)?;
        Self::find(self.source, &at)
    }

    /// The part at the end of the references.
    pub fn followed(self) -> Self {
        let mut part = self;
        for _ in 0..DEPTH {
            let Some(target) = part.target() else { break };
            part = target;
        }
        part
    }

    /// A text member.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value.get(name)?.as_str()
    }

    /// Whether a member is true.
    pub fn is_true(&self, name: &str) -> bool {
        self.value.get(name) == Some(&Value::Bool(true))
    }

    /// The members in the order of writing.
    pub fn members(&self) -> Vec<(String, Self)> {
        let Some(map) = self.value.as_object() else {
            return Vec::new();
        };
        let mut names: Vec<String> = self
            .source
            .keys(&self.at)
            .into_iter()
            .map(str::to_owned)
            .collect();
        names.retain(|name| map.contains_key(name));
        let more: Vec<&String> = map.keys().filter(|name| !names.contains(name)).collect();
        names.extend(more.into_iter().cloned().collect::<Vec<String>>());
        names
            .into_iter()
            .filter_map(|name| self.member(&name).map(|part| (name, part)))
            .collect()
    }

    /// The members that are no extensions, their references followed.
    pub fn fields(&self) -> Vec<(String, Self)> {
        let members = self.members().into_iter();
        members
            .filter(|(name, _)| !name.starts_with("x-"))
            .map(|(name, part)| (name, part.followed()))
            .collect()
    }

    /// The items as they stand.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().into_iter().flatten();
        items
            .enumerate()
            .map(|(index, value)| Self {
                source: self.source,
                at: format!("{}/{index}", self.at),
                value,
            })
            .collect()
    }

    /// The members of a map that may be absent.
    pub fn fields_of(&self, name: &str) -> Vec<(String, Self)> {
        self.get(name).map(|map| map.fields()).unwrap_or_default()
    }

    /// The items of a list that may be absent, their references followed.
    pub fn items_of(&self, name: &str) -> Vec<Self> {
        let items = self
            .member(name)
            .map(|list| list.items())
            .unwrap_or_default();
        items.into_iter().map(Self::followed).collect()
    }
}
