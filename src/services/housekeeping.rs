//! What is thrown away when its time is over, behind the requests.

use std::time::Duration;

use chrono::TimeDelta;
use tracing::{info, warn};

use crate::app::App;
use crate::db::types::Time;
use crate::error::Error;
use crate::repository::{idempotency, requests, uses};

/// Time between two sweeps of one process, shortened at random by up to a half, so that
/// processes that started together do not sweep together.
const PAUSE: Duration = Duration::from_secs(600);

/// Rows that one transaction throws away: few, so that nobody waits for it.
const BATCH: i64 = 500;

/// How long it is remembered who used what is deprecated: a year and a month.
const USES_KEPT: TimeDelta = TimeDelta::days(400);

/// Sweeps now and then until the process ends.
pub async fn run(app: App) {
    loop {
        let pause = PAUSE.mul_f64(1.0 - fastrand::f64() / 2.0);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = app.shutdown().draining() => return,
        }
        if let Err(error) = sweep(&app).await {
            warn!(%error, "could not sweep, trying again later");
        }
    }
}

/// Throws away all that is over, in batches, and says how many rows it were.
///
/// # Errors
/// The database's; what was thrown away before stays so.
pub async fn sweep(app: &App) -> Result<usize, Error> {
    let now: Time = app.now().into();
    let kept = TimeDelta::from_std(app.settings().request_log_kept).map_err(Error::internal)?;
    let oldest = Time::from(*now - kept);
    let oldest_use = Time::from(*now - USES_KEPT);
    let mut all = 0;
    while !app.shutdown().is_draining() {
        let [keys, requests, uses] = app
            .db()
            .transaction(|conn| {
                Box::pin(async move {
                    let keys = idempotency::purge(conn, now, BATCH).await?;
                    let requests = requests::purge(conn, oldest, BATCH).await?;
                    let uses = uses::purge(conn, oldest_use, BATCH).await?;
                    Ok::<_, Error>([keys, requests, uses])
                })
            })
            .await?;
        if keys + requests + uses == 0 {
            break;
        }
        info!(
            idempotency_keys.count = keys,
            requests.count = requests,
            deprecated_uses.count = uses,
            "threw away what is over"
        );
        all += keys + requests + uses;
    }
    Ok(all)
}
