//! `proxy`: stands before a service, forwards all, and records how both sides keep to a document.

mod headers;
mod record;
mod tee;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use contract::runtime::problem::ProblemType;
use contract::runtime::{Problem, problem_response};
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, HOST, TRANSFER_ENCODING, UPGRADE, VIA};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Request, Response};
use tokio::sync::mpsc;

use super::traffic::{Contract, client};
pub use record::{Recorder, Records};
use tee::{Copy, Tee};

const BAD_GATEWAY: ProblemType = ProblemType {
    slug: "bad-gateway",
    status: 502,
    title: "The service behind the proxy did not answer",
};
const GATEWAY_TIMEOUT: ProblemType = ProblemType {
    slug: "gateway-timeout",
    status: 504,
    title: "The service behind the proxy took too long",
};
const NO_UPGRADE: ProblemType = ProblemType {
    slug: "upgrade-not-forwarded",
    status: 501,
    title: "The proxy does not forward upgraded connections",
};

/// Exchanges that may wait to be judged; beyond them exchanges are forwarded and not judged.
const WAITING: usize = 1_024;

/// Forwards to one service.
pub struct Proxy {
    http: reqwest::Client,
    /// Scheme, host, port and path that requests go below.
    base: String,
    patience: Duration,
    seen: mpsc::Sender<Exchange>,
}

/// A request and its answer, as far as they are looked at.
pub struct Exchange {
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub target: String,
    /// Its headers, as the client sent them.
    pub request_headers: HeaderMap,
    /// Its body.
    pub request_body: Copy,
    /// The status that came back.
    pub status: u16,
    /// The headers that came back.
    pub headers: HeaderMap,
    /// The body that came back.
    pub body: Copy,
}

impl Proxy {
    /// A proxy to the service at `url`, and what records its traffic.
    ///
    /// # Errors
    /// The address is none, or no client can be made.
    pub fn new(
        contract: Arc<Contract>,
        url: &str,
        patience: Duration,
    ) -> anyhow::Result<(Self, Recorder)> {
        let parsed = client::address(url)?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let origin = parsed.origin().ascii_serialization();
        let proxy = Self {
            http: client::http(&parsed)?,
            base: format!("{origin}{}", parsed.path().trim_end_matches('/')),
            patience,
            seen: sender,
        };
        Ok((proxy, Recorder::new(contract, receiver)))
    }

    /// Forwards a request and streams what comes back.
    pub async fn answer(&self, request: Request<Body>) -> Response<Body> {
        let (parts, body) = request.into_parts();
        if parts.headers.contains_key(UPGRADE) {
            let problem = Problem::new(NO_UPGRADE).with_detail("call the service itself");
            return problem_response(&problem, None, None);
        }
        let (tee, copy) = Tee::new(body);
        let forwarded = self.forwarded(&parts, tee);
        let sent = tokio::time::timeout(self.patience, forwarded.send()).await;
        match sent {
            Ok(Ok(answer)) => self.pass(&parts, copy, answer),
            Ok(Err(error)) => refused(&error),
            Err(_) => {
                let seconds = self.patience.as_secs_f64();
                let problem = Problem::new(GATEWAY_TIMEOUT)
                    .with_detail(format!("no answer within {seconds} s"));
                problem_response(&problem, None, None)
            }
        }
    }

    fn forwarded(&self, parts: &Parts, body: Tee) -> reqwest::RequestBuilder {
        let target = parts.uri.path_and_query().map_or("/", |it| it.as_str());
        let mut more = headers::end_to_end(&parts.headers);
        let host = more.remove(HOST);
        if let Some(host) = host {
            more.insert("x-forwarded-host", host);
        }
        more.insert("x-forwarded-proto", HeaderValue::from_static("http"));
        more.append(VIA, HeaderValue::from_static("1.1 concordat"));
        // What is compressed cannot be judged.
        more.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let has_body = parts.headers.contains_key(CONTENT_LENGTH)
            || parts.headers.contains_key(TRANSFER_ENCODING);
        let url = format!("{}{target}", self.base);
        let request = self.http.request(parts.method.clone(), url).headers(more);
        match has_body {
            true => request.body(reqwest::Body::wrap(body)),
            false => request,
        }
    }

    fn pass(&self, parts: &Parts, request_body: Copy, answer: reqwest::Response) -> Response<Body> {
        let (head, content) = http::Response::<reqwest::Body>::from(answer).into_parts();
        let (mut tee, body) = Tee::new(content);
        let exchange = Exchange {
            method: parts.method.to_string(),
            target: parts.uri.to_string(),
            request_headers: parts.headers.clone(),
            request_body,
            status: head.status.as_u16(),
            headers: head.headers.clone(),
            body,
        };
        let seen = self.seen.clone();
        tee.at_end(move || {
            // A full queue lets the exchange go unjudged: traffic comes first.
            _ = seen.try_send(exchange);
        });
        let mut response = Response::new(Body::new(tee));
        *response.status_mut() = head.status;
        *response.headers_mut() = headers::end_to_end(&head.headers);
        let via = HeaderValue::from_static("1.1 concordat");
        response.headers_mut().append(VIA, via);
        response
    }
}

fn refused(error: &reqwest::Error) -> Response<Body> {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let problem = match error.is_timeout() {
        true => Problem::new(GATEWAY_TIMEOUT),
        false => Problem::new(BAD_GATEWAY),
    };
    problem_response(&problem.with_detail(cause.to_string()), None, None)
}
