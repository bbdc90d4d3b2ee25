//! Whether the service lives and can work.

use contract::{
    GetHealthResponse, GetLivenessResponse, GetReadinessResponse, Health, models, problems,
};

use super::Context;
use crate::app::App;
use crate::error::Error;
use crate::services::health::{self, Readiness};

impl Health for App {
    async fn get_health(&self, _: Context) -> Result<GetHealthResponse, Error> {
        Ok(GetHealthResponse::Ok(models::Health {
            status: models::HealthStatus::Ok,
            timestamp: self.now(),
            version: contract::VERSION.to_owned(),
            contract_hash: contract::HASH.to_owned(),
        }))
    }

    async fn get_liveness(&self, _: Context) -> Result<GetLivenessResponse, Error> {
        Ok(GetLivenessResponse::Ok(models::Liveness {
            status: models::LivenessStatus::Alive,
        }))
    }

    async fn get_readiness(&self, _: Context) -> Result<GetReadinessResponse, Error> {
        match health::readiness(self).await {
            Readiness::Ready => Ok(GetReadinessResponse::Ok(models::Readiness {
                status: models::ReadinessStatus::Ready,
                database: models::ReadinessDatabase::Connected,
                migrations: models::ReadinessMigrations::Applied,
            })),
            Readiness::NotReady(reason) => Err(Error::refused(problems::NOT_READY, reason)),
        }
    }
}
