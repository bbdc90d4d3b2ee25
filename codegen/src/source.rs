//! An OpenAPI document as it was written: read, bundled, brought to one dialect, every part with its place.

mod external;
mod json;
pub mod node;
pub(crate) mod number;
mod reading;
mod yaml;

use std::path::Path;

use serde_json::Value;

use crate::fault::{Fault, Severity};
use crate::pointer;
use crate::{dialect, schema};
use node::{Data, Node, Spot};
use reading::Reading;

/// Levels of maps and lists that a document may nest. serde_json reads back 128; what is generated adds a few.
pub const MAX_DEPTH: usize = 112;

/// The largest file that is read, in bytes. The largest public document has 13 MB.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A place for people: where something was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As named to [`Source::load`], or reached from there by a reference.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// The versions of OpenAPI that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    V30,
    V31,
}

/// An OpenAPI document, read.
#[derive(Debug)]
pub struct Source {
    /// The document in the dialect of 3.1: every schema is JSON Schema 2020-12, external files are bundled,
    /// references between path items are resolved. Maps are sorted; [`Source::keys`] knows the written order.
    pub document: Value,
    /// The document in the version and dialect it was written in, external files bundled into it.
    pub original: Value,
    /// The version; 3.1 where the document does not say one that is known.
    pub version: Version,
    /// What was found while reading; [`crate::check::check`] repeats it.
    pub warnings: Vec<Fault>,
    root: Node,
    files: Vec<String>,
}

impl Source {
    /// Reads a document, YAML or JSON by content, and the files that it refers to. Nothing is fetched from a network.
    ///
    /// # Errors
    /// Every fault that keeps the files from being one document: unreadable, not YAML or JSON, a key twice,
    /// a number that JSON does not have, a reference to a file or part that does not exist or to a URL.
    pub fn load(path: impl AsRef<Path>) -> Result<Source, Vec<Fault>> {
        let path = path.as_ref();
        let text = read(path).map_err(|message| {
            vec![Fault {
                file: path.display().to_string(),
                line: 0,
                column: 0,
                pointer: String::new(),
                severity: Severity::Error,
                message,
                remedy: "give the path of an OpenAPI document".to_owned(),
            }]
        })?;
        Source::from_text(path, &text)
    }

    /// Like [`Source::load`], from text that is already read; `path` names it and is the base of its references.
    ///
    /// # Errors
    /// As [`Source::load`].
    pub fn from_text(path: impl AsRef<Path>, text: &str) -> Result<Source, Vec<Fault>> {
        let path = path.as_ref();
        let mut faults = Vec::new();
        let name = path.display().to_string();
        let Some(root) = parse(
            text,
            &mut Reading {
                name: &name,
                file: 0,
                faults: &mut faults,
            },
        ) else {
            Fault::sort(&mut faults);
            return Err(faults);
        };
        let bundle = external::bundle(path, root, &mut faults);
        if faults.iter().any(Fault::is_error) {
            Fault::sort(&mut faults);
            return Err(faults);
        }
        let original = bundle.root.to_value();
        let version = match original.get("openapi").and_then(Value::as_str) {
            Some(version) if version.starts_with("3.0") => Version::V30,
            _ => Version::V31,
        };
        let mut source = Source {
            document: Value::Null,
            original,
            version,
            warnings: faults,
            root: bundle.root,
            files: bundle.files,
        };
        let (document, found) = dialect::modernise(&source);
        source.document = document;
        source.warnings.extend(found);
        Ok(source)
    }

    /// Where the part that a pointer names was written: a map or list by its key, anything else by its value.
    /// Pointers into [`Source::document`] and [`Source::original`] both do; what the translation moved or added
    /// is at the place of the nearest part around it that was written.
    pub fn place(&self, pointer: &str) -> Place {
        let found = self.find(pointer);
        match found.node.data {
            Data::Map(_) | Data::List(_) | Data::Null => {
                self.at(found.key.unwrap_or(found.node.spot))
            }
            _ => self.at(found.node.spot),
        }
    }

    /// Where the key that a pointer ends in was written.
    pub fn key_place(&self, pointer: &str) -> Place {
        let found = self.find(pointer);
        self.at(found.key.unwrap_or(found.node.spot))
    }

    /// The keys of the map that a pointer names, in the order of writing. Empty for anything else.
    pub fn keys(&self, pointer: &str) -> Vec<&str> {
        let found = self.find(pointer);
        if !found.whole {
            return Vec::new();
        }
        found
            .node
            .entries()
            .unwrap_or_default()
            .iter()
            .map(|entry| entry.key.as_str())
            .collect()
    }

    /// [`Source::original`] as JSON text, keys in the order of writing.
    pub fn original_json(&self) -> String {
        let mut text = String::new();
        write_json(&self.root, 0, &mut text);
        text.push('\n');
        text
    }

    /// A fault at the place of a pointer.
    pub fn fault(
        &self,
        severity: Severity,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        self.fault_at(self.place(pointer), severity, pointer, message, remedy)
    }

