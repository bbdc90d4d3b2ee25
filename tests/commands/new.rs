//! `concordat contract new`: a project for another contract.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use codegen::Source;
use serde_json::json;

use crate::support::{NOWHERE, Ran, run};

const SOUND: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";

/// Runs `contract new` for a document of this text in `folder`.
fn new(text: &str, folder: &Path) -> Ran {
    let place = tempfile::tempdir().unwrap();
    let document = place.path().join("api.yaml");
    fs::write(&document, text).unwrap();
    let (document, folder) = (document.to_str().unwrap(), folder.to_str().unwrap());
    run(NOWHERE, &["contract", "new", "--spec", document, folder])
}

fn entries(folder: &Path) -> usize {
    folder.read_dir().unwrap().count()
}

#[test]
fn a_folder_that_is_in_use_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("shop");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("kept"), "").unwrap();

    let in_use = new(SOUND, &folder);
    let file = new(SOUND, &folder.join("kept"));

    assert_eq!((in_use.code, file.code), (Some(2), Some(2)));
    assert!(in_use.err.contains("is not empty"), "{}", in_use.err);
    assert!(file.err.contains("is a file"), "{}", file.err);
    assert_eq!((entries(place.path()), entries(&folder)), (1, 1));
}

#[test]
fn a_document_with_faults_is_told_with_their_places_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("shop");

    for (text, at) in [
        (
            "openapi: 3.1.0\ninfo: {title: t}\npaths: {}\n",
            "api.yaml:2:1: ",
        ),
        ("openapi: 3.1.0\ninfo: {title: t\n", "api.yaml:"),
    ] {
        let ran = new(text, &folder);

        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.out.contains(at), "{ran:?}");
        assert_eq!(entries(place.path()), 0);
    }
}

#[test]
fn the_sources_that_a_project_builds_on_must_be_there() {
    let place = tempfile::tempdir().unwrap();
    let (at, folder) = (place.path().join("api.yaml"), place.path().join("shop"));
    fs::write(&at, SOUND).unwrap();
    let arguments = ["contract", "new", "--spec", at.to_str().unwrap()];

    let ran = run(
        NOWHERE,
        &[
            &arguments[..],
            &["--concordat", "/nowhere", folder.to_str().unwrap()],
        ]
        .concat(),
    );

    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--concordat"), "{}", ran.err);
    assert!(!folder.exists());
}

/// A project, whose builds share what cargo makes of the crates that it depends on.
struct Project(PathBuf);

impl Project {
    fn make(document: &Path) -> Self {
        let stem = document.file_stem().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("new")
            .join(stem);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        let made = Command::new(env!("CARGO_BIN_EXE_concordat"))
            .args(["contract", "new", "--spec"])
            .args([document, &folder])
            .output()
            .unwrap();
        succeeded(made);
        Self(folder)
    }

    fn target(&self) -> PathBuf {
        self.0.parent().unwrap().join("target")
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", self.target())
            .output()
            .unwrap()
    }

    /// Serves, asks for what no contract has, and ends it as a supervisor does.
    fn serve_and_end(&self) {
        let manifest = fs::read_to_string(self.0.join("Cargo.toml")).unwrap();
        let (_, name) = manifest.split_once("name = \"").unwrap();
        let (name, _) = name.split_once('"').unwrap();
        let mut service = Command::new(self.target().join("debug").join(name))
            .env("PORT", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = service.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let request =
            "GET /no/such/path/in/any/contract HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        for signal in ["-TERM", "-TERM"] {
            let pid = service.id().to_string();
            Command::new("kill").args([signal, &pid]).status().unwrap();
        }
        let ended = service.wait().unwrap();

        assert!(answer.contains("application/problem+json"), "{answer}");
        assert!(answer.contains("concordat-contract: "), "{answer}");
        assert_eq!(ended.code(), Some(0));
    }

    /// Adds an operation to the contract.
    fn add_operation(&self) {
        let path = self.0.join("openapi.yaml");
        let mut document = Source::load(&path).unwrap().original;
        document["paths"]["/added"] = json!({"get": {
            "operationId": "addedByATest",
            "responses": {"204": {"description": "Nothing."}},
        }});
        fs::write(&path, document.to_string()).unwrap();
    }
}

#[track_caller]
fn succeeded(output: Output) -> String {
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    told.into_owned()
}

/// The documents that `NEW_DOCUMENTS` names, or a small one.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match std::env::var("NEW_DOCUMENTS") {
        Ok(named) if !named.is_empty() => named.split(' ').map(|it| root.join(it)).collect(),
        _ => vec![root.join("codegen/tests/probes/unions.yaml")],
    }
}

#[test]
#[ignore = "compiles projects: `make new-test`"]
fn a_project_builds_serves_and_names_the_handlers_that_a_change_wants() {
    for document in documents() {
        let project = Project::make(&document);

        succeeded(project.cargo(&["test"]));
        succeeded(project.cargo(&["build"]));
        project.serve_and_end();
        project.add_operation();
        let missing = project.cargo(&["build"]);
        let with_stubs = project.cargo(&["build", "--features", "stubs"]);

        let told = String::from_utf8_lossy(&missing.stderr);
        assert!(!missing.status.success(), "{document:?}");
        assert!(told.contains("added_by_a_test"), "{document:?}: {told}");
        succeeded(with_stubs);
        println!("{}: built, tested, served, changed", document.display());
    }
}
