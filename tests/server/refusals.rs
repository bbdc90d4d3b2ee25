//! Requests that are refused before anything of them is worked on.

use crate::support::{Answer, TestServer};

async fn refused(request: &str) -> Answer {
    TestServer::start(&[]).await.send(request).await
}

fn with_fields(fields: usize) -> String {
    let fields: String = (0..fields)
        .map(|index| format!("x-{index}: y\r\n"))
        .collect();
    format!("GET /hello HTTP/1.1\r\nhost: test\r\n{fields}\r\n")
}

#[tokio::test]
async fn a_request_names_its_host_once() {
    refused("GET /hello HTTP/1.1\r\n\r\n")
        .await
        .problem(400, "bad-request");
    refused("GET /hello HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n")
        .await
        .problem(400, "bad-request");
    refused("GET /hello HTTP/1.1\r\nhost: a b\r\n\r\n")
        .await
        .problem(400, "bad-request");
    refused("GET /hello HTTP/1.1\r\nhost:\r\n\r\n")
        .await
        .problem(400, "bad-request");
}

#[tokio::test]
async fn an_old_client_need_not_name_its_host() {
    assert_eq!(refused("GET /hello HTTP/1.0\r\n\r\n").await.text(), "hello");
}

#[tokio::test]
async fn a_target_of_8_kib_is_the_longest() {
    let target = |length: usize| format!("/hello?{}", "x".repeat(length - "/hello?".len()));
    let server = TestServer::start(&[]).await;

    let longest = server.get(&target(8_192)).await;
    let longer = server.get(&target(8_193)).await;
    let much_longer = server.get(&target(65_000)).await;

    assert_eq!(longest.status, 200);
    longer.problem(414, "uri-too-long");
    much_longer.problem(414, "uri-too-long");
}

#[tokio::test]
async fn a_path_that_is_too_long_is_not_repeated() {
    let answer = TestServer::start(&[])
        .await
        .get(&format!("/{}", "x".repeat(60_000)))
        .await;

    let problem = answer.problem(414, "uri-too-long");
    assert!(problem.get("instance").is_none() && answer.body.len() < 1_000);
}

#[tokio::test]
async fn a_header_of_100_fields_is_the_longest() {
    let server = TestServer::start(&[]).await;

    // The host is a field, too.
    assert_eq!(server.send(&with_fields(99)).await.status, 200);
    for fields in [100, 200, 1_000, 1_500] {
        server
            .send(&with_fields(fields))
            .await
            .problem(431, "headers-too-large");
    }
}

#[tokio::test]
async fn a_header_of_32_kib_is_the_largest() {
    let server = TestServer::start(&[]).await;
    let with = |bytes: usize| {
        format!(
            "GET /hello HTTP/1.1\r\nhost: test\r\nx-pad: {}\r\n\r\n",
            "x".repeat(bytes)
        )
    };

    assert_eq!(server.send(&with(32_000)).await.status, 200);
    for bytes in [33_000, 100_000, 200_000, 300_000] {
        server
            .send(&with(bytes))
            .await
            .problem(431, "headers-too-large");
    }
}

#[tokio::test]
async fn a_body_announced_as_too_large_is_refused_before_it_is_sent() {
    let head = "POST /echo HTTP/1.1\r\nhost: test\r\ncontent-length: 99999999999\r\nexpect: 100-continue\r\n\r\n";

    refused(head).await.problem(413, "body-too-large");
}

#[tokio::test]
async fn a_client_that_sends_on_regardless_still_reads_the_refusal() {
    let server =
        TestServer::start(&[("MAX_BODY_BYTES", "1000"), ("MAX_UPLOAD_BYTES", "1000")]).await;
    let body = "x".repeat(900_000);

    let answer = server
        .send(&format!(
            "POST /echo HTTP/1.1\r\nhost: test\r\ncontent-length: 900000\r\n\r\n{body}"
        ))
        .await;

    answer.problem(413, "body-too-large");
}

#[tokio::test]
async fn a_body_that_is_expected_is_asked_for() {
    let server = TestServer::start(&[]).await;
    let mut client = server.connect().await;

    client.write("POST /echo HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\nexpect: 100-continue\r\n\r\n").await;
    let go_on = client.answer().await;
    client.write("body").await;

    assert_eq!(go_on.status, 100);
    assert_eq!(client.answer().await.text(), "body");
}

#[tokio::test]
async fn what_is_no_http_is_a_problem_too() {
    refused("NO HTTP\r\n\r\n").await.problem(400, "bad-request");
    refused("GET /hello HTTP/1.1\r\nhost: test\r\nno field\r\n\r\n")
        .await
        .problem(400, "bad-request");
    refused("GET /hello HTTP/1.1\r\nhost: test\r\ncontent-length: x\r\n\r\n")
        .await
        .problem(400, "bad-request");
}

#[tokio::test]
async fn a_target_beyond_what_can_be_parsed_is_a_problem_too() {
    let answer = TestServer::start(&[])
        .await
        .get(&format!("/{}", "x".repeat(70_000)))
        .await;

    answer.problem(414, "uri-too-long");
}