    /// A fault at the key that a pointer ends in.
    pub fn key_fault(
        &self,
        severity: Severity,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        self.fault_at(self.key_place(pointer), severity, pointer, message, remedy)
    }

    fn fault_at(
        &self,
        place: Place,
        severity: Severity,
        pointer: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Fault {
        Fault {
            file: place.file,
            line: place.line,
            column: place.column,
            pointer: pointer.to_owned(),
            severity,
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// The files that were read: the document's own, then those that it refers to.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// A maker of self-contained schemas from this document.
    pub fn schemas(&self) -> schema::Bundler<'_> {
        schema::Bundler::new(self)
    }

    fn at(&self, spot: Spot) -> Place {
        let file = self
            .files
            .get(usize::from(spot.file))
            .cloned()
            .unwrap_or_default();
        Place {
            file,
            line: spot.line,
            column: spot.column,
        }
    }

    /// Walks a pointer as far as what was written goes, through references where the translation resolved them.
    fn find(&self, pointer: &str) -> Found<'_> {
        let segments: Vec<String> = pointer::segments(pointer).collect();
        let mut found = Found {
            node: &self.root,
            key: None,
            whole: true,
        };
        let mut rest = segments.as_slice();
        while let Some((segment, tail)) = rest.split_first() {
            match step(found.node, segment).or_else(|| step(self.referent(found.node)?, segment)) {
                Some((node, key)) => {
                    found = Found {
                        node,
                        key,
                        whole: true,
                    };
                    rest = tail;
                }
                // `nullable: true` around a composition becomes `anyOf: [it, null]`.
                None if segment == "anyOf"
                    && tail.first().is_some_and(|first| first == "0")
                    && found.node.get("nullable").is_some() =>
                {
                    rest = tail.get(1..).unwrap_or_default();
                }
                None => {
                    return Found {
                        whole: false,
                        ..found
                    };
                }
            }
        }
        found
    }

    fn referent<'a>(&'a self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..32 {
            let Some(reference) = node.reference() else {
                return Some(node);
            };
            node = self.root.pointer(&pointer::of_reference(reference)?)?;
        }
        None
    }
}

struct Found<'a> {
    node: &'a Node,
    key: Option<Spot>,
    /// Whether the whole pointer was walked.
    whole: bool,
}

fn step<'a>(node: &'a Node, segment: &str) -> Option<(&'a Node, Option<Spot>)> {
    match &node.data {
        Data::Map(_) => node
            .entry(segment)
            .map(|entry| (&entry.value, Some(entry.spot))),
        _ => node.child(segment).map(|child| (child, None)),
    }
}

/// Reads a file as UTF-8 text, without its byte order mark. The error says what is wrong.
fn read(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path)
        .map_err(|error| format!("the file cannot be read ({error})"))?
        .len();
    if size > MAX_BYTES {
        return Err(format!(
            "the file has {size} bytes; {MAX_BYTES} is the most that is read"
        ));
    }
    let bytes =
        std::fs::read(path).map_err(|error| format!("the file cannot be read ({error})"))?;
    String::from_utf8(bytes).map_err(|error| {
        format!(
            "the file is not UTF-8 (byte {})",
            error.utf8_error().valid_up_to() + 1
        )
    })
}

/// YAML or JSON, by content: what begins with `{` or `[` is JSON unless only YAML can read it.
fn parse(text: &str, reading: &mut Reading<'_>) -> Option<Node> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['{', '[']) {
        return yaml::parse(text, reading);
    }
    let mut found = Vec::new();
    let tree = json::parse(
        text,
        &mut Reading {
            name: reading.name,
            file: reading.file,
            faults: &mut found,
        },
    );
    if tree.is_none() && !reading.name.ends_with(".json") {
        let mut flow = Vec::new();
        let tree = yaml::parse(
            text,
            &mut Reading {
                name: reading.name,
                file: reading.file,
                faults: &mut flow,
            },
        );
        if tree.is_some() {
            reading.faults.append(&mut flow);
            return tree;
        }
    }
    reading.faults.append(&mut found);
    tree
}

fn write_json(node: &Node, level: usize, to: &mut String) {
    let indent = |level: usize, to: &mut String| {
        to.push('\n');
        (0..level).for_each(|_| to.push_str("  "));
    };
    match &node.data {
        Data::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                to.push(if index == 0 { '[' } else { ',' });
                indent(level + 1, to);
                write_json(item, level + 1, to);
            }
            indent(level, to);
            to.push(']');
        }
        Data::Map(entries) if !entries.is_empty() => {
            for (index, entry) in entries.iter().enumerate() {
                to.push(if index == 0 { '{' } else { ',' });
                indent(level + 1, to);
                to.push_str(&Value::String(entry.key.clone()).to_string());
                to.push_str(": ");
                write_json(&entry.value, level + 1, to);
            }
            indent(level, to);
            to.push('}');
        }
        _ => to.push_str(&node.to_value().to_string()),
    }
}
