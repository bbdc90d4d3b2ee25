//! A client that speaks HTTP with the service in this process.

use std::collections::HashMap;
use std::future::IntoFuture;

use axum::body::Body;
use concordat::boundary::Boundary;
use contract::Operation;
use contract::runtime::operation::Policy;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use serde_json::Value;
use uuid::Uuid;

use super::answer::Answer;
use super::contract::{Found, find, request_body};

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Whoever calls, with one key or none.
#[derive(Clone)]
pub struct Client<'a> {
    boundary: &'a Boundary,
    key: Option<String>,
}

impl<'a> Client<'a> {
    pub(super) fn new(boundary: &'a Boundary, key: Option<&str>) -> Self {
        Self {
            boundary,
            key: key.map(str::to_owned),
        }
    }

    /// The same client with the key that these have in the place of its own, if they have one.
    pub(super) fn exchanged(&self, keys: &HashMap<String, String>) -> Self {
        let key = self.key.as_ref();
        Self {
            boundary: self.boundary,
            key: key.map(|key| keys.get(key).unwrap_or(key).clone()),
        }
    }

    pub fn get(&self, path: impl Into<String>) -> Call<'a> {
        self.call("GET", path)
    }

    pub fn post(&self, path: impl Into<String>, body: Value) -> Call<'a> {
        self.call("POST", path).json(body)
    }

    pub fn put(&self, path: impl Into<String>, body: Value) -> Call<'a> {
        self.call("PUT", path).json(body)
    }

    pub fn patch(&self, path: impl Into<String>, body: Value) -> Call<'a> {
        self.call("PATCH", path).json(body)
    }

    pub fn delete(&self, path: impl Into<String>) -> Call<'a> {
        self.call("DELETE", path)
    }

    /// A call without a body. One that wants an `Idempotency-Key` gets a new one, one that wants
    /// `If-Match` takes whatever is there.
    pub fn call(&self, method: &str, path: impl Into<String>) -> Call<'a> {
        let path = path.into();
        let route = path.split('?').next().unwrap();
        let operation = match find(method, route) {
            Found::Operation(operation) => Some(operation),
            Found::OtherMethods | Found::Nothing => None,
        };
        let mut call = Call {
            boundary: self.boundary,
            method: method.parse().unwrap(),
            path,
            operation,
            headers: HeaderMap::new(),
            body: Vec::new(),
            is_stalled: false,
            is_valid: true,
            is_trusted: false,
        }
        .header("host", "api.test");
        if let Some(key) = &self.key {
            call = call.header("authorization", &format!("Bearer {key}"));
        }
        if operation.is_some_and(|operation| operation.idempotency == Policy::Required) {
            call = call.idempotency_key(&Uuid::new_v4().to_string());
        }
        if operation.is_some_and(|operation| operation.if_match == Policy::Required) {
            call = call.header("if-match", "*");
        }
        call
    }
}

/// A request; to await it is to send it. Unless marked [`Call::invalid`], it must keep to the
/// contract, and the answer must not say that it does not.
#[derive(Clone)]
pub struct Call<'a> {
    boundary: &'a Boundary,
    method: Method,
    path: String,
    operation: Option<&'static Operation>,
    headers: HeaderMap,
    body: Vec<u8>,
    is_stalled: bool,
    is_valid: bool,
    is_trusted: bool,
}

impl Call<'_> {
    /// Sets a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    /// Sets a header to bytes that need not be ASCII.
    pub fn raw_header(mut self, name: &str, value: &[u8]) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers
            .insert(name, HeaderValue::from_bytes(value).unwrap());
        self
    }

    /// Adds a header beside those of the same name.
    pub fn another_header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.append(name, value.parse().unwrap());
        self
    }

    /// Takes a header away.
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    pub fn without_host(self) -> Self {
        self.without_header(HOST.as_str())
    }

    pub fn idempotency_key(self, key: &str) -> Self {
        self.header(IDEMPOTENCY_KEY, key)
    }

    /// Gives a JSON body in the media type that the operation takes.
    pub fn json(self, body: Value) -> Self {
        let media_type = self
            .operation
            .and_then(request_body)
            .map_or("application/json", |(media_type, _)| media_type);
        self.body(media_type, body.to_string())
    }

    /// Gives any body.
    pub fn body(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header(CONTENT_TYPE.as_str(), media_type)
    }

    /// Gives any text instead of the JSON body.
    pub fn text(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends a body that never ends and never comes.
    pub fn stalled(mut self) -> Self {
        self.is_stalled = true;
        self
    }

    /// Marks a request that does not keep to the contract.
    pub fn invalid(mut self) -> Self {
        self.is_valid = false;
        self
    }

    /// Takes any answer, for one that is meant to break the contract.
    pub fn trusted(mut self) -> Self {
        self.is_trusted = true;
        self
    }

    /// The method and the path, for messages.
    fn line(&self) -> String {
        let path: String = self.path.chars().take(200).collect();
        format!("{} {path}", self.method)
    }

    #[track_caller]
    fn check(&self) {
        let Some((_, media)) = self.operation.and_then(request_body) else {
            return;
        };
        let body: Value = serde_json::from_slice(&self.body).unwrap_or(Value::Null);
        let errors = media.member("schema").unwrap().errors(&body);
        assert!(
            errors.is_empty(),
            "{} sends what the contract does not allow (mark it `invalid` if that is meant): {errors:#?}",
            self.line()
        );
    }
}

impl<'a> IntoFuture for Call<'a> {
    type Output = Answer;
    type IntoFuture = BoxFuture<'a, Answer>;

    #[track_caller]
    fn into_future(self) -> BoxFuture<'a, Answer> {
        if self.is_valid {
            self.check();
        }
        Box::pin(async move {
            let line = self.line();
            let body = match self.is_stalled {
                true => Body::from_stream(stream::pending::<std::io::Result<Vec<u8>>>()),
                false => Body::from(self.body),
            };
            let mut request = Request::new(body);
            *request.method_mut() = self.method.clone();
            *request.uri_mut() = self.path.parse().unwrap();
            *request.headers_mut() = self.headers;
            let response = self.boundary.answer(request).await;
            let answer = Answer::read(line, self.method, &self.path, response.map(Body::new)).await;
            if !self.is_trusted {
                answer.check(self.is_valid);
            }
            answer
        })
    }
}
