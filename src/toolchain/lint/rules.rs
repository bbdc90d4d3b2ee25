//! The rules by name, each with its page.

use crate::toolchain::report::Level;

/// A rule of `lint`.
#[derive(Debug)]
pub struct Rule {
    /// Its name in reports and configurations.
    pub id: &'static str,
    /// What it asks, in short.
    pub asks: &'static str,
    /// How much a breach weighs, unless the configuration says otherwise.
    pub level: Level,
    /// How to mend a breach, in short.
    pub remedy: &'static str,
    /// Its page: what is asked, why, a breach and how it is mended.
    pub page: &'static str,
}

/// Every rule, in the order of the pages.
pub const RULES: [&Rule; 11] = [
    &READABLE,
    &VALID,
    &EXAMPLE,
    &SECURITY,
    &PROBLEM,
    &PAGE,
    &VERSIONED,
    &OPERATION_ID,
    &BOUNDED,
    &REQUIRED,
    &OWNER,
];

/// The rules as `--help` lists them.
pub fn help() -> String {
    let mut help = String::from("Rules (`--explain RULE` tells more):\n");
    for rule in RULES {
        let Rule {
            id, level, asks, ..
        } = rule;
        help.push_str(&format!("  {id:<20} {:<8} {asks}\n", level.as_str()));
    }
    help.push_str("\nExit codes: 0 clean, 1 findings, 2 could not run.");
    help
}

/// The rule of this name.
pub fn named(id: &str) -> Option<&'static Rule> {
    RULES.into_iter().find(|rule| rule.id == id)
}

pub const READABLE: Rule = Rule {
    id: "readable",
    asks: "the files are one document",
    level: Level::Error,
    remedy: "",
    page: "The files are one document: YAML or JSON, no key twice, every reference leads to a file and a part that exist.
Nothing else can be said of a document that cannot be read. References to URLs are not followed: a contract
must not change because somebody else's file did.

  breach:  $ref: parts.yaml#/Order        (there is no parts.yaml)
  mended:  $ref: shared/parts.yaml#/Order
",
};

pub const VALID: Rule = Rule {
    id: "valid",
    asks: "it is OpenAPI 3.0 or 3.1",
    level: Level::Error,
    remedy: "",
    page: "The document is OpenAPI 3.0 or 3.1 as the specification has it: known fields of the right kind, references that
resolve, parameters that paths name, security schemes that are declared, schemas that are JSON Schema.
What tools make of a document that is not valid differs from tool to tool. Faults that can be lived with are warnings.

  breach:  security: [{token: []}]        (components/securitySchemes has no token)
  mended:  declare the scheme under components/securitySchemes
",
};

pub const EXAMPLE: Rule = Rule {
    id: "example-valid",
    asks: "examples and defaults satisfy their schemas",
    level: Level::Error,
    remedy: "mend the example or the schema",
    page: "Every example and default satisfies its schema, formats included.
Examples are what people copy first, what the mock answers and what tests send: a wrong one misleads all three. An
example of a body is checked as it travels, so one of a request has no readOnly members.

  breach:  {type: integer, maximum: 10, examples: [12]}
  mended:  {type: integer, maximum: 10, examples: [8]}
",
};

pub const SECURITY: Rule = Rule {
    id: "security-declared",
    asks: "each operation says who may call it",
    level: Level::Warning,
    remedy: "say `security`, with `[]` if everybody may call it",
    page: "Every operation says who may call it, by itself or by the document's `security`.
An operation that says nothing is open to everybody, which is rarely meant and never visible in a review.

  breach:  get: {operationId: listOrders, …}           (and no `security` of the document)
  mended:  get: {operationId: listOrders, security: [{key: []}], …}
",
};

pub const PROBLEM: Rule = Rule {
    id: "error-is-problem",
    asks: "errors are application/problem+json",
    level: Level::Warning,
    remedy: "give it `application/problem+json` (RFC 9457)",
    page: "Every response 4XX, 5XX or default has a body of application/problem+json (RFC 9457).
Clients then need one piece of code for all that can go wrong, and branch on `type` rather than on prose.

  breach:  '404': {description: No such order}
  mended:  '404': {description: No such order, content: {application/problem+json: {schema: {$ref: …/Problem}}}}
",
};

pub const PAGE: Rule = Rule {
    id: "list-is-page",
    asks: "a list is a page, not a bare array",
    level: Level::Warning,
    remedy: "answer an object with the items and the cursor of the next page",
    page: "A GET that answers a list answers a page: an object, not an array.
An array can never say where the next page is, so it must hold everything, and turning it into an object later breaks
every client.

  breach:  schema: {type: array, items: …}
  mended:  schema: {type: object, required: [items, next_cursor], properties: {items: …, next_cursor: …}}
",
};

pub const VERSIONED: Rule = Rule {
    id: "path-versioned",
    asks: "paths or servers have the major version",
    level: Level::Warning,
    remedy: "begin the path or the server's URL with the major version, such as `/v1`",
    page: "The path of every operation that wants credentials, or the URL of its server, has the major version: /v1.
A second version can then live beside the first. Operations for everybody, such as health checks, need none.

  breach:  paths: {/orders: …}
  mended:  paths: {/v1/orders: …}
",
};

pub const OPERATION_ID: Rule = Rule {
    id: "operation-id-style",
    asks: "operationIds are in camelCase",
    level: Level::Warning,
    remedy: "name it like `listOrders`",
    page: "Every operation has an operationId in camelCase: a verb and a noun.
It becomes the name of a method in every SDK; each language turns camelCase into its own style, other styles are torn.

  breach:  operationId: Orders_List
  mended:  operationId: listOrders
",
};

pub const BOUNDED: Rule = Rule {
    id: "bounded",
    asks: "strings and arrays have a limit",
    level: Level::Warning,
    remedy: "give it `maxLength` or `maxItems`",
    page: "Every string has maxLength, or an enum, const or format that bounds it; every array has maxItems.
What has no limit in the contract has one somewhere else: in a column, in memory, in a client. Say it where all can see it.

  breach:  {type: string}
  mended:  {type: string, maxLength: 200}
",
};

pub const REQUIRED: Rule = Rule {
    id: "required-described",
    asks: "required members are described",
    level: Level::Warning,
    remedy: "describe it under `properties`, or mend its name",
    page: "Every member that `required` names is described, by the schema itself or by one that it is composed with.
A name without a description is mostly a typo: the member that was meant is optional then, and every message must have
one that nobody knows anything about. Objects that describe no member, or all of them alike, are left alone.

  breach:  {required: [links_created], properties: {links_updated: …}}
  mended:  {required: [links_updated], properties: {links_updated: …}}
",
};

pub const OWNER: Rule = Rule {
    id: "tag-owner",
    asks: "operations have a tag with an owner",
    level: Level::Warning,
    remedy: "declare the tag under `tags` with `x-owner`",
    page: "Every operation has a tag that the document declares with x-owner: the team that answers for it.
Reviews, alerts and questions of partners go to an owner; an operation without one goes to nobody.

  breach:  tags: [orders]                 (the document's `tags` has no orders, or it has no x-owner)
  mended:  tags: [{name: orders, x-owner: shop}]
",
};
