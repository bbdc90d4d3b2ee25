//! Clients that do not wait, and statements that nobody waits for any more.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use crate::holding::Holding;
use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Serving, request};

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_in_mid_order_leaves_a_whole_one() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let serving = Serving::start(&shop.url, &[], UNLIMITED);
        let holding = Holding::take(&place).await;

        let mut client = TcpStream::connect(serving.address).unwrap();
        client
            .write_all(shop.request("left", 3).as_bytes())
            .unwrap();
        holding.waited_for_by(1).await;
        drop(client);
        drop(holding);

        let begun = Instant::now();
        while shop.orders(&serving).is_empty() {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "the order was given up"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let again = shop.order_patiently(serving.address, "left", 3);
        assert_eq!(
            (again.status, again.header("idempotency-replayed")),
            (201, "true")
        );
        assert_eq!(shop.assert_balanced(&serving), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_leave_at_any_moment_leave_whole_orders_or_none() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 1_000);
        let serving = Serving::start(&shop.url, &[], UNLIMITED);

        for number in 0..100_u32 {
            let mut client = TcpStream::connect(serving.address).unwrap();
            let text = shop.request(&format!("order-{number}"), 2);
            let sent = text.len() - usize::try_from(number % 4).unwrap();
            client.write_all(&text.as_bytes()[..sent]).unwrap();
            std::thread::sleep(Duration::from_micros(u64::from(number) * 100));
        }
        for number in 0..100 {
            let reply = shop.order_patiently(serving.address, &format!("order-{number}"), 2);
            assert_eq!(reply.status, 201, "{reply:?}");
        }

        assert_eq!(shop.assert_balanced(&serving), 100);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_slow_to_be_read_holds_no_connection() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let one = [("DATABASE_POOL_SIZE", "1")];
        let serving = Serving::start(&shop.url, &[], &[UNLIMITED, &one].concat());
        let key = format!("Authorization: Bearer {}", shop.key);
        let long = "x".repeat(500);
        let entries = (0..50).map(|entry| (entry.to_string(), json!(long)));
        let entries: Value = entries.collect::<serde_json::Map<_, _>>().into();
        for number in 0..60 {
            let user = json!({
                "username": format!("user-{number}"),
                "email": format!("{number}@example.com"),
                "metadata": entries,
            });
            let fields = [key.as_str(), "Content-Type: application/json"];
            let (status, user) = serving.send("POST", "/v1/users", &fields, &user.to_string());
            assert_eq!(status, 201, "{user}");
        }

        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(4_096).unwrap();
        let mut slow = socket.connect(serving.address).await.unwrap();
        let all = request("GET", "/v1/admin/users?limit=100", &[&key], "");
        slow.write_all(all.as_bytes()).await.unwrap();
        slow.peek(&mut [0]).await.unwrap();
        for _ in 0..10 {
            let (status, page) = serving.get("/v1/admin/users?limit=1", &shop.key);
            assert_eq!(status, 200, "{page}");
        }
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();

        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        let page: Value = serde_json::from_str(body).unwrap();
        assert!(body.len() > 1_000_000);
        assert!(page["items"].as_array().unwrap().len() >= 60);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_beyond_its_deadline_ends_in_the_database_too() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let deadline = [("HANDLER_TIMEOUT", "1s")];
        let serving = Serving::start(&shop.url, &[], &[UNLIMITED, &deadline].concat());
        let holding = Holding::take(&place).await;

        let reply = shop.order(serving.address, "late", 1).unwrap();
        holding.given_up().await;
        let (live, _) = serving.get("/health/live", "");
        let (read, _) = serving.get(&format!("/v1/products/{}", shop.product), &shop.key);
        drop(holding);

        assert!(
            matches!(
                reply.body["code"].as_str(),
                Some("deadline-exceeded" | "database-unavailable")
            ),
            "{reply:?}"
        );
        assert_eq!((reply.status, reply.header("retry-after")), (503, "1"));
        assert_eq!((live, read), (200, 200));
        let again = shop.order_patiently(serving.address, "late", 1);
        assert_eq!(again.status, 201, "{again:?}");
        assert_eq!(shop.assert_balanced(&serving), 1);
    }
}
