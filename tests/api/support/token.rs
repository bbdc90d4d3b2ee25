//! Tokens of the local issuer, which every service in these tests trusts.

use concordat::app::Clock;
use concordat::ids::UserId;
use concordat::tokens::local::{self, LocalKey};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::app::TestApp;
use super::partner::Partner;

/// The secret of the local issuer.
pub(super) const SECRET: &str = "the secret of the issuer in tests";

impl TestApp {
    /// What a token of the local issuer says for a user, for an hour.
    pub fn claims(&self, partner: &Partner, user: UserId) -> Value {
        json!({
            "iss": local::ISSUER,
            "aud": "concordat",
            "sub": user,
            "partner": partner.id,
            "exp": self.clock.now().timestamp() + 3_600,
        })
    }

    /// A token of the local issuer for a user of the own partner.
    pub fn token(&self, user: UserId) -> String {
        sign(SECRET, &self.claims(&self.own, user))
    }

    /// A token of the local issuer with these claims.
    pub fn token_with(&self, claims: &Value) -> String {
        sign(SECRET, claims)
    }

    /// The same, signed with another key.
    pub fn forged_token(&self, claims: &Value) -> String {
        sign("another secret, of 32 characters", claims)
    }

    /// A token of a new user of the own partner who has this role.
    pub async fn token_of(&self, role: &str) -> String {
        let user = self.user().with("role", role).with("tags", json!(["t"]));
        self.token(user.create().await.id)
    }
}

fn sign(secret: &str, claims: &Value) -> String {
    let key = LocalKey::new(&secret.into()).unwrap();
    let token = key.sign(claims.as_object().unwrap()).unwrap();
    token.expose_secret().to_owned()
}
