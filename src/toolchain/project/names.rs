//! What a project and its crates are called.

use std::path::Path;

use codegen::Source;
use codegen::names::value_name;
use serde_json::Value;

/// Crates that a project depends on, or that every crate sees.
const TAKEN: &[&str] = &[
    "alloc", "anyhow", "api", "axum", "codegen", "contract", "core", "std", "test", "tokio",
    "tracing",
];

/// The names of a project.
pub(super) struct Names {
    /// The contract's title, in one line.
    pub(super) title: String,
    /// The package's.
    pub(super) package: String,
    /// The library's.
    pub(super) library: String,
}

impl Names {
    /// Those of a project for a document in this folder, whose name the package takes.
    pub(super) fn of(source: &Source, folder: &Path) -> Self {
        let title = source
            .document
            .pointer("/info/title")
            .and_then(Value::as_str);
        let title = title.unwrap_or_default().split_whitespace();
        let folder = folder.file_name().unwrap_or_default().to_string_lossy();
        let package = package(&folder);
        Self {
            title: title.collect::<Vec<_>>().join(" "),
            library: package.replace('-', "_"),
            package,
        }
    }
}

/// A package's name from a folder's: lower-case words of ASCII with hyphens, no word of Rust.
fn package(folder: &str) -> String {
    let words = folder.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("-").to_ascii_lowercase();
    let is_word = value_name(&name) != name.replace('-', "_") || TAKEN.contains(&name.as_str());
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true if is_word => format!("{name}-service"),
        true => name,
        false => format!("service-{name}").trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn a_folder_names_the_package_as_far_as_cargo_lets_it() {
        for (folder, expected) in [
            ("shop", "shop"),
            ("My Shop_2", "my-shop-2"),
            ("type", "type-service"),
            ("contract", "contract-service"),
            ("2026", "service-2026"),
            ("\u{ac00}\u{ac8c}", "service"),
        ] {
            assert_eq!(package(folder), expected);
        }
    }
}
