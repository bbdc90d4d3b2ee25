//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `Place`.
pub trait PlaceApi: Host {
    handler! {
        /// `PUT /constants`
        async fn find(
            &self,
            ctx: Context<Self::Principal>,
            req: FindRequest,
        ) -> Result<FindResponse, Self::Error>;
    }
}

/// What a client asks of `find`.
#[derive(Debug, Clone)]
pub struct FindRequest {
    pub all: Option<String>,
}

impl FindRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            all: input.parameter(Place::Query, "all")?,
        })
    }
}

/// What `find` answers.
#[derive(Debug)]
pub enum FindResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<FindResponse> for Reply {
    fn from(response: FindResponse) -> Self {
        match response {
            FindResponse::NoContent => Reply::new(204),
        }
    }
}
