//! `concordat contract` on what changes from release to release: reference, changelog, review, releases.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{NOWHERE, Ran, run};

const OLD: &str = "\
openapi: 3.1.0
info: {title: Shop, version: 1.4.0}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
      responses: {'201': {description: d}}
  /old:
    get: {operationId: getOld, responses: {'200': {description: d}}}
components:
  schemas:
    NewOrder: {type: object, required: [count], properties: {count: {type: integer, minimum: 1, maximum: 1000}}}
";

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs `contract` with names of files in a folder where a word begins with `./`.
fn contract(folder: &TempDir, words: &[&str]) -> Ran {
    let path = |word: &&str| match word.strip_prefix("./") {
        Some(name) => folder.path().join(name).to_str().unwrap().to_owned(),
        None => (*word).to_owned(),
    };
    let words: Vec<String> = words.iter().map(path).collect();
    let mut all = vec!["contract"];
    all.extend(words.iter().map(String::as_str));
    run(NOWHERE, &all)
}

#[test]
fn a_reference_replaces_an_earlier_one_and_nothing_else() {
    let files = folder(&[("api.yaml", OLD), ("mine/notes.txt", "keep")]);

    for _ in 0..2 {
        let ran = contract(&files, &["docs", "./api.yaml", "--out", "./site"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    let refused = contract(&files, &["docs", "./api.yaml", "--out", "./mine"]);

    let page = fs::read_to_string(files.path().join("site/operations/createOrder.html")).unwrap();
    assert!(page.contains("at least"), "{page}");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert_eq!(
        fs::read_to_string(files.path().join("mine/notes.txt")).unwrap(),
        "keep"
    );
    assert_eq!(
        fs::read_dir(files.path()).unwrap().count(),
        3,
        "nothing is left behind"
    );
}

#[test]
fn a_changelog_tells_partners_what_to_do_and_is_always_the_same() {
    let new = OLD.replace("maximum: 1000", "maximum: 10").replace(
        "  /old:\n    get: {operationId: getOld",
        "  /new:\n    get: {deprecated: true, operationId: getOld",
    );
    let files = folder(&[("old.yaml", OLD), ("new.yaml", &new)]);

    let first = contract(&files, &["changelog", "./old.yaml", "./new.yaml"]);
    let second = contract(&files, &["changelog", "./old.yaml", "./new.yaml"]);

    assert_eq!(first.code, Some(0), "{first:?}");
    assert_eq!(first.out, second.out);
    for told in [
        "## Breaking",
        "### GET /old",
        "**Stop calling it before you move to this version.**",
        "### POST /orders",
        "In requests, `count` of `NewOrder`: `maximum` was 1000, is 10.",
        "```json",
        "## Added",
    ] {
        assert!(first.out.contains(told), "{told}: {}", first.out);
    }
}

fn git(folder: &Path, words: &[&str]) {
    let identity = ["-c", "user.name=n", "-c", "user.email=e@example.org"];
    let ran = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(identity)
        .args(words)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{ran:?}");
}

#[test]
fn a_review_compares_with_a_revision_and_with_the_files_it_refers_to() {
    let old = OLD.replace("'#/components/schemas/NewOrder'", "'parts/order.yaml'");
    let order = "{type: object, properties: {count: {type: integer, maximum: 1000}}}";
    let files = folder(&[("docs/api.yaml", &old), ("docs/parts/order.yaml", order)]);
    git(files.path(), &["init", "-q"]);
    git(files.path(), &["add", "."]);
    git(files.path(), &["commit", "-qm", "first"]);
    let narrowed = order.replace("1000", "9");
    fs::write(files.path().join("docs/parts/order.yaml"), narrowed).unwrap();

    let ran = contract(
        &files,
        &["review", "HEAD", "./docs/api.yaml", "--out", "./page"],
    );
    let unknown = contract(&files, &["review", "--output=x", "./docs/api.yaml"]);
    let nowhere = contract(&files, &["review", "no-such", "./docs/api.yaml"]);

    assert_eq!(ran.code, Some(1), "{ran:?}");
    let text = fs::read_to_string(files.path().join("page/review.md")).unwrap();
    let page = fs::read_to_string(files.path().join("page/review.html")).unwrap();
    for told in [
        "1 change breaks partners",
        "`maximum` was 1000, is 9",
        "should be 2.0.0",
        "```json",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(
        page.contains("<pre>") && !page.contains("<script"),
        "{page}"
    );
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert_eq!(nowhere.code, Some(2));
    assert!(
        nowhere.err.contains("no-such is no file, and no revision"),
        "{}",
        nowhere.err
    );
    let status = Command::new("git")
        .arg("-C")
        .arg(files.path())
        .args(["status", "--short"])
        .output()
        .unwrap();
    let status = String::from_utf8(status.stdout).unwrap();
    assert!(
        status.starts_with(" M docs/parts/order.yaml\n?? page/"),
        "the index is as it was: {status}"
    );
}

#[test]
fn a_review_of_no_change_is_clean_and_tells_the_coverage() {
    let coverage = r#"{"coverage": {"totals": {"operations": {"seen": 1, "declared": 2}}, "operations": [], "undeclared": {}}}"#;
    let files = folder(&[
        ("api.yaml", OLD),
        ("base.yaml", OLD),
        ("seen.json", coverage),
    ]);

    let ran = contract(
        &files,
        &[
            "review",
            "./base.yaml",
            "./api.yaml",
            "--coverage",
            "./seen.json",
        ],
    );

    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.contains("Nothing that partners rely on breaks"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("50 % of the contract was seen"),
        "{}",
        ran.out
    );
}

#[test]
fn releases_refuse_breaks_unawares_and_versions_that_do_not_rise() {
    let files = folder(&[("api.yaml", OLD)]);
    let release = |more: &[&str]| {
        let mut words = vec!["release", "./api.yaml", "--history", "./contracts"];
        words.extend(more);
        contract(&files, &words)
    };
    let write = |text: &str| fs::write(files.path().join("api.yaml"), text).unwrap();

    let first = release(&[]);
    assert_eq!(first.code, Some(0), "{first:?}");
    assert_eq!(
        fs::read_to_string(files.path().join("contracts/1.4.0.yaml")).unwrap(),
        OLD
    );
    assert_eq!(
        release(&[]).code,
        Some(0),
        "the same again is nothing to do"
    );

    let grown = OLD.replace(
        "paths:\n",
        "paths:\n  /more:\n    get: {responses: {'200': {description: d}}}\n",
    );
    write(&grown);
    assert_eq!(release(&["--check"]).code, Some(0), "growth breaks nobody");
    let same = release(&[]);
    assert_eq!(same.code, Some(1), "{same:?}");
    assert!(
        same.out.contains("it should be 1.5.0 at least"),
        "{}",
        same.out
    );
    write(&grown.replace("1.4.0", "1.5.0"));
    assert_eq!(release(&[]).code, Some(0));

    let broken = grown
        .replace("1.4.0", "2.0.0")
        .replace("maximum: 1000", "maximum: 10");
    write(&broken);
    for more in [&["--check", "--format", "json"][..], &["--format", "json"]] {
        let ran = release(more);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        let told: Value = serde_json::from_str(&ran.out).unwrap();
        let id = told["findings"][0]["details"]["id"].as_str().unwrap();
        let list = format!("# why\n{id} counts above 10 were never accepted\n");
        fs::write(files.path().join("contracts/acknowledged.txt.next"), list).unwrap();
    }
    let next = files.path().join("contracts/acknowledged.txt.next");
    fs::rename(&next, files.path().join("contracts/acknowledged.txt")).unwrap();
    assert_eq!(release(&["--check"]).code, Some(0));
    let second = release(&[]);
    assert_eq!(second.code, Some(0), "{second:?}");
    assert!(files.path().join("contracts/2.0.0.yaml").is_file());
}
