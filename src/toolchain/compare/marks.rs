//! What a message has that is deprecated: members, values, arms of a choice.

use std::collections::BTreeMap;

use codegen::deprecated::Reader;
use codegen::pointer;
use serde_json::Value;

use super::side::Side;

/// Schemas of one message that are looked at.
const MOST: usize = 20_000;

/// References that are followed into each other at most.
const DEPTH: usize = 32;

/// What it is at a place that is deprecated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Whatever is there.
    Whole,
    /// A value, as a JSON text.
    Value(String),
    /// An arm of a choice, known by its members or types: it may have another name or place.
    Arm(String),
}

/// Something deprecated by the way to it from the message: member names, and `*` for any item or member.
pub type Marks = BTreeMap<(String, What), Mark>;

/// What is said of it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// `x-sunset`.
    pub sunset: Option<String>,
    /// JSON pointer of the schema that says so.
    pub at: String,
    /// The name of an arm for people.
    pub name: String,
}

/// The marks of the message whose schema a pointer names.
pub fn marks(side: &Side<'_>, reader: &mut Reader<'_>, at: &str, by_partner: bool) -> Marks {
    let mut finder = Finder {
        side,
        reader,
        hidden: if by_partner { "readOnly" } else { "writeOnly" },
        open: Vec::new(),
        left: MOST,
        found: Marks::new(),
    };
    finder.schema(at, "", false);
    finder.found
}

struct Finder<'f, 'a, 'd> {
    side: &'f Side<'a>,
    reader: &'f mut Reader<'d>,
    /// What members that do not travel this way say.
    hidden: &'static str,
    open: Vec<String>,
    left: usize,
    found: Marks,
}

impl Finder<'_, '_, '_> {
    /// An arm is told by its choice.
    fn schema(&mut self, at: &str, path: &str, is_arm: bool) {
        let Some(schema) = self.side.at(at).and_then(Value::as_object) else {
            return;
        };
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if !is_arm && self.side.is_true(at, "deprecated") {
            self.mark(path, What::Whole, at, String::new());
        }
        for value in list(schema.get("x-deprecated-values")) {
            self.mark(path, What::Value(value.to_string()), at, String::new());
        }
        for (child, step) in children(self.side, at) {
            let is_hidden = step.is_some() && self.side.is_true(&child, self.hidden);
            if !is_hidden {
                let path = step.map_or_else(|| path.to_owned(), |step| pointer::join(path, &step));
                self.schema(&child, &path, false);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            for arm in items(self.side, &pointer::join(at, keyword)) {
                self.arm(&arm, path);
            }
        }
        self.reference(at, path, is_arm);
    }

    fn reference(&mut self, at: &str, path: &str, is_arm: bool) {
        let target = self.side.text(at, "$ref").and_then(pointer::of_reference);
        let Some(target) = target.filter(|target| {
            self.open.len() < DEPTH && !self.open.contains(target) && self.reader.is_marked(target)
        }) else {
            return;
        };
        self.open.push(target.clone());
        self.schema(&target, path, is_arm);
        self.open.pop();
    }

    fn arm(&mut self, arm: &str, path: &str) {
        let target = self.side.follow(arm);
        let declared = [arm, target.as_str()];
        let declared = declared.into_iter();
        let declared = declared.filter(|at| self.side.is_true(at, "deprecated"));
        if let Some(declared) = declared.last().map(str::to_owned) {
            let values = values(self.side, &target);
            let name = name(self.side, arm, &target);
            if values.is_empty() {
                let arm = What::Arm(identity(self.side, &target));
                self.mark(path, arm, &declared, name);
            }
            for value in values {
                self.mark(path, What::Value(value), &declared, String::new());
            }
        }
        self.schema(arm, path, true);
    }

    fn mark(&mut self, path: &str, what: What, at: &str, name: String) {
        let sunset = self.side.text(at, "x-sunset").map(str::to_owned);
        let at = at.to_owned();
        self.found
            .insert((path.to_owned(), what), Mark { sunset, at, name });
    }
}

