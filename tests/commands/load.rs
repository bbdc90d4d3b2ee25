//! Too much of everything: who is over a limit is told so at once, and what matters goes on.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::holding::Holding;
use crate::places::Place;
use crate::postgres;
use crate::shop::Shop;
use crate::support::{Reply, Serving, done, exchange, request};

/// Three partners on one database, each with a product.
fn shops(url: &str) -> Vec<Shop> {
    let seed = [
        "seed",
        "--partners",
        "3",
        "--products",
        "1",
        "--stock",
        "1000",
        "--json",
    ];
    let seeded: Value = serde_json::from_str(&done(url, &seed)).unwrap();
    let serving = Serving::start(url, &[], &[]);
    let shop = |partner: &Value| {
        let key = partner["keys"]["admin"].as_str().unwrap().to_owned();
        let (_, page) = serving.get("/v1/products", &key);
        Shop {
            url: url.to_owned(),
            product: page["items"][0]["id"].as_str().unwrap().to_owned(),
            key,
            stock: 1_000,
        }
    };
    seeded.as_array().unwrap().iter().map(shop).collect()
}

fn read(target: SocketAddr, shop: &Shop) -> Reply {
    let key = format!("Authorization: Bearer {}", shop.key);
    exchange(target, "GET", "/v1/products?limit=1", &[&key], "").expect("an answer")
}

/// Calls so often from each of some clients; gives the answers and how long each took.
fn calls(
    clients: usize,
    each: usize,
    call: impl Fn(usize) -> Reply + Sync,
) -> Vec<(Reply, Duration)> {
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for client in 0..clients {
            let (done, call) = (&done, &call);
            scope.spawn(move || {
                for number in 0..each {
                    let begun = Instant::now();
                    let reply = call(client * each + number);
                    done.lock().unwrap().push((reply, begun.elapsed()));
                }
            });
        }
    });
    done.into_inner().unwrap()
}

/// Prints how long the answers of a status took.
fn tell(what: &str, answers: &[(Reply, Duration)], status: u16) -> usize {
    let mut took: Vec<Duration> = answers
        .iter()
        .filter(|(reply, _)| reply.status == status)
        .map(|(_, took)| *took)
        .collect();
    took.sort();
    let at =
        |percent: usize| took.get((took.len() * percent / 100).min(took.len().saturating_sub(1)));
    eprintln!(
        "{what}: {} × {status}, p50 {:?}, p99 {:?}",
        took.len(),
        at(50),
        at(99)
    );
    took.len()
}

