//! The requests to one operation: what is valid, and what is wrong in one place.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Result, bail};
use serde_json::{Map, Value, json};

use super::wire::plain;
use super::writer::kind;
use super::{Case, Content, Parameters, Sent, Wanted, Wrong, wrong};
use crate::api::{Api, Media, MediaKind, Operation, Parameter, Shape, parameters_schema};
use crate::instance::Instances;
use crate::schema::{Bundler, Direction};

/// Makes the requests to one operation.
pub struct Maker<'m> {
    api: &'m Api,
    operation: &'m Operation,
    parameters: Instances<'static>,
    small: Parameters,
    full: Parameters,
    bodies: Vec<Bodies<'m>>,
}

/// The bodies of one media type.
struct Bodies<'m> {
    media: &'m Media,
    instances: Instances<'static>,
    small: Value,
    full: Value,
}

impl Bodies<'_> {
    /// Whether what is written means a valid value: a form is text, which may mean something else.
    fn says(&self, value: &Value) -> bool {
        !is_form(self.media) || self.instances.is_valid(&as_read(self.media, value))
    }
}

impl<'m> Maker<'m> {
    /// `bundler` must be that of the contract's document. Errors: no valid request can be made.
    pub fn new(api: &'m Api, operation: &'m Operation, bundler: &mut Bundler<'_>) -> Result<Self> {
        let schema = every_parameter(operation);
        let parameters =
            Instances::of(bundler.value(&schema, &operation.pointer, Direction::Request))?;
        let (Some(small), Some(full)) = (parameters.smallest(), parameters.fullest()) else {
            bail!("no parameters could be made");
        };
        let can_be_sent = wrong::can_be_sent(&operation.parameters, &small);
        let declared = operation.body.iter().flat_map(|body| &body.media);
        let bodies = declared
            .map(|media| bodies(media, operation, bundler))
            .collect::<Result<_>>()?;
        Ok(Self {
            api,
            operation,
            parameters,
            small: if can_be_sent { small } else { full.clone() },
            full,
            bodies,
        })
    }

    /// Valid requests, then one for each thing that can be wrong: always the same.
    pub fn cases(&self) -> Vec<Case> {
        let mut cases = self.valid();
        cases.extend(self.bad_parameters());
        for index in 0..self.bodies.len() {
            cases.extend(self.bad_bodies(index));
        }
        if self.operation.body.as_ref().is_some_and(|it| it.required) {
            let wanted = Wanted::Refusal(Wrong::NoBody);
            cases.push(case("no body", wanted, &self.small, None));
        }
        cases.extend(self.without_credentials());
        cases
    }

    /// A valid request, another for most other seeds.
    pub fn seeded(&self, seed: u64) -> Case {
        let values = self
            .parameters
            .seeded(seed)
            .map(|values| self.without_nulls(values));
        let values = values.filter(|it| {
            self.parameters.is_valid(it) && wrong::can_be_sent(&self.operation.parameters, it)
        });
        let count = u64::try_from(self.bodies.len()).unwrap_or(u64::MAX);
        let index = usize::try_from(seed.checked_rem(count).unwrap_or(0)).unwrap_or_default();
        let body = self.bodies.get(index).map(|body| {
            let value = body.instances.seeded(seed);
            let value = value.filter(|value| body.says(value));
            Content::Value(index, value.unwrap_or_else(|| body.full.clone()))
        });
        let values = values.unwrap_or_else(|| self.small.clone());
        let what = format!("valid, number {seed}");
        case(&what, Wanted::Handler, &values, body)
    }

    /// The values without those that no text says.
    fn without_nulls(&self, mut values: Parameters) -> Parameters {
        for parameter in &self.operation.parameters {
            let place = values
                .get_mut(&parameter.place)
                .and_then(Value::as_object_mut);
            if let Some(place) = place.filter(|_| !parameter.json_content) {
                place.retain(|name, value| *name != parameter.wire || !value.is_null());
            }
        }
        values
    }

    /// A request that is valid but for one place of its JSON, which the seed chooses.
    pub fn mutated(&self, seed: u64) -> Option<Case> {
        let json = |body: &&Bodies<'_>| body.media.kind == MediaKind::Json;
        let body = self.bodies.iter().find(json)?;
        let index = self.bodies.iter().position(|it| json(&it))?;
        let (what, value) = wrong::mutated(&body.instances, &body.full, seed)?;
        let wanted = Wanted::Refusal(Wrong::Body);
        let content = Content::Value(index, value);
        Some(case(&what, wanted, &self.small, Some(content)))
    }

    /// Whether parameters and body satisfy their schemas.
    pub fn is_valid(&self, case: &Case) -> bool {
        let body = match &case.body {
            Some(Content::Value(index, value)) => {
                let body = self.bodies.get(*index);
                body.is_some_and(|it| it.instances.is_valid(value) && it.says(value))
            }
            Some(Content::Raw(_)) => false,
            None => self.operation.body.as_ref().is_none_or(|it| !it.required),
        };
        body && self.parameters.is_valid(&case.values)
            && wrong::can_be_sent(&self.operation.parameters, &case.values)
    }

