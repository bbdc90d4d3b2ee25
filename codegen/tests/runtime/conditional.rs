//! Conditional requests: which entity tags match.

use http::header::{IF_MATCH, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::support::BARE;
use crate::runtime::conditional::Preconditions;
use crate::runtime::operation::{Operation, Policy};

const WRITE: Operation = Operation {
    method: "PATCH",
    if_match: Policy::Optional,
    if_none_match: Policy::Optional,
    ..BARE
};

fn holds(name: &HeaderName, lines: &[&'static str], current: &str) -> bool {
    let mut headers = HeaderMap::new();
    for line in lines {
        headers.append(name, HeaderValue::from_static(line));
    }
    let outcome = Preconditions::read(&WRITE, &headers).check(current);
    assert!(outcome.is_ok() || outcome.is_err_and(|it| it.kind.status == 412));
    Preconditions::read(&WRITE, &headers).check(current).is_ok()
}

#[test]
fn if_match_compares_strongly() {
    for (lines, current) in [
        (&["*"][..], "\"1\""),
        (&["\"1\""], "\"1\""),
        (&["\"0\", \"1\""], "\"1\""),
        (&["\"0\" ,\t\"1\","], "\"1\""),
        (&["\"0\"", "\"1\""], "\"1\""),
        (&["\"a,b\""], "\"a,b\""),
        (&["*"], "W/\"1\""),
        (&[], "\"1\""),
    ] {
        assert!(holds(&IF_MATCH, lines, current), "{lines:?} {current}");
    }
    for (lines, current) in [
        (&["\"2\""][..], "\"1\""),
        (&["W/\"1\""], "\"1\""),
        (&["W/\"1\""], "W/\"1\""),
        (&["\"1\""], "W/\"1\""),
        (&["\"a,\"1\"\""], "\"1\""),
        (&["1"], "\"1\""),
        (&[""], "\"1\""),
    ] {
        assert!(!holds(&IF_MATCH, lines, current), "{lines:?} {current}");
    }
}

#[test]
fn if_none_match_compares_weakly() {
    for lines in [&["*"][..], &["\"1\""], &["W/\"1\""], &["\"0\", W/\"1\""]] {
        assert!(!holds(&IF_NONE_MATCH, lines, "\"1\""), "{lines:?}");
        assert!(!holds(&IF_NONE_MATCH, lines, "W/\"1\""), "{lines:?}");
    }
    for lines in [&["\"2\""][..], &["W/\"2\""], &[]] {
        assert!(holds(&IF_NONE_MATCH, lines, "\"1\""), "{lines:?}");
    }
}

#[test]
fn a_header_that_the_operation_does_not_take_asks_nothing() {
    let headers = HeaderMap::from_iter([(IF_MATCH, HeaderValue::from_static("\"2\""))]);

    assert!(Preconditions::read(&BARE, &headers).check("\"1\"").is_ok());
}
