//! Who still uses what is deprecated, as operators read it.

mod counts;
pub mod writer;

use super::pages::{Listed, Wanted};
use crate::app::App;
use crate::db::types::Time;
use crate::error::Error;
use crate::ids::PartnerId;
use crate::repository::page::Scope;
use crate::repository::uses::{self, Part, Use, UseFilter};

pub use counts::{Counts, Key};

/// The uses of all partners that pass the filter, the newest day first.
pub async fn list(
    app: &App,
    operator: PartnerId,
    filter: &UseFilter,
    wanted: &Wanted,
) -> Result<Listed<Use>, Error> {
    let day = |day: Option<Time>| day.map(|day| day.to_rfc3339());
    let partner = filter.partner.map(|partner| partner.to_string());
    let scope = Scope::new("listDeprecatedUses", operator)
        .with("partner_id", partner.as_deref())
        .with("operation", filter.operation.as_deref())
        .with("part", filter.part.map(Part::as_str))
        .with("since", day(filter.since).as_deref())
        .with("until", day(filter.until).as_deref());
    let slice = wanted.slice(app, &scope)?;
    // A filter that few uses pass makes it look at many.
    let mut conn = app.db().checkout_for(operator).await?;
    let page = uses::list(&mut conn, filter, &slice).await?;
    Listed::seal(app, &scope, page)
}
