//! Who is calling, and how soon a change of that is known.

use std::future::IntoFuture;

use chrono::Duration;
use concordat::app::Clock;
use concordat::error::Error;
use concordat::ids::UserId;
use concordat::repository::role::Role;
use concordat::repository::users::{self, UserChanges};
use concordat::repository::{api_keys, partners};
use serde_json::{Value, json};

use crate::support::queries::{sent_for, sent_for_key};
use crate::support::{Answer, Client, TestApp, order_of};

/// The time within which a change must be known.
const PROMISED: Duration = Duration::seconds(5);

impl TestApp {
    /// Changes a user of the own partner behind the service's back, as another process does.
    async fn change(&self, user: UserId, changes: UserChanges) {
        let (partner, now) = (self.own.id, self.clock.now().into());
        let changed = self.app.db().transaction(|conn| {
            let changes = &changes;
            Box::pin(async move {
                Ok::<_, Error>(users::update(conn, partner, user, changes, None, now).await?)
            })
        });
        changed.await.unwrap().unwrap();
    }

    /// Keeps the own partner out, or lets it in, likewise.
    async fn disable(&self, is_disabled: bool) {
        let since = is_disabled.then(|| self.clock.now().into());
        let partner = self.own.id;
        let done = self.app.db().transaction(|conn| {
            Box::pin(
                async move { Ok::<_, Error>(partners::set_disabled(conn, partner, since).await?) },
            )
        });
        assert!(done.await.unwrap());
    }

    /// Revokes the own partner's key for administrators, likewise.
    async fn revoke(&self) {
        let hash = concordat::keys::hash(self.own.key("admin")).unwrap();
        let (partner, now) = (self.own.id, self.clock.now().into());
        let done = self.app.db().transaction(|conn| {
            Box::pin(async move {
                let key = api_keys::find_by_hash(conn, &hash).await?.unwrap();
                Ok::<_, Error>(api_keys::revoke(conn, partner, key.id, now).await?)
            })
        });
        assert!(done.await.unwrap());
    }

    /// A new administrator, and a client with its token.
    async fn administrator(&self) -> (UserId, Client<'_>) {
        let user = self.user().with("role", "admin").with("tags", json!(["t"]));
        let id = user.create().await.id;
        (id, self.with_key(&self.token(id)))
    }
}

fn to(role: Role) -> UserChanges {
    UserChanges {
        role: Some(role),
        ..UserChanges::default()
    }
}

