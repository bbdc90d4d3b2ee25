//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Whether the service keeps this contract, and who still uses what of it is deprecated. For those who operate it, whose role sees no data of any partner.
pub trait Conformance: Host {
    handler! {
        /// Tell which contract is in force, and whether answers keep to it
        ///
        /// A share of the answers is checked after they were given. What is told is what this process found since it started; its log has a line for each mismatch. It tells where answers broke the contract, never what they held.
        ///
        /// `GET /v1/contract/status`
        async fn get_contract_status(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetContractStatusResponse, Self::Error>;
    }

    handler! {
        /// List who still uses what is deprecated
        ///
        /// How often a partner used it on a day (in UTC), the newest day first. Whatever is sent counts, also in a request that is refused after its caller is known; what an answer holds counts when it is given, so that who leaves it out with `fields` does not use it. Answers over 256 KiB and streams are not looked through. Counts arrive within some seconds and are kept for 400 days.
        ///
        /// `GET /v1/contract/deprecated-uses`
        async fn list_deprecated_uses(
            &self,
            ctx: Context<Self::Principal>,
            req: ListDeprecatedUsesRequest,
        ) -> Result<ListDeprecatedUsesResponse, Self::Error>;
    }
}

/// What `get_contract_status` answers.
#[derive(Debug)]
pub enum GetContractStatusResponse {
    /// 200: The contract and what was found.
    Ok(models::ContractStatus),
}

impl From<GetContractStatusResponse> for Reply {
    fn from(response: GetContractStatusResponse) -> Self {
        match response {
            GetContractStatusResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `list_deprecated_uses`.
#[derive(Debug, Clone)]
pub struct ListDeprecatedUsesRequest {
    /// Only what this partner used.
    pub partner_id: Option<Uuid>,
    /// Only what was used of this operation, by its `operationId`.
    pub operation: Option<String>,
    /// Only what was used in this part of calls.
    pub part: Option<models::CallPart>,
    /// Only that day and later ones.
    pub since: Option<NaiveDate>,
    /// Only days before it.
    pub until: Option<NaiveDate>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListDeprecatedUsesRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            partner_id: input.parameter(Place::Query, "partner_id")?,
            operation: input.parameter(Place::Query, "operation")?,
            part: input.parameter(Place::Query, "part")?,
            since: input.parameter(Place::Query, "since")?,
            until: input.parameter(Place::Query, "until")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_deprecated_uses` answers.
#[derive(Debug)]
pub enum ListDeprecatedUsesResponse {
    /// 200: A page of uses.
    Ok(models::DeprecatedUsePage),
}

impl From<ListDeprecatedUsesResponse> for Reply {
    fn from(response: ListDeprecatedUsesResponse) -> Self {
        match response {
            ListDeprecatedUsesResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}
