//! The boundary: what happens to a request between the router and its handler, in this order.
//!
//! Sunset, credentials and scopes, admission, media types, parameters, body, schemas, decoding,
//! idempotency key, preconditions, handler, answer. Whatever refuses, the rest does not run.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use bytes::Bytes;
use futures_core::future::BoxFuture;
use futures_util::TryStreamExt;
use http::header::LINK;
use http::request::Parts;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::task::unconstrained;
use tokio::time::sleep;

use super::body::{broken_off, collect, not_utf8, refuse_announced, spooled};
use super::conditional::Preconditions;
use super::context::{Context, Idempotency, Matched};
use super::credentials;
use super::declared::{declared, settled};
use super::detached::Detached;
use super::form;
use super::host::{Ending, Failure, Host, Identity, Limits, Record, Step};
use super::input::{Input, Payload};
use super::json;
use super::life;
use super::media;
use super::multipart;
use super::operation::{Media, MediaKind, Operation, Policy, Shape};
use super::pages;
use super::params::{self, Decoded};
use super::problem::{Problem, Violation, boundary};
use super::reply::{Reply, problem_reply};
use super::sparse;
use super::trace_id::TraceId;
use super::usage::Usage;
use super::validation::{Check, Checks, in_body, in_parameters, missing_body};

/// A handler with its types erased.
pub(crate) type Call<A> =
    fn(A, Context<<A as Host>::Principal>, Input) -> BoxFuture<'static, Result<Reply, Failure>>;

/// An operation with its checks and its handler.
pub(crate) struct Endpoint<A: Host> {
    pub(crate) operation: &'static Operation,
    pub(crate) checks: &'static Checks,
    pub(crate) call: Call<A>,
}

