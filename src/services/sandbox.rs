//! The clock of a sandbox: forward, or back to the real time.

use chrono::{DateTime, TimeDelta, Utc};
use contract::problems;
use tracing::info;

use super::audit::{self, Caller};
use crate::app::App;
use crate::db::types::Time;
use crate::error::Error;
use crate::repository::audit::{AuditAction, AuditResource};
use crate::repository::sandboxes;

/// How far the clock may be ahead of the real time at most: ten years.
const FURTHEST: TimeDelta = TimeDelta::days(3_653);

/// What the clock of a sandbox shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The sandbox's time.
    pub now: DateTime<Utc>,
    /// The real time at the same moment.
    pub real: DateTime<Utc>,
}

/// What the caller's clock shows.
pub fn clock(app: &App, caller: &Caller) -> Shown {
    shown(app.now(), caller.ahead)
}

/// Moves the clock of the caller's sandbox on to `to`, from where it goes on. 409 if it shows a
/// later time already, or if that is more than ten years ahead.
pub async fn advance(app: &App, caller: &Caller, to: DateTime<Utc>) -> Result<Shown, Error> {
    let real = app.now();
    let ahead = to - real;
    if ahead > FURTHEST {
        return Err(refused("the time is more than ten years ahead"));
    }
    // The log tells when it was, by the clock as it is then.
    let now: Time = (real + ahead).into();
    app.db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(async move {
                if !sandboxes::advance(conn, caller.partner, ahead).await? {
                    return Err(refused("the clock shows a later time already"));
                }
                note(conn, caller, now).await
            })
        })
        .await?;
    app.known_callers().forget();
    info!(partner.id = %caller.partner, clock.ahead_s = ahead.num_seconds(), "moved a clock");
    Ok(shown(real, ahead))
}

/// Sets the clock of the caller's sandbox to the real time.
pub async fn reset(app: &App, caller: &Caller) -> Result<Shown, Error> {
    let real = app.now();
    app.db()
        .transaction_for(caller.partner, |conn| {
            Box::pin(async move {
                sandboxes::reset(conn, caller.partner).await?;
                note(conn, caller, real.into()).await
            })
        })
        .await?;
    app.known_callers().forget();
    info!(partner.id = %caller.partner, "reset a clock");
    Ok(shown(real, TimeDelta::zero()))
}

async fn note(conn: &mut crate::db::Conn<'_>, caller: &Caller, now: Time) -> Result<(), Error> {
    let (action, kind) = (AuditAction::Updated, AuditResource::Sandbox);
    audit::note(conn, caller, action, kind, caller.partner, now).await
}

fn shown(real: DateTime<Utc>, ahead: TimeDelta) -> Shown {
    Shown {
        now: real + ahead,
        real,
    }
}

fn refused(detail: &str) -> Error {
    Error::refused(problems::CLOCK_NOT_MOVABLE, detail)
}
