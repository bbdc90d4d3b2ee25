//! The credentials that a request carries, as the contract's security schemes place them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::operation::{Operation, Requirement, Scheme, SchemeKind};
use super::problem::{Problem, Violation, boundary};
use super::text::{Codec, cookie_pairs, form_pairs};

/// Text that never shows in logs and debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself; keep it out of logs, problems and long-lived memory.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What a credential says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialValue {
    /// A token or key, or whatever follows the name of another HTTP scheme.
    Token(Secret),
    /// A user and a password (RFC 7617).
    Basic {
        /// The user; holds no colon.
        username: String,
        /// The password.
        password: Secret,
    },
    /// Nothing that a request can carry: whoever checks it asks the connection for its
    /// certificate, and refuses if there is none.
    Certificate,
}

/// A credential that was found where its scheme places it. It is well-formed, and not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The scheme that it answers.
    pub scheme: &'static Scheme,
    /// What it says.
    pub value: CredentialValue,
    /// Scopes that it must grant.
    pub scopes: &'static [&'static str],
}

impl Credential {
    /// The token or key; `None` for a password or a certificate.
    pub fn token(&self) -> Option<&str> {
        match &self.value {
            CredentialValue::Token(token) => Some(token.expose()),
            CredentialValue::Basic { .. } | CredentialValue::Certificate => None,
        }
    }
}

/// An alternative of the operation's security whose credentials are all there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The credentials, in the contract's order; none: anonymous callers are welcome.
    pub credentials: Vec<Credential>,
}

impl Alternative {
    /// Whether it asks for nothing.
    pub fn is_anonymous(&self) -> bool {
        self.credentials.is_empty()
    }
}

