//! Stored things in the shapes of answers: alone, or as a page of a list.

use codegen::pointer;
use serde_json::{Map, Value, json};

use super::answers::Draft;
use super::bodies::{self, Prune, fit};
use super::{Exchange, plain};
use crate::toolchain::traffic::resource::folded;

/// Names of query parameters, folded to small letters without separators.
const LIMITS: [&str; 9] = [
    "limit",
    "pagesize",
    "perpage",
    "size",
    "count",
    "maxresults",
    "pagelimit",
    "first",
    "top",
];
const OFFSETS: [&str; 4] = ["offset", "skip", "start", "from"];
const PAGES: [&str; 3] = ["page", "pagenumber", "pageindex"];
const CURSORS: [&str; 8] = [
    "cursor",
    "after",
    "startingafter",
    "pagetoken",
    "nexttoken",
    "iterator",
    "continuation",
    "marker",
];

/// Names of lists in objects, the likely ones first.
const LISTS: [&str; 8] = [
    "items", "data", "results", "values", "records", "entries", "content", "list",
];

/// Names of counts of all.
const TOTALS: [&str; 5] = ["total", "totalcount", "totalitems", "count", "totalresults"];

/// Items of a page where the client does not say.
const PAGE: usize = 20;

/// Adds what another object has and this one lacks.
pub(super) fn merge(target: &mut Value, more: &Value) {
    match (target, more) {
        (Value::Object(target), Value::Object(more)) => {
            for (name, value) in more {
                match target.get_mut(name) {
                    Some(known) => merge(known, value),
                    None => drop(target.insert(name.clone(), value.clone())),
                }
            }
        }
        (target, Value::Null) => drop(target.take()),
        _ => {}
    }
}

/// Answers a stored thing.
pub(super) fn show(exchange: &Exchange<'_>, draft: &mut Draft<'_>, stored: &Value) {
    let Some(media) = draft.media.filter(|_| (200..300).contains(&draft.status)) else {
        return;
    };
    let Some(mut shown) = bodies::fullest(&exchange.mock.contract, media) else {
        return;
    };
    let judge = bodies::judge(&exchange.mock.contract, media, &shown);
    let wanted = rewrapped(stored, &shown);
    fit(&mut shown, "", &wanted, Prune::Yes, &judge);
    draft.value = Some(shown);
}

/// A stored thing in the wrapper that the shape has, or without its own.
fn rewrapped(stored: &Value, shape: &Value) -> Value {
    let (Some(members), Some(shape)) = (stored.as_object(), shape.as_object()) else {
        return stored.clone();
    };
    if members.keys().any(|name| shape.contains_key(name)) {
        return stored.clone();
    }
    let inner = unwrapped(stored);
    match (shape.len(), shape.iter().next()) {
        (1, Some((name, Value::Object(_)))) => json!({ name: inner }),
        _ => inner.clone(),
    }
}

/// The only object in an object, if there is nothing else.
fn unwrapped(value: &Value) -> &Value {
    let members = value.as_object().filter(|members| members.len() == 1);
    let inner = members.and_then(|members| members.values().next());
    inner.filter(|inner| inner.is_object()).unwrap_or(value)
}

/// Answers a page of what is stored.
pub(super) fn fill(exchange: &Exchange<'_>, draft: &mut Draft<'_>, stored: &[Value]) {
    let Some(media) = draft.media.filter(|_| (200..300).contains(&draft.status)) else {
        return;
    };
    let Some(mut list) = bodies::fullest(&exchange.mock.contract, media) else {
        return;
    };
    let Some(at) = place(&list, exchange.path) else {
        return;
    };
    let judge = bodies::judge(&exchange.mock.contract, media, &list);
    let page = Page::of(&exchange.asked.parameters, stored.len());
    let shape = list.pointer(&format!("{at}/0")).cloned();
    let mut items = Vec::new();
    for stored in stored.iter().skip(page.start).take(page.size) {
        let mut item = list.clone();
        let place = format!("{at}/0");
        match &shape {
            Some(shape) => {
                let wanted = rewrapped(stored, shape);
                fit(&mut item, &place, &wanted, Prune::Yes, &judge);
            }
            None => set(&mut item, &at, json!([stored]), &judge),
        }
        items.extend(item.pointer(&place).cloned());
    }
    set(&mut list, &at, Value::Array(items), &judge);
    page.note(&mut list, &at, stored.len(), &judge);
    draft.value = Some(list);
}

/// Puts a value in a place if the whole stays right.
fn set(whole: &mut Value, at: &str, value: Value, judge: bodies::Judge<'_>) {
    let Some(place) = whole.pointer_mut(at) else {
        return;
    };
    let before = std::mem::replace(place, value);
    if !judge(whole)
        && let Some(place) = whole.pointer_mut(at)
    {
        *place = before;
    }
}

/// Where the items of a list are.
fn place(list: &Value, path: &str) -> Option<String> {
    let members = match list {
        Value::Array(_) => return Some(String::new()),
        other => other.as_object()?,
    };
    let last = path.trim_end_matches('/').rsplit('/').next()?;
    let named = LISTS.iter().copied().chain([last]);
    let mut named = named.filter(|name| members.get(*name).is_some_and(Value::is_array));
    let any = || members.iter().find(|(_, it)| it.is_array());
    let name = named
        .next()
        .or_else(|| any().map(|(name, _)| name.as_str()))?;
    Some(pointer::join("", name))
}

/// Which part of a list is asked for.
struct Page {
    start: usize,
    size: usize,
}

impl Page {
    fn of(parameters: &Value, count: usize) -> Self {
        let query = parameters.get("query").and_then(Value::as_object);
        let number = |names: &[&str]| {
            let mut query = query.into_iter().flatten();
            let (_, value) = query.find(|(name, _)| names.contains(&folded(name).as_str()))?;
            plain(value)
                .trim_start_matches("from-")
                .parse::<usize>()
                .ok()
        };
        let size = number(&LIMITS).unwrap_or(PAGE).max(1);
        let of_page = number(&PAGES).map(|page| page.saturating_sub(1).saturating_mul(size));
        let start = number(&OFFSETS).or_else(|| number(&CURSORS)).or(of_page);
        Self {
            start: start.unwrap_or(0).min(count),
            size,
        }
    }

    /// Says where the list goes on and how long it is, where its shape has a place for that.
    fn note(&self, list: &mut Value, items: &str, count: usize, judge: bodies::Judge<'_>) {
        let names = list.as_object().into_iter().flat_map(Map::keys);
        let names: Vec<String> = names.cloned().collect();
        let next = self.start.saturating_add(self.size);
        for name in names.iter().filter(|name| pointer::join("", name) != items) {
            let at = pointer::join("", name);
            match folded(name).as_str() {
                name if TOTALS.contains(&name) => set(list, &at, json!(count), judge),
                "hasmore" | "hasnext" => set(list, &at, json!(next < count), judge),
                "done" => set(list, &at, json!(next >= count), judge),
                name if name.starts_with("next") && next < count => {
                    set(list, &at, json!(format!("from-{next}")), judge);
                }
                name if name.starts_with("next") || name.starts_with("prev") => {
                    set(list, &at, Value::Null, judge);
                    if list.pointer(&at) != Some(&Value::Null) {
                        without(list, &pointer::last(&at), judge);
                    }
                }
                _ => {}
            }
        }
    }
}

fn without(list: &mut Value, name: &str, judge: bodies::Judge<'_>) {
    let mut shorter = list.clone();
    if let Some(members) = shorter.as_object_mut() {
        members.remove(name);
    }
    if judge(&shorter) {
        *list = shorter;
    }
}
