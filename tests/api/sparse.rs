//! Sparse answers: `fields` shows the members that it names and no others.

use serde_json::{Map, Value, json};

use crate::support::{Answer, TestApp, order_of};

/// Every path whose answer can be sparse; each list has an item.
async fn paths(app: &TestApp) -> Vec<String> {
    let user = app.user().create().await;
    let post = app.post().author(&user).create().await;
    let product = app.product().stock(5).create().await;
    let order = app.partner().post("/v1/orders", order_of(&product, 1));
    let order = order.await.assert_status(201);
    vec![
        format!("/v1/users/{}", user.id),
        "/v1/users".to_owned(),
        "/v1/admin/users".to_owned(),
        format!("/v1/posts/{}", post.id),
        format!("/v1/users/{}/posts", user.id),
        format!("/v1/categories/{}", product.category_id),
        "/v1/categories".to_owned(),
        format!("/v1/products/{}", product.id),
        "/v1/products".to_owned(),
        format!("/v1/orders/{}", order["id"].as_str().unwrap()),
        "/v1/orders".to_owned(),
    ]
}

/// The resource of an answer, or the first item of a list.
fn resource(answer: &Answer) -> Map<String, Value> {
    let body = answer.assert_status(200);
    let resource = match body.get("items") {
        Some(items) => items[0].clone(),
        None => body,
    };
    resource.as_object().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sparse_answer_has_the_members_that_are_named_as_the_whole_one_has_them() {
    for app in TestApp::on_each_backend().await {
        let paths = paths(&app).await;
        let sparse = contract::operations::ALL
            .iter()
            .filter(|it| it.sparse.is_some());
        assert_eq!(sparse.count(), paths.len());
        for path in paths {
            let whole = app.partner().get(&path).await;
            let members = resource(&whole);
            let names: Vec<&str> = members.keys().map(String::as_str).collect();
            let all = app
                .partner()
                .get(format!("{path}?fields={}", names.join(",")));
            assert_eq!(resource(&all.await), members, "{path}");

            for name in names {
                let answer = app.partner().get(format!("{path}?fields={name}")).await;

                let expected = Map::from_iter([(name.to_owned(), members[name].clone())]);
                assert_eq!(resource(&answer), expected, "{path}");
                assert_eq!(answer.header("etag"), whole.header("etag"), "{path}");
                let (sparse, whole) = (answer.json(), whole.json());
                assert_eq!(sparse.get("next_cursor"), whole.get("next_cursor"));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_there_is_not_is_refused_with_those_that_there_are() {
    for app in TestApp::on_each_backend().await {
        for path in paths(&app).await {
            let whole = resource(&app.partner().get(&path).await);
            for (fields, pointer) in [
                ("secret", "/0"),
                ("id,secret", "/1"),
                ("ID", "/0"),
                ("id,%20created_at", "/1"),
                ("partner_id", "/0"),
            ] {
                let answer = app.partner().get(format!("{path}?fields={fields}"));

                let problem = answer.invalid().await;
                let problem = problem.assert_problem(422, "validation-error");
                let [error] = &problem["errors"].as_array().unwrap()[..] else {
                    panic!("one error: {problem}");
                };
                assert_eq!(error["in"], "query");
                assert_eq!(error["parameter"], "fields");
                assert_eq!(
                    (&error["pointer"], &error["keyword"]),
                    (&json!(pointer), &json!("enum"))
                );
                let allowed = error["limit"].as_array().unwrap();
                for name in whole.keys() {
                    assert!(allowed.contains(&json!(name)), "{path}: {name}");
                }
            }
            for fields in ["", "id,id", "id,", ","] {
                let answer = app.partner().get(format!("{path}?fields={fields}"));
                answer
                    .invalid()
                    .await
                    .assert_problem(422, "validation-error");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sparse_answer_is_read_and_changed_under_a_condition_like_the_whole_one() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/products/{}", app.product().create().await.id);
        let sparse = format!("{path}?fields=price,id");

        let read = app.partner().get(&sparse).await;
        let tag = read.header("etag");
        let again = app.partner().get(&sparse).header("if-none-match", tag);
        let again = again.await;
        let head = app.partner().call("HEAD", &sparse).await;
        let change = app.partner().patch(&path, json!({"price": "1.00"}));
        let changed = change.header("if-match", tag).await;
        let after = app
            .partner()
            .get(&sparse)
            .header("if-none-match", tag)
            .await;

        assert_eq!(again.status, 304);
        assert_eq!(head.header("content-length"), read.body.len().to_string());
        changed.assert_status(200);
        assert_eq!(after.assert_status(200)["price"], "1.00");
        assert_ne!(after.header("etag"), tag);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_expanded_is_shown_if_it_is_named() {
    for app in TestApp::on_each_backend().await {
        let user = app.user().create().await;
        let post = app.post().author(&user).create().await;
        let read = async |query: &str| {
            let answer = app.partner().get(format!("/v1/users?{query}")).await;
            Value::Object(resource(&answer))
        };

        let named = read("expand=posts&fields=username,posts").await;
        let unnamed = read("expand=posts&fields=username").await;
        let unexpanded = read("fields=posts").await;

        assert_eq!(named["username"], user.username);
        assert_eq!(named["posts"][0]["id"], post.id.to_string());
        assert_eq!(named["posts"][0]["title"], post.title, "posts stay whole");
        assert_eq!(unnamed, json!({"username": user.username}));
        assert_eq!(unexpanded, json!({}));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_sparse_list_lead_to_each_other() {
    for app in TestApp::on_each_backend().await {
        for _ in 0..3 {
            app.category().create().await;
        }
        let mut names = Vec::new();
        let mut path = "/v1/categories?fields=name&limit=1".to_owned();
        loop {
            let answer = app.partner().get(&path).await;
            names.push(resource(&answer));
            let link = answer.header("link").to_owned();
            let Some((next, _)) = link.split_once(">; rel=\"next\"") else {
                break;
            };
            path = next.trim_start_matches('<').to_owned();
            assert!(path.contains("fields=name"), "{path}");
        }

        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|it| it.len() == 1), "{names:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_never_sparse() {
    for app in TestApp::on_each_backend().await {
        let path = format!("/v1/users/{}?fields=id", uuid::Uuid::now_v7());

        let missing = app.partner().get(&path).await;
        let unknown = app.anonymous().get(&path).await;

        missing.assert_problem(404, "not-found");
        unknown.assert_problem(401, "unauthorized");
    }
}
