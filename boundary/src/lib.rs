//! What surrounds a generated router, from the socket to the first handler; the same for every contract.
//!
//! It needs no generated crate: what passes between the two is a request with a trace id, and a
//! response. Problems and trace ids are the generated crates' own, from the same source.

mod bare;
mod connection;
mod descriptors;
mod framing;
mod headers;
mod layers;
mod limits;
mod load;
mod panics;
mod problem;
#[expect(dead_code, reason = "generated crates use the rest")]
#[path = "../../codegen/templates/runtime/problem.rs"]
mod rfc9457;
mod server;
mod settings;
mod shutdown;
mod slots;
mod stall;
mod trace;
#[path = "../../codegen/templates/runtime/trace_id.rs"]
mod trace_id;

pub use layers::{Boundary, Contract, Inner};
pub use server::serve;
pub use settings::Settings;
pub use shutdown::{Shutdown, signalled, watchdog};
pub use slots::{Slot, Slots};
pub use trace::{Counted, X_REQUEST_ID, note_operation, note_partner};
pub use trace_id::TraceId;
