//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `default`.
pub trait DefaultApi: Host {
    handler! {
        /// `POST /pets`
        async fn send_pet(
            &self,
            ctx: Context<Self::Principal>,
            req: SendPetRequest,
        ) -> Result<SendPetResponse, Self::Error>;
    }

    handler! {
        /// `POST /animals`
        async fn send_animal(
            &self,
            ctx: Context<Self::Principal>,
            req: SendAnimalRequest,
        ) -> Result<SendAnimalResponse, Self::Error>;
    }

    handler! {
        /// `POST /payments`
        async fn send_payment(
            &self,
            ctx: Context<Self::Principal>,
            req: SendPaymentRequest,
        ) -> Result<SendPaymentResponse, Self::Error>;
    }

    handler! {
        /// `POST /vehicles`
        async fn send_vehicle(
            &self,
            ctx: Context<Self::Principal>,
            req: SendVehicleRequest,
        ) -> Result<SendVehicleResponse, Self::Error>;
    }

    handler! {
        /// `POST /scalars`
        async fn send_scalar(
            &self,
            ctx: Context<Self::Principal>,
            req: SendScalarRequest,
        ) -> Result<SendScalarResponse, Self::Error>;
    }

    handler! {
        /// `POST /filters`
        async fn send_filter(
            &self,
            ctx: Context<Self::Principal>,
            req: SendFilterRequest,
        ) -> Result<SendFilterResponse, Self::Error>;
    }

    handler! {
        /// `POST /shapes`
        async fn send_shape(
            &self,
            ctx: Context<Self::Principal>,
            req: SendShapeRequest,
        ) -> Result<SendShapeResponse, Self::Error>;
    }
}

/// What a client asks of `send_pet`.
#[derive(Debug, Clone)]
pub struct SendPetRequest {
    /// The body.
    pub body: models::Pet,
}

impl SendPetRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_pet` answers.
#[derive(Debug)]
pub enum SendPetResponse {
    /// 200: It.
    Ok(models::Pet),
}

impl From<SendPetResponse> for Reply {
    fn from(response: SendPetResponse) -> Self {
        match response {
            SendPetResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_animal`.
#[derive(Debug, Clone)]
pub struct SendAnimalRequest {
    /// The body.
    pub body: models::Animal,
}

impl SendAnimalRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_animal` answers.
#[derive(Debug)]
pub enum SendAnimalResponse {
    /// 200: It.
    Ok(models::Animal),
}

impl From<SendAnimalResponse> for Reply {
    fn from(response: SendAnimalResponse) -> Self {
        match response {
            SendAnimalResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_payment`.
#[derive(Debug, Clone)]
pub struct SendPaymentRequest {
    /// The body.
    pub body: models::Payment,
}

impl SendPaymentRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_payment` answers.
#[derive(Debug)]
pub enum SendPaymentResponse {
    /// 200: It.
    Ok(models::Payment),
}

impl From<SendPaymentResponse> for Reply {
    fn from(response: SendPaymentResponse) -> Self {
        match response {
            SendPaymentResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_vehicle`.
#[derive(Debug, Clone)]
pub struct SendVehicleRequest {
    /// The body.
    pub body: models::Vehicle,
}

impl SendVehicleRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_vehicle` answers.
#[derive(Debug)]
pub enum SendVehicleResponse {
    /// 200: It.
    Ok(models::Vehicle),
}

impl From<SendVehicleResponse> for Reply {
    fn from(response: SendVehicleResponse) -> Self {
        match response {
            SendVehicleResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_scalar`.
#[derive(Debug, Clone)]
pub struct SendScalarRequest {
    pub id: Option<models::SendScalarId>,
    /// The body.
    pub body: models::Scalar,
}

impl SendScalarRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            id: input.parameter(Place::Query, "id")?,
            body: input.value()?,
        })
    }
}

/// What `send_scalar` answers.
#[derive(Debug)]
pub enum SendScalarResponse {
    /// 200: It.
    Ok(models::Scalar),
}

impl From<SendScalarResponse> for Reply {
    fn from(response: SendScalarResponse) -> Self {
        match response {
            SendScalarResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `send_filter`.
#[derive(Debug, Clone)]
pub struct SendFilterRequest {
    /// The body.
    pub body: models::Filter,
}

impl SendFilterRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `send_filter` answers.
#[derive(Debug)]
pub enum SendFilterResponse {
    /// 200: It.
    Ok(models::Filter),
}

impl From<SendFilterResponse> for Reply {
    fn from(response: SendFilterResponse) -> Self {
        match response {
            SendFilterResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
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
    /// 200: It.
    Ok(models::Shape),
}

impl From<SendShapeResponse> for Reply {
    fn from(response: SendShapeResponse) -> Self {
        match response {
            SendShapeResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}
