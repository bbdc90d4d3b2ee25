//! `concordat key`: makes, lists, rotates and revokes the API keys of partners.

use std::io::{Write, stderr, stdout};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Days, TimeDelta, Utc};

use super::Failure;
use crate::cli::{Key, KeyAction};
use crate::config::Settings;
use crate::db::types::Time;
use crate::db::{Conn, Db, migrate};
use crate::ids::{ApiKeyId, AuditId, PartnerId};
use crate::keys::{self, KeyText, Mode};
use crate::repository::api_keys::{self, ApiKey};
use crate::repository::audit::{self, AuditAction, AuditEntry, AuditResource};
use crate::repository::partners::{self, Partner};
use crate::repository::sandboxes;

/// Most rows that `key list` prints.
const MOST_LISTED: u32 = 100_000;

/// Does what is asked with the keys of a database that is migrated already.
pub fn run(settings: &Settings, arguments: &Key) -> anyhow::Result<()> {
    let url = settings.database_url.url();
    super::wait_for(async {
        migrate::check(url).await.with_context(|| url.to_string())?;
        let db = super::open(url).await?;
        match &arguments.action {
            KeyAction::New {
                partner,
                role,
                expires_in,
                test,
            } => {
                let mode = if *test { Mode::Test } else { Mode::Live };
                make(&db, partner, role, *expires_in, mode).await
            }
            KeyAction::List { partner } => list(&db, partner.as_deref()).await,
            KeyAction::Rotate {
                key,
                overlap,
                expires_in,
            } => rotate(&db, key, *overlap, *expires_in).await,
            KeyAction::Revoke { key } => revoke(&db, key).await,
        }
    })
}

/// Prints the key alone on standard output, so that a script can take it, and the rest beside.
async fn make(
    db: &Db,
    partner: &str,
    role: &str,
    days: Option<u32>,
    mode: Mode,
) -> anyhow::Result<()> {
    let now = Utc::now();
    let text = KeyText::random(mode).context("the operating system gives no random bits")?;
    let (partner, is_known) = match super::find_partner(&mut db.checkout().await?, partner).await? {
        Some(partner) => (partner, true),
        None => (new_partner(partner, now)?, false),
    };
    let is_sandbox = sandboxes::find(&mut db.checkout().await?, partner.id).await?;
    ensure!(
        is_sandbox.is_none(),
        "{:?} is a sandbox: make a test key of its partner, with --test",
        partner.name
    );
    let key = ApiKey {
        id: ApiKeyId::new(now),
        partner_id: partner.id,
        role: role.parse().with_context(|| {
            format!("the contract's role {role} is none that the database can hold yet")
        })?,
        prefix: text.prefix(),
        hash: text.hash().to_vec(),
        created_at: now.into(),
        expires_at: expiry(now, days)?,
        revoked_at: None,
    };
    let candidate = PartnerId::new(now);
    let key = db
        .transaction(|conn| {
            let (partner, mut key) = (&partner, key.clone());
            Box::pin(async move {
                if !is_known {
                    partners::insert(conn, partner).await?;
                }
                if mode == Mode::Test {
                    let now = key.created_at;
                    let sandbox = sandboxes::find_or_insert(conn, partner, candidate, now).await?;
                    key.partner_id = sandbox.partner_id;
                }
                api_keys::insert(conn, &key).await?;
                note(conn, &key, AuditAction::Created).await?;
                Ok::<_, Failure>(key)
            })
        })
        .await
        .context("the key could not be stored")?;
    writeln!(stdout(), "{}", text.expose())?;
    tell(&partner, &key)
}

fn tell(partner: &Partner, key: &ApiKey) -> anyhow::Result<()> {
    let end = key
        .expires_at
        .map_or_else(|| "never".to_owned(), super::shown);
    let Partner { id, name, .. } = partner;
    writeln!(
        stderr(),
        "{} key {} of partner {name:?} ({id}), role {}, expires {end}; keep it, it cannot be shown again",
        if Mode::of(&key.prefix) == Some(Mode::Test) {
            "test"
        } else {
            "live"
        },
        key.id,
        key.role,
    )?;
    Ok(())
}

fn new_partner(name: &str, now: DateTime<Utc>) -> anyhow::Result<Partner> {
    ensure!(
        name.parse::<PartnerId>().is_err(),
        "there is no partner with the id {name}"
    );
    ensure!(
        (1..=100).contains(&name.chars().count())
            && name.trim() == name
            && !name.contains(char::is_control),
        "the name of a partner has 1 to 100 characters, none of them a control character, and \
         no white space around it"
    );
    Ok(Partner {
        id: PartnerId::new(now),
        name: name.to_owned(),
        created_at: now.into(),
        disabled_at: None,
    })
}

fn expiry(now: DateTime<Utc>, days: Option<u32>) -> anyhow::Result<Option<Time>> {
    let Some(days) = days else { return Ok(None) };
    let end = now
        .checked_add_days(Days::new(days.into()))
        .context("the key would expire too late")?;
    Ok(Some(end.into()))
}