/// A call whose body never comes: it keeps its place.
fn stalled(target: SocketAddr, shop: &Shop) -> TcpStream {
    let fields = [
        &*format!("Authorization: Bearer {}", shop.key),
        "Content-Type: application/json",
    ];
    let text = request("POST", "/v1/categories", &fields, r#"{"name": "Coffee"}"#);
    let mut client = TcpStream::connect(target).unwrap();
    client
        .write_all(&text.as_bytes()[..text.len() - 1])
        .unwrap();
    client
}

#[tokio::test]
async fn a_partner_over_its_rate_is_told_so_and_the_others_go_on() {
    for place in Place::empty_on_each_backend().await {
        let shops = shops(&place.address());
        let serving = Serving::start(&place.address(), &[], &[]);
        let target = serving.address;

        let (greedy, modest) = thread::scope(|scope| {
            let greedy = scope.spawn(|| calls(4, 100, |_| read(target, &shops[0])));
            let modest = calls(2, 20, |number| {
                shops[1]
                    .order(target, &format!("order-{number}"), 1)
                    .expect("an answer")
            });
            (greedy.join().unwrap(), modest)
        });

        let admitted = tell("over the rate", &greedy, 200);
        let refused = tell("over the rate", &greedy, 429);
        tell("meanwhile", &modest, 201);
        assert_eq!(admitted + refused, 400, "{}", place.backend());
        assert!(admitted >= 100 && refused > 0, "{admitted} and {refused}");
        for (reply, _) in greedy.iter().filter(|(reply, _)| reply.status == 429) {
            reply.assert_problem(429, "rate-limited");
            assert!(reply.header("retry-after").parse::<u32>().unwrap() >= 1);
            assert!(reply.header("ratelimit").contains(";r=0;"), "{reply:?}");
        }
        assert!(modest.iter().all(|(reply, _)| reply.status == 201));
    }
}

#[tokio::test]
async fn a_partner_has_twenty_calls_at_once_and_the_others_theirs() {
    for place in Place::empty_on_each_backend().await {
        let shops = shops(&place.address());
        let serving = Serving::start(&place.address(), &[], &[]);
        let target = serving.address;
        let stalled = fill(target, &shops[0], &shops[0]);

        let own = calls(2, 20, |_| read(target, &shops[0]));
        let other = calls(2, 20, |_| read(target, &shops[1]));
        let held = stalled.len();
        drop(stalled);
        until(target, &shops[0], 200);

        assert!(held <= 20, "{held}");
        assert_eq!(tell("a partner's twenty-first", &own, 503), 40);
        own.iter()
            .for_each(|(reply, _)| reply.assert_problem(503, "overloaded"));
        assert_eq!(tell("another's", &other, 200), 40);
    }
}

/// On SQLite all wait for the one place of a writer.
#[tokio::test]
async fn a_partner_whose_orders_wait_for_a_lock_leaves_connections_to_the_others() {
    let place = Place::Postgres(postgres::Database::empty().await);
    let shops = shops(&place.address());
    let serving = Serving::start(&place.address(), &[], &[]);
    let holding = Holding::take(&place).await;

    let waiting: Vec<TcpStream> = (0..20)
        .map(|number| {
            let mut client = TcpStream::connect(serving.address).unwrap();
            let order = shops[0].request(&format!("order-{number}"), 1);
            client.write_all(order.as_bytes()).unwrap();
            client
        })
        .collect();
    holding.waited_for_by(8).await;
    let key = format!("Authorization: Bearer {}", shops[1].key);
    let mut most = 0;
    for number in 0..20 {
        let user = json!({
            "username": format!("user-{number}"),
            "name": "U",
            "email": format!("{number}@example.com"),
        });
        let fields = [key.as_str(), "Content-Type: application/json"];
        let (status, user) = serving.send("POST", "/v1/users", &fields, &user.to_string());
        assert_eq!(status, 201, "{user}");
        most = most.max(holding.waited_for().await);
    }
    drop((holding, waiting));

    assert_eq!(most, 8, "of ten connections");
}

#[tokio::test]
async fn under_overload_orders_and_health_go_on_and_the_rest_is_shed() {
    for place in Place::empty_on_each_backend().await {
        let shops = shops(&place.address());
        let few = [("MAX_IN_FLIGHT", "10"), ("RATE_LIMIT", "off")];
        let serving = Serving::start(&place.address(), &[], &few);
        let target = serving.address;
        let stalled = fill(target, &shops[0], &shops[1]);

        let (shed, (placed, health)) = thread::scope(|scope| {
            let shed = scope.spawn(|| calls(4, 25, |_| read(target, &shops[1])));
            let health = scope.spawn(|| {
                calls(1, 50, |_| {
                    exchange(target, "GET", "/health/live", &[], "").unwrap()
                })
            });
            let placed = calls(2, 25, |number| {
                shops[2]
                    .order(target, &format!("order-{number}"), 1)
                    .expect("an answer")
            });
            (shed.join().unwrap(), (placed, health.join().unwrap()))
        });
        drop(stalled);
        until(target, &shops[1], 200);

        assert_eq!(tell("shed", &shed, 503), 100);
        for (reply, _) in &shed {
            reply.assert_problem(503, "overloaded");
            assert_eq!(reply.header("retry-after"), "1");
        }
        assert_eq!(tell("orders", &placed, 201), 50);
        assert_eq!(tell("health", &health, 200), 50);
    }
}

/// Lets one partner's calls take the places until another's find none.
fn fill(target: SocketAddr, hog: &Shop, other: &Shop) -> Vec<TcpStream> {
    let mut all = Vec::new();
    while read(target, other).status != 503 {
        all.push(stalled(target, hog));
        assert!(all.len() < 100, "places without end");
        thread::sleep(Duration::from_millis(20));
    }
    all
}

/// Reads until the answer has this status.
fn until(target: SocketAddr, shop: &Shop, status: u16) {
    let begun = Instant::now();
    loop {
        let reply = read(target, shop);
        if reply.status == status {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{reply:?}");
        // Less than the rate limit takes.
        thread::sleep(Duration::from_millis(150));
    }
}
