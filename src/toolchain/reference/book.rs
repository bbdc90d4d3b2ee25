//! What the reference has pages for, and where they are.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use codegen::grammar::METHODS;
use codegen::schema::Bundler;
use codegen::{Source, pointer};
use serde_json::Value;

use crate::toolchain::part::Part;

/// The longest name of a file, in characters, without its ending.
const LONGEST: usize = 100;

/// A document as the reference shows it.
pub struct Book<'a> {
    pub root: Part<'a>,
    /// By tag, in the document's order; then the webhooks.
    pub groups: Vec<Group<'a>>,
    pub operations: Vec<Operation<'a>>,
    pub schemas: Vec<Home<'a>>,
    /// The types of problems that the document lists (`x-problem-types`).
    pub problems: Vec<(String, Part<'a>)>,
    pub bundler: RefCell<Bundler<'a>>,
    homes: HashMap<String, usize>,
    users: BTreeMap<String, Vec<usize>>,
}

/// Operations that belong together.
pub struct Group<'a> {
    pub name: String,
    /// The `id` of its part of the first page.
    pub id: String,
    /// The tag, where the document describes it.
    pub part: Option<Part<'a>>,
    /// Places among the operations.
    pub operations: Vec<usize>,
}

/// An operation or a webhook.
pub struct Operation<'a> {
    pub part: Part<'a>,
    /// The path item around it.
    pub item: Part<'a>,
    /// In capitals.
    pub method: String,
    /// The path, or the webhook's name.
    pub path: String,
    pub is_hook: bool,
    /// Its page.
    pub file: String,
}

/// A schema with a page of its own.
pub struct Home<'a> {
    pub name: String,
    pub file: String,
    pub part: Part<'a>,
}

impl Operation<'_> {
    /// What it is called in lists.
    pub fn title(&self) -> String {
        let own = self.part.text("summary").or(self.part.text("operationId"));
        own.map(str::trim)
            .filter(|title| !title.is_empty())
            .map_or_else(|| format!("{} {}", self.method, self.path), str::to_owned)
    }
}

impl<'a> Book<'a> {
    /// Reads a document.
    pub fn read(source: &'a Source) -> Self {
        let root = Part::root(source);
        let mut files = Files::default();
        let mut operations = operations(&root, "paths", false, &mut files);
        operations.extend(self::operations(&root, "webhooks", true, &mut files));
        let schemas = root
            .get("components")
            .map(|it| all_of(&it, "schemas"))
            .unwrap_or_default();
        let schemas: Vec<Home<'a>> = schemas
            .into_iter()
            .map(|(name, part)| Home {
                file: files.claim("schemas", &name),
                name,
                part,
            })
            .collect();
        let homes = schemas.iter().enumerate();
        let mut book = Self {
            groups: groups(&root, &operations),
            problems: all_of(&root, "x-problem-types"),
            homes: homes
                .map(|(index, home)| (home.part.at.clone(), index))
                .collect(),
            bundler: RefCell::new(source.schemas()),
            users: BTreeMap::new(),
            root,
            operations,
            schemas,
        };
        book.users = users(&book);
        book
    }

    /// A text of `info`.
    pub fn info(&self, name: &str) -> &'a str {
        let info = self.root.value.get("info").and_then(|info| info.get(name));
        info.and_then(Value::as_str).unwrap_or_default()
    }

    /// The page of the schema at a pointer.
    pub fn home(&self, at: &str) -> Option<&Home<'a>> {
        self.schemas.get(*self.homes.get(at)?)
    }

    /// The operations that a schema reaches.
    pub fn users(&self, home: &Home<'a>) -> Vec<&Operation<'a>> {
        let users = self.users.get(&home.part.at).into_iter().flatten();
        users
            .filter_map(|index| self.operations.get(*index))
            .collect()
    }

    /// The operation of an `operationId`.
    pub fn operation(&self, id: &str) -> Option<&Operation<'a>> {
        let mut operations = self.operations.iter();
        operations.find(|it| it.part.text("operationId") == Some(id))
    }
}

