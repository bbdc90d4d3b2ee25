//! The requests to one operation: what is valid, and what is wrong in one place.

use std::collections::BTreeSet;
use std::fmt;

use crate::api::{Api, Media, MediaKind, Operation, Parameter, parameters_schema};
use crate::instance::{Instances, of_every_type};
use crate::schema::{Bundler, Direction};
use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::sent::Sent;
use super::writer::{Parameters, Writer, value_of};
use super::{Call, Wanted};

/// Texts that numbers, dates, enums and most patterns refuse.
const BAD_TEXTS: [&str; 2] = ["~bad~", ""];

/// Makes the requests to one operation.
pub struct Maker<'m, 's> {
    writer: Writer<'m>,
    bundler: &'m mut Bundler<'s>,
}

/// The bodies of one media type.
struct Bodies<'m> {
    media: &'m Media,
    small: Sent,
    full: Sent,
    /// Values that the schema refuses, with what is wrong.
    wrong: Vec<(String, Value)>,
}

impl<'m, 's> Maker<'m, 's> {
    /// `bundler` must be that of the contract's document.
    pub fn new(api: &'m Api, operation: &'m Operation, bundler: &'m mut Bundler<'s>) -> Self {
        Self {
            writer: Writer {
                api,
                operation,
                has_credentials: true,
            },
            bundler,
        }
    }

    /// All requests. Errors: no valid one could be made.
    pub fn calls(&mut self) -> Result<Vec<Call>> {
        let schema = self.parameters_schema();
        let instances = Instances::new(&schema)?;
        let (Some(small), Some(full)) = (instances.smallest(), instances.fullest()) else {
            bail!("no parameters could be made");
        };
        let small = if self.can_be_sent(&small) {
            small
        } else {
            full.clone()
        };
        let bodies = self.bodies()?;
        let mut calls = self.valid(&small, &full, &bodies)?;
        let first = bodies.first().map(|body| &body.small);
        calls.extend(self.bad_parameters(&instances, &small, first)?);
        for body in &bodies {
            for (what, sent) in self.bad_bodies(body) {
                calls.push(self.bad(&what, &small, Some(&sent))?);
            }
        }
        if self
            .writer
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.required)
        {
            calls.push(self.bad("no body", &small, None)?);
        }
        calls.extend(self.without_credentials(&small, first)?);
        Ok(calls)
    }

    fn good(&self, what: &str, values: &Parameters, body: Option<&Sent>) -> Result<Call> {
        self.writer.call(what, Wanted::Handler, values, body)
    }

    fn bad(&self, what: &str, values: &Parameters, body: Option<&Sent>) -> Result<Call> {
        self.writer.call(what, Wanted::Refusal, values, body)
    }

    /// The schema of all parameters; every place must be there, as the boundary sees it.
    fn parameters_schema(&mut self) -> Value {
        let operation = self.writer.operation;
        let schema = parameters_schema(&operation.parameters);
        let mut schema = schema.unwrap_or_else(|| json!({ "type": "object" }));
        let places = operation.parameters.iter().map(|it| it.place.clone());
        let places: BTreeSet<String> = places.collect();
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("required".to_owned(), places.into_iter().collect());
        }
        self.bundler
            .value(&schema, &operation.pointer, Direction::Request)
    }

    /// Whether what must be sent is told from nothing: an empty list or object is not.
    fn can_be_sent(&self, values: &Parameters) -> bool {
        let parameters = self.writer.operation.parameters.iter();
        let mut required = parameters.filter(|parameter| parameter.required);
        required.all(|parameter| match value_of(values, parameter) {
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(members)) => !members.is_empty(),
            Some(Value::Null) | None => false,
            Some(_) => true,
        })
    }

    /// Valid bodies of every media type.
    fn bodies(&mut self) -> Result<Vec<Bodies<'m>>> {
        let operation = self.writer.operation;
        let mut bodies = Vec::new();
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let schema = media.schema.clone().unwrap_or(Value::Bool(true));
            let schema = self
                .bundler
                .value(&schema, &operation.pointer, Direction::Request);
            let instances = Instances::new(&schema)?;
            let (Some(small), Some(full)) = (instances.smallest(), instances.fullest()) else {
                if instances.are_none() {
                    return Err(Impossible(media.range.clone()).into());
                }
                bail!("no body of {} could be made", media.range);
            };
            let small = if is_told(media, &small) {
                small
            } else {
                full.clone()
            };
            bodies.push(Bodies {
                media,
                wrong: wrong_values(media, &instances, &small),
                small: Sent::new(media, &small),
                full: Sent::new(media, &full),
            });
        }
        Ok(bodies)
    }

    fn valid(
        &self,
        small: &Parameters,
        full: &Parameters,
        bodies: &[Bodies<'_>],
    ) -> Result<Vec<Call>> {
        let first = bodies.first();
        let mut calls = vec![self.good("valid", small, first.map(|it| &it.small))?];
        if full != small || first.is_some_and(|it| it.full != it.small) {
            calls.push(self.good("valid, all members", full, first.map(|it| &it.full))?);
        }
        for body in bodies.iter().skip(1) {
            let what = format!("valid {}", body.media.range);
            calls.push(self.good(&what, small, Some(&body.small))?);
        }
        Ok(calls)
    }

    /// For each parameter that can be wrong: a value that its schema refuses, and none at all.
    fn bad_parameters(
        &self,
        instances: &Instances<'_>,
        small: &Parameters,
        body: Option<&Sent>,
    ) -> Result<Vec<Call>> {
        let mut calls = Vec::new();
        for parameter in &self.writer.operation.parameters {
            if is_of_the_connection(parameter) {
                continue;
            }
            if parameter.required && parameter.place != "path" {
                let mut without = small.clone();
                if let Some(members) = members_of(&mut without, &parameter.place) {
                    members.remove(&parameter.wire);
                }
                calls.push(self.bad(&format!("without {}", parameter.wire), &without, body)?);
            }
            let wrong = BAD_TEXTS
                .iter()
                .filter_map(|text| wrong_parameter(parameter, text, small));
            if let Some(values) = wrong.into_iter().find(|values| !instances.is_valid(values)) {
                calls.push(self.bad(&format!("bad {}", parameter.wire), &values, body)?);
            }
        }
        Ok(calls)
    }

    fn bad_bodies(&self, body: &Bodies<'_>) -> Vec<(String, Sent)> {
        let mut bad = Vec::new();
        if body.media.kind == MediaKind::Json {
            bad.push(("malformed JSON".to_owned(), body.small.with(*b"{\"a\": ")));
            bad.push((
                "a member twice".to_owned(),
                body.small.with(*b"{\"a\": 1, \"a\": 1}"),
            ));
        }
        let is_required = self
            .writer
            .operation
            .body
            .as_ref()
            .is_some_and(|it| it.required);
        for (what, value) in &body.wrong {
            let sent = Sent::new(body.media, value);
            // An empty form is no body, which may be allowed.
            let is_sent = is_required || !sent.bytes.is_empty();
            if body.media.kind == MediaKind::Json
                || is_form(body.media) && value.is_object() && is_sent
            {
                bad.push((what.clone(), sent));
            }
        }
        let mut declared = self.writer.operation.body.iter().flat_map(|it| &it.media);
        if !declared.any(|media| matches!(media.range.as_str(), "*/*" | "application/*")) {
            let media_type = "application/x-unknown".to_owned();
            bad.push((
                "unknown media type".to_owned(),
                Sent {
                    media_type,
                    ..body.small.with(*b"text")
                },
            ));
        }
        bad
    }

    /// A call without credentials, where every alternative asks for some that a request carries.
    fn without_credentials(&self, small: &Parameters, body: Option<&Sent>) -> Result<Option<Call>> {
        let alternatives = &self.writer.operation.security.alternatives;
        let is_carried = |scheme: usize| self.writer.kind(scheme) != "SchemeKind::MutualTls";
        let mut alternatives = alternatives.iter().peekable();
        if alternatives.peek().is_none()
            || !alternatives.all(|all| all.iter().any(|(scheme, _)| is_carried(*scheme)))
        {
            return Ok(None);
        }
        let writer = Writer {
            has_credentials: false,
            ..self.writer
        };
        writer
            .call("no credentials", Wanted::Refusal, small, body)
            .map(Some)
    }
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

fn is_form(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Form | MediaKind::Multipart)
}

