//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// The clock of your sandbox, for test keys only: the scopes that begin with `sandbox:` are granted to them alone.
pub trait Sandbox: Host {
    handler! {
        /// Tell what time it is in the sandbox
        ///
        /// The clock runs on from where it was set.
        ///
        /// `GET /v1/sandbox/clock`
        async fn get_sandbox_clock(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetSandboxClockResponse, Self::Error>;
    }

    handler! {
        /// Move the clock of the sandbox on
        ///
        /// Whatever the sandbox makes has the time of its clock, and idempotency keys are forgotten by it. It goes forward only.
        ///
        /// `POST /v1/sandbox/clock`
        async fn move_sandbox_clock(
            &self,
            ctx: Context<Self::Principal>,
            req: MoveSandboxClockRequest,
        ) -> Result<MoveSandboxClockResponse, Self::Error>;
    }

    handler! {
        /// Set the clock of the sandbox to the real time
        ///
        /// What was made later than that keeps its time.
        ///
        /// `POST /v1/sandbox/clock/reset`
        async fn reset_sandbox_clock(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<ResetSandboxClockResponse, Self::Error>;
    }
}

/// What `get_sandbox_clock` answers.
#[derive(Debug)]
pub enum GetSandboxClockResponse {
    /// 200: The time.
    Ok(models::SandboxClock),
}

impl From<GetSandboxClockResponse> for Reply {
    fn from(response: GetSandboxClockResponse) -> Self {
        match response {
            GetSandboxClockResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `move_sandbox_clock`.
#[derive(Debug, Clone)]
pub struct MoveSandboxClockRequest {
    /// The body.
    pub body: models::SandboxTime,
}

impl MoveSandboxClockRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `move_sandbox_clock` answers.
#[derive(Debug)]
pub enum MoveSandboxClockResponse {
    /// 200: The clock shows this now.
    Ok(models::SandboxClock),
}

impl From<MoveSandboxClockResponse> for Reply {
    fn from(response: MoveSandboxClockResponse) -> Self {
        match response {
            MoveSandboxClockResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `reset_sandbox_clock` answers.
#[derive(Debug)]
pub enum ResetSandboxClockResponse {
    /// 200: The clock shows the real time.
    Ok(models::SandboxClock),
}

impl From<ResetSandboxClockResponse> for Reply {
    fn from(response: ResetSandboxClockResponse) -> Self {
        match response {
            ResetSandboxClockResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
