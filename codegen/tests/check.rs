//! What is said of documents that break the rules of OpenAPI.

use codegen::{Fault, Severity, Source, check};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

fn found(text: &str) -> Vec<Fault> {
    check(&Source::from_text("openapi.yaml", text).expect("the document is readable"))
}

/// The one fault of a document, as it is printed. `text` goes below `openapi` and `info`, from line 3.
fn one(text: &str) -> String {
    let found = found(&format!("{HEAD}{text}"));
    assert_eq!(found.len(), 1, "{found:#?}");
    found.iter().map(Fault::to_string).collect()
}

fn is_one(text: &str, expected: &str) {
    let said = one(text);

    assert!(
        said.starts_with(&format!("openapi.yaml:{expected}")),
        "{said}"
    );
}

/// An operation at `/a`, its fields on line 5.
fn operation(fields: &str) -> String {
    format!("paths:\n  /a:\n    get: {{{fields}, responses: {{default: {{description: d}}}}}}\n")
}

#[test]
fn a_sound_document_has_no_faults() {
    let text = format!(
        "{HEAD}x-problem-types: {{gone: {{status: 404, title: t, description: d}}}}\nx-roles: {{user: [a, b]}}\nsecurity: [{{key: []}}]\npaths:\n  /a/{{x}}:\n    parameters: [{{$ref: '#/components/parameters/X'}}]\n    get:\n      operationId: a\n      x-rate-class: read\n      x-idempotency: optional\n      x-audience: partner\n      x-request-log: true\n      deprecated: true\n      x-sunset: 2028-02-29\n      responses:\n        '200': {{description: d, content: {{'application/vnd.a+json; charset=utf-8': {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}\n        4XX: {{$ref: '#/components/responses/Problem'}}\ncomponents:\n  securitySchemes: {{key: {{type: apiKey, name: k, in: header}}}}\n  parameters: {{X: {{name: x, in: path, required: true, schema: {{type: string}}}}}}\n  responses: {{Problem: {{description: d, x-problems: [gone]}}}}\n  schemas: {{S: {{type: [object, 'null'], required: [a], properties: {{a: {{pattern: '^\\d+$'}}}}}}}}\n"
    );

    assert_eq!(found(&text), []);
}

#[test]
fn versions_that_are_not_read_stop_everything_else() {
    let cases = [
        (
            "swagger: '2.0'\npaths: []\n",
            "1:10: this is Swagger 2.0; convert it",
        ),
        (
            "openapi: 3.1\npaths: []\n",
            "1:10: `openapi` must be a text; write it in quotes",
        ),
        ("openapi: 4.0.0\npaths: []\n", "1:10: `4.0.0` is no version"),
        ("paths: {}\n", "1:1: there is no `openapi`"),
        ("- openapi\n", "1:1: the document is not a map"),
    ];

    for (text, expected) in cases {
        let found = found(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        assert!(
            found[0]
                .to_string()
                .starts_with(&format!("openapi.yaml:{expected}")),
            "{}",
            found[0]
        );
    }
}

#[test]
fn version_3_2_is_read_as_3_1_with_a_warning() {
    let found = found("openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths: {}\n");

    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Warning);
}

#[test]
fn fields_that_are_missing_misspelt_or_misshapen_are_said() {
    let version = found("openapi: 3.0.0\ninfo: {title: t}\npaths: {}\n");
    assert!(
        version[0]
            .to_string()
            .starts_with("openapi.yaml:2:1: `version` is missing; add"),
        "{version:?}"
    );

    is_one(
        &operation("requestbody: {content: {}}"),
        "5:11: `requestbody` is not a field here; did you mean `requestBody`?",
    );
    is_one(
        &operation("consumes: [a]"),
        "5:11: warning: `consumes` is not a field here and is ignored",
    );
    is_one(
        &operation("tags: one"),
        "5:11: `tags` must be a list of texts, not a text",
    );
    is_one(
        &operation("summary: 5"),
        "5:20: warning: `summary` must be a text, not a number; write it in quotes: \"5\"",
    );
    is_one("paths: []\n", "3:1: `paths` must be a map, not a list");
    is_one("paths: {/a: 5}\n", "3:9: this must be a map, not a number");
}

