//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `GET /old`
        ///
        /// Deprecated by the contract.
        async fn get_old(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetOldResponse, Self::Error>;
    }

    handler! {
        /// `GET /read/{shape}`
        async fn read(
            &self,
            ctx: Context<Self::Principal>,
            req: ReadRequest,
        ) -> Result<ReadResponse, Self::Error>;
    }

    handler! {
        /// `POST /things`
        async fn send_thing(
            &self,
            ctx: Context<Self::Principal>,
            req: SendThingRequest,
        ) -> Result<SendThingResponse, Self::Error>;
    }

    handler! {
        /// `GET /watch`
        async fn watch(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<WatchResponse, Self::Error>;
    }

    handler! {
        /// `POST /forms`
        async fn send_form(
            &self,
            ctx: Context<Self::Principal>,
            req: SendFormRequest,
        ) -> Result<SendFormResponse, Self::Error>;
    }
}

/// What `get_old` answers.
#[derive(Debug)]
pub enum GetOldResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetOldResponse> for Reply {
    fn from(response: GetOldResponse) -> Self {
        match response {
            GetOldResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `read`.
#[derive(Debug, Clone)]
pub struct ReadRequest {
    pub verbose: bool,
    pub order: models::ReadOrder,
    pub tags: Option<Vec<models::Tag>>,
    pub filter: Option<models::ReadFilter>,
    /// `X-Old`
    pub x_old: Option<String>,
    pub old: Option<String>,
    pub json: Option<models::ReadJson>,
    pub shape: models::ReadShape,
}

impl ReadRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            verbose: input.parameter(Place::Query, "verbose")?,
            order: input.parameter(Place::Query, "order")?,
            tags: input.parameter(Place::Query, "tags")?,
            filter: input.parameter(Place::Query, "filter")?,
            x_old: input.parameter(Place::Header, "X-Old")?,
            old: input.parameter(Place::Cookie, "old")?,
            json: input.parameter(Place::Query, "json")?,
            shape: input.parameter(Place::Path, "shape")?,
        })
    }
}

/// What `read` answers.
#[derive(Debug)]
pub enum ReadResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<ReadResponse> for Reply {
    fn from(response: ReadResponse) -> Self {
        match response {
            ReadResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `send_thing`.
#[derive(Debug, Clone)]
pub struct SendThingRequest {
    /// The body.
    pub body: models::Thing,
}

impl SendThingRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_thing` answers.
#[derive(Debug)]
pub enum SendThingResponse {
    /// 200: The thing.
    Ok(models::Thing),
}

impl From<SendThingResponse> for Reply {
    fn from(response: SendThingResponse) -> Self {
        match response {
            SendThingResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `watch` answers.
#[derive(Debug)]
pub enum WatchResponse {
    /// 200: What happens.
    Ok {
        /// How many
        x_count: Option<i64>,
        /// How
        x_mode: Option<models::WatchXMode>,
        /// `X-Plain`
        x_plain: Option<String>,
        /// The body.
        body: EventStream<models::WatchEvent>,
    },
}

impl From<WatchResponse> for Reply {
    fn from(response: WatchResponse) -> Self {
        match response {
            WatchResponse::Ok {
                x_count,
                x_mode,
                x_plain,
                body,
            } => Reply::new(200)
                .header("X-Count", &x_count)
                .header("X-Mode", &x_mode)
                .header("X-Plain", &x_plain)
                .events(body),
        }
    }
}

/// What a client asks of `send_form`.
#[derive(Debug, Clone)]
pub struct SendFormRequest {
    /// The body.
    pub body: SendFormBody,
}

impl SendFormRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: match input.media() {
                0 => SendFormBody::Form(input.value()?),
                _ => SendFormBody::Multipart(input.value()?),
            },
        })
    }
}

/// What `send_form` answers.
#[derive(Debug)]
pub enum SendFormResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<SendFormResponse> for Reply {
    fn from(response: SendFormResponse) -> Self {
        match response {
            SendFormResponse::NoContent => Reply::new(204),
        }
    }
}

/// A body, by its media type.
#[derive(Debug, Clone)]
pub enum SendFormBody {
    /// `application/x-www-form-urlencoded`
    Form(models::SendFormForm),
    /// `multipart/form-data`
    Multipart(models::SendFormMultipart),
}
