//! The boundary: what happens to a request between the router and its handler, in this order.
//!
//! Credentials and scopes, admission, media types, parameters, body, schemas, decoding, idempotency
//! key, handler, answer. Whatever refuses, the rest does not run.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use bytes::{Bytes, BytesMut};
use futures_core::future::BoxFuture;
use futures_util::{Stream, StreamExt};
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::context::{Context, Idempotency, Matched, TraceId};
use super::credentials;
use super::events::Outgoing;
use super::form;
use super::host::{Failure, Host, Identity, Limits};
use super::input::{Input, Payload};
use super::json;
use super::media;
use super::multipart;
use super::operation::{Media, MediaKind, Operation, Policy};
use super::params::{self, Decoded};
use super::problem::{Problem, Violation, boundary};
use super::reply::{Content, Reply, problem_response};
use super::upload::{Receiver, Upload};
use super::validation::{Checks, in_body, in_parameters, response_violations};

/// A handler with its types erased.
pub(crate) type Call<A> =
    fn(A, Context<<A as Host>::Principal>, Input) -> BoxFuture<'static, Result<Reply, Failure>>;

/// An operation with its checks and its handler.
pub(crate) struct Endpoint<A: Host> {
    pub(crate) operation: &'static Operation,
    pub(crate) checks: &'static Checks,
    pub(crate) call: Call<A>,
}

/// Answers a request to a known operation.
pub(crate) async fn serve<A: Host>(
    app: A,
    endpoint: &Endpoint<A>,
    captures: Vec<(&'static str, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let trace_id = parts
        .extensions
        .get::<TraceId>()
        .cloned()
        .unwrap_or_else(TraceId::random);
    let operation = endpoint.operation;
    let mut matched = Matched {
        operation,
        caller: None,
    };
    let mut headers = http::HeaderMap::new();
    let mut call = Exchange {
        app,
        endpoint,
        parts: &parts,
        trace_id: &trace_id,
        matched: &mut matched,
        headers: &mut headers,
    };
    let outcome = call.run(&captures, body).await;
    let mut response = match outcome {
        Ok(reply) => reply.into_response(),
        Err(Failure::Declared(reply)) => reply.into_response(),
        Err(Failure::Problem(problem)) => {
            problem_response(&problem, Some(parts.uri.path()), Some(&trace_id))
        }
    };
    response.headers_mut().extend(headers);
    response.extensions_mut().insert(matched);
    response
}

struct Exchange<'r, A: Host> {
    app: A,
    endpoint: &'r Endpoint<A>,
    parts: &'r Parts,
    trace_id: &'r TraceId,
    matched: &'r mut Matched,
    headers: &'r mut http::HeaderMap,
}

