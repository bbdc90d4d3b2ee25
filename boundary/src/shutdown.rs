//! The end of the process: its stages, the signals that begin it, the deadline that ends it.

use std::io;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How far the end of the process has come. Clones share one state.
///
/// First it is *draining*: readiness answers 503 while requests are still taken. Then it is
/// *stopping*: nothing new is accepted, and streams should end.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    draining: CancellationToken,
    stopping: CancellationToken,
}

impl Shutdown {
    /// Begins the end. Calling it again changes nothing.
    pub fn begin(&self) {
        self.draining.cancel();
    }

    /// Whether the end has begun; readiness is 503 from then on.
    pub fn is_draining(&self) -> bool {
        self.draining.is_cancelled()
    }

    /// Waits until the end has begun.
    pub async fn draining(&self) {
        self.draining.cancelled().await;
    }

    /// Waits until nothing new is accepted. What streams without end should stop then.
    pub async fn stopping(&self) {
        self.stopping.cancelled().await;
    }

    /// Tells all that nothing new is accepted.
    pub(crate) fn stop(&self) {
        self.begin();
        self.stopping.cancel();
    }
}

/// Begins the end at SIGTERM or SIGINT; a second signal skips the wait before accepting stops.
/// The signals are caught from this call on, not from the first poll of what it returns.
pub fn signalled(shutdown: Shutdown) -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        for stage in [Shutdown::begin, Shutdown::stop] {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            stage(&shutdown);
        }
    })
}

/// Ends the process with exit code 0 when `deadline` has passed since the end began, whatever
/// still runs. It counts on a thread of its own, so that a stuck runtime cannot hold it up.
pub async fn watchdog(shutdown: Shutdown, deadline: Duration) {
    shutdown.draining().await;
    std::thread::spawn(move || {
        std::thread::sleep(deadline);
        std::process::exit(0);
    });
}
