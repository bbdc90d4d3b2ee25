//! The files of a document, read when something refers to them.

use std::path::{Component, Path, PathBuf};

use super::super::node::{Data, Node, Spot};
use super::super::reading::Reading;
use super::super::{parse, read};
use crate::fault::Fault;
use crate::pointer;

struct File {
    path: PathBuf,
    name: String,
    /// The tree; none for the document itself, whose parts stay where they are, and for what cannot be read.
    root: Option<Node>,
}

/// What a reference names.
pub enum Target {
    /// A part of the document itself.
    Own(String),
    /// A part of another file.
    Other { file: usize, pointer: String },
}

/// Every file read so far; the first is the document itself.
pub struct Files<'f> {
    files: Vec<File>,
    faults: &'f mut Vec<Fault>,
}

impl<'f> Files<'f> {
    pub fn new(path: &Path, faults: &'f mut Vec<Fault>) -> Self {
        let document = File {
            path: normal(path),
            name: path.display().to_string(),
            root: None,
        };
        Self {
            files: vec![document],
            faults,
        }
    }

    /// Names of the files, in the order of reading.
    pub fn into_names(self) -> Vec<String> {
        self.files.into_iter().map(|file| file.name).collect()
    }

    /// The path of a file.
    pub fn path(&self, file: usize) -> &Path {
        self.files
            .get(file)
            .map_or(Path::new(""), |file| &file.path)
    }

    /// What a reference written in `file` names. Says what is wrong and gives `None` when it names nothing.
    pub fn target(&mut self, reference: &str, spot: Spot, file: usize) -> Option<Target> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = pointer::percent_decode(fragment);
        let index = if location.is_empty() {
            file
        } else if is_url(location) {
            let message = format!("`{reference}` is a URL, and nothing is fetched while building");
            self.error(
                spot,
                file,
                message,
                "bring the file beside the document and refer to it by its relative path",
            );
            return None;
        } else {
            self.open(&pointer::percent_decode(location), spot, file)?
        };
        if index == 0 {
            return Some(Target::Own(fragment));
        }
        if fragment.is_empty() || fragment.starts_with('/') {
            return Some(Target::Other {
                file: index,
                pointer: fragment,
            });
        }
        let anchored = self
            .files
            .get(index)
            .and_then(|file| file.root.as_ref())
            .and_then(|root| anchor(root, &fragment, ""));
        if anchored.is_none() {
            let message = format!("`{reference}` names an anchor that the file does not have");
            self.error(
                spot,
                file,
                message,
                "refer to the part by its pointer (`#/…`)",
            );
        }
        Some(Target::Other {
            file: index,
            pointer: anchored?,
        })
    }

    /// The index of a file named relative to another one, read if need be.
    fn open(&mut self, location: &str, spot: Spot, from: usize) -> Option<usize> {
        let base = self.files.get(from)?;
        let relative = Path::new(location);
        let path = normal(&base.path.parent().unwrap_or(Path::new("")).join(relative));
        if let Some(index) = self.files.iter().position(|file| file.path == path) {
            return (index == 0 || self.files.get(index)?.root.is_some()).then_some(index);
        }
        let name = normal(
            &Path::new(&base.name)
                .parent()
                .unwrap_or(Path::new(""))
                .join(relative),
        )
        .display()
        .to_string();
        let index = self.files.len();
        let number = u16::try_from(index).ok()?;
        let root = match read(&path) {
            Ok(text) => parse(
                &text,
                &mut Reading {
                    name: &name,
                    file: number,
                    faults: self.faults,
                },
            ),
            Err(message) => {
                self.error(
                    spot,
                    from,
                    format!("`{location}`: {message}"),
                    "mend the path, or bring the file",
                );
                None
            }
        };
        let read = root.is_some();
        self.files.push(File { path, name, root });
        read.then_some(index)
    }

    /// A copy of a part of a file that was read.
    pub fn part(&self, file: usize, pointer: &str) -> Option<Node> {
        self.files
            .get(file)?
            .root
            .as_ref()?
            .pointer(pointer)
            .cloned()
    }

    pub fn missing(&mut self, file: usize, pointer: &str, spot: Spot) {
        let name = self
            .files
            .get(file)
            .map(|file| file.name.clone())
            .unwrap_or_default();
        self.error(
            spot,
            usize::from(spot.file),
            format!("`{name}` has no `{pointer}`"),
            "mend the part after `#`, or add what it names",
        );
    }

    pub fn unusual(&mut self, spot: Spot, file: usize) {
        let name = self
            .files
            .get(file)
            .map(|file| file.name.clone())
            .unwrap_or_default();
        Reading {
            name: &name,
            file: spot.file,
            faults: self.faults,
        }
        .warning(
            spot,
            "OpenAPI has no reference at this place; it is read as if the file stood here"
                .to_owned(),
            "refer to the parts one by one",
        );
    }

    pub fn error(&mut self, spot: Spot, file: usize, message: String, remedy: &str) {
        let name = self
            .files
            .get(file)
            .map(|file| file.name.clone())
            .unwrap_or_default();
        Reading {
            name: &name,
            file: spot.file,
            faults: self.faults,
        }
        .error(spot, message, remedy);
    }
}

pub fn is_url(location: &str) -> bool {
    location.starts_with("//")
        || location.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
}

/// A path without `.` and `..` where they can be taken away.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(normal.components().next_back(), Some(Component::Normal(_))) =>
            {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// The pointer of the schema that has this `$anchor`.
fn anchor(node: &Node, name: &str, at: &str) -> Option<String> {
    match &node.data {
        Data::Map(entries) => {
            if node.get("$anchor").and_then(Node::text) == Some(name) {
                return Some(at.to_owned());
            }
            entries
                .iter()
                .find_map(|entry| anchor(&entry.value, name, &pointer::join(at, &entry.key)))
        }
        Data::List(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| anchor(item, name, &pointer::join(at, &index.to_string()))),
        _ => None,
    }
}
