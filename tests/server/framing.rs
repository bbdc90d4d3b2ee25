//! Requests that say in two ways where they end, or what they ask for: none is read in one of them.

use crate::support::TestServer;

/// A request that hides another one from whoever reads its end otherwise.
fn post(fields: &str, body: &str) -> String {
    format!("POST /echo HTTP/1.1\r\nhost: test\r\n{fields}\r\n{body}")
}

/// Everything that comes back for these bytes, up to the end of the connection.
async fn all_answers(server: &TestServer, request: &str) -> String {
    let mut client = server.connect().await;
    client.write(request).await;
    String::from_utf8(client.closed().await).unwrap()
}

#[tokio::test]
async fn a_request_of_uncertain_length_is_refused_and_nothing_after_it_is_read() {
    let server = TestServer::start(&[]).await;
    let hidden = "GET /hello HTTP/1.1\r\nhost: test\r\n\r\n";
    let chunks = format!("0\r\n\r\n{hidden}");
    let length = chunks.len();
    for fields in [
        format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n"),
        format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n"),
        format!("Transfer-Encoding: chunked\r\nX-Pad: y\r\nCONTENT-LENGTH: {length}\r\n"),
        "transfer-encoding: chunked\r\ncontent-length: x\r\n".to_owned(),
        "content-length: 5\r\ncontent-length: 6\r\n".to_owned(),
        "content-length: 5\r\ncontent-length: 5\r\n".to_owned(),
        "content-length: 5, 5\r\n".to_owned(),
        "content-length: +5\r\n".to_owned(),
        "content-length: -5\r\n".to_owned(),
        "content-length: 5 5\r\n".to_owned(),
        "content-length: 0x5\r\n".to_owned(),
        "content-length: \r\n".to_owned(),
        "content-length: 99999999999999999999\r\n".to_owned(),
        "content-length : 5\r\n".to_owned(),
        " content-length: 5\r\n".to_owned(),
        "transfer-encoding: identity\r\n".to_owned(),
        "transfer-encoding: chunked, identity\r\n".to_owned(),
        "transfer-encoding: gzip, chunked\r\n".to_owned(),
        "transfer-encoding: chunked, chunked\r\n".to_owned(),
        "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n".to_owned(),
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n".to_owned(),
        "transfer-encoding: xchunked\r\n".to_owned(),
        "transfer-encoding: \u{b}chunked\r\n".to_owned(),
        "transfer-encoding : chunked\r\n".to_owned(),
        "transfer-encoding:\r\n chunked\r\n".to_owned(),
        "x: y\r\n transfer-encoding: chunked\r\n".to_owned(),
    ] {
        let sent = all_answers(&server, &post(&fields, &chunks)).await;

        assert!(sent.starts_with("HTTP/1.1 400 "), "{fields:?}: {sent}");
        assert_eq!(sent.matches("HTTP/1.1 ").count(), 1, "{fields:?}: {sent}");
        assert!(sent.contains("/problems/bad-request"), "{fields:?}: {sent}");
    }
}

#[tokio::test]
async fn chunks_that_are_none_end_the_connection() {
    let server = TestServer::start(&[]).await;
    let hidden = "GET /hello HTTP/1.1\r\nhost: test\r\n\r\n";
    for chunks in [
        "5\nhello\r\n0\r\n\r\n",
        "x\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    ] {
        let request = post(
            "transfer-encoding: chunked\r\n",
            &format!("{chunks}{hidden}"),
        );

        let sent = all_answers(&server, &request).await;

        assert!(!sent.contains("200 OK"), "{chunks:?}: {sent}");
        assert!(sent.matches("HTTP/1.1 ").count() <= 1, "{chunks:?}: {sent}");
    }
}

