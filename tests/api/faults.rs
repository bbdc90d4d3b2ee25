//! A database that fails: refusals in time, recovery without a restart, nothing lost or doubled.

use std::future::{Future, IntoFuture};
use std::time::{Duration, Instant};

use concordat::db::migrate;
use futures_util::future::{join, join_all};

use crate::cluster::Cluster;
use crate::places::Place;
use crate::postgres::Database;
use crate::support::{Answer, TestApp, order_of};

const KILL_ALL: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// A service whose server the test commands.
async fn on_cluster(values: &[(&str, &str)]) -> (TestApp, Cluster) {
    let cluster = Cluster::start();
    migrate::up(&cluster.url().parse().unwrap()).await.unwrap();
    let database = Database {
        name: None,
        url: cluster.url(),
    };
    let app = TestApp::at(Place::Postgres(database), values).await;
    (app, cluster)
}

/// A service on the common server.
async fn on_postgres() -> TestApp {
    TestApp::at(Place::Postgres(Database::new().await), &[]).await
}

/// Calls until the answer has this status.
async fn until<F: Future<Output = Answer>>(status: u16, call: impl Fn() -> F) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = call().await;
        if answer.status == status {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "{answer:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn assert_refused_for_now(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("retry-after"), "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_is_missed_until_it_is_back_and_no_longer() {
    let (app, cluster) = on_cluster(&[]).await;
    let product = app.product().stock(5).create().await;
    let order = app.partner().post("/v1/orders", order_of(&product, 1));
    let order = order.idempotency_key("over-the-stop");

    cluster.order("stop");
    let during = order.clone().await;
    let read = app.partner().get("/v1/users").await;
    until(503, || app.anonymous().get("/health/ready").into_future()).await;
    app.anonymous().get("/health/live").await.assert_status(200);
    cluster.order("start");
    until(200, || app.partner().get("/v1/users").into_future()).await;
    until(200, || app.anonymous().get("/health/ready").into_future()).await;
    until(201, || order.clone().into_future()).await;

    assert_refused_for_now(&during);
    assert_refused_for_now(&read);
    assert_eq!(app.stock_of(&product).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_freezes_is_given_up_in_time() {
    let (app, cluster) = on_cluster(&[("HANDLER_TIMEOUT", "700ms")]).await;
    let product = app.product().stock(5).create().await;
    let order = app.partner().post("/v1/orders", order_of(&product, 1));
    let order = order.idempotency_key("over-the-frost");

    cluster.order("freeze");
    let reads = (0..8).map(|_| app.partner().get("/v1/users").into_future());
    let (reads, write) = join(join_all(reads), order.clone().into_future()).await;
    app.anonymous().get("/health/live").await.assert_status(200);
    let ready = app.anonymous().get("/health/ready").await;
    cluster.order("thaw");
    until(200, || app.partner().get("/v1/users").into_future()).await;
    until(201, || order.clone().into_future()).await;

    reads
        .iter()
        .chain([&write])
        .for_each(assert_refused_for_now);
    ready.assert_problem(503, "not-ready");
    assert_eq!(app.stock_of(&product).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_killed_cost_no_order_and_double_none() {
    let app = on_postgres().await;
    let product = app.product().stock(100).create().await;
    let orders: Vec<_> = (0..20)
        .map(|number| {
            let order = app.partner().post("/v1/orders", order_of(&product, 1));
            order.idempotency_key(&format!("order-{number}"))
        })
        .collect();

    let all = join_all(orders.iter().map(|order| order.clone().into_future()));
    let (answers, ()) = join(all, async {
        for _ in 0..5 {
            app.administer(KILL_ALL).await;
        }
    })
    .await;
    for order in &orders {
        until(201, || order.clone().into_future()).await;
    }

    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_refused_for_now(answer);
    }
    assert_eq!(app.stock_of(&product).await, 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_database_still_reads() {
    let app = on_postgres().await;
    let set = |value: &str| {
        format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = \
             {value}', current_database()); END $$; {KILL_ALL}"
        )
    };

    app.administer(&set("on")).await;
    until(200, || app.partner().get("/v1/users").into_future()).await;
    let body = app.category().body();
    let refused = app.partner().post("/v1/categories", body.clone()).await;
    app.administer(&format!("SET transaction_read_only = off; {}", set("off")))
        .await;

    assert_refused_for_now(&refused);
    until(201, || {
        app.partner()
            .post("/v1/categories", body.clone())
            .into_future()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_and_still_reads() {
    for app in TestApp::on_each_backend().await {
        if app.backend() != "sqlite" {
            continue;
        }
        let full = app.app.db().transaction(|conn| {
            Box::pin(async move {
                let concordat::db::Conn::Sqlite(conn) = conn else {
                    panic!("not SQLite");
                };
                // Below what there is means what there is.
                let limit = "PRAGMA max_page_count = 1";
                diesel_async::SimpleAsyncConnection::batch_execute(&mut **conn, limit).await?;
                Ok::<_, concordat::error::Error>(())
            })
        });
        full.await.unwrap();

        let mut refused = None;
        for _ in 0..200 {
            let answer = app.partner().post("/v1/users", app.user().body()).await;
            if answer.status != 201 {
                refused = Some(answer);
                break;
            }
        }

        assert_refused_for_now(&refused.expect("the file is full at last"));
        app.partner().get("/v1/users").await.assert_status(200);
    }
}

/// What PostgreSQL says when it cannot go on and may later.
const PASSING: &[&str] = &[
    "could not extend file \"base/1/2\": No space left on device",
    "could not write block 7 in file \"base/1/2\": Input/output error",
    "out of memory",
    "out of shared memory",
    "terminating connection due to administrator command",
    "terminating connection because of crash of another server process",
    "canceling statement due to user request",
];

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_cannot_do_for_now_is_refused_for_now() {
    let app = on_postgres().await;
    let call = || app.partner().post("/v1/categories", app.category().body());

    for message in PASSING {
        app.administer(&format!(
            "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION USING MESSAGE = '{message}'; END $$; \
             CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON categories \
             FOR EACH ROW EXECUTE FUNCTION fail()"
        ))
        .await;

        assert_refused_for_now(&call().await);
    }
    app.administer("DROP TRIGGER fail ON categories").await;
    call().await.assert_status(201);
}

/// Changes the tables.
async fn alter(app: &TestApp, statement: &str) {
    if app.backend() == "postgres" {
        return app.administer(statement).await;
    }
    let altered = app.app.db().transaction(|conn| {
        Box::pin(async move {
            let concordat::db::Conn::Sqlite(conn) = conn else {
                panic!("not SQLite");
            };
            diesel_async::SimpleAsyncConnection::batch_execute(&mut **conn, statement).await?;
            Ok::<_, concordat::error::Error>(())
        })
    });
    altered.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_tables_lack_until_they_are_migrated_is_refused_for_now() {
    for app in TestApp::on_each_backend().await {
        let write = || app.partner().post("/v1/categories", app.category().body());

        for (without, with) in [
            (
                "ALTER TABLE categories RENAME COLUMN slug TO later",
                "ALTER TABLE categories RENAME COLUMN later TO slug",
            ),
            (
                "ALTER TABLE categories RENAME TO later",
                "ALTER TABLE later RENAME TO categories",
            ),
        ] {
            alter(&app, without).await;
            let read = app.partner().get("/v1/categories").await;
            let written = write().await;
            alter(&app, with).await;

            assert_refused_for_now(&read);
            assert_refused_for_now(&written);
            app.partner().get("/v1/categories").await.assert_status(200);
            write().await.assert_status(201);
        }
    }
}
