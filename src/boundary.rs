//! What surrounds the generated router: the boundary of every contract, under this service's settings,
//! and what it asks of the application.

mod host;
mod identity;
mod known;
mod principal;
mod rate;
mod record;
mod rehearsal;
mod usage;

pub use concordat_boundary::{
    Boundary, Counted, Inner, Shutdown, Slot, Slots, TraceId, note_operation, note_partner,
    signalled, watchdog,
};
use concordat_boundary::{Contract, Settings};
pub use identity::Grant;
pub use known::Known;
pub use principal::Principal;
pub use rate::{PER_PARTNER, Policy, RateLimiter};
use tokio::net::TcpListener;

use crate::app::App;

const CONTRACT: Contract = Contract {
    stamp: contract::STAMP,
    hand_over: |trace, extensions| _ = extensions.insert(known_to_contract(trace)),
};

/// The id of a request, as the generated crate has it.
pub fn known_to_contract(trace: &TraceId) -> contract::TraceId {
    contract::TraceId::parse(trace.as_str()).unwrap_or_else(contract::TraceId::random)
}

/// Surrounds a router, under the limits of the application's settings.
pub fn around(app: &App, inner: impl Into<Inner>) -> Boundary {
    Boundary::new(limits(app), CONTRACT, inner)
}

/// Serves a router on a socket until the application is shut down. Its tasks and resources are still
/// open then.
pub async fn serve(app: &App, listener: TcpListener, inner: impl Into<Inner>) {
    concordat_boundary::serve(listener, around(app, inner), app.shutdown()).await;
}

fn limits(app: &App) -> Settings {
    let settings = app.settings();
    Settings {
        header_read_timeout: settings.header_read_timeout,
        write_timeout: settings.write_timeout,
        keep_alive: settings.keep_alive,
        max_connections: settings.max_connections,
        max_connections_per_ip: settings.max_connections_per_ip,
        max_in_flight: settings.max_in_flight,
        kept_paths: settings.kept_paths.clone(),
        free_paths: vec!["/health".to_owned()],
        queue_wait: settings.queue_wait,
        max_request_bytes: settings.max_body_bytes.max(settings.max_upload_bytes),
        max_uri_bytes: settings.max_uri_bytes,
        max_header_bytes: settings.max_header_bytes,
        max_header_fields: settings.max_header_fields,
        http2_streams: settings.http2_streams,
        http2_ping: settings.http2_ping,
        cors_origins: settings.cors_origins.clone(),
        shutdown_wait: settings.shutdown_wait,
        drain_timeout: settings.drain_timeout,
    }
}
