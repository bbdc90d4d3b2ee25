//! Whether the crate is still what the contract, the templates and this code would give.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{GENERATOR_VERSION, Options};
use crate::source::Source;

/// A digest and the files of the contract that it covers.
pub struct Digested {
    /// Hexadecimal SHA-256.
    pub hash: String,
    /// Files of the contract, one a line, relative to the folder of the first.
    pub list: String,
}

/// The digest for what was just read.
pub fn of(options: &Options, source: &Source) -> Digested {
    let folder = options.contract.parent().unwrap_or(Path::new("."));
    let names: Vec<String> = source
        .files()
        .iter()
        .map(|file| {
            Path::new(file)
                .strip_prefix(folder)
                .unwrap_or(Path::new(file))
                .display()
                .to_string()
        })
        .collect();
    let list = names
        .iter()
        .map(|name| format!("{name}\n"))
        .collect::<String>();
    Digested {
        hash: hash(options, &list),
        list,
    }
}

/// Whether the digest in the crate is that of the files as they are now.
pub fn is_fresh(options: &Options) -> bool {
    let read = |name: &str| std::fs::read_to_string(options.out.join(name)).ok();
    match (read("inputs.txt"), read("contract.sha256")) {
        (Some(list), Some(known)) => hash(options, &list) == known.trim(),
        _ => false,
    }
}

/// Every file that matters; a folder stands for all below it.
pub fn inputs(options: &Options) -> Vec<PathBuf> {
    let folder = options.contract.parent().unwrap_or(Path::new("."));
    let list = std::fs::read_to_string(options.out.join("inputs.txt")).unwrap_or_default();
    let mut inputs = vec![
        options.contract.clone(),
        options.out.join("contract.sha256"),
    ];
    inputs.extend(list.lines().map(|name| folder.join(name)));
    inputs.extend(own(options));
    inputs.dedup();
    inputs
}

fn own(options: &Options) -> [PathBuf; 3] {
    ["config.yaml", "templates", "src"].map(|name| options.codegen.join(name))
}

/// Sources that only run the pipeline: what they say changes nothing in a crate.
const RUNNERS: &[&str] = &[
    "src/main.rs",
    "src/build.rs",
    "src/corpus.rs",
    "src/corpus",
    "src/sdk.rs",
    "src/sdk",
];

fn hash(options: &Options, list: &str) -> String {
    let folder = options.contract.parent().unwrap_or(Path::new("."));
    let mut hash = Sha256::new();
    hash.update(GENERATOR_VERSION);
    hash.update(std::fs::read(&options.contract).unwrap_or_default());
    for name in list.lines() {
        hash.update(name);
        hash.update(std::fs::read(folder.join(name)).unwrap_or_default());
    }
    for path in own(options) {
        add(&mut hash, &path, &options.codegen);
    }
    hexadecimal(hash)
}

/// The SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &[u8]) -> String {
    hexadecimal(Sha256::new_with_prefix(text))
}

fn hexadecimal(hash: Sha256) -> String {
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn add(hash: &mut Sha256, path: &Path, root: &Path) {
    if RUNNERS.iter().any(|runner| path == root.join(runner)) {
        return;
    }
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = path
            .read_dir()
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        entries.sort();
        entries.iter().for_each(|entry| add(hash, entry, root));
        return;
    }
    let name = path.strip_prefix(root).unwrap_or(path).components();
    let name = name
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    hash.update(name);
    hash.update(std::fs::read(path).unwrap_or_default());
}
