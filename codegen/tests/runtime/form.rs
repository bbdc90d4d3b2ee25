//! URL-encoded forms.

use serde_json::{Value, json};

use crate::runtime::form::read;
use crate::runtime::operation::{Media, MediaKind, Part, Shape, Style};
use crate::runtime::problem::Problem;

const ADDRESS: Shape = Shape::Object {
    members: &[("city", &Shape::String), ("no", &Shape::Integer)],
    rest: None,
};

const PART: Part = Part {
    name: "",
    content_types: &[],
    style: Style::Form,
    explode: true,
    headers: &[],
    is_file: false,
    max_bytes: None,
};

static FORM: Media = Media {
    range: "application/x-www-form-urlencoded",
    kind: MediaKind::Form,
    max_bytes: None,
    secrets: &[],

    shape: &Shape::Object {
        members: &[
            ("age", &Shape::Integer),
            ("name", &Shape::String),
            ("ok", &Shape::Boolean),
            ("ids", &Shape::Array(&Shape::Integer)),
            ("csv", &Shape::Array(&Shape::Integer)),
            ("address", &ADDRESS),
            ("deep", &ADDRESS),
            (
                "spread",
                &Shape::Object {
                    members: &[("R", &Shape::Integer)],
                    rest: None,
                },
            ),
            ("flat", &ADDRESS),
            ("rows", &Shape::Array(&ADDRESS)),
            ("meta", &Shape::Any),
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
            name: "deep",
            style: Style::DeepObject,
            ..PART
        },
        Part {
            name: "spread",
            ..PART
        },
        Part {
            name: "flat",
            explode: false,
            ..PART
        },
        Part {
            name: "meta",
            content_types: &["application/json"],
            ..PART
        },
    ],
};

fn form(text: &str) -> Result<Value, Problem> {
    read(&FORM, text.as_bytes())
}

fn refusal(text: &str) -> (u16, String, String) {
    let problem = form(text).expect_err(text);
    let error = problem.errors.first().expect("a violation");
    (
        problem.kind.status,
        error.pointer.clone(),
        error.keyword.clone().into_owned(),
    )
}

#[test]
fn members_are_read_by_their_shapes_and_parts() {
    for (text, expected) in [
        ("", json!({})),
        (
            "age=5&name=a+b%26&ok=true",
            json!({"age": 5, "name": "a b&", "ok": true}),
        ),
        ("age=x", json!({"age": "x"})),
        ("ids=1&ids=2", json!({"ids": [1, 2]})),
        ("ids=1", json!({"ids": [1]})),
        ("csv=1,2", json!({"csv": [1, 2]})),
        (
            "address[city]=a&address[no]=5",
            json!({"address": {"city": "a", "no": 5}}),
        ),
        ("address=%7B%22no%22%3A5%7D", json!({"address": {"no": 5}})),
        ("address=x", json!({"address": "x"})),
        ("deep[city]=a", json!({"deep": {"city": "a"}})),
        ("R=5", json!({"spread": {"R": 5}})),
        ("flat=city,a,no,5", json!({"flat": {"city": "a", "no": 5}})),
        (
            "rows[0][no]=1&rows[1][no]=2",
            json!({"rows": [{"no": 1}, {"no": 2}]}),
        ),
        (
            "rows={\"no\":1}&rows={\"no\":2}",
            json!({"rows": [{"no": 1}, {"no": 2}]}),
        ),
        ("rows=[{\"no\":1}]", json!({"rows": [{"no": 1}]})),
        ("meta={\"a\":[1]}", json!({"meta": {"a": [1]}})),
        (
            "other=1&other=2&z=3",
            json!({"other": ["1", "2"], "z": "3"}),
        ),
    ] {
        assert_eq!(form(text).expect(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_place() {
    assert_eq!(refusal("name=%ff"), (400, "/name".into(), "utf-8".into()));
    assert_eq!(
        refusal("%zz=1"),
        (400, "/%zz".into(), "percent-encoding".into())
    );
    assert_eq!(refusal("name=%00"), (400, "/name".into(), "nul".into()));
    assert_eq!(
        refusal("meta={\"a\":{\"b\":1,\"b\":1}}"),
        (400, "/meta/a/b".into(), "duplicate".into())
    );
    assert_eq!(
        refusal("age=1&age=2"),
        (422, "/age".into(), "duplicate".into())
    );
    assert_eq!(
        refusal(&"a=1&".repeat(1001)),
        (400, "".into(), "pairs".into())
    );
    assert_eq!(
        read(&FORM, b"name=\xff").expect_err("400").kind.slug,
        "malformed-body"
    );
}

#[test]
fn a_form_of_any_shape_holds_texts() {
    static ANY: Media = Media {
        range: "*/*",
        kind: MediaKind::Form,
        max_bytes: None,
        secrets: &[],

        shape: &Shape::Any,
        parts: &[],
    };

    assert_eq!(
        read(&ANY, b"a=1&b[c]=2").expect("read"),
        json!({"a": "1", "b[c]": "2"})
    );
}
