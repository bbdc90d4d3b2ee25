//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `subscriptions`.
pub trait Subscriptions: Host {
    handler! {
        /// `POST /subscriptions`
        async fn subscribe(
            &self,
            ctx: Context<Self::Principal>,
            req: SubscribeRequest,
        ) -> Result<SubscribeResponse, Self::Error>;
    }
}

/// What a client asks of `subscribe`.
#[derive(Debug, Clone)]
pub struct SubscribeRequest {
    /// The body.
    pub body: models::SubscribeJson,
}

impl SubscribeRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `subscribe` answers.
#[derive(Debug)]
pub enum SubscribeResponse {
    /// 201: Subscribed.
    Created,
}

impl From<SubscribeResponse> for Reply {
    fn from(response: SubscribeResponse) -> Self {
        match response {
            SubscribeResponse::Created => Reply::new(201),
        }
    }
}
