//! Reading documents: YAML and JSON, places, files.

use codegen::{Fault, Source, check};
use serde_json::json;

fn read(text: &str) -> Source {
    Source::from_text("openapi.yaml", text).expect("the document is readable")
}

fn faults(text: &str) -> Vec<String> {
    let found = Source::from_text("openapi.yaml", text).expect_err("the document is not readable");
    found.iter().map(Fault::to_string).collect()
}

/// `line:column` of a pointer.
fn place(source: &Source, pointer: &str) -> String {
    let place = source.place(pointer);
    format!("{}:{}", place.line, place.column)
}

fn split() -> Source {
    Source::load(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/documents/split/openapi.yaml"
    ))
    .expect("the files are readable")
}

#[test]
fn yaml_scalars_are_read_by_the_core_schema_of_yaml_1_2() {
    let source = read(
        "x-a: [no, on, yes, 1e3, 0o17, 012, 1.50, ~, True, 2020-01-01, 12:30, !!str 5, '7', .5]\nx-b:\nopenapi: 3.1.0\n",
    );

    let texts = json!([
        "no",
        "on",
        "yes",
        1000,
        15,
        12,
        1.5,
        null,
        true,
        "2020-01-01",
        "12:30",
        "5",
        "7",
        0.5
    ]);
    assert_eq!(source.original["x-a"], texts);
    assert_eq!(source.original["x-b"], json!(null));
    assert_eq!(source.original["openapi"], json!("3.1.0"));
}

#[test]
fn keys_are_texts_in_the_order_of_writing() {
    let source = read("paths: {}\nx-r:\n  200: {}\n  no: 1\n  null: 2\ninfo: {}\n");

    assert_eq!(source.keys(""), ["paths", "x-r", "info"]);
    assert_eq!(source.keys("/x-r"), ["200", "no", "null"]);
    assert_eq!(source.keys("/x-r/none"), Vec::<&str>::new());
    assert!(
        source
            .original_json()
            .starts_with("{\n  \"paths\": {},\n  \"x-r\": {\n    \"200\": {},")
    );
}

#[test]
fn a_place_is_where_a_value_or_the_key_of_a_map_was_written() {
    let source =
        read("info:\n  title: Ünïcode\n  x-é: {a: [1, {b: 2}]}\npaths:\n  /a~b/c:\n    get: {}\n");

    assert_eq!(place(&source, "/info"), "1:1");
    assert_eq!(place(&source, "/info/title"), "2:10");
    assert_eq!(place(&source, "/info/x-é/a/1/b"), "3:20");
    assert_eq!(place(&source, "/paths/~1a~0b~1c/get"), "6:5");
    assert_eq!(place(&source, "/paths/~1a~0b~1c/nothing/here"), "5:3");
}

#[test]
fn a_json_document_has_places_too() {
    let source = read(
        "{\n  \"info\": {\"title\": \"é\", \"version\": \"\\ud83d\\ude00\"},\n\t\"x\": [1,\n 2]\n}",
    );

    assert_eq!(place(&source, "/info/version"), "2:37");
    assert_eq!(place(&source, "/x/1"), "4:2");
    assert_eq!(source.original["info"]["version"], json!("😀"));
}

#[test]
fn a_key_that_stands_twice_is_a_fault_with_both_places() {
    let yaml = faults("info:\n  title: a\n  title: b\npaths: {}\npaths: {}\n");
    let json = faults("{\"a\": 1,\n \"a\": 2}");

    assert_eq!(
        yaml,
        [
            "openapi.yaml:3:3: the key `title` is here a second time; the first is at line 2, column 3; remove or rename one of the two",
            "openapi.yaml:5:1: the key `paths` is here a second time; the first is at line 4, column 1; remove or rename one of the two",
        ]
    );
    assert!(
        json[0].starts_with("openapi.yaml:2:2: the key `a` is here a second time"),
        "{json:?}"
    );
}

#[test]
fn aliases_and_merge_keys_are_resolved() {
    let source = read(
        "base: &base {a: 1, b: 2}\nmerged:\n  <<: *base\n  b: 3\nmany: {<<: [*base, {c: 4, a: 5}]}\nquoted: {'<<': 1}\nsame: *base\n",
    );

    assert_eq!(source.original["merged"], json!({"a": 1, "b": 3}));
    assert_eq!(source.original["many"], json!({"a": 1, "b": 2, "c": 4}));
    assert_eq!(source.original["quoted"], json!({"<<": 1}));
    assert_eq!(place(&source, "/same/b"), "1:23");
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }

    let found = faults(&bomb);

    assert_eq!(found.len(), 1);
    assert!(found[0].contains("aliases copy more than"), "{found:?}");
}

