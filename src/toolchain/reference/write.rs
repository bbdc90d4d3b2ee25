//! Writing of the site, all of it or nothing.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::File;

/// What each page says of its origin: a folder without such a page is not overwritten.
pub const GENERATOR: &str = "concordat contract docs";

/// Puts the files into a folder, in the place of an earlier site, and of nothing else.
///
/// # Errors
/// The folder holds something else, or cannot be written; it is then as it was.
pub fn write(files: &[File], folder: &Path) -> anyhow::Result<()> {
    let told = folder.display();
    if !is_free(folder).with_context(|| format!("cannot read {told}"))? {
        bail!("{told} holds something else than a reference; give an empty folder, or a new one");
    }
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    let fresh = tempfile::Builder::new()
        .prefix(".reference-")
        .tempdir_in(parent)
        .with_context(|| format!("cannot write beside {told}"))?;
    let inner = fresh.path().join("site");
    for file in files {
        let path = inner.join(&file.path);
        let folder = path.parent().unwrap_or(&inner);
        fs::create_dir_all(folder)?;
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    if folder.exists() {
        fs::rename(folder, fresh.path().join("before"))
            .with_context(|| format!("cannot replace {told}"))?;
    }
    fs::rename(&inner, folder).with_context(|| format!("cannot write {told}"))
}

/// Whether there is nothing, or an earlier site.
fn is_free(folder: &Path) -> std::io::Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(true);
    }
    let start = fs::read_to_string(folder.join("index.html")).unwrap_or_default();
    Ok(start.contains(GENERATOR))
}
