//! The end of a process under load, with clients that do what they can to keep it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::cluster::Cluster;
use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Serving, exchange};

/// Clients that order without a pause.
const CLIENTS: usize = 8;

/// Orders that are acknowledged before the signal.
const ORDERS: usize = 40;

/// What a client knows of an order that it sent.
struct Attempt {
    key: String,
    /// `None` without an answer.
    order: Option<String>,
    /// Whether readiness had said 503 before.
    is_late: bool,
}

/// Connections that send or read as little as they can.
fn hostile(target: SocketAddr, shop: &Shop) -> Vec<TcpStream> {
    let open = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(target).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    let mut all = Vec::new();
    for number in 0..4 {
        all.push(open(b""));
        all.push(open(b"GET /v1/products HTTP/1.1\r\nhost: te"));
        let order = shop.request(&format!("half-{number}"), 1);
        all.push(open(&order.as_bytes()[..order.len() - 5]));
        // Rests after an answer.
        let mut resting = open(b"GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n");
        resting.read_exact(&mut [0; 15]).unwrap();
        all.push(resting);
        // Reads nothing of it.
        all.push(open(b"GET /openapi.json HTTP/1.1\r\nhost: test\r\n\r\n"));
        all.push(open(&without_window("/openapi.json")));
    }
    all
}

/// HTTP/2 that grants no byte of an answer.
fn without_window(path: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).unwrap();
    let header = [
        &[0x82, 0x86, 0x04, length(path)][..],
        path.as_bytes(),
        &[0x41, 4],
        b"test",
    ]
    .concat();
    let head = [
        0,
        0,
        u8::try_from(header.len()).unwrap(),
        1,
        0b101,
        0,
        0,
        0,
        1,
    ];
    [
        &b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"[..],
        &[0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0],
        &head,
        &header,
    ]
    .concat()
}

#[tokio::test]
async fn an_end_under_load_answers_all_and_loses_nothing() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 100_000);
        let wait = [("SHUTDOWN_WAIT", "1s"), ("DRAIN_TIMEOUT", "3s")];
        let serving = Serving::start(&shop.url, &[], &[UNLIMITED, &wait].concat());
        let hostile = hostile(serving.address, &shop);

        let (attempts, took) = end_under_load(&shop, &serving);
        let (code, log) = serving.ended();
        drop(hostile);

        assert_eq!(code, Some(0), "{log}");
        assert!(took < Duration::from_secs(28), "{took:?}");
        assert!(
            attempts.iter().any(|it| it.is_late && it.order.is_some()),
            "orders are taken while readiness is 503 already"
        );
        // A connection that the system makes while the socket closes is nobody's.
        let unanswered = attempts.iter().filter(|it| it.order.is_none()).count();
        assert!(unanswered <= 2, "{unanswered}: {log}");
        let again = Serving::start(&shop.url, &[], UNLIMITED);
        for attempt in &attempts {
            let reply = shop.order_patiently(again.address, &attempt.key, 1);
            assert_eq!(reply.status, 201, "{reply:?}");
            if let Some(id) = &attempt.order {
                assert_eq!(
                    reply.body["id"],
                    id.as_str(),
                    "an acknowledged order was lost"
                );
            }
        }
        assert_eq!(shop.assert_balanced(&again), attempts.len());
    }
}

/// Has clients order until nobody takes connections any more, signals in the midst, and gives what
/// they tried and how long the end took.
fn end_under_load(shop: &Shop, serving: &Serving) -> (Vec<Attempt>, Duration) {
    let target = serving.address;
    let (acknowledged, is_unready) = (AtomicUsize::new(0), AtomicBool::new(false));
    let attempts = Mutex::new(Vec::new());
    let begun = thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (acknowledged, is_unready, attempts) = (&acknowledged, &is_unready, &attempts);
            scope.spawn(move || {
                for number in 0.. {
                    let key = format!("{client}-{number}");
                    let is_late = is_unready.load(Ordering::Relaxed);
                    if TcpStream::connect(target).is_err() {
                        return;
                    }
                    let reply = shop.order(target, &key, 1);
                    let order = reply.and_then(|reply| {
                        if reply.status == 503 {
                            return None;
                        }
                        assert_eq!(reply.status, 201, "{reply:?}");
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                        Some(reply.body["id"].as_str().unwrap().to_owned())
                    });
                    attempts.lock().unwrap().push(Attempt {
                        key,
                        order,
                        is_late,
                    });
                }
            });
        }
        while acknowledged.load(Ordering::Relaxed) < ORDERS {
            thread::sleep(Duration::from_millis(1));
        }
        let begun = Instant::now();
        serving.signal("TERM");
        while let Some(reply) = exchange(target, "GET", "/health/ready", &[], "") {
            if reply.status == 503 {
                reply.assert_problem(503, "not-ready");
                is_unready.store(true, Ordering::Relaxed);
            }
            thread::sleep(Duration::from_millis(5));
        }
        assert!(
            is_unready.load(Ordering::Relaxed),
            "readiness was not 503 first"
        );
        begun
    });
    (attempts.into_inner().unwrap(), begun.elapsed())
}

#[tokio::test]
async fn signals_during_the_end_change_nothing_of_how_it_ends() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let wait = [("SHUTDOWN_WAIT", "0s"), ("DRAIN_TIMEOUT", "2s")];
        let serving = Serving::start(&shop.url, &[], &[UNLIMITED, &wait].concat());
        let mut order = TcpStream::connect(serving.address).unwrap();
        let text = shop.request("over-the-end", 1);
        let (early, late) = text.as_bytes().split_at(text.len() - 5);
        order.write_all(early).unwrap();
        // Its header is read before the end begins.
        serving.wait_until_ready();

        for signal in ["TERM", "TERM", "INT", "TERM"] {
            serving.signal(signal);
            thread::sleep(Duration::from_millis(100));
        }
        order.write_all(late).unwrap();
        let mut answer = String::new();
        order.read_to_string(&mut answer).unwrap();
        let (code, log) = serving.ended();

        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}: {log}");
        assert_eq!(code, Some(0), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_time_though_its_database_does_not_answer() {
    let cluster = Cluster::start();
    let shop = Shop::open(&cluster.url(), 10);
    let hasty = [
        ("SHUTDOWN_WAIT", "0s"),
        ("DRAIN_TIMEOUT", "1s"),
        ("EXIT_DEADLINE", "4s"),
    ];
    let serving = Serving::start(&shop.url, &[], &[UNLIMITED, &hasty].concat());
    serving.wait_until_ready();
    let target = serving.address;

    cluster.order("freeze");
    let orders: Vec<TcpStream> = (0..12)
        .map(|number| {
            let mut client = TcpStream::connect(target).unwrap();
            let order = shop.request(&format!("order-{number}"), 1);
            client.write_all(order.as_bytes()).unwrap();
            client
        })
        .collect();
    // So that they are heard; it touches no database.
    assert_eq!(serving.get("/health/live", "").0, 200);
    let begun = Instant::now();
    serving.signal("TERM");
    let (code, log) = serving.ended();
    let took = begun.elapsed();
    cluster.order("thaw");
    drop(orders);

    assert_eq!(code, Some(0), "{log}");
    assert!(took < Duration::from_secs(10), "{took:?}: {log}");
    let again = Serving::start(&shop.url, &[], UNLIMITED);
    again.wait_until_ready();
    let order = shop.order_patiently(again.address, "order-0", 1);
    assert_eq!(order.status, 201, "{order:?}");
    shop.assert_balanced(&again);
}
