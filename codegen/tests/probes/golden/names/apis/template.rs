//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `Template`.
pub trait Template: Host {
    handler! {
        /// `GET /constants`
        async fn all(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<AllResponse, Self::Error>;
    }
}

/// What `all` answers.
#[derive(Debug)]
pub enum AllResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<AllResponse> for Reply {
    fn from(response: AllResponse) -> Self {
        match response {
            AllResponse::NoContent => Reply::new(204),
        }
    }
}
