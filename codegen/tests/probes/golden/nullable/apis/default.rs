//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `PUT /things`
        async fn put_thing(
            &self,
            ctx: Context<Self::Principal>,
            req: PutThingRequest,
        ) -> Result<PutThingResponse, Self::Error>;
    }
}

/// What a client asks of `put_thing`.
#[derive(Debug, Clone)]
pub struct PutThingRequest {
    /// The body.
    pub body: models::Thing,
}

impl PutThingRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `put_thing` answers.
#[derive(Debug)]
pub enum PutThingResponse {
    /// 200: The thing.
    Ok(models::Thing),
}

impl From<PutThingResponse> for Reply {
    fn from(response: PutThingResponse) -> Self {
        match response {
            PutThingResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
