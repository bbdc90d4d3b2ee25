//! Public keys of an issuer: a JSON Web Key Set (RFC 7517).

use anyhow::{Context, ensure};
use jsonwebtoken::jwk::{
    AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse,
};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// What tokens may be signed with, if an issuer's settings allow it.
pub const ALGORITHMS: [Algorithm; 3] = [Algorithm::EdDSA, Algorithm::ES256, Algorithm::RS256];

/// Keys that signatures can be checked with.
#[derive(Debug)]
pub(super) struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    id: Option<String>,
    /// The only one that it is for, by its own kind.
    algorithm: Algorithm,
    key: DecodingKey,
}

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

impl Keys {
    /// Reads a set. Keys of other kinds and for other uses are passed over.
    ///
    /// # Errors
    /// If it is no set, or there is nothing in it to check a signature with.
    pub(super) fn read(bytes: &[u8]) -> anyhow::Result<Self> {
        let set: Set = serde_json::from_slice(bytes).context("it is no JSON Web Key Set")?;
        let keys = set.keys.into_iter();
        let keys = keys.filter_map(|key| Key::new(&serde_json::from_value(key).ok()?));
        let keys: Vec<_> = keys.collect();
        ensure!(!keys.is_empty(), "no key in it is of use");
        Ok(Self(keys))
    }

    /// A set of one key.
    pub(super) fn only(jwk: &Jwk) -> Option<Self> {
        Some(Self(vec![Key::new(jwk)?]))
    }

    /// The key that a token is to be signed with: the one of this id; where the token names none,
    /// the only one for the algorithm.
    pub(super) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<DecodingKey> {
        let mut own = self.0.iter().filter(|key| key.algorithm == algorithm);
        let found = match kid {
            Some(kid) => own.find(|key| key.id.as_deref() == Some(kid)),
            None => own.next().filter(|_| own.next().is_none()),
        };
        found.map(|key| key.key.clone())
    }
}

impl Key {
    fn new(jwk: &Jwk) -> Option<Self> {
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                Algorithm::EdDSA
            }
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
                Algorithm::ES256
            }
            AlgorithmParameters::RSA(_) => Algorithm::RS256,
            _ => return None,
        };
        let common = &jwk.common;
        let purpose = common.public_key_use.as_ref();
        let operations = common.key_operations.as_ref();
        let named = common.key_algorithm;
        let fits = purpose.is_none_or(|it| *it == PublicKeyUse::Signature)
            && operations.is_none_or(|all| all.contains(&KeyOperations::Verify))
            && named.is_none_or(|it| it == KeyAlgorithm::from(algorithm));
        let key = DecodingKey::from_jwk(jwk).ok()?;
        fits.then(|| Self {
            id: common.key_id.clone(),
            algorithm,
            key,
        })
    }
}
