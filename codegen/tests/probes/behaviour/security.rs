//! The probe `security`: who may call.

use ::security::*;
use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt;

/// An application that knows some credentials, and grants the scope `read`.
#[derive(Clone)]
pub struct App;

impl Host for App {
    type Principal = ();
    type Error = Failure;

    fn anonymous(&self) {}

    async fn authenticate(&self, operation: &'static Operation, credentials: &[Credential]) -> Result<Identity<()>, Problem> {
        match credentials.iter().any(|it| it.token() == Some("wrong")) {
            true => Err(runtime::credentials::invalid_credentials(operation)),
            false => Ok(Identity { principal: (), scopes: (&["read"][..]).into() }),
        }
    }
}

impl DefaultApi for App {}

#[tokio::test]
async fn who_may_call_is_what_the_contract_says() {
    for (path, headers, wanted) in [
        ("/default", vec![], 401),
        ("/default", vec![("Authorization", "Basic dXNlcjpwYXNz")], 401),
        ("/default", vec![("Authorization", "Bearer a")], 501),
        ("/default", vec![("Authorization", "Bearer wrong")], 401),
        ("/public", vec![], 501),
        ("/optional", vec![], 501),
        ("/optional", vec![("Authorization", "Bearer a")], 501),
        ("/optional", vec![("Authorization", "Bearer wrong")], 401),
        ("/either", vec![], 401),
        ("/either", vec![("Authorization", "Basic dXNlcjpwYXNz")], 501),
        ("/either", vec![("X-Key", "a")], 501),
        ("/either?key=a", vec![], 501),
        ("/either", vec![("Cookie", "key=a")], 501),
        ("/either", vec![("X-Unused", "a")], 401),
        ("/both", vec![("Authorization", "Bearer a")], 401),
        ("/both", vec![("X-Key", "a")], 401),
        ("/both", vec![("Authorization", "Bearer a"), ("X-Key", "a")], 501),
        ("/scoped", vec![], 401),
        ("/scoped", vec![("Authorization", "Bearer a")], 403),
        ("/connect", vec![("Authorization", "Bearer a")], 501),
        ("/connect", vec![], 401),
        ("/digest", vec![("Authorization", "Digest username=\"a\"")], 501),
        ("/digest", vec![("Authorization", "Bearer a")], 401),
        ("/certificate", vec![], 501),
    ] {
        let mut request = Request::get(path);
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let answer = router(App).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), wanted, "{path} {headers:?}");
        assert_eq!(answer.headers().contains_key("www-authenticate"), wanted == 401, "{path} {headers:?}");
    }
    // Nobody learns what is wrong with a body before it is known who they are.
    let late = Request::post("/late").header("Content-Type", "text/html").body(Body::from("{")).unwrap();
    assert_eq!(router(App).oneshot(late).await.unwrap().status(), 401);
}
