//! Multipart forms.

use bytes::Bytes;
use futures_util::stream;
use serde_json::{Value, json};

use super::support::headers;
use crate::runtime::multipart::{Form, Limits, read};
use crate::runtime::operation::{Media, MediaKind, Part, Shape, Style};
use crate::runtime::problem::{Problem, boundary};
use crate::runtime::upload::Upload;

const PART: Part = Part {
    name: "",
    content_types: &[],
    style: Style::Form,
    explode: true,
    headers: &[],
    is_file: false,
    max_bytes: None,
};
const META: Shape = Shape::Object {
    members: &[("a", &Shape::Integer)],
    rest: None,
};

static MEDIA: Media = Media {
    range: "multipart/form-data",
    kind: MediaKind::Multipart,
    shape: &Shape::Object {
        members: &[
            ("age", &Shape::Integer),
            ("ids", &Shape::Array(&Shape::Integer)),
            ("csv", &Shape::Array(&Shape::Integer)),
            ("meta", &META),
            ("rows", &Shape::Array(&META)),
            ("file", &Shape::String),
            ("files", &Shape::Array(&Shape::String)),
            ("signed", &Shape::String),
        ],
        rest: None,
    },
    parts: &[
        Part {
            name: "csv",
            explode: false,
            ..PART
        },
        Part {
            name: "file",
            content_types: &["image/png", "image/jpeg"],
            is_file: true,
            ..PART
        },
        Part {
            name: "small",
            is_file: true,
            max_bytes: Some(10),
            ..PART
        },
        Part {
            name: "files",
            is_file: true,
            ..PART
        },
        Part {
            name: "signed",
            headers: &["X-Signature"],
            ..PART
        },
    ],
    max_bytes: None,
    secrets: &[],
};

/// A part: its headers after `Content-Disposition: form-data`, and its content.
fn part(headers: &str, content: &str) -> String {
    format!("--B\r\nContent-Disposition: form-data; {headers}\r\n\r\n{content}\r\n")
}

fn text(name: &str, content: &str) -> String {
    part(&format!("name=\"{name}\""), content)
}

fn chunks(body: &[u8], size: usize) -> Vec<Result<Bytes, Problem>> {
    body.chunks(size)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
        .collect()
}

async fn read_chunks(chunks: Vec<Result<Bytes, Problem>>, limits: Limits) -> Result<Form, Problem> {
    let headers = headers(&[("content-type", "multipart/form-data; boundary=\"B\"")]);
    read(&MEDIA, &headers, stream::iter(chunks), limits).await
}

async fn form(parts: &[String]) -> Result<Form, Problem> {
    let body = parts.concat() + "--B--\r\n";
    let whole = read_chunks(chunks(body.as_bytes(), body.len()), Limits::default()).await;
    let bytewise = read_chunks(chunks(body.as_bytes(), 1), Limits::default()).await;
    assert_eq!(whole, bytewise);
    whole
}

async fn value(parts: &[String]) -> Value {
    form(parts).await.expect("a form").value
}

async fn refusal(parts: &[String]) -> (u16, String, String) {
    let problem = form(parts).await.expect_err("a problem");
    let error = problem.errors.first().expect("a violation");
    (
        problem.kind.status,
        error.pointer.clone(),
        error.keyword.clone().into_owned(),
    )
}

#[tokio::test]
async fn texts_are_read_by_their_shapes() {
    assert_eq!(value(&[]).await, json!({}));
    assert_eq!(value(&[text("age", "5")]).await, json!({"age": 5}));
    assert_eq!(value(&[text("age", " 5")]).await, json!({"age": " 5"}));
    assert_eq!(
        value(&[text("ids", "1"), text("age", ""), text("ids", "2")]).await,
        json!({"ids": [1, 2], "age": ""})
    );
    assert_eq!(value(&[text("ids", "1")]).await, json!({"ids": [1]}));
    assert_eq!(value(&[text("csv", "1,2")]).await, json!({"csv": [1, 2]}));
    assert_eq!(
        value(&[text("meta", "{\"a\":1}")]).await,
        json!({"meta": {"a": 1}})
    );
    assert_eq!(
        value(&[text("rows", "{\"a\":1}"), text("rows", "{}")]).await,
        json!({"rows": [{"a": 1}, {}]})
    );
    assert_eq!(
        value(&[text("rows", "[{\"a\":1}]")]).await,
        json!({"rows": [{"a": 1}]})
    );
    assert_eq!(
        value(&[text("other", "5\r\n--C")]).await,
        json!({"other": "5\r\n--C"})
    );
}

