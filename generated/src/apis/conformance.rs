//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Whether the service keeps this contract. For those who operate it, whose role sees no data of any partner.
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
