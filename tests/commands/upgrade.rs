//! A database that is migrated while the program of an earlier release serves from it, and the program
//! of today beside it: expand and contract, with both programs as they are. `make upgrade-test` builds
//! the earlier one.

use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::places::Place;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Reply, Serving, done, exchange};

/// Clients of each program.
const CLIENTS: usize = 3;

/// What each program has done, beside the other, before a step is taken.
const ENOUGH: usize = 60;

/// What partners read, of both programs.
const READ: &[&str] = &[
    "/v1/products",
    "/v1/products/feed",
    "/v1/categories",
    "/v1/categories/stats",
    "/v1/users",
    "/v1/admin/users",
    "/v1/orders",
    "/v1/audit",
    "/health/ready",
];

/// An order that was acknowledged.
struct Placed {
    key: String,
    id: String,
}

/// What the clients of both programs have done.
#[derive(Default)]
struct Done {
    orders: Mutex<Vec<Placed>>,
    /// By the program of before, and by that of today.
    counts: [AtomicUsize; 2],
    is_over: AtomicBool,
}

impl Done {
    /// Waits until the program has done so much more.
    fn await_more(&self, program: usize) {
        let count = &self.counts[program];
        let wanted = count.load(Ordering::Relaxed) + ENOUGH;
        let begun = Instant::now();
        while count.load(Ordering::Relaxed) < wanted {
            assert!(begun.elapsed() < Duration::from_secs(120), "no progress");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// Ends the clients, also when the test fails.
struct Over<'d>(&'d Done);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::Relaxed);
    }
}

/// Sends a request that must be done at once: no refusal counts as none.
fn must(
    shop: &Shop,
    target: SocketAddr,
    method: &str,
    path: &str,
    more: &[&str],
    body: Value,
) -> Reply {
    let key = format!("Authorization: Bearer {}", shop.key);
    let mut fields = vec![&*key];
    fields.extend(more);
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let reply = exchange(target, method, path, &fields, &body).expect("an answer");
    assert!(
        (200..300).contains(&reply.status),
        "{method} {path}: {reply:?}"
    );
    reply
}

/// Orders, pays, pays back and cancels, writes users and posts, and reads, until it is over.
fn work(shop: &Shop, target: SocketAddr, program: usize, client: usize, done: &Done) {
    for number in 0.. {
        if done.is_over.load(Ordering::Relaxed) {
            return;
        }
        let key = format!("order-{program}-{client}-{number}");
        let order = shop.order(target, &key, 1).expect("an answer");
        assert_eq!(order.status, 201, "{order:?}");
        let id = order.body["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/orders/{id}");
        let once = format!("Idempotency-Key: {key}");
        match number % 3 {
            0 => drop(must(
                shop,
                target,
                "POST",
                &format!("{path}/pay"),
                &[&once],
                Value::Null,
            )),
            1 => drop(must(
                shop,
                target,
                "POST",
                &format!("{path}/cancel"),
                &[],
                Value::Null,
            )),
            _ => {}
        }
        if number % 5 == 0 {
            write(shop, target, &format!("{program}-{client}-{number}"));
        }
        must(shop, target, "GET", &path, &[], Value::Null);
        done.orders.lock().unwrap().push(Placed { key, id });
        done.counts[program].fetch_add(1, Ordering::Relaxed);
    }
}

/// Makes a user with a post, and changes the user.
fn write(shop: &Shop, target: SocketAddr, name: &str) {
    let is_json = "Content-Type: application/json";
    let body = json!({ "username": format!("u-{name}"), "email": format!("{name}@example.com") });
    let user = must(shop, target, "POST", "/v1/users", &[is_json], body);
    let id = &user.body["id"];
    let post = json!({ "author_id": id, "title": "Upgrading", "content": name });
    must(shop, target, "POST", "/v1/posts", &[is_json], post);
    let fields = [
        "Content-Type: application/merge-patch+json",
        &format!("If-Match: {}", user.header("etag")),
    ];
    let path = format!("/v1/users/{}", id.as_str().unwrap());
    must(shop, target, "PATCH", &path, &fields, json!({ "age": 30 }));
}

/// Checks that whatever the earlier program shows the later one shows too; the later one may show more.
fn assert_shown(earlier: &Value, later: &Value, place: &str) {
    match (earlier, later) {
        (Value::Object(earlier), Value::Object(later)) => {
            for (name, value) in earlier.iter().filter(|(name, _)| !is_of_the_program(name)) {
                assert_shown(value, &later[name], &format!("{place}/{name}"));
            }
        }
        (Value::Array(earlier), Value::Array(later)) => {
            assert_eq!(earlier.len(), later.len(), "{place}");
            for (number, (earlier, later)) in earlier.iter().zip(later).enumerate() {
                assert_shown(earlier, later, &format!("{place}/{number}"));
            }
        }
        _ => assert_eq!(earlier, later, "{place}"),
    }
}

