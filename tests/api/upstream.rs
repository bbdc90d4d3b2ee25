//! What the service says of its upstream, whatever that does.

use std::collections::HashSet;

use serde_json::Value;

use crate::support::{Answer, OK, Reaction, TestApp, Upstream};

const PATH: &str = "/v1/upstream-health";
const UNAVAILABLE: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";

/// Asks for the health of an upstream that behaves like this, in a service on each backend.
async fn ask(script: fn(usize) -> Reaction) -> Vec<(Answer, Vec<String>)> {
    let mut answers = Vec::new();
    let upstream = Upstream::start(script);
    let url = upstream.url();
    // The time is for one that never answers; all others answer at once.
    let settings = [
        ("UPSTREAM_BASE_URL", url.as_str()),
        ("TIMEOUT_SECONDS", "2"),
    ];
    for app in TestApp::with_settings(&settings).await {
        let before = upstream.asked().len();
        let answer = app.partner().get(PATH).await;
        let asked = upstream.asked().split_off(before);
        answers.push((answer, asked));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_is_well_is_named_with_its_status() {
    let upstream = Upstream::start(|_| Reaction::Answer(OK));
    let url = format!("{}/stock/", upstream.url());
    let settings = [("UPSTREAM_BASE_URL", url.as_str()), ("APP_NAME", "Shop")];
    for app in TestApp::with_settings(&settings).await {
        let health = app.partner().get(PATH).await.assert_status(200);

        assert_eq!(health["app"], "Shop");
        assert_eq!(health["upstream"], upstream.url());
        assert_eq!(health["status_code"], 200);
    }
    let [asked, _] = upstream.asked().try_into().unwrap();
    assert!(asked.starts_with("get /stock/health http/1.1"), "{asked}");
    assert!(asked.contains("user-agent: concordat/"), "{asked}");
    assert!(!asked.contains("authorization"), "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_goes_on_at_the_upstream_under_a_new_span_for_every_try() {
    let upstream = Upstream::start(|_| Reaction::Answer(UNAVAILABLE));
    let url = upstream.url();
    for app in TestApp::with_settings(&[("UPSTREAM_BASE_URL", &url)]).await {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let answer = app.partner().get(PATH).header("traceparent", parent).await;
        answer.assert_problem(502, "upstream-error");
    }

    let mut spans = HashSet::from(["00f067aa0ba902b7".to_owned()]);
    for head in upstream.asked() {
        let (_, sent) = head.split_once("traceparent: ").unwrap();
        let sent: Vec<_> = sent.lines().next().unwrap().split('-').collect();
        let [version, trace, span, flags] = sent.try_into().unwrap();
        assert_eq!(
            (version, trace, flags),
            ("00", "4bf92f3577b34da6a3ce929d0e0e4736", "01")
        );
        assert!(u64::from_str_radix(span, 16).unwrap() > 0 && span.len() == 16);
        assert!(spans.insert(span.to_owned()), "{span} twice");
    }
    assert_eq!(spans.len(), 1 + 2 * 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_the_upstream_is_told_with_its_status() {
    const FAILED: &str = "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n";
    for (answer, asked) in ask(|_| Reaction::Answer(FAILED)).await {
        let problem = answer.assert_problem(502, "upstream-error");

        assert_eq!(problem["upstream_status"], 500);
        assert_eq!(asked.len(), 1, "what failed for good is not asked again");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_passes_is_tried_again() {
    for failure in [Reaction::Answer(UNAVAILABLE), Reaction::Close] {
        let upstream = Upstream::start(move |number| match number % 3 {
            2 => Reaction::Answer(OK),
            _ => failure.clone(),
        });
        let url = upstream.url();
        for app in TestApp::with_settings(&[("UPSTREAM_BASE_URL", &url)]).await {
            app.partner().get(PATH).await.assert_status(200);
        }
        assert_eq!(upstream.asked().len(), 2 * 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_are_bounded_in_number() {
    for (answer, asked) in ask(|_| Reaction::Answer(UNAVAILABLE)).await {
        let problem = answer.assert_problem(502, "upstream-error");

        assert_eq!(problem["upstream_status"], 503);
        assert_eq!(asked.len(), 3);
    }
    for (answer, asked) in ask(|_| Reaction::Close).await {
        answer.assert_problem(502, "upstream-unreachable");
        assert_eq!(asked.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_names_a_time_to_wait_is_left_alone() {
    const LATER: &str =
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n";
    for (answer, asked) in ask(|_| Reaction::Answer(LATER)).await {
        answer.assert_problem(502, "upstream-error");
        assert_eq!(asked.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_is_too_slow_is_given_up_in_time() {
    for script in [
        |_: usize| Reaction::Silence,
        |number: usize| match number % 2 {
            0 => Reaction::Answer(UNAVAILABLE),
            _ => Reaction::Silence,
        },
    ] {
        for (answer, _) in ask(script).await {
            answer.assert_problem(504, "upstream-timeout");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_is_not_there_is_unreachable() {
    let gone = Upstream::start(|_| Reaction::Close).url();
    for app in TestApp::with_settings(&[("UPSTREAM_BASE_URL", &gone)]).await {
        let answer = app.partner().get(PATH).await;

        answer.assert_problem(502, "upstream-unreachable");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_says_too_much_is_cut_short() {
    const ANNOUNCED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 65537\r\n\r\n";
    const CHUNK: &str = "400\r\n";
    fn endless(_: usize) -> Reaction {
        static TEXT: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let chunk = format!("{CHUNK}{}\r\n", "a".repeat(0x400));
            format!(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}",
                chunk.repeat(100)
            )
        });
        Reaction::Endless(&TEXT)
    }
    for script in [|_: usize| Reaction::Answer(ANNOUNCED), endless] {
        for (answer, asked) in ask(script).await {
            let problem = answer.assert_problem(502, "upstream-error");

            assert_eq!(problem["upstream_status"], 200);
            assert_eq!(asked.len(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_cannot_send_us_elsewhere() {
    const ELSEWHERE: &str =
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    for (answer, asked) in ask(|_| Reaction::Answer(ELSEWHERE)).await {
        let problem = answer.assert_problem(502, "upstream-error");

        assert_eq!(problem["upstream_status"], 302);
        assert_eq!(asked.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_upstream_there_is_none_to_ask() {
    for app in TestApp::with_settings(&[("UPSTREAM_BASE_URL", "")]).await {
        let answer = app.partner().get(PATH).await;

        let problem: Value = answer.assert_problem(404, "upstream-unconfigured");
        assert_eq!(
            problem["detail"],
            "the operator has not set UPSTREAM_BASE_URL"
        );
    }
}