    /// A valid request with nothing that need not be there.
    pub fn smallest(&self) -> Case {
        case("valid", Wanted::Handler, &self.small, self.small_body(0))
    }

    fn small_body(&self, index: usize) -> Option<Content> {
        let body = self.bodies.get(index)?;
        Some(Content::Value(index, body.small.clone()))
    }

    fn valid(&self) -> Vec<Case> {
        let good =
            |what: &str, values: &Parameters, body| case(what, Wanted::Handler, values, body);
        let mut cases = vec![self.smallest()];
        let first = self.bodies.first();
        if self.full != self.small || first.is_some_and(|it| it.full != it.small) {
            let body = first.map(|it| Content::Value(0, it.full.clone()));
            cases.push(good("valid, all members", &self.full, body));
        }
        for (index, body) in self.bodies.iter().enumerate().skip(1) {
            let what = format!("valid {}", body.media.range);
            cases.push(good(&what, &self.small, self.small_body(index)));
        }
        cases
    }

    fn bad(&self, what: &str, wrong: Wrong, values: &Parameters) -> Case {
        case(what, Wanted::Refusal(wrong), values, self.small_body(0))
    }

    /// For each parameter that can be wrong: a value that its schema refuses, and none at all.
    fn bad_parameters(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        let shares_path = self.shares_path();
        for parameter in &self.operation.parameters {
            if is_of_the_connection(parameter) || shares_path && parameter.place == "path" {
                continue;
            }
            let name = &parameter.wire;
            if parameter.required && parameter.place != "path" && !self.is_routed_by(parameter) {
                let without = wrong::without(parameter, &self.small);
                cases.push(self.bad(&format!("without {name}"), Wrong::Parameter, &without));
            }
            let mut values = wrong::BAD_TEXTS
                .iter()
                .filter_map(|text| wrong::parameter(parameter, text, &self.small));
            if let Some(values) = values.find(|values| !self.parameters.is_valid(values)) {
                cases.push(self.bad(&format!("bad {name}"), Wrong::Parameter, &values));
            }
        }
        cases
    }

    /// Whether a path that its parameters refuse may be that of another operation.
    fn shares_path(&self) -> bool {
        let others = self.api.operations.iter().filter(|other| {
            other.method == self.operation.method && other.pointer != self.operation.pointer
        });
        let mut theirs = others.flat_map(|other| &other.routes);
        let own = &self.operation.routes;
        theirs.any(|route| own.iter().any(|it| it.has_shape_of(route)))
    }

    /// Whether the path itself asks for it, so that a request without it may mean another operation.
    fn is_routed_by(&self, parameter: &Parameter) -> bool {
        let mut asked = self.operation.routes.iter().flat_map(|it| &it.query);
        parameter.place == "query" && asked.any(|(name, _)| *name == parameter.wire)
    }

    fn bad_bodies(&self, index: usize) -> Vec<Case> {
        let Some(body) = self.bodies.get(index) else {
            return Vec::new();
        };
        let mut bad = Vec::new();
        let mut add = |what: &str, wrong, content| {
            let wanted = Wanted::Refusal(wrong);
            bad.push(case(what, wanted, &self.small, Some(content)));
        };
        let small = Sent::new(body.media, &body.small);
        let raw = |text: &str| Content::Raw(small.with(text));
        let is_json = body.media.kind == MediaKind::Json;
        if is_json {
            add("malformed JSON", Wrong::Syntax, raw("{\"a\": "));
            let twice = raw("{\"a\": 1, \"a\": 1}");
            add("a member twice", Wrong::Duplicate, twice);
        }
        let is_required = self.operation.body.as_ref().is_some_and(|it| it.required);
        for (what, value) in wrong::bodies(body.media, &body.instances, &body.small) {
            // An empty form is no body, which may be allowed.
            let is_sent = is_required || !Sent::new(body.media, &value).bytes.is_empty();
            if is_json || is_form(body.media) && value.is_object() && is_sent {
                add(&what, Wrong::Body, Content::Value(index, value));
            }
        }
        let mut declared = self.operation.body.iter().flat_map(|it| &it.media);
        if !declared.any(|media| matches!(media.range.as_str(), "*/*" | "application/*")) {
            let sent = Sent {
                media_type: "application/x-unknown".to_owned(),
                ..small.with("text")
            };
            add("unknown media type", Wrong::MediaType, Content::Raw(sent));
        }
        bad
    }

