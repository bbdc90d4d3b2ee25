//! `concordat partner`: lists partners, keeps them out and lets them in again.

use std::io::{Write, stdout};

use anyhow::{Context, ensure};
use chrono::Utc;

use super::Failure;
use crate::cli::{Partner, PartnerAction};
use crate::config::Settings;
use crate::db::types::Time;
use crate::db::{Db, migrate};
use crate::ids::AuditId;
use crate::repository::audit::{self, AuditAction, AuditEntry, AuditResource};
use crate::repository::partners;

/// Most rows that `partner list` prints.
const MOST_LISTED: u16 = u16::MAX;

/// Does what is asked with the partners of a database that is migrated already.
pub fn run(settings: &Settings, arguments: &Partner) -> anyhow::Result<()> {
    let url = settings.database_url.url();
    super::wait_for(async {
        migrate::check(url).await.with_context(|| url.to_string())?;
        let db = super::open(url).await?;
        match &arguments.action {
            PartnerAction::List => list(&db).await,
            PartnerAction::Disable { partner } => set(&db, partner, AuditAction::Disabled).await,
            PartnerAction::Enable { partner } => set(&db, partner, AuditAction::Enabled).await,
        }
    })
}

async fn list(db: &Db) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    for partner in partners::list(&mut db.checkout().await?, MOST_LISTED).await? {
        let state = match partner.disabled_at {
            Some(since) => format!("disabled {}", super::shown(since)),
            None => "enabled".to_owned(),
        };
        writeln!(out, "{}  {state:<29}  {}", partner.id, partner.name)?;
    }
    Ok(())
}

/// Keeps a partner out or lets it in, and tells its audit log.
async fn set(db: &Db, known_as: &str, action: AuditAction) -> anyhow::Result<()> {
    let partner = super::find_partner(&mut db.checkout().await?, known_as).await?;
    let partner = partner.with_context(|| format!("there is no partner {known_as:?}"))?;
    let now: Time = Utc::now().into();
    let disabled_at = (action == AuditAction::Disabled).then_some(now);
    let entry = AuditEntry {
        id: AuditId::new(now),
        actor: "operator".to_owned(),
        action,
        resource_type: AuditResource::Partner,
        resource_id: partner.id.uuid().into(),
        trace_id: None,
        created_at: now,
    };
    let done = db.transaction(|conn| {
        let (id, entry) = (partner.id, &entry);
        Box::pin(async move {
            audit::insert(conn, id, entry).await?;
            Ok::<_, Failure>(partners::set_disabled(conn, id, disabled_at).await?)
        })
    });
    let done = done.await.context("the partner could not be changed")?;
    ensure!(done, "the partner is gone");
    writeln!(
        stdout(),
        "{} {} {:?}",
        action.as_str(),
        partner.id,
        partner.name
    )?;
    Ok(())
}
