//! What answers have told of the things that the service has: requests are filled from it, so that they
//! reach something.

use std::collections::BTreeMap;

use codegen::api::Operation;
use codegen::calls::{Case, Content, Maker, Wanted, Wrong};
use codegen::pointer;
use codegen::schema::Direction;
use http::header::{ETAG, LOCATION};
use serde_json::{Value, json};

use crate::toolchain::traffic::declared::{follow, for_status};
use crate::toolchain::traffic::observe::observe;
use crate::toolchain::traffic::resource::Resources;
use crate::toolchain::traffic::resource::{Role, folded, id_of, shape, singular};
use crate::toolchain::traffic::{Answer, Contract, Found};

/// Things that are kept of one kind; older ones are forgotten.
const KEPT: usize = 40;

/// Items of a list that are learnt from.
const LEARNT: usize = 5;

/// Known things.
#[derive(Debug, Default)]
pub struct Pool {
    /// By the template of a path that ends in a parameter: the values of all its parameters.
    items: BTreeMap<Vec<String>, Vec<Vec<Value>>>,
    /// Values of members that are named like ids, by their folded names.
    fields: BTreeMap<String, Vec<Value>>,
    /// Ids by the component that is their schema.
    components: BTreeMap<String, Vec<Value>>,
    /// The last entity tag of a thing, by its template and its values.
    tags: BTreeMap<Vec<String>, (Vec<Value>, String)>,
}

impl Pool {
    /// Learns from an answer that says that a request was done.
    pub fn learn(
        &mut self,
        contract: &Contract,
        resources: &Resources,
        index: usize,
        case: &Case,
        answer: &Answer,
    ) -> Option<Value> {
        let operation = contract.operations.get(index)?.declared;
        let (path, name) = shape(operation)?;
        let used = used(operation, case);
        let body = answer.json();
        let role = resources.get(index);
        self.learn_components(contract, index, answer, body.as_ref());
        let tag = answer.headers.get(ETAG).and_then(|it| it.to_str().ok());
        if let Some(tag) = tag {
            self.tags
                .insert(path.clone(), (used.clone(), tag.to_owned()));
        }
        if let Some(name) = &name {
            match role.map(|it| it.role) {
                Some(Role::Delete) => self.forget(&path, &used),
                _ => self.add(&path, used.clone()),
            }
            self.learn_fields(body.as_ref(), name, &operation.path);
            return None;
        }
        let resource = role?;
        let mut item = path;
        item.push("{}".to_owned());
        let parameter = &resource.item.1;
        let made = located(contract, answer, resource.item.0)
            .or_else(|| id_of(body.as_ref()?, parameter, &operation.path).map(|(_, id)| id));
        let listed = body.as_ref().map(listed).unwrap_or_default();
        let ids = listed.into_iter().take(LEARNT).filter_map(|it| {
            self.learn_fields(Some(it), parameter, &operation.path);
            id_of(it, parameter, &operation.path).map(|(_, id)| id)
        });
        let known = contract.parameter(resource.item.0, "path", parameter);
        let ids: Vec<Value> = ids
            .chain(made.clone())
            .filter(|id| known.as_ref().is_none_or(|known| known.is_valid(id)))
            .collect();
        for id in ids {
            let field = format!("{}id", folded(&singular(&operation.path)));
            push(self.fields.entry(field).or_default(), id.clone());
            let mut values = used.clone();
            values.push(id);
            self.add(&item, values);
        }
        self.learn_fields(body.as_ref(), parameter, &operation.path);
        made.filter(|id| known.is_none_or(|known| known.is_valid(id)))
    }

    /// Learns the ids in an answer that have a schema of their own, such as `UserId`.
    fn learn_components(
        &mut self,
        contract: &Contract,
        index: usize,
        answer: &Answer,
        body: Option<&Value>,
    ) {
        let operation = contract.operations.get(index);
        let response = operation.and_then(|it| for_status(&it.responses, answer.status));
        let media = answer.media_type();
        let media = media.and_then(|media| response?.media_of(&media));
        let schema = media.and_then(|media| media.schema.as_ref());
        let (Some(schema), Some(body)) = (schema, body) else {
            return;
        };
        let seen = observe(contract, schema, Direction::Response, body);
        for (at, component) in seen.components {
            if let Some(value) = body.pointer(&at).filter(|_| names_an_id(&component)) {
                push(self.components.entry(component).or_default(), value.clone());
            }
        }
    }

