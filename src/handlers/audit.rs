//! Operations on the audit log.

use contract::{Audit, ListAuditEntriesRequest, ListAuditEntriesResponse, models};

use super::{Context, same_words};
use crate::app::App;
use crate::error::Error;
use crate::repository::audit::{AuditAction, AuditEntry, AuditFilter, AuditResource};
use crate::services::audit;
use crate::services::pages::Wanted;

impl Audit for App {
    async fn list_audit_entries(
        &self,
        ctx: Context,
        req: ListAuditEntriesRequest,
    ) -> Result<ListAuditEntriesResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = AuditFilter {
            actor: req.actor,
            action: req.action.map(Into::into),
            resource_type: req.resource_type.map(Into::into),
            resource_id: req.resource_id.map(Into::into),
        };
        let page = audit::list(self, ctx.principal.partner()?, &filter, &wanted)
            .await?
            .map(models::AuditEntry::from);
        Ok(ListAuditEntriesResponse::Ok(models::AuditPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }
}

impl From<AuditEntry> for models::AuditEntry {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id.into(),
            actor: entry.actor,
            action: entry.action.into(),
            resource_type: entry.resource_type.into(),
            resource_id: entry.resource_id.into(),
            trace_id: entry.trace_id,
            created_at: entry.created_at.into(),
        }
    }
}

same_words!(
    AuditAction: Created, Updated, Deleted, Paid, Fulfilled, Cancelled, Refunded, Revoked, Disabled,
    Enabled
);
same_words!(AuditResource: User, Post, Category, Product, Order, Key, Partner, Sandbox);
