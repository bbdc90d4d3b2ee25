//! What must be done before requests can be answered: migrate, and fetch the shared secret.
//!
//! It needs the database, which may come later than the process: until then the service listens,
//! lives, and says at `/health/ready` what it waits for.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use anyhow::{Context, anyhow};
use contract::problems;
use secrecy::ExposeSecret;
use tracing::{info, warn};

use crate::app::App;
use crate::config::Switch;
use crate::db::Url;
use crate::db::migrate::{self, MigrateError};
use crate::error::Error;
use crate::repository::page::Cursors;
use crate::repository::secrets;

/// How long `begin` waits before it lets the service listen all the same.
const PATIENCE: Duration = Duration::from_secs(5);

/// Time between attempts.
const PAUSE: Duration = Duration::from_secs(1);

/// What is known once the start is over, and why it is not.
#[derive(Default)]
pub struct Startup {
    cursors: OnceLock<Cursors>,
    waiting_for: Mutex<Option<String>>,
}

impl Startup {
    /// Why the service cannot work yet; `None` once it can.
    pub fn pending(&self) -> Option<String> {
        if self.cursors.get().is_some() {
            return None;
        }
        let reason = self
            .waiting_for
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Some(reason.unwrap_or_else(|| "the process is starting".to_owned()))
    }

    pub(crate) fn cursors(&self) -> Result<&Cursors, Error> {
        self.cursors
            .get()
            .ok_or_else(|| Error::refused(problems::NOT_READY, "the process is starting"))
    }

    fn wait_for(&self, reason: String) {
        *self
            .waiting_for
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(reason);
    }
}

/// Starts what has to be done and waits a while for it; the rest is done behind the service.
pub async fn begin(app: &App) {
    let work = tokio::spawn(until_done(app.clone()));
    if tokio::time::timeout(PATIENCE, work).await.is_err() {
        warn!("the service listens, but cannot work yet");
    }
}

async fn until_done(app: App) {
    while let Err(error) = prepare(&app).await {
        warn!(
            error = format!("{error:#}"),
            "cannot work yet, trying again"
        );
        app.startup().wait_for(error.to_string());
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = app.shutdown().draining() => return,
        }
    }
}

/// Everything, once.
///
/// # Errors
/// What stands against it; its outermost sentence is for people and holds nothing secret.
pub async fn prepare(app: &App) -> anyhow::Result<()> {
    match app.settings().migrate_on_start {
        Switch::On => migrate(app.db().url()).await?,
        Switch::Off => check(app.db().url()).await?,
    }
    let key = cursor_key(app)
        .await
        .map_err(|error| anyhow!("{error}"))
        .context("the database cannot be read")?;
    // Whoever came first has set the same key.
    _ = app.startup().cursors.set(Cursors::new(&key));
    Ok(())
}

async fn migrate(url: &Url) -> anyhow::Result<()> {
    for name in migrate::up(url)
        .await
        .context("the database cannot be migrated")?
    {
        info!(migration = name, "applied a migration");
    }
    Ok(())
}

/// Leaves the migrations to somebody else, and says if that has not been done yet.
async fn check(url: &Url) -> anyhow::Result<()> {
    match migrate::check(url).await {
        Err(error @ MigrateError::Outdated { .. }) => Err(error.into()),
        other => other.context("the database cannot be read"),
    }
}

/// The key of the settings, or the one that all processes share through the database.
async fn cursor_key(app: &App) -> Result<Vec<u8>, Error> {
    if let Some(key) = &app.settings().secret_key {
        return Ok(key.expose_secret().as_bytes().to_vec());
    }
    let candidate: Vec<u8> = [
        uuid::Uuid::new_v4(),
        uuid::Uuid::new_v4(),
        uuid::Uuid::new_v4(),
    ]
    .iter()
    .flat_map(|uuid| *uuid.as_bytes())
    .collect();
    app.db()
        .transaction(|conn| {
            let candidate = &candidate;
            Box::pin(async move { Ok(secrets::find_or_insert(conn, "cursor", candidate).await?) })
        })
        .await
}
