//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What your keys sent and what became of it, for some days: the first place to look when something does not work.
pub trait Requests: Host {
    handler! {
        /// List what your keys sent
        ///
        /// The newest come first; a request appears about a second after its answer. Kept for seven days. Under very high load some requests are left out.
        ///
        /// `GET /v1/requests`
        async fn list_requests(
            &self,
            ctx: Context<Self::Principal>,
            req: ListRequestsRequest,
        ) -> Result<ListRequestsResponse, Self::Error>;
    }

    handler! {
        /// Show what was sent, and a command to send it again
        ///
        /// The body is kept up to 16 KiB, without the members that this document calls `writeOnly`; of the headers only those are kept that hold no secret.
        ///
        /// `GET /v1/requests/{request_id}`
        async fn get_request(
            &self,
            ctx: Context<Self::Principal>,
            req: GetRequestRequest,
        ) -> Result<GetRequestResponse, Self::Error>;
    }
}

/// What a client asks of `list_requests`.
#[derive(Debug, Clone)]
pub struct ListRequestsRequest {
    /// Only requests whose status begins with this digit.
    pub status_class: Option<models::StatusClass>,
    /// Only requests to this operation, by its `operationId`.
    pub operation: Option<String>,
    /// Only requests with this method.
    pub method: Option<models::RequestMethod>,
    /// Only requests of this trace, such as the `trace_id` of a problem.
    pub trace_id: Option<String>,
    /// Only requests that came then or later.
    pub since: Option<DateTime<Utc>>,
    /// Only requests that came before.
    pub until: Option<DateTime<Utc>>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListRequestsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            status_class: input.parameter(Place::Query, "status_class")?,
            operation: input.parameter(Place::Query, "operation")?,
            method: input.parameter(Place::Query, "method")?,
            trace_id: input.parameter(Place::Query, "trace_id")?,
            since: input.parameter(Place::Query, "since")?,
            until: input.parameter(Place::Query, "until")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_requests` answers.
#[derive(Debug)]
pub enum ListRequestsResponse {
    /// 200: A page of requests.
    Ok(models::RequestPage),
}

impl From<ListRequestsResponse> for Reply {
    fn from(response: ListRequestsResponse) -> Self {
        match response {
            ListRequestsResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `get_request`.
#[derive(Debug, Clone)]
pub struct GetRequestRequest {
    /// The id of the request in the log.
    pub request_id: Uuid,
}

impl GetRequestRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            request_id: input.parameter(Place::Path, "request_id")?,
        })
    }
}

/// What `get_request` answers.
#[derive(Debug)]
pub enum GetRequestResponse {
    /// 200: The request.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::LoggedRequest,
    },
}

impl From<GetRequestResponse> for Reply {
    fn from(response: GetRequestResponse) -> Self {
        match response {
            GetRequestResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}
