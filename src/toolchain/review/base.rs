//! What a document is reviewed against: another file, or the same file at a revision of its git repository.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use codegen::Source;
use tempfile::TempDir;

use crate::toolchain::document;

/// The document before the change.
pub struct Base {
    /// As the caller named it.
    pub name: String,
    pub source: Source,
    /// Where the files of a revision are, for as long as they are needed.
    folder: Option<TempDir>,
}

impl Base {
    /// Reads a file of this name; where there is none, `document` as it was at a revision of this name.
    ///
    /// # Errors
    /// There is neither, git is missing, or the document cannot be read.
    pub fn read(name: &str, document: &Path) -> anyhow::Result<Self> {
        let path = Path::new(name);
        if path.is_file() || name == "-" {
            return Ok(Self {
                name: name.to_owned(),
                source: document::read(path)?,
                folder: None,
            });
        }
        let (folder, path) = at_revision(name, document)?;
        if !path.is_file() {
            bail!("there is no {} at {name}", document.display());
        }
        Ok(Self {
            name: name.to_owned(),
            source: document::read(&path)?,
            folder: Some(folder),
        })
    }

    /// A file of this document as the reader knows it: `main:openapi.yaml`.
    pub fn told(&self, file: &str) -> String {
        let folder = self.folder.as_ref().map(|folder| folder.path().join(TREE));
        let below = folder.and_then(|folder| {
            Path::new(file)
                .strip_prefix(folder)
                .ok()
                .map(Path::to_owned)
        });
        match below {
            Some(below) => format!("{}:{}", self.name, below.display()),
            None => file.to_owned(),
        }
    }
}

/// The folder of the files, beside git's index of them.
const TREE: &str = "tree";

/// Lays out every document of a revision, since references may lead to any of them; where `document` is there.
fn at_revision(revision: &str, document: &Path) -> anyhow::Result<(TempDir, PathBuf)> {
    let home = match document.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = document
        .file_name()
        .context("the document under review must be a file")?;
    let commit = format!("{revision}^{{commit}}");
    let known = git(
        home,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
        None,
    );
    let Ok(commit) = known else {
        bail!(
            "{revision} is no file, and no revision that git knows at {}",
            home.display()
        );
    };
    let commit = commit.trim();
    let root = git(home, &["rev-parse", "--show-toplevel"], None)?;
    let below = git(home, &["rev-parse", "--show-prefix"], None)?;
    let folder = tempfile::tempdir().context("cannot make a folder for the revision")?;
    let tree = folder.path().join(TREE);
    fs::create_dir(&tree)?;
    let root = Path::new(root.trim_end_matches('\n'));
    let index = Some(folder.path().join("index"));
    git(root, &["read-tree", commit], index.as_deref())?;
    let files = git(
        root,
        &["ls-files", "-z", "--", "*.yaml", "*.yml", "*.json"],
        index.as_deref(),
    )?;
    let prefix = format!("--prefix={}/", tree.display());
    feed(
        root,
        &["checkout-index", "-z", "--stdin", &prefix],
        index.as_deref(),
        &files,
    )?;
    let path = tree.join(below.trim_end_matches('\n')).join(name);
    Ok((folder, path))
}

fn command(home: &Path, arguments: &[&str], index: Option<&Path>) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(home)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    command
}

fn git(home: &Path, arguments: &[&str], index: Option<&Path>) -> anyhow::Result<String> {
    let output = command(home, arguments, index)
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "git {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).context("git answers what is no UTF-8")
}

/// Runs git with a text on its standard input.
fn feed(home: &Path, arguments: &[&str], index: Option<&Path>, text: &str) -> anyhow::Result<()> {
    let mut child = command(home, arguments, index)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .context("cannot run git")?;
    if let Some(mut input) = child.stdin.take() {
        input
            .write_all(text.as_bytes())
            .context("git does not read")?;
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!(
            "git {}: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