async fn list(db: &Db, partner: Option<&str>) -> anyhow::Result<()> {
    let mut conn = db.checkout().await?;
    let rows = match partner {
        None => api_keys::list_all(&mut conn, MOST_LISTED).await?,
        Some(known_as) => {
            let partner = super::find_partner(&mut conn, known_as)
                .await?
                .with_context(|| format!("there is no partner {known_as:?}"))?;
            let keys = api_keys::list(&mut conn, partner.id).await?;
            let named = |key| (key, partner.name.clone());
            keys.into_iter().map(named).collect()
        }
    };
    let mut out = stdout().lock();
    let now = Utc::now().into();
    for (key, name) in &rows {
        let (id, prefix, made) = (key.id, &key.prefix, super::shown(key.created_at));
        let role = key.role.as_str();
        let state = state(key, now);
        writeln!(
            out,
            "{id}  {prefix}  {role:<9}  {made}  {state:<28}  {name}"
        )?;
    }
    Ok(())
}

fn state(key: &ApiKey, now: Time) -> String {
    match (key.revoked_at, key.expires_at) {
        (Some(moment), _) => format!("revoked {}", super::shown(moment)),
        (None, Some(end)) if end <= now => format!("expired {}", super::shown(end)),
        (None, Some(end)) => format!("expires {}", super::shown(end)),
        (None, None) => "valid".to_owned(),
    }
}

/// Puts a new key in an old one's place; both are valid for the overlap.
async fn rotate(
    db: &Db,
    known_as: &str,
    overlap: Duration,
    days: Option<u32>,
) -> anyhow::Result<()> {
    let mut conn = db.checkout().await?;
    let old = find_key(&mut conn, known_as).await?;
    let partner = partners::find(&mut conn, old.partner_id).await?;
    let partner = partner.context("the key's partner is gone")?;
    drop(conn);
    let now = Utc::now();
    ensure!(
        old.is_valid(now.into()),
        "the key is {}",
        state(&old, now.into())
    );
    let end = now
        .checked_add_signed(TimeDelta::from_std(overlap).context("the overlap is too long")?)
        .context("the overlap is too long")?;
    let end: Time = old
        .expires_at
        .map_or(end.into(), |before| before.min(end.into()));
    let mode = Mode::of(&old.prefix).unwrap_or(Mode::Live);
    let text = KeyText::random(mode).context("the operating system gives no random bits")?;
    let key = ApiKey {
        id: ApiKeyId::new(now),
        prefix: text.prefix(),
        hash: text.hash().to_vec(),
        created_at: now.into(),
        expires_at: expiry(now, days)?,
        ..old.clone()
    };
    db.transaction(|conn| {
        let (old, key) = (&old, &key);
        Box::pin(async move {
            api_keys::insert(conn, key).await?;
            Ok::<_, Failure>(api_keys::expire(conn, old.partner_id, old.id, end).await?)
        })
    })
    .await
    .context("the key could not be rotated")?;
    writeln!(stdout(), "{}", text.expose())?;
    writeln!(
        stderr(),
        "key {} {} expires {}",
        old.id,
        old.prefix,
        super::shown(end)
    )?;
    tell(&partner, &key)
}

async fn revoke(db: &Db, known_as: &str) -> anyhow::Result<()> {
    let key = find_key(&mut db.checkout().await?, known_as).await?;
    let now = Utc::now().into();
    let revoked = db
        .transaction(|conn| {
            let key = &key;
            Box::pin(async move {
                let revoked = api_keys::revoke(conn, key.partner_id, key.id, now).await?;
                if revoked {
                    note(conn, key, AuditAction::Revoked).await?;
                }
                Ok::<_, Failure>(revoked)
            })
        })
        .await
        .context("the key could not be revoked")?;
    let outcome = if revoked {
        "revoked"
    } else {
        "was revoked before:"
    };
    writeln!(stdout(), "{outcome} {} {}", key.id, key.prefix)?;
    Ok(())
}

/// The one key that is meant.
async fn find_key(conn: &mut Conn<'_>, known_as: &str) -> anyhow::Result<ApiKey> {
    let mut found = if let Ok(id) = known_as.parse() {
        Vec::from_iter(api_keys::find(conn, id).await?)
    } else if let Some(hash) = keys::hash(known_as) {
        Vec::from_iter(api_keys::find_by_hash(conn, &hash).await?)
    } else {
        api_keys::find_by_prefix(conn, known_as, 10).await?
    };
    if found.len() > 1 {
        let ids: Vec<String> = found.iter().map(|other| other.id.to_string()).collect();
        bail!(
            "several keys begin like that; name one by its id: {}",
            ids.join(", ")
        );
    }
    found.pop().context("there is no such key")
}

/// Tells the partner's audit log what the operator does with a key.
async fn note(conn: &mut Conn<'_>, key: &ApiKey, action: AuditAction) -> Result<(), Failure> {
    let now = Utc::now();
    let entry = AuditEntry {
        id: AuditId::new(now),
        actor: "operator".to_owned(),
        action,
        resource_type: AuditResource::Key,
        resource_id: key.id.uuid().into(),
        trace_id: None,
        created_at: now.into(),
    };
    Ok(audit::insert(conn, key.partner_id, &entry).await?)
}
