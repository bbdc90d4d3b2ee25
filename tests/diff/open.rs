//! Answers that partners were told may grow (`x-open-answers`).

use codegen::Source;
use concordat::toolchain::compare::{Class, Comparison, compare};

/// Orders, whose answers and requests are closed.
const SHOP: &str = "
openapi: 3.1.0
x-open-answers: true
info: {title: Shop, version: 1.4.0}
paths:
  /orders:
    get:
      responses:
        '200': {description: d, content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/Order'}, {$ref: '#/components/schemas/Part'}]}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
      responses:
        '201': {description: d, content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bill'}]}}}}
webhooks:
  paid:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}
      responses: {'204': {description: d}}
components:
  schemas:
    Order: {type: object, additionalProperties: false, required: [id], properties: {id: {type: integer}}}
    Part: {type: object, additionalProperties: false, properties: {id: {type: integer}}}
    NewOrder: {type: object, additionalProperties: false, required: [sku], properties: {sku: {type: string}}}
    Card: {type: object, additionalProperties: false, properties: {card: {type: string}}}
    Bill: {type: object, additionalProperties: false, properties: {days: {type: integer}}}
    Paid: {type: object, unevaluatedProperties: false, properties: {at: {type: string}}}
";

const PROMISE: &str = "x-open-answers: true\n";

fn source(text: &str) -> Source {
    Source::from_text("shop.yaml", text).unwrap()
}

/// Compares the shop with itself after texts in it were replaced.
fn after(replaced: &[(&str, &str)]) -> Comparison {
    let mut new = SHOP.to_owned();
    for (text, by) in replaced {
        assert!(new.contains(text), "{text}");
        new = new.replace(text, by);
    }
    compare(&source(SHOP), &source(&new))
}

fn classes(comparison: &Comparison) -> Vec<(Class, &'static str)> {
    let changes = comparison.changes.iter();
    changes
        .map(|change| (change.class, change.direction.as_str()))
        .collect()
}

const ORDER: &str = "Order: {type: object, additionalProperties: false, required: [id], properties: {id: {type: integer}";
const PART: &str =
    "Part: {type: object, additionalProperties: false, properties: {id: {type: integer}";
const PAID: &str = "properties: {at: {type: string}";

#[test]
fn a_member_that_an_answer_gets_is_safe_once_partners_were_told_of_it() {
    let grown = [
        (ORDER, &*format!("{ORDER}, weight: {{type: integer}}")),
        (PART, &*format!("{PART}, weight: {{type: integer}}")),
        (PAID, &*format!("{PAID}, by: {{type: string}}")),
    ];

    let comparison = after(&grown);

    assert!(!comparison.changes.is_empty());
    assert!(
        comparison.changes.iter().all(|it| it.class == Class::Safe),
        "{comparison:#?}"
    );
    assert_eq!(comparison.version.as_deref(), Some("1.5.0"));
}

#[test]
fn it_breaks_those_who_were_told_that_answers_are_closed() {
    let old = SHOP.replace(PROMISE, "");
    let new = SHOP.replace(ORDER, &format!("{ORDER}, weight: {{type: integer}}"));

    let comparison = compare(&source(&old), &source(&new));

    let breaking = comparison.of(Class::Breaking).next().unwrap();
    let payload = breaking.evidence.as_ref().unwrap().counterexample.as_ref();
    assert!(payload.unwrap().get("weight").is_some(), "{payload:?}");
    assert!(
        comparison
            .of(Class::Note)
            .any(|it| it.kind == "open-answers")
    );
}

#[test]
fn what_an_answer_had_still_only_narrows() {
    let comparison = after(&[(
        ORDER,
        &ORDER.replace("{id: {type: integer}", "{id: {type: string}"),
    )]);

    let breaking = comparison.of(Class::Breaking).next().unwrap();
    assert_eq!(breaking.direction.as_str(), "response");
    assert!(breaking.evidence.as_ref().unwrap().counterexample.is_some());
}

#[test]
fn requests_are_as_closed_as_before() {
    let member = "properties: {sku: {type: string}";
    let gone = after(&[(member, "properties: {sku: {type: string, maxLength: 9}")]);
    let optional = after(&[(
        member,
        "properties: {sku: {type: string}, note: {type: string}",
    )]);
    let wanted = after(&[
        ("required: [sku]", "required: [sku, note]"),
        (
            member,
            "properties: {sku: {type: string}, note: {type: string}",
        ),
    ]);

    assert_eq!(classes(&gone), [(Class::Breaking, "request")]);
    assert_eq!(classes(&optional), [(Class::Safe, "request")]);
    assert_eq!(classes(&wanted), [(Class::Breaking, "request")]);
}

#[test]
fn arms_that_grow_alike_are_still_told_apart_by_what_they_had() {
    let comparison = after(&[
        (
            "{card: {type: string}",
            "{card: {type: string}, note: {type: string}",
        ),
        (
            "{days: {type: integer}",
            "{days: {type: integer}, note: {type: string}",
        ),
    ]);

    assert!(!comparison.changes.is_empty());
    assert!(
        comparison.changes.iter().all(|it| it.class == Class::Safe),
        "{comparison:#?}"
    );
}

#[test]
fn another_way_of_saying_the_same_is_still_no_change() {
    let comparison = after(&[(
        "Paid: {type: object, unevaluatedProperties: false, properties: {at: {type: string}}}",
        "Paid: {type: object, additionalProperties: false, properties: {at: {allOf: [{type: string}]}}}",
    )]);

    assert_eq!(classes(&comparison), []);
}
