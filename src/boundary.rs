//! What surrounds the generated router, from the socket to the first handler.

mod bare;
mod connection;
mod headers;
mod host;
mod identity;
mod known;
mod layers;
mod limits;
mod load;
mod panics;
mod principal;
mod problem;
mod rate;
mod record;
mod rehearsal;
mod server;
mod shutdown;
mod slots;
mod trace;

pub use identity::Grant;
pub use known::Known;
pub use layers::Boundary;
pub use principal::Principal;
pub use rate::{PER_PARTNER, Policy, RateLimiter};
pub use server::serve;
pub use shutdown::{Shutdown, signalled, watchdog};
pub use slots::{Slot, Slots};
pub use trace::{Counted, note_operation, note_partner};
