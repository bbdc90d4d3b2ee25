//! Who uses what is deprecated is told so, and counted for operators.

use std::time::Duration;

use chrono::{NaiveTime, TimeDelta};
use concordat::app::App;
use concordat::db::{Db, Options};
use concordat::repository::page::Slice;
use concordat::repository::uses::{self, Part, UseFilter};
use concordat::services::housekeeping;
use concordat::services::uses::{Key, writer};
use contract::runtime::operation::Status;
use serde_json::{Value, json};

use super::execute;
use crate::support::TestApp;

/// The first moment of 2026-11-28, since which all of it is deprecated.
const SINCE: &str = "@1795824000";

/// The day from which on it may be gone.
const SUNSET: &str = "Tue, 30 Nov 2027 00:00:00 GMT";

/// What operators are shown for a query, once what waits is written, as the service does on its own.
async fn used(app: &TestApp, query: &str) -> Vec<Value> {
    writer::write(&app.app).await.unwrap();
    let path = format!("/v1/contract/deprecated-uses?{query}");
    let page = app.role("operator").get(path).await;
    page.assert_status(200)["items"].as_array().unwrap().clone()
}

/// Part, place, value and count of each, in order.
fn told(uses: &[Value]) -> Vec<String> {
    let mut told: Vec<_> = uses
        .iter()
        .map(|it| {
            let text = |name: &str| it[name].as_str().unwrap_or("-").to_owned();
            let (operation, part) = (text("operation"), text("part"));
            let (place, value, count) = (text("place"), text("value"), &it["count"]);
            format!("{operation} {part} {place} {value} {count}")
        })
        .collect();
    told.sort();
    told
}

