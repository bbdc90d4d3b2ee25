//! The site as its readers meet it.

use std::collections::{HashMap, HashSet};

use codegen::Source;

use super::{File, site};

/// Texts that would run in a page that trusts them, wherever a document has texts.
const HOSTILE: &str = r##"
openapi: 3.1.0
info: {title: '<script>t</script>', version: '"><b>', summary: '<i>s</i>', description: "# A <script>x</script>\n\n<img src=x onerror=y>\n\n[a](javascript:x) [b](#a-script-x-script) [c](#operation/get) [d](#nowhere) [e](/else) [f](#tag/T)"}
servers: [{url: 'javascript:alert(1)', description: '<b>d</b>'}]
externalDocs: {url: 'javascript:alert(1)'}
tags: [{name: T, description: '<u>t</u>', x-owner: '<u>o</u>'}]
security: [{'<k>': ['<s>']}]
paths:
  /a/{<i>}:
    get:
      operationId: get
      tags: [T]
      summary: '<script>s</script>'
      description: '<iframe src=x>'
      parameters: [{name: '<i>', in: path, required: true, description: '<b>p</b>', schema: {type: string, pattern: '<p>', default: '</code>'}}]
      responses:
        '<200>': {description: '<b>d</b>', content: {'<b>/json': {schema: {$ref: '#/components/schemas/<S>'}, example: {'<k>': '</code><script>'}}}}
        '404': {description: d, x-problems: ['<p>', q], links: {'<l>': {operationId: get, description: '<b>l</b>'}}}
      callbacks: {'<c>': {'{$request.body#/<u>}': {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: d}}}}}}
webhooks: {'<w>': {post: {responses: {'200': {description: d}}}}}
x-problem-types: {'<p>': {status: '<4>', title: '<b>t</b>', description: '<b>d</b>'}}
components:
  securitySchemes: {'<k>': {type: apiKey, name: '<n>', in: header, description: '<b>k</b>'}}
  schemas:
    <S>: {type: object, title: '<t>', description: '<b>s</b>', properties: {'<m>': {enum: ['<e>'], not: {const: '<n>'}}, s: {$ref: '#/components/schemas/<S>'}}}
    <s>: {type: string}
    ../../up: {oneOf: [{title: '<a>', type: string}, {type: 'null'}]}
"##;

fn read(text: &str) -> Vec<File> {
    let source = Source::from_text("api.yaml", text).expect("a document");
    site(&source)
}

/// The values of an attribute in a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    let parts = page.split(start.as_str()).skip(1);
    parts
        .map(|part| part.split('"').next().unwrap_or_default())
        .collect()
}

/// Where the links of a site lead to nothing.
fn broken(files: &[File]) -> Vec<String> {
    let ids: HashMap<&str, HashSet<&str>> = files
        .iter()
        .map(|file| {
            (
                file.path.as_str(),
                values(&file.text, "id").into_iter().collect(),
            )
        })
        .collect();
    let mut broken = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let links = values(&file.text, "href")
            .into_iter()
            .chain(values(&file.text, "src"));
        for link in links.filter(|link| !link.starts_with("https://") && *link != "data:,") {
            let (path, id) = link.split_once('#').unwrap_or((link, ""));
            let is_below = file.path.contains('/');
            let target = match (path, is_below) {
                ("", _) => Some(file.path.as_str()),
                (path, true) => path.strip_prefix("../"),
                (path, false) => Some(path),
            };
            let known = target.and_then(|target| ids.get(target));
            if !known.is_some_and(|ids| id.is_empty() || ids.contains(id)) {
                broken.push(format!("{}: {link}", file.path));
            }
        }
    }
    broken
}

#[test]
fn every_link_of_a_site_leads_somewhere() {
    for text in [HOSTILE, include_str!("../../../openapi.yaml")] {
        let files = read(text);

        assert_eq!(broken(&files), Vec::<String>::new());
    }
}

#[test]
fn what_a_document_says_does_nothing_in_a_page() {
    let files = read(HOSTILE);

    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let scripts = file.text.matches("<script").count();
        assert_eq!(scripts, 2, "{}", file.path);
        for forbidden in [
            "<iframe",
            "<img",
            "<b>",
            "<u>",
            "<i>",
            "href=\"javascript",
            "<s>",
            "<m>",
        ] {
            assert!(!file.text.contains(forbidden), "{}: {forbidden}", file.path);
        }
        assert!(!file.path.contains(".."), "{}", file.path);
    }
}

#[test]
fn files_differ_by_more_than_their_case() {
    let files = read(HOSTILE);

    let names: HashSet<String> = files.iter().map(|file| file.path.to_lowercase()).collect();
    assert_eq!(names.len(), files.len());
}

#[test]
fn everything_of_a_document_is_in_its_site() {
    let files = read(include_str!("../../../openapi.yaml"));
    let page = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| file.text.as_str()).unwrap_or_default()
    };

    let order = page("operations/createOrder.html");
    for told in [
        "Idempotency-Key",
        "orders:write",
        "1 to 50 items",
        "out-of-stock",
        "Money",
        "curl -X POST",
    ] {
        assert!(order.contains(told), "{told}");
    }
    assert!(!order.contains("only in answers"));
    assert!(page("schemas/Money.html").contains("operations/createProduct.html"));
    assert!(page("problems.html").contains("id=\"out-of-stock\""));
    assert!(page("search.js").contains("operations/createOrder.html"));
}

#[test]
fn a_value_that_is_deprecated_is_marked() {
    let document = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: \
                    {schemas: {S: {enum: [new, old], x-deprecated-values: [old]}}}\n";

    let files = read(document);

    let marked = r#"<code>"old"</code> <span class="tag old">deprecated</span>"#;
    let text: String = files.iter().map(|file| file.text.as_str()).collect();
    assert!(
        text.contains(&marked.replace("\"old\"<", "&quot;old&quot;<")),
        "{text}"
    );
    assert_eq!(text.matches("tag old").count(), 1);
}
