//! The parameters of a request: found, decoded by their styles, turned into values.

use std::borrow::Cow;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName};
use serde_json::{Map, Value};

use super::operation::{Operation, Parameter, Place, SchemeKind};
use super::problem::{Problem, Violation, boundary};
use super::styles::{Slot, SlotFault};
use super::text::{Codec, Pair, TextFault, cookie_pairs, form_pairs};

/// How many broken places an answer lists.
const VIOLATION_LIMIT: usize = 50;

/// The parameters of a request, by their names in the contract. A parameter that was not sent
/// and has no default is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decoded {
    /// Those in the path.
    pub path: Map<String, Value>,
    /// Those in the query.
    pub query: Map<String, Value>,
    /// Those in headers.
    pub header: Map<String, Value>,
    /// Those in cookies.
    pub cookie: Map<String, Value>,
    places: [bool; 4],
}

impl Decoded {
    /// The parameters as one value, such as `{"path": {…}, "query": {…}}`, with a member for
    /// each place in which the operation has parameters.
    pub fn into_value(self) -> Value {
        let maps = [
            (Place::Path, self.path),
            (Place::Query, self.query),
            (Place::Header, self.header),
            (Place::Cookie, self.cookie),
        ];
        maps.into_iter()
            .zip(self.places)
            .filter(|(_, has_parameters)| *has_parameters)
            .map(|((place, map), _)| (place.name().to_owned(), Value::Object(map)))
            .collect()
    }

    /// The other way round.
    pub fn from_value(value: Value) -> Self {
        let mut decoded = Self::default();
        let Value::Object(places) = value else {
            return decoded;
        };
        for (place, map) in places {
            let Value::Object(map) = map else { continue };
            match place.as_str() {
                "path" => decoded.path = map,
                "query" => decoded.query = map,
                "header" => decoded.header = map,
                _ => decoded.cookie = map,
            }
        }
        decoded
    }

    /// Gives what was not sent its default, which is the contract's own and is not checked.
    pub fn add_defaults(&mut self, operation: &Operation) {
        for parameter in operation.parameters {
            let Some(default) = parameter.default else {
                continue;
            };
            if !self.at(parameter.place).contains_key(parameter.name) {
                let default = serde_json::from_str(default).unwrap_or_default();
                self.insert(parameter.place, parameter.name, default);
            }
        }
    }

    /// A parameter that was sent.
    pub(crate) fn get(&self, place: Place, name: &str) -> Option<&Value> {
        let map = match place {
            Place::Path => &self.path,
            Place::Query => &self.query,
            Place::Header => &self.header,
            Place::Cookie => &self.cookie,
        };
        map.get(name)
    }

    fn at(&mut self, place: Place) -> &mut Map<String, Value> {
        match place {
            Place::Path => &mut self.path,
            Place::Query => &mut self.query,
            Place::Header => &mut self.header,
            Place::Cookie => &mut self.cookie,
        }
    }

    fn insert(&mut self, place: Place, name: &str, value: Value) {
        self.at(place).insert(name.to_owned(), value);
    }
}

/// Reads the parameters of a request; `path` are the raw, still encoded captures by name.
///
/// Values are coerced by their shape; what cannot be coerced stays text, so that the schema
/// refuses it. Errors: 400 `bad-request` for what cannot be decoded, else 422 `validation-error`
/// for query parameters that the contract does not know, for values given twice and for paths.
pub fn decode(
    operation: &Operation,
    path: &[(&str, &str)],
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Decoded, Problem> {
    let mut violations = Vec::new();
    let mut decoded = decode_into(operation, path, query, headers, &mut violations)?;
    decoded.add_defaults(operation);
    if violations.is_empty() {
        return Ok(decoded);
    }
    Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(violations))
}

