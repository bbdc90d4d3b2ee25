//! The accept loop: takes connections within their limits, and lets them end in time.

use std::io::{Read, Write};
use std::net::{IpAddr, Shutdown as Side, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use std::{convert::Infallible, io};

use crate::rfc9457::boundary::OVERLOADED;
use axum::body::Body;
use http::header::CONNECTION;
use http::{HeaderValue, Version};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};
use tracing::{error, info, warn};

use crate::bare;
use crate::connection::{Activity, Answer, Patience, Socket, drive};
use crate::descriptors::connections_within;
use crate::layers::Boundary;
use crate::settings::Settings;
use crate::shutdown::Shutdown;
use crate::slots::{Slot, Slots, household};
use crate::stall;

const CLOSE: HeaderValue = HeaderValue::from_static("close");

/// hyper's own limit on a header's bytes lies above what the settings allow, so that it is the
/// boundary that answers; beyond it hyper answers, and [`bare`] puts a problem in its place.
const HYPER_HEADER_BYTES: usize = 256 * 1_024;

/// How many fields hyper takes unless it is told otherwise, which costs it two allocations with
/// every request.
const HYPER_FIELDS: usize = 100;

/// Serves what a boundary surrounds on a socket until the process is shut down: then readiness fails for
/// `SHUTDOWN_WAIT`, no connection is accepted any more, and those that are open have
/// `DRAIN_TIMEOUT` to finish their requests. Returns when all are closed; the application's
/// tasks and resources are still open then.
pub async fn serve(listener: TcpListener, boundary: Boundary, shutdown: &Shutdown) {
    let server = Arc::new(Server {
        builder: builder(boundary.settings()),
        patience: Patience::from(boundary.settings()),
        boundary: boundary.clone(),
        shutdown: shutdown.clone(),
        cut: CancellationToken::new(),
    });
    let settings = boundary.settings();
    // Where connections are served, too, which is not where this waits.
    let _watch = AbortOnDropHandle::new(tokio::spawn(stall::watched()));
    let connections = TaskTracker::new();
    let most = connections_within(settings.max_connections);
    let slots = Slots::new(most, settings.max_connections_per_ip);
    tokio::select! {
        () = accept(&server, &listener, &connections, &slots) => {}
        () = until_stop(shutdown, settings.shutdown_wait) => {}
    }
    take_rest(&server, listener, &connections, &slots);
    shutdown.stop();
    connections.close();
    info!(
        connections.open = connections.len(),
        "stopped accepting connections"
    );
    if timeout(settings.drain_timeout, connections.wait())
        .await
        .is_err()
    {
        warn!(
            connections.open = connections.len(),
            "cut off connections that did not finish in time"
        );
        server.cut.cancel();
        connections.wait().await;
    }
}

/// Waits for the end to begin, then for load balancers to notice.
async fn until_stop(shutdown: &Shutdown, wait: Duration) {
    shutdown.draining().await;
    info!("shutting down");
    tokio::select! {
        () = sleep(wait) => {}
        () = shutdown.stopping() => {}
    }
}

/// What every connection needs.
struct Server {
    builder: Builder<TokioExecutor>,
    boundary: Boundary,
    patience: Patience,
    shutdown: Shutdown,
    cut: CancellationToken,
}

fn builder(settings: &Settings) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // The driver of the connection keeps the time; hyper would set a timer with each request.
        .header_read_timeout(None)
        .max_buf_size(HYPER_HEADER_BYTES)
        // Answers are small: one buffer costs less than the kernel's work on a list of two.
        .writev(false);
    if settings.max_header_fields > HYPER_FIELDS {
        builder.http1().max_headers(settings.max_header_fields);
    }
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(settings.http2_streams)
        .max_header_list_size(u32::try_from(HYPER_HEADER_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(settings.http2_ping)
        .keep_alive_timeout(settings.http2_ping);
    builder
}

async fn accept(
    server: &Arc<Server>,
    listener: &TcpListener,
    connections: &TaskTracker,
    slots: &Slots<IpAddr>,
) {
    loop {
        match listener.accept().await {
            Ok((stream, client)) => admit(server, stream, client, connections, slots),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                error!(%error, "cannot accept connections");
                // Most likely no file descriptor is free: wait for one.
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Takes the connections that the system made before the end: their clients may have sent
/// already. The listener is closed then.
fn take_rest(
    server: &Arc<Server>,
    listener: TcpListener,
    connections: &TaskTracker,
    slots: &Slots<IpAddr>,
) {
    let Ok(listener) = listener.into_std() else {
        return;
    };
    // It does not block: none left is an error.
    while let Ok((stream, client)) = listener.accept() {
        let stream = stream.set_nonblocking(true).map(|()| stream);
        if let Ok(stream) = stream.and_then(TcpStream::from_std) {
            admit(server, stream, client, connections, slots);
        }
    }
}

fn admit(
    server: &Arc<Server>,
    stream: TcpStream,
    client: SocketAddr,
    connections: &TaskTracker,
    slots: &Slots<IpAddr>,
) {
    match slots.take(household(client.ip())) {
        Some(slot) => _ = connections.spawn(connect(Arc::clone(server), stream, slot)),
        None => refuse(stream, &server.boundary.stamp()),
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted
    )
}

async fn connect(server: Arc<Server>, stream: TcpStream, slot: Slot<IpAddr>) {
    // Without it, small answers wait for the client's acknowledgements.
    _ = stream.set_nodelay(true);
    let activity = Activity::new();
    let socket = Socket::new(stream, Arc::clone(&activity), server.boundary.stamp(), slot);
    let service = service_fn(|request: http::Request<hyper::body::Incoming>| {
        let (exchange, fault) = activity.begin(&request);
        let server = Arc::clone(&server);
        async move {
            let mut request = request.map(Body::new);
            let is_http2 = request.version() == Version::HTTP_2;
            if let Some(fault) = fault {
                request.extensions_mut().insert(fault);
            }
            let mut answer = server.boundary.answer(request).await;
            // So that clients take their next request elsewhere before this one is closed; and
            // what follows an ambiguous request may be anyone's.
            let closes = server.shutdown.is_draining() || fault.is_some();
            if closes && !is_http2 {
                answer.headers_mut().insert(CONNECTION, CLOSE);
            }
            Ok::<_, Infallible>(answer.map(|body| Answer::new(body, exchange)))
        }
    });
    let driven = drive(
        &server.builder,
        socket,
        service,
        server.patience,
        &server.shutdown,
    );
    server.cut.run_until_cancelled(driven).await;
}

/// Tells a client over the limit of connections so, without waiting for it, and closes.
fn refuse(stream: TcpStream, contract: &HeaderValue) {
    let answer = bare::problem(
        OVERLOADED,
        "too many connections are open; close some or try again later",
        contract,
    );
    // The socket does not block: what cannot be sent at once is not sent.
    if let Ok(mut stream) = stream.into_std() {
        _ = stream.write_all(&answer);
        _ = stream.shutdown(Side::Write);
        _ = stream.read(&mut [0; 4_096]);
    }
}
