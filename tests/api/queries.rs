//! How many queries a call sends, and how the databases find what they ask for.

use std::future::IntoFuture;

use concordat::db::Url;
use concordat::services::uses;
use contract::runtime::operation::Place;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde_json::Value;
use tokio_postgres::{NoTls, SimpleQueryMessage};
use uuid::Uuid;

use crate::support::queries::{sent_for, sent_to};
use crate::support::{Client, TestApp, order_of, order_of_each};

/// What a list may send, whatever its size: the rows, and what belongs to them.
const MOST_FOR_A_LIST: usize = 2;

/// The list that has something of all partners.
const OF_ALL: &str = "/v1/contract/deprecated-uses?";

/// Every list with every combination of its filters and orders that the contract declares.
fn lists(partner: &str, category: &str, user: &str) -> Vec<String> {
    let mut paths: Vec<String> = [
        "/v1/users?",
        "/v1/users?expand=posts&",
        "/v1/categories?",
        "/v1/categories/stats?",
        "/v1/audit?",
        "/v1/audit?action=created&",
        "/v1/requests?",
        "/v1/requests?status_class=4xx&",
        "/v1/requests?operation=createOrder&",
        "/v1/requests?method=POST&",
        "/v1/requests?trace_id=4bf92f3577b34da6a3ce929d0e0e4736&",
        "/v1/requests?since=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z&",
        "/v1/audit?resource_type=order&",
        "/v1/products?q=e&",
        "/v1/contract/deprecated-uses?",
        "/v1/contract/deprecated-uses?operation=getProductFeed&",
        "/v1/contract/deprecated-uses?part=answer&",
        "/v1/contract/deprecated-uses?since=2026-01-01&until=2027-01-01&",
        "/v1/admin/users?",
        "/v1/admin/users?role=user&",
        "/v1/admin/users?q=e&",
    ]
    .map(str::to_owned)
    .into();
    paths.push(format!("/v1/audit?resource_id={user}&"));
    paths.push(format!("/v1/audit?actor=key:{user}&"));
    paths.push(format!("{OF_ALL}partner_id={partner}&"));
    paths.push(format!("/v1/users/{user}/posts?"));
    for category in [String::new(), format!("category_id={category}&")] {
        for active in ["", "is_active=true&"] {
            for ordering in ["price", "-price", "created_at", "-created_at"] {
                paths.push(format!(
                    "/v1/products?{category}{active}ordering={ordering}&"
                ));
            }
        }
    }
    for status in ["", "status=pending&"] {
        for user in [String::new(), format!("user_id={user}&")] {
            paths.push(format!("/v1/orders?{status}{user}"));
        }
    }
    paths
}

/// Two of everything that a list has, with one category and one user in common.
async fn two_of_each(app: &TestApp) -> Vec<String> {
    let user = app.user().create().await;
    app.user().create().await;
    app.category().create().await;
    let category = app.category().create().await;
    for _ in 0..2 {
        app.logged_request(&app.own, Uuid::now_v7()).await;
        let post = app.post().author(&user).body();
        let post = app.partner().post("/v1/posts", post).await;
        post.assert_status(201);
        let product = app.product().category(&category).stock(50).create().await;
        let mut order = order_of(&product, 1);
        order["user_id"] = Value::String(user.id.to_string());
        let order = app.partner().post("/v1/orders", order);
        order.await.assert_status(201);
    }
    for partner in [&app.own, &app.other] {
        let feed = app.client_of(partner).get("/v1/products/feed").await;
        feed.assert_status(200);
    }
    uses::writer::write(&app.app).await.unwrap();
    let [partner, category, user] = [app.own.id.uuid(), category.id.into(), user.id.into()];
    lists(
        &partner.to_string(),
        &category.to_string(),
        &user.to_string(),
    )
}

