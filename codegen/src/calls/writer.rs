//! From values to a request.

use crate::api::{Api, Operation, Parameter, Piece};
use anyhow::{Context, Result};
use serde_json::Value;

use super::sent::Sent;
use super::wire;
use super::{Call, Wanted};

/// Values by place (`path`, `query` …), then by name.
pub type Parameters = Value;

/// The value of a parameter.
pub fn value_of<'v>(values: &'v Parameters, parameter: &Parameter) -> Option<&'v Value> {
    values.get(&parameter.place)?.get(&parameter.wire)
}

/// Writes requests to one operation.
#[derive(Clone, Copy)]
pub struct Writer<'w> {
    /// The contract.
    pub api: &'w Api,
    /// The operation.
    pub operation: &'w Operation,
    /// Whether requests carry credentials.
    pub has_credentials: bool,
}

/// Names and texts, encoded.
type Pairs = Vec<(String, String)>;

impl Writer<'_> {
    /// A request with these parameters and this body.
    pub fn call(
        &self,
        what: &str,
        wanted: Wanted,
        values: &Parameters,
        body: Option<&Sent>,
    ) -> Result<Call> {
        let mut call = Call {
            operation: self.operation.id.clone(),
            what: what.to_owned(),
            wanted,
            method: self.operation.method.clone(),
            target: self.path(values)?,
            headers: Vec::new(),
            body: Vec::new(),
        };
        let mut query = self.fixed_query(values);
        let mut cookies = Vec::new();
        for parameter in &self.operation.parameters {
            let Some(value) = value_of(values, parameter) else {
                continue;
            };
            let Parameter {
                wire: name,
                style,
                explode,
                json_content,
                ..
            } = parameter;
            match parameter.place.as_str() {
                "query" => query.extend(wire::pairs(name, style, *explode, *json_content, value)),
                "cookie" => {
                    cookies.extend(wire::pairs(name, style, *explode, *json_content, value))
                }
                "header" => {
                    let text = wire::text(parameter, value, false);
                    call.headers.extend(text.map(|text| (name.clone(), text)));
                }
                _ => {}
            }
        }
        if self.has_credentials {
            self.add_credentials(&mut call, &mut query, &mut cookies);
        }
        if self.operation.idempotency.is_some() {
            add(&mut call.headers, "Idempotency-Key", "key-of-the-request");
        }
        if !query.is_empty() {
            call.target = format!("{}?{}", call.target, wire::query(&query));
        }
        if !cookies.is_empty() {
            let cookies: Vec<String> = cookies
                .iter()
                .map(|(name, text)| format!("{name}={text}"))
                .collect();
            call.headers.push(("Cookie".to_owned(), cookies.join("; ")));
        }
        if let Some(body) = body {
            call.headers
                .push(("Content-Type".to_owned(), body.media_type.clone()));
            call.body.clone_from(&body.bytes);
        }
        Ok(call)
    }

    fn path(&self, values: &Parameters) -> Result<String> {
        let route = self.operation.routes.first().context("it has no path")?;
        let mut path = String::new();
        for pieces in &route.segments {
            path.push('/');
            for piece in pieces {
                match piece {
                    Piece::Literal(text) => path.push_str(&wire::encode(text)),
                    Piece::Parameter(name) | Piece::Rest(name) => {
                        path.push_str(&self.captured(name, values));
                    }
                }
            }
        }
        Ok(path)
    }

    fn captured(&self, name: &str, values: &Parameters) -> String {
        let mut declared = self.operation.parameters.iter();
        let declared = declared.find(|it| it.place == "path" && it.wire == name);
        let text = declared.and_then(|it| wire::text(it, value_of(values, it)?, true));
        text.unwrap_or_else(|| "text".to_owned())
    }

    /// What a path with a `?` in it asks for, unless the values give it anyway.
    fn fixed_query(&self, values: &Parameters) -> Pairs {
        let routes = self.operation.routes.first();
        let fixed = routes.map(|route| route.query.clone());
        let is_given = |name: &str| {
            values
                .pointer("/query")
                .is_some_and(|it| it.get(name).is_some())
        };
        let pairs = fixed.into_iter().flatten();
        pairs
            .filter(|(name, value)| !value.is_empty() || !is_given(name))
            .map(|(name, value)| (wire::encode(&name), wire::encode(&value)))
            .collect()
    }

    /// The credentials of the first alternative that one request can carry.
    fn add_credentials(&self, call: &mut Call, query: &mut Pairs, cookies: &mut Pairs) {
        let alternatives = &self.operation.security.alternatives;
        let in_header = |scheme: &usize| {
            let kind = self.kind(*scheme);
            ["Http", "OAuth2", "OpenId"]
                .iter()
                .any(|one| kind.contains(one))
        };
        let mut possible = alternatives.iter();
        let possible =
            possible.find(|all| all.iter().filter(|(scheme, _)| in_header(scheme)).count() < 2);
        for (scheme, _) in possible.into_iter().flatten() {
            let kind = self.kind(*scheme);
            let name = kind.split('"').nth(1).unwrap_or_default();
            match kind.split('(').next().unwrap_or_default() {
                "SchemeKind::HttpBasic" => {
                    add(&mut call.headers, "Authorization", "Basic dXNlcjpwYXNz")
                }
                "SchemeKind::HttpOther" => {
                    add(&mut call.headers, "Authorization", &format!("{name} token"))
                }
                "SchemeKind::ApiKeyHeader" => add(&mut call.headers, name, "key"),
                "SchemeKind::ApiKeyQuery" => add(query, name, "key"),
                "SchemeKind::ApiKeyCookie" => add(cookies, name, "key"),
                "SchemeKind::MutualTls" => {}
                _ => add(&mut call.headers, "Authorization", "Bearer token"),
            }
        }
    }

    /// The runtime's `SchemeKind` of a scheme.
    pub fn kind(&self, scheme: usize) -> &str {
        let scheme = self.api.schemes.get(scheme);
        scheme
            .map(|scheme| scheme.kind.as_str())
            .unwrap_or_default()
    }
}

/// Adds a pair unless one of that name is there.
fn add(pairs: &mut Pairs, name: &str, text: &str) {
    if !pairs
        .iter()
        .any(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        pairs.push((name.to_owned(), text.to_owned()));
    }
}
