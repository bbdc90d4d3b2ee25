//! Calls that the service itself makes: one client, bounded in time, in size and in tries.

use std::sync::OnceLock;
use std::time::Duration;

use anyhow::Context;
use bytes::{Bytes, BytesMut};
use contract::TraceId;
use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use tokio::time::{Instant, sleep, timeout_at};

/// Connections that are kept open to one host.
const IDLE: usize = 8;

/// How long a connection is kept open without use; most servers keep one for 60 s or longer.
const IDLE_FOR: Duration = Duration::from_secs(30);

/// The client that every call goes through, so that connections are shared. It calls whom its
/// settings name and nobody else: it follows no redirects and takes no proxy from the environment.
#[derive(Debug, Default)]
pub struct Outbound(OnceLock<Client>);

/// What is asked for, and how long and how often.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// From where.
    pub url: Url,
    /// The trace of the request for which it is asked; it goes along with a new span.
    pub trace: Option<&'a TraceId>,
    /// Time for all tries together, the body included.
    pub timeout: Duration,
    /// Tries after the first.
    pub retries: u32,
    /// Bytes that the body may have.
    pub most_bytes: usize,
}

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, whole.
    pub body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It did not come in time.
    #[error("no answer in time")]
    Timeout,
    /// No connection, or one that broke before the answer was whole.
    #[error("no connection, or it broke")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Its body is larger than was asked for.
    #[error("the body is too large")]
    TooLarge {
        /// The status of the answer.
        status: StatusCode,
    },
}

impl Outbound {
    /// Reads the machine's certificates, which takes some milliseconds and fails where there are
    /// none. Left out, the first call does it: whoever calls nobody needs none.
    pub fn prepare(&self) -> anyhow::Result<()> {
        self.client()
            .map(drop)
            .map_err(anyhow::Error::from)
            .context(
                "calls to other services cannot be made: is the package ca-certificates installed?",
            )
    }

    /// GETs something. A connection that fails, and an answer 502, 503 or 504 that does not name a
    /// time to wait, are tried again after a short pause, as often and as long as was asked for.
    /// A GET changes nothing, so that is safe.
    pub async fn get(&self, ask: &Ask<'_>) -> Result<Answer, CallError> {
        let client = self
            .client()
            .map_err(|error| CallError::Unreachable(error.into()))?;
        let deadline = Instant::now() + ask.timeout;
        let mut tries = 0;
        loop {
            let outcome = timeout_at(deadline, once(client, ask))
                .await
                .unwrap_or(Err(CallError::Timeout));
            tries += 1;
            let pause = pause(tries);
            let is_last = tries > ask.retries || Instant::now() + pause >= deadline;
            if is_last || !may_pass(&outcome) {
                return outcome;
            }
            sleep(pause).await;
        }
    }

    fn client(&self) -> Result<&Client, reqwest::Error> {
        if let Some(client) = self.0.get() {
            return Ok(client);
        }
        let client = build()?;
        Ok(self.0.get_or_init(|| client))
    }
}

fn build() -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(concat!("concordat/", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .pool_max_idle_per_host(IDLE)
        .pool_idle_timeout(IDLE_FOR)
        .build()
}

async fn once(client: &Client, ask: &Ask<'_>) -> Result<Answer, CallError> {
    let mut request = client.get(ask.url.clone());
    if let Some(trace) = ask.trace {
        request = request.header("traceparent", traceparent(trace));
    }
    let response = request.send().await.map_err(unreachable)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = whole(response, ask.most_bytes).await?;
    Ok(Answer {
        status,
        headers,
        body,
    })
}

async fn whole(mut response: Response, most: usize) -> Result<Bytes, CallError> {
    let status = response.status();
    let announced = response.content_length().unwrap_or_default();
    let mut body = BytesMut::new();
    let fits = |bytes: u64| bytes <= u64::try_from(most).unwrap_or(u64::MAX);
    if !fits(announced) {
        return Err(CallError::TooLarge { status });
    }
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if body.len().saturating_add(chunk.len()) > most {
            return Err(CallError::TooLarge { status });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn unreachable(error: reqwest::Error) -> CallError {
    // Its address may hold what is nobody's business.
    CallError::Unreachable(error.without_url().into())
}

/// The trace goes on under a new span (W3C Trace Context, section 3.2), sampled: our logs have it.
fn traceparent(trace: &TraceId) -> String {
    format!("00-{trace}-{:016x}-01", fastrand::u64(1..))
}

/// Whether another try may end better.
fn may_pass(outcome: &Result<Answer, CallError>) -> bool {
    match outcome {
        Ok(answer) => {
            matches!(answer.status.as_u16(), 502..=504) && !answer.headers.contains_key(RETRY_AFTER)
        }
        Err(error) => matches!(error, CallError::Unreachable(_)),
    }
}

/// About 50, 100, 200 ms, each somewhere between half and the whole of it.
fn pause(tries: u32) -> Duration {
    let full = 50_u64 << tries.min(6).saturating_sub(1);
    Duration::from_millis(fastrand::u64(full / 2..=full))
}
