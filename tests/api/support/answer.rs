//! An answer, checked against the contract.

use axum::body::Body;
use contract::Operation;
use http::{HeaderMap, Method, Response};
use serde_json::Value;

use super::contract::{Found, Part, find};

/// What every answer may carry, whatever the contract says.
const COMMON_HEADERS: &[&str] = &[
    "access-control-allow-origin",
    "access-control-expose-headers",
    "cache-control",
    "content-length",
    "content-security-policy",
    "content-type",
    "referrer-policy",
    "vary",
    "x-content-type-options",
];

/// What tells of deprecation, where something is deprecated.
const TOLD_HEADERS: &[&str] = &["deprecation", "link", "sunset"];

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
    line: String,
    method: Method,
    path: String,
}

impl Answer {
    pub(super) async fn read(
        line: String,
        method: Method,
        path: &str,
        response: Response<Body>,
    ) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status.as_u16(),
            headers: head.headers,
            body: axum::body::to_bytes(body, usize::MAX).await.unwrap().into(),
            line,
            method,
            path: path.split('?').next().unwrap().to_owned(),
        }
    }

    /// A header's text, empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| self.fail(&error.to_string()))
    }

    /// Checks the status and gives the body.
    #[track_caller]
    pub fn assert_status(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.told());
        match self.body.as_slice() {
            [] => Value::Null,
            _ => self.json(),
        }
    }

    /// Checks that this is the problem of this status and code, and gives it.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, code: &str) -> Value {
        let problem = self.assert_status(status);
        assert_eq!(problem["code"], code, "{}", self.told());
        problem
    }

    /// Checks that this is a 422 that lists exactly these places: pointer or parameter, and
    /// keyword.
    #[track_caller]
    pub fn assert_violations(&self, expected: &[(&str, &str)]) -> Value {
        let problem = self.assert_problem(422, "validation-error");
        let errors = problem["errors"].as_array().unwrap();
        let mut found: Vec<_> = errors.iter().map(place_and_keyword).collect();
        found.sort();
        let mut expected: Vec<_> = expected
            .iter()
            .map(|(place, keyword)| ((*place).to_owned(), (*keyword).to_owned()))
            .collect();
        expected.sort();
        assert_eq!(found, expected, "{}", self.told());
        problem
    }

    /// Fails unless the contract declares this answer to this request.
    pub(super) fn check(&self, is_valid: bool) {
        if self.headers.get("x-content-type-options").is_none() {
            self.fail("has no security headers");
        }
        match find(self.method.as_str(), &self.path) {
            _ if self.is_preflight() => {}
            Found::Operation(operation) => self.check_declared(operation),
            Found::OtherMethods => _ = self.check_problem(405, "method-not-allowed"),
            Found::Nothing if self.status < 400 => {}
            Found::Nothing => _ = self.check_problem(self.status, ""),
        }
        let blames = matches!(self.status, 400 | 415 | 422)
            && !self.body.is_empty()
            && self.json()["code"] != "idempotency-mismatch";
        if is_valid && blames {
            self.fail("refuses a request that keeps to the contract");
        }
        if !is_valid && self.status < 400 {
            self.fail("accepts a request that is meant to break the contract");
        }
    }

    fn is_preflight(&self) -> bool {
        self.method == Method::OPTIONS && self.headers.contains_key("access-control-allow-methods")
    }

    fn check_declared(&self, operation: &'static Operation) {
        let responses = Part::of(operation).member("responses").unwrap();
        // The boundary's own refusals come before any operation is known.
        let Some(response) = responses.member(&self.status.to_string()) else {
            self.fail("has a status that the contract does not declare");
        };
        self.check_headers(&response, operation);
        self.check_body(&response);
        if self.status >= 400 && self.method != Method::HEAD {
            let problem = self.check_problem(self.status, "");
            let declared = response.value["x-problems"].as_array().unwrap();
            if !declared.contains(&problem["code"]) {
                self.fail("is a problem that the contract does not declare for this status");
            }
        }
    }

    fn check_headers(&self, response: &Part, operation: &Operation) {
        let declared = response
            .member("headers")
            .map(|headers| headers.members())
            .unwrap_or_default();
        for (name, header) in &declared {
            let values: Vec<_> = self.headers.get_all(*name).iter().collect();
            if values.is_empty() && header.value["required"] == true {
                self.fail(&format!("lacks the header {name}"));
            }
            let schema = header.member("schema").unwrap();
            for value in values {
                let errors = schema.errors(&typed(&schema, value.to_str().unwrap()));
                if !errors.is_empty() {
                    self.fail(&format!("has a bad header {name}: {errors:?}"));
                }
            }
        }
        for name in self.headers.keys() {
            let is_declared = declared
                .iter()
                .any(|(declared, _)| declared.eq_ignore_ascii_case(name.as_str()));
            let may_be_old = operation.deprecated || operation.outdated.is_some();
            let is_told = may_be_old && TOLD_HEADERS.contains(&name.as_str());
            if !is_declared && !is_told && !COMMON_HEADERS.contains(&name.as_str()) {
                self.fail(&format!(
                    "has the header {name}, which the contract does not declare"
                ));
            }
        }
    }

    fn check_body(&self, response: &Part) {
        let media_type = self.header("content-type");
        let Some(content) = response.member("content") else {
            if !self.body.is_empty() || !media_type.is_empty() {
                self.fail("has content where the contract declares none");
            }
            return;
        };
        let Some(media) = content.member(media_type) else {
            self.fail("has a media type that the contract does not declare");
        };
        if self.method == Method::HEAD {
            if !self.body.is_empty() {
                self.fail("has a body, though it answers HEAD");
            }
            return;
        }
        let body = match media_type.contains("json") {
            true => self.json(),
            false => String::from_utf8_lossy(&self.body).into(),
        };
        let errors = media.member("schema").unwrap().errors(&body);
        if !errors.is_empty() {
            self.fail(&format!("has a body that breaks its schema: {errors:#?}"));
        }
    }

    /// What holds for every problem, whether an operation was found or not.
    fn check_problem(&self, status: u16, code: &str) -> Value {
        if self.header("content-type") != "application/problem+json" {
            self.fail("is an error, but not a problem");
        }
        if self.method == Method::HEAD {
            return Value::Null;
        }
        let problem = self.json();
        let errors = super::contract::schema("Problem").errors(&problem);
        if !errors.is_empty() {
            self.fail(&format!("is a malformed problem: {errors:#?}"));
        }
        let own_code = problem["code"].as_str().unwrap();
        if self.status != status || !code.is_empty() && own_code != code {
            self.fail(&format!("is not {status} {code}"));
        }
        if problem["status"] != self.status {
            self.fail("names another status than it has");
        }
        if problem["type"] != format!("/problems/{own_code}") {
            self.fail("has another type than code");
        }
        let known = Part::at("/x-problem-types").member(own_code);
        if known.is_none_or(|known| known.value["status"] != self.status) {
            self.fail("is of a type that `x-problem-types` does not list for this status");
        }
        problem
    }

    #[track_caller]
    fn fail(&self, what: &str) -> ! {
        panic!("the answer {what}\n{}", self.told())
    }

    fn told(&self) -> String {
        let body: String = String::from_utf8_lossy(&self.body)
            .chars()
            .take(2_000)
            .collect();
        format!(
            "{} answered {}\n{:#?}\n{body}",
            self.line, self.status, self.headers
        )
    }
}

/// A header's text as a value of the schema's type.
fn typed(schema: &Part, text: &str) -> Value {
    match schema.value["type"].as_str() {
        Some("integer" | "boolean") => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => text.into(),
    }
}

fn place_and_keyword(error: &Value) -> (String, String) {
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (
        format!("{}{}", text("parameter"), text("pointer")),
        text("keyword"),
    )
}
