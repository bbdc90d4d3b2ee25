//! What the process owns, and what the boundary asks of it.

use std::sync::Arc;
use std::time::Duration;

use concordat_boundary::{Boundary, Contract};
use contract::runtime::credentials::{CredentialValue, invalid_credentials};
use contract::{Credential, Failure, Host, Identity, Limits, Operation, Problem, Sampler, TraceId};
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use crate::config::Settings;

/// Everything that outlives a request. Clones share one value.
#[derive(Clone)]
pub struct App(Arc<Owned>);

struct Owned {
    settings: Settings,
    sampler: Sampler,
    tasks: TaskTracker,
}

/// Who is calling; give it what your handlers need to know.
#[derive(Debug, Clone, Copy)]
pub struct Caller;

impl App {
    /// An application with these settings.
    pub fn new(settings: Settings) -> Self {
        Self(Arc::new(Owned {
            sampler: Sampler::new(settings.sampled_share),
            tasks: TaskTracker::new(),
            settings,
        }))
    }

    /// The contract's router with everything that surrounds it.
    pub fn boundary(&self) -> Boundary {
        let known = Contract {
            stamp: contract::STAMP,
            hand_over: |trace, extensions| {
                if let Some(trace) = TraceId::parse(trace.as_str()) {
                    extensions.insert(trace);
                }
            },
        };
        let settings = self.0.settings.boundary.clone();
        Boundary::new(settings, known, contract::router(self.clone()))
    }

    /// Lets the handlers end that their clients no longer wait for, for a while.
    pub async fn close(&self) {
        self.0.tasks.close();
        _ = tokio::time::timeout(Duration::from_secs(4), self.0.tasks.wait()).await;
    }
}

impl Host for App {
    type Principal = Caller;
    type Error = Failure;

    fn limits(&self) -> Limits {
        self.0.settings.limits
    }

    fn anonymous(&self) -> Caller {
        Caller
    }

    /// Write here how your callers are known. Until then whoever says `TOKEN` may do everything, and
    /// without that setting nobody may do anything.
    async fn authenticate(
        &self,
        operation: &'static Operation,
        credentials: &[Credential],
    ) -> Result<Identity<Caller>, Problem> {
        let token = self.0.settings.token.as_deref();
        let is_known = |token| credentials.iter().all(|credential| says(credential, token));
        if !token.is_some_and(is_known) {
            return Err(invalid_credentials(operation));
        }
        let wanted = operation.security.iter().copied().flatten();
        let scopes = wanted.flat_map(|requirement| requirement.scopes.iter().copied());
        Ok(Identity {
            principal: Caller,
            scopes: scopes.collect(),
        })
    }

    fn sampler(&self) -> Option<&Sampler> {
        Some(&self.0.sampler)
    }

    fn detach<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.0.tasks.spawn(task.in_current_span())
    }
}

fn says(credential: &Credential, token: &str) -> bool {
    match &credential.value {
        CredentialValue::Token(text) => text.expose() == token,
        CredentialValue::Basic { password, .. } => password.expose() == token,
        CredentialValue::Certificate => false,
    }
}
