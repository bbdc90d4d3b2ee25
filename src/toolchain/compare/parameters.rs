//! Parameters and headers: one rule for whatever is sent by name beside a body.

use std::collections::BTreeMap;

use codegen::pointer;
use serde_json::Value;

use super::change::{Class, Edition};
use super::{Comparer, Flow, Operation, Side};

/// Fields by what identifies them on the wire: where they are, and their name or position.
pub(super) type Fields = BTreeMap<(String, String), String>;

impl Comparer<'_> {
    pub(super) fn parameters(&mut self, operation: &Operation, old_item: &str, new_item: &str) {
        let old = parameters(&self.old, old_item, &operation.old);
        let new = parameters(&self.new, new_item, &operation.new);
        self.fields(operation, operation.request(), &old, &new);
    }

    /// Compares what is sent by name.
    pub(super) fn fields(&mut self, operation: &Operation, flow: Flow, old: &Fields, new: &Fields) {
        for (key, at) in old {
            match new.get(key) {
                Some(other) => self.field(operation, flow, key, at, other),
                None => self.field_gone(operation, flow, key, at),
            }
        }
        for (key, at) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            let required = self.new.is_true(at, "required");
            let class = match flow.by_partner && required {
                true => Class::Breaking,
                false => Class::Safe,
            };
            let need = if required { "required" } else { "optional" };
            self.found(
                operation,
                flow,
                class,
                "parameter-added",
                (Edition::New, at.clone()),
                format!("the {need} {} is new", label(key)),
            );
        }
    }

    fn field_gone(&mut self, operation: &Operation, flow: Flow, key: &(String, String), at: &str) {
        let required = self.old.is_true(at, "required");
        let class = match flow.by_partner || required {
            true => Class::Breaking,
            false => Class::Note,
        };
        self.found(
            operation,
            flow,
            class,
            "parameter-removed",
            (Edition::Old, at.to_owned()),
            format!("the {} is gone", label(key)),
        );
    }

    fn field(
        &mut self,
        operation: &Operation,
        flow: Flow,
        key: &(String, String),
        old: &str,
        new: &str,
    ) {
        let place = || (Edition::New, new.to_owned());
        let both =
            |this: &Self, name: &str| (this.old.is_true(old, name), this.new.is_true(new, name));
        if let (was, is) = both(self, "required")
            && was != is
        {
            let word = if is { "required" } else { "optional" };
            let message = format!("the {} is now {word}", label(key));
            self.found(
                operation,
                flow,
                flow.asked(is),
                "parameter-required",
                place(),
                message,
            );
        }
        for flag in ["allowEmptyValue", "allowReserved"] {
            let (was, is) = both(self, flag);
            if was != is && !(flag == "allowReserved" && key.0 != "query") {
                let message = format!("`{flag}` of the {} is now {is}", label(key));
                self.found(
                    operation,
                    flow,
                    flow.asked(!is),
                    "parameter-flag",
                    place(),
                    message,
                );
            }
        }
        let subject = format!("the {}", label(key));
        self.own_deprecation(operation, flow, (&subject, old, new));
        self.style(operation, flow, key, old, new);
        self.field_value(operation, flow, key, old, new);
    }

    fn field_value(
        &mut self,
        operation: &Operation,
        flow: Flow,
        key: &(String, String),
        old: &str,
        new: &str,
    ) {
        let by_content = |side: &Side<'_>, at: &str| side.member(at, "content").is_some();
        match (by_content(&self.old, old), by_content(&self.new, new)) {
            (true, true) => self.contents(operation, flow, old, new, false),
            (false, false) => {
                let (old, new) = (pointer::join(old, "schema"), pointer::join(new, "schema"));
                self.schema(operation, flow, &old, &new);
            }
            _ => self.found(
                operation,
                flow,
                Class::Breaking,
                "parameter-style",
                (Edition::New, new.to_owned()),
                format!(
                    "the {} is written in another way: by `content` or by `schema`",
                    label(key)
                ),
            ),
        }
    }

    /// How a value is written, for the shapes that it can have.
    fn style(
        &mut self,
        operation: &Operation,
        flow: Flow,
        key: &(String, String),
        old: &str,
        new: &str,
    ) {
        let (old_shapes, new_shapes) = (shapes(&self.old, old), shapes(&self.new, new));
        let sent = if flow.by_partner {
            &old_shapes
        } else {
            &new_shapes
        };
        let changed = sent.iter().any(|shape| {
            written(&self.old, old, &key.0, shape) != written(&self.new, new, &key.0, shape)
        });
        if changed {
            self.found(
                operation,
                flow,
                Class::Breaking,
                "parameter-style",
                (Edition::New, new.to_owned()),
                format!(
                    "the {} is written in another way (`style`, `explode`)",
                    label(key)
                ),
            );
        }
    }
}

