//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Operations of `find`.
pub trait Find: Host {
    handler! {
        /// `GET /v1/titles/{title}`
        async fn get_by_title(
            &self,
            ctx: Context<Self::Principal>,
            req: GetByTitleRequest,
        ) -> Result<GetByTitleResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/titles/{number}`
        async fn get_by_number(
            &self,
            ctx: Context<Self::Principal>,
            req: GetByNumberRequest,
        ) -> Result<GetByNumberResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/find?word={word}`
        async fn find_word(
            &self,
            ctx: Context<Self::Principal>,
            req: FindWordRequest,
        ) -> Result<FindWordResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/find?tag={tag}&all`
        async fn find_tag(
            &self,
            ctx: Context<Self::Principal>,
            req: FindTagRequest,
        ) -> Result<FindTagResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/events`
        async fn watch_events(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<WatchEventsResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/styles/{matrix}/{label}/{simple}`
        async fn read_styles(
            &self,
            ctx: Context<Self::Principal>,
            req: ReadStylesRequest,
        ) -> Result<ReadStylesResponse, Self::Error>;
    }

    handler! {
        /// `POST /v1/media`
        async fn send_media(
            &self,
            ctx: Context<Self::Principal>,
            req: SendMediaRequest,
        ) -> Result<SendMediaResponse, Self::Error>;
    }

    handler! {
        /// `DELETE /v1/media`
        async fn delete_media(
            &self,
            ctx: Context<Self::Principal>,
            req: DeleteMediaRequest,
        ) -> Result<DeleteMediaResponse, Self::Error>;
    }

    handler! {
        /// `PATCH /v1/media`
        async fn patch_media(
            &self,
            ctx: Context<Self::Principal>,
            req: PatchMediaRequest,
        ) -> Result<PatchMediaResponse, Self::Error>;
    }

    handler! {
        /// `PUT /v1/media`
        async fn put_media(
            &self,
            ctx: Context<Self::Principal>,
            req: PutMediaRequest,
        ) -> Result<PutMediaResponse, Self::Error>;
    }
}

/// What a client asks of `get_by_title`.
#[derive(Debug, Clone)]
pub struct GetByTitleRequest {
    pub title: String,
}

impl GetByTitleRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            title: input.parameter(Place::Path, "title")?,
        })
    }
}

/// What `get_by_title` answers.
#[derive(Debug)]
pub enum GetByTitleResponse {
    /// 204: There is one.
    NoContent,
}

impl From<GetByTitleResponse> for Reply {
    fn from(response: GetByTitleResponse) -> Self {
        match response {
            GetByTitleResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `get_by_number`.
#[derive(Debug, Clone)]
pub struct GetByNumberRequest {
    pub number: i64,
}

impl GetByNumberRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            number: input.parameter(Place::Path, "number")?,
        })
    }
}

/// What `get_by_number` answers.
#[derive(Debug)]
pub enum GetByNumberResponse {
    /// 204: There is one.
    NoContent,
}

impl From<GetByNumberResponse> for Reply {
    fn from(response: GetByNumberResponse) -> Self {
        match response {
            GetByNumberResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `find_word`.
#[derive(Debug, Clone)]
pub struct FindWordRequest {
    pub word: i64,
}

impl FindWordRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            word: input.parameter(Place::Query, "word")?,
        })
    }
}

/// What `find_word` answers.
#[derive(Debug)]
pub enum FindWordResponse {
    /// 204: Found.
    NoContent,
}

impl From<FindWordResponse> for Reply {
    fn from(response: FindWordResponse) -> Self {
        match response {
            FindWordResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `find_tag`.
#[derive(Debug, Clone)]
pub struct FindTagRequest {
    pub tag: String,
}

impl FindTagRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            tag: input.parameter(Place::Path, "tag")?,
        })
    }
}

/// What `find_tag` answers.
#[derive(Debug)]
pub enum FindTagResponse {
    /// 204: Found.
    NoContent {
        /// `X-Tag`
        x_tag: String,
        /// `X-Exploded`
        x_exploded: Option<BTreeMap<String, i64>>,
        /// `X-Json`
        x_json: Option<models::FindTagNoContentXJson>,
    },
}

impl From<FindTagResponse> for Reply {
    fn from(response: FindTagResponse) -> Self {
        match response {
            FindTagResponse::NoContent {
                x_tag,
                x_exploded,
                x_json,
            } => Reply::new(204)
                .header("X-Tag", &x_tag)
                .exploded_header("X-Exploded", &x_exploded)
                .json_header("X-Json", &x_json),
        }
    }
}

/// What `watch_events` answers.
#[derive(Debug)]
pub enum WatchEventsResponse {
    /// 200: Each as it comes.
    Ok(EventStream<models::WatchEventsEvent>),
}

impl From<WatchEventsResponse> for Reply {
    fn from(response: WatchEventsResponse) -> Self {
        match response {
            WatchEventsResponse::Ok(body) => Reply::new(200).events(body),
        }
    }
}

/// What a client asks of `read_styles`.
#[derive(Debug, Clone)]
pub struct ReadStylesRequest {
    pub matrix: Vec<i64>,
    pub label: models::ReadStylesLabel,
    pub simple: BTreeMap<String, i64>,
    pub spread: Option<models::ReadStylesSpread>,
    pub spaced: Option<Vec<String>>,
    pub piped: Option<Vec<bool>>,
    pub deep: Option<models::ReadStylesDeep>,
    pub json: Option<models::ReadStylesJson>,
    pub plain: Option<String>,
    /// `X-Ids`
    pub x_ids: Option<Vec<Uuid>>,
    /// `X-Filter`
    pub x_filter: Option<models::ReadStylesXFilter>,
    /// `X-Mode`
    pub x_mode: Option<models::ReadStylesXMode>,
    pub wish: Option<Vec<String>>,
    pub maybe: Option<i64>,
}

impl ReadStylesRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            matrix: input.parameter(Place::Path, "matrix")?,
            label: input.parameter(Place::Path, "label")?,
            simple: input.parameter(Place::Path, "simple")?,
            spread: input.parameter(Place::Query, "spread")?,
            spaced: input.parameter(Place::Query, "spaced")?,
            piped: input.parameter(Place::Query, "piped")?,
            deep: input.parameter(Place::Query, "deep")?,
            json: input.parameter(Place::Query, "json")?,
            plain: input.parameter(Place::Query, "plain")?,
            x_ids: input.parameter(Place::Header, "X-Ids")?,
            x_filter: input.parameter(Place::Header, "X-Filter")?,
            x_mode: input.parameter(Place::Header, "X-Mode")?,
            wish: input.parameter(Place::Cookie, "wish")?,
            maybe: input.parameter(Place::Cookie, "maybe")?,
        })
    }
}

/// What `read_styles` answers.
#[derive(Debug)]
pub enum ReadStylesResponse {
    /// 200: What was read.
    Ok {
        /// `X-Ratio`
        x_ratio: f64,
        /// `X-Id`
        x_id: Option<Uuid>,
        /// The body.
        body: Map<String, Value>,
    },
}

impl From<ReadStylesResponse> for Reply {
    fn from(response: ReadStylesResponse) -> Self {
        match response {
            ReadStylesResponse::Ok {
                x_ratio,
                x_id,
                body,
            } => Reply::new(200)
                .header("X-Ratio", &x_ratio)
                .header("X-Id", &x_id)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `send_media`.
#[derive(Debug, Clone)]
pub struct SendMediaRequest {
    /// The body.
    pub body: Option<SendMediaBody>,
}

impl SendMediaRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: if input.has_body() {
                Some(match input.media() {
                    0 => SendMediaBody::VndXPlusJson(input.value()?),
                    1 => SendMediaBody::Text(input.text()?),
                    2 => SendMediaBody::Binary(input.upload()?),
                    3 => SendMediaBody::Form(input.value()?),
                    _ => SendMediaBody::Multipart(input.value()?),
                })
            } else {
                None
            },
        })
    }
}

/// What `send_media` answers.
#[derive(Debug)]
pub enum SendMediaResponse {
    /// 200: What was sent.
    Ok(SendMediaResponseBody),
}

impl From<SendMediaResponse> for Reply {
    fn from(response: SendMediaResponse) -> Self {
        match response {
            SendMediaResponse::Ok(body) => {
                let reply = Reply::new(200);
                match body {
                    SendMediaResponseBody::Json(body) => reply.json("application/json", &body),
                    SendMediaResponseBody::Text(body) => reply.text("text/plain", body),
                }
            }
        }
    }
}

/// Errors of `send_media` that are not problems, with what the contract says of them.
#[derive(Debug)]
pub enum SendMediaFailure {
    /// 4XX: Not to be had.
    ClientError {
        /// Status of the answer.
        status: StatusCode,
        /// The body.
        body: models::Trouble,
    },
    /// Any other status: Anything else.
    Default {
        /// Status of the answer.
        status: StatusCode,
        /// The body.
        body: models::Trouble,
    },
}

impl From<SendMediaFailure> for Failure {
    fn from(failure: SendMediaFailure) -> Self {
        Failure::Declared(match failure {
            SendMediaFailure::ClientError { status, body } => {
                Reply::in_range(4, status).json("application/json", &body)
            }
            SendMediaFailure::Default { status, body } => {
                Reply::with_status(status).json("application/json", &body)
            }
        })
    }
}

/// The body of an answer, by its media type.
#[derive(Debug)]
pub enum SendMediaResponseBody {
    /// `application/json`
    Json(models::SendMediaResponse),
    /// `text/plain`
    Text(String),
}

/// A body, by its media type.
#[derive(Debug, Clone)]
pub enum SendMediaBody {
    /// `application/vnd.x+json`
    VndXPlusJson(models::SendMediaVndXPlusJson),
    /// `text/plain`
    Text(String),
    /// `application/octet-stream`
    Binary(Upload),
    /// `application/x-www-form-urlencoded`
    Form(models::SendMediaForm),
    /// `multipart/form-data`
    Multipart(models::SendMediaMultipart),
}

/// What a client asks of `delete_media`.
#[derive(Debug, Clone)]
pub struct DeleteMediaRequest {
    /// The body.
    pub body: Option<Upload>,
}

impl DeleteMediaRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: if input.has_body() {
                Some(input.upload()?)
            } else {
                None
            },
        })
    }
}

/// What `delete_media` answers.
#[derive(Debug)]
pub enum DeleteMediaResponse {
    /// 204: What no form can be is bytes.
    NoContent,
}

impl From<DeleteMediaResponse> for Reply {
    fn from(response: DeleteMediaResponse) -> Self {
        match response {
            DeleteMediaResponse::NoContent => Reply::new(204),
        }
    }
}

/// What a client asks of `patch_media`.
#[derive(Debug, Clone)]
pub struct PatchMediaRequest {
    /// The body.
    pub body: i64,
}

impl PatchMediaRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `patch_media` answers.
#[derive(Debug)]
pub enum PatchMediaResponse {
    /// 204: Taken.
    NoContent {
        /// `X-Number`
        x_number: i64,
    },
}

impl From<PatchMediaResponse> for Reply {
    fn from(response: PatchMediaResponse) -> Self {
        match response {
            PatchMediaResponse::NoContent { x_number } => {
                Reply::new(204).header("X-Number", &x_number)
            }
        }
    }
}

/// What a client asks of `put_media`.
#[derive(Debug, Clone)]
pub struct PutMediaRequest {
    /// The body.
    pub body: Value,
}

impl PutMediaRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `put_media` answers.
#[derive(Debug)]
pub enum PutMediaResponse {
    /// 204
    NoContent,
}

impl From<PutMediaResponse> for Reply {
    fn from(response: PutMediaResponse) -> Self {
        match response {
            PutMediaResponse::NoContent => Reply::new(204),
        }
    }
}