fn inactive() -> UserChanges {
    UserChanges {
        is_active: Some(false),
        ..UserChanges::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_is_disabled_is_out_and_one_who_is_enabled_is_in_within_five_seconds() {
    for app in TestApp::on_each_backend().await {
        let (id, user) = app.administrator().await;
        user.get("/v1/users").await.assert_status(200);
        let path = format!("/v1/users/{id}");
        let set = async |is_active: bool| {
            let patch = json!({"is_active": is_active});
            let answer = app.partner().patch(&path, patch).await;
            assert_eq!(answer.assert_status(200)["is_active"], is_active);
            app.clock.advance(PROMISED);
            user.get("/v1/users").await
        };

        set(false).await.assert_problem(401, "unauthorized");
        set(true).await.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_may_do_what_the_new_role_grants_within_five_seconds() {
    for app in TestApp::on_each_backend().await {
        let (id, user) = app.administrator().await;
        for (role, status) in [
            (Role::Admin, 200),
            (Role::User, 403),
            (Role::Moderator, 200),
        ] {
            app.change(id, to(role)).await;
            app.clock.advance(PROMISED);

            assert_eq!(user.get("/v1/users").await.status, status, "{role}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_that_is_disabled_is_out_with_all_its_keys_and_users() {
    for app in TestApp::on_each_backend().await {
        let (_, user) = app.administrator().await;
        let callers = [app.partner(), app.role("user"), user];
        let other = app.client_of(&app.other);
        let ask = async |is_disabled: bool| {
            app.disable(is_disabled).await;
            app.clock.advance(PROMISED);
            let mut answers = Vec::new();
            for caller in &callers {
                answers.push(caller.get("/v1/products").await.status);
            }
            answers
        };

        assert_eq!(ask(false).await, [200; 3]);
        assert_eq!(ask(true).await, [401; 3]);
        other.get("/v1/products").await.assert_status(200);
        assert_eq!(ask(false).await, [200; 3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_taken_a_moment_ago_is_refused_once_it_has_expired() {
    for app in TestApp::on_each_backend().await {
        let id = app.user().create().await.id;
        app.clock.hold();
        let mut claims = app.claims(&app.own, id);
        // Leeway included, it ends with the next whole second but one.
        claims["exp"] = json!(app.clock.now().timestamp() - 29);
        let user = app.with_key(&app.token_with(&claims));

        let before = user.get("/v1/products").await;
        app.clock.advance(Duration::milliseconds(600));
        let after = user.get("/v1/products").await;

        before.assert_status(200);
        after.assert_problem(401, "unauthorized");
    }
}

/// What nobody may do who no longer may, not even for the moment for which callers are remembered.
async fn grave(app: &TestApp, client: &Client<'_>) -> Vec<Answer> {
    let path = format!("/v1/users/{}", app.user().create().await.id);
    let new = app.user().with("role", "moderator").body();
    let product = app.product().stock(5).create().await;
    let order = app
        .client_of(&app.own)
        .post("/v1/orders", order_of(&product, 1));
    let order = order.await.assert_status(201);
    let order = format!("/v1/orders/{}", order["id"].as_str().unwrap());
    vec![
        client.patch(&path, json!({"role": "moderator"})).await,
        client.patch(&path, json!({"is_active": false})).await,
        client.post("/v1/users", new).await,
        client.call("POST", format!("{order}/pay")).await,
        client.call("POST", format!("{order}/refund")).await,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_grave_is_done_only_for_who_may_at_this_very_moment() {
    for app in TestApp::on_each_backend().await {
        app.clock.hold();
        let (demoted, was_admin) = app.administrator().await;
        let (disabled, was_active) = app.administrator().await;
        let (_, still) = app.administrator().await;
        for client in [&was_admin, &was_active] {
            client.get("/v1/users").await.assert_status(200);
        }
        let answers = grave(&app, &still).await;
        assert!(answers.iter().all(|it| it.status < 300), "{answers:#?}");

        app.change(demoted, to(Role::User)).await;
        app.change(disabled, inactive()).await;

        was_admin.get("/v1/users").await.assert_status(200);
        was_active.get("/v1/users").await.assert_status(200);
        // A user may pay, too.
        let statuses = grave(&app, &was_admin).await;
        let statuses: Vec<u16> = statuses.iter().map(|it| it.status).collect();
        assert_eq!(statuses, [403, 403, 403, 200, 403]);
        for answer in grave(&app, &was_active).await {
            answer.assert_problem(401, "unauthorized");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_just_revoked_does_nothing_grave() {
    for app in TestApp::on_each_backend().await {
        app.clock.hold();
        let path = format!("/v1/users/{}", app.user().create().await.id);
        app.partner().get(&path).await.assert_status(200);
        app.revoke().await;

        let remembered = app.partner().get(&path).await;
        let grave = app
            .partner()
            .patch(&path, json!({"role": "moderator"}))
            .await;

        remembered.assert_status(200);
        grave.assert_problem(401, "unauthorized");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_looks_its_caller_up_once_and_the_next_in_a_second_not_at_all() {
    for app in TestApp::on_each_backend().await {
        let id = app.user().create().await.id;
        let user = app.with_key(&app.token(id));
        let product = app.product().stock(50).create().await;
        app.clock.hold();
        for path in ["/v1/products", "/v1/orders", "/v1/categories/stats"] {
            let key = app.own.key("admin");
            let by_key = || sent_for_key(key, app.partner().get(path).into_future());
            let by_token = || sent_for(id, user.get(path).into_future());

            app.clock.advance(Duration::seconds(2));
            let counts = [
                by_key().await.1.len(),
                by_key().await.1.len(),
                by_token().await.1.len(),
                by_token().await.1.len(),
            ];

            assert_eq!(counts, [1, 0, 1, 0], "{path}");
        }
        app.clock.advance(Duration::seconds(2));
        let order = user.post("/v1/orders", order_of(&product, 1));
        let (answer, queries) = sent_for(id, order.into_future()).await;
        answer.assert_status(201);
        let of_caller = queries.iter().filter(|query| query.contains("disabled_at"));
        assert_eq!(of_caller.count(), 1, "{queries:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_names_the_user_who_called() {
    for app in TestApp::on_each_backend().await {
        let (id, user) = app.administrator().await;
        let body = app.category().body();

        user.post("/v1/categories", body).await.assert_status(201);

        let path = format!("/v1/audit?actor=user:{id}");
        let page = app.partner().get(path).await.assert_status(200);
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{page}");
        assert_eq!(items[0]["resource_type"], Value::from("category"));
    }
}
