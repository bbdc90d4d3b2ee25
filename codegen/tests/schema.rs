//! Schemas in one dialect, and self-contained for validators.

use codegen::{Fault, Source, schema::Direction};
use serde_json::{Value, json};

/// A document of `version` with these schemas, in YAML indented by four.
fn document(version: &str, schemas: &str) -> Source {
    let text = format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    Source::from_text("openapi.yaml", &text).expect("the document is readable")
}

/// The one schema `S` of a 3.0 document, translated.
fn translated(schema: &str) -> Value {
    let source = document(
        "3.0.3",
        &format!("    S: {schema}\n    T: {{type: string}}\n"),
    );
    source.document["components"]["schemas"]["S"].clone()
}

fn bundled(source: &Source, name: &str, direction: Direction) -> Value {
    let mut schema = source
        .schemas()
        .at(&format!("/components/schemas/{name}"), direction);
    schema.as_object_mut().expect("a map").remove("$schema");
    schema
}

fn accepts(schema: &Value, value: &Value) -> bool {
    jsonschema::draft202012::options()
        .build(schema)
        .expect("a sound schema")
        .is_valid(value)
}

#[test]
fn schemas_of_3_0_are_translated() {
    let cases = [
        (
            "{type: string, nullable: true}",
            json!({"type": ["string", "null"]}),
        ),
        (
            "{type: string, nullable: true, enum: [a]}",
            json!({"type": ["string", "null"], "enum": ["a", null]}),
        ),
        ("{nullable: true}", json!({})),
        (
            "{nullable: true, description: d, allOf: [{$ref: '#/components/schemas/T'}]}",
            json!({"description": "d", "anyOf": [{"allOf": [{"$ref": "#/components/schemas/T"}]}, {"type": "null"}]}),
        ),
        (
            "{$ref: '#/components/schemas/T', nullable: true, description: d}",
            json!({"$ref": "#/components/schemas/T"}),
        ),
        (
            "{minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false}",
            json!({"exclusiveMinimum": 1, "maximum": 5}),
        ),
        ("{exclusiveMinimum: true}", json!({})),
        (
            "{type: string, format: byte, example: a}",
            json!({"type": "string", "format": "byte", "contentEncoding": "base64", "examples": ["a"]}),
        ),
        (
            "{type: file}",
            json!({"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}),
        ),
        (
            "{type: string, maxLength: 10.0}",
            json!({"type": "string", "maxLength": 10}),
        ),
        (
            "{properties: {nullable: {type: integer, nullable: true}, $ref: {type: string, nullable: false}}}",
            json!({"properties": {"nullable": {"type": ["integer", "null"]}, "$ref": {"type": "string"}}}),
        ),
        (
            "{default: {nullable: true}, enum: [{example: 1}]}",
            json!({"default": {"nullable": true}, "enum": [{"example": 1}]}),
        ),
    ];

    for (written, expected) in cases {
        assert_eq!(translated(written), expected, "{written}");
    }
}

#[test]
fn what_is_inside_a_translated_schema_still_has_its_place() {
    let source = document(
        "3.0.3",
        "    S:\n      nullable: true\n      allOf:\n        - type: object\n          minProperties: 1\n",
    );

    let place = source.place("/components/schemas/S/anyOf/0/allOf/0/minProperties");

    assert_eq!((place.line, place.column), (10, 26));
}

#[test]
fn anchors_and_ids_of_3_1_become_pointers() {
    let source = document(
        "3.1.0",
        "    S: {$ref: '#t', title: s}\n    T: {$anchor: t, $id: 'https://example.com/t', type: string}\n    U: {$dynamicRef: '#t'}\n",
    );

    let schemas = &source.document["components"]["schemas"];
    assert_eq!(
        schemas["S"],
        json!({"$ref": "#/components/schemas/T", "title": "s"})
    );
    assert_eq!(schemas["T"], json!({"type": "string"}));
    assert_eq!(schemas["U"], json!({"$ref": "#/components/schemas/T"}));
    assert_eq!(source.warnings.len(), 1);
}

#[test]
fn a_bundle_has_exactly_what_it_reaches() {
    let source = document(
        "3.0.3",
        "    S:\n      description: gone\n      x-gone: 1\n      properties:\n        t: {$ref: '#/components/schemas/T'}\n        u: {$ref: '#/components/schemas/U/properties/deep'}\n    T: {type: array, items: {$ref: '#/components/schemas/S'}}\n    U: {properties: {deep: {type: string}}}\n    V: {}\n",
    );

    let schema = bundled(&source, "S", Direction::Request);

    let own = json!({"properties": {"t": {"$ref": "#/$defs/T"}, "u": {"$ref": "#/$defs/U.deep"}}});
    assert_eq!(schema["properties"], own["properties"]);
    assert_eq!(
        schema["$defs"],
        json!({
            "S": own,
            "T": {"type": "array", "items": {"$ref": "#/$defs/S"}},
            "U.deep": {"type": "string"},
        })
    );
}

#[test]
fn read_only_is_refused_in_requests_and_write_only_in_responses() {
    let source = document(
        "3.0.3",
        "    S:\n      allOf:\n        - $ref: '#/components/schemas/Base'\n        - required: [id, name]\n    Base:\n      required: [id, secret]\n      properties:\n        id: {$ref: '#/components/schemas/Id'}\n        secret: {type: string, writeOnly: true}\n        name: {type: string}\n    Id: {type: string, readOnly: true}\n",
    );

    let request = bundled(&source, "S", Direction::Request);
    let response = bundled(&source, "S", Direction::Response);

    assert!(accepts(&request, &json!({"secret": "s", "name": "n"})));
    assert!(!accepts(
        &request,
        &json!({"id": "i", "secret": "s", "name": "n"})
    ));
    assert!(accepts(&response, &json!({"id": "i", "name": "n"})));
    assert!(!accepts(
        &response,
        &json!({"id": "i", "secret": "s", "name": "n"})
    ));
}

#[test]
fn integer_formats_are_limits_unless_narrower_ones_stand() {
    let source = document(
        "3.1.0",
        "    A: {type: integer, format: int32}\n    B: {type: integer, format: int64, minimum: 0, exclusiveMaximum: 10}\n    C: {type: string, format: int32}\n    D: {type: integer, format: uint32, maximum: 1e20}\n",
    );

    let [a, b, c, d] = ["A", "B", "C", "D"].map(|name| bundled(&source, name, Direction::Request));

    assert_eq!(
        a,
        json!({"type": "integer", "minimum": i32::MIN, "maximum": i32::MAX})
    );
    assert_eq!(
        b,
        json!({"type": "integer", "minimum": 0, "exclusiveMaximum": 10})
    );
    assert_eq!(c, json!({"type": "string"}));
    assert_eq!(
        d,
        json!({"type": "integer", "minimum": 0, "maximum": u32::MAX})
    );
}

#[test]
fn what_is_no_schema_is_left_out_and_said_once() {
    let source = document(
        "3.1.0",
        "    S:\n      type: strnig\n      minLength: -1\n      maxLength: 3\n      pattern: '(?=look)'\n      required: yes\n      properties: {a: 5, b: {$ref: '#/nowhere'}}\n",
    );
    let mut schemas = source.schemas();

    let schema = schemas.at("/components/schemas/S", Direction::Request);
    schemas.at("/components/schemas/S", Direction::Response);

    assert_eq!(schema["maxLength"], json!(3));
    assert_eq!(schema["properties"], json!({"a": true, "b": {}}));
    assert!(
        ["type", "minLength", "pattern", "required"]
            .iter()
            .all(|name| schema.get(*name).is_none())
    );
    let faults: Vec<String> = schemas.faults().iter().map(Fault::to_string).collect();
    assert_eq!(faults.len(), 6, "{faults:#?}");
    assert!(
        faults[0].starts_with(
            "openapi.yaml:7:13: warning: `type` must be one or more of string, number"
        )
    );
}

#[test]
fn schemas_that_contain_themselves_can_be_asked() {
    let source = document(
        "3.0.3",
        "    Pet:\n      required: [kind]\n      properties: {kind: {type: string}}\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [lives], properties: {lives: {type: integer}}}]}\n    Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {required: [bark]}]}\n    Loop: {$ref: '#/components/schemas/Pool'}\n    Pool: {$ref: '#/components/schemas/Loop'}\n    Either: {anyOf: [{$ref: '#/components/schemas/Either'}, {type: string}]}\n",
    );

    let [pet, cat, pool, either] =
        ["Pet", "Cat", "Pool", "Either"].map(|name| bundled(&source, name, Direction::Request));

    assert!(accepts(&pet, &json!({"kind": "cat", "lives": 9})));
    assert!(!accepts(&pet, &json!({"kind": "cat", "lives": "9"})));
    assert!(!accepts(&pet, &json!({"lives": 9})));
    assert!(accepts(&cat, &json!({"kind": "cat", "lives": 9})));
    assert!(!accepts(&cat, &json!({"lives": 9})));
    assert!(accepts(&pool, &json!(1)));
    assert!(accepts(&either, &json!("a")));
}
