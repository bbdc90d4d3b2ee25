//! The body of a request, as it arrives.

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http_body_util::BodyExt;

use super::problem::{Problem, boundary};
use super::upload::{Spool, Upload, too_large};

/// Refuses a body that says that it is larger, before any of it is read.
pub(crate) fn refuse_announced(parts: &Parts, limit: u64) -> Result<(), Problem> {
    let length = parts.headers.get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    match length.is_some_and(|length| length > limit) {
        true => Err(too_large(limit)),
        false => Ok(()),
    }
}

/// Takes all of it, in a temporary file if it is large.
pub(crate) async fn spooled(body: Body, limit: u64) -> Result<Upload, Problem> {
    let mut spool = Spool::new(limit);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        spool.push(&chunk.map_err(|_| broken_off())?).await?;
    }
    spool.finish().await
}

pub(crate) fn broken_off() -> Problem {
    Problem::new(boundary::BAD_REQUEST).with_detail("the body broke off")
}

/// Takes all of it.
pub(crate) async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Problem> {
    let mut first: Option<Bytes> = None;
    let mut rest = BytesMut::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| broken_off())?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(data.len());
        if length > limit {
            return Err(too_large(u64::try_from(limit).unwrap_or(u64::MAX)));
        }
        // A body that comes in one piece, as most do, is not copied.
        match first.take() {
            None if rest.is_empty() => first = Some(data),
            None => rest.extend_from_slice(&data),
            Some(start) => {
                rest.extend_from_slice(&start);
                rest.extend_from_slice(&data);
            }
        }
    }
    Ok(first.unwrap_or_else(|| rest.freeze()))
}

pub(crate) fn not_utf8() -> Problem {
    Problem::new(boundary::MALFORMED_BODY).with_detail("the text is not UTF-8")
}