#[test]
fn paths_are_templates_that_can_be_told_apart() {
    let get = "{get: {responses: {default: {description: d}}}}";

    is_one(
        &format!("paths:\n  a: {get}\n"),
        "4:3: warning: the path `a` does not begin with `/` and is served with it; write `/a`",
    );
    is_one(
        &format!("paths:\n  '/{{a': {get}\n"),
        "4:3: warning: the braces of `/{a` do not match and are taken as text",
    );
    let same = found(&format!(
        "{HEAD}paths:\n  '/a/{{x}}': {get}\n  '/a/{{y}}': {get}\n"
    ));
    assert!(
        same.iter().any(|fault| fault
            .message
            .starts_with("GET `/a/{y}` has the shape of `/a/{x}`")),
        "{same:?}"
    );
}

#[test]
fn path_parameters_are_declared_and_used() {
    let with = |parameter: &str| {
        format!(
            "paths:\n  '/a/{{order_id}}':\n    get: {{parameters: [{parameter}], responses: {{default: {{description: d}}}}}}\n"
        )
    };

    let missing = one(&with(""));
    let misspelt = found(&format!(
        "{HEAD}{}",
        with("{name: orderid, in: path, required: true, schema: {}}")
    ));

    assert!(
        missing.contains("5:5: warning: `{order_id}` of the path is not declared"),
        "{missing}"
    );
    assert_eq!(misspelt.len(), 2, "{misspelt:#?}");
    assert!(
        misspelt[0].remedy.contains("did you mean `orderid`?"),
        "{misspelt:#?}"
    );
}

#[test]
fn parameters_are_single_and_sound() {
    let with = |parameters: &str| operation(&format!("parameters: [{parameters}]"));
    let query = "{name: a, in: query, schema: {}}";

    is_one(
        &with(&format!("{query}, {query}")),
        "5:58: the query parameter `a` is here a second time; the first is at line 5",
    );
    is_one(
        &with("{name: a, in: body, schema: {}}"),
        "5:38: `body` is no place for a parameter; OpenAPI 3 has `requestBody` for it",
    );
    is_one(
        &with("{name: a, in: query, style: simple, schema: {}}"),
        "5:52: warning: the style `simple` does not exist for a query",
    );
    is_one(
        &with("{name: a, in: query}"),
        "5:24: warning: the parameter has no `schema`",
    );
    is_one(&with("{in: query, schema: {}}"), "5:24: `name` is missing");
}

#[test]
fn references_name_something_of_the_right_kind() {
    let components = "components:\n  schemas: {Order: {}}\n  parameters: {P: {name: p, in: query, schema: {}}}\n";
    let with = |reference: &str| {
        format!(
            "{}{components}",
            operation(&format!(
                "parameters: [{{name: a, in: query, schema: {{$ref: '{reference}'}}}}]"
            ))
        )
    };

    is_one(
        &with("#/components/schemas/Ordr"),
        "5:60: `#/components/schemas/Ordr` names nothing; did you mean `#/components/schemas/Order`?",
    );
    is_one(
        &with("#/components/Order"),
        "5:60: `#/components/Order` names nothing; did you mean `#/components/schemas/Order`?",
    );
    is_one(
        &with("#/components/parameters/P"),
        "5:60: warning: `#/components/parameters/P` names a parameter, and a schema belongs here",
    );
    is_one(
        "components:\n  parameters:\n    A: {$ref: '#/components/parameters/A'}\n",
        "5:15: `#/components/parameters/A` comes back to itself",
    );
}

#[test]
fn responses_have_statuses_and_media_types() {
    let with =
        |responses: &str| format!("paths:\n  /a:\n    get: {{responses: {{{responses}}}}}\n");

    is_one(
        &with("ok: {description: d}"),
        "5:23: `ok` is no status; use a number from 100 to 599",
    );
    is_one(
        &with("4xx: {description: d}"),
        "5:23: warning: `4xx` is read as `4XX`",
    );
    is_one(
        &with("200: {description: d, content: {json: {}}}"),
        "5:55: warning: `json` is no media type",
    );
    is_one(&with("200: {}"), "5:23: warning: `description` is missing");
    is_one(&with(""), "5:11: warning: there is no response");
}

