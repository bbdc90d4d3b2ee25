//! The catalogue of problem types: what a problem's `type` leads to.

use contract::problems::CATALOGUE;

use crate::support::{Answer, TestApp};

async fn read(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut call = app.anonymous().get(path);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    call.await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_type_of_a_problem_leads_to_what_it_means() {
    for app in TestApp::on_each_backend().await {
        let refused = app.anonymous().get("/v1/products").await.json();

        let answer = read(&app, refused["type"].as_str().unwrap(), &[]).await;

        let told = answer.assert_status(200);
        for member in ["type", "code", "status", "title"] {
            assert_eq!(told[member], refused[member], "{member}");
        }
        assert_eq!(answer.header("content-language"), "en");
        assert_eq!(answer.header("vary"), "Accept, Accept-Language");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_is_listed_and_has_a_page_in_each_language() {
    for app in TestApp::on_each_backend().await {
        for language in ["en", "ko"] {
            let json = [("accept-language", language)];
            let html = [("accept-language", language), ("accept", "text/html")];
            let listed = read(&app, "/problems", &json).await.assert_status(200);
            let list = read(&app, "/problems", &html).await;
            let items = listed["items"].as_array().unwrap();
            assert_eq!(items.len(), CATALOGUE.len());
            for item in items {
                let path = item["type"].as_str().unwrap();

                let one = read(&app, path, &json).await;
                let page = read(&app, path, &html).await;

                assert_eq!(one.assert_status(200), *item);
                assert_eq!(page.header("content-language"), language);
                assert_eq!(page.header("content-type"), "text/html");
                let page = String::from_utf8(page.body).unwrap();
                assert!(page.contains(&format!("<html lang=\"{language}\">")));
                assert!(page.contains(item["title"].as_str().unwrap()), "{page}");
                assert!(String::from_utf8_lossy(&list.body).contains(path));
            }
        }
    }
}

#[test]
fn every_type_is_told_in_korean() {
    let is_korean = |text: &str| text.chars().any(|it| ('가'..='힣').contains(&it));
    let untold: Vec<_> = CATALOGUE
        .iter()
        .filter(|article| {
            let mut texts = article.translations.iter().filter(|it| it.0 == "ko");
            !texts.any(|(_, text)| is_korean(text.title) && is_korean(text.description))
        })
        .map(|article| article.kind.slug)
        .collect();

    assert!(
        untold.is_empty(),
        "add `ko` in x-problem-types to {untold:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_that_does_not_exist_is_not_found() {
    for app in TestApp::on_each_backend().await {
        for path in ["/problems/none", "/problems/A%20b"] {
            read(&app, path, &[]).await.assert_problem(404, "not-found");
        }
    }
}
