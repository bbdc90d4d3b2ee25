//! A small server on this machine, for the commands that listen.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::body::Body;
use http::{Request, Response};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::task::TaskTracker;

/// How long a client may take for its headers.
const HEADERS: Duration = Duration::from_secs(30);

/// Connections at a time; further ones wait to be accepted.
const CONNECTIONS: usize = 512;

/// How long open requests may take once the command is to end.
const DRAIN: Duration = Duration::from_secs(5);

/// Listens.
///
/// # Errors
/// The address is taken, or not one of this machine.
pub async fn listen(host: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::new(host, port);
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: name another with --port"))
}

/// Answers requests until `end`, then lets those that run finish for a while.
pub async fn serve<H, F>(listener: TcpListener, answer: H, end: impl Future<Output = ()>)
where
    H: Fn(Request<Body>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let connections = TaskTracker::new();
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    let accepting = async {
        loop {
            let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, answer.clone(), slot));
                }
                // Most likely no file descriptor is free: wait for one.
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        () = end => {}
    }
    drop(listener);
    connections.close();
    _ = timeout(DRAIN, connections.wait()).await;
}

async fn connection<H, F>(stream: TcpStream, answer: H, _slot: OwnedSemaphorePermit)
where
    H: Fn(Request<Body>) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<hyper::body::Incoming>| {
        let answering = answer(request.map(Body::new));
        async move { Ok::<_, Infallible>(answering.await) }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS);
    builder.http2().timer(TokioTimer::new());
    // A connection that breaks is its client's affair.
    _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// Waits for Ctrl-C or SIGTERM.
///
/// # Errors
/// The signals cannot be listened for.
pub async fn interrupted() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .context("cannot wait for signals")?;
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt.context("cannot wait for signals"),
        _ = terminate.recv() => Ok(()),
    }
}
