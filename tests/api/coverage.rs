//! Nothing of the contract is without a test.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use contract::operations::ALL;

use crate::support::contract::Part;

/// What no test can bring about: a fault of the handlers, and a handler that is missing.
const UNREACHABLE: &[&str] = &["contract-violation", "not-implemented"];

/// The tests' own text, but for this file; `orders/life.rs` belongs to `orders.rs`.
fn tests() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    let mut tests = Vec::new();
    for path in files(&folder) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name != "coverage.rs" {
            let parts = files(&path.with_extension(""));
            let texts = std::iter::once(path).chain(parts);
            let texts: Vec<_> = texts
                .map(|path| std::fs::read_to_string(path).unwrap())
                .collect();
            tests.push((name, texts.concat()));
        }
    }
    tests
}

/// The files in a folder; none if there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_file()).collect()
}

/// Beside these, `access.rs` calls every operation, through a case that must be written for it.
#[test]
fn every_operation_is_called_in_the_file_of_its_tag() {
    let tests = tests();
    for operation in ALL {
        let file = format!("{}.rs", operation.tag.to_lowercase());
        let text = tests.iter().find(|(name, _)| *name == file);
        let (_, text) = text.unwrap_or_else(|| panic!("tests/api/{file} is missing"));

        let fixed = |segment: &&str| !segment.is_empty() && !segment.starts_with('{');
        let segments: Vec<_> = operation.path.split('/').filter(fixed).collect();

        let root = format!("/{}", segments[..segments.len().min(2)].join("/"));
        let last = segments.last().unwrap();
        let is_called = text.contains(&root) && text.contains(last);
        assert!(is_called, "{file} never calls {}", operation.id);
        let call = match operation.method {
            "POST" if operation.body.is_none() => "call(\"POST\"".to_owned(),
            method => format!(".{}(", method.to_lowercase()),
        };
        assert!(text.contains(&call), "{file} never calls {}", operation.id);
    }
}

#[test]
fn every_problem_that_an_operation_declares_is_met_by_a_test() {
    let tests = tests();
    let declared: BTreeSet<_> = ALL
        .iter()
        .flat_map(|operation| operation.responses)
        .flat_map(|response| response.problems.iter().copied())
        .filter(|code| !UNREACHABLE.contains(code))
        .collect();

    let unmet: Vec<_> = declared
        .into_iter()
        .filter(|code| {
            let asserted = format!("\"{code}\"");
            !tests.iter().any(|(_, text)| text.contains(&asserted))
        })
        .collect();

    assert!(unmet.is_empty(), "no test meets {unmet:?}");
}

#[test]
fn every_problem_type_of_the_contract_can_occur() {
    let declared: BTreeSet<_> = ALL
        .iter()
        .flat_map(|operation| operation.responses)
        .flat_map(|response| response.problems.iter().copied())
        .collect();
    // These answer where no operation is found, or stand for one that is not written.
    let elsewhere = ["method-not-allowed", "not-implemented"];

    for (code, _) in Part::at("/x-problem-types").members() {
        let occurs = declared.contains(code) || elsewhere.contains(&code);
        assert!(occurs, "no operation declares the problem {code}");
    }
}

/// Every name in backquotes that has the form of a test's.
#[test]
fn the_tests_that_the_security_notes_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let notes = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut tests = String::new();
    for folder in [
        "api",
        "commands",
        "data",
        "server",
        "api/support",
        "api/orders",
    ] {
        for path in files(&root.join("tests").join(folder)) {
            tests.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }

    let named: Vec<_> = notes
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.matches('_').count() > 1 && !name.contains(char::is_uppercase))
        .collect();

    assert!(named.len() > 40, "{named:?}");
    for name in named {
        assert!(tests.contains(&format!("fn {name}(")), "no test `{name}`");
    }
}

#[test]
fn the_table_of_owners_is_that_of_the_contract() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, table) = readme.split_once("\n## Owners\n").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let mut told = BTreeSet::new();
    for row in table.lines().filter(|row| row.starts_with("| ")).skip(1) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        told.extend(
            cells[2]
                .split(", ")
                .map(|tag| (tag.to_owned(), cells[1].to_owned())),
        );
    }

    let tags = Part::at("/tags").value.as_array().unwrap();
    let text = |tag: &serde_json::Value, name: &str| tag[name].as_str().unwrap().to_owned();
    let declared = tags
        .iter()
        .map(|tag| (text(tag, "name"), text(tag, "x-owner")));
    assert_eq!(told, declared.collect());
}
