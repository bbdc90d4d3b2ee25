//! Partners and their keys, as rows.

use std::collections::HashMap;

use concordat::app::{App, Clock};
use concordat::db::types::Time;
use concordat::error::Error;
use concordat::ids::{ApiKeyId, PartnerId};
use concordat::keys::{KeyText, Mode};
use concordat::repository::api_keys::{self, ApiKey};
use concordat::repository::partners;
use concordat::repository::role::KeyRole;
use concordat::repository::sandboxes;

use super::clock::TestClock;

/// A partner with one API key for each role.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    keys: HashMap<&'static str, String>,
}

impl Partner {
    /// Makes one.
    pub(super) async fn create(app: &App, clock: &TestClock, name: &str) -> Self {
        let now: Time = clock.now().into();
        let partner = partners::Partner {
            id: PartnerId::new(now),
            name: name.to_owned(),
            created_at: now,
            disabled_at: None,
        };
        let row = &partner;
        app.db()
            .transaction(|conn| {
                Box::pin(async move { Ok::<_, Error>(partners::insert(conn, row).await?) })
            })
            .await
            .unwrap();
        let mut keys = HashMap::new();
        for role in KeyRole::ALL {
            let key = add_key(app, partner.id, *role, now, None).await;
            keys.insert(role.as_str(), key);
        }
        Self {
            id: partner.id,
            keys,
        }
    }

    /// Its sandbox, with a test key for each role. Made when it is first asked for.
    pub(super) async fn sandbox(&self, app: &App, clock: &TestClock) -> Self {
        let now: Time = clock.now().into();
        let live = self.id;
        let sandbox = app.db().transaction(|conn| {
            Box::pin(async move {
                let live = partners::find(conn, live).await?.ok_or(Error::NotFound)?;
                let candidate = PartnerId::new(now);
                Ok::<_, Error>(sandboxes::find_or_insert(conn, &live, candidate, now).await?)
            })
        });
        let id = sandbox.await.unwrap().partner_id;
        let mut keys = HashMap::new();
        for role in KeyRole::ALL {
            let text = KeyText::random(Mode::Test).unwrap();
            keys.insert(role.as_str(), add(app, id, text, *role, now, None).await);
        }
        Self { id, keys }
    }

    /// The keys of this partner, each with that of the other for the same role.
    pub(super) fn twins(&self, other: &Self) -> HashMap<String, String> {
        let twin = |(role, key): (&&str, &String)| (key.clone(), other.key(role).to_owned());
        self.keys.iter().map(twin).collect()
    }

    /// The text of its key for a role of the contract.
    #[track_caller]
    pub fn key(&self, role: &str) -> &str {
        self.keys
            .get(role)
            .unwrap_or_else(|| panic!("no key for the role {role}"))
    }
}

/// Adds an admin's key that is not valid from `expires_at` on.
pub(super) async fn add_expiring_key(
    app: &App,
    partner: PartnerId,
    now: Time,
    expires_at: Time,
) -> String {
    add_key(app, partner, KeyRole::Admin, now, Some(expires_at)).await
}

/// Adds an admin's key and revokes it.
pub(super) async fn add_revoked_key(app: &App, partner: PartnerId, now: Time) -> String {
    let text = add_key(app, partner, KeyRole::Admin, now, None).await;
    let hash = concordat::keys::hash(&text).unwrap();
    app.db()
        .transaction(|conn| {
            Box::pin(async move {
                let key = api_keys::find_by_hash(conn, &hash).await?.unwrap();
                assert!(api_keys::revoke(conn, partner, key.id, now).await?);
                Ok::<_, Error>(())
            })
        })
        .await
        .unwrap();
    text
}

async fn add_key(
    app: &App,
    partner: PartnerId,
    role: KeyRole,
    now: Time,
    expires_at: Option<Time>,
) -> String {
    add(
        app,
        partner,
        KeyText::random(Mode::Live).unwrap(),
        role,
        now,
        expires_at,
    )
    .await
}

async fn add(
    app: &App,
    partner: PartnerId,
    text: KeyText,
    role: KeyRole,
    now: Time,
    expires_at: Option<Time>,
) -> String {
    let key = &ApiKey {
        id: ApiKeyId::new(now),
        partner_id: partner,
        role,
        prefix: text.prefix(),
        hash: text.hash().to_vec(),
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    app.db()
        .transaction(|conn| {
            Box::pin(async move { Ok::<_, Error>(api_keys::insert(conn, key).await?) })
        })
        .await
        .unwrap();
    text.expose().to_owned()
}
