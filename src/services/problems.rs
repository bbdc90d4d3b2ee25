//! Problem types: what the contract says of each, in the language that is asked for.

use contract::problems::{Article, CATALOGUE, Text};

use crate::error::Error;

/// A problem type in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explained {
    /// Its stable name.
    pub code: &'static str,
    /// The HTTP status that carries it.
    pub status: u16,
    /// What is wrong, in short.
    pub title: &'static str,
    /// What it means and what to do.
    pub description: &'static str,
}

/// The problem type of this name.
pub fn get(code: &str, language: &str) -> Result<Explained, Error> {
    let mut articles = CATALOGUE.iter();
    let article = articles.find(|article| article.kind.slug == code);
    article
        .map(|article| explained(article, language))
        .ok_or(Error::NotFound)
}

/// Every problem type, by status and name.
pub fn list(language: &str) -> Vec<Explained> {
    let articles = CATALOGUE.iter();
    let mut all: Vec<_> = articles.map(|it| explained(it, language)).collect();
    all.sort_by_key(|problem| (problem.status, problem.code));
    all
}

/// What is not translated is told in the contract's own language.
fn explained(article: &Article, language: &str) -> Explained {
    let mut translations = article.translations.iter();
    let translated = translations.find(|(name, _)| *name == language);
    let Text { title, description } = translated.map_or(article.text, |(_, text)| *text);
    Explained {
        code: article.kind.slug,
        status: article.kind.status,
        title,
        description,
    }
}