/// Where something that is no longer marked is now; `None` if it is gone.
pub fn find(side: &Side<'_>, at: &str, path: &str, what: &What) -> Option<String> {
    let steps: Vec<String> = pointer::segments(path).collect();
    let mut found = Vec::new();
    locate(side, at, &steps, 0, &mut found);
    let first = found.first()?.clone();
    match what {
        What::Whole => Some(first),
        What::Value(value) => {
            let named = found.iter().filter(|at| !values(side, at).is_empty());
            let named: Vec<&String> = named.collect();
            let with = named.iter().find(|at| values(side, at).contains(value));
            match named.is_empty() {
                true => Some(first),
                false => with.map(|at| (*at).clone()),
            }
        }
        What::Arm(known) => found.into_iter().find(|at| identity(side, at) == *known),
    }
}

/// The schemas of the values at the end of a way.
fn locate(side: &Side<'_>, at: &str, steps: &[String], depth: usize, found: &mut Vec<String>) {
    if depth > DEPTH || found.len() >= MOST {
        return;
    }
    let at = side.follow(at);
    if steps.is_empty() {
        found.push(at.clone());
    }
    for (child, step) in children(side, &at) {
        match (step, steps) {
            (None, _) => locate(side, &child, steps, depth + 1, found),
            (Some(step), [first, rest @ ..]) if step == *first => {
                locate(side, &child, rest, depth + 1, found);
            }
            _ => {}
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        for arm in items(side, &pointer::join(&at, keyword)) {
            locate(side, &arm, steps, depth + 1, found);
        }
    }
}

/// The schemas below one, with the step to their values; none where it is the same value.
fn children(side: &Side<'_>, at: &str) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    let below = |keyword: &str| pointer::join(at, keyword);
    let each = |keyword: &str| -> Vec<(String, String)> {
        let at = below(keyword);
        let names = side
            .at(&at)
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        names
            .map(|(name, _)| (pointer::join(&at, name), name.clone()))
            .collect()
    };
    found.extend(
        each("properties")
            .into_iter()
            .map(|(at, name)| (at, Some(name))),
    );
    found.extend(
        each("patternProperties")
            .into_iter()
            .map(|(at, _)| (at, Some("*".to_owned()))),
    );
    found.extend(
        each("dependentSchemas")
            .into_iter()
            .map(|(at, _)| (at, None)),
    );
    for keyword in ["items", "additionalProperties"] {
        found.push((below(keyword), Some("*".to_owned())));
    }
    for keyword in ["then", "else"] {
        found.push((below(keyword), None));
    }
    let prefix = items(side, &below("prefixItems")).into_iter();
    found.extend(prefix.map(|at| {
        let number = pointer::last(&at);
        (at, Some(number))
    }));
    found.extend(
        items(side, &below("allOf"))
            .into_iter()
            .map(|at| (at, None)),
    );
    found.retain(|(at, _)| side.at(at).is_some_and(Value::is_object));
    found
}

fn items(side: &Side<'_>, at: &str) -> Vec<String> {
    let count = side.at(at).and_then(Value::as_array).map_or(0, Vec::len);
    (0..count).map(|index| format!("{at}/{index}")).collect()
}

/// The values that a schema lists, as JSON texts.
fn values(side: &Side<'_>, at: &str) -> Vec<String> {
    let constant = side.member(at, "const").into_iter();
    let listed = list(side.member(at, "enum"));
    constant.chain(listed).map(Value::to_string).collect()
}

/// What tells an arm from others whatever it is called.
fn identity(side: &Side<'_>, at: &str) -> String {
    let members = side.keys(&pointer::join(at, "properties"));
    match members.is_empty() {
        true => side
            .member(at, "type")
            .map(Value::to_string)
            .unwrap_or_default(),
        false => {
            let mut members = members;
            members.sort_unstable();
            members.join(" ")
        }
    }
}

/// What people call an arm.
fn name(side: &Side<'_>, arm: &str, target: &str) -> String {
    let title = side.text(target, "title").map(str::to_owned);
    let component = (arm != target).then(|| pointer::last(target));
    title
        .or(component)
        .unwrap_or_else(|| format!("arm {}", pointer::last(arm)))
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}
