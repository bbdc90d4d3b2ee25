//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `Asked`.
pub trait Asked: Host {
    handler! {
        /// `POST /constants`
        async fn json(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<JsonResponse, Self::Error>;
    }
}

/// What `json` answers.
#[derive(Debug)]
pub enum JsonResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<JsonResponse> for Reply {
    fn from(response: JsonResponse) -> Self {
        match response {
            JsonResponse::NoContent => Reply::new(204),
        }
    }
}
