//! Files that a document refers to, brought into it as components.

mod files;
mod names;

use std::collections::HashMap;
use std::path::Path;

use super::node::{Data, Entry, Node, Spot};
use crate::fault::Fault;
use crate::grammar::{self, Kind, Shape};
use crate::pointer;
use files::{Files, Target, is_url};
use names::Names;

/// One document made of all files.
pub struct Bundle {
    pub root: Node,
    /// Names of the files by [`Spot::file`].
    pub files: Vec<String>,
}

/// Follows every reference to another file and rewrites it to a component of the document.
pub fn bundle(path: &Path, mut root: Node, faults: &mut Vec<Fault>) -> Bundle {
    let mut bundler = Bundler {
        files: Files::new(path, faults),
        homes: HashMap::new(),
        names: Names::default(),
        added: Vec::new(),
        inlining: Vec::new(),
    };
    bundler.own_components(&mut root);
    bundler.visit(&mut root, Kind::Document, 0);
    let added = std::mem::take(&mut bundler.added);
    let files = bundler.files.into_names();
    for (section, name, node) in added {
        add(&mut root, section, name, node);
    }
    Bundle { root, files }
}

struct Bundler<'f> {
    files: Files<'f>,
    /// The component that a part of another file has become.
    homes: HashMap<(usize, String, &'static str), String>,
    names: Names,
    added: Vec<(&'static str, String, Node)>,
    /// Parts that are being put in place of their references, against endless ones.
    inlining: Vec<(usize, String)>,
}

/// What `components` can hold.
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
            self.names
                .take(section, entries.iter().map(|entry| entry.key.clone()));
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
            for (name, reference, spot) in aliases {
                if reference.starts_with('#') || is_url(&reference) {
                    continue;
                }
                let Some(Target::Other { file, pointer }) = self.files.target(&reference, spot, 0)
                else {
                    continue;
                };
                if self.homes.contains_key(&(file, pointer.clone(), section)) {
                    continue;
                }
                let Some(mut part) = self.files.part(file, &pointer) else {
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
                if self.inlined(node, shape, file) {
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
            // `description: {$ref: texts.yaml#/welcome}`, as some bundlers take it.
            Shape::Text => {
                self.inlined(node, shape, file);
            }
            _ => {}
        }
    }

    /// Puts what another file has in the place of a reference where OpenAPI has none.
    fn inlined(&mut self, node: &mut Node, shape: Shape, file: usize) -> bool {
        let reference = node.get("$ref");
        let reference = reference.and_then(|value| Some((value.text()?.to_owned(), value.spot)));
        let Some((reference, spot)) = reference.filter(|(it, _)| !it.starts_with('#')) else {
            return false;
        };
        self.inline_shape(node, &reference, spot, shape, file);
        true
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
        match self.files.target(reference, spot, file)? {
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
        let Some(mut part) = self.files.part(file, pointer) else {
            self.files.missing(file, pointer, spot);
            return None;
        };
        let name = self.names.name(self.files.path(file), pointer, section);
        self.homes
            .insert((file, pointer.to_owned(), section), name.clone());
        self.visit(&mut part, kind, file);
        self.added.push((section, name.clone(), part));
        Some(name)
    }

    /// Puts a part of another file in the place of the reference to it; members beside the reference win.
    fn inline(&mut self, node: &mut Node, reference: &str, spot: Spot, kind: Kind, file: usize) {
        if file == 0 && reference.starts_with('#') {
            return;
        }
        if kind != Kind::PathItem {
            self.files.unusual(spot, file);
        }
        let Some((from, key)) = self.enter(node, reference, spot, file) else {
            return;
        };
        if let Some(mut part) = self.files.part(from, &key) {
            self.visit(&mut part, kind, from);
            put(node, part);
        } else {
            self.files.missing(from, &key, spot);
        }
        self.inlining.pop();
    }

    fn inline_shape(
        &mut self,
        node: &mut Node,
        reference: &str,
        spot: Spot,
        shape: Shape,
        file: usize,
    ) {
        self.files.unusual(spot, file);
        let Some((from, key)) = self.enter(node, reference, spot, file) else {
            return;
        };
        if let Some(mut part) = self.files.part(from, &key) {
            self.visit_shape(&mut part, shape, from);
            put(node, part);
        } else {
            self.files.missing(from, &key, spot);
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
        match self.files.target(reference, spot, file)? {
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
                    self.files
                        .error(spot, file, message, "move the repeated part to components");
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
                if file == 0 || self.files.part(file, &pointer).is_none() {
                    continue;
                }
                pointer::to_reference(&pointer)
            };
            if let Some(rewritten) = self.rewrite(&reference, spot, Kind::Schema, "schemas", file) {
                entry.value.data = Data::String(rewritten);
            }
        }
    }
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