#[tokio::test]
async fn a_part_that_says_it_is_json_is_strict_json() {
    let json_part = |content| {
        part(
            "name=\"other\"; filename=\"blob\"\r\nContent-Type: application/json",
            content,
        )
    };

    let form = form(&[part(
        "name=\"meta\"; filename=\"blob\"\r\nContent-Type: application/json",
        "{\"a\":1}",
    )])
    .await;
    assert_eq!(form.expect("a form").value, json!({"meta": {"a": 1}}));
    assert_eq!(
        refusal(&[text("meta", "{\"a\":1,\"a\":2}")]).await,
        (400, "/meta/a".into(), "duplicate".into())
    );
    assert_eq!(
        refusal(&[text("meta", "x")]).await,
        (400, "/meta".into(), "json".into())
    );
    assert_eq!(
        value(&[json_part("{}")]).await,
        json!({"other": "0"}),
        "a part with a file name that nothing declares is a file"
    );
}

#[tokio::test]
async fn files_are_kept_apart_and_named_by_index() {
    let form = form(&[
        part(
            "name=\"file\"; filename=\"../a.png\"\r\nContent-Type: image/png",
            "\0\u{1}--B",
        ),
        text("age", "5"),
        part("name=\"files\"; filename=\"b\"", ""),
        part("name=\"files\"\r\nContent-Type: text/x", "c"),
    ])
    .await
    .expect("a form");

    assert_eq!(
        form.value,
        json!({"file": "0", "age": 5, "files": ["1", "2"]})
    );
    let names: Vec<_> = form
        .files
        .iter()
        .map(|file| (file.head.name.as_str(), file.head.file_name.as_deref()))
        .collect();
    assert_eq!(
        names,
        [
            ("file", Some("../a.png")),
            ("files", Some("b")),
            ("files", None)
        ]
    );
    let content = form.files[0].content.bytes().await.expect("the file");
    assert_eq!(content, "\0\u{1}--B");
    assert_eq!(
        form.files[0].head.content_type.as_deref(),
        Some("image/png")
    );
    assert_eq!(form.files[2].content, Upload::from(Bytes::from("c")));
}

#[tokio::test]
async fn a_part_of_another_type_is_a_415() {
    let gif = part(
        "name=\"file\"; filename=\"a\"\r\nContent-Type: image/gif",
        "x",
    );
    let untyped = part("name=\"file\"; filename=\"a\"", "x");
    let utf16 = part(
        "name=\"age\"\r\nContent-Type: text/plain; charset=utf-16",
        "x",
    );

    assert_eq!(
        refusal(&[gif]).await,
        (415, "/file".into(), "contentMediaType".into())
    );
    assert_eq!(
        refusal(&[untyped]).await,
        (415, "/file".into(), "contentMediaType".into())
    );
    assert_eq!(
        refusal(&[utf16]).await,
        (415, "/age".into(), "contentMediaType".into())
    );
}

#[tokio::test]
async fn a_part_s_declared_headers_must_be_there() {
    let signed = part("name=\"signed\"\r\nx-signature: s", "x");

    assert_eq!(value(&[signed]).await, json!({"signed": "x"}));
    assert_eq!(
        refusal(&[text("signed", "x")]).await,
        (422, "/signed".into(), "required".into())
    );
}

#[tokio::test]
async fn a_part_given_twice_that_is_no_array_is_refused() {
    assert_eq!(
        refusal(&[text("age", "1"), text("age", "2")]).await,
        (422, "/age".into(), "duplicate".into())
    );
    let file = part("name=\"file\"\r\nContent-Type: image/png", "x");
    assert_eq!(
        refusal(&[file.clone(), file]).await,
        (422, "/file".into(), "duplicate".into())
    );
}

