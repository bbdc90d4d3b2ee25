//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Who did what to which resource. Entries hold neither secrets nor contents, and stay as they are.
pub trait Audit: Host {
    handler! {
        /// List what was done, by whom
        ///
        /// The newest come first. Every change has an entry, written with it or not at all.
        ///
        /// `GET /v1/audit`
        async fn list_audit_entries(
            &self,
            ctx: Context<Self::Principal>,
            req: ListAuditEntriesRequest,
        ) -> Result<ListAuditEntriesResponse, Self::Error>;
    }
}

/// What a client asks of `list_audit_entries`.
#[derive(Debug, Clone)]
pub struct ListAuditEntriesRequest {
    /// Only what this actor did.
    pub actor: Option<String>,
    /// Only entries of this action.
    pub action: Option<models::AuditAction>,
    /// Only entries about this kind of resource.
    pub resource_type: Option<models::AuditResource>,
    /// Only entries about the resource with this id.
    pub resource_id: Option<Uuid>,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListAuditEntriesRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            actor: input.parameter(Place::Query, "actor")?,
            action: input.parameter(Place::Query, "action")?,
            resource_type: input.parameter(Place::Query, "resource_type")?,
            resource_id: input.parameter(Place::Query, "resource_id")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_audit_entries` answers.
#[derive(Debug)]
pub enum ListAuditEntriesResponse {
    /// 200: A page of entries.
    Ok(models::AuditPage),
}

impl From<ListAuditEntriesResponse> for Reply {
    fn from(response: ListAuditEntriesResponse) -> Self {
        match response {
            ListAuditEntriesResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}
