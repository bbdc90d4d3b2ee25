//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Whether the service runs and may be sent traffic. Public, and not counted against any limit.
pub trait Health: Host {
    /// Show that the service runs, and which one
    ///
    /// Touches neither the database nor anything else outside the process.
    ///
    /// `GET /health`
    #[cfg(not(feature = "stubs"))]
    fn get_health(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetHealthResponse, Self::Error>> + Send;

    /// Answers 501 until it is written.
    #[cfg(feature = "stubs")]
    fn get_health(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetHealthResponse, Self::Error>> + Send {
        std::future::ready(Err(not_implemented(ctx.operation).into()))
    }

    /// Tell whether the process should go on
    ///
    /// For the liveness probe. Touches nothing; if it does not answer, restart the process.
    ///
    /// `GET /health/live`
    #[cfg(not(feature = "stubs"))]
    fn get_liveness(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetLivenessResponse, Self::Error>> + Send;

    /// Answers 501 until it is written.
    #[cfg(feature = "stubs")]
    fn get_liveness(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetLivenessResponse, Self::Error>> + Send {
        std::future::ready(Err(not_implemented(ctx.operation).into()))
    }

    /// Tell whether the service may be sent traffic
    ///
    /// For the readiness probe. Asks the database (at most once a second), checks that the migrations are applied, and answers 503 while the service drains.
    ///
    /// `GET /health/ready`
    #[cfg(not(feature = "stubs"))]
    fn get_readiness(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetReadinessResponse, Self::Error>> + Send;

    /// Answers 501 until it is written.
    #[cfg(feature = "stubs")]
    fn get_readiness(
        &self,
        ctx: Context<Self::Principal>,
    ) -> impl Future<Output = Result<GetReadinessResponse, Self::Error>> + Send {
        std::future::ready(Err(not_implemented(ctx.operation).into()))
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
