//! The audit log: an entry for every change, in the transaction of the change.

use chrono::TimeDelta;
use uuid::Uuid;

use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::Conn;
use crate::db::types::Time;
use crate::error::Error;
use crate::ids::{AuditId, PartnerId, ResourceId};
use crate::repository::audit::{self, AuditAction, AuditEntry, AuditFilter, AuditResource};
use crate::repository::page::Scope;

/// Who changes something, and under which trace. Holds no credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Whose data it is.
    pub partner: PartnerId,
    /// See [`AuditEntry`].
    pub actor: String,
    /// The trace of the request; none for what is done by a command.
    pub trace_id: Option<String>,
    /// How far the caller's clock is ahead: that of a sandbox can be moved.
    pub ahead: TimeDelta,
}

impl Caller {
    /// What time it is for the caller.
    #[must_use]
    pub fn now(&self, app: &App) -> Time {
        (app.now() + self.ahead).into()
    }
}

/// Notes what the caller does. If it cannot be noted it does not happen.
pub async fn note(
    conn: &mut Conn<'_>,
    caller: &Caller,
    action: AuditAction,
    resource_type: AuditResource,
    resource_id: impl Into<Uuid>,
    now: Time,
) -> Result<(), Error> {
    let entry = AuditEntry {
        id: AuditId::new(now),
        actor: caller.actor.clone(),
        action,
        resource_type,
        resource_id: ResourceId::from(resource_id.into()),
        trace_id: caller.trace_id.clone(),
        created_at: now,
    };
    Ok(audit::insert(conn, caller.partner, &entry).await?)
}

/// Entries that pass the filter, the newest first.
pub async fn list(
    app: &App,
    partner: PartnerId,
    filter: &AuditFilter,
    wanted: &Wanted,
) -> Result<Listed<AuditEntry>, Error> {
    let scope = Scope::new("listAuditEntries", partner)
        .with("actor", filter.actor.as_deref())
        .with("action", filter.action.map(AuditAction::as_str))
        .with(
            "resource_type",
            filter.resource_type.map(AuditResource::as_str),
        )
        .with(
            "resource_id",
            filter.resource_id.map(|id| id.to_string()).as_deref(),
        );
    let slice = wanted.slice(app, &scope)?;
    // A filter that few entries pass makes it look at many.
    let mut conn = app.db().checkout_for(partner).await?;
    let page = audit::list(&mut conn, partner, filter, &slice).await?;
    Listed::seal(app, &scope, page)
}