async fn call_feed(app: &TestApp, times: usize) {
    for _ in 0..times {
        let feed = app.partner().get("/v1/products/feed").await;
        feed.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_calls_what_is_deprecated_is_told_and_counted() {
    for app in TestApp::on_each_backend().await {
        app.clock.hold();
        let feed = app.partner().get("/v1/products/feed").await;
        let other = app.client_of(&app.other).get("/v1/products/feed").await;
        other.assert_status(200);
        let first = used(&app, "").await;
        call_feed(&app, 2).await;
        app.partner().get("/v1/products").await.assert_status(200);

        let all = used(&app, "").await;

        assert_eq!(feed.header("deprecation"), SINCE);
        assert_eq!(feed.header("sunset"), SUNSET);
        assert_eq!(feed.header("link"), "</docs>; rel=\"deprecation\"");
        assert_eq!((first.len(), all.len()), (2, 2));
        let own = used(&app, &format!("partner_id={}", app.own.id)).await;
        assert_eq!(
            own,
            [json!({
                "day": app.app.now().date_naive().to_string(),
                "partner_id": app.own.id.to_string(),
                "operation": "getProductFeed",
                "part": "operation",
                "place": "",
                "value": null,
                "count": 3,
            })]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deprecated_value_counts_where_it_is_sent_and_not_where_it_is_the_default() {
    for app in TestApp::on_each_backend().await {
        let old = app.partner().get("/v1/products?ordering=created_at").await;
        let new = app.partner().get("/v1/products?ordering=price").await;
        app.partner().get("/v1/products").await.assert_status(200);

        let used = used(&app, "").await;

        assert_eq!(
            told(&used),
            ["listProducts query ordering \"created_at\" 1"]
        );
        assert_eq!(
            (old.header("deprecation"), old.header("sunset")),
            (SINCE, SUNSET)
        );
        assert!(old.header("link").contains("rel=\"first\""), "{old:?}");
        assert_eq!((new.header("deprecation"), new.header("sunset")), ("", ""));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deprecated_member_counts_where_it_is_given_and_not_where_it_is_left_out() {
    for app in TestApp::on_each_backend().await {
        let empty = app.partner().get("/v1/categories").await;
        let category = app.category().create().await;
        app.category().create().await;
        let path = format!("/v1/categories/{}", category.id);
        let given = app.partner().get("/v1/categories").await;
        let left_out = app.partner().get("/v1/categories?fields=id,name").await;
        let one = app.partner().get(&path).await;
        let tag = one.header("etag").to_owned();
        let known = app.partner().get(&path).header("if-none-match", &tag).await;

        let used = used(&app, "").await;

        assert_eq!(
            told(&used),
            [
                "getCategory answer /product_count - 1",
                "listCategories answer /items/*/product_count - 1",
            ]
        );
        for answer in [&given, &one] {
            assert_eq!(answer.header("deprecation"), SINCE, "{answer:?}");
        }
        for answer in [&empty, &left_out, &known] {
            assert_eq!(answer.header("deprecation"), "", "{answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_unknown_is_not_counted() {
    for app in TestApp::on_each_backend().await {
        let refused = app.anonymous().get("/v1/products/feed").await;

        refused.assert_problem(401, "unauthorized");
        assert_eq!(refused.header("deprecation"), SINCE);
        assert!(used(&app, "").await.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_says_that_it_will_be_gone_and_how_that_looks() {
    for app in TestApp::on_each_backend().await {
        let sandbox = app.sandbox_of(&app.own).await;
        let gone = app.client_of(&sandbox).get("/v1/products/feed");

        let gone = gone.header("prefer", "code=410").await;

        gone.assert_problem(410, "gone");
        let declares = contract::operations::GET_PRODUCT_FEED.response(410);
        assert_eq!(declares.map(|it| it.status), Some(Status::Code(410)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_narrow_the_list_and_turn_its_pages() {
    for app in TestApp::on_each_backend().await {
        app.clock.hold();
        for partner in [&app.own, &app.other] {
            let client = app.client_of(partner);
            client.get("/v1/products/feed").await.assert_status(200);
            app.clock.advance(TimeDelta::days(1));
            let listed = client.get("/v1/products?ordering=created_at").await;
            listed.assert_status(200);
        }
        let last = app.app.now().date_naive();
        let [first, second] = [2, 1].map(|days| last - TimeDelta::days(days));

        for (query, expected) in [
            (String::new(), 4),
            (format!("partner_id={}", app.own.id), 2),
            ("operation=getProductFeed".to_owned(), 2),
            ("operation=listOrders".to_owned(), 0),
            ("part=query".to_owned(), 2),
            ("part=answer".to_owned(), 0),
            (format!("since={second}"), 3),
            (format!("until={second}"), 1),
            (format!("since={first}&until={last}"), 3),
            (format!("partner_id={}&since={last}", app.own.id), 0),
        ] {
            assert_eq!(used(&app, &query).await.len(), expected, "{query}");
        }
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/v1/contract/deprecated-uses?limit=3{cursor}");
            let page = app.role("operator").get(path).await.assert_status(200);
            seen.extend(page["items"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, used(&app, "").await);
        assert_eq!(seen[0]["day"], last.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_operators_see_who_uses_it() {
    for app in TestApp::on_each_backend().await {
        for role in ["admin", "moderator", "user"] {
            let answer = app.role(role).get("/v1/contract/deprecated-uses").await;
            answer.assert_problem(403, "forbidden");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_write_at_once_add_to_each_other() {
    for app in TestApp::on_each_backend().await {
        let settings = app.app.settings().clone();
        let other = App::builder(settings).build().await.unwrap();
        let key = Key {
            day: app.app.now().into(),
            partner: app.own.id,
            operation: "getProductFeed",
            part: Part::Operation,
            place: "",
            value: "",
        };
        let keys = (0..700).map(|second| Key {
            day: (app.app.now() + TimeDelta::days(second)).into(),
            ..key
        });
        for key in keys {
            app.app.uses().add(key);
            other.uses().add(key);
        }

        let (own, others) = tokio::join!(writer::write(&app.app), writer::write(&other));

        own.unwrap();
        others.unwrap();
        let mut conn = app.app.db().checkout().await.unwrap();
        let (filter, slice) = (UseFilter::default(), Slice::first(1_000));
        let page = uses::list(&mut conn, &filter, &slice).await.unwrap();
        assert_eq!(page.items.len(), 700);
        assert!(page.items.iter().all(|it| it.count == 2));
        drop(conn);
        other.close(Duration::from_secs(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_written_now_is_written_later() {
    for app in TestApp::on_each_backend().await {
        call_feed(&app, 2).await;
        execute(&app, "ALTER TABLE deprecated_uses RENAME TO away").await;

        let failed = writer::write(&app.app).await;

        assert!(failed.is_err(), "on {}", app.backend());
        assert_eq!(app.app.uses().calls(), 2);
        execute(&app, "ALTER TABLE away RENAME TO deprecated_uses").await;
        call_feed(&app, 1).await;
        let used = used(&app, "").await;
        assert_eq!(told(&used), ["getProductFeed operation  - 3"]);
        assert_eq!(app.app.uses().calls(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_written_before_the_service_ends() {
    for app in TestApp::on_each_backend().await {
        writer::start(&app.app);
        call_feed(&app, 3).await;

        app.app.close(Duration::from_secs(5)).await;

        assert_eq!(app.app.uses().calls(), 0);
        let url = app.app.db().url().clone();
        let db = Db::open(Options::new(url)).await.unwrap();
        let mut conn = db.checkout().await.unwrap();
        let (filter, slice) = (UseFilter::default(), Slice::first(100));
        let page = uses::list(&mut conn, &filter, &slice).await.unwrap();
        assert_eq!(page.items[0].count, 3);
        drop(conn);
        db.close(Duration::from_secs(1)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn uses_are_thrown_away_after_400_days_and_not_before() {
    for app in TestApp::on_each_backend().await {
        app.clock.hold();
        call_feed(&app, 1).await;
        writer::write(&app.app).await.unwrap();

        // To the first moment of a day: 400 days later it is not more than 400 days ago.
        let began = app
            .app
            .now()
            .date_naive()
            .and_time(NaiveTime::MIN)
            .and_utc();
        app.clock
            .advance(began + TimeDelta::days(400) - app.app.now());
        let kept = housekeeping::sweep(&app.app).await.unwrap();
        app.clock.advance(TimeDelta::seconds(1));
        let swept = housekeeping::sweep(&app.app).await.unwrap();

        assert_eq!((kept, swept), (0, 1), "on {}", app.backend());
    }
}
