//! Path templates.

use std::cmp::Ordering;

use crate::runtime::path::Piece::{Literal, Parameter, Rest};
use crate::runtime::path::{Asked, Captures, Piece, Template, match_template, query_captures};

const fn template(segments: &'static [&'static [Piece]]) -> Template {
    Template {
        segments,
        query: &[],
    }
}

const USER: Template = template(&[&[Literal("users")], &[Parameter("id")]]);
const ME: Template = template(&[&[Literal("users")], &[Literal("me")]]);
const FILE: Template = template(&[
    &[Literal("files")],
    &[Parameter("name"), Literal("."), Parameter("format")],
]);
const VERSION: Template = template(&[&[Literal("users")], &[Literal("v"), Parameter("n")]]);
const ACTION: Template = template(&[&[Literal("users")], &[Parameter("id"), Literal(":stop")]]);
const SEARCH: Template = Template {
    segments: &[&[Literal("users")]],
    query: &[
        ("acl", Asked::Presence),
        ("type", Asked::Text("a b")),
        ("q", Asked::Parameter("word")),
    ],
};

fn captures<'p>(template: &Template, path: &'p str) -> Option<Captures<'p>> {
    match_template(template, path, None)
}

#[test]
fn parameters_capture_raw_text_and_text_must_be_equal() {
    assert_eq!(captures(&USER, "/users/a%2Fb"), Some(vec![("id", "a%2Fb")]));
    assert_eq!(captures(&ME, "/users/me"), Some(vec![]));
    assert_eq!(captures(&ME, "/users/m%65"), Some(vec![]));
    for path in [
        "/users/",
        "/users",
        "/users/a/b",
        "/users/a/",
        "//a",
        "users/a",
        "/Users/a",
        "",
        "/",
    ] {
        assert_eq!(captures(&USER, path), None, "{path}");
    }
    assert_eq!(captures(&template(&[&[]]), "/"), Some(vec![]));
    assert_eq!(
        captures(&template(&[&[Literal("a")], &[]]), "/a/"),
        Some(vec![])
    );
    assert_eq!(
        captures(&template(&[&[Literal("a b%c")]]), "/a%20b%25c"),
        Some(vec![])
    );
}

#[test]
fn a_segment_may_hold_several_parameters() {
    assert_eq!(
        captures(&FILE, "/files/a.json"),
        Some(vec![("name", "a"), ("format", "json")])
    );
    assert_eq!(
        captures(&FILE, "/files/a.b.json"),
        Some(vec![("name", "a.b"), ("format", "json")])
    );
    assert_eq!(
        captures(&FILE, "/files/a..json"),
        Some(vec![("name", "a."), ("format", "json")])
    );
    assert_eq!(captures(&FILE, "/files/a."), None);
    assert_eq!(captures(&FILE, "/files/.json"), None);
    assert_eq!(captures(&FILE, "/files/a"), None);
    assert_eq!(
        captures(&FILE, "/files/é.ü"),
        Some(vec![("name", "é"), ("format", "ü")])
    );
    assert_eq!(captures(&VERSION, "/users/v12"), Some(vec![("n", "12")]));
    assert_eq!(captures(&VERSION, "/users/v"), None);
    assert_eq!(
        captures(&ACTION, "/users/a:stop:stop"),
        Some(vec![("id", "a:stop")])
    );
    assert_eq!(captures(&ACTION, "/users/:stop"), None);
}

#[test]
fn text_beside_parameters_may_be_encoded() {
    let pair = template(&[&[Parameter("a"), Parameter("b")]]);

    assert_eq!(
        captures(&ACTION, "/users/a%3astop"),
        Some(vec![("id", "a")])
    );
    assert_eq!(
        captures(&VERSION, "/users/%761%25"),
        Some(vec![("n", "1%25")])
    );
    assert_eq!(
        captures(&FILE, "/files/a%2Eb"),
        Some(vec![("name", "a"), ("format", "b")])
    );
    assert_eq!(
        captures(&pair, "/x%20"),
        Some(vec![("a", "x"), ("b", "%20")])
    );
    assert_eq!(captures(&pair, "/%20"), None);
    let nine = template(&[&[Parameter("a"), Literal("9")]]);
    assert_eq!(captures(&nine, "/x%29"), None);
}

