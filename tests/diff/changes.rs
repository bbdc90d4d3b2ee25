//! What is said of single changes.

use codegen::Source;
use concordat::toolchain::compare::{Class, Comparison, compare};
use serde_json::json;

const SHOP: &str = include_str!("documents/shop.yaml");

/// Compares the shop with itself after a text in it was replaced.
fn after(replaced: &str, by: &str) -> Comparison {
    assert!(SHOP.contains(replaced), "{replaced}");
    let old = Source::from_text("old.yaml", SHOP).unwrap();
    let new = Source::from_text("new.yaml", &SHOP.replace(replaced, by)).unwrap();
    compare(&old, &new)
}

fn classes(comparison: &Comparison) -> Vec<(Class, &'static str)> {
    let changes = comparison.changes.iter();
    changes
        .map(|change| (change.class, change.direction.as_str()))
        .collect()
}

#[test]
fn the_same_document_has_no_changes() {
    let comparison = after("title: Shop", "title: Store");

    assert_eq!(classes(&comparison), []);
    assert_eq!(comparison.version.as_deref(), Some("1.4.0"));
}

#[test]
fn a_break_is_shown_with_a_payload_and_the_set_that_was_lost() {
    let comparison = after(
        "count: {type: integer, minimum: 1, maximum: 1000}",
        "count: {type: integer, minimum: 1, maximum: 10}",
    );

    let change = &comparison.changes[0];
    let evidence = change.evidence.as_ref().unwrap();
    assert_eq!(
        (change.class, change.direction.as_str()),
        (Class::Breaking, "request")
    );
    assert_eq!(change.place, "/components/schemas/Line/properties/count");
    assert_eq!(evidence.lost["minimum"], json!(11));
    let count = evidence.counterexample.as_ref().unwrap()["lines"][0]["count"]
        .as_i64()
        .unwrap();
    assert!((11..=1000).contains(&count), "{count}");
    assert_eq!(comparison.version.as_deref(), Some("2.0.0"));
}

#[test]
fn a_value_more_breaks_answers_and_webhooks() {
    let comparison = after("enum: [open, paid, sent]", "enum: [open, paid, sent, lost]");

    let breaking: Vec<(Class, &str)> = classes(&comparison)
        .into_iter()
        .filter(|(class, _)| *class == Class::Breaking)
        .collect();
    assert_eq!(
        breaking,
        [(Class::Breaking, "response"), (Class::Breaking, "webhook")]
    );
}

#[test]
fn what_a_callback_sends_may_only_narrow() {
    let narrowed = after("by: {type: string}", "by: {type: string, maxLength: 9}");
    let widened = after(
        "order: {type: string, format: uuid}",
        "order: {type: string}",
    );

    assert_eq!(classes(&narrowed), [(Class::Safe, "webhook")]);
    assert_eq!(classes(&widened), [(Class::Breaking, "webhook")]);
}

#[test]
fn a_member_that_a_request_may_have_now_is_only_noted() {
    let comparison = after(
        "note: {type: string, maxLength: 200}",
        "note: {type: string, maxLength: 200}\n        gift: {type: boolean}",
    );

    let requests: Vec<(Class, &str)> = classes(&comparison)
        .into_iter()
        .filter(|(_, direction)| *direction == "request")
        .collect();
    assert_eq!(requests, [(Class::Note, "request")]);
    assert_eq!(
        classes(&comparison)
            .iter()
            .filter(|(class, _)| class.is_bad())
            .count(),
        0
    );
}

#[test]
fn a_scope_more_and_another_base_path_are_breaks() {
    let scope = after("token: [orders:write]", "token: [orders:write, orders:pay]");
    let base = after("https://shop.example/v1", "https://shop.example/v2");

    assert!(
        classes(&scope).contains(&(Class::Breaking, "request")),
        "{:?}",
        scope.changes
    );
    assert!(
        classes(&base).contains(&(Class::Breaking, "request")),
        "{:?}",
        base.changes
    );
}

#[test]
fn names_that_are_never_sent_are_changes_for_sdks_alone() {
    let comparison = after("operationId: get_order", "operationId: read_order");

    assert_eq!(classes(&comparison), []);
    assert_eq!(comparison.sdk[0].kind, "operation-id");
}

#[test]
fn a_schema_that_contains_itself_is_compared() {
    let comparison = after(
        "parent: {$ref: '#/components/schemas/Order'}",
        "parent: {allOf: [{$ref: '#/components/schemas/Order'}]}",
    );

    assert_eq!(classes(&comparison), []);
}

#[test]
fn a_pattern_that_looks_around_is_judged_beside_another_change() {
    let plain = "sku: {type: string, minLength: 1, maxLength: 40}";
    let narrowed = after(
        plain,
        "sku: {type: string, minLength: 1, maxLength: 60, pattern: '^(?!gift)'}",
    );

    let broken = narrowed
        .changes
        .iter()
        .find(|it| it.class == Class::Breaking && it.direction.as_str() == "request");
    let evidence = broken.and_then(|it| it.evidence.as_ref()).unwrap();
    let sku = evidence.counterexample.as_ref().unwrap()["lines"][0]["sku"]
        .as_str()
        .unwrap();
    assert!(sku.starts_with("gift"), "{sku}");
}