/// Cursors are read by whoever signed them and by the other; the rest tells of the program.
fn is_of_the_program(name: &str) -> bool {
    matches!(name, "next_cursor" | "timestamp" | "version" | "contract")
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "wants the program of an earlier release: make upgrade-test"]
async fn a_release_takes_over_from_the_one_before_it_under_load() {
    let before = std::env::var("UPGRADE_FROM").expect("UPGRADE_FROM: make upgrade-test");
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open_by(&before, &place.address(), 1_000_000);
        let old = Serving::start_by(&before, &shop.url, UNLIMITED);
        old.wait_until_ready();
        let stay = [UNLIMITED, &[("MIGRATE_ON_START", "off")]].concat();
        let new = Serving::start(&shop.url, &[], &stay);
        let is_outdated = !pending(&shop).is_empty();
        assert_waits(&new, is_outdated);

        let placed = take_over(&shop, &old, &new);

        let targets = [new.address, old.address];
        for (Placed { key, id }, target) in placed.iter().zip(targets.into_iter().cycle()) {
            let again = shop.order_patiently(target, key, 1);
            assert_eq!(
                (again.status, again.header("idempotency-replayed")),
                (201, "true")
            );
            assert_eq!(
                again.body["id"],
                id.as_str(),
                "an acknowledged order was lost"
            );
        }
        assert_same(&shop, &old, &new);
        for serving in [&old, &new] {
            assert_eq!(shop.assert_balanced(serving), placed.len());
        }
        drop(new);
        assert_goes_back(&before, &shop, old);
    }
}

/// The migrations of this program that the database lacks.
fn pending(shop: &Shop) -> Vec<String> {
    let status = done(&shop.url, &["migrate", "status"]);
    let lines = status.lines().filter(|line| line.starts_with("missing "));
    lines.map(str::to_owned).collect()
}

/// On a database that lacks something the program waits; what it is asked meanwhile is answered, or
/// refused for now.
fn assert_waits(new: &Serving, is_outdated: bool) {
    if !is_outdated {
        return new.wait_until_ready();
    }
    let (ready, problem) = new.get("/health/ready", "");
    assert_eq!((ready, new.get("/health/live", "").0), (503, 200));
    assert!(problem.to_string().contains("migrate up"), "{problem}");
    for path in READ {
        let (status, answer) = new.get(path, "");
        assert!(status < 500 || status == 503, "{path}: {answer}");
    }
}

/// Migrates while the old program serves, and lets both serve then; gives the acknowledged orders.
fn take_over(shop: &Shop, old: &Serving, new: &Serving) -> Vec<Placed> {
    let done_by_both = Done::default();
    thread::scope(|scope| {
        let done_by_both = &done_by_both;
        let _over = Over(done_by_both);
        let begin = |target, program| {
            for client in 0..CLIENTS {
                scope.spawn(move || work(shop, target, program, client, done_by_both));
            }
        };
        begin(old.address, 0);
        done_by_both.await_more(0);
        done(&shop.url, &["migrate"]);
        done_by_both.await_more(0);
        new.wait_until_ready();
        begin(new.address, 1);
        done_by_both.await_more(1);
        done_by_both.await_more(0);
        assert_eq!(old.get("/health/ready", "").0, 200);
    });
    done_by_both.orders.into_inner().unwrap()
}

fn assert_same(shop: &Shop, old: &Serving, new: &Serving) {
    for path in READ {
        let (earlier, later) = (old.get(path, &shop.key), new.get(path, &shop.key));
        assert_eq!(
            (earlier.0, later.0),
            (200, 200),
            "{path}: {earlier:?}, {later:?}"
        );
        assert_shown(&earlier.1, &later.1, path);
    }
    // A list goes on at the other program.
    let (_, page) = old.get("/v1/orders?limit=2", &shop.key);
    let next = format!(
        "/v1/orders?limit=2&cursor={}",
        page["next_cursor"].as_str().unwrap()
    );
    let (earlier, later) = (old.get(&next, &shop.key), new.get(&next, &shop.key));
    assert_shown(&earlier.1["items"], &later.1["items"], &next);
}

/// The deployment is undone: the old program starts on the database that was migrated.
fn assert_goes_back(before: &str, shop: &Shop, old: Serving) {
    drop(old);
    let again = Serving::start_by(before, &shop.url, UNLIMITED);
    again.wait_until_ready();
    let count = shop.assert_balanced(&again);
    let order = shop.order(again.address, "after-all", 1).unwrap();
    assert_eq!(order.status, 201, "{order:?}");
    assert_eq!(shop.assert_balanced(&again), count + 1);
}
