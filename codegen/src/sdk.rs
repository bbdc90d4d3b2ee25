//! Client libraries: the document made tolerant, OpenAPI Generator with our templates, one package a language.

mod document;
mod package;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use codegen::Source;
use codegen::generate::generator_command;
use serde_json::Value;

use package::Package;

/// The languages; each has a folder in `codegen/sdk/`.
pub const LANGUAGES: [&str; 5] = ["typescript", "python", "rust", "java", "go"];

/// What to generate from what.
pub struct Settings {
    /// The OpenAPI document.
    pub contract: PathBuf,
    /// The folder that gets one folder a language.
    pub out: PathBuf,
    /// The folder with `codegen/` and `.tools/`.
    pub workspace: PathBuf,
    /// Those of [`LANGUAGES`] to generate.
    pub languages: Vec<String>,
    /// Where the libraries' sources will be kept, for their metadata.
    pub repository: Option<String>,
}

/// Generates the libraries and returns their folders.
///
/// # Errors
/// A language that is not known, a document that cannot be read, a generator that is missing or fails.
pub fn run(settings: &Settings) -> Result<Vec<PathBuf>> {
    let source = Source::load(&settings.contract).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })?;
    let package = Package::of(&source.document, settings.repository.as_deref());
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let input = folder.path().join("document.json");
    let document = document::tolerant(&source.document);
    fs::write(&input, document.to_string()).context("cannot write the document")?;
    let languages = settings.languages.iter();
    languages
        .map(|language| generate(settings, &package, (&document, &input), language))
        .collect()
}

fn generate(
    settings: &Settings,
    package: &Package,
    (document, input): (&Value, &Path),
    language: &str,
) -> Result<PathBuf> {
    let templates = settings.workspace.join("codegen/sdk").join(language);
    if !LANGUAGES.contains(&language) {
        bail!(
            "no templates for {language}: choose of {}",
            LANGUAGES.join(", ")
        );
    }
    let out = settings.out.join(language);
    // What an earlier document had must not stay; what was installed beside it may.
    remove_sources(&out)?;
    fs::create_dir_all(&out).with_context(|| format!("cannot create {}", out.display()))?;
    let ignored = templates.with_file_name("openapi-generator-ignore");
    let ignored = fs::copy(&ignored, out.join(".openapi-generator-ignore"));
    ignored.context("cannot copy the list of what is not wanted")?;
    let config = input.with_file_name(format!("{language}.yaml"));
    fs::write(&config, configuration(&templates, package)?)?;
    let mut command = generator_command(&settings.workspace.join(".tools"))?;
    command
        .args(["generate", "--skip-validate-spec", "--config"])
        .arg(&config)
        .arg("--template-dir")
        .arg(&templates)
        .arg("--input-spec")
        .arg(input)
        .arg("--output")
        .arg(&out)
        .args(["--inline-schema-options", "RESOLVE_INLINE_ENUMS=true"]);
    if language == "go" {
        let renamed = constructors(document);
        command.args(
            renamed
                .iter()
                .flat_map(|pair| ["--model-name-mappings", pair]),
        );
    }
    let ended = command.output().context("cannot run OpenAPI Generator")?;
    if !ended.status.success() {
        let text = String::from_utf8_lossy(&ended.stderr) + String::from_utf8_lossy(&ended.stdout);
        bail!("OpenAPI Generator failed for {language}:\n{text}");
    }
    if language == "java" {
        own_helpers(&out.join("src"), &package.plain)?;
    }
    Ok(out)
}

/// Where the generator's own templates import their author's library, the library's classes of the same name
/// stand in (`nullable.mustache`), so that it needs Jackson alone.
fn own_helpers(folder: &Path, package: &str) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            own_helpers(&path, package)?;
            continue;
        }
        let text = fs::read_to_string(&path)?;
        let own = text.replace("org.openapitools.jackson.nullable.", &format!("{package}."));
        if own != text {
            fs::write(&path, own)?;
        }
    }
    Ok(())
}

/// The configuration of a language with the package's names in it, for our templates too.
fn configuration(templates: &Path, package: &Package) -> Result<String> {
    let path = templates.join("config.yaml");
    let text = fs::read_to_string(&path);
    let mut text = text.with_context(|| format!("cannot read {}", path.display()))?;
    let told = package.properties();
    let mut added = "additionalProperties:".to_owned();
    for (name, value) in &told {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
        if !value.is_empty() {
            added.push_str(&format!("\n  {name}: {value:?}"));
        }
    }
    Ok(text.replacen("additionalProperties:", &added, 1))
}

/// Models that the constructors of others would be called like in Go, where `New…` makes a `…`, with other names.
fn constructors(document: &Value) -> Vec<String> {
    let schemas = document.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object);
    let names = schemas.into_iter().flat_map(|schemas| schemas.keys());
    let has = |name: &str| schemas.is_some_and(|schemas| schemas.contains_key(name));
    names
        .filter_map(|name| Some((name, name.strip_prefix("New")?)))
        .filter(|(_, made)| has(made) && !has(&format!("{made}Input")))
        .map(|(name, made)| format!("{name}={made}Input"))
        .collect()
}

/// Removes a library but for what its tools keep in it.
fn remove_sources(out: &Path) -> Result<()> {
    let kept = ["node_modules", "target", ".venv"];
    for entry in out.read_dir().into_iter().flatten() {
        let entry = entry?;
        if kept.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        let path = entry.path();
        let removed = match path.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}