impl<A: Host> Exchange<'_, A> {
    async fn run(
        &mut self,
        captures: &[(&'static str, String)],
        body: Body,
    ) -> Result<Reply, Failure> {
        let operation = self.endpoint.operation;
        let limits = self.app.limits();
        let principal = self.authenticate().await?;
        self.matched.caller = self.app.label(&principal);
        let admission = self.app.admit(operation, &principal).await?;
        self.headers.extend(admission.headers);
        let _permit = admission.permit;
        let media_type = acceptable(operation, self.parts)?;
        let (input, fingerprint) = self.read(captures, body, &limits).await?;
        let ctx = Context {
            operation,
            principal,
            trace_id: self.trace_id.clone(),
            idempotency: self.idempotency(fingerprint)?,
            media_type,
        };
        let reply = self.handle(ctx, input, &limits).await;
        declared(operation, reply, &limits)
    }

    /// The first alternative whose credentials hold and grant the scopes; else the best reason why not.
    async fn authenticate(&self) -> Result<A::Principal, Problem> {
        let operation = self.endpoint.operation;
        let alternatives =
            credentials::extract(operation, &self.parts.headers, self.parts.uri.query())?;
        if alternatives.is_empty() {
            return Ok(self.app.anonymous());
        }
        let mut refusal: Option<Problem> = None;
        for alternative in alternatives {
            if alternative.is_anonymous() {
                return refusal.map_or_else(|| Ok(self.app.anonymous()), Err);
            }
            let reason = match self
                .app
                .authenticate(operation, &alternative.credentials)
                .await
            {
                Ok(Identity { principal, scopes }) => {
                    let mut wanted = alternative
                        .credentials
                        .iter()
                        .flat_map(|credential| credential.scopes);
                    match wanted.find(|scope| !scopes.contains(scope)) {
                        None => return Ok(principal),
                        Some(missing) => Problem::new(boundary::FORBIDDEN)
                            .with_detail(format!("the scope `{missing}` is not granted")),
                    }
                }
                Err(problem) => problem,
            };
            // 503 says more than 403, and 403 more than 401.
            if refusal
                .as_ref()
                .is_none_or(|other| reason.kind.status > other.kind.status)
            {
                refusal = Some(reason);
            }
        }
        Err(refusal.unwrap_or_else(|| credentials::unauthorized(operation)))
    }

    /// Reads parameters and body and checks both; all broken places are answered at once.
    async fn read(
        &self,
        captures: &[(&'static str, String)],
        body: Body,
        limits: &Limits,
    ) -> Result<(Input, Option<[u8; 32]>), Problem> {
        let operation = self.endpoint.operation;
        let media = chosen_media(operation, self.parts, &body)?;
        let mut violations = Vec::new();
        let mut decoded = self.parameters(captures, &mut violations)?;
        let mut input = Input::default();
        if let Some(media) = media {
            input.media = index_of(operation, media);
            let body = arriving(self.parts, body, media, limits)?;
            let read = self.body(media, body, limits, &mut input, &mut violations);
            in_time(limits, read).await?;
        } else if operation.body.is_some_and(|body| body.required) {
            violations.push(missing_body());
        }
        if violations.iter().any(|violation| violation.place == "path") {
            return Err(Problem::new(boundary::NOT_FOUND));
        }
        let keyless = violations.iter().any(is_missing_key);
        if operation.idempotency == Policy::Required && keyless {
            return Err(missing_key());
        }
        if !violations.is_empty() {
            return Err(Problem::new(boundary::VALIDATION_ERROR).with_errors(violations));
        }
        let fingerprint =
            (operation.idempotency != Policy::None).then(|| fingerprint(&decoded, &input));
        std::mem::swap(&mut input.parameters, &mut decoded);
        Ok((input, fingerprint))
    }

    fn parameters(
        &self,
        captures: &[(&'static str, String)],
        violations: &mut Vec<Violation>,
    ) -> Result<Decoded, Problem> {
        let operation = self.endpoint.operation;
        let captures: Vec<(&str, &str)> = captures
            .iter()
            .map(|(name, raw)| (*name, raw.as_str()))
            .collect();
        let decoded = params::decode_into(
            operation,
            &captures,
            self.parts.uri.query(),
            &self.parts.headers,
            violations,
        )?;
        // Where the contract has no 422 to say it with, an unknown query parameter is ignored.
        if operation.response(422).is_none() {
            violations.retain(|violation| {
                violation.place != "query" || violation.keyword != "additionalProperties"
            });
        }
        let value = decoded.into_value();
        self.endpoint
            .checks
            .parameters
            .run(&value, in_parameters, violations);
        Ok(Decoded::from_value(value))
    }

    fn check(&self, media: &'static Media, value: &Value, violations: &mut Vec<Violation>) {
        let index = index_of(self.endpoint.operation, media);
        if let Some(check) = self.endpoint.checks.bodies.get(index) {
            check.run(value, in_body, violations);
        }
    }

    async fn body(
        &self,
        media: &'static Media,
        body: impl Stream<Item = Result<Bytes, Problem>> + Send + Unpin + 'static,
        limits: &Limits,
        input: &mut Input,
        violations: &mut Vec<Violation>,
    ) -> Result<(), Problem> {
        let value = match media.kind {
            MediaKind::Binary => {
                input.body = Payload::Upload(receive(body).await?);
                return Ok(());
            }
            MediaKind::Multipart => {
                let bounds = multipart::Limits {
                    text_bytes: limits.body_bytes,
                    ..multipart::Limits::default()
                };
                let form = multipart::read(media, &self.parts.headers, body, bounds).await?;
                input.files = form.files;
                form.value
            }
            MediaKind::Json => json::parse(&collect(body).await?, limits.json_depth)
                .map_err(json::JsonFault::into_problem)?,
            MediaKind::Form => form::read(media, &collect(body).await?)?,
            MediaKind::Text => {
                let text = String::from_utf8(collect(body).await?.into());
                Value::String(text.map_err(|_| not_utf8())?)
            }
        };
        self.check(media, &value, violations);
        input.body = match (media.kind, value) {
            (MediaKind::Text, Value::String(text)) => Payload::Text(text),
            (_, value) => Payload::Value(value),
        };
        Ok(())
    }

    fn idempotency(&self, fingerprint: Option<[u8; 32]>) -> Result<Option<Idempotency>, Problem> {
        let Some(fingerprint) = fingerprint else {
            return Ok(None);
        };
        let key = self
            .parts
            .headers
            .get("idempotency-key")
            .and_then(|key| key.to_str().ok());
        match key {
            Some(key) => Ok(Some(Idempotency {
                key: key.to_owned(),
                fingerprint,
            })),
            None if self.endpoint.operation.idempotency == Policy::Required => Err(missing_key()),
            None => Ok(None),
        }
    }

    /// Runs the handler within its time. A writing one runs detached: it ends though its client left.
    async fn handle(
        &self,
        ctx: Context<A::Principal>,
        input: Input,
        limits: &Limits,
    ) -> Result<Reply, Failure> {
        let call = (self.endpoint.call)(self.app.clone(), ctx, input);
        let is_read = matches!(
            self.endpoint.operation.method,
            "GET" | "HEAD" | "OPTIONS" | "TRACE"
        );
        let outcome = if is_read {
            tokio::time::timeout(limits.handler, call).await
        } else {
            let task = self.app.detach(call);
            let joined = async {
                match task.await {
                    Ok(outcome) => outcome,
                    Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
                    Err(_) => Err(shortly(Problem::new(boundary::OVERLOADED))),
                }
            };
            tokio::time::timeout(limits.handler, joined).await
        };
        outcome.unwrap_or_else(|_| Err(deadline(self.endpoint.operation)))
    }
}

fn deadline(operation: &Operation) -> Failure {
    let mut detail = "no answer in time".to_owned();
    if !matches!(operation.method, "GET" | "HEAD") {
        detail.push_str("; whether it took effect is not known yet");
    }
    shortly(Problem::new(boundary::DEADLINE_EXCEEDED).with_detail(detail))
}

/// A refusal that may be over in a second.
fn shortly(problem: Problem) -> Failure {
    let retry = http::HeaderValue::from_static("1");
    problem.with_header(http::header::RETRY_AFTER, retry).into()
}

/// Refuses a client that takes none of the representations of a success.
fn acceptable(
    operation: &'static Operation,
    parts: &Parts,
) -> Result<Option<&'static str>, Problem> {
    let media: Vec<&'static str> = operation
        .responses
        .iter()
        .filter(|response| response.is_success())
        .flat_map(|response| response.media.iter().copied())
        .collect();
    media::negotiate(&parts.headers, &media)
}

/// The declared representation that the body has; `None` without a body.
fn chosen_media(
    operation: &'static Operation,
    parts: &Parts,
    body: &Body,
) -> Result<Option<&'static Media>, Problem> {
    let Some(declared) = operation.body else {
        return Ok(None);
    };
    let is_empty = body.is_end_stream();
    let named = parts.headers.contains_key(http::header::CONTENT_TYPE);
    if is_empty && !(named && declared.required) {
        return Ok(None);
    }
    media::select_request(declared, &parts.headers).map(Some)
}

fn index_of(operation: &Operation, media: &'static Media) -> usize {
    let declared = operation.body.map_or(&[][..], |body| body.media);
    declared
        .iter()
        .position(|other| std::ptr::eq(other, media))
        .unwrap_or_default()
}

/// The body in pieces, until it breaks off or exceeds what one of this kind may have.
fn arriving(
    parts: &Parts,
    body: Body,
    media: &Media,
    limits: &Limits,
) -> Result<impl Stream<Item = Result<Bytes, Problem>> + Send + Unpin + 'static, Problem> {
    let limit = match media.kind {
        MediaKind::Multipart | MediaKind::Binary => limits.upload_bytes,
        MediaKind::Json | MediaKind::Form | MediaKind::Text => limits.body_bytes,
    };
    let announced = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit))
    {
        return Err(too_large(limit));
    }
    let mut left = limit;
    Ok(body.into_data_stream().map(move |piece| {
        let piece = piece
            .map_err(|_| Problem::new(boundary::BAD_REQUEST).with_detail("the body broke off"))?;
        left = left
            .checked_sub(piece.len())
            .ok_or_else(|| too_large(limit))?;
        Ok(piece)
    }))
}

