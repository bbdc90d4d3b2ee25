//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `🚀`.
pub trait U1f680: Host {
    handler! {
        /// `PATCH /words`
        async fn 주문_하기(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<주문하기Response, Self::Error>;
    }
}

/// What `주문_하기` answers.
#[derive(Debug)]
pub enum 주문하기Response {
    /// 204: Nothing.
    NoContent,
}

impl From<주문하기Response> for Reply {
    fn from(response: 주문하기Response) -> Self {
        match response {
            주문하기Response::NoContent => Reply::new(204),
        }
    }
}
