//! Where an answer breaks its schema, in the contract's words.

use serde_json::{Value, json};

use crate::runtime::breach::Breach;

/// Every breach as its place and its keyword.
fn breaches(schema: Value, body: Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = validator.iter_errors(&body);
    let told = errors.map(|error| {
        let Breach { pointer, keyword } = Breach::of(&error);
        format!("{pointer} {keyword}")
    });
    told.collect()
}

#[test]
fn a_place_is_told_by_the_names_of_the_schema() {
    let schema = json!({
        "$defs": {"Price": {"type": "string", "pattern": "^[0-9]+$"}},
        "properties": {
            "items": {"items": {"properties": {"price": {"$ref": "#/$defs/Price"}}}},
            "pair": {"prefixItems": [true, {"type": "integer"}]},
            "a/b": {"allOf": [{"anyOf": [{"maxLength": 1}, {"type": "null"}]}]},
        },
    });

    let found = breaches(
        schema,
        json!({"items": [{}, {"price": "x"}], "pair": [1, "secret"], "a/b": "secret"}),
    );

    assert_eq!(
        found,
        ["/a~1b anyOf", "/items/*/price pattern", "/pair/1 type"]
    );
}

#[test]
fn a_member_that_is_missing_is_at_its_own_place() {
    let schema = json!({"properties": {"user": {"required": ["name"]}}});

    let found = breaches(schema, json!({"user": {}}));

    assert_eq!(found, ["/user/name required"]);
}

#[test]
fn the_names_in_a_map_and_those_that_nobody_declared_are_not_told() {
    let schema = json!({
        "properties": {
            "map": {"additionalProperties": {"type": "integer"}},
            "matched": {"patternProperties": {"^s": {"type": "integer"}}},
            "named": {"propertyNames": {"maxLength": 3}},
            "closed": {"additionalProperties": false},
            "open": {"unevaluatedProperties": false},
        },
    });
    let secret = json!({"secret": "secret"});

    let found = breaches(
        schema,
        json!({
            "map": secret, "matched": secret, "named": secret, "closed": secret, "open": secret,
        }),
    );

    assert_eq!(
        found,
        [
            "/closed/* falseSchema",
            "/map/* type",
            "/matched/* type",
            "/named/* propertyNames",
            "/open/* unevaluatedProperties",
        ]
    );
}
