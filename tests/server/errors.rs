//! Whatever goes wrong is a problem, and every answer is safe for browsers.

use crate::support::TestServer;

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let server = TestServer::start(&[]).await;

    let answer = server.get("/nothing?secret=1").await;

    let problem = answer.problem(404, "not-found");
    assert_eq!(problem["instance"], "/nothing");
}

#[tokio::test]
async fn an_unknown_method_is_a_problem_that_names_the_known_ones() {
    let server = TestServer::start(&[]).await;

    let answer = server
        .send("DELETE /hello HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;

    answer.problem(405, "method-not-allowed");
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn a_panic_costs_one_request_and_tells_nothing() {
    let server = TestServer::start(&[]).await;
    let mut client = server.connect().await;

    client
        .write("GET /panic HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;
    let failed = client.answer().await;
    client
        .write("GET /hello HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;
    let next = client.answer().await;

    failed.problem(500, "internal-error");
    assert!(!failed.text().contains("log only"));
    assert_eq!(next.text(), "hello");
}

#[tokio::test]
async fn an_answer_to_credentials_is_not_stored() {
    let server = TestServer::start(&[]).await;

    let open = server.get("/hello").await;
    let known = server
        .send("GET /hello HTTP/1.1\r\nhost: test\r\nauthorization: Bearer x\r\n\r\n")
        .await;

    assert_eq!(
        (open.header("cache-control"), known.header("cache-control")),
        ("", "no-store")
    );
    assert_eq!(open.header("x-content-type-options"), "nosniff");
    assert_eq!(open.header("referrer-policy"), "no-referrer");
    assert_eq!(
        open.header("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
}

#[tokio::test]
async fn a_page_keeps_its_own_content_policy() {
    let server = TestServer::start(&[]).await;

    let page = server.get("/page").await;

    assert_eq!(page.header("content-security-policy"), "default-src 'self'");
}

#[tokio::test]
async fn only_listed_origins_may_read_answers() {
    let closed = TestServer::start(&[]).await;
    let open = TestServer::start(&[("CORS_ORIGINS", "https://app.example.com")]).await;
    let from =
        |origin: &str| format!("GET /hello HTTP/1.1\r\nhost: test\r\norigin: {origin}\r\n\r\n");

    let by_default = closed.send(&from("https://app.example.com")).await;
    let listed = open.send(&from("https://app.example.com")).await;
    let other = open.send(&from("https://evil.example")).await;

    assert_eq!(by_default.header("access-control-allow-origin"), "");
    assert_eq!(
        listed.header("access-control-allow-origin"),
        "https://app.example.com"
    );
    assert_eq!(listed.header("access-control-allow-credentials"), "");
    assert_eq!(other.header("access-control-allow-origin"), "");
}