#[test]
fn an_alias_inside_what_it_names_is_refused() {
    let found = faults("a: &a\n  b: *a\n");

    assert!(found[0].starts_with("openapi.yaml:2:6: this alias stands inside what it names"));
}

#[test]
fn what_json_cannot_say_is_refused_or_said() {
    let beyond = faults("a: .inf\nb: .nan\nc: 1e999\n");
    let nearest = read("a: 0.12345678901234567890123\nb: 18446744073709551615\n");

    assert_eq!(beyond.len(), 3);
    assert!(beyond[0].starts_with("openapi.yaml:1:4: JSON has no number .inf; "));
    assert_eq!(nearest.warnings.len(), 1);
    assert_eq!(nearest.original["b"], json!(18_446_744_073_709_551_615_u64));
}

#[test]
fn broken_syntax_has_its_place_and_a_remedy() {
    let tab = faults("info:\n\ttitle: a\n");
    let colon = faults("info:\n  title: a: b\n");
    let json = Source::from_text("openapi.json", "{\"a\": 1,}").expect_err("a comma too many");
    let deep = faults(&format!("{}{}", "[".repeat(500), "]".repeat(500)));
    let two = faults("a: 1\n---\nb: 2\n");

    assert!(tab[0].starts_with("openapi.yaml:2:"), "{tab:?}");
    assert!(
        colon[0].starts_with("openapi.yaml:2:11: this is not YAML"),
        "{colon:?}"
    );
    assert!(
        json[0]
            .to_string()
            .starts_with("openapi.json:1:8: this is not JSON"),
        "{json:?}"
    );
    assert!(deep[0].contains("deeper than"), "{deep:?}");
    assert!(two[0].contains("a second YAML document"), "{two:?}");
}

#[test]
fn quoted_texts_go_on_without_indentation() {
    let source =
        read("info:\n  title: \"one\ntwo 'three'\nfour\"\n  version: 'a\n\nb'\npaths: {}\n");

    let info = &source.document["info"];
    assert_eq!(
        info,
        &json!({ "title": "one two 'three' four", "version": "a\nb" })
    );
    let places: Vec<String> = source.warnings.iter().map(Fault::to_string).collect();
    assert!(places[0].starts_with("openapi.yaml:3:1: "), "{places:?}");
    assert_eq!(place(&source, "/paths"), "8:1");
}

#[test]
fn files_become_components_under_readable_names() {
    let source = split();

    let at = |pointer: &str| {
        source
            .document
            .pointer(pointer)
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(
        at("/paths/~1pets/get/responses/200/content/application~1json/schema/items"),
        json!({"$ref": "#/components/schemas/Animal"})
    );
    assert_eq!(
        at("/paths/~1pets/get/parameters/0"),
        json!({"$ref": "#/components/parameters/limit"})
    );
    assert_eq!(
        at("/components/schemas/Animal/properties"),
        json!({
            "name": {"type": "string"},
            "parent": {"$ref": "#/components/schemas/Animal"},
            "owner": {"$ref": "#/components/schemas/pet_Own"},
        })
    );
    assert_eq!(
        at("/info/description"),
        json!("What stands in another file.")
    );
    assert_eq!(
        at("/paths/~1pets~1{id}/get/parameters/0/schema"),
        json!({"$ref": "#/components/schemas/Own"})
    );
}

#[test]
fn a_fault_in_another_file_names_that_file() {
    let source = split();

    let found = check(&source);

    let fault = found
        .iter()
        .find(|fault| fault.message.contains("`type`"))
        .expect("intger is found");
    assert!(fault.file.ends_with("split/common.json"), "{fault}");
    assert_eq!((fault.line, fault.column), (3, 66));
}

#[test]
fn a_file_that_is_not_there_and_a_url_are_faults_at_the_reference() {
    let found = faults(
        "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: nowhere.yaml#/A}\n    B: {$ref: 'https://example.com/b.yaml'}\n",
    );

    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("openapi.yaml:4:15: `nowhere.yaml`: the file cannot be read"));
    assert!(found[1].starts_with("openapi.yaml:5:15: `https://example.com/b.yaml` is a URL"));
    assert!(found[1].contains("bring the file"));
}

#[test]
fn an_operation_id_that_is_taken_gets_another() {
    let operation = "{operationId: same, responses: {}}";
    let source = read(&format!(
        "openapi: 3.0.0\npaths:\n  /a:\n    get: {operation}\n    head: {operation}\n  /b:\n    head: {operation}\n"
    ));

    let id =
        |path: &str, method: &str| source.document["paths"][path][method]["operationId"].clone();
    assert_eq!(
        [id("/a", "get"), id("/a", "head"), id("/b", "head")],
        ["same", "same_head", "same_head_2"]
    );
    assert_eq!(source.warnings.len(), 2);
}
