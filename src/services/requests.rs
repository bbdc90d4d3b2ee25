//! The request log as partners read it.

mod curl;
mod redact;
pub mod writer;

use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::types::Time;
use crate::error::Error;
use crate::ids::{PartnerId, RequestId};
use crate::repository::page::Scope;
use crate::repository::requests::{self, LoggedRequest, RequestFilter};

pub use curl::curl;

/// Requests that pass the filter, the newest first.
pub async fn list(
    app: &App,
    partner: PartnerId,
    filter: &RequestFilter,
    wanted: &Wanted,
) -> Result<Listed<LoggedRequest>, Error> {
    let time = |time: Option<Time>| time.map(|time| time.to_rfc3339());
    let class = filter.status_class.map(|class| class.to_string());
    let scope = Scope::new("listRequests", partner)
        .with("status_class", class.as_deref())
        .with("operation", filter.operation.as_deref())
        .with("method", filter.method.as_deref())
        .with("trace_id", filter.trace_id.as_deref())
        .with("since", time(filter.since).as_deref())
        .with("until", time(filter.until).as_deref());
    let slice = wanted.slice(app, &scope)?;
    // A filter that few requests pass makes it look at many.
    let mut conn = app.db().checkout_for(partner).await?;
    let page = requests::list(&mut conn, partner, filter, &slice).await?;
    Listed::seal(app, &scope, page)
}

/// The request with this id. 404 if the partner sent none such, or it is thrown away already.
pub async fn get(app: &App, partner: PartnerId, id: RequestId) -> Result<LoggedRequest, Error> {
    let mut conn = app.db().read().await?;
    requests::find(&mut conn, partner, id)
        .await?
        .ok_or(Error::NotFound)
}
