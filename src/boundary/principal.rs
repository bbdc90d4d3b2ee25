//! Who is calling.

use chrono::TimeDelta;
use contract::runtime::credentials::invalid_credentials;
use contract::{Operation, Problem, ROLES, problems};

use crate::app::App;
use crate::error::Error;
use crate::ids::PartnerId;
use crate::repository::callers::{self, Standing, Who};

/// Who is calling, as the boundary found them. A request looks that up once, before anything else,
/// and keeps it to its end; what was found may be a second old. Where that is too old, ask for
/// [`Principal::fresh`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal {
    /// Nobody in particular; only operations with `security: []` have such callers.
    Anonymous,
    /// Somebody of a partner.
    Partner {
        /// The tenant, to whom everything that the call sees belongs.
        id: PartnerId,
        /// One of its API keys or users.
        who: Who,
        /// How far the partner's clock is ahead, if it is a sandbox.
        ahead: Option<TimeDelta>,
    },
}

impl Principal {
    /// Who it is, as the audit log names them.
    #[must_use]
    pub fn actor(&self) -> String {
        match self {
            Self::Partner {
                who: Who::Key(key), ..
            } => format!("key:{key}"),
            Self::Partner {
                who: Who::User(user),
                ..
            } => format!("user:{user}"),
            Self::Anonymous => "anonymous".to_owned(),
        }
    }

    /// Whether it is a sandbox that is called.
    #[must_use]
    pub fn is_sandbox(&self) -> bool {
        matches!(self, Self::Partner { ahead: Some(_), .. })
    }

    /// How far the caller's clock is ahead of the real time.
    #[must_use]
    pub fn ahead(&self) -> TimeDelta {
        match self {
            Self::Partner { ahead, .. } => ahead.unwrap_or_default(),
            Self::Anonymous => TimeDelta::zero(),
        }
    }

    /// The partner; 401 for anonymous callers.
    pub fn partner(&self) -> Result<PartnerId, Problem> {
        match self {
            Self::Partner { id, .. } => Ok(*id),
            Self::Anonymous => Err(Problem::new(problems::UNAUTHORIZED)),
        }
    }

    /// Asks the database whether the caller still may do this, past everything that is remembered.
    /// For what cannot be taken back: money, and what others may do.
    ///
    /// # Errors
    /// 401 for who is disabled, revoked or expired by now, 403 for whose role no longer grants the
    /// operation's scopes; 503 if it cannot be known.
    pub async fn fresh(&self, app: &App, operation: &Operation) -> Result<(), Error> {
        let invalid = || invalid_credentials(operation);
        let Self::Partner { id, who, .. } = *self else {
            return Err(invalid().into());
        };
        let mut conn = app.db().read().await?;
        let standing = callers::again(&mut conn, id, who).await?;
        let now = app.now();
        let standing = standing
            .filter(|it| it.expires_at.is_none_or(|end| now < *end))
            .ok_or_else(invalid)?;
        match grants(scopes_of(&standing), operation) {
            true => Ok(()),
            false => Err(Problem::new(problems::FORBIDDEN)
                .with_detail("the caller's role does not grant this any more")
                .into()),
        }
    }
}

/// What a caller may do, by the contract: what its role may, and what concerns a sandbox only there.
/// The contract names those scopes last.
pub(super) fn scopes_of(caller: &Standing) -> &'static [&'static str] {
    let role = ROLES.iter().find(|known| known.name == caller.role);
    let all = role.map_or(&[][..], |role| role.scopes);
    let of_sandbox = |scope: &&str| scope.starts_with("sandbox:");
    match (caller.ahead, all.iter().position(of_sandbox)) {
        (None, Some(first)) => all.get(..first).unwrap_or_default(),
        _ => all,
    }
}

/// Whether the scopes are enough for one of the operation's alternatives.
fn grants(scopes: &[&str], operation: &Operation) -> bool {
    operation.security.iter().any(|all| {
        let mut wanted = all.iter().flat_map(|one| one.scopes);
        wanted.all(|scope| scopes.contains(scope))
    })
}
