//! What only the administrators of a partner may do.

use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn users_are_found_by_role_and_by_part_of_their_name_or_address() {
    for app in TestApp::on_each_backend().await {
        let named = |username: &str, email: &str, role: &str| {
            let user = app.user().with("username", username).with("email", email);
            user.with("role", role).with("tags", json!(["ops"]))
        };
        named("mina", "m@example.com", "admin").create().await;
        named("Minho", "x@example.org", "user").create().await;
        named("jun", "jun_100@example.com", "user").create().await;

        for (query, expected) in [
            ("", vec!["jun", "Minho", "mina"]),
            ("role=user", vec!["jun", "Minho"]),
            ("q=MIN", vec!["Minho", "mina"]),
            ("q=example.com&role=admin", vec!["mina"]),
            ("q=n_1", vec!["jun"]),
            ("q=%25", vec![]),
        ] {
            let answer = app.partner().get(format!("/v1/admin/users?{query}")).await;

            let page = answer.assert_status(200);
            let items = page["items"].as_array().unwrap().iter();
            let found: Vec<_> = items.map(|user| user["username"].clone()).collect();
            let expected: Vec<_> = expected.into_iter().map(Value::from).collect();
            assert_eq!(found, expected, "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_goes_on_with_its_own_cursor_only() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..3 {
            app.user().create().await;
        }
        let first = app.partner().get("/v1/admin/users?limit=2&q=mina").await;
        let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();

        let next = format!("/v1/admin/users?limit=2&q=mina&cursor={cursor}");
        let next = app.partner().get(next).await.assert_status(200);
        let other = format!("/v1/admin/users?limit=2&cursor={cursor}");
        let other = app.partner().get(other).await;

        assert_eq!(next["items"].as_array().unwrap().len(), 1);
        assert_eq!(next["next_cursor"], Value::Null);
        other.assert_problem(409, "invalid-cursor");
    }
}
