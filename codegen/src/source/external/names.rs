//! Names of components made from parts of other files.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;

use super::SECTIONS;
use crate::grammar;
use crate::pointer;

/// Names in use, by section of `components`.
#[derive(Default)]
pub struct Names {
    taken: HashMap<&'static str, HashSet<String>>,
}

impl Names {
    /// Notes the names of a section that the document itself uses.
    pub fn take(&mut self, section: &'static str, names: impl Iterator<Item = String>) {
        self.taken.entry(section).or_default().extend(names);
    }

    /// A name that says where the part is from and that no other component has.
    pub fn name(&mut self, path: &Path, pointer: &str, section: &'static str) -> String {
        let word = |text: Option<&OsStr>| {
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
