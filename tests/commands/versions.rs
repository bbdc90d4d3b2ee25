//! Binaries and schemas that are not of one age, as `/health/ready` and the partners see them.

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::places::Place;
use crate::session::Session;
use crate::shop::{Shop, UNLIMITED};
use crate::support::{Serving, done, run};

/// What the next version may do to the tables: add.
const FUTURE: &str = "ALTER TABLE orders ADD COLUMN from_the_future text; \
     ALTER TABLE products ADD COLUMN from_the_future integer NOT NULL DEFAULT 7; \
     CREATE TABLE from_the_future (id integer PRIMARY KEY); \
     INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('9999', CURRENT_TIMESTAMP)";

async fn administer(place: &Place, statements: &str) {
    let url = place.address();
    if place.backend() == "postgres" {
        return Session::open(&url).await.run(statements).await;
    }
    let mut conn = SqliteConnection::establish(&url).unwrap();
    conn.batch_execute(statements).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_works_on_the_schema_of_the_next_one() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let before = Serving::start(&shop.url, &[], UNLIMITED);
        let first = shop.order_patiently(before.address, "first", 1);
        shop.assert_balanced(&before);

        administer(&place, FUTURE).await;
        let after = Serving::start(&shop.url, &[], UNLIMITED);

        assert_eq!(first.status, 201);
        for (number, serving) in [&before, &after].into_iter().enumerate() {
            assert_eq!(
                serving.get("/health/ready", "").0,
                200,
                "on {}",
                place.backend()
            );
            let order = shop.order_patiently(serving.address, &format!("order-{number}"), 1);
            assert_eq!(order.status, 201, "{order:?}");
            assert_eq!(shop.assert_balanced(serving), 2 + number);
        }
        assert!(done(&shop.url, &["migrate", "status"]).contains("9999"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_binary_is_not_ready_on_the_schema_of_the_one_before() {
    for place in Place::empty_on_each_backend().await {
        let shop = Shop::open(&place.address(), 10);
        let running = Serving::start(&shop.url, &[], UNLIMITED);
        running.wait_until_ready();
        done(&shop.url, &["migrate", "down"]);
        let started = Serving::start(&shop.url, &[], &[("MIGRATE_ON_START", "off")]);

        std::thread::sleep(std::time::Duration::from_millis(1_100));
        for serving in [&running, &started] {
            let (status, problem) = serving.get("/health/ready", "");
            assert_eq!((status, serving.get("/health/live", "").0), (503, 200));
            assert!(problem.to_string().contains("migrate up"), "{problem}");
        }
        done(&shop.url, &["migrate"]);

        running.wait_until_ready();
        started.wait_until_ready();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_waits_for_whoever_migrates() {
    let [_, place] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let other = Session::open(&place.address()).await;
    other
        .run("SELECT pg_advisory_lock(7165066905520333921)")
        .await;

    let serving = Serving::start(&place.address(), &[], &[]);
    let (during, _) = serving.get("/health/ready", "");
    let (live, _) = serving.get("/health/live", "");
    drop(other);

    assert_eq!((during, live), (503, 200));
    serving.wait_until_ready();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_cannot_have_its_tables_gives_up_and_leaves_nothing() {
    let [_, place] = &Place::empty_on_each_backend().await[..] else {
        panic!("two backends");
    };
    let url = place.address();
    done(&url, &["migrate"]);
    done(&url, &["migrate", "down", "--steps", "3"]);
    let before = done(&url, &["migrate", "status"]);
    let other = Session::open(&url).await;
    other
        .run(
            "BEGIN; DO $$ DECLARE name text; BEGIN FOR name IN SELECT tablename FROM pg_tables \
             WHERE schemaname = 'public' AND tablename <> '__diesel_schema_migrations' LOOP \
             EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', name); END LOOP; END $$",
        )
        .await;

    let refused = run(&url, &["migrate"]);
    let after = done(&url, &["migrate", "status"]);
    drop(other);

    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("lock timeout"), "{}", refused.err);
    assert_eq!(after, before);
    done(&url, &["migrate"]);
}
