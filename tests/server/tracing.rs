//! The trace id, from the request to the answer.

use crate::support::TestServer;

#[tokio::test]
async fn an_answer_carries_the_trace_id_of_its_request() {
    let server = TestServer::start(&[]).await;
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    let traced = server
        .send(&format!(
            "GET /hello HTTP/1.1\r\nhost: test\r\ntraceparent: {parent}\r\n\r\n"
        ))
        .await;
    let named = server
        .send("GET /nothing HTTP/1.1\r\nhost: test\r\nx-request-id: mine\r\n\r\n")
        .await;
    let [one, two] = [server.get("/hello").await, server.get("/hello").await];

    assert_eq!(
        traced.header("x-request-id"),
        "4bf92f3577b34da6a3ce929d0e0e4736"
    );
    assert_eq!(named.header("x-request-id"), "mine");
    let problem: serde_json::Value = serde_json::from_slice(&named.body).unwrap();
    let trace_id = problem["trace_id"].as_str().unwrap();
    assert_eq!((named.status, trace_id.len()), (404, 32), "{trace_id}");
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
}
