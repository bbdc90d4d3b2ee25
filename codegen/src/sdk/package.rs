//! What the packages are called, from the document.

use heck::{ToKebabCase, ToSnakeCase};
use serde_json::Value;

/// Names, version and licence of the packages.
#[derive(Debug, PartialEq)]
pub struct Package {
    /// As npm and Cargo write it: `acme-client`.
    pub kebab: String,
    /// As Python writes it: `acme_client`.
    pub snake: String,
    /// As Go and Java write it: `acmeclient`.
    pub plain: String,
    /// The title, without what would end a quoted text.
    pub title: String,
    /// Three numbers, and what may follow them (Semantic Versioning).
    pub version: String,
    /// An SPDX expression, or the licence's name; empty if the document names none.
    pub licence: String,
    /// Where the sources are kept, without the scheme; empty if not told.
    pub repository: String,
}

impl Package {
    /// From `info`.
    pub fn of(document: &Value, repository: Option<&str>) -> Self {
        let text = |at: &str| document.pointer(at).and_then(Value::as_str);
        let name = format!("{} client", text("/info/title").unwrap_or("api"));
        let licence = text("/info/license/identifier").or(text("/info/license/name"));
        let repository = repository.unwrap_or_default();
        let repository = repository
            .split_once("://")
            .map_or(repository, |(_, it)| it);
        Self {
            kebab: ascii(&name).to_kebab_case(),
            snake: ascii(&name).to_snake_case(),
            plain: ascii(&name).to_snake_case().replace('_', ""),
            title: words(text("/info/title").unwrap_or("API")),
            version: version(text("/info/version").unwrap_or_default()),
            licence: licence.unwrap_or_default().to_owned(),
            repository: repository.trim_end_matches(".git").to_owned(),
        }
    }

    /// What configurations and templates call it.
    pub fn properties(&self) -> [(&'static str, &str); 7] {
        [
            ("sdkKebab", &self.kebab),
            ("sdkSnake", &self.snake),
            ("sdkPlain", &self.plain),
            ("sdkTitle", &self.title),
            ("sdkVersion", &self.version),
            ("sdkLicence", &self.licence),
            ("sdkRepository", &self.repository),
        ]
    }
}

/// What registries take in a name: other characters part words.
fn ascii(name: &str) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    name.chars().map(keep).collect()
}

/// A text on one line, without quotes, commas and backslashes.
fn words(text: &str) -> String {
    let keep = |c: char| if "\"'`,\\".contains(c) { ' ' } else { c };
    let kept: String = text.chars().map(keep).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document's version if it is a semantic one; else the first three numbers in it.
fn version(text: &str) -> String {
    let text = text.strip_prefix('v').unwrap_or(text);
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    let is_number = |it: &&str| {
        it.parse::<u64>()
            .is_ok_and(|number| number.to_string() == **it)
    };
    if numbers.len() == 3 && numbers.iter().all(is_number) {
        return text.to_owned();
    }
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let found = digits.filter_map(|it| it.parse::<u64>().ok());
    let found: Vec<String> = found
        .chain([0, 0, 0])
        .take(3)
        .map(|number| number.to_string())
        .collect();
    found.join(".")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Package, version};

    #[test]
    fn names_are_made_from_the_title() {
        let document = json!({"info": {"title": "Acme: Bänke & more", "version": "1.2.3"}});

        let package = Package::of(&document, Some("https://example.com/acme/client.git"));

        assert_eq!(package.kebab, "acme-b-nke-more-client");
        assert_eq!(package.snake, "acme_b_nke_more_client");
        assert_eq!(package.repository, "example.com/acme/client");
    }

    #[test]
    fn every_version_becomes_a_semantic_one() {
        for (given, expected) in [
            ("1.2.3", "1.2.3"),
            ("1.0.0-beta.1", "1.0.0-beta.1"),
            ("v2.1", "2.1.0"),
            ("2024-05-01", "2024.5.1"),
            ("", "0.0.0"),
        ] {
            assert_eq!(version(given), expected);
        }
    }
}
