//! Two processes on one database: between them nothing is lost, doubled or oversold.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::thread;

use crate::holding::Holding;
use crate::places::Place;
use crate::session::Session;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Reply, Serving, send};

/// Orders at once.
const ORDERS: usize = 200;

fn two(url: &str) -> [Serving; 2] {
    // All may run at once, so that it is the database that sets them in a row.
    let settings = [UNLIMITED, &[("MAX_IN_FLIGHT_PER_PARTNER", "200")]].concat();
    [(); 2].map(|()| Serving::start(url, &[], &settings))
}

/// What `work` gives for each number and one of the processes, all at once.
fn at_once<T: Send>(
    targets: [SocketAddr; 2],
    count: usize,
    work: impl Fn(SocketAddr, usize) -> T + Sync,
) -> Vec<T> {
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for (number, target) in (0..count).zip(targets.into_iter().cycle()) {
            let (done, work) = (&done, &work);
            scope.spawn(move || {
                let outcome = work(target, number);
                done.lock().unwrap().push(outcome);
            });
        }
    });
    done.into_inner().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_at_once_over_two_processes_keep_stock_and_money_exact() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 250);
        let both = two(&shop.url);
        let targets = [both[0].address, both[1].address];

        // Pieces for fewer than all: 1 + 2 + 3 + 1 + …
        let answers = at_once(targets, ORDERS, |target, number| {
            shop.order_patiently(target, &format!("order-{number}"), 1 + number % 3)
        });

        let placed: Vec<&Reply> = answers.iter().filter(|it| it.status == 201).collect();
        for refused in answers.iter().filter(|it| it.status != 201) {
            refused.assert_problem(409, "out-of-stock");
        }
        let ids: HashSet<&str> = placed
            .iter()
            .map(|it| it.body["id"].as_str().unwrap())
            .collect();
        assert!((83..ORDERS).contains(&placed.len()), "{}", placed.len());
        assert_eq!(ids.len(), placed.len(), "on {}", place.backend());
        for serving in &both {
            assert_eq!(shop.assert_balanced(serving), placed.len());
        }
        let left = shop.product(&both[0])["stock"].as_u64().unwrap();
        assert!(left < 3, "{left}: more could have been sold");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_on_one_process_while_the_other_sells_comes_back_once() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 40);
        let both = two(&shop.url);
        let targets = [both[0].address, both[1].address];
        let before = at_once(targets, 40, |target, number| {
            shop.order_patiently(target, &format!("before-{number}"), 1)
        });
        let ids: Vec<&str> = before
            .iter()
            .map(|it| it.body["id"].as_str().unwrap())
            .collect();

        let answers = at_once(targets, 80, |target, number| {
            if number % 4 < 2 {
                return shop
                    .order_patiently(target, &format!("after-{number}"), 1)
                    .status;
            }
            // Both processes cancel the same ones.
            let path = format!("/v1/orders/{}/cancel", ids[number / 4]);
            let fields = [&*format!("Authorization: Bearer {}", shop.key)];
            loop {
                match send(target, "POST", &path, &fields, "").unwrap().0 {
                    503 => {}
                    status => return status,
                }
            }
        });

        assert!(
            answers
                .iter()
                .all(|status| matches!(status, 200 | 201 | 409)),
            "{answers:?}"
        );
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 20);
        for serving in &both {
            shop.assert_balanced(serving);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_over_two_processes_places_one_order() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 50);
        let both = two(&shop.url);
        let targets = [both[0].address, both[1].address];

        let answers = at_once(targets, 40, |target, _| {
            shop.order(target, "one-for-all", 2).expect("an answer")
        });
        let replays = targets.map(|target| shop.order_patiently(target, "one-for-all", 2));
        let others = targets.map(|target| shop.order_patiently(target, "one-for-all", 3));

        let (placed, refused): (Vec<&Reply>, Vec<&Reply>) =
            answers.iter().partition(|it| it.status == 201);
        let new = placed
            .iter()
            .filter(|it| it.header("idempotency-replayed").is_empty());
        assert!(new.count() <= 1, "on {}", place.backend());
        for refusal in refused {
            match refusal.status {
                409 => refusal.assert_problem(409, "idempotency-in-progress"),
                _ => assert_eq!((refusal.status, refusal.header("retry-after")), (503, "1")),
            }
        }
        for replay in &replays {
            assert_eq!(
                (replay.status, replay.header("idempotency-replayed")),
                (201, "true")
            );
            assert!(placed.iter().all(|it| it.body == replay.body));
        }
        for other in &others {
            other.assert_problem(422, "idempotency-mismatch");
        }
        assert_eq!(shop.assert_balanced(&both[0]), 1);
        assert_eq!(shop.product(&both[0])["stock"], 48);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn repetitions_of_a_running_order_are_refused_at_once_and_hold_nothing() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 50);
        // Connections for a few: to wait for the order with one of them would leave the others none.
        let few = [
            ("DATABASE_POOL_SIZE", "2"),
            ("MAX_IN_FLIGHT_PER_PARTNER", "200"),
        ];
        let both = [(); 2].map(|()| Serving::start(&shop.url, &[], &[UNLIMITED, &few].concat()));
        // Two processes on one file of SQLite wait for each other's transactions.
        let targets = match place.backend() {
            "postgres" => [both[0].address, both[1].address],
            _ => [both[0].address; 2],
        };
        let holding = Holding::take(&place).await;

        let (first, during, after) = thread::scope(|scope| {
            let first = scope.spawn(|| shop.order(targets[0], "again", 2));
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(holding.waited_for_by(1));
            });
            let during = at_once(targets, 100, |target, _| shop.order(target, "again", 2));
            drop(holding);
            let first = first.join().unwrap();
            let after = at_once(targets, 100, |target, _| shop.order(target, "again", 2));
            (first, during, after)
        });

        let first = first.expect("an answer");
        assert_eq!(first.status, 201, "on {}: {first:?}", place.backend());
        for reply in during {
            let reply = reply.expect("an answer");
            reply.assert_problem(409, "idempotency-in-progress");
        }
        for reply in after {
            let reply = reply.expect("an answer");
            assert_eq!((reply.status, &reply.body), (201, &first.body));
        }
        assert_eq!(shop.assert_balanced(&both[0]), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_another_process_still_works_under_is_in_use() {
    let [_, place] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let shop = Shop::open(&place.address(), 5);
    let both = two(&shop.url);
    let other = Session::open(&shop.url).await;

    other
        .run(
            "BEGIN; INSERT INTO idempotency_keys (partner_id, operation, key, fingerprint, created_at) \
             SELECT id, 'createOrder', 'taken', decode(repeat('07', 32), 'hex'), now() FROM partners",
        )
        .await;
    let during = both
        .each_ref()
        .map(|it| shop.order(it.address, "taken", 1).unwrap());
    other.run("ROLLBACK").await;
    let after = both
        .each_ref()
        .map(|it| shop.order_patiently(it.address, "taken", 1));

    for reply in during {
        reply.assert_problem(409, "idempotency-in-progress");
    }
    assert_eq!(after[0].body, after[1].body);
    assert_eq!(shop.assert_balanced(&both[0]), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_migrate_once() {
    for place in Place::empty_on_each_backend().await {
        let url = place.address();

        let all: Vec<Serving> = thread::scope(|scope| {
            let starts: Vec<_> = (0..3)
                .map(|_| scope.spawn(|| Serving::start(&url, &[], &[])))
                .collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });

        let logs: Vec<String> = all
            .into_iter()
            .map(|serving| {
                serving.wait_until_ready();
                serving.signal("TERM");
                let (code, log) = serving.ended();
                assert_eq!(code, Some(0), "{log}");
                log
            })
            .collect();
        let applied = |log: &&String| log.contains("\"applied a migration\"");
        assert!(logs.iter().filter(applied).count() >= 1);
        let first = logs.iter().map(|log| log.matches("0001_partners").count());
        assert_eq!(first.sum::<usize>(), 1, "on {}: {logs:#?}", place.backend());
    }
}
