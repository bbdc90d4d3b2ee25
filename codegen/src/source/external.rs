//! Files that a document refers to, brought into it as components.

use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};

use super::node::{Data, Entry, Node, Spot};
use super::reading::Reading;
use crate::fault::Fault;
use crate::grammar::{self, Kind, Shape};
use crate::pointer;

/// One document made of all files.
pub struct Bundle {
    pub root: Node,
    /// Names of the files by [`Spot::file`].
    pub files: Vec<String>,
}

/// Follows every reference to another file and rewrites it to a component of the document.
pub fn bundle(path: &Path, mut root: Node, faults: &mut Vec<Fault>) -> Bundle {
    let mut bundler = Bundler {
        files: vec![File {
            path: normal(path),
            name: path.display().to_string(),
            root: None,
        }],
        homes: HashMap::new(),
        taken: HashMap::new(),
        added: Vec::new(),
        inlining: Vec::new(),
        faults,
    };
    bundler.own_components(&mut root);
    bundler.visit(&mut root, Kind::Document, 0);
    let added = std::mem::take(&mut bundler.added);
    let files = bundler.files.into_iter().map(|file| file.name).collect();
    for (section, name, node) in added {
        add(&mut root, section, name, node);
    }
    Bundle { root, files }
}

struct File {
    path: PathBuf,
    name: String,
    /// The tree; none for the document itself, whose parts stay where they are, and for what cannot be read.
    root: Option<Node>,
}

/// What a reference names.
enum Target {
    /// A part of the document itself.
    Own(String),
    /// A part of another file.
    Other { file: usize, pointer: String },
}

struct Bundler<'f> {
    files: Vec<File>,
    /// The component that a part of another file has become.
    homes: HashMap<(usize, String, &'static str), String>,
    taken: HashMap<&'static str, HashSet<String>>,
    added: Vec<(&'static str, String, Node)>,
    /// Parts that are being put in place of their references, against endless ones.
    inlining: Vec<(usize, String)>,
    faults: &'f mut Vec<Fault>,
}

const SECTIONS: [Kind; 10] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
    Kind::PathItem,
];

