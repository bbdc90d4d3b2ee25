//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Whether the service runs and may be sent traffic. Public, and not counted against any limit.
pub trait Health: Host {
    handler! {
        /// Show that the service runs, and which one
        ///
        /// Touches neither the database nor anything else outside the process.
        ///
        /// `GET /health`
        async fn get_health(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetHealthResponse, Self::Error>;
    }

    handler! {
        /// Tell whether the process should go on
        ///
        /// For the liveness probe. Touches nothing; if it does not answer, restart the process.
        ///
        /// `GET /health/live`
        async fn get_liveness(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetLivenessResponse, Self::Error>;
    }

    handler! {
        /// Tell whether the service may be sent traffic
        ///
        /// For the readiness probe. Asks the database (at most once a second), checks that the migrations are applied, and answers 503 while the service drains.
        ///
        /// `GET /health/ready`
        async fn get_readiness(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetReadinessResponse, Self::Error>;
    }
}

/// What `get_health` answers.
#[derive(Debug)]
pub enum GetHealthResponse {
    /// 200: The service runs.
    Ok(models::Health),
}

impl From<GetHealthResponse> for Reply {
    fn from(response: GetHealthResponse) -> Self {
        match response {
            GetHealthResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `get_liveness` answers.
#[derive(Debug)]
pub enum GetLivenessResponse {
    /// 200: The process is alive.
    Ok(models::Liveness),
}

impl From<GetLivenessResponse> for Reply {
    fn from(response: GetLivenessResponse) -> Self {
        match response {
            GetLivenessResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `get_readiness` answers.
#[derive(Debug)]
pub enum GetReadinessResponse {
    /// 200: The service is ready.
    Ok(models::Readiness),
}

impl From<GetReadinessResponse> for Reply {
    fn from(response: GetReadinessResponse) -> Self {
        match response {
            GetReadinessResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
