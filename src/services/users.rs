//! Users: what is trimmed and folded, and that an admin has a tag.

use std::collections::BTreeMap;

use contract::{Preconditions, problems};

use super::audit::{self, Caller};
use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::types::Json;
use crate::error::Error;
use crate::ids::{PartnerId, UserId};
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::page::Scope;
use crate::repository::role::Role;
use crate::repository::users::{self, Metadata, NewUser, User, UserChanges, UserFilter};

/// Most entries that a user's metadata may have.
const METADATA_ENTRIES: usize = 50;

/// Entries of a user's metadata to set or, with `None`, to remove.
pub type MetadataPatch = BTreeMap<String, Option<String>>;

/// Changes as a merge patch brings them: metadata is merged, not replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserPatch {
    /// Everything but the metadata.
    pub changes: UserChanges,
    /// Its entries; the inner `None` removes all.
    pub metadata: Option<Option<MetadataPatch>>,
}

/// The user with this id.
pub async fn get(app: &App, partner: PartnerId, id: UserId) -> Result<User, Error> {
    let mut conn = app.db().read().await?;
    users::find(&mut conn, partner, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The newest users first.
pub async fn list(app: &App, partner: PartnerId, wanted: &Wanted) -> Result<Listed<User>, Error> {
    let scope = Scope::new("listUsers", partner);
    let slice = wanted.slice(app, &scope)?;
    let mut conn = app.db().read().await?;
    let page = users::list(&mut conn, partner, &UserFilter::default(), &slice).await?;
    Listed::seal(app, &scope, page)
}

/// Users that pass the filter, the newest first.
pub async fn search(
    app: &App,
    partner: PartnerId,
    filter: &UserFilter,
    wanted: &Wanted,
) -> Result<Listed<User>, Error> {
    let scope = Scope::new("adminListUsers", partner)
        .with("role", filter.role.map(Role::as_str))
        .with("q", filter.q.as_deref());
    let slice = wanted.slice(app, &scope)?;
    // A search may have to look at many rows; it must not hold up the short reads.
    let mut conn = app.db().checkout_for(partner).await?;
    let page = users::list(&mut conn, partner, filter, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// Adds a user. 409 if username or e-mail address are taken.
pub async fn create(app: &App, caller: &Caller, new: NewUser) -> Result<User, Error> {
    let new = NewUser {
        email: fold(&new.email),
        name: new.name.as_deref().map(trim),
        ..new
    };
    check_tags(new.role, &new.tags.0)?;
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let new = &new;
            Box::pin(async move {
                let user = users::insert(conn, caller.partner, UserId::new(now), new, now).await?;
                audit::note(
                    conn,
                    caller,
                    AuditAction::Created,
                    AuditResource::User,
                    user.id,
                    now,
                )
                .await?;
                Ok(user)
            })
        })
        .await
}

/// Changes a user. 409 if username or e-mail address are taken, or an admin would have no tag.
pub async fn update(
    app: &App,
    caller: &Caller,
    id: UserId,
    patch: UserPatch,
    preconditions: &Preconditions,
) -> Result<User, Error> {
    let now = caller.now(app);
    app.db()
        .transaction_for(caller.partner, |conn| {
            let patch = patch.clone();
            Box::pin(async move {
                let user = users::lock(conn, caller.partner, id)
                    .await?
                    .ok_or(Error::NotFound)?;
                preconditions.check(&user.etag())?;
                let changes = merge(&user, patch)?;
                let user =
                    users::update(conn, caller.partner, id, &changes, Some(user.version), now)
                        .await?
                        .ok_or(Error::NotFound)?;
                audit::note(
                    conn,
                    caller,
                    AuditAction::Updated,
                    AuditResource::User,
                    id,
                    now,
                )
                .await?;
                Ok(user)
            })
        })
        .await
}

/// The changes that a patch means for this user.
fn merge(user: &User, patch: UserPatch) -> Result<UserChanges, Error> {
    let UserPatch {
        mut changes,
        metadata,
    } = patch;
    changes.email = changes.email.as_deref().map(fold);
    changes.name = changes.name.map(|name| name.as_deref().map(trim));
    changes.metadata = match metadata {
        None => None,
        Some(None) => Some(None),
        Some(Some(entries)) => Some(Some(Json(merge_metadata(user, entries)?))),
    };
    let role = changes.role.unwrap_or(user.role);
    let tags = changes.tags.as_ref().unwrap_or(&user.tags);
    check_tags(role, &tags.0)?;
    Ok(changes)
}

fn merge_metadata(user: &User, entries: MetadataPatch) -> Result<Metadata, Error> {
    let mut merged = user
        .metadata
        .clone()
        .map(|metadata| metadata.0)
        .unwrap_or_default();
    for (name, value) in entries {
        match value {
            Some(value) => _ = merged.insert(name, value),
            None => _ = merged.remove(&name),
        }
    }
    if merged.len() > METADATA_ENTRIES {
        let detail = format!(
            "metadata would have {} entries, {METADATA_ENTRIES} are allowed",
            merged.len()
        );
        return Err(Error::refused(problems::METADATA_FULL, detail));
    }
    Ok(merged)
}

fn check_tags(role: Role, tags: &[String]) -> Result<(), Error> {
    if role == Role::Admin && tags.is_empty() {
        return Err(Error::refused(
            problems::ADMIN_NEEDS_TAG,
            "a user with the role admin has at least one tag",
        ));
    }
    Ok(())
}

fn fold(email: &str) -> String {
    email.to_ascii_lowercase()
}

fn trim(name: &str) -> String {
    name.trim().to_owned()
}
