//! Each rule on a document that breaks it and on one that keeps it.

use codegen::Source;

use super::rules::{READABLE, RULES};
use super::{Settings, lint};
use crate::toolchain::document::Unreadable;

/// A document that every rule is content with.
const GOOD: &str = "
openapi: 3.1.0
info: {title: t, version: '1'}
tags: [{name: orders, x-owner: shop}]
security: [{key: []}]
paths:
  /v1/orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses:
        '200': {description: d, content: {application/json: {schema: {type: object, properties: {items: {type: array, maxItems: 9, items: {type: integer, maximum: 9, examples: [8]}}}}}}}
        '404': {description: d, content: {application/problem+json: {schema: {type: object}}}}
components:
  securitySchemes: {key: {type: apiKey, name: k, in: header}}
  schemas:
    Name: {type: string, maxLength: 9, default: me}
    Order: {allOf: [{type: object, required: [id, place]}, {$ref: '#/components/schemas/Parts'}]}
    Parts: {type: object, properties: {id: {type: integer}, place: {$ref: '#/components/schemas/Name'}}}
";

/// For each rule what to write otherwise so that it is broken.
const BREACHES: [(&str, &str, &str); 12] = [
    (
        "readable",
        "{title: t, version: '1'}",
        "{title: t, title: u}",
    ),
    ("valid", "security: [{key: []}]", "security: [{kex: []}]"),
    ("example-valid", "examples: [8]", "examples: [12]"),
    ("example-valid", "default: me", "default: 5"),
    (
        "security-declared",
        "security: [{key: []}]",
        "x-security: []",
    ),
    (
        "error-is-problem",
        "application/problem+json",
        "application/json",
    ),
    (
        "list-is-page",
        "schema: {type: object, properties: {items: {type: array, maxItems: 9, items: {type: integer, maximum: 9, examples: [8]}}}}",
        "schema: {type: array, maxItems: 9}",
    ),
    ("path-versioned", "/v1/orders", "/orders"),
    ("operation-id-style", "listOrders", "List_orders"),
    ("bounded", "maxLength: 9", "minLength: 1"),
    (
        "required-described",
        "required: [id, place]",
        "required: [id, palce]",
    ),
    ("tag-owner", "x-owner: shop", "description: d"),
];

/// The rules that a document breaks, once each.
fn broken(text: &str, settings: &Settings) -> Vec<String> {
    let document = Source::from_text("api.yaml", text).map_err(Unreadable);
    let report = lint(document, settings).expect("there is a document");
    let mut rules: Vec<String> = report
        .findings
        .into_iter()
        .map(|finding| finding.rule)
        .collect();
    rules.dedup();
    rules
}

#[test]
fn a_document_that_keeps_every_rule_has_no_findings() {
    assert_eq!(broken(GOOD, &Settings::default()), Vec::<String>::new());
}

#[test]
fn each_rule_finds_its_breach_and_no_other_does() {
    for (rule, kept, breach) in BREACHES {
        assert!(GOOD.contains(kept), "{kept}");

        let found = broken(&GOOD.replace(kept, breach), &Settings::default());

        assert_eq!(found, [rule], "{breach}");
    }
}

#[test]
fn each_rule_has_a_page_and_a_breach_in_the_tests() {
    for rule in RULES {
        assert!(
            rule.page.contains("breach:") && rule.page.contains("mended:"),
            "{}",
            rule.id
        );
        assert!(
            BREACHES.iter().any(|(id, ..)| *id == rule.id),
            "{}",
            rule.id
        );
    }
}

#[test]
fn a_configuration_turns_rules_off_everywhere_or_at_a_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lint.conf");
    let document = GOOD
        .replace("maxLength: 9", "minLength: 1")
        .replace("listOrders", "List_orders");

    std::fs::write(
        &file,
        "# ours\nbounded off /components/schemas/Name\noperation-id-style off\n",
    )
    .expect("written");
    let settings = Settings::read(&file).expect("settings");

    assert_eq!(broken(&document, &settings), Vec::<String>::new());
    std::fs::write(&file, "bounded loud\n").expect("written");
    let error = format!("{:#}", Settings::read(&file).expect_err("no such level"));
    assert!(
        error.contains("lint.conf:1") && error.contains("loud"),
        "{error}"
    );
    assert_eq!(READABLE.id, "readable");
}
