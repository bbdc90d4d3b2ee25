//! Media types and negotiation.

use super::support::{BARE, headers};
use crate::runtime::media::{MediaType, content_type, covers, negotiate, select_request};
use crate::runtime::operation::{
    Media, MediaKind, Operation, RequestBody, Response, Shape, Status,
};
use crate::runtime::problem::Problem;

const fn media(range: &'static str, kind: MediaKind) -> Media {
    Media {
        range,
        kind,
        max_bytes: None,
        secrets: &[],
        shape: &Shape::Any,
        parts: &[],
    }
}

static BODY: RequestBody = RequestBody {
    required: true,
    media: &[
        media("application/json", MediaKind::Json),
        media("application/vnd.a+json; version=2", MediaKind::Json),
        media("text/*", MediaKind::Text),
        media("text/csv", MediaKind::Binary),
        media("image/*", MediaKind::Binary),
        media("multipart/form-data", MediaKind::Multipart),
    ],
};

static ANY: RequestBody = RequestBody {
    required: true,
    media: &[media("*/*", MediaKind::Binary)],
};

fn select(content_type: &str) -> Result<&'static str, Problem> {
    select_request(&BODY, &headers(&[("content-type", content_type)])).map(|media| media.range)
}

fn accept<'m>(accept: &str, available: &[&'m str]) -> Result<Option<&'m str>, u16> {
    negotiate(&headers(&[("accept", accept)]), available.iter().copied())
        .map_err(|problem| problem.kind.status)
}

