//! Connections in masses: what they cost, and what happens where the system allows no more.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Serving, exchange};

/// One client for all of them.
const FROM_ONE: &[(&str, &str)] = &[("MAX_CONNECTIONS_PER_IP", "0")];

fn opened(target: SocketAddr, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(target).unwrap();
    stream.write_all(sent).unwrap();
    stream
}

/// Connections that send little or nothing, and wait.
fn crowd(target: SocketAddr, shop: &Shop, size: usize) -> Vec<TcpStream> {
    let order = shop.request("half", 1);
    let stalls: [&[u8]; 5] = [
        b"",
        b"GET /v1/products HTTP/1.1\r\nhost: te",
        b"GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        &order.as_bytes()[..order.len() - 1],
    ];
    let sent = stalls.into_iter().cycle().take(size);
    sent.map(|sent| opened(target, sent)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_stalled_connections_cost_little_memory_and_others_nothing() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 100);
        let other = shop.key_of_another();
        let serving = Serving::start(&shop.url, &[], &[UNLIMITED, FROM_ONE].concat());
        serving.wait_until_ready();
        let before = serving.memory();

        let crowd = crowd(serving.address, &shop, 800);
        let during: Vec<u16> = (0..20)
            .map(|_| serving.get("/v1/products", &other).0)
            .collect();
        let (live, _) = serving.get("/health/live", "");
        let grown = serving.memory().saturating_sub(before);
        drop(crowd);
        let after = shop.order_patiently(serving.address, "after", 1);

        assert!(during.iter().all(|status| *status == 200), "{during:?}");
        assert_eq!((live, after.status), (200, 201));
        // 80 KiB each.
        assert!(grown < 64 << 20, "{grown} bytes on {}", place.backend());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_low_limit_of_open_files_is_raised_where_it_may_be() {
    let [place, _] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let serving = Serving::start_within("-Sn 100", &place.address(), FROM_ONE);
    serving.wait_until_ready();

    let crowd: Vec<TcpStream> = (0..200).map(|_| opened(serving.address, b"")).collect();
    let (live, _) = serving.get("/health/live", "");
    drop(crowd);

    assert_eq!(live, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_files_run_out_connections_are_refused_and_those_that_are_open_go_on() {
    let [place, _] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let shop = Shop::open(&place.address(), 10);
    let few = [UNLIMITED, FROM_ONE].concat();
    let serving = Serving::start_within("-n 160", &shop.url, &few);
    serving.wait_until_ready();
    let mut kept = opened(serving.address, b"");

    let crowd: Vec<TcpStream> = (0..120).map(|_| opened(serving.address, b"")).collect();
    let beyond = exchange(serving.address, "GET", "/health/live", &[], "");
    kept.write_all(shop.request("kept", 1).as_bytes()).unwrap();
    let mut answer = String::new();
    kept.read_to_string(&mut answer).unwrap();
    drop(crowd);
    std::thread::sleep(Duration::from_millis(100));
    let after = shop.order_patiently(serving.address, "after", 1);

    beyond.expect("a refusal").assert_problem(503, "overloaded");
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert_eq!(after.status, 201, "{after:?}");
}