impl<A: Host> Endpoint<A> {
    /// Whether what a path captures satisfies the schemas of its parameters.
    pub(crate) fn takes(&self, captures: &[(&'static str, &str)]) -> bool {
        let mut broken = Vec::new();
        let headers = http::HeaderMap::new();
        let decoded = params::decode_into(self.operation, captures, None, &headers, &mut broken);
        let Ok(decoded) = decoded else { return false };
        let check = &self.checks.parameters;
        check.run(&decoded.into_value(), in_parameters, &mut broken);
        broken.iter().all(|violation| violation.place != "path")
    }
}

/// Answers a request to a known operation.
///
/// What runs for a request is one future on the heap. It is kept small, since it is moved there whole:
/// nothing that an `async fn` is given by value lives on beside what becomes of it.
pub(crate) fn serve<A: Host>(
    app: A,
    endpoint: Shared<A>,
    captures: Vec<(&'static str, String)>,
    trace_id: TraceId,
    request: Request,
) -> impl Future<Output = Response> {
    let (parts, body) = request.into_parts();
    async move { answered(app, &endpoint, &captures, &trace_id, &parts, body).await }
}

async fn answered<A: Host>(
    app: A,
    endpoint: &Endpoint<A>,
    captures: &[(&'static str, String)],
    trace_id: &TraceId,
    parts: &Parts,
    body: Body,
) -> Response {
    let operation = endpoint.operation;
    let mut matched = Matched {
        operation,
        caller: None,
    };
    let mut headers = http::HeaderMap::new();
    let mut call = Exchange {
        app,
        endpoint,
        parts,
        trace_id,
        matched: &mut matched,
        headers: &mut headers,
        step: Step::Authorization,
        record: None,
        usage: Usage::new(operation),
    };
    let outcome = call.run(captures, body).await;
    if let Some(record) = call.record.take() {
        record.end(ending(&outcome, call.step));
    }
    let told = life::headers(operation, call.usage.lives());
    let reply = match outcome {
        Ok(reply) | Err(Failure::Declared(reply)) => reply,
        Err(Failure::Problem(problem)) => {
            problem_reply(&problem, Some(parts.uri.path()), Some(trace_id))
        }
    };
    if let Some(sampler) = call.app.sampler() {
        sampler.observe(operation, &reply);
    }
    let mut response = reply.into_response();
    response.headers_mut().extend(headers);
    life::tell(response.headers_mut(), told);
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
    /// What decides at present.
    step: Step,
    record: Option<Box<dyn Record>>,
    usage: Usage,
}

impl<A: Host> Exchange<'_, A> {
    async fn run(
        &mut self,
        captures: &[(&'static str, String)],
        body: Body,
    ) -> Result<Reply, Failure> {
        let operation = self.endpoint.operation;
        let limits = self.app.limits();
        if life::is_over(operation, std::time::SystemTime::now) {
            return Err(Problem::new(boundary::GONE).into());
        }
        let principal = if operation.security.is_empty() {
            self.app.anonymous()
        } else {
            in_time(limits.handler, pin!(self.authenticate()))
                .await
                .unwrap_or_else(|| Err(deadline("no answer in time")))?
        };
        self.matched.caller = self.app.label(&principal);
        self.begin_record(&principal);
        self.step = Step::Admission;
        let admission = self
            .app
            .admit(operation, &principal, &self.parts.headers)
            .await?;
        self.headers.extend(admission.headers);
        let permit = admission.permit;
        if self.usage.is_possible() {
            self.usage.begin(self.app.uses(operation, &principal));
        }
        self.step = Step::Negotiation;
        let media_type = acceptable(operation, self.parts)?;
        self.step = Step::Request;
        let (call, wanted, preconditions) = {
            let (input, fingerprint) = self.read(captures, body, &limits).await?;
            let wanted = sparse::wanted(operation, &input.parameters);
            let preconditions = Preconditions::read(operation, &self.parts.headers);
            let ctx = Context {
                operation,
                principal,
                trace_id: *self.trace_id,
                idempotency: self.idempotency(fingerprint)?,
                preconditions: preconditions.clone(),
                media_type,
            };
            let call = (self.endpoint.call)(self.app.clone(), ctx, input);
            (call, wanted, preconditions)
        };
        self.step = Step::Handler;
        let reply = self.handle(call, permit, limits.handler).await;
        let reply = reply.map(|reply| sparse::reduced(operation, wanted.as_deref(), reply));
        let mut reply = declared(operation, reply, &limits)?;
        let link = reply.next.as_ref();
        let link = link.and_then(|next| pages::link(&self.parts.uri, next));
        reply.headers.extend(link.map(|link| (LINK, link)));
        let status = reply.status;
        let settled = settled(operation, &preconditions, reply);
        if settled.as_ref().ok().map(|reply| reply.status) != Some(status) {
            self.step = Step::Answer;
        }
        settled.map(|reply| self.usage.answer(reply))
    }

    /// The first alternative whose credentials hold and grant the scopes; else the best reason why not.
    async fn authenticate(&mut self) -> Result<A::Principal, Problem> {
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
                        Some(missing) => {
                            self.begin_record(&principal);
                            Problem::new(boundary::FORBIDDEN)
                                .with_detail(format!("the scope `{missing}` is not granted"))
                        }
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

    /// From here on the call is kept, if it may be.
    fn begin_record(&mut self, principal: &A::Principal) {
        let operation = self.endpoint.operation;
        if operation.log {
            self.record = self
                .app
                .record(operation, principal, self.parts, self.trace_id);
        }
    }

    /// Reads parameters and body and checks both; all broken places are answered at once.
    async fn read(
        &mut self,
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
            // In a box: it is large, and would be moved about with every request that has no body.
            let reading = self.body(media, body, limits, &mut input, &mut violations);
            let reading = Box::pin(reading);
            let read = in_time(limits.body_read, reading).await;
            read.unwrap_or_else(|| Err(late(limits.body_read)))?;
            self.usage.body(&input);
        } else if operation.body.is_some_and(|body| body.required) {
            violations.push(missing_body());
        }
        if violations.iter().any(|violation| violation.place == "path") {
            return Err(Problem::new(boundary::NOT_FOUND));
        }
        let lacks = |name| violations.iter().any(|it| is_missing_header(it, name));
        if operation.idempotency == Policy::Required && lacks("idempotency-key") {
            return Err(missing_key());
        }
        // Only the handler knows whether there is anything to have a condition on: 404 comes first.
        if operation.if_match == Policy::Required {
            violations.retain(|it| !is_missing_header(it, "if-match"));
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
        &mut self,
        captures: &[(&'static str, String)],
        violations: &mut Vec<Violation>,
    ) -> Result<Decoded, Problem> {
        let operation = self.endpoint.operation;
        let mut decoded = params::decode_into(
            operation,
            captures,
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
        let check = &self.endpoint.checks.parameters;
        if !matches!(check, Check::None) {
            let value = decoded.into_value();
            check.run(&value, in_parameters, violations);
            decoded = Decoded::from_value(value);
        }
        self.usage.parameters(&decoded);
        decoded.add_defaults(operation);
        Ok(decoded)
    }

    fn check(&self, media: &'static Media, value: &Value, violations: &mut Vec<Violation>) {
        let index = index_of(self.endpoint.operation, media);
        if let Some(check) = self.endpoint.checks.bodies.get(index) {
            check.run(value, in_body, violations);
        }
    }

    /// Reads and checks the body. Bytes and files are spooled as they arrive.
    async fn body(
        &mut self,
        media: &'static Media,
        body: Body,
        limits: &Limits,
        input: &mut Input,
        violations: &mut Vec<Violation>,
    ) -> Result<(), Problem> {
        let upload_bytes = u64::try_from(limits.upload_bytes).unwrap_or(u64::MAX);
        let upload_bytes = upload_bytes.min(media.max_bytes.unwrap_or(u64::MAX));
        let body_bytes = u64::try_from(limits.body_bytes).unwrap_or(u64::MAX);
        input.body = match media.kind {
            MediaKind::Binary => {
                refuse_announced(self.parts, upload_bytes)?;
                Payload::Upload(spooled(body, upload_bytes).await?)
            }
            MediaKind::Multipart => {
                refuse_announced(self.parts, upload_bytes)?;
                let bounds = multipart::Limits {
                    text_bytes: limits.body_bytes,
                    total_bytes: upload_bytes,
                    ..multipart::Limits::default()
                };
                let body = TryStreamExt::map_err(body.into_data_stream(), |_| broken_off());
                let form = multipart::read(media, &self.parts.headers, body, bounds).await?;
                input.files = form.files;
                self.check(media, &form.value, violations);
                Payload::Value(form.value)
            }
            MediaKind::Json | MediaKind::Form | MediaKind::Text => {
                refuse_announced(self.parts, body_bytes)?;
                let bytes = collect(body, limits.body_bytes).await?;
                if let Some(record) = &mut self.record {
                    record.body(media, &bytes);
                }
                self.payload(media, bytes, limits, violations)?
            }
        };
        Ok(())
    }

    fn payload(
        &self,
        media: &'static Media,
        bytes: Bytes,
        limits: &Limits,
        violations: &mut Vec<Violation>,
    ) -> Result<Payload, Problem> {
        let value = match media.kind {
            MediaKind::Form => form::read(media, &bytes)?,
            MediaKind::Text => {
                let text = String::from_utf8(bytes.into()).map_err(|_| not_utf8())?;
                match media.shape {
                    Shape::Any => Value::String(text),
                    shape => shape.coerce(&text),
                }
            }
            _ => json::parse(&bytes, limits.json_depth).map_err(json::JsonFault::into_problem)?,
        };
        self.check(media, &value, violations);
        Ok(match (media.kind, value) {
            (MediaKind::Text, Value::String(text)) if matches!(media.shape, Shape::Any) => {
                Payload::Text(text)
            }
            (_, value) => Payload::Value(value),
        })
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

    /// Runs the handler within its time. A writing one runs detached: it ends though its client left,
    /// and keeps its permit until then.
    async fn handle(
        &self,
        call: BoxFuture<'static, Result<Reply, Failure>>,
        permit: Option<Box<dyn Send + Sync>>,
        time: Duration,
    ) -> Result<Reply, Failure> {
        let outcome = if self.endpoint.operation.is_read() {
            let _permit = permit;
            in_time(time, call).await
        } else {
            let call = Detached::new(self.app.clone(), call, permit);
            in_time(time, call).await
        };
        outcome.unwrap_or_else(|| {
            Err(deadline(match self.endpoint.operation.is_read() {
                true => "no answer in time",
                false => "no answer in time; whether it took effect is not known yet",
            })
            .into())
        })
    }
}

fn deadline(detail: &'static str) -> Problem {
    shortly(Problem::new(boundary::DEADLINE_EXCEEDED).with_detail(detail))
}

/// A refusal that may be over in a second.
fn shortly(problem: Problem) -> Problem {
    let retry = http::HeaderValue::from_static("1");
    problem.with_header(http::header::RETRY_AFTER, retry)
}

/// Refuses a client that takes none of the representations of a success.
fn acceptable(
    operation: &'static Operation,
    parts: &Parts,
) -> Result<Option<&'static str>, Problem> {
    let successes = operation.responses.iter().filter(|it| it.is_success());
    let media = successes.flat_map(|response| response.media.iter().copied());
    media::negotiate(&parts.headers, media)
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

/// What comes of it; `None` once the time is up. What is ready at once sets no timer.
async fn in_time<T>(time: Duration, mut work: impl Future<Output = T> + Unpin) -> Option<T> {
    let mut timer = pin!(None);
    poll_fn(|cx| {
        if let Poll::Ready(outcome) = Pin::new(&mut work).poll(cx) {
            return Poll::Ready(Some(outcome));
        }
        if timer.is_none() {
            // Without tokio's budget, which work may use up with every poll.
            timer.set(Some(unconstrained(sleep(time))));
        }
        let timer = timer.as_mut().as_pin_mut();
        timer.map_or(Poll::Pending, |timer| timer.poll(cx).map(|()| None))
    })
    .await
}

fn late(time: Duration) -> Problem {
    Problem::new(boundary::REQUEST_TIMEOUT).with_detail(format!(
        "the body did not arrive within {} s",
        time.as_secs()
    ))
}

fn missing_key() -> Problem {
    Problem::new(boundary::MISSING_IDEMPOTENCY_KEY)
        .with_detail("send an Idempotency-Key header of 1 to 255 visible ASCII characters, new for each call and the same for its retries")
}

fn is_missing_header(violation: &Violation, wanted: &str) -> bool {
    violation.place == "header"
        && violation.keyword == "required"
        && violation
            .parameter
            .as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case(wanted))
}

fn ending(outcome: &Result<Reply, Failure>, step: Step) -> Ending {
    let (status, problem) = match outcome {
        Ok(reply) | Err(Failure::Declared(reply)) => (reply.status.as_u16(), None),
        Err(Failure::Problem(problem)) => (problem.kind.status, Some(problem.kind.slug)),
    };
    let withheld = problem == Some(boundary::CONTRACT_VIOLATION.slug);
    Ending {
        status,
        problem,
        step: if withheld { Step::Answer } else { step },
    }
}

/// SHA-256 over the parameters in path and query, the canonical body, and the files.
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
        let said = (
            &file.head.name,
            &file.head.file_name,
            &file.head.content_type,
        );
        hash.update([0]);
        hash.update(serde_json::to_vec(&said).unwrap_or_default());
        hash.update(file.content.sha256());
    }
    hash.finalize().into()
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
