//! `concordat contract`, as its users call it.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{NOWHERE, Ran, run, run_unread};

const SOUND: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";
const FAULTY: &str = "openapi: 3.1.0\ninfo: {title: t}\npaths: {}\n";

/// A document in a folder of its own, which goes with the first value.
fn document(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn lint(text: &str, format: &str) -> Ran {
    let (_folder, path) = document(text);
    run(
        NOWHERE,
        &[
            "contract",
            "lint",
            path.to_str().unwrap(),
            "--format",
            format,
        ],
    )
}

#[test]
fn a_sound_document_is_clean_in_every_format() {
    for format in ["text", "json", "sarif", "junit", "github", "markdown"] {
        let ran = lint(SOUND, format);

        assert_eq!(ran.code, Some(0), "{format}: {ran:?}");
    }
}

#[test]
fn a_fault_is_told_with_its_place_in_every_format() {
    let text = lint(FAULTY, "text");
    assert_eq!(text.code, Some(1), "{text:?}");
    assert!(text.out.contains("api.yaml:2:1: error: "), "{}", text.out);

    let json: Value = serde_json::from_str(&lint(FAULTY, "json").out).unwrap();
    assert_eq!(json["findings"][0]["line"], 2);

    let sarif: Value = serde_json::from_str(&lint(FAULTY, "sarif").out).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 2);

    let junit = lint(FAULTY, "junit").out;
    assert!(junit.contains(r#"failures="1""#), "{junit}");

    let github = lint(FAULTY, "github").out;
    assert!(github.starts_with("::error file="), "{github}");

    let markdown = lint(FAULTY, "markdown").out;
    assert!(markdown.contains("| error | `"), "{markdown}");
}

#[test]
fn a_document_that_is_not_there_is_no_finding() {
    let ran = run(NOWHERE, &["contract", "lint", "nowhere.yaml"]);

    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("nowhere.yaml"), "{}", ran.err);
}

#[test]
fn a_break_is_found_until_it_is_acknowledged() {
    let (_one, old) =
        document(&SOUND.replace("{}", "{/a: {get: {responses: {'200': {description: d}}}}}"));
    let (folder, new) = document(SOUND);
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());

    let ran = run(NOWHERE, &["contract", "diff", old, new, "--format", "json"]);

    assert_eq!(ran.code, Some(1), "{ran:?}");
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let change = &found["changes"][0];
    assert_eq!(change["class"], "breaking");
    assert_eq!(change["direction"], "request");
    assert_eq!(change["place"], "/paths/~1a/get");
    let list = folder.path().join("accepted");
    fs::write(
        &list,
        format!("{} nobody called it\n", change["id"].as_str().unwrap()),
    )
    .unwrap();
    let ran = run(
        NOWHERE,
        &[
            "contract",
            "diff",
            old,
            new,
            "--acknowledged",
            list.to_str().unwrap(),
        ],
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_rule_is_explained() {
    let ran = run(NOWHERE, &["contract", "lint", "--explain", "bounded"]);

    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("maxLength"), "{}", ran.out);
}

#[test]
fn a_reader_that_has_seen_enough_changes_nothing_about_the_outcome() {
    let (folder, sound) = document(SOUND);
    let (_other, faulty) = document(FAULTY);
    let (sound, faulty) = (sound.to_str().unwrap(), faulty.to_str().unwrap());
    let site = folder.path().join("site");
    let page = folder.path().join("page");
    let (site, page) = (site.to_str().unwrap(), page.to_str().unwrap());

    for (arguments, code) in [
        (vec!["lint", faulty], 1),
        (vec!["lint", sound, "--format", "json"], 0),
        (vec!["lint", "--explain", "all"], 0),
        (vec!["lint", "nowhere.yaml"], 2),
        (vec!["diff", sound, sound], 0),
        (vec!["changelog", sound, sound], 0),
        (vec!["review", sound, sound], 0),
        (vec!["review", sound, sound, "--out", page], 0),
        (vec!["docs", sound, "--out", site], 0),
    ] {
        let arguments: Vec<&str> = ["contract"].into_iter().chain(arguments).collect();

        assert_eq!(run_unread(NOWHERE, &arguments), Some(code), "{arguments:?}");
    }
}
