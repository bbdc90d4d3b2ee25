//! The files of a project that are the same for every contract, but for names.

use anyhow::Context;
use codegen::api::Api;
use codegen::generate::Files;

use super::handlers::{method, one_line};
use super::names::Names;
use super::origin::Origin;

/// Each file's place in the project, and its text with `{{names}}` to be filled in.
const TEXTS: &[(&str, &str)] = &[
    (".gitignore", include_str!("files/gitignore")),
    ("Cargo.toml", include_str!("files/root.toml")),
    ("Makefile", include_str!("files/Makefile")),
    ("README.md", include_str!("files/README.md")),
    ("build.rs", include_str!("files/build.rs")),
    ("generated/Cargo.toml", include_str!("files/generated.toml")),
    ("src/app.rs", include_str!("files/app.rs")),
    ("src/config.rs", include_str!("files/config.rs")),
    ("src/lib.rs", include_str!("files/lib.rs")),
    ("src/main.rs", include_str!("files/main.rs")),
    ("tests/api.rs", include_str!("files/api.rs")),
];

/// The manifest that codegen writes for a crate that stands alone: its dependencies are those of the
/// crate `contract` of a project too.
const STANDALONE: &str = include_str!("../../../codegen/templates/standalone.toml");

const REQUIREMENTS: &str = include_str!("../../../codegen/requirements.txt");

/// The files.
pub(super) fn of(names: &Names, api: &Api, origin: &Origin) -> anyhow::Result<Files> {
    let requirements = REQUIREMENTS.lines().filter(|line| !line.starts_with('#'));
    let requirements: Vec<&str> = requirements.collect();
    let mut values = vec![
        ("title", names.title.clone()),
        ("package", names.package.clone()),
        ("library", names.library.clone()),
        ("boundary", origin.dependency("boundary")),
        ("codegen", origin.dependency("codegen")),
        ("lints", part(STANDALONE, "[lints.rust]", "[lib]")?),
        (
            "dependencies",
            part(STANDALONE, "[dependencies]", "[profile.dev]")?,
        ),
        ("requirements", requirements.join(" ")),
    ];
    values.extend(first_handler(api));
    let filled = TEXTS.iter().map(|(path, text)| {
        let filled = values
            .iter()
            .fold((*text).to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{{{name}}}}}"), value)
            });
        (path.into(), filled)
    });
    Ok(filled.collect())
}

/// A text from one mark up to another.
fn part(text: &str, from: &str, to: &str) -> anyhow::Result<String> {
    let start = text.find(from).with_context(|| format!("no {from}"))?;
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find(to).with_context(|| format!("no {to}"))?;
    Ok(rest.get(..end).unwrap_or_default().to_owned())
}

/// What the README shows: the operation that asks for the least comes first.
fn first_handler(api: &Api) -> Vec<(&'static str, String)> {
    let least = |it: &&codegen::api::Operation| (it.body.is_some(), it.parameters.len());
    let Some(operation) = api.operations.iter().min_by_key(least) else {
        return vec![
            (
                "first_file",
                "a file of `src/handlers/` once the contract has an operation".into(),
            ),
            ("first", "// There is none yet.".into()),
            ("first_response", "the response".into()),
        ];
    };
    let module = api
        .tags
        .get(operation.tag)
        .map_or("", |tag| tag.module.as_str());
    let method = method(operation);
    let lines = method
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line));
    vec![
        (
            "first_file",
            format!("`src/handlers/{}.rs`", one_line(module)),
        ),
        ("first", lines.collect::<Vec<_>>().join("\n")),
        (
            "first_response",
            format!("api::{}Response", operation.type_name),
        ),
    ]
}
