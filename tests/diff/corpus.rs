//! Runs edits and counts verdicts.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use codegen::Source;
use concordat::toolchain::compare::{Class, compare};
use fastrand::Rng;
use serde_json::Value;

use crate::edits::{self, Edited};
use crate::{versions, wire};

/// What became of the edits of a kind.
#[derive(Debug, Default, Clone)]
struct Tally {
    edits: usize,
    breaks: usize,
    called_safe: usize,
    called_breaking: usize,
    undecided: usize,
    without_payload: usize,
}

fn edit(document: &Value, rng: &mut Rng) -> Option<Edited> {
    match rng.u8(..12) {
        0..7 => edits::schema(document, rng),
        7 => edits::component(document, rng),
        8 | 9 => wire::hook(document, rng).or_else(|| edits::schema(document, rng)),
        _ => wire::operation(document, rng),
    }
}

/// Compares a document with edits of it.
fn judge(
    name: &str,
    document: &Value,
    count: usize,
    seed: u64,
    tallies: &mut BTreeMap<&'static str, Tally>,
) {
    let text = document.to_string();
    let old = Source::from_text("old.json", &text).unwrap();
    let mut rng = Rng::with_seed(seed);
    let whole = versions::in_31(document).map(|document| Edited {
        name: "the same in 3.1",
        at: String::new(),
        document,
        breaks: false,
    });
    let edits = (0..count).filter_map(|_| edit(document, &mut rng));
    for edited in whole.into_iter().chain(edits) {
        let new = Source::from_text("new.json", &edited.document.to_string()).unwrap();
        let begun = Instant::now();
        let comparison = compare(&old, &new);
        let took = begun.elapsed();
        let has = |class: Class| comparison.changes.iter().any(|it| it.class == class);
        let tally = tallies.entry(edited.name).or_default();
        tally.edits += 1;
        let is_shown = comparison
            .changes
            .iter()
            .filter(|it| it.class == Class::Breaking && it.kind == "schema")
            .all(|it| {
                it.evidence
                    .as_ref()
                    .is_some_and(|it| it.counterexample.is_some())
            });
        let mut wrong = None;
        if edited.breaks {
            tally.breaks += 1;
        }
        match (edited.breaks, has(Class::Breaking), has(Class::Undecided)) {
            (true, true, _) | (false, false, false) => {}
            (_, false, true) => {
                tally.undecided += 1;
                wrong = Some("undecided");
            }
            (true, false, false) => {
                tally.called_safe += 1;
                wrong = Some("break called safe");
            }
            (false, ..) => {
                tally.called_breaking += 1;
                wrong = Some("harmless called breaking");
            }
        }
        if !is_shown {
            tally.without_payload += 1;
        }
        if let Some(wrong) = wrong {
            println!(
                "{wrong}: {name}: {} at {} ({took:?})",
                edited.name, edited.at
            );
            for change in comparison.changes.iter().take(3) {
                println!(
                    "    {} {}: {} {:?}",
                    change.class.as_str(),
                    change.place,
                    change.message,
                    change
                        .evidence
                        .as_ref()
                        .and_then(|it| it.counterexample.as_ref())
                        .map(Value::to_string)
                );
            }
            if let Ok(folder) = std::env::var("DIFF_KEEP") {
                let file = format!("{folder}/{name}-{}.json", edited.name.replace(' ', "-"));
                std::fs::write(file, edited.document.to_string()).unwrap();
            }
        } else if took.as_secs() >= 1 {
            println!("slow: {name}: {} at {} ({took:?})", edited.name, edited.at);
        }
    }
}

fn print(tallies: &BTreeMap<&'static str, Tally>) -> Tally {
    let mut all = Tally::default();
    println!(
        "{:36} edits breaks | called safe, called breaking, undecided, no payload",
        "edit"
    );
    for (name, it) in tallies {
        println!(
            "{name:36} {:5} {:6} | {:11}, {:15}, {:9}, {:10}",
            it.edits,
            it.breaks,
            it.called_safe,
            it.called_breaking,
            it.undecided,
            it.without_payload
        );
        all.edits += it.edits;
        all.breaks += it.breaks;
        all.called_safe += it.called_safe;
        all.called_breaking += it.called_breaking;
        all.undecided += it.undecided;
        all.without_payload += it.without_payload;
    }
    println!(
        "{:36} {:5} {:6} | {:11}, {:15}, {:9}, {:10}",
        "all",
        all.edits,
        all.breaks,
        all.called_safe,
        all.called_breaking,
        all.undecided,
        all.without_payload
    );
    all
}

fn is_good(all: &Tally) -> bool {
    all.called_safe + all.called_breaking + all.without_payload == 0
        && all.undecided * 20 < all.edits
}

#[test]
fn single_edits_of_our_own_documents_are_judged_right() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diff/documents");
    let mut tallies = BTreeMap::new();
    for (seed, name) in [(1, "shop.yaml"), (2, "files.json")] {
        let source = Source::load(folder.join(name)).unwrap();
        judge(name, &source.original, 60, seed, &mut tallies);
    }

    assert!(is_good(&print(&tallies)));
}

/// `make diff-corpus CORPUS=DIR`.
#[test]
#[ignore = "wants a folder of documents in CORPUS"]
fn single_edits_of_a_corpus_are_judged_right() {
    let folder = std::env::var("CORPUS").expect("say CORPUS=DIR");
    let count = std::env::var("EDITS").map_or(30, |count| count.parse().unwrap());
    let seed = std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap());
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut tallies = BTreeMap::new();
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files.into_iter().filter(|file| {
        file.extension()
            .is_some_and(|it| it == "yaml" || it == "json")
    }) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if !name.contains(&only) {
            continue;
        }
        let source = Source::load(&file).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let begun = Instant::now();
        judge(&name, &source.original, count, seed, &mut tallies);
        println!("{name}: {:?}", begun.elapsed());
    }

    assert!(is_good(&print(&tallies)));
}
