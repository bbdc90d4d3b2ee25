//! The request log: what partners sent and what became of it. Entries are added and thrown away,
//! never changed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::{Json, Time};
use crate::db::{Conn, on};
use crate::ids::{PartnerId, RequestId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::logged_requests;

super::words! {
    /// What decided about the answer.
    Verdict {
        /// The credentials do not grant the scopes.
        Authorization = "authorization",
        /// Too many requests, or a failure that was asked for.
        Admission = "admission",
        /// No media type in common.
        Negotiation = "negotiation",
        /// The request breaks the contract.
        Request = "request",
        /// The operation itself.
        Handler = "handler",
        /// What the operation answered was held back, or was known to the client.
        Answer = "answer",
        /// The client left before the answer.
        Abandoned = "abandoned",
    }
}

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = logged_requests)]
pub struct LoggedRequest {
    /// Its id.
    pub id: RequestId,
    /// Who sent it, as the audit log names them.
    pub actor: String,
    /// The operationId of the contract.
    pub operation: String,
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub target: String,
    /// Headers that are kept, by name.
    pub headers: Json<BTreeMap<String, String>>,
    /// Its body, secrets redacted; `None` if there is none or it is not kept.
    pub body: Option<String>,
    /// How many bytes the body had.
    pub body_bytes: i64,
    /// The status of the answer; `None` if the client left.
    pub status: Option<i32>,
    /// What decided.
    pub verdict: Verdict,
    /// The code of the problem, if the answer is one.
    pub problem: Option<String>,
    /// The trace of the request.
    pub trace_id: String,
    /// From when it was known who called until the answer, in microseconds.
    pub duration_micros: i64,
    /// When it came.
    pub created_at: Time,
}

impl LoggedRequest {
    /// Its strong entity tag; an entry never changes.
    #[must_use]
    pub fn etag(&self) -> String {
        super::etag(1)
    }
}

/// A request with the partner who sent it, as it is added.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = logged_requests)]
pub struct NewRequest {
    /// Whose key sent it.
    pub partner_id: PartnerId,
    /// It.
    #[diesel(embed)]
    pub request: LoggedRequest,
}

/// Which requests a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Those whose status begins with this digit.
    pub status_class: Option<i32>,
    /// Those to this operation.
    pub operation: Option<String>,
    /// Those with this method.
    pub method: Option<String>,
    /// Those of this trace.
    pub trace_id: Option<String>,
    /// Those that came then or later.
    pub since: Option<Time>,
    /// Those that came before.
    pub until: Option<Time>,
}

/// Adds requests of any partners, and gives how many were new. PostgreSQL takes at most 65,535
/// values in a statement, which is some 4,000 of these rows.
///
/// # Errors
/// Diesel's.
pub async fn insert(conn: &mut Conn<'_>, rows: &[NewRequest]) -> QueryResult<usize> {
    super::add!(conn, logged_requests::table, rows)
}

/// The partner's request with this id.
///
/// # Errors
/// Diesel's.
pub async fn find(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    id: RequestId,
) -> QueryResult<Option<LoggedRequest>> {
    on!(conn, |c| logged_requests::table
        .find(id)
        .filter(logged_requests::partner_id.eq(partner))
        .select(LoggedRequest::as_select())
        .first(c)
        .await
        .optional())
}

/// The partner's requests that pass the filter, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    filter: &RequestFilter,
    slice: &Slice<Time>,
) -> QueryResult<Page<LoggedRequest, Time>> {
    let rows = on!(conn, |c| {
        let mut query = logged_requests::table
            .filter(logged_requests::partner_id.eq(partner))
            .into_boxed();
        if let Some(class) = filter.status_class {
            let first = class * 100;
            query = query.filter(logged_requests::status.between(first, first + 99));
        }
        if let Some(operation) = &filter.operation {
            query = query.filter(logged_requests::operation.eq(operation));
        }
        if let Some(method) = &filter.method {
            query = query.filter(logged_requests::method.eq(method));
        }
        if let Some(trace) = &filter.trace_id {
            query = query.filter(logged_requests::trace_id.eq(trace));
        }
        if let Some(since) = filter.since {
            query = query.filter(logged_requests::created_at.ge(since));
        }
        if let Some(until) = filter.until {
            query = query.filter(logged_requests::created_at.lt(until));
        }
        if let Some(after) = &slice.after {
            query = query
                .filter(logged_requests::created_at.le(after.key))
                .filter(
                    logged_requests::created_at
                        .lt(after.key)
                        .or(logged_requests::id.lt(RequestId::from(after.id))),
                );
        }
        query
            .order((
                logged_requests::created_at.desc(),
                logged_requests::id.desc(),
            ))
            .limit(slice.rows())
            .select(LoggedRequest::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |request| Position {
        key: request.created_at,
        id: request.id.uuid(),
    }))
}

/// Throws away at most `most` of what came before `end`, of all partners, and says how many it
/// were. Several processes may do so at once: none waits for another.
///
/// # Errors
/// Diesel's.
pub async fn purge(conn: &mut Conn<'_>, end: Time, most: i64) -> QueryResult<usize> {
    super::purge(conn, "logged_requests", "id", "created_at", end, most).await
}
