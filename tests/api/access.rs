//! Who may call what: every operation of the contract against every key and every role.

use concordat::app::Clock;
use concordat::repository::role::Role as UserRole;
use contract::{Operation, ROLES, Role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{self, Case, guarded_operations};
use crate::support::{Answer, TestApp};

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
        let tokens = refused_tokens(&app).await;
        let tokens = tokens
            .iter()
            .map(|(name, text)| (*name, app.with_key(text)));
        let clients: Vec<_> = clients.into_iter().chain(tokens).collect();
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

/// Tokens that open nothing, whatever role their user has.
async fn refused_tokens(app: &TestApp) -> Vec<(&'static str, String)> {
    let admin = app.user().with("role", "admin").with("tags", json!(["t"]));
    let admin = admin.create().await;
    let disabled = app.user().with("role", "admin").with("tags", json!(["t"]));
    let disabled = disabled.create().await;
    let path = format!("/v1/users/{}", disabled.id);
    let disable = app.partner().patch(path, json!({"is_active": false}));
    disable.await.assert_status(200);
    let foreign = app.user().of(&app.other).create().await;
    let claims = app.claims(&app.own, admin.id);
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        app.token_with(&claims)
    };
    let now = app.clock.now().timestamp();
    vec![
        ("token expired", with("exp", json!(now - 60))),
        ("token not yet valid", with("nbf", json!(now + 3_600))),
        ("token for another audience", with("aud", json!("other"))),
        (
            "token of another issuer",
            with("iss", json!("https://other.test")),
        ),
        ("token signed by another", app.forged_token(&claims)),
        ("token of a disabled user", app.token(disabled.id)),
        ("token of no user", with("sub", json!(Uuid::now_v7()))),
        ("token of another partner's user", app.token(foreign.id)),
        (
            "own user, another partner",
            with("partner", json!(app.other.id)),
        ),
    ]
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

                assert_granted(granted, &answer, operation, role);
                if UserRole::ALL.iter().any(|it| it.as_str() == role.name) {
                    let case = Case::new(&app, &app.own, operation).await;
                    let user = app.with_key(&app.token_of(role.name).await);
                    // A user is no test key.
                    let granted = granted && operation.tag != "Sandbox";
                    assert_granted(granted, &case.by(&user).await, operation, role);
                }
            }
        }
    }
}

#[track_caller]
fn assert_granted(granted: bool, answer: &Answer, operation: &Operation, role: &Role) {
    let told = format!("{} as {}: {answer:?}", operation.id, role.name);
    match granted {
        true => assert!(answer.status < 300, "{told}"),
        false => drop(answer.assert_problem(403, "forbidden")),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_grants_no_scope_but_those_that_it_names() {
    for app in TestApp::on_each_backend().await {
        let admin = app.user().with("role", "admin").with("tags", json!(["t"]));
        let mut claims = app.claims(&app.own, admin.create().await.id);
        for operation in guarded_operations() {
            let wanted = operation.security[0][0].scopes;
            let role = ROLES.iter().find(|role| role.name == "admin").unwrap();
            let may = operation.tag != "Sandbox"
                && wanted.iter().all(|scope| role.scopes.contains(scope));
            let mut others = ROLES.iter().flat_map(|role| role.scopes);
            let other = others.find(|scope| !wanted.contains(scope)).unwrap();
            for (scope, granted) in [
                (wanted.join(" "), true),
                (format!("openid  {} unheard:of", wanted.join(" ")), true),
                ((*other).to_owned(), false),
                (String::new(), false),
            ] {
                claims["scope"] = json!(scope);
                let case = Case::new(&app, &app.own, operation).await;

                let answer = case.by(&app.with_key(&app.token_with(&claims))).await;

                assert_granted(granted && may, &answer, operation, role);
            }
        }
        let user = app.user().create().await;
        let mut claims = app.claims(&app.own, user.id);
        claims["scope"] = json!("users:read users:admin");
        let widened = app
            .with_key(&app.token_with(&claims))
            .get("/v1/users")
            .await;
        widened.assert_problem(403, "forbidden");
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
