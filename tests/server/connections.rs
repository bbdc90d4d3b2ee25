//! Connections: how long they may stay, how many there may be, and how they end.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::time::{Instant, timeout};

use crate::http2::{frame, get};
use crate::support::{LONG, TestServer};

const GET: &str = "GET /hello HTTP/1.1\r\nhost: test\r\n\r\n";
const WAIT: &str = "GET /wait HTTP/1.1\r\nhost: test\r\n\r\n";

#[tokio::test]
async fn a_header_that_does_not_end_is_cut_off() {
    let server = TestServer::start(&[("HEADER_READ_TIMEOUT", "100ms")]).await;

    for half in [
        "",
        "G",
        "PRI * HTTP/2.0\r\n",
        "GET /hello HTTP/1.1\r\nhost: te",
    ] {
        let mut client = server.connect().await;
        client.write(half).await;
        assert!(client.closed().await.is_empty());
    }
}

#[tokio::test]
async fn a_header_that_trickles_is_cut_off() {
    let server = TestServer::start(&[("HEADER_READ_TIMEOUT", "200ms")]).await;
    let (mut reader, mut writer) = server.connect().await.stream.into_split();

    let trickle = async {
        loop {
            if tokio::io::AsyncWriteExt::write_all(&mut writer, b"x")
                .await
                .is_err()
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let ended = async {
        while tokio::io::AsyncReadExt::read(&mut reader, &mut [0; 64])
            .await
            .is_ok_and(|n| n > 0)
        {}
    };

    let first = async {
        tokio::select! { () = trickle => {}, () = ended => {} }
    };
    timeout(Duration::from_secs(5), first)
        .await
        .expect("the connection is closed");
}

#[tokio::test]
async fn a_connection_may_rest_longer_than_a_header_may_take() {
    let server =
        TestServer::start(&[("HEADER_READ_TIMEOUT", "300ms"), ("KEEP_ALIVE", "1500ms")]).await;
    let mut client = server.connect().await;
    client.write(GET).await;
    client.answer().await;

    let rested = Instant::now();
    let sent = client.closed().await;

    assert!(sent.is_empty());
    assert!(
        rested.elapsed() >= Duration::from_secs(1),
        "{:?}",
        rested.elapsed()
    );
}

#[tokio::test]
async fn the_second_header_of_a_connection_must_end_in_time_too() {
    let server = TestServer::start(&[("HEADER_READ_TIMEOUT", "300ms"), ("KEEP_ALIVE", "1h")]).await;
    let mut client = server.connect().await;
    client.write(GET).await;
    client.answer().await;

    client.write("GET /hello HTTP/1.1\r\nho").await;

    assert!(client.closed().await.is_empty());
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let server = TestServer::start(&[("WRITE_TIMEOUT", "200ms")]).await;
    let mut client = server.connect().await;

    client
        .write("GET /large HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;
    client.stream.readable().await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;

    assert!(client.closed().await.len() < 64 << 20);
}

#[tokio::test]
async fn a_client_that_reads_a_little_now_and_then_is_cut_off() {
    let server = TestServer::start(&[("WRITE_TIMEOUT", "300ms")]).await;
    let mut client = server.connect_with_buffer(4_096).await;
    client
        .write("GET /large HTTP/1.1\r\nhost: test\r\n\r\n")
        .await;

    client.stream.readable().await.unwrap();
    let trickle = async {
        let mut little = [0; 256];
        while let Ok(1..) = client.stream.read(&mut little).await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    _ = timeout(Duration::from_secs(2), trickle).await;

    // What the system had taken over by then still comes.
    assert!(client.closed().await.len() < 32 << 20);
}

#[tokio::test]
async fn a_client_that_reads_steadily_gets_all_of_a_large_answer() {
    let server = TestServer::start(&[("WRITE_TIMEOUT", "2s")]).await;
    let mut client = server.connect_with_buffer(65_536).await;
    client
        .write("GET /large HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n")
        .await;

    let all = client.closed().await;

    assert!(all.len() > 64 << 20, "{}", all.len());
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_an_http2_answer_is_cut_off() {
    let server = TestServer::start(&[("WRITE_TIMEOUT", "200ms"), ("KEEP_ALIVE", "1h")]).await;
    let mut client = server.connect().await;
    // INITIAL_WINDOW_SIZE 0: headers may come, and not a byte of the body.
    let settings = frame(4, 0, 0, &[0, 4, 0, 0, 0, 0]);

    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    client.write_bytes(&settings).await;
    client
        .write_bytes(&frame(1, 0b101, 1, &get("/hello")))
        .await;

    assert!(!client.closed().await.is_empty());
}

#[tokio::test]
async fn a_slow_handler_is_not_cut_off() {
    let server =
        TestServer::start(&[("HEADER_READ_TIMEOUT", "300ms"), ("KEEP_ALIVE", "300ms")]).await;
    let mut client = server.connect().await;
    client.write(WAIT).await;

    tokio::time::sleep(Duration::from_millis(900)).await;
    server.gate.add_permits(1);

    assert_eq!(client.answer().await.text(), "waited");
}

#[tokio::test]
async fn connections_beyond_the_limit_of_one_address_are_refused() {
    let server = TestServer::start(&[("MAX_CONNECTIONS_PER_IP", "2")]).await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut client = server.connect().await;
        client.write(GET).await;
        client.answer().await;
        held.push(client);
    }

    let mut third = server.connect().await;
    third.answer().await.problem(503, "overloaded");

    held.pop();
    let freed = async {
        loop {
            let mut client = server.connect().await;
            client.write(GET).await;
            if client.answer().await.status == 200 {
                return;
            }
        }
    };
    timeout(LONG, freed)
        .await
        .expect("a slot that is given back is free");
}

#[tokio::test]
async fn connections_beyond_the_limit_are_refused() {
    let server = TestServer::start(&[("MAX_CONNECTIONS", "1")]).await;
    let mut first = server.connect().await;
    first.write(GET).await;
    first.answer().await;

    let mut second = server.connect().await;
    let refused = second.answer().await;

    refused.problem(503, "overloaded");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("concordat-contract"), contract::STAMP);
}

#[tokio::test]
async fn requests_beyond_the_limit_are_shed_but_health_answers() {
    let server = TestServer::start(&[("MAX_IN_FLIGHT", "5"), ("QUEUE_WAIT", "50ms")]).await;
    let mut running = Vec::new();
    for _ in 0..4 {
        let mut client = server.connect().await;
        client.write(WAIT).await;
        running.push(client);
    }
    let full = async {
        while server.get("/hello").await.status != 503 {}
        server.get("/hello").await
    };

    let shed = timeout(LONG, full).await.expect("requests are shed");
    let order = server.get("/v1/orders").await;
    let health = server.get("/health/live").await;

    shed.problem(503, "overloaded");
    assert_eq!(shed.header("retry-after"), "1");
    assert_eq!((order.status, health.status), (200, 200));
    server.gate.add_permits(4);
    for mut client in running {
        assert_eq!(client.answer().await.text(), "waited");
    }
    assert_eq!(server.get("/hello").await.status, 200);
}

#[tokio::test]
async fn at_the_end_a_running_request_is_answered() {
    let server = TestServer::start(&[]).await;
    let mut running = server.connect().await;
    running.write(WAIT).await;
    let mut resting = server.connect().await;
    resting.write(GET).await;
    resting.answer().await;

    server.app.shutdown().begin();
    resting.closed().await;
    server.gate.add_permits(1);

    assert_eq!(running.answer().await.text(), "waited");
    server.stop().await;
}

#[tokio::test]
async fn at_the_end_those_who_are_connected_and_not_yet_accepted_are_answered() {
    let server = TestServer::start(&[]).await;
    // This thread is the server's too: it accepts nothing until the test waits.
    let early: Vec<_> = (0..8).map(|_| server.connect_at_once(GET)).collect();

    server.app.shutdown().begin();

    for mut client in early {
        let answer = client.answer().await;
        assert_eq!(answer.text(), "hello");
        assert_eq!(answer.header("connection"), "close");
    }
    server.stop().await;
}

#[tokio::test]
async fn at_the_end_a_request_that_does_not_finish_is_cut_off() {
    let server = TestServer::start(&[("DRAIN_TIMEOUT", "200ms")]).await;
    let mut running = server.connect().await;
    running.write(WAIT).await;
    let mut half = server.connect().await;
    half.write("GET /hello HT").await;

    server.stop().await;

    running.closed().await;
    half.closed().await;
}

#[tokio::test]
async fn at_the_end_tasks_finish_and_then_resources_close_in_reverse() {
    let server = TestServer::start(&[]).await;
    let (app, order) = (
        server.app.clone(),
        std::sync::Arc::new(std::sync::Mutex::new(Vec::new())),
    );
    for name in ["first", "second"] {
        let order = order.clone();
        app.on_close(
            name,
            move || async move { order.lock().unwrap().push(name) },
        );
    }
    app.tasks().spawn({
        let (app, order) = (app.clone(), order.clone());
        async move {
            app.shutdown().stopping().await;
            order.lock().unwrap().push("task");
        }
    });

    server.stop().await;
    app.close(LONG).await;

    assert_eq!(*order.lock().unwrap(), ["task", "second", "first"]);
}
