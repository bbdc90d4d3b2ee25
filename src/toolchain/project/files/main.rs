//! The program: reads its settings, serves, and ends in time.

use std::io::{Write, stderr, stdout};
use std::net::SocketAddr;

use anyhow::Context;
use concordat_boundary::{Shutdown, signalled, watchdog};
use tokio::net::TcpListener;
use {{library}}::app::App;
use {{library}}::config::Settings;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().with_writer(stderr).init();
    let settings = Settings::load()?;
    let address = SocketAddr::new(settings.host, settings.port);
    let exit_deadline = settings.exit_deadline;
    let app = App::new(settings);
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: set HOST and PORT to what is free"))?;
    let shutdown = Shutdown::default();
    tokio::spawn(signalled(shutdown.clone())?);
    tokio::spawn(watchdog(shutdown.clone(), exit_deadline));
    // Scripts wait for this line.
    writeln!(stdout(), "listening on http://{}", listener.local_addr()?)?;
    concordat_boundary::serve(listener, app.boundary(), &shutdown).await;
    app.close().await;
    Ok(())
}
