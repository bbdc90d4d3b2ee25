//! What is said of members, values and parameters that partners should stop to use.

use codegen::Source;
use concordat::toolchain::changelog::changelog;
use concordat::toolchain::compare::{Class, compare};

const SHOP: &str = include_str!("documents/shop.yaml");
const NOTE: &str = "note: {type: string, maxLength: 200}";
const STATE: &str = "State: {type: string, enum: [open, paid, sent]}";
const BILL: &str = "Bill: {type: object, required: [kind]";

/// The shop with a text in it replaced.
fn shop(replaced: &str, by: &str) -> Source {
    assert!(SHOP.contains(replaced), "{replaced}");
    Source::from_text("shop.yaml", &SHOP.replace(replaced, by)).unwrap()
}

/// What is said of requests, answers and webhooks between two documents, each once.
fn told(old: &Source, new: &Source) -> Vec<(&'static str, String)> {
    let comparison = compare(old, new);
    assert!(comparison.changes.iter().all(|it| it.class == Class::Note));
    let mut told: Vec<(&str, String)> = comparison
        .changes
        .into_iter()
        .map(|change| (change.kind, change.message))
        .collect();
    told.dedup();
    told
}

/// The only thing that is said when a text of the shop is replaced.
fn after(replaced: &str, by: &str) -> (&'static str, String) {
    let plain = Source::from_text("shop.yaml", SHOP).unwrap();
    let told = told(&plain, &shop(replaced, by));
    let [only] = told.as_slice() else {
        panic!("{told:?}");
    };
    only.clone()
}

#[test]
fn a_member_that_is_deprecated_is_told_with_its_sunset() {
    let (kind, message) = after(
        NOTE,
        "note: {type: string, maxLength: 200, deprecated: true, x-sunset: 2027-06-30}",
    );

    assert_eq!(kind, "deprecation");
    assert_eq!(message, "`note` of `Line` is deprecated, until 2027-06-30");
}

#[test]
fn a_member_without_a_sunset_is_told_apart() {
    let (kind, message) = after(
        NOTE,
        "note: {type: string, maxLength: 200, deprecated: true}",
    );

    assert_eq!(kind, "deprecated-without-sunset");
    assert!(message.contains("add x-sunset"), "{message}");
}

#[test]
fn a_value_that_is_deprecated_is_told() {
    let (kind, message) = after(
        STATE,
        "State: {type: string, enum: [open, paid, sent], x-deprecated-values: [sent], x-sunset: 2027-06-30}",
    );

    assert_eq!(kind, "deprecation");
    assert_eq!(
        message,
        "the value \"sent\" of `State` is deprecated, until 2027-06-30"
    );
}

#[test]
fn a_value_is_the_same_one_when_its_enum_is_written_as_a_choice() {
    let old = shop(
        STATE,
        "State: {type: string, enum: [open, paid, sent], x-deprecated-values: [sent]}",
    );
    let new = shop(
        STATE,
        "State: {type: string, oneOf: [{enum: [open, paid]}, {const: sent, deprecated: true}]}",
    );

    assert_eq!(told(&old, &new), []);
}

#[test]
fn an_arm_that_is_deprecated_is_told_by_its_name() {
    let (kind, message) = after(
        BILL,
        "Bill: {type: object, deprecated: true, x-sunset: 2027-06-30, required: [kind]",
    );

    assert_eq!(kind, "deprecation");
    assert_eq!(message, "the choice `Bill` is deprecated, until 2027-06-30");
}

#[test]
fn a_parameter_and_a_header_tell_their_sunset() {
    let (_, parameter) = after(
        "{name: limit, in: query,",
        "{name: limit, in: query, deprecated: true, x-sunset: 2027-06-30,",
    );
    let (_, header) = after(
        "X-Total: {required: true,",
        "X-Total: {deprecated: true, required: true,",
    );

    assert_eq!(
        parameter,
        "the query parameter `limit` is deprecated, until 2027-06-30"
    );
    assert!(
        header.starts_with("the header `x-total` is deprecated without a sunset"),
        "{header}"
    );
}

#[test]
fn a_sunset_that_moves_is_told() {
    let until = |day: &str| {
        let by = format!("note: {{type: string, maxLength: 200, deprecated: true{day}}}");
        shop(NOTE, &by)
    };
    let (early, late) = (
        until(", x-sunset: 2027-06-30"),
        until(", x-sunset: 2027-12-31"),
    );

    assert_eq!(
        told(&late, &early),
        [(
            "deprecation",
            "`note` of `Line` is deprecated until 2027-06-30, not until 2027-12-31".to_owned()
        )]
    );
    assert_eq!(
        told(&early, &until("")).first().unwrap().0,
        "deprecated-without-sunset"
    );
    assert_eq!(told(&early, &early), []);
}

#[test]
fn what_is_no_longer_deprecated_is_told_unless_it_is_gone() {
    let old = shop(
        NOTE,
        "note: {type: string, maxLength: 200, deprecated: true}",
    );
    let kept = Source::from_text("shop.yaml", SHOP).unwrap();
    let gone = shop(NOTE, "remark: {type: string}");

    assert_eq!(
        told(&old, &kept),
        [(
            "deprecation",
            "`note` of `Line` is no longer deprecated".to_owned()
        )]
    );
    let changes = compare(&old, &gone).changes;
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|it| it.kind == "schema"), "{changes:?}");
}

#[test]
fn moving_what_is_deprecated_behind_a_reference_says_nothing() {
    let old = shop(
        NOTE,
        "note: {type: string, maxLength: 200, deprecated: true}",
    );
    let moved = SHOP
        .replace(NOTE, "note: {$ref: '#/components/schemas/Note'}")
        .replace(
            "    Money:",
            "    Note: {type: string, maxLength: 200, deprecated: true}\n    Money:",
        );
    let new = Source::from_text("shop.yaml", &moved).unwrap();

    assert_eq!(told(&old, &new), []);
}

#[test]
fn the_changelog_lists_members_and_values_as_deprecated() {
    let old = Source::from_text("shop.yaml", SHOP).unwrap();
    let new = shop(
        NOTE,
        "note: {type: string, maxLength: 200, deprecated: true, x-sunset: 2027-06-30}",
    );

    let text = changelog(&compare(&old, &new), &old, &new);

    let (_, deprecated) = text.split_once("## Deprecated").unwrap();
    assert!(
        deprecated.contains("`note` of `Line` is deprecated, until 2027-06-30."),
        "{text}"
    );
}
