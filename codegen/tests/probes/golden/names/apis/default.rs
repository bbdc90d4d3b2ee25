//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `GET /untagged/{self}`
        async fn get_untagged_self(
            &self,
            ctx: Context<Self::Principal>,
            req: GetUntaggedSelfRequest,
        ) -> Result<GetUntaggedSelfResponse, Self::Error>;
    }
}

/// What a client asks of `get_untagged_self`.
#[derive(Debug, Clone)]
pub struct GetUntaggedSelfRequest {
    /// `self`
    pub self_: String,
    /// `type`
    pub r#type: Option<String>,
    /// `Type`
    pub type2: Option<String>,
    /// `X-Type`
    pub x_type: Option<String>,
    /// `filter[name]`
    pub filter_name: Option<String>,
    pub body: Option<String>,
}

impl GetUntaggedSelfRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            self_: input.parameter(Place::Path, "self")?,
            r#type: input.parameter(Place::Query, "type")?,
            type2: input.parameter(Place::Query, "Type")?,
            x_type: input.parameter(Place::Header, "X-Type")?,
            filter_name: input.parameter(Place::Query, "filter[name]")?,
            body: input.parameter(Place::Query, "body")?,
        })
    }
}

/// What `get_untagged_self` answers.
#[derive(Debug)]
pub enum GetUntaggedSelfResponse {
    /// 200: A description; does not name a variant.
    Ok(models::OptionModel),
}

impl From<GetUntaggedSelfResponse> for Reply {
    fn from(response: GetUntaggedSelfResponse) -> Self {
        match response {
            GetUntaggedSelfResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
