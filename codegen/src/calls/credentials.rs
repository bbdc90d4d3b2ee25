//! What a request shows to say who sends it.

use super::Texts;
use crate::api::Api;

/// Credentials by security scheme.
#[derive(Debug, Clone, Default)]
pub struct Credentials(Texts);

impl Credentials {
    /// `token` for every scheme, as a key, a token or the password of `user`: what only a server takes
    /// that knows nobody else.
    pub fn made_up(api: &Api) -> Self {
        let one = |kind: &str| match kind {
            "SchemeKind::HttpBasic" => "dXNlcjp0b2tlbg==",
            _ => "token",
        };
        let schemes = api.schemes.iter();
        Self(
            schemes
                .map(|scheme| (scheme.wire.clone(), one(&scheme.kind).to_owned()))
                .collect(),
        )
    }

    /// Sets that of a scheme: a key, a token, or what follows `Basic`.
    pub fn set(&mut self, scheme: &str, text: &str) {
        self.0.insert(scheme.to_owned(), text.to_owned());
    }

    /// That of a scheme.
    pub fn get(&self, scheme: &str) -> Option<&str> {
        self.0.get(scheme).map(String::as_str)
    }

    /// Every text, for who must not print them.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}
