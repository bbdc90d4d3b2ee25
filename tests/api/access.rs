//! Who may call what: every operation of the contract against every key and every role.

use contract::ROLES;
use uuid::Uuid;

use crate::support::TestApp;
use crate::support::cases::{self, Case, guarded_operations};

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_succeeds_for_a_valid_call() {
    for app in TestApp::on_each_backend().await {
        for operation in contract::operations::ALL {
            let case = Case::new(&app, &app.own, operation).await;

            let answer = case.by(&app.caller_of(case.operation)).await;

            assert!((200..300).contains(&answer.status), "{answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_guarded_operation_refuses_whoever_has_no_valid_key() {
    for app in TestApp::on_each_backend().await {
        let clients = [
            ("none", app.anonymous()),
            ("garbage", app.with_key("garbage")),
            (
                "unknown",
                app.with_key(&format!("sk_live_{}", "a".repeat(43))),
            ),
            ("revoked", app.with_key(&app.revoked_key().await)),
            ("expired", app.with_key(&app.expired_key().await)),
        ];
        for operation in guarded_operations() {
            let case = Case::new(&app, &app.own, operation).await;
            for (name, client) in &clients {
                let answer = case.by(client).await;

                answer.assert_problem(401, "unauthorized");
                let challenge = answer.header("www-authenticate");
                assert!(challenge.starts_with("Bearer"), "{name}: {challenge}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_ways_to_send_a_key_are_refused() {
    for app in TestApp::on_each_backend().await {
        let key = app.own.key("admin");
        let headers = [
            ("authorization", key.to_owned()),
            ("authorization", format!("Basic {key}")),
            ("authorization", format!("Bearer {key} {key}")),
            ("authorization", "Bearer".to_owned()),
            ("x-api-key", key.to_owned()),
            ("cookie", format!("key={key}")),
        ];
        for (name, value) in headers {
            let call = app.anonymous().get("/v1/users").header(name, &value);

            call.await.assert_problem(401, "unauthorized");
        }
        let in_the_query = app.anonymous().get(format!("/v1/users?key={key}"));
        in_the_query.await.assert_problem(401, "unauthorized");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_may_do_what_its_scopes_grant_and_nothing_else() {
    for app in TestApp::on_each_backend().await {
        for operation in guarded_operations() {
            for role in ROLES {
                let case = Case::new(&app, &app.own, operation).await;
                let wanted = operation.security[0][0].scopes;
                let granted = wanted.iter().all(|scope| role.scopes.contains(scope));

                let answer = case.by(&app.role(role.name)).await;

                let status = answer.status;
                match granted {
                    true => assert!(
                        status < 300,
                        "{} as {}: {answer:?}",
                        operation.id,
                        role.name
                    ),
                    false => drop(answer.assert_problem(403, "forbidden")),
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_public_but_health() {
    let public: Vec<_> = contract::operations::ALL
        .iter()
        .filter(|operation| operation.security.is_empty())
        .map(|operation| operation.path)
        .collect();

    assert_eq!(
        public,
        [
            "/health",
            "/health/live",
            "/health/ready",
            "/problems",
            "/problems/{slug}"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_caller_learns_nothing_of_what_is_there() {
    for app in TestApp::on_each_backend().await {
        for operation in cases::operations_with_an_id() {
            let known = Case::new(&app, &app.own, operation).await;
            let unknown = Case {
                path: cases::path(operation, &Uuid::now_v7().to_string()),
                ..known.clone()
            };

            let known = known.by(&app.anonymous()).await;
            let unknown = unknown.by(&app.anonymous()).await;

            known.assert_problem(401, "unauthorized");
            unknown.assert_problem(401, "unauthorized");
        }
    }
}
