//! The three layers call downwards only, and no file grows out of hand.

use std::path::{Path, PathBuf};

/// Most lines that a file may have.
const LINES: usize = 600;

/// What the code of a folder must not mention.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "src/handlers",
        &[
            "diesel",
            "schema::",
            " on!(",
            "db::Conn",
            "concordat_boundary",
        ],
    ),
    (
        "src/services",
        &[
            "contract::models",
            "models::",
            "handlers",
            "schema::",
            " on!(",
            "axum",
            "http::",
        ],
    ),
    (
        "src/repository",
        &[
            "services",
            "handlers",
            "contract::",
            "boundary",
            "app::",
            "axum",
            "http::",
        ],
    ),
    (
        "src/db",
        &[
            "repository",
            "services",
            "handlers",
            "contract::",
            "boundary",
            "app::",
        ],
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root()).unwrap().to_owned(), text));
            }
        }
    }
    found
}

#[test]
fn no_layer_knows_what_is_above_it_nor_handlers_the_database() {
    let mut broken = Vec::new();
    for (folder, words) in FORBIDDEN {
        let files = sources(folder);
        assert!(!files.is_empty(), "{folder} is empty");
        for (path, text) in files {
            for (number, line) in (1..).zip(text.lines()) {
                let code = line.split("//").next().unwrap();
                let found = words.iter().filter(|word| code.contains(**word));
                broken.extend(found.map(|word| format!("{}:{number}: {word}", path.display())));
            }
        }
    }

    assert!(broken.is_empty(), "{broken:#?}");
}

/// A service is only there where there is a rule to hold.
#[test]
fn every_tag_has_its_handlers_and_its_tests() {
    let names = |folder: &str| -> Vec<String> {
        let files = sources(folder).into_iter();
        files
            .map(|(path, _)| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect()
    };
    let tests = names("tests/api");
    for tag in contract::operations::ALL
        .iter()
        .map(|operation| operation.tag)
    {
        let file = format!("{}.rs", tag.to_lowercase());

        assert!(names("src/handlers").contains(&file), "src/handlers/{file}");
        assert!(tests.contains(&file), "tests/api/{file}");
    }
}

#[test]
fn every_file_says_what_it_holds_and_holds_no_more_than_can_be_read() {
    let mut faults = Vec::new();
    for folder in [
        "src",
        "boundary/src",
        "tests",
        "codegen/src",
        "codegen/tests",
        "codegen/templates",
    ] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            if lines > LINES {
                faults.push(format!("{} has {lines} lines", path.display()));
            }
            if !text.starts_with("//! ") {
                faults.push(format!("{} does not say what it holds", path.display()));
            }
        }
    }

    assert!(faults.is_empty(), "{faults:#?}");
}
