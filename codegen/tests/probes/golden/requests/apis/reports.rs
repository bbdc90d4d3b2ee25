//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What there is to read.
pub trait Reports: Host {
    handler! {
        /// One report.
        ///
        /// `GET /v1/reports/{year}-{month}.{format}`
        async fn get_report(
            &self,
            ctx: Context<Self::Principal>,
            req: GetReportRequest,
        ) -> Result<GetReportResponse, Self::Error>;
    }

    handler! {
        /// `POST /v1/reports`
        ///
        /// Deprecated by the contract.
        async fn add_report(
            &self,
            ctx: Context<Self::Principal>,
            req: AddReportRequest,
        ) -> Result<AddReportResponse, Self::Error>;
    }

    handler! {
        /// `GET /v1/reports`
        async fn watch_reports(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<WatchReportsResponse, Self::Error>;
    }

    handler! {
        /// `DELETE /v1/reports`
        async fn drop_reports(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<DropReportsResponse, Self::Error>;
    }
}

/// What a client asks of `get_report`.
#[derive(Debug, Clone)]
pub struct GetReportRequest {
    pub ids: Option<Vec<i64>>,
    pub words: Option<Vec<String>>,
    /// What to keep.
    pub filter: Option<models::GetReportFilter>,
    /// `where`
    pub r#where: Option<BTreeMap<String, String>>,
    /// `X-Day`
    pub x_day: Option<NaiveDate>,
    pub session: Uuid,
    pub limit: i32,
    pub year: i32,
    pub month: i32,
    pub format: models::GetReportFormat,
}

impl GetReportRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            ids: input.parameter(Place::Query, "ids")?,
            words: input.parameter(Place::Query, "words")?,
            filter: input.parameter(Place::Query, "filter")?,
            r#where: input.parameter(Place::Query, "where")?,
            x_day: input.parameter(Place::Header, "X-Day")?,
            session: input.parameter(Place::Cookie, "session")?,
            limit: input.parameter(Place::Query, "limit")?,
            year: input.parameter(Place::Path, "year")?,
            month: input.parameter(Place::Path, "month")?,
            format: input.parameter(Place::Path, "format")?,
        })
    }
}

/// What `get_report` answers.
#[derive(Debug)]
pub enum GetReportResponse {
    /// 200: The report.
    Ok {
        /// `ETag`
        etag: String,
        /// How many there are.
        x_rows: Option<i64>,
        /// The body.
        body: GetReportResponseBody,
    },
    /// 304: Not changed.
    NotModified,
}

impl From<GetReportResponse> for Reply {
    fn from(response: GetReportResponse) -> Self {
        match response {
            GetReportResponse::Ok { etag, x_rows, body } => {
                let reply = Reply::new(200)
                    .header("ETag", &etag)
                    .header("X-Rows", &x_rows);
                match body {
                    GetReportResponseBody::Json(body) => reply.json("application/json", &body),
                    GetReportResponseBody::Csv(body) => reply.text("text/csv", body),
                    GetReportResponseBody::Pdf(body) => reply.stream("application/pdf", body),
                }
            }
            GetReportResponse::NotModified => Reply::new(304),
        }
    }
}

/// Errors of `get_report` that are not problems, with what the contract says of them.
#[derive(Debug)]
pub enum GetReportFailure {
    /// 4XX: Not to be had.
    ClientError {
        /// Status of the answer.
        status: StatusCode,
        /// The body.
        body: models::Trouble,
    },
}

impl From<GetReportFailure> for Failure {
    fn from(failure: GetReportFailure) -> Self {
        Failure::Declared(match failure {
            GetReportFailure::ClientError { status, body } => {
                Reply::in_range(4, status).json("application/json", &body)
            }
        })
    }
}

/// The body of an answer, by its media type.
#[derive(Debug)]
pub enum GetReportResponseBody {
    /// `application/json`
    Json(models::GetReportResponse),
    /// `text/csv`
    Csv(String),
    /// `application/pdf`
    Pdf(Body),
}

/// What a client asks of `add_report`.
#[derive(Debug, Clone)]
pub struct AddReportRequest {
    /// The body.
    pub body: Option<AddReportBody>,
}

impl AddReportRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: if input.has_body() {
                Some(match input.media() {
                    0 => AddReportBody::Json(input.value()?),
                    1 => AddReportBody::Form(input.value()?),
                    _ => AddReportBody::Multipart(input.value()?),
                })
            } else {
                None
            },
        })
    }
}

/// What `add_report` answers.
#[derive(Debug)]
pub enum AddReportResponse {
    /// 201: Added.
    Created {
        /// `Location`
        location: String,
    },
    /// 202: To be added.
    Accepted,
}

impl From<AddReportResponse> for Reply {
    fn from(response: AddReportResponse) -> Self {
        match response {
            AddReportResponse::Created { location } => {
                Reply::new(201).header("Location", &location)
            }
            AddReportResponse::Accepted => Reply::new(202),
        }
    }
}

/// Errors of `add_report` that are not problems, with what the contract says of them.
#[derive(Debug)]
pub enum AddReportFailure {
    /// 409: There is one.
    Conflict(models::Trouble),
}

impl From<AddReportFailure> for Failure {
    fn from(failure: AddReportFailure) -> Self {
        Failure::Declared(match failure {
            AddReportFailure::Conflict(body) => Reply::new(409).json("application/json", &body),
        })
    }
}

/// A body, by its media type.
#[derive(Debug, Clone)]
pub enum AddReportBody {
    /// `application/json`
    Json(models::Report),
    /// `application/x-www-form-urlencoded`
    Form(models::Report),
    /// `multipart/form-data`
    Multipart(models::AddReportMultipart),
}

/// What `watch_reports` answers.
#[derive(Debug)]
pub enum WatchReportsResponse {
    /// 200: Each as it comes.
    Ok(EventStream<String>),
}

impl From<WatchReportsResponse> for Reply {
    fn from(response: WatchReportsResponse) -> Self {
        match response {
            WatchReportsResponse::Ok(body) => Reply::new(200).events(body),
        }
    }
}

/// What `drop_reports` answers.
#[derive(Debug)]
pub enum DropReportsResponse {
    /// Any other status
    Default {
        /// Status of the answer.
        status: StatusCode,
        /// The body.
        body: Body,
    },
}

impl From<DropReportsResponse> for Reply {
    fn from(response: DropReportsResponse) -> Self {
        match response {
            DropReportsResponse::Default { status, body } => {
                Reply::with_status(status).stream("*/*", body)
            }
        }
    }
}