#[test]
fn security_names_declared_schemes() {
    let schemes = "components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}\n";

    is_one(
        &format!("security: [{{bearr: []}}]\n{schemes}"),
        "3:13: the security scheme `bearr` is not declared; did you mean `bearer`?",
    );
    is_one(
        "components: {securitySchemes: {k: {type: apikey}}}\n",
        "3:42: `apikey` is no type of security scheme; did you mean `apiKey`?",
    );
    is_one(
        "components: {securitySchemes: {k: {type: apiKey, in: header}}}\n",
        "3:32: a security scheme of type apiKey needs `name`",
    );
}

#[test]
fn schemas_that_are_none_are_warnings_with_their_place() {
    let with = |schema: &str| format!("components:\n  schemas:\n    S: {schema}\n");

    is_one(
        &with("{type: strnig}"),
        "5:15: warning: `type` must be one or more of string, number",
    );
    is_one(
        &with("{properties: {a: {required: true}}}"),
        "5:36: warning: `required` must be a list of names",
    );
    is_one(
        &with("{requred: [a]}"),
        "5:9: warning: `requred` is no keyword and refuses nothing; did you mean `required`?",
    );
    is_one(
        &with("{pattern: '(?!a)b'}"),
        "5:18: warning: the pattern `(?!a)b` cannot run in linear time",
    );
    is_one(
        &with("{nullable: true}"),
        "5:9: warning: OpenAPI 3.1 has no `nullable`",
    );
    is_one(
        &with("{required: [colour], properties: {color: {}}}"),
        "5:20: note: `colour` is required, but no property has that name; did you mean `color`?",
    );
}

#[test]
fn keywords_that_3_0_does_not_have_or_ignores_are_said() {
    let found = found(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {const: 1}\n    B: {$ref: '#/components/schemas/A', nullable: true}\n",
    );

    let said: Vec<String> = found.iter().map(Fault::to_string).collect();
    assert_eq!(said.len(), 2, "{said:#?}");
    assert!(said[0].starts_with("openapi.yaml:6:9: warning: OpenAPI 3.0 has no `const`"));
    assert!(
        said[1].starts_with(
            "openapi.yaml:7:41: warning: OpenAPI 3.0 ignores `nullable` beside `$ref`"
        )
    );
}

#[test]
fn extensions_that_are_enforced_are_well_formed() {
    is_one(
        "x-problem-types: {Gone: {status: 404, title: t, description: d}}\npaths: {}\n",
        "3:19: `Gone` is no slug",
    );
    is_one(
        "x-problem-types: {gone: {status: 200, title: t, description: d}}\npaths: {}\n",
        "3:34: `status` must be a number from 400 to 599",
    );
    is_one(
        "x-problem-types: {gone: {status: 404, title: t}}\npaths: {}\n",
        "3:19: `description` is missing",
    );
    is_one(
        "x-open-answers: always\npaths: {}\n",
        "3:17: `x-open-answers` must be a boolean, not a text; write `true` or `false`",
    );
    is_one(
        "x-roles: {user: all}\npaths: {}\n",
        "3:11: the scopes of `user` must be a list of texts",
    );
    is_one(
        &operation("x-idempotency: maybe"),
        "5:26: `x-idempotency` cannot be \"maybe\"; use `required` or `optional`",
    );
    is_one(
        &operation("x-request-log: always"),
        "5:26: `x-request-log` must be a boolean, not a text; write `true` or `false`",
    );
    is_one(
        &operation("x-rate-class: 5"),
        "5:25: `x-rate-class` must be a text",
    );
    is_one(
        &operation("deprecated: true, x-sunset: 2027-02-29"),
        "5:39: `x-sunset` cannot be \"2027-02-29\"",
    );
    is_one(
        &operation("x-sunset: 2027-02-28"),
        "5:21: what has `x-sunset` must be deprecated",
    );
}