#[tokio::test]
async fn chunks_are_read_and_what_follows_them_is_the_next_request() {
    let server = TestServer::start(&[]).await;
    let mut client = server.connect().await;

    let chunks = "3\r\nhel\r\n2;ext=1\r\nlo\r\n0\r\ntrailer: x\r\n\r\n";
    let request = post("transfer-encoding: chunked\r\n", chunks);
    client.write(&format!("{request}{request}")).await;

    assert_eq!(client.answer().await.text(), "hello");
    assert_eq!(client.answer().await.text(), "hello");
}

#[tokio::test]
async fn a_header_is_lines_of_names_and_visible_text() {
    let server = TestServer::start(&[("KEEP_ALIVE", "500ms")]).await;
    for header in [
        "GET /hello HTTP/1.1\nhost: test\n\n",
        "GET /hello HTTP/1.1\r\nhost: test\nx: y\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\nx: a\rb\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\nx: a\0b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\nx\0: b\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\nx: y\r\n folded\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\nx y: z\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhost: test\r\n: z\r\n\r\n",
        "GET  /hello HTTP/1.1\r\nhost: test\r\n\r\n",
        "GET /hello HTTP/1.2\r\nhost: test\r\n\r\n",
        "GET /hello HTTP/3.0\r\nhost: test\r\n\r\n",
        "GET /hello\r\nhost: test\r\n\r\n",
        "GET /he llo HTTP/1.1\r\nhost: test\r\n\r\n",
        "GET hello HTTP/1.1\r\nhost: test\r\n\r\n",
        "GE\u{7f}T /hello HTTP/1.1\r\nhost: test\r\n\r\n",
        "GET /hello\0 HTTP/1.1\r\nhost: test\r\n\r\n",
    ] {
        let sent = all_answers(&server, header).await;

        assert!(sent.starts_with("HTTP/1.1 4"), "{header:?}: {sent}");
        assert_eq!(sent.matches("HTTP/1.1 ").count(), 1, "{header:?}: {sent}");
    }
}

#[tokio::test]
async fn a_target_with_an_authority_leads_to_the_same_path() {
    let server = TestServer::start(&[]).await;

    let absolute = server
        .send("GET http://test/hello HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;
    let elsewhere = server
        .send("GET http://test/nothing HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;

    assert_eq!(absolute.text(), "hello");
    elsewhere.problem(404, "not-found");
}

#[tokio::test]
async fn a_path_is_never_followed_upwards_nor_cut_at_a_nul() {
    let server = TestServer::start(&[]).await;
    for path in [
        "/../hello",
        "/x/../hello",
        "/%2e%2e/hello",
        "/hello%00",
        "/hello%2F",
        "//hello",
        "/hello/",
        "/hello;x",
        "/%ff%fe",
        "/\\hello",
    ] {
        server.get(path).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn no_header_changes_the_method_or_the_path() {
    let server = TestServer::start(&[]).await;
    for field in [
        "x-http-method-override: DELETE",
        "x-http-method: DELETE",
        "x-method-override: DELETE",
        "x-original-url: /nothing",
        "x-rewrite-url: /nothing",
        "x-forwarded-prefix: /nothing",
    ] {
        let request = format!("GET /hello HTTP/1.1\r\nhost: test\r\n{field}\r\n\r\n");

        assert_eq!(server.send(&request).await.text(), "hello", "{field}");
    }
}

#[tokio::test]
async fn methods_that_nobody_serves_are_problems() {
    let server = TestServer::start(&[]).await;
    for method in ["TRACE", "OPTIONS", "PROPFIND", "BREW", "get", "LINK"] {
        let answer = server
            .send(&format!("{method} /hello HTTP/1.1\r\nhost: test\r\n\r\n"))
            .await;

        answer.problem(405, "method-not-allowed");
        assert_eq!(answer.header("allow"), "GET,HEAD", "{method}");
    }
    for request in [
        "CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: test\r\n\r\n",
    ] {
        let answer = server.send(request).await;

        assert!((400..500).contains(&answer.status), "{answer:?}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}
