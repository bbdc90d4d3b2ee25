//! Failures that a test key asks for (`Prefer: code=409`): answered as the contract's example of
//! them, before anything is done.

use std::sync::LazyLock;

use contract::runtime::operation::{Place, Status};
use contract::runtime::problem::boundary::BAD_REQUEST;
use contract::{DOCUMENT_JSON, Operation, Problem, ProblemType, problems};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Members that every occurrence of a problem has of its own.
const OWN: [&str; 7] = [
    "type", "title", "status", "code", "detail", "instance", "trace_id",
];

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DOCUMENT_JSON).unwrap_or_default());

/// The failure that the request asks for, if it does and the operation takes such wishes. A failure
/// that the operation does not declare is refused with those that it does.
pub(super) fn wished(operation: &Operation, headers: &HeaderMap) -> Result<(), Problem> {
    if !headers.contains_key(PREFER) || !takes_wishes(operation) {
        return Ok(());
    }
    match headers.get_all(PREFER).iter().find_map(read) {
        None => Ok(()),
        Some(wish) => Err(answer(operation, &wish)),
    }
}

fn takes_wishes(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter();
    parameters.any(|it| it.place == Place::Header && it.name.eq_ignore_ascii_case("prefer"))
}

/// A preference `code`, with the problem that it names.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    code: String,
    problem: Option<String>,
}

/// Reads one line of the header (RFC 7240, section 2): preferences with parameters. Other
/// preferences are ignored.
fn read(line: &HeaderValue) -> Option<Wish> {
    line.to_str().ok()?.split(',').find_map(|preference| {
        let mut parts = preference.split(';').map(pair);
        let (name, code) = parts.next()?;
        let problem = parts.find(|(name, _)| name.eq_ignore_ascii_case("problem"));
        name.eq_ignore_ascii_case("code").then(|| Wish {
            code: code.to_owned(),
            problem: problem.map(|(_, value)| value.to_owned()),
        })
    })
}

fn pair(text: &str) -> (&str, &str) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (name.trim(), value.trim().trim_matches('"'))
}

fn answer(operation: &Operation, wish: &Wish) -> Problem {
    let declared = declared(operation);
    let wanted = declared.iter().find(|kind| {
        let named = wish.problem.as_deref();
        kind.status.to_string() == wish.code && named.is_none_or(|named| named == kind.slug)
    });
    match wanted {
        Some(kind) => example(operation, *kind).with_header(
            PREFERENCE_APPLIED,
            HeaderValue::try_from(format!("code={}", kind.status))
                .unwrap_or(HeaderValue::from_static("code")),
        ),
        None => undeclared(operation, &declared),
    }
}

/// The problems that the operation may answer with, by status.
fn declared(operation: &Operation) -> Vec<ProblemType> {
    let of_slug = |slug: &&str| {
        problems::ALL
            .iter()
            .find(|kind| kind.slug == *slug)
            .copied()
    };
    let failures = operation.responses.iter().filter(|it| match it.status {
        Status::Code(code) => code >= 400,
        Status::Range(_) | Status::Default => false,
    });
    failures
        .flat_map(|it| it.problems.iter().filter_map(of_slug))
        .collect()
}

fn undeclared(operation: &Operation, declared: &[ProblemType]) -> Problem {
    let names: Vec<String> = declared
        .iter()
        .map(|kind| format!("{}; problem={}", kind.status, kind.slug))
        .collect();
    let detail = format!(
        "`{}` declares no such failure; `Prefer: code=` takes one of `declared`",
        operation.id
    );
    Problem::new(BAD_REQUEST)
        .with_detail(detail)
        .with_member("declared", names)
}

/// The problem as the contract's example has it, with the headers that the response must have.
fn example(operation: &Operation, kind: ProblemType) -> Problem {
    let mut problem = Problem::new(kind).with_detail("the test key asked for this failure");
    let Some(response) = response(operation, kind.status) else {
        return problem;
    };
    let examples = response.pointer("/content/application~1problem+json/examples");
    let examples = examples.and_then(Value::as_object).into_iter().flatten();
    let mut values = examples.filter_map(|(_, example)| followed(example).get("value"));
    let value = values.find(|value| value.get("code").is_some_and(|code| code == kind.slug));
    for (name, member) in value.and_then(Value::as_object).into_iter().flatten() {
        if !OWN.contains(&name.as_str()) {
            problem = problem.with_member(name, member.clone());
        }
    }
    let headers = response.get("headers").and_then(Value::as_object);
    for (name, header) in headers.into_iter().flatten() {
        problem = with_required(problem, name, followed(header));
    }
    problem
}

/// Adds a header that the handler would have had to give: required, and none of the boundary's.
fn with_required(problem: Problem, name: &str, header: &Value) -> Problem {
    let says = |member: &str| header.get(member) == Some(&Value::Bool(true));
    let text = match header.get("example") {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => return problem,
    };
    match (HeaderName::try_from(name), HeaderValue::try_from(text)) {
        (Ok(name), Ok(value)) if says("required") && !says("x-boundary") => {
            problem.with_header(name, value)
        }
        _ => problem,
    }
}

fn response(operation: &Operation, status: u16) -> Option<&'static Value> {
    let path = operation.path.replace('~', "~0").replace('/', "~1");
    let method = operation.method.to_lowercase();
    let pointer = format!("/paths/{path}/{method}/responses/{status}");
    DOCUMENT.pointer(&pointer).map(followed)
}

/// What a reference into the document leads to.
fn followed(value: &'static Value) -> &'static Value {
    let target = value.get("$ref").and_then(Value::as_str);
    let target = target.and_then(|target| DOCUMENT.pointer(target.strip_prefix('#')?));
    target.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_found_among_other_preferences() {
        let read = |text: &'static str| read(&HeaderValue::from_static(text));
        let wish = |code: &str, problem: Option<&str>| {
            Some(Wish {
                code: code.to_owned(),
                problem: problem.map(str::to_owned),
            })
        };

        assert_eq!(read("code=409"), wish("409", None));
        assert_eq!(
            read("respond-async, Code = \"409\" ; problem=out-of-stock;x"),
            wish("409", Some("out-of-stock"))
        );
        assert_eq!(read("code"), wish("", None));
        assert_eq!(read("respond-async; code=409"), None);
    }
}