/// Like `decode`, but without defaults, and only adds the broken places of a 422 to `violations`,
/// so that they can be answered together with those that the schemas find.
pub fn decode_into(
    operation: &Operation,
    path: &[(&str, impl AsRef<str>)],
    query: Option<&str>,
    headers: &HeaderMap,
    violations: &mut Vec<Violation>,
) -> Result<Decoded, Problem> {
    let mut reader = Reader {
        decoded: Decoded::default(),
        malformed: Vec::new(),
        invalid: Vec::new(),
    };
    reader.mark_places(operation);
    reader.read_path(operation, path);
    reader.read_headers(operation, headers);
    reader.read_query(operation, query);
    reader.read_cookies(operation, headers);
    if !reader.malformed.is_empty() {
        reader.malformed.truncate(VIOLATION_LIMIT);
        return Err(Problem::new(boundary::BAD_REQUEST).with_errors(reader.malformed));
    }
    reader.invalid.truncate(VIOLATION_LIMIT);
    violations.append(&mut reader.invalid);
    Ok(reader.decoded)
}

struct Reader {
    decoded: Decoded,
    malformed: Vec<Violation>,
    invalid: Vec<Violation>,
}

impl Reader {
    fn mark_places(&mut self, operation: &Operation) {
        let has = |place| {
            operation
                .parameters
                .iter()
                .any(|parameter| parameter.place == place)
        };
        self.decoded.places = [Place::Path, Place::Query, Place::Header, Place::Cookie].map(has);
    }

    fn read_path(&mut self, operation: &Operation, captures: &[(&str, impl AsRef<str>)]) {
        for parameter in at(operation, Place::Path) {
            let capture = captures.iter().find(|(name, _)| *name == parameter.name);
            let value = capture.map(|(_, raw)| slot(parameter).read_text(raw.as_ref()));
            self.keep(parameter, value.unwrap_or(Ok(None)));
        }
    }

    fn read_headers(&mut self, operation: &Operation, headers: &HeaderMap) {
        for parameter in at(operation, Place::Header) {
            // The contract describes these three by other means (OpenAPI, "Parameter Object").
            let Ok(name) = HeaderName::from_bytes(parameter.name.as_bytes()) else {
                continue;
            };
            if [ACCEPT, CONTENT_TYPE, AUTHORIZATION].contains(&name) {
                continue;
            }
            let value = header_text(parameter, &name, headers)
                .and_then(|text| text.map_or(Ok(None), |text| slot(parameter).read_text(&text)));
            self.keep(parameter, value);
        }
    }

    fn read_query(&mut self, operation: &Operation, query: Option<&str>) {
        let mut pairs = match form_pairs(query.unwrap_or_default()) {
            Ok(pairs) => pairs,
            Err(name) => {
                let fault = SlotFault::Text(name.fault);
                self.malformed.push(fault.into_violation("query", name.raw));
                return;
            }
        };
        self.read_pairs(operation, Place::Query, &mut pairs);
        self.refuse_unknown(operation, &pairs);
    }

    fn read_cookies(&mut self, operation: &Operation, headers: &HeaderMap) {
        if at(operation, Place::Cookie).next().is_none() {
            return;
        }
        let lines: Vec<Cow<'_, str>> = headers
            .get_all(COOKIE)
            .iter()
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        let mut pairs: Vec<Pair<'_>> = lines.iter().flat_map(|line| cookie_pairs(line)).collect();
        self.read_pairs(operation, Place::Cookie, &mut pairs);
    }

