//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `GET /default`
        async fn get_default(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetDefaultResponse, Self::Error>;
    }

    handler! {
        /// `GET /public`
        async fn get_public(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetPublicResponse, Self::Error>;
    }

    handler! {
        /// `GET /optional`
        async fn get_optional(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetOptionalResponse, Self::Error>;
    }

    handler! {
        /// `GET /either`
        async fn get_either(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetEitherResponse, Self::Error>;
    }

    handler! {
        /// `GET /both`
        async fn get_both(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetBothResponse, Self::Error>;
    }

    handler! {
        /// `GET /scoped`
        async fn get_scoped(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetScopedResponse, Self::Error>;
    }

    handler! {
        /// `GET /connect`
        async fn get_connect(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetConnectResponse, Self::Error>;
    }

    handler! {
        /// `GET /digest`
        async fn get_digest(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetDigestResponse, Self::Error>;
    }

    handler! {
        /// `GET /certificate`
        async fn get_certificate(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetCertificateResponse, Self::Error>;
    }

    handler! {
        /// `POST /late`
        async fn send_late(
            &self,
            ctx: Context<Self::Principal>,
            req: SendLateRequest,
        ) -> Result<SendLateResponse, Self::Error>;
    }
}

/// What `get_default` answers.
#[derive(Debug)]
pub enum GetDefaultResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetDefaultResponse> for Reply {
    fn from(response: GetDefaultResponse) -> Self {
        match response {
            GetDefaultResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_public` answers.
#[derive(Debug)]
pub enum GetPublicResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetPublicResponse> for Reply {
    fn from(response: GetPublicResponse) -> Self {
        match response {
            GetPublicResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_optional` answers.
#[derive(Debug)]
pub enum GetOptionalResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetOptionalResponse> for Reply {
    fn from(response: GetOptionalResponse) -> Self {
        match response {
            GetOptionalResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_either` answers.
#[derive(Debug)]
pub enum GetEitherResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetEitherResponse> for Reply {
    fn from(response: GetEitherResponse) -> Self {
        match response {
            GetEitherResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_both` answers.
#[derive(Debug)]
pub enum GetBothResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetBothResponse> for Reply {
    fn from(response: GetBothResponse) -> Self {
        match response {
            GetBothResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_scoped` answers.
#[derive(Debug)]
pub enum GetScopedResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetScopedResponse> for Reply {
    fn from(response: GetScopedResponse) -> Self {
        match response {
            GetScopedResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_connect` answers.
#[derive(Debug)]
pub enum GetConnectResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetConnectResponse> for Reply {
    fn from(response: GetConnectResponse) -> Self {
        match response {
            GetConnectResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_digest` answers.
#[derive(Debug)]
pub enum GetDigestResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetDigestResponse> for Reply {
    fn from(response: GetDigestResponse) -> Self {
        match response {
            GetDigestResponse::NoContent => Reply::new(204),
        }
    }
}

/// What `get_certificate` answers.
#[derive(Debug)]
pub enum GetCertificateResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<GetCertificateResponse> for Reply {
    fn from(response: GetCertificateResponse) -> Self {
        match response {
            GetCertificateResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `send_late`.
#[derive(Debug, Clone)]
pub struct SendLateRequest {
    /// The body.
    pub body: Map<String, Value>,
}

impl SendLateRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_late` answers.
#[derive(Debug)]
pub enum SendLateResponse {
    /// 204: Nothing.
    NoContent,
}

impl From<SendLateResponse> for Reply {
    fn from(response: SendLateResponse) -> Self {
        match response {
            SendLateResponse::NoContent => Reply::new(204),
        }
    }
}
