//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `Sync`.
pub trait SyncApi: Host {
    handler! {
        /// `GET /words`
        async fn async2(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<Async2Response, Self::Error>;
    }
}

/// What `async2` answers.
#[derive(Debug)]
pub enum Async2Response {
    /// 204: Nothing.
    NoContent,
}

impl From<Async2Response> for Reply {
    fn from(response: Async2Response) -> Self {
        match response {
            Async2Response::NoContent => Reply::new(204),
        }
    }
}
