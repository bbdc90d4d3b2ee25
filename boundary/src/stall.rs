//! Tells when no thread gets to its tasks, since something waits or computes without giving way.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::time::sleep;
use tracing::warn;

/// How often the runtime shows that it gets to its tasks, and how often that is looked at.
const BEAT: Duration = Duration::from_millis(250);

/// How long it may not. Work that takes so long belongs on a thread for blocking work.
const PATIENCE: Duration = Duration::from_millis(750);

/// When the runtime last got to its tasks.
type Pulse = Mutex<Instant>;

/// Watches the runtime that this is polled on, as long as it is polled.
pub(crate) async fn watched() {
    watched_by(|silent| {
        let silent_ms = u64::try_from(silent.as_millis()).unwrap_or(u64::MAX);
        warn!(
            silent_ms,
            "requests stall: a handler waits or computes without giving way"
        );
    })
    .await;
}

async fn watched_by(tell: impl Fn(Duration) + Send + 'static) {
    let pulse = Arc::new(Mutex::new(Instant::now()));
    let watch = Arc::downgrade(&pulse);
    // A thread of its own, which nothing holds up. If none is to be had, the service is as good.
    let watching = thread::Builder::new().name("stalls".to_owned());
    _ = watching.spawn(move || watch_over(&watch, tell));
    loop {
        *pulse.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        sleep(BEAT).await;
    }
}

/// Tells once of each stall, as soon as it is one.
fn watch_over(pulse: &Weak<Pulse>, tell: impl Fn(Duration)) {
    let mut told = false;
    let mut looked = Instant::now();
    loop {
        thread::sleep(BEAT);
        let Some(pulse) = pulse.upgrade() else { return };
        let silent = pulse
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed();
        // Late itself, this thread knows that the whole process was held up.
        let held_up = looked.elapsed() >= 2 * BEAT;
        looked = Instant::now();
        if silent < PATIENCE {
            told = false;
        } else if !told && !held_up {
            told = true;
            tell(silent);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use tokio::runtime::Builder;
    use tokio::task::yield_now;

    use super::*;

    /// What is told of the runtime while it does this work.
    fn told_of(work: impl Future) -> Receiver<Duration> {
        let (tell, told) = channel();
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let watch = tokio::spawn(watched_by(move |silent| tell.send(silent).unwrap()));
            yield_now().await;
            work.await;
            watch.abort();
        });
        told
    }

    #[test]
    fn work_that_does_not_give_way_is_told_of_once() {
        let told = told_of(async { thread::sleep(4 * PATIENCE) });

        let told: Vec<Duration> = told.into_iter().collect();
        assert!(
            matches!(told[..], [silent] if silent >= PATIENCE),
            "{told:?}"
        );
    }

    #[test]
    fn work_that_gives_way_is_let_be() {
        let told = told_of(async {
            let begun = Instant::now();
            sleep(PATIENCE).await;
            while begun.elapsed() < 3 * PATIENCE {
                yield_now().await;
            }
        });

        assert_eq!(told.into_iter().count(), 0);
    }
}
