//! Writes who uses what is deprecated, behind the requests.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

use super::counts::Key;
use crate::app::App;
use crate::error::Error;
use crate::ids::UseId;
use crate::repository::uses::{self, Use};

/// Time between two writes.
const PAUSE: Duration = Duration::from_secs(5);

/// Rows that one transaction writes: few, so that nobody waits for it.
const BATCH: usize = 500;

/// Writes from now on, until the application closes: then what waits is written before the database
/// is closed.
pub fn start(app: &App) {
    app.until_closed("deprecated uses", run);
}

async fn run(app: App, ended: CancellationToken) {
    let mut told = 0;
    while ended.run_until_cancelled(sleep(PAUSE)).await.is_some() {
        if let Err(error) = write(&app).await {
            warn!(%error, "could not write who uses what is deprecated, trying again later");
        }
        told = tell_of_dropped(&app, told);
    }
    if let Err(error) = write(&app).await {
        let lost = app.uses().calls();
        error!(%error, calls.count = lost, "who used what is deprecated is lost");
    }
    tell_of_dropped(&app, told);
}

/// Adds what was counted to the database. What is not added stays and is tried again with the next
/// write. Holds no connection unless there is something to write.
///
/// # Errors
/// The database's. Where it is not known whether it took them, some calls may be counted twice.
pub async fn write(app: &App) -> Result<(), Error> {
    let counts = app.uses();
    let _alone = counts.writing.lock().await;
    for batch in counts.all().chunks(BATCH) {
        let rows: Vec<Use> = batch.iter().map(|it| row(app, it)).collect();
        let rows = &rows;
        app.db()
            .transaction(|conn| {
                Box::pin(async move { Ok::<_, Error>(uses::add(conn, rows).await?) })
            })
            .await?;
        counts.subtract(batch);
    }
    Ok(())
}

fn tell_of_dropped(app: &App, told: u64) -> u64 {
    let dropped = app.uses().dropped();
    if dropped > told {
        warn!(
            calls.count = dropped - told,
            "there was no room to count who uses what is deprecated"
        );
    }
    dropped
}

fn row(app: &App, (key, count): &(Key, i64)) -> Use {
    Use {
        id: UseId::new(app.now()),
        day: key.day,
        partner_id: key.partner,
        operation: key.operation.to_owned(),
        part: key.part,
        place: key.place.to_owned(),
        value: key.value.to_owned(),
        count: *count,
    }
}
