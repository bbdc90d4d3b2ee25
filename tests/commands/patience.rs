//! How long clients may take, when nothing is set: the promised times, as clients see them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::places::Place;
use crate::shop::Shop;
use crate::support::Serving;

/// Sends this, and gives what comes until the connection is closed, and how long that took.
fn outcome(target: SocketAddr, sent: &[u8], patience: Duration) -> (String, Duration) {
    let mut client = TcpStream::connect(target).unwrap();
    // A hang, not a measure.
    client
        .set_read_timeout(Some(patience + Duration::from_secs(30)))
        .unwrap();
    client.write_all(sent).unwrap();
    let begun = Instant::now();
    let mut answer = String::new();
    client.read_to_string(&mut answer).expect("an end");
    (answer, begun.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_have_the_promised_time_and_no_more() {
    let [place, _] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let shop = Shop::open(&place.address(), 10);
    let serving = Serving::start(&shop.url, &[], &[]);
    let order = shop.request("half", 1);
    let cases: [(&[u8], u64, &str); 4] = [
        (b"", 10, ""),
        (b"GET /health/live HTTP/1.1\r\nhost: te", 10, ""),
        (&order.as_bytes()[..order.len() - 1], 30, "HTTP/1.1 408 "),
        (
            b"GET /health/live HTTP/1.1\r\nhost: test\r\n\r\n",
            60,
            "HTTP/1.1 200 ",
        ),
    ];

    thread::scope(|scope| {
        for (sent, seconds, status) in cases {
            let promised = Duration::from_secs(seconds);
            let target = serving.address;
            scope.spawn(move || {
                let (answer, took) = outcome(target, sent, promised);

                assert!(answer.starts_with(status), "{answer}");
                assert_eq!(answer.is_empty(), status.is_empty(), "{answer}");
                let early = promised - Duration::from_secs(1);
                assert!(took >= early, "cut off after {took:?}, not {promised:?}");
            });
        }
    });
}
