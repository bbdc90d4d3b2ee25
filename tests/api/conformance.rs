//! Whether the service says which contract it keeps, and finds out when it does not.

mod uses;

use std::time::{Duration, Instant};

use concordat::db::Conn;
use concordat::error::Error;
use diesel_async::SimpleAsyncConnection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::TestApp;

const SAMPLING: &[(&str, &str)] = &[("CHECK_RESPONSES", "100%")];

async fn status(app: &TestApp) -> Value {
    let status = app.role("operator").get("/v1/contract/status").await;
    status.assert_status(200)
}

/// What was found, once a check has found something in the answers of both paths. Checks come after
/// the answers, one at a time, so that some answers are passed over.
async fn found(app: &TestApp, paths: [&str; 2]) -> Value {
    let found = async {
        loop {
            for path in paths {
                let answer = app.partner().get(path).trusted().await;
                assert_eq!(answer.status, 200, "{answer:?}");
            }
            let status = status(app).await;
            let text = status["mismatches"].to_string();
            if text.contains("getUser") && text.contains("listUsers") {
                return status;
            }
        }
    };
    let patience = Duration::from_secs(60);
    tokio::time::timeout(patience, found).await.unwrap()
}

/// Puts into the users what no operation would.
async fn spoil_users(app: &TestApp, assignment: &str) {
    execute(app, &format!("UPDATE users SET {assignment}")).await;
}

/// Runs a statement past all operations.
async fn execute(app: &TestApp, statement: &str) {
    let work = app.app.db().transaction(|conn| {
        Box::pin(async move {
            match conn {
                Conn::Pg(conn) => conn.batch_execute(statement).await?,
                Conn::Sqlite(conn) => conn.batch_execute(statement).await?,
                Conn::Piped(_) | Conn::Shared(_) => panic!("not in a transaction"),
            }
            Ok::<_, Error>(())
        })
    });
    work.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_names_the_contract_that_it_keeps_to() {
    for app in TestApp::on_each_backend().await {
        let document = app.anonymous().get("/openapi.json").await;
        let hash: String = Sha256::digest(&document.body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let stamp = format!("{}; hash={hash}", contract::VERSION);
        let answers = [
            app.anonymous().get("/health").await,
            app.partner().get("/v1/users").await,
            app.anonymous().get("/v1/users").await,
            app.partner().get("/nothing").await,
            app.partner().call("TRACE", "/v1/users").await,
            app.partner().call("HEAD", "/v1/users").await,
            app.anonymous().get("/docs").await,
            app.partner().get("/health").without_host().invalid().await,
        ];

        for answer in answers {
            assert_eq!(answer.header("concordat-contract"), stamp, "{answer:?}");
        }
        let health = app.anonymous().get("/health").await.json();
        assert_eq!(health["contract_hash"], hash);
        assert_eq!(document.header("concordat-contract"), stamp);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_see_the_contract_in_force() {
    for app in TestApp::on_each_backend().await {
        let status = status(&app).await;

        assert_eq!(status["version"], contract::VERSION);
        assert_eq!(status["hash"], contract::HASH);
        assert_eq!(status["responses"]["sampled_share"], 0.0);
        assert_eq!(status["mismatches"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_breaks_the_contract_is_given_and_found() {
    for app in TestApp::with_settings(SAMPLING).await {
        let user = app.partner().post("/v1/users", app.user().body()).await;
        let path = format!("/v1/users/{}", user.json()["id"].as_str().unwrap());
        let metadata = r#"{"secret": "\u0007"}"#;
        spoil_users(&app, &format!("email = 'secret', metadata = '{metadata}'")).await;

        let status = found(&app, [&path, "/v1/users"]).await;

        assert_eq!(status["responses"]["sampled_share"], 1.0);
        let counted = |name: &str| status["responses"][name].as_u64().unwrap();
        assert!(counted("checked") >= counted("mismatched") && counted("mismatched") >= 2);
        for mismatch in status["mismatches"].as_array().unwrap() {
            let place = match mismatch["operation"].as_str() {
                Some("getUser") => "",
                _ => "/items/*",
            };
            // It fits neither the whole schema nor the sparse one.
            assert_eq!(mismatch["pointer"], place, "{mismatch}");
            assert_eq!(mismatch["keyword"], "anyOf");
            assert_eq!(mismatch["status"], 200);
        }
        assert!(!status.to_string().contains("secret"), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_checked_where_no_share_is_asked_for() {
    for app in TestApp::with_settings(&[("CHECK_RESPONSES", "0%")]).await {
        let user = app.partner().post("/v1/users", app.user().body()).await;
        spoil_users(&app, "email = 'secret'").await;
        let path = format!("/v1/users/{}", user.json()["id"].as_str().unwrap());

        let spoiled = app.partner().get(path).trusted().await;

        assert_eq!(spoiled.status, 200);
        let status = status(&app).await;
        assert_eq!(status["responses"]["checked"], 0);
        assert_eq!(status["responses"]["passed_over"], 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_share_no_more_than_fifty_are_checked_a_second() {
    for app in TestApp::with_settings(&[("CHECK_RESPONSES", "99%")]).await {
        let begun = Instant::now();
        for _ in 0..100 {
            app.anonymous().get("/health").await.assert_status(200);
        }
        let status = status(&app).await;

        let most = begun.elapsed().as_millis() / 20 + 1;
        let checked = status["responses"]["checked"].as_u64().unwrap();
        assert!(u128::from(checked) <= most, "{checked} of {most}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_all_are_checked_before_one_that_breaks_the_contract_is_withheld() {
    for app in TestApp::on_each_backend().await {
        let user = app.partner().post("/v1/users", app.user().body()).await;
        spoil_users(&app, "email = 'secret'").await;
        let path = format!("/v1/users/{}", user.json()["id"].as_str().unwrap());

        let answer = app.partner().get(path).await;

        answer.assert_problem(500, "contract-violation");
    }
}
