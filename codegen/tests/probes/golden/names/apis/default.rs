//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `GET /untagged/{self}`
        async fn get_untagged_self(
            &self,
            ctx: Context<Self::Principal>,
            req: GetUntaggedSelfRequest,
        ) -> Result<GetUntaggedSelfResponse, Self::Error>;
    }

    handler! {
        /// `HEAD /ids`
        async fn head_ids(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<HeadIdsResponse, Self::Error>;
    }

    handler! {
        /// `GET /ids`
        async fn ids(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<IdsResponse, Self::Error>;
    }

    handler! {
        /// `PUT /ids`
        async fn ids_put(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<IdsPutResponse, Self::Error>;
    }

    handler! {
        /// `POST /ids`
        async fn order(
            &self,
            ctx: Context<Self::Principal>,
            req: OrderRequest,
        ) -> Result<OrderResponse, Self::Error>;
    }
}

/// What a client asks of `get_untagged_self`.
#[derive(Debug, Clone)]
pub struct GetUntaggedSelfRequest {
    /// `self`
    pub self_: String,
    /// `type`
    pub r#type: Option<String>,
    /// `Type`
    pub type2: Option<String>,
    /// `X-Type`
    pub x_type: Option<String>,
    /// `filter[name]`
    pub filter_name: Option<String>,
    pub body: Option<String>,
}

impl GetUntaggedSelfRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            self_: input.parameter(Place::Path, "self")?,
            r#type: input.parameter(Place::Query, "type")?,
            type2: input.parameter(Place::Query, "Type")?,
            x_type: input.parameter(Place::Header, "X-Type")?,
            filter_name: input.parameter(Place::Query, "filter[name]")?,
            body: input.parameter(Place::Query, "body")?,
        })
    }
}

/// What `get_untagged_self` answers.
#[derive(Debug)]
pub enum GetUntaggedSelfResponse {
    /// 200: A description; does not name a variant.
    Ok(models::OptionModel),
}

impl From<GetUntaggedSelfResponse> for Reply {
    fn from(response: GetUntaggedSelfResponse) -> Self {
        match response {
            GetUntaggedSelfResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `head_ids` answers.
#[derive(Debug)]
pub enum HeadIdsResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<HeadIdsResponse> for Reply {
    fn from(response: HeadIdsResponse) -> Self {
        match response {
            HeadIdsResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `ids` answers.
#[derive(Debug)]
pub enum IdsResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<IdsResponse> for Reply {
    fn from(response: IdsResponse) -> Self {
        match response {
            IdsResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `ids_put` answers.
#[derive(Debug)]
pub enum IdsPutResponse {
    /// 204: no
    NoContent,
}

impl From<IdsPutResponse> for Reply {
    fn from(response: IdsPutResponse) -> Self {
        match response {
            IdsPutResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `order`.
#[derive(Debug, Clone)]
pub struct OrderRequest {
    /// The body.
    pub body: Option<models::OrderJson>,
}

impl OrderRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: if input.has_body() {
                Some(input.value()?)
            } else {
                None
            },
        })
    }
}

/// What `order` answers.
#[derive(Debug)]
pub enum OrderResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<OrderResponse> for Reply {
    fn from(response: OrderResponse) -> Self {
        match response {
            OrderResponse::NoContent => Reply::new(204),
        }
    }
}
