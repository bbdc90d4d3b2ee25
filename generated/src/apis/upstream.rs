//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// The services that this one depends on, as it sees them.
pub trait Upstream: Host {
    handler! {
        /// Tell whether the upstream is well
        ///
        /// Asks the upstream now. Failures that may pass are tried again, within the time that one request has.
        ///
        /// `GET /v1/upstream-health`
        async fn get_upstream_health(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetUpstreamHealthResponse, Self::Error>;
    }
}

/// What `get_upstream_health` answers.
#[derive(Debug)]
pub enum GetUpstreamHealthResponse {
    /// 200: The upstream is well.
    Ok(models::UpstreamHealth),
}

impl From<GetUpstreamHealthResponse> for Reply {
    fn from(response: GetUpstreamHealthResponse) -> Self {
        match response {
            GetUpstreamHealthResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
