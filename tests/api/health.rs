//! Whether the service says how it is.

use std::time::Duration;

use concordat::startup;

use crate::support::{TestApp, UnpreparedApp};

#[tokio::test(flavor = "multi_thread")]
async fn health_tells_which_service_runs_since_which_contract() {
    for app in TestApp::on_each_backend().await {
        let health = app.anonymous().get("/health").await.assert_status(200);

        assert_eq!(health["status"], "ok");
        assert_eq!(health["version"], contract::VERSION);
        assert_eq!(health["contract_hash"], contract::HASH);
        assert!(
            health["timestamp"]
                .as_str()
                .unwrap()
                .starts_with("2026-03-14T")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prepared_service_is_ready() {
    for app in TestApp::on_each_backend().await {
        let ready = app
            .anonymous()
            .get("/health/ready")
            .await
            .assert_status(200);

        assert_eq!(ready["status"], "ready");
        assert_eq!(ready["database"], "connected");
        assert_eq!(ready["migrations"], "applied");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_without_tables_lives_but_is_not_ready() {
    for app in UnpreparedApp::on_each_backend().await {
        let live = app.anonymous().get("/health/live").await;
        let before = app.anonymous().get("/health/ready").await;
        startup::prepare(&app.app).await.unwrap();
        let after = app.anonymous().get("/health/ready").await;

        live.assert_status(200);
        before.assert_problem(503, "not-ready");
        assert!(!before.header("retry-after").is_empty());
        after.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draining_service_lives_and_works_but_is_not_ready() {
    for app in TestApp::on_each_backend().await {
        app.app.shutdown().begin();

        let ready = app.anonymous().get("/health/ready").await;
        let live = app.anonymous().get("/health/live").await;
        let users = app.partner().get("/v1/users").await;

        ready.assert_problem(503, "not-ready");
        live.assert_status(200);
        users.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_the_service_lives_and_refuses_for_now() {
    for app in TestApp::on_each_backend().await {
        app.app.db().close(Duration::from_secs(1)).await;

        let live = app.anonymous().get("/health/live").await;
        let ready = app.anonymous().get("/health/ready").await;
        let users = app.partner().get("/v1/users").await;

        live.assert_status(200);
        ready.assert_problem(503, "not-ready");
        users.assert_problem(503, "database-unavailable");
        assert_eq!(users.header("retry-after"), "1");
    }
}
