//! Who sends these credentials: an API key or a token, looked up once for a request.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::runtime::credentials::invalid_credentials;
use contract::{Credential, Identity, Operation, Problem, problems};
use http::HeaderValue;
use http::header::RETRY_AFTER;
use sha2::{Digest, Sha256};
use tracing::debug;

use super::principal::{Principal, scopes_of};
use crate::app::App;
use crate::error::Error;
use crate::keys;
use crate::repository::callers::{self, Standing};
use crate::tokens::{self, Refusal};

type Scopes = Cow<'static, [&'static str]>;

/// What credentials open, as it was found a moment ago.
pub struct Grant {
    principal: Principal,
    scopes: Scopes,
    until: Option<DateTime<Utc>>,
}

impl Grant {
    fn new(standing: Standing, scopes: Scopes, until: Option<DateTime<Utc>>) -> Self {
        let principal = Principal::Partner {
            id: standing.partner,
            who: standing.who,
            ahead: standing.ahead,
        };
        Self {
            principal,
            scopes,
            until,
        }
    }
}

/// Whose credentials these are. Every refusal is the same 401, whatever is wrong: only the log
/// tells more. 503 if it cannot be known now.
pub(super) async fn of(
    app: &App,
    operation: &Operation,
    credentials: &[Credential],
) -> Result<Identity<Principal>, Problem> {
    let now = app.now();
    let text = match credentials {
        [credential] => credential.token(),
        _ => None,
    };
    let grant = match text {
        Some(text) => known_or_found(app, text, now).await?,
        None => None,
    };
    let grant = grant
        .filter(|grant| grant.until.is_none_or(|end| now < end))
        .ok_or_else(|| invalid_credentials(operation))?;
    Ok(Identity {
        principal: grant.principal,
        scopes: grant.scopes.clone(),
    })
}

/// What the text opens, as the database has it or had it a moment ago.
async fn known_or_found(
    app: &App,
    text: &str,
    now: DateTime<Utc>,
) -> Result<Option<Arc<Grant>>, Problem> {
    let key = keys::hash(text);
    let hash = match key {
        Some(hash) => hash,
        None if tokens::could_be(text) => Sha256::digest(text).into(),
        None => return Ok(None),
    };
    if let Some(grant) = app.known_callers().get(&hash, now) {
        return Ok(Some(grant));
    }
    // In boxes: large, seldom needed, and moved about with every request otherwise.
    let found = match key {
        Some(hash) => Box::pin(by_key(app, &hash)).await.map_err(Problem::from)?,
        None => Box::pin(by_token(app, text, now)).await?,
    };
    let found = found.map(Arc::new);
    if let Some(grant) = &found {
        app.known_callers().keep(hash, Arc::clone(grant), now);
    }
    Ok(found)
}

async fn by_key(app: &App, hash: &[u8]) -> Result<Option<Grant>, Error> {
    let mut conn = app.db().read().await?;
    let standing = callers::by_key(&mut conn, hash).await?;
    Ok(standing.map(|standing| {
        let scopes = scopes_of(&standing).into();
        Grant::new(standing, scopes, standing.expires_at.map(|end| *end))
    }))
}

/// The role is that of the user's row: a token can narrow what the user may do, never widen it.
async fn by_token(app: &App, text: &str, now: DateTime<Utc>) -> Result<Option<Grant>, Problem> {
    let claims = match app.tokens().verify(app, text, now).await {
        Ok(claims) => claims,
        Err(Refusal::Invalid(reason)) => {
            debug!(reason, "refused a token");
            return Ok(None);
        }
        Err(Refusal::Unknown) => return Err(issuer_unavailable()),
    };
    let found = async {
        let mut conn = app.db().read().await?;
        Ok::<_, Error>(callers::by_user(&mut conn, claims.partner, claims.user).await?)
    };
    let Some(standing) = found.await.map_err(Problem::from)? else {
        debug!("refused the token of a user who may not call");
        return Ok(None);
    };
    let scopes = narrowed(scopes_of(&standing), claims.scopes.as_deref());
    Ok(Some(Grant::new(standing, scopes, Some(claims.until))))
}

fn narrowed(scopes: &'static [&'static str], to: Option<&[String]>) -> Scopes {
    let Some(named) = to else {
        return scopes.into();
    };
    let named = |scope: &&str| named.iter().any(|name| name == scope);
    let left: Vec<_> = scopes.iter().copied().filter(named).collect();
    left.into()
}

fn issuer_unavailable() -> Problem {
    Problem::new(problems::ISSUER_UNAVAILABLE)
        .with_detail("the issuer's keys are not known yet, so that no token can be checked")
        .with_header(RETRY_AFTER, HeaderValue::from_static("30"))
}
