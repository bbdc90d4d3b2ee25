//! Bodies made to cost more than they weigh: refused like any other, and the service goes on.

use std::fmt::Write;
use std::future::IntoFuture;
use std::time::Duration;

use tokio::time::timeout;

use crate::support::TestApp;

/// The largest body, in bytes.
const MOST: usize = 256 * 1_024;

/// A hang, not a measure: the slowest of these takes milliseconds.
const HANG: Duration = Duration::from_secs(20);

/// `piece` as often as fits between the two.
fn filled(start: &str, piece: &str, end: &str) -> String {
    let times = (MOST - start.len() - end.len()) / piece.len();
    format!("{start}{}{end}", piece.repeat(times))
}

/// An object of as many members as fit.
fn many_members() -> String {
    let mut body = String::from("{\"k\": 0");
    for number in 0.. {
        if body.len() + 32 > MOST {
            break;
        }
        write!(body, ",\"k{number}\":0").unwrap();
    }
    body + "}"
}

fn costly() -> Vec<(&'static str, String, u16)> {
    let name = |value: &str| format!(r#"{{"name": {value}, "slug": "coffee"}}"#);
    vec![
        ("deep and never closed", "[".repeat(MOST), 400),
        ("deep objects", r#"{"a":"#.repeat(MOST / 5), 400),
        (
            "deep and closed",
            "[".repeat(MOST / 2) + &"]".repeat(MOST / 2),
            400,
        ),
        ("wide", filled("[0", ",0", "]"), 422),
        ("wide of wide", filled("[[]", ",[]", "]"), 422),
        ("many members", many_members(), 422),
        (
            "one member again and again",
            filled("{\"a\":0", ",\"a\":0", "}"),
            400,
        ),
        ("a long name of a member", filled("{\"", "a", "\":0}"), 422),
        (
            "escapes",
            name(&format!("\"{}\"", "\\u00e9".repeat(40_000))),
            422,
        ),
        (
            "a long text",
            filled("{\"name\":\"", "a", "\",\"slug\":\"coffee\"}"),
            422,
        ),
        (
            "what a pattern could go back over",
            name(&format!("\"{}!\"", "a-".repeat(60_000))),
            422,
        ),
        ("a number of many digits", name(&"9".repeat(200_000)), 400),
        (
            "a fraction of many digits",
            name(&format!("0.{}", "1".repeat(200_000))),
            400,
        ),
        ("a huge exponent", name("1e999999999"), 400),
        (
            "a huge exponent of many digits",
            name(&format!("1e{}", "9".repeat(100_000))),
            400,
        ),
        ("a tiny exponent", name("1e-999999999"), 400),
        ("white space", filled("", " ", ""), 400),
        ("a half of a surrogate pair", name(r#""\udfff""#), 400),
        (
            "two halves in the wrong order",
            name(r#""\udc00\ud800""#),
            400,
        ),
        (
            "a byte order mark",
            format!("\u{feff}{}", name("\"a\"")),
            400,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_made_to_be_costly_is_refused_like_any_other() {
    for app in TestApp::on_each_backend().await {
        for (what, body, status) in costly() {
            let call = app.partner().call("POST", "/v1/categories").invalid();
            let call = call.body("application/json", body);

            let answer = timeout(HANG, call.into_future()).await.expect(what);

            assert_eq!(answer.status, status, "{what}: {answer:?}");
            assert!(
                answer.body.len() < 64 * 1_024,
                "{what} is answered at length"
            );
        }
        let good = app.partner().post("/v1/categories", app.category().body());
        good.await.assert_status(201);
    }
}