impl Bundler<'_> {
    /// Notes the names that are taken, and makes each component that only refers to another file the home of
    /// what it refers to, so that the name its author chose is the one it gets.
    fn own_components(&mut self, root: &mut Node) {
        for kind in SECTIONS {
            let Some(section) = grammar::section(kind) else {
                continue;
            };
            let Some(entries) = root
                .get("components")
                .and_then(|components| components.get(section))
                .and_then(Node::entries)
            else {
                continue;
            };
            let names: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
            let aliases: Vec<(String, String, Spot)> = entries
                .iter()
                .filter(|entry| {
                    entry
                        .value
                        .entries()
                        .is_some_and(|members| members.len() == 1)
                })
                .filter_map(|entry| {
                    Some((
                        entry.key.clone(),
                        entry.value.reference()?.to_owned(),
                        entry.value.get("$ref")?.spot,
                    ))
                })
                .collect();
            self.taken.insert(section, names);
            for (name, reference, spot) in aliases {
                if reference.starts_with('#') || is_url(&reference) {
                    continue;
                }
                let Some(Target::Other { file, pointer }) = self.target(&reference, spot, 0) else {
                    continue;
                };
                if self.homes.contains_key(&(file, pointer.clone(), section)) {
                    continue;
                }
                let Some(mut part) = self.part(file, &pointer) else {
                    continue;
                };
                self.homes.insert((file, pointer, section), name.clone());
                self.visit(&mut part, kind, file);
                let home = root
                    .entries_mut()
                    .and_then(|entries| member(entries, "components"))
                    .and_then(Node::entries_mut)
                    .and_then(|entries| member(entries, section))
                    .and_then(Node::entries_mut)
                    .and_then(|entries| member(entries, &name));
                if let Some(home) = home {
                    *home = part;
                }
            }
        }
    }

    /// Rewrites the references below `node`, which was read from `file`.
    fn visit(&mut self, node: &mut Node, kind: Kind, file: usize) {
        // A part of another file that was put here already brought its own references.
        if usize::from(node.spot.file) != file {
            return;
        }
        if let Some((reference, spot)) = node
            .get("$ref")
            .and_then(|value| Some((value.text()?.to_owned(), value.spot)))
        {
            let refers = grammar::section(kind).is_some();
            if kind == Kind::PathItem || (!refers && !reference.starts_with('#')) {
                self.inline(node, &reference, spot, kind, file);
                return;
            }
            if let Some(section) = grammar::section(kind)
                && let Some(rewritten) = self.rewrite(&reference, spot, kind, section, file)
                && let Some(value) = node
                    .entries_mut()
                    .and_then(|entries| member(entries, "$ref"))
            {
                value.data = Data::String(rewritten);
            }
            if kind != Kind::Schema {
                return;
            }
        }
        if kind == Kind::Discriminator {
            self.mapping(node, file);
            return;
        }
        let Data::Map(entries) = &mut node.data else {
            return;
        };
        for entry in entries {
            if let Some(shape) = grammar::shape(kind, &entry.key) {
                self.visit_shape(&mut entry.value, shape, file);
            }
        }
    }

    fn visit_shape(&mut self, node: &mut Node, shape: Shape, file: usize) {
        match shape {
            Shape::One(kind) => {
                // `items: [...]` and the like are no maps; their members are.
                if let Data::List(items) = &mut node.data {
                    items
                        .iter_mut()
                        .for_each(|item| self.visit(item, kind, file));
                } else {
                    self.visit(node, kind, file);
                }
            }
            Shape::List(kind) => {
                if let Data::List(items) = &mut node.data {
                    items
                        .iter_mut()
                        .for_each(|item| self.visit(item, kind, file));
                }
            }
            Shape::Map(kind) | Shape::Extensible(kind) => {
                let whole = node
                    .get("$ref")
                    .and_then(|value| Some((value.text()?.to_owned(), value.spot)));
                if let Some((reference, spot)) = whole
                    && !reference.starts_with('#')
                {
                    self.inline_map(node, &reference, spot, shape, file);
                    return;
                }
                let Data::Map(entries) = &mut node.data else {
                    return;
                };
                for entry in entries {
                    if !(matches!(shape, Shape::Extensible(_)) && entry.key.starts_with("x-")) {
                        self.visit(&mut entry.value, kind, file);
                    }
                }
            }
            Shape::Dependencies => {
                let Data::Map(entries) = &mut node.data else {
                    return;
                };
                entries
                    .iter_mut()
                    .for_each(|entry| self.visit(&mut entry.value, Kind::Schema, file));
            }
            _ => {}
        }
    }

    /// The reference by which the document names what `reference`, written in `file`, means.
    fn rewrite(
        &mut self,
        reference: &str,
        spot: Spot,
        kind: Kind,
        section: &'static str,
        file: usize,
    ) -> Option<String> {
        if file == 0 && reference.starts_with('#') {
            return None;
        }
        match self.target(reference, spot, file)? {
            Target::Own(fragment) => Some(pointer::to_reference(&fragment)),
            Target::Other { file, pointer } => {
                let name = self.home(file, &pointer, kind, section, spot)?;
                Some(pointer::to_reference(&format!(
                    "/components/{section}/{}",
                    pointer::escape(&name)
                )))
            }
        }
    }

    /// The component that a part of another file is, made now if it is the first time.
    fn home(
        &mut self,
        file: usize,
        pointer: &str,
        kind: Kind,
        section: &'static str,
        spot: Spot,
    ) -> Option<String> {
        if let Some(name) = self.homes.get(&(file, pointer.to_owned(), section)) {
            return Some(name.clone());
        }
        let Some(mut part) = self.part(file, pointer) else {
            self.missing(file, pointer, spot);
            return None;
        };
        let name = self.name(file, pointer, section);
        self.homes
            .insert((file, pointer.to_owned(), section), name.clone());
        self.visit(&mut part, kind, file);
        self.added.push((section, name.clone(), part));
        Some(name)
    }

    /// A name that says where the part is from and that no other component has.
    fn name(&mut self, file: usize, pointer: &str, section: &'static str) -> String {
        let path = self
            .files
            .get(file)
            .map(|file| file.path.clone())
            .unwrap_or_default();
        let word = |text: Option<&std::ffi::OsStr>| {
            text.map(|text| clean(&text.to_string_lossy()))
                .unwrap_or_default()
        };
        let stem = word(path.file_stem());
        let folder = word(path.parent().and_then(Path::file_name));
        const STRUCTURE: [&str; 8] = [
            "components",
            "schemas",
            "definitions",
            "$defs",
            "properties",
            "items",
            "paths",
            "schema",
        ];
        let meaningful: Vec<String> = pointer::segments(pointer)
            .filter(|segment| !STRUCTURE.contains(&segment.as_str()))
            .map(|segment| clean(&segment))
            .collect();
        let own = match meaningful.as_slice() {
            [] => stem.clone(),
            [section_name, rest @ ..]
                if !rest.is_empty()
                    && SECTIONS
                        .iter()
                        .any(|kind| grammar::section(*kind) == Some(section_name)) =>
            {
                rest.join("_")
            }
            all => all.join("_"),
        };
        let longer = if meaningful.is_empty() {
            format!("{folder}_{own}")
        } else {
            format!("{stem}_{own}")
        };
        let taken = self.taken.entry(section).or_default();
        let mut name = if own.is_empty() {
            "External".to_owned()
        } else {
            own
        };
        if taken.contains(&name) {
            name = longer.clone();
        }
        let mut number = 2;
        while taken.contains(&name) {
            name = format!("{longer}_{number}");
            number += 1;
        }
        taken.insert(name.clone());
        name
    }

    /// Puts a part of another file in the place of the reference to it; members beside the reference win.
    fn inline(&mut self, node: &mut Node, reference: &str, spot: Spot, kind: Kind, file: usize) {
        if file == 0 && reference.starts_with('#') {
            return;
        }
        if kind != Kind::PathItem {
            self.unusual(spot, file);
        }
        let Some((from, key)) = self.enter(node, reference, spot, file) else {
            return;
        };
        if let Some(mut part) = self.part(from, &key) {
            self.visit(&mut part, kind, from);
            put(node, part);
        } else {
            self.missing(from, &key, spot);
        }
        self.inlining.pop();
    }

    fn inline_map(
        &mut self,
        node: &mut Node,
        reference: &str,
        spot: Spot,
        shape: Shape,
        file: usize,
    ) {
        self.unusual(spot, file);
        let Some((from, key)) = self.enter(node, reference, spot, file) else {
            return;
        };
        if let Some(mut part) = self.part(from, &key) {
            self.visit_shape(&mut part, shape, from);
            put(node, part);
        } else {
            self.missing(from, &key, spot);
        }
        self.inlining.pop();
    }

    /// Begins to put a part in place; `None` when it is of the document itself, or inside itself.
    fn enter(
        &mut self,
        node: &mut Node,
        reference: &str,
        spot: Spot,
        file: usize,
    ) -> Option<(usize, String)> {
        match self.target(reference, spot, file)? {
            Target::Own(fragment) => {
                if let Some(value) = node
                    .entries_mut()
                    .and_then(|entries| member(entries, "$ref"))
                {
                    value.data = Data::String(pointer::to_reference(&fragment));
                }
                None
            }
            Target::Other {
                file: from,
                pointer,
            } => {
                let part = (from, pointer);
                if self.inlining.contains(&part) {
                    let message = format!("`{reference}` contains itself here");
                    self.error(spot, file, message, "move the repeated part to components");
                    return None;
                }
                self.inlining.push(part.clone());
                Some(part)
            }
        }
    }

    /// Values of a discriminator's mapping that are references to files, or name a schema of this file.
    fn mapping(&mut self, node: &mut Node, file: usize) {
        let Some(mapping) = node
            .entries_mut()
            .and_then(|entries| member(entries, "mapping"))
        else {
            return;
        };
        let Data::Map(entries) = &mut mapping.data else {
            return;
        };
        for entry in entries {
            let Some(value) = entry.value.text().map(str::to_owned) else {
                continue;
            };
            let spot = entry.value.spot;
            let looks_like_file = [".yaml", ".yml", ".json"]
                .iter()
                .any(|end| value.ends_with(end));
            let reference = if value.contains('#') || looks_like_file {
                value
            } else {
                let pointer = format!("/components/schemas/{}", pointer::escape(&value));
                if file == 0 || self.part(file, &pointer).is_none() {
                    continue;
                }
                pointer::to_reference(&pointer)
            };
            if let Some(rewritten) = self.rewrite(&reference, spot, Kind::Schema, "schemas", file) {
                entry.value.data = Data::String(rewritten);
            }
        }
    }

    /// What a reference written in `file` names. Says what is wrong and gives `None` when it names nothing.
    fn target(&mut self, reference: &str, spot: Spot, file: usize) -> Option<Target> {
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
        let root = match super::read(&path) {
            Ok(text) => super::parse(
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
    fn part(&self, file: usize, pointer: &str) -> Option<Node> {
        self.files
            .get(file)?
            .root
            .as_ref()?
            .pointer(pointer)
            .cloned()
    }

    fn missing(&mut self, file: usize, pointer: &str, spot: Spot) {
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

    fn unusual(&mut self, spot: Spot, file: usize) {
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

    fn error(&mut self, spot: Spot, file: usize, message: String, remedy: &str) {
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

fn is_url(location: &str) -> bool {
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

/// Letters, digits, `.`, `_` and `-`, as component names must be.
fn clean(text: &str) -> String {
    let cleaned: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
                c
            } else {
                '_'
            }
        })
        .collect();
    cleaned.trim_matches('_').to_owned()
}

fn member<'a>(entries: &'a mut [Entry], key: &str) -> Option<&'a mut Node> {
    entries
        .iter_mut()
        .find(|entry| entry.key == key)
        .map(|entry| &mut entry.value)
}

/// Replaces a node that is a reference by what it names, keeping the members beside `$ref`.
fn put(node: &mut Node, part: Node) {
    let beside = match &mut node.data {
        Data::Map(entries) => std::mem::take(entries),
        _ => Vec::new(),
    };
    *node = part;
    if let Data::Map(entries) = &mut node.data {
        for entry in beside.into_iter().filter(|entry| entry.key != "$ref") {
            entries.retain(|other| other.key != entry.key);
            entries.push(entry);
        }
    }
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

/// Adds a component, and the maps around it where the document has none.
fn add(root: &mut Node, section: &str, name: String, node: Node) {
    let spot = node.spot;
    let mut parent = root;
    for key in ["components", section] {
        let Data::Map(entries) = &mut parent.data else {
            return;
        };
        if !entries.iter().any(|entry| entry.key == key) {
            let value = Node {
                spot,
                data: Data::Map(Vec::new()),
            };
            entries.push(Entry {
                key: key.to_owned(),
                spot,
                value,
            });
        }
        let Some(next) = member(entries, key) else {
            return;
        };
        parent = next;
    }
    if let Data::Map(entries) = &mut parent.data {
        entries.push(Entry {
            key: name,
            spot,
            value: node,
        });
    }
}
