//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// A word of Rust, twice over.
pub trait Type: Host {
    handler! {
        /// `POST /words`
        async fn r#async(
            &self,
            ctx: Context<Self::Principal>,
            req: AsyncRequest,
        ) -> Result<AsyncResponse, Self::Error>;
    }
}

/// What a client asks of `r#async`.
#[derive(Debug, Clone)]
pub struct AsyncRequest {
    /// The body.
    pub body: models::ResultModel,
}

impl AsyncRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `r#async` answers.
#[derive(Debug)]
pub enum AsyncResponse {
    /// 200: It.
    Ok(models::ResultModel),
}

impl From<AsyncResponse> for Reply {
    fn from(response: AsyncResponse) -> Self {
        match response {
            AsyncResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
