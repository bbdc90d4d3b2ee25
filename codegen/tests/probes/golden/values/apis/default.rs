//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `POST /numbers`
        async fn send_numbers(
            &self,
            ctx: Context<Self::Principal>,
            req: SendNumbersRequest,
        ) -> Result<SendNumbersResponse, Self::Error>;
    }

    handler! {
        /// `POST /formats`
        async fn send_formats(
            &self,
            ctx: Context<Self::Principal>,
            req: SendFormatsRequest,
        ) -> Result<SendFormatsResponse, Self::Error>;
    }
}

/// What a client asks of `send_numbers`.
#[derive(Debug, Clone)]
pub struct SendNumbersRequest {
    pub big: Option<u64>,
    pub amount: Option<DecimalNumber>,
    pub large: Option<i64>,
    /// The body.
    pub body: models::Numbers,
}

impl SendNumbersRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            big: input.parameter(Place::Query, "big")?,
            amount: input.parameter(Place::Query, "amount")?,
            large: input.parameter(Place::Query, "large")?,
            body: input.value()?,
        })
    }
}

/// What `send_numbers` answers.
#[derive(Debug)]
pub enum SendNumbersResponse {
    /// 200: It.
    Ok(models::Numbers),
}

impl From<SendNumbersResponse> for Reply {
    fn from(response: SendNumbersResponse) -> Self {
        match response {
            SendNumbersResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_formats`.
#[derive(Debug, Clone)]
pub struct SendFormatsRequest {
    /// The body.
    pub body: models::Formats,
}

impl SendFormatsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_formats` answers.
#[derive(Debug)]
pub enum SendFormatsResponse {
    /// 200: It.
    Ok(models::Formats),
}

impl From<SendFormatsResponse> for Reply {
    fn from(response: SendFormatsResponse) -> Self {
        match response {
            SendFormatsResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
