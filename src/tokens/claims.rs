//! What a token says: its parts, its header, its claims.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use contract::runtime::json;
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use crate::ids::{PartnerId, UserId};

/// Longest token that is looked at, in bytes.
const MOST_BYTES: usize = 8_192;

/// Levels of arrays and objects in a token.
const MOST_LEVELS: usize = 8;

/// Longest `kid`, in bytes.
const MOST_KID: usize = 255;

/// How far the clocks of issuer and service may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// What tokens must say.
pub(super) struct Rules {
    /// What `aud` is, or has among others.
    pub(super) audience: String,
    /// The claim that names the partner.
    pub(super) partner: String,
    /// The claim that names the user.
    pub(super) user: String,
}

/// Whom a genuine token speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The partner.
    pub partner: PartnerId,
    /// One of its users.
    pub user: UserId,
    /// The only scopes that it grants, whatever else the user may do; `None` leaves all.
    pub scopes: Option<Vec<String>>,
    /// When it ends, leeway included.
    pub until: DateTime<Utc>,
}

/// Whether text has the form of a token: three parts and no more bytes than one may have.
#[must_use]
pub fn could_be(text: &str) -> bool {
    text.len() <= MOST_BYTES && text.matches('.').count() == 2
}

/// A token whose signature nobody has checked yet.
pub(super) struct Unverified<'t> {
    /// What it says that it is signed with.
    pub(super) algorithm: Algorithm,
    /// The id of its key.
    pub(super) kid: Option<String>,
    /// What is signed.
    pub(super) signed: &'t [u8],
    /// The signature, as text.
    pub(super) signature: &'t str,
    claims: Map<String, Value>,
}

impl<'t> Unverified<'t> {
    /// Takes a token apart. `jwk`, `jku`, `x5u` and their like are not looked at: which keys are
    /// trusted is not the token's to say.
    pub(super) fn read(text: &'t str) -> Result<Self, &'static str> {
        if !could_be(text) {
            return Err("it has not the form of a token");
        }
        let (signed, signature) = text.rsplit_once('.').ok_or("it has no signature")?;
        let (header, claims) = signed.split_once('.').ok_or("it has no claims")?;
        let header = object(header)?;
        // RFC 7515, section 4.1.11: what is critical must be understood, and nothing is here.
        if header.contains_key("crit") {
            return Err("it has critical extensions");
        }
        if !is_access_token(header.get("typ")) {
            return Err("it is of another type");
        }
        let algorithm = header.get("alg").and_then(Value::as_str);
        let kid = match header.get("kid") {
            None => None,
            Some(Value::String(kid)) if kid.len() <= MOST_KID => Some(kid.clone()),
            Some(_) => return Err("the id of its key is none"),
        };
        Ok(Self {
            algorithm: algorithm
                .and_then(|name| name.parse().ok())
                .ok_or("its algorithm is none")?,
            kid,
            signed: signed.as_bytes(),
            signature,
            claims: object(claims)?,
        })
    }

    /// Who says to have issued it.
    pub(super) fn issuer(&self) -> Option<&str> {
        self.claims.get("iss")?.as_str()
    }

    /// Its claims, once it is known to be genuine, if they hold at `now`.
    pub(super) fn claims(&self, rules: &Rules, now: DateTime<Utc>) -> Result<Claims, &'static str> {
        let end = self.moment("exp")?.ok_or("it has no end")?;
        let until = end.checked_add_signed(LEEWAY).ok_or("it has no end")?;
        if until <= now {
            return Err("it has expired");
        }
        if self
            .moment("nbf")?
            .is_some_and(|begin| now + LEEWAY < begin)
        {
            return Err("it is not valid yet");
        }
        if !self.is_for(&rules.audience) {
            return Err("it is for somebody else");
        }
        Ok(Claims {
            partner: self.id(&rules.partner).ok_or("it names no partner")?,
            user: self.id(&rules.user).ok_or("it names no user")?,
            scopes: self.scopes()?,
            until,
        })
    }

    fn id<T: std::str::FromStr>(&self, claim: &str) -> Option<T> {
        self.claims.get(claim)?.as_str()?.parse().ok()
    }

    /// A NumericDate (RFC 7519, section 2), which may have a fraction.
    fn moment(&self, claim: &str) -> Result<Option<DateTime<Utc>>, &'static str> {
        let Some(value) = self.claims.get(claim) else {
            return Ok(None);
        };
        let since_1970 = value.as_f64().map(Duration::try_from_secs_f64);
        let since_1970 = since_1970.and_then(|it| TimeDelta::from_std(it.ok()?).ok());
        let moment = since_1970.and_then(|it| DateTime::UNIX_EPOCH.checked_add_signed(it));
        moment.map(Some).ok_or("one of its times is none")
    }

    fn is_for(&self, audience: &str) -> bool {
        match self.claims.get("aud") {
            Some(Value::String(only)) => only == audience,
            Some(Value::Array(several)) => {
                several.iter().all(Value::is_string) && several.iter().any(|it| it == audience)
            }
            _ => false,
        }
    }

    /// RFC 9068, section 2.2.3: names with spaces between them.
    fn scopes(&self) -> Result<Option<Vec<String>>, &'static str> {
        match self.claims.get("scope") {
            None => Ok(None),
            Some(Value::String(names)) => {
                let names = names.split(' ').filter(|name| !name.is_empty());
                Ok(Some(names.map(str::to_owned).collect()))
            }
            Some(_) => Err("its scopes are none"),
        }
    }
}

/// An object of strict JSON: a member that is given twice means two things, so it means nothing.
fn object(part: &str) -> Result<Map<String, Value>, &'static str> {
    let bytes = URL_SAFE_NO_PAD.decode(part);
    let bytes = bytes.map_err(|_| "a part of it is not base64url")?;
    match json::parse(&bytes, MOST_LEVELS) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err("a part of it is not one object of strict JSON"),
    }
}

/// Access tokens say `at+jwt` (RFC 9068) or, as most do, `JWT` or nothing.
fn is_access_token(typ: Option<&Value>) -> bool {
    let Some(typ) = typ else { return true };
    typ.as_str().is_some_and(|typ| {
        let typ = typ.to_ascii_lowercase();
        let name = typ.strip_prefix("application/").unwrap_or(&typ);
        matches!(name, "jwt" | "at+jwt")
    })
}