/// The members of a map that may be absent, whatever they are called.
fn all_of<'a>(owner: &Part<'a>, name: &str) -> Vec<(String, Part<'a>)> {
    owner.get(name).map(|map| map.members()).unwrap_or_default()
}

fn operations<'a>(
    root: &Part<'a>,
    map: &str,
    is_hook: bool,
    files: &mut Files,
) -> Vec<Operation<'a>> {
    let mut found = Vec::new();
    for (path, item) in root.fields_of(map) {
        let members = item.members().into_iter();
        for (method, part) in members.filter(|(name, _)| METHODS.contains(&name.as_str())) {
            let method = method.to_uppercase();
            let folder = if is_hook { "webhooks" } else { "operations" };
            let name = match part.text("operationId") {
                Some(id) => id.to_owned(),
                None if is_hook => path.clone(),
                None => format!("{method} {path}"),
            };
            found.push(Operation {
                file: files.claim(folder, &name),
                part,
                item: item.clone(),
                method,
                path: path.clone(),
                is_hook,
            });
        }
    }
    found
}

fn groups<'a>(root: &Part<'a>, operations: &[Operation<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut add = |name: &str, part: Option<Part<'a>>| -> usize {
        let known = groups.iter().position(|group| group.name == name);
        known.unwrap_or_else(|| {
            groups.push(Group {
                name: name.to_owned(),
                id: format!("group-{}", groups.len() + 1),
                part,
                operations: Vec::new(),
            });
            groups.len() - 1
        })
    };
    for tag in root.items_of("tags") {
        if let Some(name) = tag.text("name") {
            add(name, Some(tag.clone()));
        }
    }
    let mut members: Vec<(usize, usize)> = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        let tags = operation.part.value.get("tags").and_then(Value::as_array);
        let mut tags: Vec<&str> = tags
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if tags.is_empty() || operation.is_hook {
            tags = vec![if operation.is_hook {
                "Webhooks"
            } else {
                "Other operations"
            }];
        }
        members.extend(tags.into_iter().map(|tag| (add(tag, None), index)));
    }
    for (group, operation) in members {
        if let Some(group) = groups.get_mut(group) {
            group.operations.push(operation);
        }
    }
    groups.retain(|group| !group.operations.is_empty());
    groups
}

/// Names of files, no two of which differ only in their case.
#[derive(Default)]
struct Files {
    taken: HashSet<String>,
}

impl Files {
    fn claim(&mut self, folder: &str, name: &str) -> String {
        let mut base = String::new();
        for c in name.chars().take(LONGEST) {
            match c {
                c if c.is_alphanumeric() || c == '_' || c == '.' && !base.is_empty() => {
                    base.push(c)
                }
                _ if !base.is_empty() && !base.ends_with('-') => base.push('-'),
                _ => {}
            }
        }
        let base = match base.trim_end_matches(['-', '.']) {
            "" => "unnamed",
            base => base,
        };
        let mut file = format!("{folder}/{base}.html");
        let mut number = 2;
        while !self.taken.insert(file.to_lowercase()) {
            file = format!("{folder}/{base}-{number}.html");
            number += 1;
        }
        file
    }
}

/// For each schema by its pointer the operations that reach it, through whatever references.
fn users(book: &Book<'_>) -> BTreeMap<String, Vec<usize>> {
    let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, operation) in book.operations.iter().enumerate() {
        let mut open = Vec::new();
        references(operation.part.value, &mut open);
        if let Some(parameters) = operation.item.value.get("parameters") {
            references(parameters, &mut open);
        }
        let mut seen = HashSet::new();
        while let Some(at) = open.pop() {
            if let Some(value) = book
                .root
                .value
                .pointer(&at)
                .filter(|_| seen.insert(at.clone()))
            {
                references(value, &mut open);
            }
        }
        for at in seen.into_iter().filter(|at| book.homes.contains_key(at)) {
            users.entry(at).or_default().push(index);
        }
    }
    users
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(target) if name == "$ref" => {
                        found.extend(pointer::of_reference(target))
                    }
                    member => references(member, found),
                }
            }
        }
        _ => {}
    }
}