/// Who may read a list.
fn reader<'a>(app: &'a TestApp, path: &str) -> Client<'a> {
    match path.starts_with(OF_ALL) {
        true => app.role("operator"),
        false => app.partner(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_sends_no_more_queries_for_more_items() {
    for app in TestApp::on_each_backend().await {
        // Without the partner in it, a query cannot be told from those of other tests.
        let is_told = |path: &String| !path.starts_with(OF_ALL) || path.contains("partner_id=");
        let paths = two_of_each(&app).await.into_iter();
        for path in paths.filter(is_told) {
            let count = async |limit: u32| {
                let call = reader(&app, &path).get(format!("{path}limit={limit}"));
                let (answer, queries) = sent_for(app.own.id, call.into_future()).await;
                answer.assert_status(200);
                queries.len()
            };

            let (one, all) = (count(1).await, count(100).await);

            assert_eq!(one, all, "{path} on {}", app.backend());
            assert!((1..=MOST_FOR_A_LIST).contains(&all), "{path}: {all}");
        }
    }
}

#[test]
fn every_filter_and_order_of_every_list_is_among_them() {
    let id = "019a4b7a-1f0e-7a31-8c55-0d6e2b9f4a10";
    let paths = lists(id, id, id);
    for operation in contract::operations::ALL {
        let is_list = operation.parameters.iter().any(|it| it.name == "cursor");
        for parameter in operation.parameters.iter().filter(|_| is_list) {
            // What neither filters nor orders.
            let is_other = matches!(parameter.name, "limit" | "cursor" | "fields");
            if parameter.place == Place::Query && !is_other {
                let path = operation.path;
                let sent = |it: &&String| {
                    it.starts_with(path) && it.contains(&format!("{}=", parameter.name))
                };
                assert!(
                    paths.iter().any(|it| sent(&it)),
                    "{path} {}",
                    parameter.name
                );
            }
        }
        let (before, after) = operation
            .path
            .split_once('{')
            .unwrap_or((operation.path, ""));
        let after = after.split_once('}').map_or("", |(_, after)| after);
        let is_asked = |it: &String| it.starts_with(before) && it.contains(&format!("{after}?"));
        assert!(!is_list || paths.iter().any(is_asked), "{}", operation.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_sends_few_queries_besides_those_for_its_lines() {
    for app in TestApp::on_each_backend().await {
        let mut products = Vec::new();
        for _ in 0..10 {
            products.push(app.product().stock(5).create().await);
        }
        let count = async |lines: usize| {
            let lines: Vec<_> = products.iter().take(lines).map(|it| (it, 1)).collect();
            let order = order_of_each(&lines);
            let call = app.partner().post("/v1/orders", order);
            let (answer, queries) = sent_for(app.own.id, call.into_future()).await;
            answer.assert_status(201);
            queries.len()
        };

        let (one, ten) = (count(1).await, count(10).await);

        // SQLite, which is in the process, takes the lines one by one.
        let for_a_line = if app.backend() == "sqlite" { 2 } else { 1 };
        assert_eq!(ten - one, 9 * for_a_line, "on {}", app.backend());
        assert!((3..=10).contains(&one), "{one} on {}", app.backend());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_reads_a_whole_table_nor_sorts_one() {
    for app in TestApp::on_each_backend().await {
        for path in two_of_each(&app).await {
            let first = reader(&app, &path).get(format!("{path}limit=1"));
            let (answer, mut queries) = sent(&app, &path, first.into_future()).await;
            if let Some(cursor) = answer.assert_status(200)["next_cursor"].as_str() {
                let next = reader(&app, &path).get(format!("{path}limit=1&cursor={cursor}"));
                let (answer, more) = sent(&app, &path, next.into_future()).await;
                answer.assert_status(200);
                queries.extend(more);
            }

            // Others write to the table of all meanwhile.
            for query in queries.iter().filter(|it| it.starts_with("SELECT")) {
                let (query, _) = query.split_once(" -- binds").unwrap();
                let plan = app.plan_of(query).await;
                for line in &plan {
                    assert_indexed(line, &plan, &format!("{path}\n{query}\n{plan:#?}"));
                }
            }
        }
    }
}

/// The queries that a list sends; with those of other tests, if it has no partner to tell them by.
async fn sent<T>(app: &TestApp, path: &str, work: impl Future<Output = T>) -> (T, Vec<String>) {
    match path.starts_with(OF_ALL) {
        true => sent_to("deprecated_uses", work).await,
        false => sent_for(app.own.id, work).await,
    }
}

fn assert_indexed(line: &str, plan: &[String], told: &str) {
    assert!(!line.contains("Seq Scan"), "{told}");
    assert!(!line.contains("TEMP B-TREE FOR ORDER BY"), "{told}");
    // SQLite's name for a step without an index. What a subquery found is gone through as it is.
    let scanned = line
        .strip_prefix("SCAN ")
        .filter(|_| !line.contains("INDEX"));
    let of_subquery = scanned.is_none_or(|name| plan.contains(&format!("CO-ROUTINE {name}")));
    assert!(of_subquery, "{told}");
}

impl TestApp {
    /// How the database would do a query, whatever its values, one line a step.
    async fn plan_of(&self, query: &str) -> Vec<String> {
        match self.app.db().url() {
            Url::Sqlite(path) => sqlite_plan(path.to_str().unwrap(), query),
            Url::Postgres(config) => {
                let (client, connection) = config.connect(NoTls).await.unwrap();
                tokio::spawn(connection);
                postgres_plan(&client, query).await
            }
        }
    }
}

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

fn sqlite_plan(path: &str, query: &str) -> Vec<String> {
    let mut conn = SqliteConnection::establish(path).unwrap();
    let steps = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}"));
    let steps: Vec<Step> = steps.load(&mut conn).unwrap();
    steps.into_iter().map(|step| step.detail).collect()
}

/// The plan that does not look at the values. A sequential scan is in it only if there is no
/// index to use.
async fn postgres_plan(client: &tokio_postgres::Client, query: &str) -> Vec<String> {
    let values = (1..100).take_while(|number| query.contains(&format!("${number}")));
    let values = values.map(|_| "NULL").collect::<Vec<_>>().join(", ");
    let statement = format!(
        "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; \
         PREPARE asked AS {query}; EXPLAIN EXECUTE asked({values})"
    );
    let answers = client.simple_query(&statement).await.unwrap();
    let rows = answers.iter().filter_map(|answer| match answer {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    rows.collect()
}