/// What a parameter is called in messages.
fn label((place, name): &(String, String)) -> String {
    match place.as_str() {
        "path" => format!("path parameter {name}"),
        "header" => format!("header `{name}`"),
        place => format!("{place} parameter `{name}`"),
    }
}

/// The parameters of an operation, those of its path item included.
fn parameters(side: &Side<'_>, item: &str, operation: &str) -> Fields {
    let mut fields = Fields::new();
    for owner in [item, operation] {
        let list = pointer::join(owner, "parameters");
        let count = side.at(&list).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            let at = side.follow(&format!("{list}/{index}"));
            let (Some(place), Some(name)) = (side.text(&at, "in"), side.text(&at, "name")) else {
                continue;
            };
            let name = match place {
                "header" => name.to_lowercase(),
                "path" => position(item, name),
                _ => name.to_owned(),
            };
            if place == "header"
                && ["accept", "content-type", "authorization"].contains(&name.as_str())
            {
                continue;
            }
            fields.insert((place.to_owned(), name), at);
        }
    }
    fields
}

/// Which of the path's parameters a name is: the name itself is never sent.
fn position(item: &str, name: &str) -> String {
    let path = pointer::last(item);
    let names = path
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default());
    match names.into_iter().position(|known| known == name) {
        Some(index) => format!("{}", index + 1),
        None => name.to_owned(),
    }
}

/// The shapes of value that a parameter's schema admits, as far as its types tell.
fn shapes(side: &Side<'_>, at: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    collect_shapes(side, &pointer::join(at, "schema"), 0, &mut found);
    if found.is_empty() {
        found.push("primitive");
    }
    found
}

fn collect_shapes(side: &Side<'_>, at: &str, depth: usize, found: &mut Vec<&'static str>) {
    let at = side.follow(at);
    let Some(schema) = side.at(&at).filter(|_| depth < 16) else {
        return;
    };
    let mut add = |shape| {
        if !found.contains(&shape) {
            found.push(shape);
        }
    };
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    for kind in &types {
        match *kind {
            "array" => add("array"),
            "object" => add("object"),
            _ => add("primitive"),
        }
    }
    if types.is_empty() {
        if schema.get("items").is_some() {
            add("array");
        }
        if schema.get("properties").is_some() {
            add("object");
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let list = pointer::join(&at, keyword);
            let count = side.at(&list).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..count {
                collect_shapes(side, &format!("{list}/{index}"), depth + 1, found);
            }
        }
    }
}

/// What decides how a value of this shape is written.
fn written(side: &Side<'_>, at: &str, place: &str, shape: &str) -> (String, bool) {
    let usual = match place {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let style = side.text(at, "style").unwrap_or(usual);
    let explode = side
        .member(at, "explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    let exploded_list = shape == "array" && explode && place == "query";
    match (style, shape) {
        ("form" | "spaceDelimited" | "pipeDelimited" | "deepObject", "primitive") => {
            ("form".to_owned(), false)
        }
        (_, "primitive") => (style.to_owned(), false),
        ("spaceDelimited" | "pipeDelimited" | "form", "array") if exploded_list => {
            ("form".to_owned(), true)
        }
        ("simple", "array") => (style.to_owned(), false),
        ("deepObject", "object") => (style.to_owned(), true),
        _ => (style.to_owned(), explode),
    }
}
