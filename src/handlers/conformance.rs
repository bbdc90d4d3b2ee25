//! Whether the service keeps its contract.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use contract::runtime::sample::Mismatch;
use contract::{
    Conformance, GetContractStatusResponse, ListDeprecatedUsesRequest, ListDeprecatedUsesResponse,
    models,
};

use super::{Context, same_words};
use crate::app::App;
use crate::db::types::Time;
use crate::error::Error;
use crate::repository::uses::{Part, Use, UseFilter};
use crate::services::pages::Wanted;
use crate::services::uses;

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

    async fn list_deprecated_uses(
        &self,
        ctx: Context,
        req: ListDeprecatedUsesRequest,
    ) -> Result<ListDeprecatedUsesResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = UseFilter {
            partner: req.partner_id.map(Into::into),
            operation: req.operation,
            part: req.part.map(Into::into),
            since: req.since.map(beginning),
            until: req.until.map(beginning),
        };
        let page = uses::list(self, ctx.principal.partner()?, &filter, &wanted)
            .await?
            .map(models::DeprecatedUse::from);
        Ok(ListDeprecatedUsesResponse::Ok(models::DeprecatedUsePage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }
}

/// The first moment of a day.
fn beginning(day: NaiveDate) -> Time {
    day.and_time(NaiveTime::MIN).and_utc().into()
}

impl From<Use> for models::DeprecatedUse {
    fn from(it: Use) -> Self {
        Self {
            day: it.day.date_naive(),
            partner_id: it.partner_id.into(),
            operation: it.operation,
            part: it.part.into(),
            place: it.place,
            value: Some(it.value).filter(|value| !value.is_empty()),
            count: it.count,
        }
    }
}

same_words!(Part as CallPart: Operation, Path, Query, Header, Cookie, Request, Answer);

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
