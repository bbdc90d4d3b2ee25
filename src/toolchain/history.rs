//! The released versions of a document: a folder with a file for each, which nobody changes afterwards.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use codegen::{Place, Source};
use semver::Version;
use serde_json::Value;

use super::compare::{Acknowledged, Comparison, compare, report};
use super::document;
use super::report::{Finding, Level, Report};

/// The file beside the releases that lists the breaks that are accepted.
const ACKNOWLEDGED: &str = "acknowledged.txt";

/// The endings of a release's file.
const ENDINGS: [&str; 2] = ["yaml", "json"];

/// The releases.
#[derive(Debug)]
pub struct History {
    folder: PathBuf,
    /// From the first to the last.
    releases: Vec<(Version, PathBuf)>,
    /// The breaks that somebody answers for.
    pub known: Acknowledged,
}

/// What releasing a document comes to.
pub struct Outcome {
    /// Why it is refused; clean if it is not.
    pub report: Report,
    /// The file of the release, with its text; `None` where the document is released already, or refused.
    pub file: Option<(PathBuf, String)>,
}

impl History {
    /// Reads the names in a folder, which need not exist yet.
    ///
    /// # Errors
    /// The folder or its list of accepted breaks cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let told = folder.display();
        let mut releases = Vec::new();
        if folder.exists() {
            for entry in fs::read_dir(folder).with_context(|| format!("cannot read {told}"))? {
                let path = entry?.path();
                let ending = path
                    .extension()
                    .and_then(|it| it.to_str())
                    .unwrap_or_default();
                let stem = path
                    .file_stem()
                    .and_then(|it| it.to_str())
                    .unwrap_or_default();
                if let (true, Ok(version)) = (ENDINGS.contains(&ending), Version::parse(stem)) {
                    releases.push((version, path));
                }
            }
        }
        releases.sort();
        let list = folder.join(ACKNOWLEDGED);
        Ok(Self {
            folder: folder.to_owned(),
            releases,
            known: match list.is_file() {
                true => Acknowledged::read(&list)?,
                false => Acknowledged::default(),
            },
        })
    }

    /// The files of the releases, from the first to the last.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.releases.iter().map(|(_, path)| path.as_path())
    }

    /// Compares a document with the last release: what breaks, and nobody answers for.
    ///
    /// # Errors
    /// The release cannot be read.
    pub fn check(&self, source: &Source) -> anyhow::Result<Report> {
        let Some((version, path)) = self.releases.last() else {
            let mut report = Report::new("release", Vec::new());
            report.summary = format!("{} has no release yet", self.folder.display());
            return Ok(report);
        };
        let old = document::read(path)?;
        let comparison = compare(&old, source);
        let mut report = self.breaks(&comparison, &old, source);
        report.summary = match &comparison.version {
            Some(advised) if *advised != version.to_string() => {
                format!("compared with {version}; the next release is {advised}")
            }
            _ => format!("compared with {version}"),
        };
        Ok(report)
    }

    /// What is to be done to release a document.
    ///
    /// # Errors
    /// The last release or the document's file cannot be read.
    pub fn release(&self, source: &Source) -> anyhow::Result<Outcome> {
        let stated = source
            .document
            .pointer("/info/version")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Ok(version) = Version::parse(stated) else {
            let message = format!("`info.version` is `{stated}`, which is no semantic version");
            return Ok(self.refused(source, message, "number releases like 1.4.0"));
        };
        let file = self.file_of(source, &version)?;
        let Some((last, path)) = self.releases.last() else {
            return Ok(accepted(file));
        };
        let old = document::read(path)?;
        if old.original == source.original {
            let mut outcome = self.refused(source, String::new(), "");
            outcome.report.findings.clear();
            outcome.report.summary =
                format!("{last} is this document; there is nothing to release");
            return Ok(outcome);
        }
        let comparison = compare(&old, source);
        let report = self.breaks(&comparison, &old, source);
        if !report.is_clean() {
            return Ok(Outcome { report, file: None });
        }
        let advised = comparison
            .version
            .as_deref()
            .and_then(|it| Version::parse(it).ok());
        let least = advised
            .filter(|it| it > last)
            .unwrap_or_else(|| after(last));
        if version < least {
            let message = format!("`info.version` is {version}, and the last release is {last}");
            let remedy = format!("by what changed it should be {least} at least");
            return Ok(self.refused(source, message, &remedy));
        }
        Ok(accepted(file))
    }

    /// The report of `diff`, with the breaks alone that nobody answers for.
    fn breaks(&self, comparison: &Comparison, old: &Source, new: &Source) -> Report {
        let mut report = report(comparison, old, new, &self.known);
        report.command = "release";
        report.json = None;
        report
            .findings
            .retain(|finding| finding.level > Level::Note);
        for finding in &mut report.findings {
            finding.remedy = format!(
                "undo it, or add its id with a reason to {}",
                self.folder.join(ACKNOWLEDGED).display()
            );
        }
        report
    }

    fn refused(&self, source: &Source, message: String, remedy: &str) -> Outcome {
        let pointer = "/info/version";
        let place: Place = source.place(pointer);
        let finding = Finding {
            rule: "release-version".to_owned(),
            level: Level::Error,
            place,
            pointer: pointer.to_owned(),
            message,
            remedy: remedy.to_owned(),
            details: Vec::new(),
        };
        Outcome {
            report: Report::new("release", vec![finding]),
            file: None,
        }
    }

    /// A document of one file is kept as it is written; one of several as one.
    fn file_of(&self, source: &Source, version: &Version) -> anyhow::Result<(PathBuf, String)> {
        let [only] = source.files() else {
            return Ok((
                self.folder.join(format!("{version}.json")),
                source.original_json(),
            ));
        };
        let text = fs::read_to_string(only).with_context(|| format!("cannot read {only}"))?;
        let is_json = text.trim_start().starts_with('{');
        let ending = if is_json { "json" } else { "yaml" };
        Ok((self.folder.join(format!("{version}.{ending}")), text))
    }
}

/// Writes the file of a release, in the place of none.
///
/// # Errors
/// There is such a file, or it cannot be written.
pub fn write((path, text): &(PathBuf, String)) -> anyhow::Result<()> {
    let told = path.display();
    let folder = path.parent().context("a release needs a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut file = fs::File::create_new(path).with_context(|| format!("cannot write {told}"))?;
    file.write_all(text.as_bytes()).inspect_err(|_| {
        // Half a release is none.
        let _ = fs::remove_file(path);
    })?;
    Ok(())
}

fn accepted(file: (PathBuf, String)) -> Outcome {
    Outcome {
        report: Report::new("release", Vec::new()),
        file: Some(file),
    }
}

/// The next version for what callers do not notice.
fn after(last: &Version) -> Version {
    Version::new(last.major, last.minor, last.patch + 1)
}
