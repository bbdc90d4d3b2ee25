//! Requests to a running service.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::BytesMut;
use codegen::calls::Call;
use contract::runtime::media::essence;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::{sleep, timeout};

use super::{Answer, BODY_BYTES, Contract};

/// How often a request is sent again that was sent too soon (429), and the longest wait for that.
const TURNS: u32 = 5;
const WAIT: Duration = Duration::from_secs(60);

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(5);

/// How long a stream of events is listened to: it need never end.
const EVENTS: Duration = Duration::from_secs(1);

/// A client of one service.
pub struct Client {
    http: reqwest::Client,
    /// Scheme, host and port.
    origin: String,
    /// The path of the service's address, where it has one: it stands for the document's base paths.
    base: String,
    /// The base path of each operation in the document.
    bases: HashMap<String, String>,
    more: HeaderMap,
    patience: Duration,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// Nobody listens.
    #[error("the service cannot be reached: {0}")]
    Unreachable(String),
    /// No answer in time.
    #[error("no answer within {} s", .0.as_secs_f64())]
    Late(Duration),
    /// The connection broke, or what came is not HTTP.
    #[error("the connection broke before the answer was whole: {0}")]
    Broken(String),
}

/// A client for HTTP and HTTPS that follows no redirects.
///
/// # Errors
/// It cannot be built, such as where the machine has no certificates.
pub fn http(url: &reqwest::Url) -> anyhow::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .pool_idle_timeout(Duration::from_secs(20))
        .http1_only();
    let host = url.host_str().unwrap_or_default();
    if host == "localhost" || host.starts_with("127.") || host == "[::1]" {
        builder = builder.no_proxy();
    }
    builder.build().context("cannot make a client")
}

/// Reads the address of a service.
///
/// # Errors
/// It is none.
pub fn address(url: &str) -> anyhow::Result<reqwest::Url> {
    let parsed = reqwest::Url::parse(url)
        .with_context(|| format!("`{url}` is no address; write http://host:port"))?;
    if !matches!(parsed.scheme(), "http" | "https") || parsed.host_str().is_none() {
        bail!("`{url}` is no address; write http://host:port or https://host");
    }
    Ok(parsed)
}

impl Client {
    /// A client of the service at `url`; `more` headers go along with every request.
    ///
    /// # Errors
    /// The address is none, or no client can be made.
    pub fn new(
        contract: &Contract,
        url: &str,
        more: HeaderMap,
        patience: Duration,
    ) -> anyhow::Result<Self> {
        let parsed = address(url)?;
        let bases = contract.api.operations.iter().map(|operation| {
            let path = codegen::pointer::segments(&operation.pointer).nth(1);
            let base = operation.path.strip_suffix(&path.unwrap_or_default());
            (operation.id.clone(), base.unwrap_or_default().to_owned())
        });
        Ok(Self {
            http: http(&parsed)?,
            origin: parsed.origin().ascii_serialization(),
            base: parsed.path().trim_end_matches('/').to_owned(),
            bases: bases.collect(),
            more,
            patience,
        })
    }

    /// Where requests go, without their paths.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// A request as it is sent: with all headers, and below the path of the service's address.
    pub fn addressed(&self, call: &Call) -> Call {
        let mut call = call.clone();
        if !self.base.is_empty() {
            let own = self.bases.get(&call.operation).map_or("", String::as_str);
            let rest = call.target.strip_prefix(own).unwrap_or(&call.target);
            call.target = format!("{}{rest}", self.base);
        }
        for (name, value) in &self.more {
            call.headers
                .retain(|(known, _)| !known.eq_ignore_ascii_case(name.as_str()));
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            call.headers.push((name.to_string(), value));
        }
        call
    }

    /// Sends a request; waits where the service asks to (429 with `Retry-After`).
    ///
    /// # Errors
    /// There is no whole answer.
    pub async fn send(&self, call: &Call) -> Result<Answer, Silence> {
        let call = self.addressed(call);
        let mut turn = 0;
        loop {
            let sent = timeout(self.patience, self.once(&call)).await;
            let answer = sent.unwrap_or(Err(Silence::Late(self.patience)))?;
            turn += 1;
            match retry_after(&answer) {
                Some(wait) if turn < TURNS => sleep(wait).await,
                _ => return Ok(answer),
            }
        }
    }

    async fn once(&self, call: &Call) -> Result<Answer, Silence> {
        let url = format!("{}{}", self.origin, call.target);
        let method = http::Method::from_bytes(call.method.as_bytes())
            .map_err(|error| Silence::Broken(error.to_string()))?;
        let mut request = self.http.request(method, url);
        for (name, value) in &call.headers {
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = HeaderValue::from_bytes(value.as_bytes());
            if let (Ok(name), Ok(value)) = (name, value) {
                request = request.header(name, value);
            }
        }
        let may_have_body = matches!(call.method.as_str(), "POST" | "PUT" | "PATCH");
        if may_have_body || !call.body.is_empty() {
            request = request.body(call.body.clone());
        }
        let response = request.send().await.map_err(silence)?;
        read(response, call.method == "HEAD").await
    }
}

async fn read(mut response: reqwest::Response, is_head: bool) -> Result<Answer, Silence> {
    let mut answer = Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        is_head,
        ..Answer::default()
    };
    let is_stream = answer.headers.get(CONTENT_TYPE).is_some_and(|line| {
        let line = line.to_str().unwrap_or_default();
        essence(line).eq_ignore_ascii_case("text/event-stream")
    });
    let mut body = BytesMut::new();
    loop {
        let chunk = match is_stream {
            true => match timeout(EVENTS, response.chunk()).await {
                Ok(chunk) => chunk,
                Err(_) => {
                    answer.is_cut = true;
                    break;
                }
            },
            false => response.chunk().await,
        };
        let Some(chunk) = chunk.map_err(silence)? else {
            break;
        };
        body.extend_from_slice(&chunk);
        if body.len() > BODY_BYTES {
            answer.is_cut = true;
            break;
        }
    }
    answer.body = body.freeze();
    Ok(answer)
}

/// How long to wait before the next try.
fn retry_after(answer: &Answer) -> Option<Duration> {
    if answer.status != 429 {
        return None;
    }
    let line = answer.headers.get(RETRY_AFTER)?.to_str().ok()?;
    let seconds: u64 = line.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.max(1)).min(WAIT))
}

fn silence(error: reqwest::Error) -> Silence {
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    match error.is_connect() {
        true => Silence::Unreachable(cause.to_string()),
        false => Silence::Broken(cause.to_string()),
    }
}
