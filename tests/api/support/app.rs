//! The application as the process builds it, on a database of its own.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use concordat::app::{App, Clock};
use concordat::boundary::{self, Boundary};
use concordat::config::Settings;
use concordat::db::types::Time;
use concordat::{handlers, startup};
use contract::Operation;
use tokio::runtime::Handle;

use super::call::Client;
use super::clock::TestClock;
use super::partner::{self, Partner};
use crate::places::Place;

/// A running service without a socket; it closes and its database goes away with this value.
/// Needs a test of the flavor `multi_thread`.
pub struct TestApp {
    /// The application itself, for what HTTP does not show.
    pub app: App,
    /// What time it is.
    pub clock: TestClock,
    /// Whose data most tests work on.
    pub own: Partner,
    /// Someone else, who must see and disturb nothing of it.
    pub other: Partner,
    boundary: Boundary,
    sequence: AtomicU32,
    /// Dropped last.
    place: Place,
}

impl TestApp {
    /// One on each backend, without limits of rate.
    pub async fn on_each_backend() -> Vec<Self> {
        Self::with_settings(&[]).await
    }

    /// One on each backend with these settings.
    pub async fn with_settings(values: &[(&str, &str)]) -> Vec<Self> {
        let mut apps = Vec::new();
        for place in Place::migrated_on_each_backend().await {
            apps.push(Self::at(place, values).await);
        }
        apps
    }

    /// One with these settings where the database is already migrated.
    pub async fn at(place: Place, values: &[(&str, &str)]) -> Self {
        let clock = TestClock::default();
        let app = build(&place, &clock, values).await;
        startup::prepare(&app).await.unwrap();
        Self {
            own: Partner::create(&app, &clock, "Acme").await,
            other: Partner::create(&app, &clock, "Other").await,
            boundary: boundary::around(&app, handlers::all(&app)),
            sequence: AtomicU32::new(0),
            app,
            clock,
            place,
        }
    }

    /// Runs a statement as the administrator of the database, past the application.
    pub async fn administer(&self, statement: &str) {
        let url = self.place.address();
        crate::postgres::execute(&url, statement).await.unwrap();
    }

    /// `sqlite` or `postgres`.
    pub fn backend(&self) -> &'static str {
        self.place.backend()
    }

    /// A client with the admin's key of the own partner.
    pub fn partner(&self) -> Client<'_> {
        self.client_of(&self.own)
    }

    /// A client with the admin's key of a partner.
    pub fn client_of(&self, partner: &Partner) -> Client<'_> {
        Client::new(&self.boundary, Some(partner.key("admin")))
    }

    /// The sandbox of a partner, as a partner of its own with test keys.
    pub async fn sandbox_of(&self, partner: &Partner) -> Partner {
        partner.sandbox(&self.app, &self.clock).await
    }

    /// A client with the own partner's key for a role.
    pub fn role(&self, role: &str) -> Client<'_> {
        Client::new(&self.boundary, Some(self.own.key(role)))
    }

    /// A client with the own partner's key for the first role that may call an operation.
    pub fn caller_of(&self, operation: &Operation) -> Client<'_> {
        let wanted = || operation.security.iter().flat_map(|all| all[0].scopes);
        let mut roles = contract::ROLES.iter();
        let role = roles.find(|role| wanted().all(|scope| role.scopes.contains(scope)));
        self.role(role.expect("a role may call it").name)
    }

    /// A client without a key.
    pub fn anonymous(&self) -> Client<'_> {
        Client::new(&self.boundary, None)
    }

    /// A client with this text for a key.
    pub fn with_key(&self, key: &str) -> Client<'_> {
        Client::new(&self.boundary, Some(key))
    }

    /// A key of the own partner that has just expired.
    pub async fn expired_key(&self) -> String {
        let now: Time = self.clock.now().into();
        partner::add_expiring_key(&self.app, self.own.id, now, now).await
    }

    /// A key of the own partner that is revoked.
    pub async fn revoked_key(&self) -> String {
        partner::add_revoked_key(&self.app, self.own.id, self.clock.now().into()).await
    }

    /// A number that no one had before, from 1.
    pub fn next(&self) -> u32 {
        self.sequence.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        close(&self.app);
    }
}

/// A service that has only just started: its database has no tables yet.
pub struct UnpreparedApp {
    /// The application itself.
    pub app: App,
    boundary: Boundary,
    /// Dropped last.
    _place: Place,
}

impl UnpreparedApp {
    /// One on each backend.
    pub async fn on_each_backend() -> Vec<Self> {
        let mut apps = Vec::new();
        for place in Place::empty_on_each_backend().await {
            let app = build(&place, &TestClock::default(), &[]).await;
            apps.push(Self {
                boundary: boundary::around(&app, handlers::all(&app)),
                app,
                _place: place,
            });
        }
        apps
    }

    /// A client without a key.
    pub fn anonymous(&self) -> Client<'_> {
        Client::new(&self.boundary, None)
    }
}

impl Drop for UnpreparedApp {
    fn drop(&mut self) {
        close(&self.app);
    }
}

/// Closes the pools, so that the database can be dropped.
fn close(app: &App) {
    let closing = app.close(Duration::from_secs(5));
    tokio::task::block_in_place(|| Handle::current().block_on(closing));
}

async fn build(place: &Place, clock: &TestClock, values: &[(&str, &str)]) -> App {
    super::queries::listen();
    let address = place.address();
    let well = super::upstream::WELL.url();
    let mut all = HashMap::from([
        ("DATABASE_URL", address.as_str()),
        ("RATE_LIMIT", "off"),
        ("MAX_IN_FLIGHT_PER_PARTNER", "200"),
        ("UPSTREAM_BASE_URL", well.as_str()),
        ("JWT_LOCAL_SECRET", super::token::SECRET),
    ]);
    all.extend(values.iter().copied());
    let settings = Settings::read(|name| all.get(name).map(ToString::to_string)).unwrap();
    App::builder(settings)
        .with_clock(clock.clone())
        .build()
        .await
        .unwrap()
}
