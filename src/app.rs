//! What the process owns: built before the socket is bound, closed in reverse.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use contract::Sampler;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{error, info};

use crate::boundary::{Grant, Known, PER_PARTNER, RateLimiter, Shutdown, Slots};
use crate::config::Settings;
use crate::db::{Db, Options};
use crate::error::Error;
use crate::ids::PartnerId;
use crate::outbound::Outbound;
use crate::repository::page::Cursors;
use crate::request_log::RequestLog;
use crate::services::health::LastPing;
use crate::services::idempotency::Running;
use crate::services::uses::Counts;
use crate::startup::Startup;
use crate::tokens::Tokens;

/// Tells the time; a test can hold it still.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

type Close = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// Everything that outlives a request: settings, clock, running tasks, resources. It holds no
/// rule of the business. Clones share one value.
#[derive(Clone)]
pub struct App(Arc<Owned>);

struct Owned {
    settings: Settings,
    clock: Arc<dyn Clock>,
    tasks: TaskTracker,
    shutdown: Shutdown,
    db: Db,
    http: Outbound,
    request_log: RequestLog,
    startup: Startup,
    last_ping: LastPing,
    sampler: Sampler,
    uses: Counts,
    rates: RateLimiter<PartnerId, 2>,
    in_flight: Slots<PartnerId>,
    running: Running,
    tokens: Tokens,
    known_callers: Known<[u8; 32], Arc<Grant>>,
    closes: Mutex<Vec<(&'static str, Close)>>,
}

/// Gathers what an [`App`] is made of; a test puts fakes in here.
pub struct Builder {
    settings: Settings,
    clock: Arc<dyn Clock>,
}

impl Builder {
    /// Takes this clock instead of the machine's.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Acquires the resources. Fails if one of them cannot be had.
    pub async fn build(self) -> anyhow::Result<App> {
        let settings = self.settings;
        let url = settings.database_url.url().clone();
        let defaults = Options::new(url);
        let db = Db::lazy(Options {
            pool_size: settings.database_pool_size,
            // What nobody waits for any more does not run on.
            statement_timeout: defaults.statement_timeout.min(settings.handler_timeout),
            ..defaults
        });
        let http = Outbound::default();
        let called = [&settings.upstream_base_url, &settings.jwt_jwks_url];
        if called
            .into_iter()
            .flatten()
            .any(|url| url.scheme() == "https")
        {
            http.prepare()?;
        }
        let sampler = Sampler::new(settings.check_responses.share());
        let app = App(Arc::new(Owned {
            rates: RateLimiter::new(PER_PARTNER, settings.rate_limit),
            in_flight: Slots::new(0, settings.max_in_flight_per_partner),
            running: Running::default(),
            tokens: Tokens::new(&settings)?,
            known_callers: Known::default(),
            settings,
            clock: self.clock,
            tasks: TaskTracker::new(),
            shutdown: Shutdown::default(),
            db: db.clone(),
            http,
            request_log: RequestLog::default(),
            startup: Startup::default(),
            last_ping: LastPing::default(),
            sampler,
            uses: Counts::default(),
            closes: Mutex::default(),
        }));
        app.on_close("database", move || async move {
            db.close(Duration::from_millis(800)).await
        });
        Ok(app)
    }
}

impl App {
    /// Begins an application with these settings and no fakes.
    pub fn builder(settings: Settings) -> Builder {
        Builder {
            settings,
            clock: Arc::new(SystemClock),
        }
    }

    /// The settings that the process runs with.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The present moment, by the application's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The client for calls to other services.
    pub fn http(&self) -> &Outbound {
        &self.0.http
    }

    /// The request log, as far as it is not written yet.
    pub fn request_log(&self) -> &RequestLog {
        &self.0.request_log
    }

    /// What was still to be done before the service could work.
    pub fn startup(&self) -> &Startup {
        &self.0.startup
    }

    /// What the database last answered to readiness.
    pub(crate) fn last_ping(&self) -> &LastPing {
        &self.0.last_ping
    }

    /// Checks some of the answers against the contract, and knows what was wrong.
    pub fn sampler(&self) -> &Sampler {
        &self.0.sampler
    }

    /// Who uses what is deprecated, as far as it is not written yet.
    pub fn uses(&self) -> &Counts {
        &self.0.uses
    }

    /// Signs the cursors of lists; 503 until the key is known.
    pub fn cursors(&self) -> Result<&Cursors, Error> {
        self.0.startup.cursors()
    }

    /// How often each partner may call.
    pub fn rates(&self) -> &RateLimiter<PartnerId, 2> {
        &self.0.rates
    }

    /// The calls of each partner that are being worked on.
    pub fn in_flight(&self) -> &Slots<PartnerId> {
        &self.0.in_flight
    }

    /// The calls that are being worked on under an idempotency key.
    pub fn running(&self) -> &Running {
        &self.0.running
    }

    /// Whose tokens are taken.
    pub fn tokens(&self) -> &Tokens {
        &self.0.tokens
    }

    /// Those who called a moment ago, by the hashes of what they sent.
    pub fn known_callers(&self) -> &Known<[u8; 32], Arc<Grant>> {
        &self.0.known_callers
    }

    /// Work that a request began and that outlives it. Spawned here, it is finished before
    /// the resources are closed.
    pub fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    /// How far the end of the process has come; readiness asks it.
    pub fn shutdown(&self) -> &Shutdown {
        &self.0.shutdown
    }

    /// Leaves what is to be done with a resource at the end. Resources close in the reverse
    /// of the order in which they were left here.
    pub fn on_close<F>(&self, name: &'static str, close: impl FnOnce() -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.closes().push((name, Box::new(|| Box::pin(close()))));
    }

    /// Begins work of its own beside the requests. When the application closes it is told to end, and
    /// waited for before what was left earlier is closed.
    pub fn until_closed<F>(&self, name: &'static str, work: fn(Self, CancellationToken) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let ended = CancellationToken::new();
        let working = tokio::spawn(work(self.clone(), ended.clone()));
        self.on_close(name, move || async move {
            ended.cancel();
            // It panicked, which its own line in the log tells.
            _ = working.await;
        });
    }

    /// Waits for running tasks, at most `patience`, then closes every resource, each within a
    /// second.
    pub async fn close(&self, patience: Duration) {
        self.0.tasks.close();
        if tokio::time::timeout(patience, self.0.tasks.wait())
            .await
            .is_err()
        {
            error!(
                tasks.open = self.0.tasks.len(),
                "tasks were left unfinished"
            );
        }
        loop {
            let Some((name, close)) = self.closes().pop() else {
                break;
            };
            match tokio::time::timeout(Duration::from_secs(1), close()).await {
                Ok(()) => info!(resource = name, "closed a resource"),
                Err(_) => error!(resource = name, "a resource did not close in time"),
            }
        }
    }

    fn closes(&self) -> std::sync::MutexGuard<'_, Vec<(&'static str, Close)>> {
        self.0.closes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
