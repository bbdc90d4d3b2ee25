//! Small documents, one for each class of constructs: what they become reads as it did (golden files),
//! compiles, and does at run time what the contract says.
//!
//! `make golden` writes the golden files anew; their diff shows what a change of a template does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use codegen::generate::{Options, Stop, generate};

/// Parts of a generated crate that people read: what changes in them is a change of the interface.
const READ: [&str; 3] = ["models.rs", "webhooks.rs", "apis"];

fn own() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Below the target folder of the build that runs this test.
fn out() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("probes")
}

fn probes() -> Vec<String> {
    let entries = own().join("tests/probes").read_dir().unwrap();
    let names = entries.filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        Some(name.strip_suffix(".yaml")?.to_owned())
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
#[ignore = "needs the generator: `make probes`"]
fn probes_become_what_they_became_compile_and_behave() {
    let probes = probes();
    let differences = thread::scope(|scope| {
        // Each run of the generator is a process of its own; two at a time keep a small machine busy.
        let halves = [0, 1].map(|half| {
            let probes = probes.iter().skip(half).step_by(2);
            scope.spawn(move || {
                probes
                    .filter_map(|name| difference(name))
                    .collect::<Vec<_>>()
            })
        });
        halves.map(|half| half.join().unwrap()).concat()
    });
    assert!(
        differences.is_empty(),
        "what is generated has changed; see whether it is meant, then run `make golden` and commit:\n{}",
        differences.join("\n")
    );
    behave(&probes);
}

/// Generates the crate of a probe; what differs from its golden files.
fn difference(name: &str) -> Option<String> {
    let crate_folder = out().join("crates").join(name);
    let options = Options {
        contract: own().join(format!("tests/probes/{name}.yaml")),
        codegen: own().to_owned(),
        out: crate_folder.clone(),
        tools: own().join("../.tools"),
        force: true,
        standalone: Some(format!("probe-{name}")),
    };
    let report = match generate(&options) {
        Ok(report) => report,
        Err(Stop::Faults(faults)) => panic!("{name}: {faults:#?}"),
        Err(Stop::Error(error)) => panic!("{name}: {error:#}"),
    };
    let mut made = BTreeMap::new();
    read(&crate_folder.join("src"), &mut made);
    let notes = report.warnings.iter().map(|warning| {
        let (line, message) = (warning.line, &warning.message);
        format!("{name}.yaml:{line}: {message}\n")
    });
    made.insert("notes.txt".into(), notes.collect());
    let golden = own().join("tests/probes/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        bless(&golden, &made);
        return None;
    }
    let mut known = BTreeMap::new();
    read(&golden, &mut known);
    let changed = made
        .keys()
        .chain(known.keys())
        .find(|path| made.get(*path) != known.get(*path))?;
    let lines = |files: &BTreeMap<PathBuf, String>| {
        let text = files.get(changed).cloned().unwrap_or_default();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (made, known) = (lines(&made), lines(&known));
    let at = made
        .iter()
        .zip(&known)
        .take_while(|(made, known)| made == known)
        .count();
    let show = |lines: &[String]| lines.get(at).cloned().unwrap_or_else(|| "(end)".to_owned());
    Some(format!(
        "golden/{name}/{} line {}: was `{}`, is `{}`",
        changed.display(),
        at + 1,
        show(&known),
        show(&made)
    ))
}

/// The files of a folder that are read, by their paths in it.
fn read(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
    for entry in folder.read_dir().into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(folder).unwrap();
        let is_read =
            READ.iter().any(|read| name == Path::new(read)) || name == Path::new("notes.txt");
        if path.is_dir() && is_read {
            for entry in path.read_dir().unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        } else if is_read {
            files.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
}

fn bless(golden: &Path, made: &BTreeMap<PathBuf, String>) {
    if golden.exists() {
        fs::remove_dir_all(golden).unwrap();
    }
    for (path, text) in made {
        let path = golden.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Compiles all crates at once, and the tests of `probes/behaviour.rs` and `probes/behaviour/` against
/// them.
fn behave(probes: &[String]) {
    let folder = out();
    let template = fs::read_to_string(own().join("tests/probes/behaviour.toml")).unwrap();
    let crates = probes
        .iter()
        .map(|name| format!("{name} = {{ path = \"crates/{name}\", package = \"probe-{name}\", features = [\"stubs\"] }}\n"));
    fs::write(
        folder.join("Cargo.toml"),
        template + &crates.collect::<String>(),
    )
    .unwrap();
    // The versions are those of the workspace, so that nothing else is fetched.
    fs::copy(own().join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::create_dir_all(folder.join("src")).unwrap();
    let probes = own().join("tests/probes");
    fs::copy(probes.join("behaviour.rs"), folder.join("src/lib.rs")).unwrap();
    for entry in probes.join("behaviour").read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        fs::copy(&path, folder.join("src").join(name)).unwrap();
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ended = Command::new(cargo)
        .args(["test", "--quiet", "--lib", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ended.stdout) + String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
}
