//! Users: creating, showing, listing and changing them.

use std::future::IntoFuture;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn test_create_user() {
    for app in TestApp::on_each_backend().await {
        let body = app.user().body();

        let answer = app.partner().post("/v1/users", body.clone()).await;

        let user = answer.assert_status(201);
        let path = format!("/v1/users/{}", user["id"].as_str().unwrap());
        assert_eq!(user["username"], body["username"]);
        assert_eq!(answer.header("location"), path);
        assert_eq!(app.partner().get(path).await.assert_status(200), user);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn test_get_user_not_found() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", Uuid::now_v7());

        let answer = app.partner().get(&path).await;

        let problem = answer.assert_problem(404, "not-found");
        assert_eq!(problem["instance"], path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn test_create_user_invalid_email() {
    for app in TestApp::on_each_backend().await {
        let body = app.user().with("email", "not an address").body();

        let answer = app.partner().post("/v1/users", body).invalid().await;

        let problem = answer.assert_violations(&[("/email", "pattern")]);
        assert_eq!(problem["errors"][0]["in"], json!("body"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_gets_defaults_for_what_is_left_out() {
    for app in TestApp::on_each_backend().await {
        let body = json!({"username": "mina", "email": "mina@example.com"});

        let answer = app.partner().post("/v1/users", body).await;

        let user = answer.assert_status(201);
        assert_eq!(user["role"], "user");
        assert_eq!(user["tags"], json!([]));
        for member in ["age", "name", "metadata"] {
            assert_eq!(user[member], Value::Null, "{member}");
        }
        assert_eq!(user["created_at"], user["updated_at"]);
        assert_eq!(answer.header("etag"), "\"1\"");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_users_name_is_trimmed_and_the_address_lower_cased() {
    for app in TestApp::on_each_backend().await {
        let body = app
            .user()
            .with("name", "  Mina Kim\u{3000}")
            .with("email", "Mina.KIM@Example.COM")
            .body();

        let user = app.partner().post("/v1/users", body).await.json();

        assert_eq!(user["name"], "Mina Kim");
        assert_eq!(user["email"], "mina.kim@example.com");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_any_script_come_back_as_they_were_sent() {
    for app in TestApp::on_each_backend().await {
        let body = app
            .user()
            .with("name", "김민아 🦀 ñ")
            .with("tags", json!(["일", "\"'; drop table users --"]))
            .with("metadata", json!({"사무실": "서울", "a/b~c": ""}))
            .body();

        let user = app.partner().post("/v1/users", body.clone()).await.json();

        for member in ["name", "tags", "metadata"] {
            assert_eq!(user[member], body[member], "{member}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_username_is_taken_once() {
    for app in TestApp::on_each_backend().await {
        let first = app.user().create().await;
        let body = app.user().with("username", first.username).body();

        let answer = app.partner().post("/v1/users", body).await;

        answer.assert_problem(409, "username-taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_taken_once_whatever_its_case() {
    for app in TestApp::on_each_backend().await {
        app.user().with("email", "mina@example.com").create().await;
        let body = app.user().with("email", "MINA@example.com").body();

        let answer = app.partner().post("/v1/users", body).await;

        answer.assert_problem(409, "email-taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn usernames_differ_by_case() {
    for app in TestApp::on_each_backend().await {
        app.user().with("username", "mina").create().await;
        let body = app.user().with("username", "Mina").body();

        let answer = app.partner().post("/v1/users", body).await;

        answer.assert_status(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_cannot_take_the_name_or_address_of_another() {
    for app in TestApp::on_each_backend().await {
        let other = app.user().create().await;
        let path = format!("/v1/users/{}", app.user().create().await.id);
        let patch = |body| app.partner().patch(&path, body);

        let name = patch(json!({"username": other.username})).await;
        let address = patch(json!({"email": other.email.to_uppercase()})).await;

        name.assert_problem(409, "username-taken");
        address.assert_problem(409, "email-taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_without_a_tag_is_not_created() {
    for app in TestApp::on_each_backend().await {
        let none = app.user().with("role", "admin").body();
        let empty = app
            .user()
            .with("role", "admin")
            .with("tags", json!([]))
            .body();

        let without = app.partner().post("/v1/users", none).invalid().await;
        let with_none = app.partner().post("/v1/users", empty).invalid().await;

        without.assert_violations(&[("/tags", "required")]);
        with_none.assert_violations(&[("/tags", "minItems")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_change_leaves_an_admin_without_a_tag() {
    for app in TestApp::on_each_backend().await {
        let admin = app
            .user()
            .with("role", "admin")
            .with("tags", json!(["ops"]));
        let admin = format!("/v1/users/{}", admin.create().await.id);
        let plain = format!("/v1/users/{}", app.user().create().await.id);
        let client = app.partner();

        let untagged = client.patch(&admin, json!({"tags": []})).await;
        let raised = client.patch(&plain, json!({"role": "admin"})).await;
        let both = json!({"role": "admin", "tags": ["ops"]});
        let raised_with_tag = client.patch(&plain, both).await;

        untagged.assert_problem(409, "admin-needs-tag");
        raised.assert_problem(409, "admin-needs-tag");
        raised_with_tag.assert_status(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_leaves_what_is_absent_and_clears_what_is_null() {
    for app in TestApp::on_each_backend().await {
        let user = app.user().with("tags", json!(["a"])).create().await;
        let path = format!("/v1/users/{}", user.id);
        let before = app.partner().get(&path).await.json();

        let answer = app.partner().patch(&path, json!({"age": null})).await;

        let mut expected = before.clone();
        expected["age"] = Value::Null;
        let after = answer.assert_status(200);
        assert_ne!(after["updated_at"], before["updated_at"]);
        expected["updated_at"] = after["updated_at"].clone();
        assert_eq!(after, expected);
        assert_ne!(before["age"], Value::Null);
        assert_eq!(answer.header("etag"), "\"2\"");
        assert_eq!(app.partner().get(&path).await.json(), after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patch_cannot_clear_what_must_be_there() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", app.user().create().await.id);
        let body = json!({"username": null, "email": null, "role": null, "tags": null});

        let answer = app.partner().patch(path, body).invalid().await;

        let problem = answer.assert_problem(422, "validation-error");
        let pointers: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["pointer"].as_str().unwrap())
            .collect();
        for member in ["/username", "/email", "/role", "/tags"] {
            assert!(pointers.contains(&member), "{pointers:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_replaced_and_metadata_is_merged() {
    for app in TestApp::on_each_backend().await {
        let user = app
            .user()
            .with("tags", json!(["a", "b"]))
            .with("metadata", json!({"office": "Seoul", "desk": "4"}));
        let path = format!("/v1/users/{}", user.create().await.id);
        let body = json!({
            "tags": ["c"],
            "metadata": {"office": "Busan", "desk": null, "floor": "2"},
        });

        let changed = app.partner().patch(&path, body).await.assert_status(200);
        let body = json!({"metadata": null});
        let cleared = app.partner().patch(&path, body).await.assert_status(200);

        assert_eq!(changed["tags"], json!(["c"]));
        assert_eq!(
            changed["metadata"],
            json!({"office": "Busan", "floor": "2"})
        );
        assert_eq!(cleared["metadata"], Value::Null);
        assert_eq!(cleared["tags"], json!(["c"]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metadata_does_not_grow_beyond_its_bound() {
    for app in TestApp::on_each_backend().await {
        let entries = |names: std::ops::Range<u32>| -> Map<String, Value> {
            names.map(|name| (format!("k{name}"), json!("v"))).collect()
        };
        let user = app.user().with("metadata", entries(0..50)).create().await;
        let path = format!("/v1/users/{}", user.id);
        let patch = |metadata| app.partner().patch(&path, json!({"metadata": metadata}));

        let beyond = patch(json!({"another": "v"})).await;
        let instead = patch(json!({"another": "v", "k0": null})).await;

        beyond.assert_problem(409, "metadata-full");
        let metadata = &instead.assert_status(200)["metadata"];
        assert_eq!(metadata.as_object().unwrap().len(), 50);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_at_once_are_all_kept() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}", app.user().create().await.id);

        let changes = (0..3).map(|number| {
            let body = json!({"metadata": {format!("k{number}"): "v"}});
            app.partner().patch(&path, body).into_future()
        });
        let answers = futures_util::future::join_all(changes).await;

        for answer in answers {
            answer.assert_status(200);
        }
        let user = app.partner().get(&path).await.json();
        assert_eq!(user["metadata"], json!({"k0": "v", "k1": "v", "k2": "v"}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_users_come_first() {
    for app in TestApp::on_each_backend().await {
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.insert(0, app.user().create().await.id.to_string());
        }

        let page = app.partner().get("/v1/users").await.assert_status(200);

        let items = page["items"].as_array().unwrap();
        let listed: Vec<_> = items.iter().map(|user| user["id"].clone()).collect();
        assert_eq!(listed, ids);
        assert_eq!(page["next_cursor"], Value::Null);
    }
}
