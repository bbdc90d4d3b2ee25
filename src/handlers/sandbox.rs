//! Operations on the sandbox, for test keys only.

use contract::{
    GetSandboxClockResponse, MoveSandboxClockRequest, MoveSandboxClockResponse,
    ResetSandboxClockResponse, Sandbox, models,
};

use super::{Context, caller};
use crate::app::App;
use crate::error::Error;
use crate::services::sandbox::{self, Shown};

impl Sandbox for App {
    async fn get_sandbox_clock(&self, ctx: Context) -> Result<GetSandboxClockResponse, Error> {
        let shown = sandbox::clock(self, &caller(&ctx)?);
        Ok(GetSandboxClockResponse::Ok(shown.into()))
    }

    async fn move_sandbox_clock(
        &self,
        ctx: Context,
        req: MoveSandboxClockRequest,
    ) -> Result<MoveSandboxClockResponse, Error> {
        let shown = sandbox::advance(self, &caller(&ctx)?, req.body.now).await?;
        Ok(MoveSandboxClockResponse::Ok(shown.into()))
    }

    async fn reset_sandbox_clock(&self, ctx: Context) -> Result<ResetSandboxClockResponse, Error> {
        let shown = sandbox::reset(self, &caller(&ctx)?).await?;
        Ok(ResetSandboxClockResponse::Ok(shown.into()))
    }
}

impl From<Shown> for models::SandboxClock {
    fn from(shown: Shown) -> Self {
        Self {
            now: shown.now,
            real_now: shown.real,
        }
    }
}