/// The alternatives that the request's credentials complete, in the contract's order, but the
/// anonymous one last. None at all if the operation is public.
///
/// Errors: 401 `unauthorized` with a challenge for each scheme if no alternative is complete;
/// 400 if a credential is given twice.
pub fn extract(
    operation: &Operation,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Vec<Alternative>, Problem> {
    let mut complete = Vec::new();
    for requirements in operation.security {
        let credentials = requirements
            .iter()
            .map(|requirement| find(requirement, headers, query))
            .collect::<Result<Option<Vec<_>>, Problem>>()?;
        complete.extend(credentials.map(|credentials| Alternative { credentials }));
    }
    complete.sort_by_key(Alternative::is_anonymous);
    if complete.is_empty() && !operation.security.is_empty() {
        return Err(unauthorized(operation));
    }
    Ok(complete)
}

/// 401: the request lacks credentials; `WWW-Authenticate` says which schemes there are.
pub fn unauthorized(operation: &Operation) -> Problem {
    challenge(
        operation,
        "send the credentials that the contract asks for",
        None,
    )
}

/// 401: the request's credentials are not valid (RFC 6750, section 3.1).
pub fn invalid_credentials(operation: &Operation) -> Problem {
    challenge(
        operation,
        "the credentials are not valid, or no longer",
        Some("invalid_token"),
    )
}

fn challenge(operation: &Operation, detail: &str, error: Option<&str>) -> Problem {
    let mut challenges: Vec<String> = Vec::new();
    for requirement in operation.security.iter().copied().flatten() {
        let challenge = scheme_challenge(requirement.scheme, error);
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    let problem = Problem::new(boundary::UNAUTHORIZED).with_detail(detail);
    challenges
        .into_iter()
        .filter_map(|challenge| HeaderValue::from_str(&challenge).ok())
        .fold(problem, |problem, challenge| {
            problem.with_header(WWW_AUTHENTICATE, challenge)
        })
}

fn scheme_challenge(scheme: &Scheme, error: Option<&str>) -> String {
    let key = |place, name: &str| {
        format!(
            "ApiKey realm=\"api\", in=\"{place}\", name=\"{}\"",
            name.replace(['"', '\\'], "")
        )
    };
    match scheme.kind {
        SchemeKind::HttpBearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => match error {
            Some(error) => format!("Bearer realm=\"api\", error=\"{error}\""),
            None => "Bearer realm=\"api\"".to_owned(),
        },
        SchemeKind::HttpBasic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
        SchemeKind::HttpOther(name) => format!("{name} realm=\"api\""),
        SchemeKind::ApiKeyHeader(name) => key("header", name),
        SchemeKind::ApiKeyQuery(name) => key("query", name),
        SchemeKind::ApiKeyCookie(name) => key("cookie", name),
        SchemeKind::MutualTls => "ClientCertificate realm=\"api\"".to_owned(),
    }
}

fn find(
    requirement: &Requirement,
    headers: &HeaderMap,
    query: Option<&str>,
) -> Result<Option<Credential>, Problem> {
    let token = |token: Option<String>| token.map(|token| CredentialValue::Token(Secret(token)));
    let value = match requirement.scheme.kind {
        SchemeKind::HttpBearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            token(authorization(headers, "Bearer")?.filter(|token| is_token68(token)))
        }
        SchemeKind::HttpBasic => authorization(headers, "Basic")?.and_then(|text| basic(&text)),
        SchemeKind::HttpOther(name) => token(authorization(headers, name)?),
        SchemeKind::ApiKeyHeader(name) => token(header(headers, name)?),
        SchemeKind::ApiKeyQuery(name) => token(query_key(query, name)?),
        SchemeKind::ApiKeyCookie(name) => token(cookie(headers, name)?),
        SchemeKind::MutualTls => Some(CredentialValue::Certificate),
    };
    Ok(value.map(|value| Credential {
        scheme: requirement.scheme,
        value,
        scopes: requirement.scopes,
    }))
}

/// What follows the scheme's name in `Authorization`; names of schemes know no case.
fn authorization(headers: &HeaderMap, scheme: &str) -> Result<Option<String>, Problem> {
    let Some(line) = header(headers, AUTHORIZATION.as_str())? else {
        return Ok(None);
    };
    let Some((name, rest)) = line.split_once(' ') else {
        return Ok(None);
    };
    let rest = rest.trim();
    Ok((name.eq_ignore_ascii_case(scheme) && !rest.is_empty()).then(|| rest.to_owned()))
}

fn header(headers: &HeaderMap, name: &str) -> Result<Option<String>, Problem> {
    let Ok(key) = HeaderName::from_bytes(name.as_bytes()) else {
        return Ok(None);
    };
    let lines = headers
        .get_all(key)
        .iter()
        .filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    only(lines.map(|line| line.trim().to_owned()), "header", name)
}

fn query_key(query: Option<&str>, name: &str) -> Result<Option<String>, Problem> {
    let Ok(pairs) = form_pairs(query.unwrap_or_default()) else {
        return Ok(None);
    };
    let own = pairs.iter().filter(|pair| pair.name == name);
    only(
        own.filter_map(|pair| Codec::Form.decode(pair.raw).ok().map(String::from)),
        "query",
        name,
    )
}

fn cookie(headers: &HeaderMap, name: &str) -> Result<Option<String>, Problem> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    let own = lines
        .flat_map(cookie_pairs)
        .filter(|pair| pair.name == name);
    only(
        own.filter_map(|pair| Codec::Percent.decode(pair.raw).ok().map(String::from)),
        "cookie",
        name,
    )
}

/// The only text that is not empty; 400 if there are several.
fn only(
    texts: impl Iterator<Item = String>,
    place: &'static str,
    name: &str,
) -> Result<Option<String>, Problem> {
    let mut texts = texts.filter(|text| !text.is_empty());
    let first = texts.next();
    if texts.next().is_none() {
        return Ok(first);
    }
    let violation = Violation {
        place,
        parameter: Some(name.to_owned()),
        pointer: String::new(),
        keyword: "duplicate".into(),
        limit: None,
        message: "must not be given more than once".to_owned(),
    };
    Err(Problem::new(boundary::BAD_REQUEST).with_errors(vec![violation]))
}

/// Whether this can be a bearer token (RFC 6750, section 2.1).
fn is_token68(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/".contains(&byte))
}

fn basic(text: &str) -> Option<CredentialValue> {
    let decoded = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    let is_clean = !decoded.chars().any(char::is_control);
    is_clean.then(|| CredentialValue::Basic {
        username: username.to_owned(),
        password: Secret(password.to_owned()),
    })
}