    /// Lets each parameter take its pairs: first those that bear its name, then those that are
    /// named like the members of an object, then what is left for objects that take any member.
    fn read_pairs(&mut self, operation: &Operation, place: Place, pairs: &mut [Pair<'_>]) {
        let mut spread = Vec::new();
        for parameter in at(operation, place) {
            let slot = slot(parameter);
            let is_named = pairs.iter().any(|pair| pair.name == parameter.name);
            if slot.is_spread() && !(is_named && parameter.shape.takes_scalar()) {
                spread.push(parameter);
            } else {
                let value = slot.take_pairs(pairs);
                self.keep(parameter, value);
            }
        }
        spread.sort_by_key(|parameter| parameter.shape.rest().is_some());
        for parameter in spread {
            let value = slot(parameter).take_members(pairs);
            self.keep(parameter, value);
        }
    }

    fn refuse_unknown(&mut self, operation: &Operation, pairs: &[Pair<'_>]) {
        let fixed = fixed_pairs(operation);
        let is_known = |name: &str| {
            let mut requirements = operation.security.iter().copied().flatten();
            requirements
                .any(|one| matches!(one.scheme.kind, SchemeKind::ApiKeyQuery(key) if key == name))
                || fixed.iter().any(|pair| pair.name == name)
        };
        for pair in pairs
            .iter()
            .filter(|pair| !pair.claimed && !is_known(&pair.name))
        {
            if let Err(fault) = Codec::Form.decode(pair.raw) {
                self.malformed
                    .push(SlotFault::Text(fault).into_violation("query", &pair.name));
            }
            self.invalid.push(unknown(operation, &pair.name));
        }
    }

    fn keep(&mut self, parameter: &Parameter, value: Result<Option<Value>, SlotFault>) {
        match value {
            Ok(Some(value)) => self.decoded.insert(parameter.place, parameter.name, value),
            Ok(None) => {}
            Err(fault) => {
                // A path that cannot be decoded names nothing, as one that breaks its schema.
                let is_malformed = fault.is_malformed() && parameter.place != Place::Path;
                let faults = if is_malformed {
                    &mut self.malformed
                } else {
                    &mut self.invalid
                };
                faults.push(fault.into_violation(parameter.place.name(), parameter.name));
            }
        }
    }
}

fn at(operation: &Operation, place: Place) -> impl Iterator<Item = &'static Parameter> {
    operation
        .parameters
        .iter()
        .filter(move |parameter| parameter.place == place)
}

/// What the path itself asks of the query: some contracts have paths with a `?`.
fn fixed_pairs(operation: &Operation) -> Vec<Pair<'static>> {
    let query = operation.path.split_once('?').map(|(_, query)| query);
    query
        .and_then(|query| form_pairs(query).ok())
        .unwrap_or_default()
}

fn slot(parameter: &'static Parameter) -> Slot<'static> {
    Slot {
        name: parameter.name,
        style: parameter.style,
        explode: parameter.explode,
        json: parameter.json_content,
        allow_empty: parameter.allow_empty,
        shape: parameter.shape,
        codec: match parameter.place {
            Place::Path | Place::Cookie => Codec::Percent,
            Place::Query => Codec::Form,
            Place::Header => Codec::Verbatim,
        },
    }
}

/// The text of a header; several lines of an array, or of entity tags, are one list (RFC 9110,
/// section 5.3).
fn header_text<'h>(
    parameter: &Parameter,
    name: &HeaderName,
    headers: &'h HeaderMap,
) -> Result<Option<Cow<'h, str>>, SlotFault> {
    let lines = headers
        .get_all(name)
        .iter()
        .map(|line| {
            std::str::from_utf8(line.as_bytes()).map_err(|_| SlotFault::Text(TextFault::Utf8))
        })
        .collect::<Result<Vec<_>, _>>()?;
    match lines.as_slice() {
        [] => Ok(None),
        [line] => Ok(Some(Cow::Borrowed(line))),
        lines
            if [IF_MATCH, IF_NONE_MATCH].contains(name)
                || parameter.shape.item().is_some() && !parameter.json_content =>
        {
            Ok(Some(Cow::Owned(lines.join(","))))
        }
        _ => Err(SlotFault::Duplicate),
    }
}

fn unknown(operation: &Operation, name: &str) -> Violation {
    let mut known = Vec::new();
    for parameter in at(operation, Place::Query) {
        if slot(parameter).is_spread() {
            parameter.shape.each_member(&mut |name| known.push(name));
        } else {
            known.push(parameter.name);
        }
    }
    let message = match known.as_slice() {
        [] => "is not a parameter of this operation, which has none in the query".to_owned(),
        known => format!(
            "is not a parameter of this operation; known are {}",
            known.join(", ")
        ),
    };
    Violation {
        place: "query",
        parameter: Some(name.to_owned()),
        pointer: String::new(),
        keyword: Cow::Borrowed("additionalProperties"),
        limit: None,
        message,
    }
}
