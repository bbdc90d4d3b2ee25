//! What the generated boundary asks of the application: who calls, may they now, within what bounds.

use contract::runtime::host::{Record, Uses};
use contract::{
    Admission, Credential, Host, Identity, Limits, Operation, Problem, Sampler, TraceId,
};
use http::HeaderMap;
use http::request::Parts;
use tokio::task::JoinHandle;
use tracing::Instrument;

use super::identity;
use super::principal::Principal;
use super::{note_operation, note_partner, record, rehearsal, usage};
use crate::app::App;
use crate::config::ResponseCheck;
use crate::error::Error;

impl Host for App {
    type Principal = Principal;
    type Error = Error;

    fn limits(&self) -> Limits {
        let settings = self.settings();
        let bytes = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        Limits {
            body_bytes: bytes(settings.max_body_bytes),
            upload_bytes: bytes(settings.max_upload_bytes),
            body_read: settings.body_read_timeout,
            handler: settings.handler_timeout,
            check_responses: settings.check_responses == ResponseCheck::All,
            ..Limits::default()
        }
    }

    fn anonymous(&self) -> Principal {
        Principal::Anonymous
    }

    async fn authenticate(
        &self,
        operation: &'static Operation,
        credentials: &[Credential],
    ) -> Result<Identity<Principal>, Problem> {
        identity::of(self, operation, credentials).await
    }

    async fn admit(
        &self,
        operation: &'static Operation,
        principal: &Principal,
        headers: &HeaderMap,
    ) -> Result<Admission, Problem> {
        note_operation(operation.id);
        let Principal::Partner { id, .. } = principal else {
            return Ok(Admission::default());
        };
        note_partner(id);
        let slot = self.in_flight().take(*id).ok_or_else(busy)?;
        let rates = match operation.rate_class {
            None | Some("none") => Default::default(),
            Some(_) => self.rates().admit(id)?,
        };
        if principal.is_sandbox() {
            rehearsal::wished(operation, headers)?;
        }
        Ok(Admission {
            headers: rates,
            permit: Some(Box::new(slot)),
        })
    }

    fn sampler(&self) -> Option<&Sampler> {
        Some(App::sampler(self))
    }

    fn record(
        &self,
        operation: &'static Operation,
        principal: &Principal,
        parts: &Parts,
        trace_id: &TraceId,
    ) -> Option<Box<dyn Record>> {
        record::begin(self, operation, principal, parts, trace_id)
    }

    fn uses(&self, operation: &'static Operation, principal: &Principal) -> Option<Box<dyn Uses>> {
        usage::begin(self, operation, principal)
    }

    fn detach<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tasks().spawn(task.in_current_span())
    }
}

fn busy() -> Problem {
    Problem::new(contract::problems::OVERLOADED)
        .with_detail("too many requests of this partner are being worked on at once")
        .with_header(
            http::header::RETRY_AFTER,
            http::HeaderValue::from_static("1"),
        )
}
