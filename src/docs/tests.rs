//! The documentation as a browser meets it.

use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    LOCATION,
};
use http::{HeaderName, Request, StatusCode};
use tower::ServiceExt;

const NO_HEADER: (HeaderName, &str) = (IF_NONE_MATCH, "");

async fn get(path: &str, (name, value): (HeaderName, &str)) -> Response {
    let request = Request::get(path)
        .header(name, value)
        .body(Body::empty())
        .unwrap();
    super::router("{}", "openapi: 3.1.0")
        .oneshot(request)
        .await
        .unwrap()
}

async fn body(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap()
        .into()
}

#[tokio::test]
async fn the_root_leads_to_the_console() {
    let response = get("/", NO_HEADER).await;

    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(response.headers()[LOCATION], "/docs");
}

#[tokio::test]
async fn every_file_that_a_page_loads_is_served_and_nothing_is_inline() {
    for page in ["/docs", "/redoc"] {
        let response = get(page, NO_HEADER).await;
        let policy = response.headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        let html = String::from_utf8(body(response).await).unwrap();

        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"));
        assert!(!html.contains("style=") && !html.contains("<script>"));
        for attribute in ["src=\"", "href=\""] {
            for rest in html.split(attribute).skip(1) {
                let (path, _) = rest.split_once('"').unwrap();
                assert_eq!(
                    get(path, NO_HEADER).await.status(),
                    StatusCode::OK,
                    "{path}"
                );
            }
        }
    }
}

#[tokio::test]
async fn an_asset_is_gzip_to_whoever_takes_it_and_plain_to_others() {
    for asset in &super::ASSETS {
        let packed = get(asset.path, (ACCEPT_ENCODING, "br, gzip;q=0.5")).await;
        let plain = get(asset.path, (ACCEPT_ENCODING, "gzip;q=0, identity")).await;

        assert_eq!(packed.headers()[CONTENT_ENCODING], "gzip");
        assert_eq!(plain.headers().get(CONTENT_ENCODING), None);
        assert_eq!(body(packed).await, asset.gzip);
        assert!(!body(plain).await.is_empty());
    }
}

#[tokio::test]
async fn the_contract_is_served_as_text_and_not_sent_twice() {
    for (path, media_type, text) in [
        ("/openapi.json", "application/json", "{}"),
        ("/openapi.yaml", "application/yaml", "openapi: 3.1.0"),
    ] {
        let first = get(path, NO_HEADER).await;
        let etag = first.headers()[ETAG].to_str().unwrap().to_owned();
        let second = get(path, (IF_NONE_MATCH, &etag)).await;

        assert_eq!(first.headers()[CONTENT_TYPE], media_type);
        assert_eq!(body(first).await, text.as_bytes());
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert!(body(second).await.is_empty());
    }
}
