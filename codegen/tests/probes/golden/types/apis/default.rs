//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `POST /shapes`
        async fn send_shape(
            &self,
            ctx: Context<Self::Principal>,
            req: SendShapeRequest,
        ) -> Result<SendShapeResponse, Self::Error>;
    }

    handler! {
        /// `POST /accounts`
        async fn send_account(
            &self,
            ctx: Context<Self::Principal>,
            req: SendAccountRequest,
        ) -> Result<SendAccountResponse, Self::Error>;
    }

    handler! {
        /// `POST /trees`
        async fn send_tree(
            &self,
            ctx: Context<Self::Principal>,
            req: SendTreeRequest,
        ) -> Result<SendTreeResponse, Self::Error>;
    }

    handler! {
        /// `POST /composed`
        async fn send_composed(
            &self,
            ctx: Context<Self::Principal>,
            req: SendComposedRequest,
        ) -> Result<SendComposedResponse, Self::Error>;
    }

    handler! {
        /// `POST /defaults`
        async fn send_defaults(
            &self,
            ctx: Context<Self::Principal>,
            req: SendDefaultsRequest,
        ) -> Result<SendDefaultsResponse, Self::Error>;
    }
}

/// What a client asks of `send_shape`.
#[derive(Debug, Clone)]
pub struct SendShapeRequest {
    /// The body.
    pub body: models::Shape,
}

impl SendShapeRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_shape` answers.
#[derive(Debug)]
pub enum SendShapeResponse {
    /// 200: What was sent.
    Ok(models::Shape),
}

impl From<SendShapeResponse> for Reply {
    fn from(response: SendShapeResponse) -> Self {
        match response {
            SendShapeResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_account`.
#[derive(Debug, Clone)]
pub struct SendAccountRequest {
    /// The body.
    pub body: models::AccountInput,
}

impl SendAccountRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_account` answers.
#[derive(Debug)]
pub enum SendAccountResponse {
    /// 200: The account.
    Ok(models::Account),
}

impl From<SendAccountResponse> for Reply {
    fn from(response: SendAccountResponse) -> Self {
        match response {
            SendAccountResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_tree`.
#[derive(Debug, Clone)]
pub struct SendTreeRequest {
    /// The body.
    pub body: models::Tree,
}

impl SendTreeRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_tree` answers.
#[derive(Debug)]
pub enum SendTreeResponse {
    /// 200: The tree.
    Ok(models::Tree),
}

impl From<SendTreeResponse> for Reply {
    fn from(response: SendTreeResponse) -> Self {
        match response {
            SendTreeResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_composed`.
#[derive(Debug, Clone)]
pub struct SendComposedRequest {
    /// The body.
    pub body: models::Employee,
}

impl SendComposedRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_composed` answers.
#[derive(Debug)]
pub enum SendComposedResponse {
    /// 200: The employee.
    Ok(models::Employee),
}

impl From<SendComposedResponse> for Reply {
    fn from(response: SendComposedResponse) -> Self {
        match response {
            SendComposedResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_defaults`.
#[derive(Debug, Clone)]
pub struct SendDefaultsRequest {
    pub limit: i32,
    pub order: models::SendDefaultsOrder,
    pub quoted: i64,
    pub refused: i64,
    pub other: Option<i64>,
    pub shown: Option<i64>,
    /// The body.
    pub body: models::Defaults,
}

impl SendDefaultsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            limit: input.parameter(Place::Query, "limit")?,
            order: input.parameter(Place::Query, "order")?,
            quoted: input.parameter(Place::Query, "quoted")?,
            refused: input.parameter(Place::Query, "refused")?,
            other: input.parameter(Place::Query, "other")?,
            shown: input.parameter(Place::Query, "shown")?,
            body: input.value()?,
        })
    }
}

/// What `send_defaults` answers.
#[derive(Debug)]
pub enum SendDefaultsResponse {
    /// 200: What the defaults were.
    Ok(models::Defaults),
}

impl From<SendDefaultsResponse> for Reply {
    fn from(response: SendDefaultsResponse) -> Self {
        match response {
            SendDefaultsResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
