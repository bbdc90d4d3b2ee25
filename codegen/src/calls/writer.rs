//! From values to a request.

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Call, Case, Content, Credentials, Parameters, Sent, Wanted, Wrong, wire};
use crate::api::{Api, Asked, Operation, Parameter, Piece};

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
    /// Whom requests say that they come from.
    pub credentials: &'w Credentials,
    /// The `Idempotency-Key`, where the operation takes one.
    pub key: &'w str,
}

/// Names and texts, encoded.
type Pairs = Vec<(String, String)>;

impl Writer<'_> {
    /// The request of a case. Errors: the operation has no path.
    pub fn write(&self, case: &Case) -> Result<Call> {
        let values = &case.values;
        let mut call = Call {
            operation: self.operation.id.clone(),
            what: case.what.clone(),
            wanted: case.wanted,
            method: self.operation.method.clone(),
            target: self.path(values)?,
            headers: Vec::new(),
            body: Vec::new(),
        };
        let mut query = self.fixed_query(values);
        let mut cookies = Vec::new();
        self.add_parameters(values, &mut call, &mut query, &mut cookies);
        if case.wanted != Wanted::Refusal(Wrong::NoCredentials) {
            self.add_credentials(&mut call, &mut query, &mut cookies);
        }
        if self.operation.idempotency.is_some() && !self.declares_key() {
            add(&mut call.headers, "Idempotency-Key", self.key);
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
        if let Some(body) = case.body.as_ref().and_then(|body| self.sent(body)) {
            call.headers
                .push(("Content-Type".to_owned(), body.media_type));
            call.body = body.bytes;
        }
        Ok(call)
    }

    /// Whether the key is a parameter, whose values come with the case.
    fn declares_key(&self) -> bool {
        let mut headers = self
            .operation
            .parameters
            .iter()
            .filter(|it| it.place == "header");
        headers.any(|it| it.wire.eq_ignore_ascii_case("Idempotency-Key"))
    }

    fn add_parameters(
        &self,
        values: &Parameters,
        call: &mut Call,
        query: &mut Pairs,
        cookies: &mut Pairs,
    ) {
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
    }

    fn sent(&self, body: &Content) -> Option<Sent> {
        match body {
            Content::Value(index, value) => {
                let media = self.operation.body.as_ref()?.media.get(*index)?;
                Some(Sent::new(media, value))
            }
            Content::Raw(sent) => Some(sent.clone()),
        }
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
        let route = self.operation.routes.first();
        let is_given = |name: &str| {
            values
                .pointer("/query")
                .is_some_and(|it| it.get(name).is_some())
        };
        let asked = route.map(|route| route.query.as_slice());
        let pairs = asked.into_iter().flatten().filter_map(|(name, asked)| {
            let text = match asked {
                Asked::Text(text) => wire::encode(text),
                _ if is_given(name) => return None,
                Asked::Parameter(parameter) => self.captured(parameter, values),
                Asked::Presence => String::new(),
            };
            Some((wire::encode(name), text))
        });
        pairs.collect()
    }

    /// The credentials of the first alternative that is known and that one request can carry.
    fn add_credentials(&self, call: &mut Call, query: &mut Pairs, cookies: &mut Pairs) {
        // A key that is the whole of `Authorization` takes what another scheme has put there.
        let mut schemes = self.alternative().unwrap_or_default();
        schemes.sort_by_key(|scheme| self.kind(**scheme).starts_with("SchemeKind::ApiKeyHeader"));
        for scheme in schemes {
            let kind = self.kind(*scheme);
            let Some(text) = self.text(*scheme) else {
                continue;
            };
            let name = kind.split('"').nth(1).unwrap_or_default();
            let authorization = match kind.split('(').next().unwrap_or_default() {
                "SchemeKind::HttpBasic" => format!("Basic {text}"),
                "SchemeKind::HttpOther" => format!("{name} {text}"),
                "SchemeKind::ApiKeyHeader" => {
                    add(&mut call.headers, name, text);
                    continue;
                }
                "SchemeKind::ApiKeyQuery" => {
                    add(query, name, &wire::encode(text));
                    continue;
                }
                "SchemeKind::ApiKeyCookie" => {
                    add(cookies, name, &wire::encode(text));
                    continue;
                }
                "SchemeKind::MutualTls" => continue,
                _ => format!("Bearer {text}"),
            };
            add(&mut call.headers, "Authorization", &authorization);
        }
    }

    fn alternative(&self) -> Option<Vec<&usize>> {
        let in_header = |scheme: &&usize| {
            let kind = self.kind(**scheme);
            ["Http", "OAuth2", "OpenId"]
                .iter()
                .any(|one| kind.contains(one))
        };
        let alternatives = self.operation.security.alternatives.iter();
        let mut alternatives =
            alternatives.map(|all| all.iter().map(|(scheme, _)| scheme).collect::<Vec<_>>());
        alternatives.find(|all| {
            let is_known = |scheme: &usize| {
                self.kind(*scheme) == "SchemeKind::MutualTls" || self.text(*scheme).is_some()
            };
            all.iter()
                .copied()
                .filter(|scheme| in_header(scheme))
                .count()
                < 2
                && all.iter().all(|scheme| is_known(scheme))
        })
    }

    fn text(&self, scheme: usize) -> Option<&str> {
        self.credentials.get(&self.api.schemes.get(scheme)?.wire)
    }

    /// Whether the request of a case says who sends it, or need not.
    pub fn has_credentials(&self) -> bool {
        self.operation.security.alternatives.is_empty() || self.alternative().is_some()
    }

    fn kind(&self, scheme: usize) -> &str {
        kind(self.api, scheme)
    }
}

/// The runtime's `SchemeKind` of a scheme.
pub(super) fn kind(api: &Api, scheme: usize) -> &str {
    let scheme = api.schemes.get(scheme);
    scheme
        .map(|scheme| scheme.kind.as_str())
        .unwrap_or_default()
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
