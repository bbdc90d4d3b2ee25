//! The files of the crate: formatted together, put in place one by one, the digest last.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Texts by their paths in the crate.
pub type Files = BTreeMap<PathBuf, String>;

/// Files of the crate that are its owner's; a manifest that codegen writes is among those written.
const KEPT: &[&str] = &["Cargo.toml", "Cargo.lock"];

/// Formats all Rust files with rustfmt.
pub fn format(files: &mut Files) -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    let rust: Vec<PathBuf> = files
        .keys()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .cloned()
        .collect();
    for path in &rust {
        write(&folder.path().join(path), &files[path])?;
    }
    // One process for all files: modules would be visited many times otherwise.
    let output = Command::new("rustfmt")
        .args([
            "--edition",
            "2024",
            "--config",
            "skip_children=true,max_width=100",
        ])
        .args(rust.iter().map(|path| folder.path().join(path)))
        .output();
    let output = match output {
        Ok(output) if unstable(&output.stderr) => Command::new("rustfmt")
            .args(["--edition", "2024"])
            .args(rust.iter().map(|path| folder.path().join(path)))
            .output()
            .context("cannot run rustfmt")?,
        Ok(output) => output,
        Err(error) => {
            bail!("cannot run rustfmt ({error}): install it with `rustup component add rustfmt`")
        }
    };
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr)
            .replace(&folder.path().display().to_string(), "generated");
        let start: String = text.lines().take(20).collect::<Vec<_>>().join("\n");
        bail!("the generated code cannot be formatted; this is a fault of the pipeline:\n{start}");
    }
    for path in rust {
        let text = fs::read_to_string(folder.path().join(&path))?;
        files.insert(path, text);
    }
    Ok(())
}

fn unstable(stderr: &[u8]) -> bool {
    String::from_utf8_lossy(stderr).contains("unstable features are only available")
}

/// Writes what differs, removes what is no longer there; returns how many files that was.
pub fn install(out: &Path, files: &Files) -> Result<usize> {
    let mut changed = 0;
    for stale in existing(out)?
        .iter()
        .filter(|path| !files.contains_key(*path))
    {
        fs::remove_file(out.join(stale))
            .with_context(|| format!("cannot remove {}", stale.display()))?;
        changed += 1;
    }
    let last = Path::new("contract.sha256");
    let order = files
        .keys()
        .filter(|path| *path != last)
        .chain(files.keys().filter(|path| *path == last));
    for path in order {
        let target = out.join(path);
        if fs::read_to_string(&target).is_ok_and(|text| text == files[path]) {
            continue;
        }
        let parent = target.parent().unwrap_or(out);
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
        let mut temporary = tempfile::NamedTempFile::new_in(parent)?;
        temporary.write_all(files[path].as_bytes())?;
        set_readable(temporary.path())?;
        temporary
            .persist(&target)
            .with_context(|| format!("cannot write {}", target.display()))?;
        changed += 1;
    }
    Ok(changed)
}

/// Temporary files are private; sources are not.
fn set_readable(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}

fn existing(out: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = out.join(&folder).read_dir() else {
            continue;
        };
        for entry in entries {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                if path != Path::new("target") {
                    open.push(path);
                }
            } else if !KEPT.iter().any(|kept| path == Path::new(kept)) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
