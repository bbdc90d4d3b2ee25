//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `Type`.
pub trait Type2: Host {
    handler! {
        /// `PUT /words`
        async fn r#gen(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GenResponse, Self::Error>;
    }
}

/// What `r#gen` answers.
#[derive(Debug)]
pub enum GenResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GenResponse> for Reply {
    fn from(response: GenResponse) -> Self {
        match response {
            GenResponse::NoContent => Reply::new(204),
        }
    }
}
