//! Where a project finds the crates of Concordat.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

/// The sources of Concordat, and how a manifest names them.
#[derive(Debug)]
pub struct Origin {
    sources: PathBuf,
    git: Option<String>,
}

impl Origin {
    /// The sources at a path, or those that this program was built from. Fails if they are not there.
    pub fn find(path: Option<&Path>, git: Option<&str>) -> anyhow::Result<Self> {
        let sources = path.unwrap_or(Path::new(env!("CARGO_MANIFEST_DIR")));
        let sources = std::path::absolute(sources).context("the path of Concordat is empty")?;
        ensure!(
            sources.join("codegen/templates").is_dir() && sources.join("boundary").is_dir(),
            "the sources of Concordat are not in {}: name their folder with --concordat",
            sources.display()
        );
        Ok(Self {
            sources,
            git: git.map(str::to_owned),
        })
    }

    /// A dependency on one of the crates, as TOML.
    pub(super) fn dependency(&self, folder: &str) -> String {
        match &self.git {
            Some(url) => format!("{{ git = {url:?} }}"),
            None => format!("{{ path = {:?} }}", self.sources.join(folder)),
        }
    }

    pub(super) fn codegen(&self) -> PathBuf {
        self.sources.join("codegen")
    }

    pub(super) fn tools(&self) -> PathBuf {
        self.sources.join(".tools")
    }

    /// The versions of every crate.
    pub(super) fn lock(&self) -> PathBuf {
        self.sources.join("Cargo.lock")
    }
}