    /// Puts ids into a body where their components are its schemas.
    fn fill_components(
        &self,
        contract: &Contract,
        operation: &Operation,
        case: &mut Case,
        seed: u64,
    ) {
        let Some(Content::Value(index, value)) = &mut case.body else {
            return;
        };
        let media = operation
            .body
            .as_ref()
            .and_then(|body| body.media.get(*index));
        let Some(media) = media else { return };
        let document = contract.document();
        let at = follow(document, &pointer::join(&operation.pointer, "requestBody"));
        let content = pointer::join(&at, "content");
        let schema = pointer::join(&pointer::join(&content, &media.range), "schema");
        let seen = observe(contract, &schema, Direction::Request, value);
        for (turn, (at, component)) in (0..).zip(seen.components) {
            let known = self.components.get(&component);
            let known = known.and_then(|known| choose(known, seed.wrapping_add(turn)));
            if let (Some(known), Some(place)) = (known, value.pointer_mut(&at)) {
                *place = known.clone();
            }
        }
    }

    fn add(&mut self, path: &[String], values: Vec<Value>) {
        if !values.is_empty() {
            push(self.items.entry(path.to_vec()).or_default(), values);
        }
    }

    /// Forgets a thing and what lies below it.
    fn forget(&mut self, path: &[String], values: &[Value]) {
        for (known, items) in &mut self.items {
            if known.starts_with(path) {
                items.retain(|it| !it.starts_with(values));
            }
        }
    }

    fn learn_fields(&mut self, value: Option<&Value>, parameter: &str, path: &str) {
        let Some(Value::Object(members)) = value else {
            return;
        };
        for (name, value) in members {
            let name = folded(name);
            let is_id = name.ends_with("id") && name.len() > 2 || name == folded(parameter);
            if is_id && (value.is_string() || value.is_number()) {
                push(self.fields.entry(name).or_default(), value.clone());
            }
        }
        if let Some((_, id)) = id_of(&Value::Object(members.clone()), parameter, path) {
            push(self.fields.entry(folded(parameter)).or_default(), id);
        }
    }

    /// Puts known things into a case: its path, and in a valid one the members named like ids, as far as
    /// it stays valid.
    pub fn fill(
        &self,
        contract: &Contract,
        operation: &Operation,
        maker: &Maker<'_>,
        case: &mut Case,
        seed: u64,
    ) {
        let smallest = maker.smallest();
        let made = case.clone();
        self.fill_path(operation, &smallest, case, seed);
        if case.wanted != Wanted::Handler {
            return;
        }
        if !maker.is_valid(case) && maker.is_valid(&made) {
            *case = made;
        }
        self.fill_tag(operation, maker, case);
        let before = case.clone();
        let mut filled = case.clone();
        for place in ["query", "header"] {
            if let Some(values) = filled.values.get_mut(place) {
                self.fill_members(values, seed, 0);
            }
        }
        if let Some(Content::Value(_, value)) = &mut filled.body {
            self.fill_members(value, seed, 0);
        }
        self.fill_components(contract, operation, &mut filled, seed);
        *case = match maker.is_valid(&filled) {
            true => filled,
            false => before,
        };
    }

    /// Gives `If-Match` the tag that its thing was last seen with.
    fn fill_tag(&self, operation: &Operation, maker: &Maker<'_>, case: &mut Case) {
        let mut headers = operation
            .parameters
            .iter()
            .filter(|it| it.place == "header");
        let Some(declared) = headers.find(|it| it.wire.eq_ignore_ascii_case("if-match")) else {
            return;
        };
        let tag = shape(operation).and_then(|(path, _)| self.tags.get(&path));
        let Some((_, tag)) = tag.filter(|(values, _)| *values == used(operation, case)) else {
            return;
        };
        let mut tagged = case.clone();
        let headers = tagged
            .values
            .get_mut("header")
            .and_then(Value::as_object_mut);
        if let Some(headers) = headers {
            headers.insert(declared.wire.clone(), json!(tag));
        }
        if maker.is_valid(&tagged) {
            *case = tagged;
        }
    }

