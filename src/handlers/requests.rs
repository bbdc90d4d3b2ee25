//! Operations on the request log.

use contract::{
    GetRequestRequest, GetRequestResponse, ListRequestsRequest, ListRequestsResponse, Requests,
    models,
};

use super::Context;
use crate::app::App;
use crate::error::Error;
use crate::repository::requests::{LoggedRequest, RequestFilter, Verdict};
use crate::services::pages::Wanted;
use crate::services::requests;

impl Requests for App {
    async fn list_requests(
        &self,
        ctx: Context,
        req: ListRequestsRequest,
    ) -> Result<ListRequestsResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = RequestFilter {
            status_class: req.status_class.map(first_digit),
            operation: req.operation,
            method: req.method.map(|method| method.to_string()),
            trace_id: req.trace_id,
            since: req.since.map(Into::into),
            until: req.until.map(Into::into),
        };
        let page = requests::list(self, ctx.principal.partner()?, &filter, &wanted)
            .await?
            .map(models::RequestSummary::from);
        Ok(ListRequestsResponse::Ok(models::RequestPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn get_request(
        &self,
        ctx: Context,
        req: GetRequestRequest,
    ) -> Result<GetRequestResponse, Error> {
        let partner = ctx.principal.partner()?;
        let request = requests::get(self, partner, req.request_id.into()).await?;
        Ok(GetRequestResponse::Ok {
            etag: request.etag(),
            body: request.into(),
        })
    }
}

const fn first_digit(class: models::StatusClass) -> i32 {
    match class {
        models::StatusClass::N2xx => 2,
        models::StatusClass::N3xx => 3,
        models::StatusClass::N4xx => 4,
        models::StatusClass::N5xx => 5,
    }
}

/// Microseconds as milliseconds.
fn milliseconds(micros: i64) -> f64 {
    let micros = u64::try_from(micros).unwrap_or_default();
    (std::time::Duration::from_micros(micros).as_secs_f64() * 1e6).round() / 1e3
}

impl From<LoggedRequest> for models::RequestSummary {
    fn from(request: LoggedRequest) -> Self {
        Self {
            id: request.id.into(),
            actor: request.actor,
            operation: request.operation,
            method: method(&request.method),
            path: request.target,
            status: request.status,
            verdict: request.verdict.into(),
            problem: request.problem,
            trace_id: request.trace_id,
            duration_ms: milliseconds(request.duration_micros),
            created_at: request.created_at.into(),
        }
    }
}

impl From<LoggedRequest> for models::LoggedRequest {
    fn from(request: LoggedRequest) -> Self {
        Self {
            curl: requests::curl(&request),
            headers: request.headers.0,
            body: request.body,
            body_bytes: request.body_bytes,
            id: request.id.into(),
            actor: request.actor,
            operation: request.operation,
            method: method(&request.method),
            path: request.target,
            status: request.status,
            verdict: request.verdict.into(),
            problem: request.problem,
            trace_id: request.trace_id,
            duration_ms: milliseconds(request.duration_micros),
            created_at: request.created_at.into(),
        }
    }
}

/// The contract has no operation with another method.
fn method(text: &str) -> models::RequestMethod {
    let of_text = |method: &&models::RequestMethod| method.as_str() == text;
    let known = models::RequestMethod::ALL.iter().find(of_text);
    known.copied().unwrap_or(models::RequestMethod::Get)
}

impl From<Verdict> for models::Verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Authorization => Self::Authorization,
            Verdict::Admission => Self::Admission,
            Verdict::Negotiation => Self::Negotiation,
            Verdict::Request => Self::Request,
            Verdict::Handler => Self::Handler,
            Verdict::Answer => Self::Answer,
            Verdict::Abandoned => Self::Abandoned,
        }
    }
}