    /// A request without credentials, where every alternative asks for some that a request carries.
    fn without_credentials(&self) -> Option<Case> {
        let alternatives = &self.operation.security.alternatives;
        let is_carried = |scheme: usize| kind(self.api, scheme) != "SchemeKind::MutualTls";
        let asks = |all: &Vec<(usize, Vec<String>)>| all.iter().any(|(it, _)| is_carried(*it));
        (!alternatives.is_empty() && alternatives.iter().all(asks))
            .then(|| self.bad("no credentials", Wrong::NoCredentials, &self.small))
    }
}

fn case(what: &str, wanted: Wanted, values: &Parameters, body: Option<Content>) -> Case {
    Case {
        what: what.to_owned(),
        wanted,
        values: values.clone(),
        body,
    }
}

/// The schema of all parameters; every place must be there, as whoever checks requests sees it, and
/// what must be sent must be more than nothing: an empty list or object is written as nothing.
fn every_parameter(operation: &Operation) -> Value {
    let schema = parameters_schema(&operation.parameters);
    let mut schema = schema.unwrap_or_else(|| json!({ "type": "object" }));
    let places = operation.parameters.iter().map(|it| it.place.clone());
    let places: BTreeSet<String> = places.collect();
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("required".to_owned(), places.into_iter().collect());
    }
    for parameter in operation.parameters.iter().filter(|it| it.required) {
        let place = schema.pointer_mut(&format!("/properties/{}/properties", parameter.place));
        if let Some(own) = place.and_then(|it| it.get_mut(&parameter.wire)) {
            *own = json!({ "allOf": [own.take(), { "minItems": 1, "minProperties": 1 }] });
        }
    }
    schema
}

/// Valid bodies of a media type.
fn bodies<'m>(
    media: &'m Media,
    operation: &Operation,
    bundler: &mut Bundler<'_>,
) -> Result<Bodies<'m>> {
    let schema = media.schema.clone().unwrap_or(Value::Bool(true));
    let schema = bundler.value(&schema, &operation.pointer, Direction::Request);
    let instances = Instances::of(schema)?;
    let (Some(small), Some(full)) = (instances.smallest(), instances.fullest()) else {
        if instances.are_none() {
            return Err(Impossible(media.range.clone()).into());
        }
        bail!("no body of {} could be made", media.range);
    };
    let bodies = Bodies {
        media,
        instances,
        small,
        full,
    };
    if !bodies.says(&bodies.full) {
        bail!(
            "no body of {} could be made that its text says",
            media.range
        );
    }
    Ok(match bodies.says(&bodies.small) {
        true => bodies,
        false => Bodies {
            small: bodies.full.clone(),
            ..bodies
        },
    })
}

/// Whether the server reads it as a header of the message itself, and refuses it before the contract
/// is asked.
fn is_of_the_connection(parameter: &Parameter) -> bool {
    let names = [
        "connection",
        "content-length",
        "expect",
        "host",
        "transfer-encoding",
        "upgrade",
    ];
    parameter.place == "header" && names.contains(&parameter.wire.to_ascii_lowercase().as_str())
}

/// No request is valid: the schema of this media type's body refuses every value.
#[derive(Debug)]
pub struct Impossible(String);

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no value satisfies the schema of the body in {}", self.0)
    }
}

impl std::error::Error for Impossible {}

pub(super) fn is_form(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Form | MediaKind::Multipart)
}

/// The value as it is read back from the texts of a form; what is nested travels as JSON, or as a
/// pair for each value in it, which says nothing of what is empty.
fn as_read(media: &Media, value: &Value) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let member = |(name, value): (&String, &Value)| {
        let part = media.parts.iter().find(|part| part.wire == *name);
        let is_deep = part.and_then(|part| part.style.as_deref()) == Some("deepObject");
        let value = match value {
            Value::Array(items) if items.is_empty() => return None,
            value if media.kind == MediaKind::Form && is_deep => without_empty(value)?,
            value => value.clone(),
        };
        let shape = media.shape.member(name).unwrap_or(&Shape::Any);
        Some((name.clone(), member_as_read(shape, &value)))
    };
    members.iter().filter_map(member).collect()
}

/// The value without lists and objects that hold nothing; `None` if nothing is left.
fn without_empty(value: &Value) -> Option<Value> {
    match value {
        Value::Object(members) => {
            let full = |(name, it): (&String, &Value)| Some((name.clone(), without_empty(it)?));
            let members: Map<_, _> = members.iter().filter_map(full).collect();
            (!members.is_empty()).then_some(Value::Object(members))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter_map(without_empty).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        scalar => Some(scalar.clone()),
    }
}

fn member_as_read(shape: &Shape, value: &Value) -> Value {
    match (value, shape.item()) {
        (Value::Object(_), _) => value.clone(),
        (Value::Array(items), Some(item)) => {
            items.iter().map(|it| member_as_read(item, it)).collect()
        }
        (Value::Array(_), None) => value.clone(),
        (scalar, _) => shape.read(&plain(scalar)),
    }
}