    fn fill_path(&self, operation: &Operation, smallest: &Case, case: &mut Case, seed: u64) {
        let Some((path, _)) = shape(operation) else {
            return;
        };
        let Some(values) = self.known(&path, seed) else {
            return;
        };
        let names = path_names(operation);
        for (name, value) in names.iter().zip(values) {
            let usual = smallest.values.get("path").and_then(|it| it.get(name));
            let is_bad = case.wanted == Wanted::Refusal(Wrong::Parameter)
                && case.values.get("path").and_then(|it| it.get(name)) != usual;
            let place = case.values.get_mut("path").and_then(Value::as_object_mut);
            if let Some(place) = place.filter(|_| !is_bad) {
                place.insert(name.clone(), value.clone());
            }
        }
    }

    /// The values of the longest beginning of a path that something is known of.
    fn known(&self, path: &[String], seed: u64) -> Option<&Vec<Value>> {
        (1..=path.len()).rev().find_map(|length| {
            let items = self.items.get(path.get(..length)?)?;
            choose(items, seed)
        })
    }

    fn fill_members(&self, value: &mut Value, seed: u64, depth: usize) {
        match value {
            Value::Object(members) if depth < 12 => {
                for (name, value) in members {
                    let known = self.fields.get(&folded(name));
                    match known.and_then(|known| choose(known, seed)) {
                        Some(known) if !value.is_object() && !value.is_array() => {
                            *value = known.clone();
                        }
                        _ => self.fill_members(value, seed, depth + 1),
                    }
                }
            }
            Value::Array(items) if depth < 12 => {
                for (offset, item) in (0..).zip(items) {
                    self.fill_members(item, seed.wrapping_add(offset), depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Whether a component is named like an id.
fn names_an_id(component: &str) -> bool {
    let name = pointer::last(component);
    name.ends_with("Id") || name.ends_with("ID") || name.ends_with("_id")
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
    if list.len() > KEPT {
        list.remove(0);
    }
}

/// The newest for 0, others for other seeds.
fn choose<T>(list: &[T], seed: u64) -> Option<&T> {
    let count = u64::try_from(list.len()).ok().filter(|count| *count > 0)?;
    let back = usize::try_from(seed % count).ok()?;
    list.iter().rev().nth(back)
}

/// Names of the path's parameters in their order.
fn path_names(operation: &Operation) -> Vec<String> {
    let pieces = operation
        .routes
        .first()
        .map(|it| it.segments.iter().flatten());
    let names = pieces
        .into_iter()
        .flatten()
        .filter_map(|piece| match piece {
            codegen::api::Piece::Parameter(name) => Some(name.clone()),
            _ => None,
        });
    names.collect()
}

fn used(operation: &Operation, case: &Case) -> Vec<Value> {
    let path = case.values.get("path");
    let names = path_names(operation).into_iter();
    names
        .filter_map(|name| path.and_then(|it| it.get(&name)).cloned())
        .collect()
}

/// The id at the end of a `Location` that is an item's path.
fn located(contract: &Contract, answer: &Answer, item: usize) -> Option<Value> {
    let location = answer.headers.get(LOCATION)?.to_str().ok()?;
    let path = match location.split_once("://") {
        Some((_, rest)) => rest.get(rest.find('/')?..)?,
        None => location,
    };
    let path = path.split(['?', '#']).next()?;
    let method = contract.operations.get(item)?.row.method;
    match contract.find(method, path, None) {
        Found::Operation(found, captures) if found == item => {
            let raw = &captures.last()?.1;
            let text = pointer::percent_decode(raw);
            let name = captures.last()?.0;
            let ids = contract.parameter(item, "path", name)?;
            let number = text.parse::<i64>().ok().map(|number| json!(number));
            let values = [Some(json!(text)), number];
            values.into_iter().flatten().find(|it| ids.is_valid(it))
        }
        _ => None,
    }
}

/// The things in a list: its items, or those of the first list in it.
fn listed(body: &Value) -> Vec<&Value> {
    let list = match body {
        Value::Array(items) => Some(items),
        Value::Object(members) => members.values().find_map(Value::as_array),
        _ => None,
    };
    list.into_iter().flatten().collect()
}
