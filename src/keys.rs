//! API keys as text: made, told from other text, hashed. The text itself is never kept.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// What data a key reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The partner's own.
    Live,
    /// That of the partner's sandbox.
    Test,
}

impl Mode {
    /// What its keys begin with, so that people and scanners of leaks recognise one.
    const fn mark(self) -> &'static str {
        match self {
            Self::Live => "sk_live_",
            Self::Test => "sk_test_",
        }
    }

    /// The mode of a key that begins like this.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let begins = |mode: &Self| text.starts_with(mode.mark());
        [Self::Live, Self::Test].into_iter().find(begins)
    }
}

/// 256 bits in base64url without padding.
const BODY: usize = 43;

/// How much of a key people may see and keep, to tell it from others.
const PREFIX: usize = 12;

/// The whole text of an API key: shown once, when it is made. `Debug` does not show it.
#[derive(Clone)]
pub struct KeyText(SecretString);

impl KeyText {
    /// A new key of 256 random bits from the operating system.
    ///
    /// # Errors
    /// If the operating system has no random bits to give.
    pub fn random(mode: Mode) -> Result<Self, getrandom::Error> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits)?;
        Ok(Self::of(mode, &bits))
    }

    /// The key made of these bits. It is as secret as they are.
    #[must_use]
    pub fn of(mode: Mode, bits: &[u8; 32]) -> Self {
        Self(format!("{}{}", mode.mark(), URL_SAFE_NO_PAD.encode(bits)).into())
    }

    /// The text, for its owner only.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Its first 12 characters.
    #[must_use]
    pub fn prefix(&self) -> String {
        self.expose().chars().take(PREFIX).collect()
    }

    /// What the database keeps of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.expose()).into()
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyText([redacted])")
    }
}

/// The SHA-256 of a key, by which the database finds it; `None` for text that cannot be a key,
/// which is not worth a query. A fast hash is enough: nobody guesses 256 bits.
#[must_use]
pub fn hash(text: &str) -> Option<[u8; 32]> {
    let body = text.strip_prefix(Mode::of(text)?.mark())?;
    let well_formed = body.len() == BODY
        && body
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    well_formed.then(|| Sha256::digest(text).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_is_well_formed_and_like_no_other() {
        let [one, other] = [Mode::Live, Mode::Test].map(|mode| KeyText::random(mode).unwrap());

        assert_eq!(hash(one.expose()), Some(one.hash()));
        assert_eq!(hash(other.expose()), Some(other.hash()));
        assert_eq!(Mode::of(&other.prefix()), Some(Mode::Test));
        assert_ne!(one.expose(), other.expose());
        assert_eq!(one.prefix().len(), PREFIX);
        assert!(one.expose().starts_with(&one.prefix()));
    }

    #[test]
    fn a_key_is_not_shown_by_accident() {
        assert_eq!(
            format!("{:?}", KeyText::of(Mode::Live, &[7; 32])),
            "KeyText([redacted])"
        );
    }

    #[test]
    fn what_cannot_be_a_key_has_no_hash() {
        let mark = Mode::Live.mark();
        let key = KeyText::of(Mode::Live, &[0; 32]);
        let body = key.expose().strip_prefix(mark).unwrap();

        for text in [
            "",
            mark,
            body,
            &format!("sk_demo_{body}"),
            &format!("{mark}{body}A"),
            &format!("{mark}+{}", &body[1..]),
            &format!("{mark}é{}", &body[2..]),
            &format!(" {}", key.expose()),
        ] {
            assert_eq!(hash(text), None, "{text:?}");
        }
    }
}
