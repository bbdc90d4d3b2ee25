//! The keys of an issuer elsewhere: fetched when needed, kept a while, kept longer while it is down.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::ensure;
use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use jsonwebtoken::{Algorithm, DecodingKey};
use reqwest::Url;
use tokio::sync::OwnedMutexGuard;
use tracing::{info, warn};

use super::Refusal;
use super::keys::Keys;
use crate::app::App;
use crate::outbound::{Ask, Outbound};

/// How long keys count as the issuer's present ones.
const FRESH: TimeDelta = TimeDelta::minutes(10);

/// How long they are used if the issuer gives no others.
const STALE: TimeDelta = TimeDelta::hours(24);

/// Time between attempts, whoever sends tokens with whatever `kid`.
const COOLDOWN: TimeDelta = TimeDelta::seconds(30);

/// How long the issuer may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Most bytes that a set may have.
const MOST_BYTES: usize = 256 * 1024;

/// The keys at one address.
pub(super) struct Jwks {
    url: Url,
    known: Mutex<Known>,
    /// Held by whoever waits for an answer, so that one is asked for at a time.
    asking: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default, Clone)]
struct Known {
    keys: Option<(Arc<Keys>, DateTime<Utc>)>,
    tried: Option<DateTime<Utc>>,
}

impl Known {
    /// The keys, if they are no older than this.
    fn keys(&self, age: TimeDelta, now: DateTime<Utc>) -> Option<&Keys> {
        let (keys, fetched) = self.keys.as_ref()?;
        within(age, *fetched, now).then_some(keys)
    }

    fn may_ask(&self, now: DateTime<Utc>) -> bool {
        !self.tried.is_some_and(|tried| within(COOLDOWN, tried, now))
    }
}

/// A clock that was set back makes nothing last longer.
fn within(age: TimeDelta, then: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..age).contains(&(now - then))
}

impl Jwks {
    pub(super) fn new(url: Url) -> Self {
        Self {
            url,
            known: Mutex::default(),
            asking: Arc::default(),
        }
    }

    /// The key for a token; `None` if the issuer has none such.
    ///
    /// # Errors
    /// [`Refusal::Unknown`] if nobody can tell now.
    pub(super) async fn find(
        self: &Arc<Self>,
        app: &App,
        kid: Option<&str>,
        algorithm: Algorithm,
        now: DateTime<Utc>,
    ) -> Result<Option<DecodingKey>, Refusal> {
        let find = |known: &Known, age| known.keys(age, now)?.find(kid, algorithm);
        let known = self.known().clone();
        if let Some(key) = find(&known, FRESH) {
            return Ok(Some(key));
        }
        let stale = find(&known, STALE);
        match Arc::clone(&self.asking).try_lock_owned() {
            // While somebody else asks, a key that is only a little old will do.
            Err(_) if stale.is_some() => return Ok(stale),
            Err(_) => drop(self.asking.lock().await),
            Ok(turn) => self.ask(app, now, turn).await,
        }
        let known = self.known().clone();
        match known.keys(STALE, now) {
            Some(keys) => Ok(keys.find(kid, algorithm)),
            None => Err(Refusal::Unknown),
        }
    }

    /// Asks the issuer, if that is due. It is asked to the end even if whoever began it leaves: the
    /// next attempt is not due for a while.
    async fn ask(self: &Arc<Self>, app: &App, now: DateTime<Utc>, turn: OwnedMutexGuard<()>) {
        {
            let mut known = self.known();
            if !known.may_ask(now) {
                return;
            }
            known.tried = Some(now);
        }
        let (jwks, app) = (Arc::clone(self), app.clone());
        let asked = tokio::spawn(async move {
            let _turn = turn;
            match jwks.fetch(app.http()).await {
                Ok(keys) => {
                    jwks.known().keys = Some((Arc::new(keys), now));
                    info!(issuer.keys = %jwks.url, "fetched an issuer's keys");
                }
                Err(error) => {
                    let error = format!("{error:#}");
                    warn!(issuer.keys = %jwks.url, error, "an issuer's keys could not be fetched");
                }
            }
        });
        // A panic in it is told by the panic hook.
        _ = asked.await;
    }

    async fn fetch(&self, http: &Outbound) -> anyhow::Result<Keys> {
        let ask = Ask {
            url: self.url.clone(),
            trace: None,
            timeout: TIMEOUT,
            // The next attempt is due soon enough.
            retries: 0,
            most_bytes: MOST_BYTES,
        };
        let answer = http.get(&ask).await?;
        let status = answer.status;
        ensure!(status == StatusCode::OK, "the answer is {status}");
        Keys::read(&answer.body)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