#[test]
fn what_is_said_of_deprecation_is_well_formed() {
    let schema =
        |fields: &str| format!("paths: {{}}\ncomponents: {{schemas: {{S: {{{fields}}}}}}}\n");

    is_one(
        &schema("enum: [a], x-deprecated-values: [b]"),
        "4:61: \"b\" is none of the `enum`",
    );
    is_one(
        &schema("x-deprecated-values: [b]"),
        "4:28: `x-deprecated-values` stands where there is no `enum`",
    );
    is_one(
        &schema("deprecated: true, x-sunset: soon"),
        "4:56: `x-sunset` cannot be \"soon\"",
    );
    is_one(
        &schema("deprecated: true, x-deprecation-link: <a>"),
        "4:66: `x-deprecation-link` cannot be \"<a>\"",
    );
    is_one(
        &schema("x-deprecated-since: 2026-01-31"),
        "4:48: what has `x-deprecated-since` must be deprecated",
    );
}

#[test]
fn problems_are_declared_and_have_the_status_of_their_response() {
    let types = "x-problem-types: {out-of-stock: {status: 409, title: t, description: d}}\n";
    let with = |status: &str, slug: &str| {
        format!(
            "{types}paths:\n  /a:\n    get: {{responses: {{{status}: {{description: d, x-problems: [{slug}]}}}}}}\n"
        )
    };

    is_one(
        &with("409", "out-of-stok"),
        "6:58: the problem type `out-of-stok` is not declared; did you mean `out-of-stock`?",
    );
    is_one(
        &with("404", "out-of-stock"),
        "6:58: `out-of-stock` has status 409, and this response is 404",
    );
    is_one(
        &with("409", "out-of-stock, out-of-stock"),
        "6:72: `out-of-stock` is listed twice",
    );
    assert_eq!(found(&format!("{HEAD}{}", with("4XX", "out-of-stock"))), []);
}

#[test]
fn faults_are_sorted_by_place() {
    let found = found("openapi: 3.1.0\ninfo: {}\npaths:\n  b: {}\n  a: {}\n");

    let places: Vec<(u32, u32)> = found
        .iter()
        .map(|fault| (fault.line, fault.column))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(found.len(), 4);
}

/// A `get` whose answer may be sparse, with this parameter, these sparse members and this schema of 200.
fn sparse(parameter: &str, members: &str, schema: &str) -> String {
    let whole =
        "W: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}";
    format!(
        "paths:\n  /a:\n    get:\n      parameters: [{{name: fields, style: form, explode: false, x-sparse: true, {parameter}}}]\n      responses: {{'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}}}\ncomponents:\n  schemas:\n    {whole}\n    P: {{x-sparse: true, type: object, {members}}}\n"
    )
}

#[test]
fn a_sparse_answer_is_declared_alike_in_all_its_places() {
    let names = "in: query, schema: {type: array, items: {enum: [a, b]}}";
    let members = "properties: {a: {type: string}, b: {type: string}}";
    let both = "{anyOf: [{$ref: '#/components/schemas/W'}, {$ref: '#/components/schemas/P'}]}";
    let page = format!("{{type: object, properties: {{items: {{type: array, items: {both}}}}}}}");

    for schema in [both, &page] {
        let text = format!("{HEAD}{}", sparse(names, members, schema));
        assert_eq!(found(&text), [], "{schema}");
    }
    is_one(
        &sparse(
            "in: header, schema: {type: array, items: {enum: [a, b]}}",
            members,
            both,
        )
        .replace("style: form, ", ""),
        "6:61: a parameter with `x-sparse` takes the names of members from the query",
    );
    is_one(
        &sparse(names, members, "{$ref: '#/components/schemas/W'}"),
        "6:20: the answer has no place that may be sparse",
    );
    is_one(
        &sparse(names, &format!("required: [a], {members}"), both),
        "6:20: what is sparse requires no member",
    );
    is_one(
        &sparse(names, "properties: {a: {type: string}}", both),
        "6:20: the parameter and the sparse schema do not have the same members: b",
    );
    is_one(
        &sparse(names, members, both).replace("get:", "put:"),
        "6:20: only what is read can be sparse",
    );
}
