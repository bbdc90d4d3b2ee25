//! Operations on what this service depends on.

use contract::{GetUpstreamHealthResponse, Upstream, models};

use super::Context;
use crate::app::App;
use crate::error::Error;
use crate::services::upstream;

impl Upstream for App {
    async fn get_upstream_health(&self, ctx: Context) -> Result<GetUpstreamHealthResponse, Error> {
        let seen = upstream::health(self, &ctx.trace_id).await?;
        Ok(GetUpstreamHealthResponse::Ok(models::UpstreamHealth {
            app: self.settings().app_name.clone(),
            upstream: seen.origin,
            status_code: i32::from(seen.status),
        }))
    }
}
