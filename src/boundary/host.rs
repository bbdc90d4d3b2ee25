//! What the generated boundary asks of the application: who calls, may they now, within what bounds.

use std::borrow::Cow;
use std::sync::Arc;

use contract::runtime::credentials::invalid_credentials;
use contract::runtime::host::Record;
use contract::{
    Admission, Credential, Host, Identity, Limits, Operation, Problem, ROLES, Sampler, TraceId,
};
use http::request::Parts;
use tokio::task::JoinHandle;
use tracing::Instrument;

use super::principal::Principal;
use super::record;
use super::trace::{note_operation, note_partner};
use crate::app::App;
use crate::config::ResponseCheck;
use crate::error::Error;
use crate::keys;
use crate::repository::api_keys::{self, ApiKey};

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
        let invalid = || invalid_credentials(operation);
        let [credential] = credentials else {
            return Err(invalid());
        };
        let hash = credential
            .token()
            .and_then(keys::hash)
            .ok_or_else(invalid)?;
        let key = key_by_hash(self, hash)
            .await?
            .filter(|key| key.is_valid(self.now().into()))
            .ok_or_else(invalid)?;
        let role = ROLES.iter().find(|role| role.name == key.role.as_str());
        Ok(Identity {
            principal: Principal::Partner {
                id: key.partner_id,
                key: key.id,
            },
            scopes: Cow::Borrowed(role.map_or(&[], |role| role.scopes)),
        })
    }

    async fn admit(
        &self,
        operation: &'static Operation,
        principal: &Principal,
    ) -> Result<Admission, Problem> {
        note_operation(operation.id);
        let Principal::Partner { id, .. } = principal else {
            return Ok(Admission::default());
        };
        note_partner(id);
        let slot = self.in_flight().take(*id).ok_or_else(busy)?;
        let headers = match operation.rate_class {
            None | Some("none") => Default::default(),
            Some(_) => self.rates().admit(id)?,
        };
        Ok(Admission {
            headers,
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

    fn detach<F>(&self, task: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tasks().spawn(task.in_current_span())
    }
}

/// The key with this hash, as the database has it or had it a moment ago.
async fn key_by_hash(app: &App, hash: [u8; 32]) -> Result<Option<Arc<ApiKey>>, Problem> {
    let asked = app.now();
    if let Some(key) = app.known_keys().get(&hash, asked) {
        return Ok(Some(key));
    }
    let found = async {
        let mut conn = app.db().read().await?;
        Ok::<_, Error>(api_keys::find_by_hash(&mut conn, &hash).await?)
    };
    let found = found.await.map_err(Problem::from)?.map(Arc::new);
    if let Some(key) = &found {
        app.known_keys().keep(hash, Arc::clone(key), asked);
    }
    Ok(found)
}

fn busy() -> Problem {
    Problem::new(contract::problems::OVERLOADED)
        .with_detail("too many requests of this partner are being worked on at once")
        .with_header(
            http::header::RETRY_AFTER,
            http::HeaderValue::from_static("1"),
        )
}
