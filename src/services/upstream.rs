//! Whether the service behind this one is well.

use contract::{Problem, TraceId, problems};
use reqwest::Url;
use tracing::warn;

use crate::app::App;
use crate::config::Settings;
use crate::error::Error;
use crate::outbound::{Answer, Ask, CallError};

/// What is asked for, below the upstream's address.
const PATH: &str = "health";

/// Bytes that the upstream may say of its health.
const MOST_BYTES: usize = 64 * 1024;

/// An upstream that is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Where it is, without a path.
    pub origin: String,
    /// What it answered with.
    pub status: u16,
}

/// Asks the upstream how it is. 404 if there is none, 502 if it fails or cannot be reached, 504 if
/// it takes too long.
pub async fn health(app: &App, trace: &TraceId) -> Result<Upstream, Error> {
    let settings = app.settings();
    let base = settings.upstream_base_url.as_ref().ok_or_else(|| {
        Error::refused(
            problems::UPSTREAM_UNCONFIGURED,
            "the operator has not set UPSTREAM_BASE_URL",
        )
    })?;
    let answer = app.http().get(&ask(settings, base, trace)).await;
    if let Err(error) = &answer {
        warn!(error = %error, cause = std::error::Error::source(error), "the upstream gave no answer");
    }
    judge(answer).map(|status| Upstream {
        origin: base.origin().ascii_serialization(),
        status,
    })
}

fn ask<'t>(settings: &Settings, base: &Url, trace: &'t TraceId) -> Ask<'t> {
    let mut url = base.clone();
    // An address of http or https always has a path.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().push(PATH);
    }
    Ask {
        url,
        trace: Some(trace),
        // Our own answer needs its time too.
        timeout: settings
            .timeout_seconds
            .min(settings.handler_timeout.mul_f64(0.9)),
        retries: settings.upstream_retries,
        most_bytes: MOST_BYTES,
    }
}

/// The status of a success; else the problem that it is.
fn judge(answer: Result<Answer, CallError>) -> Result<u16, Error> {
    let failed = |status: u16, detail: String| {
        Problem::new(problems::UPSTREAM_ERROR)
            .with_detail(detail)
            .with_member("upstream_status", status)
            .into()
    };
    match answer {
        Ok(answer) if answer.status.is_success() => Ok(answer.status.as_u16()),
        Ok(Answer { status, .. }) => Err(failed(
            status.as_u16(),
            format!("the upstream answered {}", status.as_u16()),
        )),
        Err(CallError::TooLarge { status }) => Err(failed(
            status.as_u16(),
            format!("the upstream sent more than {MOST_BYTES} bytes"),
        )),
        Err(CallError::Unreachable(_)) => Err(Problem::new(problems::UPSTREAM_UNREACHABLE).into()),
        Err(CallError::Timeout) => Err(Problem::new(problems::UPSTREAM_TIMEOUT).into()),
    }
}