async fn in_time(
    limits: &Limits,
    read: impl Future<Output = Result<(), Problem>>,
) -> Result<(), Problem> {
    tokio::time::timeout(limits.body_read, read)
        .await
        .unwrap_or_else(|_| {
            Err(Problem::new(boundary::REQUEST_TIMEOUT).with_detail(format!(
                "the body did not arrive within {} s",
                limits.body_read.as_secs()
            )))
        })
}

async fn receive(
    mut body: impl Stream<Item = Result<Bytes, Problem>> + Unpin,
) -> Result<Upload, Problem> {
    let mut receiver = Receiver::default();
    while let Some(piece) = body.next().await {
        receiver.push(&piece?).await?;
    }
    receiver.finish().await
}

/// A body that fits in memory. One that comes in one piece, as most do, is not copied.
async fn collect(
    mut body: impl Stream<Item = Result<Bytes, Problem>> + Unpin,
) -> Result<Bytes, Problem> {
    let Some(first) = body.next().await.transpose()? else {
        return Ok(Bytes::new());
    };
    let Some(second) = body.next().await.transpose()? else {
        return Ok(first);
    };
    let mut whole = BytesMut::from(first);
    whole.extend_from_slice(&second);
    while let Some(piece) = body.next().await.transpose()? {
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

fn too_large(limit: usize) -> Problem {
    Problem::new(boundary::BODY_TOO_LARGE)
        .with_detail(format!("a body may have {limit} bytes here"))
}

fn not_utf8() -> Problem {
    Problem::new(boundary::MALFORMED_BODY).with_detail("the text is not UTF-8")
}

fn missing_body() -> Violation {
    Violation {
        place: "body",
        parameter: None,
        pointer: String::new(),
        keyword: "required".into(),
        limit: None,
        message: "a body is required".to_owned(),
    }
}

fn missing_key() -> Problem {
    Problem::new(boundary::MISSING_IDEMPOTENCY_KEY)
        .with_detail("send an Idempotency-Key header of 1 to 255 visible ASCII characters, new for each call and the same for its retries")
}

fn is_missing_key(violation: &Violation) -> bool {
    violation.place == "header"
        && violation.keyword == "required"
        && violation
            .parameter
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("idempotency-key"))
}

/// SHA-256 over the parameters in path and query, the canonical body, and the contents of files.
fn fingerprint(parameters: &Decoded, input: &Input) -> [u8; 32] {
    let mut hash = Sha256::new();
    for map in [&parameters.path, &parameters.query] {
        hash.update(json::canonical(&Value::Object(map.clone())));
        hash.update([0]);
    }
    match &input.body {
        Payload::None => {}
        Payload::Value(value) => hash.update(json::canonical(value)),
        Payload::Text(text) => hash.update(text),
        Payload::Upload(upload) => hash.update(upload.sha256()),
    }
    for file in &input.files {
        hash.update(file.content.sha256());
    }
    hash.finalize().into()
}

/// Lets only what the contract declares leave.
fn declared(
    operation: &'static Operation,
    outcome: Result<Reply, Failure>,
    limits: &Limits,
) -> Result<Reply, Failure> {
    match outcome {
        Ok(reply) => checked(operation, reply, limits),
        Err(Failure::Declared(reply)) => checked(operation, reply, limits).map_err(Into::into),
        Err(Failure::Problem(problem)) => {
            Err(Failure::Problem(declared_problem(operation, problem)))
        }
    }
}

fn checked(operation: &'static Operation, reply: Reply, limits: &Limits) -> Result<Reply, Failure> {
    let status = reply.status.as_u16();
    if let Some(fault) = &reply.fault {
        return Err(violation(operation, status, fault).into());
    }
    if operation.response(status).is_none() {
        return Err(violation(operation, status, "the status is not declared").into());
    }
    if !limits.check_responses {
        return Ok(reply);
    }
    let media_type = reply
        .headers
        .get(http::header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = match reply.body {
        Content::Whole(bytes) => {
            if let Ok(body) = serde_json::from_slice::<Value>(&bytes)
                && let Some(broken) = broken(operation, status, &media_type, &body)
            {
                return Err(violation(operation, status, &broken).into());
            }
            Content::Whole(bytes)
        }
        Content::Events { events, is_text } => Content::Events {
            events: checked_events(operation, status, events, is_text),
            is_text,
        },
        other => other,
    };
    Ok(Reply { body, ..reply })
}

/// The first place where the body of an answer breaks its schema.
fn broken(
    operation: &'static Operation,
    status: u16,
    media_type: &str,
    body: &Value,
) -> Option<String> {
    let violations = response_violations(operation, status, media_type, body);
    let first = violations.first()?;
    Some(format!(
        "{} at `{}`: {}",
        first.keyword, first.pointer, first.message
    ))
}

/// Ends a stream before an event that breaks its schema.
fn checked_events(
    operation: &'static Operation,
    status: u16,
    events: Outgoing,
    is_text: bool,
) -> Outgoing {
    Box::pin(events.map(move |event| {
        let event = event?;
        let data = if is_text {
            Value::String(event.data.clone())
        } else {
            serde_json::from_str(&event.data).map_err(|error| error.to_string())?
        };
        match broken(operation, status, "text/event-stream", &data) {
            Some(broken) => Err(format!("it breaks the contract: {broken}")),
            None => Ok(event),
        }
    }))
}

/// A problem of a handler must be declared; a fault of ours (5xx) is one whatever the contract says.
fn declared_problem(operation: &'static Operation, problem: Problem) -> Problem {
    let status = problem.kind.status;
    if status >= 500 || problem.kind == boundary::VALIDATION_ERROR {
        return problem;
    }
    let takes_problems = operation.response(status).is_some_and(|response| {
        response.media.is_empty()
            || response
                .media
                .iter()
                .any(|range| media::covers(range, media::PROBLEM_JSON))
    });
    if takes_problems && operation.declares_problem(status, problem.kind.slug) {
        return problem;
    }
    violation(
        operation,
        status,
        &format!("the problem `{}` is not declared", problem.kind.slug),
    )
}

fn violation(operation: &Operation, status: u16, what: &str) -> Problem {
    tracing::error!(
        operation = operation.id,
        http.status = status,
        violation = what,
        "answer broke the contract"
    );
    Problem::new(boundary::CONTRACT_VIOLATION)
}

impl<A: Host> std::fmt::Debug for Endpoint<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("operation", &self.operation.id)
            .finish()
    }
}

/// Endpoints are shared by all requests.
pub(crate) type Shared<A> = Arc<Endpoint<A>>;
