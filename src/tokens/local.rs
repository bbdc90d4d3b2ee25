//! The local issuer: tokens for trying things out, signed with a key that is made of a secret.

use anyhow::Context;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::keys::Keys;

/// What a local token has for `iss`.
pub const ISSUER: &str = "urn:concordat:local";

/// What it is signed with.
pub const ALGORITHM: Algorithm = Algorithm::EdDSA;

/// The secret of `concordat serve --demo`. Everybody knows it.
pub const DEMO_SECRET: &str = "concordat demo secret: everybody knows it";

/// An Ed25519 private key in PKCS #8 (RFC 8410, section 7) but for its 32 bytes.
const PKCS8: [u8; 16] = [
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// The key of the local issuer.
pub struct LocalKey {
    private: EncodingKey,
    public: Jwk,
}

impl LocalKey {
    /// The key that belongs to a secret.
    ///
    /// # Errors
    /// If the cryptography takes it for no key.
    pub fn new(secret: &SecretString) -> anyhow::Result<Self> {
        let seed = Sha256::new()
            .chain_update("concordat local issuer")
            .chain_update(secret.expose_secret())
            .finalize();
        let private = EncodingKey::from_ed_der(&[&PKCS8[..], &seed].concat());
        let public = Jwk::from_encoding_key(&private, ALGORITHM);
        let public = public.context("the local secret makes no key")?;
        Ok(Self { private, public })
    }

    /// Signs a token.
    ///
    /// # Errors
    /// If the cryptography fails.
    pub fn sign(&self, claims: &Map<String, Value>) -> anyhow::Result<SecretString> {
        let token = encode(&Header::new(ALGORITHM), claims, &self.private);
        Ok(token.context("the token could not be signed")?.into())
    }

    pub(super) fn public(&self) -> anyhow::Result<Keys> {
        Keys::only(&self.public).context("the local secret makes no key")
    }
}
