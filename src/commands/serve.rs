//! `concordat serve`: the service, from its settings to its end.

use std::io::{Write, stdout};
use std::net::SocketAddr;
use std::num::NonZero;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tracing::info;

use super::demo;
use crate::app::App;
use crate::cli::Serve;
use crate::config::Settings;
use crate::db::Url;
use crate::services::{housekeeping, requests, uses};
use crate::{boundary, handlers, logging, startup};

/// Serves until a signal ends it. Fails if it cannot start.
pub fn run(settings: Settings, arguments: &Serve) -> anyhow::Result<()> {
    let _lines = logging::init(&settings)?;
    let runtime = runtime(&settings)?;
    let outcome = runtime.block_on(serve(settings, arguments));
    // Blocking work that is still running must not hold up the exit.
    runtime.shutdown_timeout(Duration::from_millis(500));
    outcome
}

async fn serve(mut settings: Settings, arguments: &Serve) -> anyhow::Result<()> {
    let patience = time_for_tasks(&settings);
    let demo = match arguments.demo {
        true => Some(demo::partner(&mut settings).await?),
        false => None,
    };
    let app = App::builder(settings).build().await?;
    let listener = listen(app.settings()).await?;
    tokio::spawn(boundary::signalled(app.shutdown().clone())?);
    tokio::spawn(boundary::watchdog(
        app.shutdown().clone(),
        app.settings().exit_deadline,
    ));
    startup::begin(&app).await;
    app.tasks().spawn(housekeeping::run(app.clone()));
    requests::writer::start(&app);
    uses::writer::start(&app);
    announce(listener.local_addr()?)?;
    if let Some(partner) = &demo {
        demo::print(listener.local_addr()?, partner)?;
    }
    boundary::serve(&app, listener, handlers::all(&app)).await;
    app.close(patience).await;
    info!("stopped");
    Ok(())
}

fn runtime(settings: &Settings) -> anyhow::Result<Runtime> {
    let threads = match settings.worker_threads {
        0 => threads(settings.database_url.url()),
        threads => threads,
    };
    Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()
        .context("cannot start the threads")
}

/// How many threads run requests unless the settings say. With a database beside them, one for each
/// processor would mostly wake and wait: a read of one row takes twice the CPU time then, and half as
/// many are answered.
pub fn threads(database: &Url) -> usize {
    let processors = available_parallelism().map_or(1, NonZero::get);
    match database.is_local() {
        true => processors.div_ceil(2),
        false => processors,
    }
}

async fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::new(settings.host, settings.port);
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}: set HOST and PORT to what is free, or PORT to 0")
    })
}

/// Says where the service is; scripts wait for this line.
fn announce(address: SocketAddr) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()?;
    info!(%address, "listening");
    Ok(())
}

/// What the exit deadline leaves for tasks once all connections are closed, with a second for
/// the resources.
fn time_for_tasks(settings: &Settings) -> Duration {
    let left = settings
        .exit_deadline
        .saturating_sub(settings.shutdown_wait + settings.drain_timeout);
    left.saturating_sub(Duration::from_secs(1)).max(left / 2)
}
