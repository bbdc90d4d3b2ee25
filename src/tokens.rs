//! Bearer tokens (JWT, RFC 7519): who issued one, whether it is genuine, whom it speaks for.
//!
//! The service only checks tokens. Signatures and keys are the crate's; claims are read here,
//! strictly and by the clock of the application.

mod claims;
mod jwks;
mod keys;
pub mod local;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};

use self::claims::{Rules, Unverified};
use self::jwks::Jwks;
use self::keys::Keys;
use self::local::LocalKey;
use crate::app::App;
use crate::config::Settings;

pub use self::claims::{Claims, could_be};
pub use self::keys::ALGORITHMS;

/// Why a token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not valid, for a reason that only the log tells.
    Invalid(&'static str),
    /// Its issuer's keys are not known and cannot be had now.
    Unknown,
}

impl From<&'static str> for Refusal {
    fn from(reason: &'static str) -> Self {
        Self::Invalid(reason)
    }
}

/// The issuers whose tokens are taken, and what a token must say.
pub struct Tokens {
    rules: Rules,
    issuers: Vec<Issuer>,
}

struct Issuer {
    /// What its tokens have for `iss`.
    name: String,
    /// What its tokens may be signed with.
    algorithms: Vec<Algorithm>,
    keys: Source,
}

/// Where an issuer's keys are.
enum Source {
    /// With the issuer, at an address.
    Remote(Arc<Jwks>),
    /// Here.
    Local(Keys),
}

impl Tokens {
    /// Those of the settings; none at all if no issuer is set.
    ///
    /// # Errors
    /// If the cryptography makes no key of the local secret.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let remote = settings
            .jwt_issuer
            .clone()
            .zip(settings.jwt_jwks_url.clone());
        let remote = remote.map(|(name, url)| Issuer {
            name,
            algorithms: settings.jwt_algorithms.clone(),
            keys: Source::Remote(Arc::new(Jwks::new(url))),
        });
        let local = |secret| -> anyhow::Result<Issuer> {
            Ok(Issuer {
                name: local::ISSUER.to_owned(),
                algorithms: vec![local::ALGORITHM],
                keys: Source::Local(LocalKey::new(secret)?.public()?),
            })
        };
        let local = settings.jwt_local_secret.as_ref().map(local).transpose()?;
        Ok(Self {
            rules: Rules {
                audience: settings.jwt_audience.clone(),
                partner: settings.jwt_partner_claim.clone(),
                user: settings.jwt_user_claim.clone(),
            },
            issuers: remote.into_iter().chain(local).collect(),
        })
    }

    /// Whom a token speaks for, if it is genuine and valid at `now`.
    pub async fn verify(
        &self,
        app: &App,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Claims, Refusal> {
        let token = Unverified::read(text)?;
        let issuer = token.issuer().ok_or("it names no issuer")?;
        let issuer = self.issuers.iter().find(|it| it.name == issuer);
        let issuer = issuer.ok_or("its issuer is not trusted")?;
        if !issuer.algorithms.contains(&token.algorithm) {
            return Err("its algorithm is not allowed".into());
        }
        let key = issuer.key(app, &token, now).await?;
        let genuine = crypto::verify(token.signature, token.signed, &key, token.algorithm);
        if !genuine.unwrap_or(false) {
            return Err("its signature is wrong".into());
        }
        Ok(token.claims(&self.rules, now)?)
    }
}

impl Issuer {
    async fn key(
        &self,
        app: &App,
        token: &Unverified<'_>,
        now: DateTime<Utc>,
    ) -> Result<DecodingKey, Refusal> {
        let (kid, algorithm) = (token.kid.as_deref(), token.algorithm);
        let found = match &self.keys {
            Source::Local(keys) => keys.find(kid, algorithm),
            Source::Remote(jwks) => jwks.find(app, kid, algorithm, now).await?,
        };
        found.ok_or(Refusal::Invalid("its key is not known"))
    }
}
