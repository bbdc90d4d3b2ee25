//! What the contract says about who may call, in which role, and what can go wrong.

use serde_json::Value;

use crate::names::{Scope, const_name};
use crate::pointer;

/// A security scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Name in the contract.
    pub wire: String,
    /// Name of its constant.
    pub const_name: String,
    /// Variant of the runtime's `SchemeKind`, as a Rust expression.
    pub kind: String,
}

/// Alternatives of combinations of schemes with scopes; none means public.
#[derive(Debug, Clone, Default)]
pub struct Security {
    /// Each alternative: indexes into `Api::schemes`, with the scopes asked for.
    pub alternatives: Vec<Vec<(usize, Vec<String>)>>,
}

/// An entry of `x-problem-types`.
#[derive(Debug, Clone)]
pub struct ProblemType {
    /// Name in the contract.
    pub slug: String,
    /// Name of its constant.
    pub const_name: String,
    /// HTTP status.
    pub status: u16,
    /// Short sentence.
    pub title: String,
    /// What it means and what to do.
    pub description: String,
    /// Language, title and description where there is another than that of the contract.
    pub translations: Vec<(String, String, String)>,
}

/// An entry of `x-roles`.
#[derive(Debug, Clone)]
pub struct Role {
    /// Name in the contract.
    pub name: String,
    /// What the role may do.
    pub scopes: Vec<String>,
}

/// Whether calls may be kept: `x-request-log` of the operation, or else of its first tag.
pub fn log(document: &Value, operation: &Value) -> bool {
    let says = |object: &Value| object.get("x-request-log").and_then(Value::as_bool);
    let tag = operation.pointer("/tags/0");
    let declared = document.get("tags").and_then(Value::as_array);
    let of_tag = || {
        let mut tags = declared.into_iter().flatten();
        tags.find(|known| tag.is_some() && known.get("name") == tag)
            .and_then(says)
    };
    says(operation).or_else(of_tag).unwrap_or(false)
}

/// All security schemes, by name.
pub fn schemes(document: &Value) -> Vec<Scheme> {
    let declared = document
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    let mut scope = Scope::of(&["ALL"]);
    declared
        .into_iter()
        .flatten()
        .filter_map(|(name, scheme)| {
            let (scheme, _) = pointer::follow(document, scheme, "")?;
            Some(Scheme {
                wire: name.clone(),
                const_name: scope.claim(const_name(name)),
                kind: kind(scheme),
            })
        })
        .collect()
}

fn kind(scheme: &Value) -> String {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let http = text("scheme").to_ascii_lowercase();
    match (text("type"), text("in"), http.as_str()) {
        ("http", _, "bearer") => "SchemeKind::HttpBearer".to_owned(),
        ("http", _, "basic") => "SchemeKind::HttpBasic".to_owned(),
        ("http", _, other) => format!("SchemeKind::HttpOther({other:?})"),
        ("apiKey", "query", _) => format!("SchemeKind::ApiKeyQuery({:?})", text("name")),
        ("apiKey", "cookie", _) => format!("SchemeKind::ApiKeyCookie({:?})", text("name")),
        ("apiKey", _, _) => format!(
            "SchemeKind::ApiKeyHeader({:?})",
            text("name").to_ascii_lowercase()
        ),
        ("openIdConnect", _, _) => "SchemeKind::OpenIdConnect".to_owned(),
        ("mutualTLS", _, _) => "SchemeKind::MutualTls".to_owned(),
        _ => "SchemeKind::OAuth2".to_owned(),
    }
}

/// The requirement of an operation: its own, else the document's.
pub fn security(document: &Value, operation: &Value, schemes: &[Scheme]) -> Security {
    let declared = operation
        .get("security")
        .or_else(|| document.get("security"));
    let mut alternatives = Vec::new();
    for alternative in declared.and_then(Value::as_array).into_iter().flatten() {
        let mut all = Vec::new();
        for (name, scopes) in alternative.as_object().into_iter().flatten() {
            let Some(index) = schemes.iter().position(|scheme| scheme.wire == *name) else {
                continue;
            };
            all.push((index, strings(scopes)));
        }
        alternatives.push(all);
    }
    Security { alternatives }
}

/// `x-problem-types` in alphabetical order.
pub fn problems(document: &Value) -> Vec<ProblemType> {
    let declared = document.get("x-problem-types").and_then(Value::as_object);
    let mut scope = Scope::of(&["ALL", "CATALOGUE", "ROLES"]);
    declared
        .into_iter()
        .flatten()
        .map(|(slug, problem)| {
            let text = |key: &str| {
                problem
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            };
            ProblemType {
                slug: slug.clone(),
                const_name: scope.claim(const_name(slug)),
                status: problem
                    .get("status")
                    .and_then(Value::as_u64)
                    .and_then(|it| u16::try_from(it).ok())
                    .unwrap_or(500),
                title: text("title"),
                description: text("description"),
                translations: translations(problem),
            }
        })
        .collect()
}

fn translations(problem: &Value) -> Vec<(String, String, String)> {
    let members = problem.as_object().into_iter().flatten();
    members
        .filter_map(|(language, texts)| {
            let text = |key: &str| Some(texts.get(key)?.as_str()?.trim().to_owned());
            Some((language.clone(), text("title")?, text("description")?))
        })
        .collect()
}

/// `x-roles` in alphabetical order.
pub fn roles(document: &Value) -> Vec<Role> {
    let declared = document.get("x-roles").and_then(Value::as_object);
    declared
        .into_iter()
        .flatten()
        .map(|(name, scopes)| Role {
            name: name.clone(),
            scopes: strings(scopes),
        })
        .collect()
}

pub(super) fn strings(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}
