//! The audit log: who did what to which resource of a partner. Entries are added, never changed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::db::types::Time;
use crate::db::{Conn, Prepared, constraints, fault, on};
use crate::ids::{AuditId, PartnerId, ResourceId};
use crate::repository::page::{Page, Position, Slice};
use crate::schema::audit_entries;

super::words! {
    /// What was done to a resource.
    AuditAction {
        /// It was made.
        Created = "created",
        /// Some or all of it was changed.
        Updated = "updated",
        /// It was deleted, with all that belongs to it.
        Deleted = "deleted",
        /// An order was paid.
        Paid = "paid",
        /// An order's goods were handed over.
        Fulfilled = "fulfilled",
        /// An order was cancelled.
        Cancelled = "cancelled",
        /// An order was paid back.
        Refunded = "refunded",
        /// A key was made invalid.
        Revoked = "revoked",
        /// A partner was kept out.
        Disabled = "disabled",
        /// It was let in again.
        Enabled = "enabled",
    }
}

super::words! {
    /// What kind of resource it was done to.
    AuditResource {
        /// A user.
        User = "user",
        /// A post.
        Post = "post",
        /// A category.
        Category = "category",
        /// A product.
        Product = "product",
        /// An order.
        Order = "order",
        /// An API key.
        Key = "key",
        /// The clock of a sandbox.
        Sandbox = "sandbox",
        /// The partner itself.
        Partner = "partner",
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// Who did it: `key:` or `user:` and an id, or `operator`.
    pub actor: String,
    /// What was done.
    pub action: AuditAction,
    /// To what kind of resource.
    pub resource_type: AuditResource,
    /// To which one.
    pub resource_id: ResourceId,
    /// The trace of the request that did it.
    pub trace_id: Option<String>,
    /// When.
    pub created_at: Time,
}

/// Which entries a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Those of this actor.
    pub actor: Option<String>,
    /// Those of this action.
    pub action: Option<AuditAction>,
    /// Those about this kind of resource.
    pub resource_type: Option<AuditResource>,
    /// Those about this resource.
    pub resource_id: Option<ResourceId>,
}

/// Adds an entry. For use in the transaction of what it tells of.
///
/// # Errors
/// Diesel's; [`constraints::AUDIT_ENTRIES_PARTNER`] if there is no such partner.
pub async fn insert(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    entry: &AuditEntry,
) -> QueryResult<()> {
    on!(conn, |c| Prepared(
        diesel::insert_into(audit_entries::table)
            .values((audit_entries::partner_id.eq(partner), entry))
    )
    .execute(c)
    .await)
    .map_err(fault::foreign_key(constraints::AUDIT_ENTRIES_PARTNER))?;
    Ok(())
}

/// The partner's entries that pass the filter, newest first.
///
/// # Errors
/// Diesel's.
pub async fn list(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    filter: &AuditFilter,
    slice: &Slice<Time>,
) -> QueryResult<Page<AuditEntry, Time>> {
    let rows = on!(conn, |c| {
        let mut query = audit_entries::table
            .filter(audit_entries::partner_id.eq(partner))
            .into_boxed();
        if let Some(actor) = &filter.actor {
            query = query.filter(audit_entries::actor.eq(actor));
        }
        if let Some(action) = filter.action {
            query = query.filter(audit_entries::action.eq(action));
        }
        if let Some(kind) = filter.resource_type {
            query = query.filter(audit_entries::resource_type.eq(kind));
        }
        if let Some(id) = filter.resource_id {
            query = query.filter(audit_entries::resource_id.eq(id));
        }
        if let Some(after) = &slice.after {
            query = query
                .filter(audit_entries::created_at.le(after.key))
                .filter(
                    audit_entries::created_at
                        .lt(after.key)
                        .or(audit_entries::id.lt(AuditId::from(after.id))),
                );
        }
        query
            .order((audit_entries::created_at.desc(), audit_entries::id.desc()))
            .limit(slice.rows())
            .select(AuditEntry::as_select())
            .load(c)
            .await
    })?;
    Ok(slice.page(rows, |entry| Position {
        key: entry.created_at,
        id: entry.id.uuid(),
    }))
}
