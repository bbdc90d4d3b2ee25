//! A project for any contract, in the shape of this one: every operation has a handler that answers 501.

mod handlers;
mod names;
mod origin;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use codegen::generate::{Files, Options, Stop, format, generate};
use codegen::{Fault, Source, api, check};

use names::Names;
pub use origin::Origin;

/// A project that was made.
#[derive(Debug)]
pub struct Project {
    /// How many operations its contract has.
    pub operations: usize,
    /// What the contract should mend, and what the Rust code says less exactly.
    pub warnings: Vec<Fault>,
}

/// Why there is no project.
#[derive(Debug)]
pub enum Refusal {
    /// The document is not valid.
    Document(Vec<Fault>),
    /// Something else stands against it.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

/// Makes a project for a document in a folder that is new or empty. It appears there whole, or not at all.
///
/// # Errors
/// The document's faults; or the folder is in use, the sources of Concordat or the generator are missing.
pub fn create(source: &Source, folder: &Path, origin: &Origin) -> Result<Project, Refusal> {
    let faults: Vec<Fault> = check(source).into_iter().filter(Fault::is_error).collect();
    if !faults.is_empty() {
        return Err(Refusal::Document(faults));
    }
    let folder = std::path::absolute(folder).context("the folder has no name")?;
    let parent = vacant(&folder)?;
    let stage = tempfile::Builder::new()
        .prefix(".new-")
        .tempdir_in(&parent)
        .with_context(|| format!("cannot write in {}", parent.display()))?;
    let project = write(source, &folder, stage.path(), origin)?;
    publish(stage, &folder)?;
    Ok(project)
}

/// The folder in which the new one is to appear, which is made if it is missing.
fn vacant(folder: &Path) -> anyhow::Result<PathBuf> {
    if folder.is_dir() {
        let mut entries = folder
            .read_dir()
            .with_context(|| format!("cannot read {}", folder.display()))?;
        if entries.next().is_some() {
            bail!("{} is not empty: name a new folder", folder.display());
        }
    } else if folder.exists() {
        bail!("{} is a file: name a new folder", folder.display());
    }
    let parent = folder.parent().context("the folder has no parent")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    Ok(parent.to_owned())
}

fn write(
    source: &Source,
    folder: &Path,
    stage: &Path,
    origin: &Origin,
) -> Result<Project, Refusal> {
    let names = Names::of(source, folder);
    let api = api::of(source);
    let mut files = texts::of(&names, &api, origin)?;
    files.extend(handlers::of(&api));
    format(&mut files)?;
    files.extend(contract(source)?);
    put(stage, &files)?;
    fs::copy(origin.lock(), stage.join("Cargo.lock")).context("cannot copy Cargo.lock")?;
    let report = generate(&Options {
        contract: stage.join("openapi.yaml"),
        codegen: origin.codegen(),
        out: stage.join("generated"),
        tools: origin.tools(),
        force: true,
        standalone: None,
    });
    match report {
        Ok(report) => Ok(Project {
            operations: report.operations,
            warnings: named_as_given(source, report.warnings),
        }),
        Err(Stop::Faults(faults)) => Err(Refusal::Document(named_as_given(source, faults))),
        Err(Stop::Error(error)) => Err(Refusal::Other(error)),
    }
}

/// The faults of the copy, told of the document that was given.
fn named_as_given(source: &Source, mut faults: Vec<Fault>) -> Vec<Fault> {
    if let Some(given) = source.files().first() {
        for fault in faults
            .iter_mut()
            .filter(|it| it.file.ends_with("/openapi.yaml"))
        {
            fault.file.clone_from(given);
        }
    }
    faults
}

/// The document as `openapi.yaml`, with the files that it refers to where they lie from there. If one
/// lies elsewhere, or if it came over standard input, all is one document, in JSON.
fn contract(source: &Source) -> anyhow::Result<Files> {
    let bundled = || Files::from([(PathBuf::from("openapi.yaml"), source.original_json())]);
    let [main, parts @ ..] = source.files() else {
        return Ok(bundled());
    };
    let main = Path::new(main);
    if !main.is_file() {
        return Ok(bundled());
    }
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let mut files = Files::from([(PathBuf::from("openapi.yaml"), read(main)?)]);
    let beside = main.parent().unwrap_or(Path::new(""));
    for part in parts {
        match Path::new(part).strip_prefix(beside) {
            Ok(place) if is_below(place) => {
                files.insert(place.to_owned(), read(Path::new(part))?);
            }
            _ => return Ok(bundled()),
        }
    }
    Ok(files)
}

/// Whether a relative path stays below where it starts, and out of the project's own files.
fn is_below(path: &Path) -> bool {
    let own = ["src", "generated", "tests", "target", "openapi.yaml"];
    let mut parts = path.components();
    parts.all(|part| matches!(part, std::path::Component::Normal(_)))
        && !own.iter().any(|own| path.starts_with(own))
}

fn put(stage: &Path, files: &Files) -> anyhow::Result<()> {
    for (path, text) in files {
        let path = stage.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Puts the finished folder in its place. An empty folder in that place gives way.
fn publish(stage: tempfile::TempDir, folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(stage.path(), fs::Permissions::from_mode(0o755))?;
    fs::rename(stage.path(), folder)
        .map_err(|error| anyhow!(error))
        .with_context(|| format!("cannot make {}", folder.display()))?;
    // Nothing is left to be removed.
    _ = stage.keep();
    Ok(())
}
