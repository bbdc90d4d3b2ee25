//! Counts what a call uses of what is deprecated, by day and partner.

use chrono::NaiveTime;
use contract::Operation;
use contract::runtime::host::{Part, Use, Uses};
use contract::runtime::operation::Place;

use super::principal::Principal;
use crate::app::App;
use crate::ids::PartnerId;
use crate::repository::uses;
use crate::services::uses::Key;

/// A call that is being counted.
struct Counting {
    app: App,
    partner: PartnerId,
    operation: &'static str,
}

/// Begins to count; `None` for who is not known.
pub(super) fn begin(
    app: &App,
    operation: &'static Operation,
    principal: &Principal,
) -> Option<Box<dyn Uses>> {
    Some(Box::new(Counting {
        app: app.clone(),
        partner: principal.partner().ok()?,
        operation: operation.id,
    }))
}

impl Uses for Counting {
    fn used(&self, it: &Use) {
        let day = self.app.now().date_naive().and_time(NaiveTime::MIN);
        self.app.uses().add(Key {
            day: day.and_utc().into(),
            partner: self.partner,
            operation: self.operation,
            part: part(it.part),
            place: it.place,
            value: it.value.unwrap_or_default(),
        });
    }
}

fn part(part: Part) -> uses::Part {
    match part {
        Part::Operation => uses::Part::Operation,
        Part::Parameter(Place::Path) => uses::Part::Path,
        Part::Parameter(Place::Query) => uses::Part::Query,
        Part::Parameter(Place::Header) => uses::Part::Header,
        Part::Parameter(Place::Cookie) => uses::Part::Cookie,
        Part::Request => uses::Part::Request,
        Part::Answer => uses::Part::Answer,
    }
}
