//! Posts: written, read, listed by author, shown with users.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_created_trimmed_and_found() {
    for app in TestApp::on_each_backend().await {
        let author = app.user().create().await;
        let body = app.post().author(&author).with("title", "  Hello ").body();

        let created = app.partner().post("/v1/posts", body).await;

        let post = created.assert_status(201);
        assert_eq!(post["title"], "Hello");
        assert_eq!(post["author_id"], author.id.to_string());
        assert_eq!(post["created_at"], post["updated_at"]);
        let found = app.partner().get(created.header("location")).await;
        assert_eq!(found.assert_status(200), post);
        assert_eq!(found.header("etag"), created.header("etag"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_of_nobody_is_refused() {
    for app in TestApp::on_each_backend().await {
        let body = app.post().with("author_id", Uuid::now_v7().to_string());

        let answer = app.partner().post("/v1/posts", body.body()).await;

        answer.assert_problem(409, "unknown-user");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_member_of_a_post_is_told_at_once() {
    for app in TestApp::on_each_backend().await {
        let body = json!({"title": " ", "content": "", "author_id": "me", "likes": 1});

        let answer = app.partner().post("/v1/posts", body).invalid().await;

        answer.assert_violations(&[
            ("/title", "pattern"),
            ("/content", "minLength"),
            ("/author_id", "format"),
            ("/likes", "additionalProperties"),
        ]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_posts_of_a_user_are_listed_page_by_page_the_newest_first() {
    for app in TestApp::on_each_backend().await {
        let (author, other) = (app.user().create().await, app.user().create().await);
        let mut written = Vec::new();
        for _ in 0..5 {
            let post = app.post().author(&author).create().await;
            written.insert(0, Value::from(post.id.to_string()));
            app.post().author(&other).create().await;
        }
        let first = format!("/v1/users/{}/posts?limit=2", author.id);

        let mut listed = Vec::new();
        let mut path = first.clone();
        loop {
            let page = app.partner().get(&path).await.assert_status(200);
            let items = page["items"].as_array().unwrap();
            listed.extend(items.iter().map(|item| item["id"].clone()));
            let Some(cursor) = page["next_cursor"].as_str() else {
                break;
            };
            path = format!("{first}&cursor={cursor}");
        }

        assert_eq!(listed, written);
        let of_other = path.replace(&author.id.to_string(), &other.id.to_string());
        let answer = app.partner().get(of_other).await;
        answer.assert_problem(409, "invalid-cursor");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_shown_with_their_newest_ten_posts_if_that_is_asked_for() {
    for app in TestApp::on_each_backend().await {
        let (silent, prolific) = (app.user().create().await, app.user().create().await);
        let mut written = Vec::new();
        for _ in 0..12 {
            let post = app.post().author(&prolific).create().await;
            written.insert(0, Value::from(post.id.to_string()));
        }

        let plain = app.partner().get("/v1/users").await.assert_status(200);
        let with_posts = app.partner().get("/v1/users?expand=posts").await;

        for user in plain["items"].as_array().unwrap() {
            assert!(user.get("posts").is_none());
        }
        let page = with_posts.assert_status(200);
        let [first, second] = page["items"].as_array().unwrap().as_slice() else {
            panic!("{page}");
        };
        assert_eq!(first["id"], prolific.id.to_string());
        let shown = first["posts"].as_array().unwrap().iter();
        let shown: Vec<_> = shown.map(|post| post["id"].clone()).collect();
        assert_eq!(shown, written[..10]);
        let path = format!("/v1/posts/{}", shown[0].as_str().unwrap());
        assert_eq!(app.partner().get(path).await.json(), first["posts"][0]);
        assert_eq!(second["id"], silent.id.to_string());
        assert_eq!(second["posts"], json!([]));
    }
}
