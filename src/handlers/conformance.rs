//! Whether the service keeps its contract.

use chrono::{DateTime, Utc};
use contract::runtime::sample::Mismatch;
use contract::{Conformance, GetContractStatusResponse, models};

use super::Context;
use crate::app::App;
use crate::error::Error;

impl Conformance for App {
    async fn get_contract_status(&self, _: Context) -> Result<GetContractStatusResponse, Error> {
        let findings = self.sampler().findings();
        let mismatches = findings.mismatches.into_iter().map(told);
        Ok(GetContractStatusResponse::Ok(models::ContractStatus {
            version: contract::VERSION.to_owned(),
            hash: contract::HASH.to_owned(),
            responses: models::CheckedResponses {
                sampled_share: findings.share,
                checked: count(findings.checked),
                mismatched: count(findings.mismatched),
                passed_over: count(findings.passed_over),
            },
            mismatches: mismatches.collect(),
        }))
    }
}

fn told(mismatch: Mismatch) -> models::ContractMismatch {
    models::ContractMismatch {
        operation: mismatch.operation.to_owned(),
        status: i32::from(mismatch.status),
        pointer: mismatch.pointer,
        keyword: mismatch.keyword,
        count: count(mismatch.count),
        first_seen_at: DateTime::<Utc>::from(mismatch.first),
        last_seen_at: DateTime::<Utc>::from(mismatch.last),
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