/// Whether a body says what its value is: in a form an empty list is nothing.
fn is_told(media: &Media, value: &Value) -> bool {
    let mut members = value
        .as_object()
        .into_iter()
        .flat_map(|members| members.values());
    !is_form(media) || !members.any(|value| value.as_array().is_some_and(Vec::is_empty))
}

fn members_of<'v>(
    values: &'v mut Parameters,
    place: &str,
) -> Option<&'v mut serde_json::Map<String, Value>> {
    values.get_mut(place)?.as_object_mut()
}

/// The values with this text for the parameter; `None` where the text would mean something else.
fn wrong_parameter(parameter: &Parameter, text: &str, values: &Parameters) -> Option<Parameters> {
    let is_list = parameter.shape.starts_with("Shape::Array");
    let means_none = is_list || parameter.allow_empty || parameter.place != "query";
    if parameter.json_content || parameter.shape.contains("Object") || text.is_empty() && means_none
    {
        return None;
    }
    let value = if is_list { json!([text]) } else { json!(text) };
    let mut values = values.clone();
    members_of(&mut values, &parameter.place)?.insert(parameter.wire.clone(), value);
    Some(values)
}

/// Values that are wrong in one way each.
fn wrong_values(media: &Media, instances: &Instances<'_>, small: &Value) -> Vec<(String, Value)> {
    let mut wrong = Vec::new();
    let other = of_every_type()
        .into_iter()
        .find(|value| !instances.is_valid(value));
    wrong.extend(other.map(|value| ("another type".to_owned(), value)));
    for name in small
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
    {
        let mut without = small.clone();
        if let Some(members) = without.as_object_mut() {
            members.remove(name);
        }
        if !instances.is_valid(&without) {
            wrong.push((format!("without {name}"), without));
            break;
        }
    }
    for name in small
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
    {
        let mut mistyped = small.clone();
        let Some(member) = mistyped.get_mut(name) else {
            continue;
        };
        // In a form anything is text first, and one text may be a list of it.
        let text = json!("~bad~");
        if is_form(media) {
            *member = json!([text]);
            if instances.is_valid(&mistyped) {
                continue;
            }
        }
        if let Some(member) = mistyped.get_mut(name) {
            *member = if is_form(media) { text } else { json!([[[]]]) };
        }
        if !instances.is_valid(&mistyped) {
            wrong.push((format!("bad {name}"), mistyped));
            break;
        }
    }
    wrong
}
