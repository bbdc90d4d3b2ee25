//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `주문`.
pub trait 주문: Host {
    handler! {
        /// `DELETE /words`
        async fn n3d_delete(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<N3dDeleteResponse, Self::Error>;
    }
}

/// What `n3d_delete` answers.
#[derive(Debug)]
pub enum N3dDeleteResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<N3dDeleteResponse> for Reply {
    fn from(response: N3dDeleteResponse) -> Self {
        match response {
            N3dDeleteResponse::NoContent => Reply::new(204),
        }
    }
}