#[test]
fn adjacent_and_surrounded_parameters_are_told_apart() {
    let pair = template(&[&[Parameter("a"), Parameter("b")]]);
    let point = template(&[&[
        Literal("("),
        Parameter("x"),
        Literal(","),
        Parameter("y"),
        Literal(")"),
    ]]);
    let range = template(&[&[Parameter("base"), Literal("..."), Parameter("head")]]);

    assert_eq!(captures(&pair, "/xyz"), Some(vec![("a", "xy"), ("b", "z")]));
    assert_eq!(captures(&pair, "/x"), None);
    assert_eq!(
        captures(&point, "/(1,2)"),
        Some(vec![("x", "1"), ("y", "2")])
    );
    assert_eq!(captures(&point, "/(1,)"), None);
    assert_eq!(
        captures(&range, "/v1...v2"),
        Some(vec![("base", "v1"), ("head", "v2")])
    );
}

#[test]
fn a_path_may_ask_something_of_the_query() {
    assert!(match_template(&SEARCH, "/users", Some("x=1&type=a+b&acl&q=c")).is_some());
    assert_eq!(
        query_captures(&SEARCH, Some("q=a+b%2B&acl")),
        [("word", "a%20b%2B".to_owned())]
    );
    for query in [
        None,
        Some("acl"),
        Some("acl&q=c&type=b"),
        Some("acl&type=a+b"),
        Some("acl&q=c&type=%zz"),
        Some("%zz"),
    ] {
        assert_eq!(match_template(&SEARCH, "/users", query), None, "{query:?}");
    }
}

#[test]
fn the_more_specific_template_comes_first() {
    let plain = Template {
        query: &[],
        ..SEARCH
    };
    let longer = template(&[&[Literal("users")], &[Literal("ver"), Parameter("n")]]);
    for (first, second) in [
        (ME, USER),
        (ME, VERSION),
        (VERSION, USER),
        (longer, VERSION),
        (SEARCH, plain),
    ] {
        assert_eq!(first.by_specificity(&second), Ordering::Less);
        assert_eq!(second.by_specificity(&first), Ordering::Greater);
    }
    assert_eq!(
        USER.by_specificity(&template(&[&[Literal("posts")], &[Parameter("x")]])),
        Ordering::Equal
    );
}

#[test]
fn a_parameter_may_take_slashes() {
    let all = template(&[&[Literal("files")], &[Rest("path")]]);
    let middle = template(&[
        &[Literal("a")],
        &[Rest("name"), Literal(":run")],
        &[Literal("b")],
    ]);
    let last = template(&[&[Rest("path")], &[Parameter("id")], &[]]);

    assert_eq!(captures(&all, "/files/a"), Some(vec![("path", "a")]));
    assert_eq!(
        captures(&all, "/files/a/b%2F/"),
        Some(vec![("path", "a/b%2F/")])
    );
    assert_eq!(captures(&all, "/files/"), None);
    assert_eq!(captures(&all, "/files"), None);
    assert_eq!(
        captures(&middle, "/a/x/y:run/b"),
        Some(vec![("name", "x/y")])
    );
    assert_eq!(captures(&middle, "/a/x:run"), None);
    assert_eq!(captures(&middle, "/a/b"), None);
    assert_eq!(
        captures(&last, "/a/b/c/"),
        Some(vec![("path", "a/b"), ("id", "c")])
    );
    assert_eq!(captures(&last, "/a/"), None);
    assert_eq!(captures(&USER, "/users/a").map(|it| it.len()), Some(1));
    assert_eq!(
        USER.by_specificity(&template(&[&[Literal("users")], &[Rest("x")]])),
        Ordering::Less
    );
}