#[tokio::test]
async fn text_must_be_utf8_without_nul() {
    assert_eq!(
        refusal(&[text("age", "\0")]).await,
        (400, "/age".into(), "nul".into())
    );
    let body = [
        text("age", "x").into_bytes(),
        b"--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n\xff\r\n--B--".to_vec(),
    ];
    let problem = read_chunks(chunks(&body.concat(), 7), Limits::default())
        .await
        .expect_err("400");
    assert_eq!(problem.errors[0].keyword, "utf-8");
}

#[tokio::test]
async fn what_is_not_multipart_is_malformed() {
    for body in [
        "",
        "--B",
        "--B\r\n",
        "x",
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "--B\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n",
        "--Bx\r\n\r\n--B--",
    ] {
        for size in [1, 1000] {
            let problem = read_chunks(chunks(body.as_bytes(), size), Limits::default())
                .await
                .expect_err(body);
            assert_eq!(
                (problem.kind.slug, problem.kind.status),
                ("malformed-body", 400),
                "{body}"
            );
        }
    }
    for content_type in [
        "multipart/form-data",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=",
    ] {
        let result = read(
            &MEDIA,
            &headers(&[("content-type", content_type)]),
            stream::empty(),
            Limits::default(),
        )
        .await;
        let status = result.expect_err("a problem").kind.status;
        assert!(status == 400 || status == 415, "{content_type}");
    }
}

#[tokio::test]
async fn limits_hold() {
    let limits = Limits {
        parts: 2,
        part_header_bytes: 200,
        text_bytes: 50,
        total_bytes: 1000,
    };
    let body = |parts: &[String]| (parts.concat() + "--B--\r\n").into_bytes();
    let image = "name=\"file\"\r\nContent-Type: image/png";
    let cases: &[(&[String], Option<u16>)] = &[
        (&[text("a", "1"), text("b", "2")], None),
        (&[text("a", "1"), text("b", "2"), text("c", "3")], Some(400)),
        (
            &[text("a", &"x".repeat(30)), text("b", &"x".repeat(20))],
            None,
        ),
        (
            &[text("a", &"x".repeat(30)), text("b", &"x".repeat(21))],
            Some(413),
        ),
        (&[part(image, &"x".repeat(700))], None),
        (&[part(image, &"x".repeat(1000))], Some(413)),
        (
            &[part(&format!("name=\"a\"\r\nX-A: {}", "x".repeat(200)), "")],
            Some(400),
        ),
    ];

    for (parts, status) in cases {
        for size in [1, 64, 5000] {
            let result = read_chunks(chunks(&body(parts), size), limits).await;
            assert_eq!(
                result.err().map(|problem| problem.kind.status),
                *status,
                "{parts:?}"
            );
        }
    }
    let preamble = body(&["x".repeat(900)]);
    assert!(read_chunks(chunks(&preamble, 64), limits).await.is_err());
}

#[tokio::test]
async fn a_problem_of_the_body_is_passed_on() {
    for cut in [0, 3, 55, 60] {
        let mut pieces = chunks(&text("age", "123456789").as_bytes()[..cut], 10);
        pieces.push(Err(Problem::new(boundary::REQUEST_TIMEOUT)));
        let problem = read_chunks(pieces, Limits::default())
            .await
            .expect_err("a problem");
        assert_eq!(problem.kind, boundary::REQUEST_TIMEOUT);
    }
}

#[tokio::test]
async fn a_file_may_have_as_many_bytes_as_the_contract_says() {
    let image = |size| part("name=\"small\"; filename=\"a\"", &"x".repeat(size));

    let fits = form(&[image(10)]).await.expect("a form");
    let problem = form(&[image(11)]).await.expect_err("a problem");

    assert_eq!(fits.files[0].content.length(), 10);
    assert_eq!(problem.kind, boundary::BODY_TOO_LARGE);
}

#[tokio::test]
async fn the_reading_can_move_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let headers = headers(&[("content-type", "multipart/form-data; boundary=B")]);

    let form = is_send(read(
        &MEDIA,
        &headers,
        stream::iter(chunks(b"--B--", 2)),
        Limits::default(),
    ))
    .await;

    assert_eq!(form.expect("a form").value, json!({}));
}