#[test]
fn media_types_are_read_with_their_parameters() {
    let read =
        MediaType::parse(r#"Text/Plain ; Charset="utf-8";a="x;\"y" ; b=C"#).expect("a media type");

    assert_eq!(read.essence, "text/plain");
    assert_eq!(read.parameter("charset"), Some("utf-8"));
    assert_eq!(read.parameter("a"), Some("x;\"y"));
    assert_eq!(read.parameter("b"), Some("C"));
    for text in [
        "",
        "text",
        "text/",
        "/plain",
        "text/plain; a",
        "text/pl ain",
        "text/plain; a=\"b",
        "text/plain, text/html",
        "a/b/c",
    ] {
        assert_eq!(MediaType::parse(text), None, "{text}");
    }
}

#[test]
fn the_representation_that_fits_best_is_taken() {
    for (sent, range) in [
        ("application/json", "application/json"),
        ("APPLICATION/JSON; charset=UTF-8", "application/json"),
        ("application/json; charset=us-ascii", "application/json"),
        ("application/json; profile=x", "application/json"),
        (
            "application/vnd.a+json; version=2",
            "application/vnd.a+json; version=2",
        ),
        (
            "application/vnd.a+json",
            "application/vnd.a+json; version=2",
        ),
        ("text/plain", "text/*"),
        ("text/csv", "text/csv"),
        ("text/csv; charset=utf-16", "text/csv"),
        ("image/png", "image/*"),
        ("multipart/form-data; boundary=x", "multipart/form-data"),
    ] {
        assert_eq!(select(sent).expect(sent), range);
    }
}

#[test]
fn what_is_not_declared_is_a_415_that_lists_what_is() {
    for sent in [
        "application/xml",
        "application/merge-patch+json",
        "application/problem+json",
        "application/vnd.a+json; version=3",
        "application/json; charset=utf-16",
        "text/plain; charset=latin1",
        "nonsense",
    ] {
        let problem = select(sent).expect_err(sent);
        assert_eq!(problem.kind.status, 415, "{sent}");
        let accept = problem.headers.get("accept").expect("accept");
        assert!(
            accept
                .to_str()
                .expect("text")
                .starts_with("application/json, application/vnd.a+json"),
            "{sent}"
        );
    }
}

#[test]
fn content_without_a_type_is_bytes() {
    assert_eq!(
        select_request(&BODY, &headers(&[]))
            .expect_err("415")
            .kind
            .status,
        415
    );
    assert_eq!(
        select_request(&ANY, &headers(&[])).map(|media| media.range),
        Ok("*/*")
    );
}

#[test]
fn a_content_type_given_twice_is_malformed() {
    let twice = headers(&[
        ("content-type", "application/json"),
        ("content-type", "application/json"),
    ]);

    assert_eq!(content_type(&twice).expect_err("400").kind.status, 400);
    assert_eq!(
        select_request(&BODY, &twice).expect_err("400").kind.status,
        400
    );
}

#[test]
fn encoded_content_is_refused() {
    for coding in ["gzip", "identity, br", "x"] {
        let sent = headers(&[
            ("content-type", "application/json"),
            ("content-encoding", coding),
        ]);
        let problem = select_request(&BODY, &sent).expect_err(coding);
        assert_eq!(problem.kind.status, 415);
        assert_eq!(
            problem
                .headers
                .get("accept-encoding")
                .map(|value| value.as_bytes()),
            Some(&b"identity"[..])
        );
    }
    let sent = headers(&[
        ("content-type", "application/json"),
        ("content-encoding", "Identity"),
    ]);
    assert!(select_request(&BODY, &sent).is_ok());
}

#[test]
fn the_client_s_liking_decides_then_the_contract_s_order() {
    const BOTH: &[&str] = &["application/json", "text/csv"];
    for (sent, chosen) in [
        ("*/*", "application/json"),
        ("*", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv, application/json;q=0.9", "text/csv"),
        ("text/csv;q=0.1, */*;q=0.5", "application/json"),
        ("*/*, application/json;q=0", "text/csv"),
        ("*/*;q=0, text/csv", "text/csv"),
        (
            "text/*;q=0.9, text/csv;q=0.1, application/*;q=0.5",
            "application/json",
        ),
        ("APPLICATION/JSON;charset=utf-8", "application/json"),
        (
            "text/html, image/gif, *; q=.2, */*; q=.2",
            "application/json",
        ),
        ("application/json;q=1.000;ext=1", "application/json"),
        ("", "application/json"),
        (" , ", "application/json"),
    ] {
        assert_eq!(accept(sent, BOTH), Ok(Some(chosen)), "{sent}");
    }
}

#[test]
fn a_client_that_takes_nothing_of_ours_gets_a_406() {
    for sent in [
        "application/xml",
        "*/*;q=0",
        "application/json;q=0",
        "text/*;q=0, application/*;q=0.000",
        "application/json;v=2",
    ] {
        assert_eq!(accept(sent, &["application/json"]), Err(406), "{sent}");
    }
    let problem = negotiate(
        &headers(&[("accept", "a/b")]),
        ["application/json", "text/csv"],
    )
    .expect_err("406");
    assert_eq!(
        problem.members.get("available"),
        Some(&serde_json::json!(["application/json", "text/csv"]))
    );
}

#[test]
fn an_accept_that_cannot_be_read_is_a_400() {
    for sent in [
        "json",
        "application/json;q=2",
        "application/json;q=x",
        "application/json;q=0.1234",
        "*/json",
        "a/b c",
    ] {
        assert_eq!(accept(sent, &["application/json"]), Err(400), "{sent}");
    }
}

#[test]
fn problems_do_not_count() {
    assert_eq!(
        accept("application/xml", &["application/problem+json"]),
        Ok(None)
    );
    assert_eq!(accept("application/xml", &[]), Ok(None));
    assert_eq!(
        accept(
            "application/problem+json",
            &["application/problem+json", "application/json"]
        ),
        Err(406)
    );
    assert_eq!(
        negotiate(&headers(&[]), ["application/problem+json", "a/b"]),
        Ok(Some("a/b"))
    );
}

#[test]
fn several_accept_lines_are_one_list() {
    let sent = headers(&[("accept", "text/csv;q=0.5"), ("accept", "application/json")]);

    assert_eq!(
        negotiate(&sent, ["text/csv", "application/json"]),
        Ok(Some("application/json"))
    );
}

#[test]
fn a_range_that_is_declared_answers_any_type_of_it() {
    assert_eq!(
        accept("image/png", &["application/json", "image/*"]),
        Ok(Some("image/*"))
    );
    assert_eq!(accept("image/png", &["*/*"]), Ok(Some("*/*")));
    assert_eq!(accept("text/plain", &["image/*"]), Err(406));
    assert!(
        covers("image/*", "image/png")
            && covers("application/json; charset=utf-8", "Application/JSON")
    );
    assert!(!covers("image/png", "image/gif"));
}

#[test]
fn an_operation_knows_which_answers_it_declares() {
    let operation = Operation {
        responses: &[
            Response {
                status: Status::Code(200),
                media: &["application/json"],
                problems: &[],
            },
            Response {
                status: Status::Code(204),
                media: &[],
                problems: &[],
            },
            Response {
                status: Status::Range(4),
                media: &["application/problem+json"],
                problems: &["not-found"],
            },
        ],
        ..BARE
    };

    assert!(operation.declares(200, Some("application/json; charset=utf-8")));
    assert!(!operation.declares(200, Some("text/plain")));
    assert!(!operation.declares(200, None));
    assert!(operation.declares(204, None));
    assert!(!operation.declares(204, Some("application/json")));
    assert!(operation.declares(404, Some("application/problem+json")));
    assert!(!operation.declares(500, Some("application/problem+json")));
    assert!(operation.declares_problem(404, "not-found"));
    assert!(!operation.declares_problem(404, "conflict"));
    let fallback = Response {
        status: Status::Default,
        media: &["*/*"],
        problems: &[],
    };
    let operation = Operation {
        responses: vec![fallback].leak(),
        ..BARE
    };
    assert!(
        operation.declares(503, Some("application/problem+json"))
            && operation.declares_problem(503, "any")
    );
}
