//! Partners and their keys, as rows.

use std::collections::HashMap;

use concordat::app::{App, Clock};
use concordat::db::types::Time;
use concordat::error::Error;
use concordat::ids::{ApiKeyId, PartnerId};
use concordat::keys::KeyText;
use concordat::repository::api_keys::{self, ApiKey};
use concordat::repository::partners;
use concordat::repository::role::KeyRole;

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
    let text = KeyText::random().unwrap();
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
