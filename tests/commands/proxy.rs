//! `contract proxy` between a client and a service.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use concordat::toolchain::mock::Memory;
use concordat::toolchain::proxy::{Proxy, Records};
use concordat::toolchain::report::Report;
use http::{Request, Response};
use reqwest::Client;
use serde_json::{Value, json};

use crate::things::{THINGS, contract, mocked, served};

struct Between {
    client: Client,
    base: String,
    records: Records,
}

impl Between {
    async fn at(url: &str) -> Self {
        let contract = Arc::new(contract(THINGS));
        let (proxy, recorder) = Proxy::new(contract, url, Duration::from_secs(20)).unwrap();
        let records = recorder.records();
        tokio::spawn(recorder.run());
        let proxy = Arc::new(proxy);
        let address = served(move |request: Request<Body>| {
            let proxy = Arc::clone(&proxy);
            async move { proxy.answer(request).await }
        })
        .await;
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            base: format!("http://{address}"),
            records,
        }
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.client.request(method.parse().unwrap(), url)
    }

    /// The report once that many exchanges are judged.
    async fn report(&self, exchanges: usize) -> (Report, Value) {
        loop {
            let (report, coverage) = self.records.report();
            if report
                .summary
                .starts_with(&format!("{exchanges} exchanges"))
            {
                return (report, coverage);
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn has(report: &Report, rule: &str, text: &str) -> bool {
    let mut findings = report.findings.iter();
    findings.any(|it| it.rule == rule && it.message.contains(text))
}

#[tokio::test(flavor = "multi_thread")]
async fn honest_traffic_is_forwarded_and_counted() {
    let upstream = mocked(THINGS, Memory::Stateful, |_, answer| answer).await;
    let between = Between::at(&format!("http://{upstream}")).await;
    let post = between.request("POST", "/v1/things").header("X-Key", "any");
    let post = post.header("Content-Type", "application/json");

    let created = post
        .body(r#"{"name":"lamp","colour":"red"}"#)
        .send()
        .await
        .unwrap();

    assert_eq!(created.status(), 201);
    assert_eq!(created.headers()["via"], "1.1 concordat");
    assert!(created.headers().contains_key("location"));
    let thing: Value = serde_json::from_slice(&created.bytes().await.unwrap()).unwrap();
    assert_eq!(thing["name"], "lamp");
    let (report, coverage) = between.report(1).await;
    assert!(report.is_clean(), "{:#?}", report.findings);
    let operations = coverage["operations"].as_array().unwrap();
    let create = operations
        .iter()
        .find(|it| it["operation"] == "createThing")
        .unwrap();
    assert_eq!(create["responses"]["201"]["seen"], 1);
    assert_eq!(create["requests"]["application/json"]["seen"], 1);
    let values = &create["responses"]["201"]["media"]["application/json"]["values"];
    assert_eq!(values["/components/schemas/Colour = \"red\""], 1);
    assert_eq!(values["/components/schemas/Colour = \"blue\""], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_are_judged_and_drift_is_told_without_secrets() {
    let upstream = served(|request: Request<Body>| async move {
        let answer = match request.uri().path() {
            "/v1/things/1" => json!({"id": "one", "name": "secret-name", "colour": "red"}),
            "/v1/things/2" => json!({"id": 2, "name": "a", "colour": "red", "extra": 1}),
            _ => json!({}),
        };
        let builder = Response::builder().header("content-type", "application/json");
        let builder = builder
            .header("x-new", "1")
            .header("set-cookie", "session=hidden");
        builder.body(Body::from(answer.to_string())).unwrap()
    })
    .await;
    let between = Between::at(&format!("http://{upstream}")).await;
    let get = |path: &str| between.request("GET", path).header("X-Key", "hunter2");

    get("/v1/things/1")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    get("/v1/things/2")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    get("/v1/things?limit=0")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    get("/v2/other/77")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    between
        .request("GET", "/v1/things/2")
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();

    let (report, coverage) = between.report(5).await;
    assert!(
        has(&report, "body-invalid", "/id"),
        "{:#?}",
        report.findings
    );
    assert!(
        has(&report, "property-undeclared", "/extra"),
        "{:#?}",
        report.findings
    );
    assert!(
        has(&report, "request-invalid", "query limit (minimum)"),
        "{:#?}",
        report.findings
    );
    assert!(
        has(&report, "operation-undeclared", "GET /v2/other/{}"),
        "{:#?}",
        report.findings
    );
    assert!(
        has(&report, "header-undeclared", "x-new"),
        "{:#?}",
        report.findings
    );
    assert!(
        has(&report, "security-ignored", "without credentials"),
        "{:#?}",
        report.findings
    );
    assert!(!report.is_clean());
    let told = format!("{:?}{coverage}", report.findings);
    for secret in ["hunter2", "hidden", "secret-name"] {
        assert!(!told.contains(secret), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_of_the_connection_stay_on_it() {
    let upstream = served(|request: Request<Body>| async move {
        let names: Vec<String> = request.headers().keys().map(ToString::to_string).collect();
        let builder = Response::builder()
            .header("connection", "x-hop")
            .header("x-hop", "1");
        let builder = builder.header("content-type", "application/json");
        builder.body(Body::from(json!(names).to_string())).unwrap()
    })
    .await;
    let between = Between::at(&format!("http://{upstream}")).await;
    let request = between
        .request("GET", "/v1/things")
        .header("Connection", "x-mine");
    let request = request
        .header("X-Mine", "1")
        .header("X-Kept", "1")
        .header("TE", "trailers");

    let answer = request.send().await.unwrap();

    assert!(!answer.headers().contains_key("x-hop"));
    let names = String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap();
    assert!(
        !names.contains("x-mine") && !names.contains("\"te\""),
        "{names}"
    );
    assert!(
        names.contains("x-kept") && names.contains("x-forwarded-host"),
        "{names}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_streamed_as_it_comes() {
    let (sender, receiver) = tokio::sync::mpsc::channel::<Bytes>(1);
    let receiver = Arc::new(tokio::sync::Mutex::new(Some(receiver)));
    let upstream = served(move |_| {
        let receiver = Arc::clone(&receiver);
        async move {
            let mut receiver = receiver.lock().await.take().unwrap();
            let stream = futures_util::stream::poll_fn(move |cx| {
                receiver
                    .poll_recv(cx)
                    .map(|it| it.map(Ok::<_, std::io::Error>))
            });
            Response::new(Body::from_stream(stream))
        }
    })
    .await;
    let between = Between::at(&format!("http://{upstream}")).await;
    sender.send(Bytes::from_static(b"first")).await.unwrap();

    let mut answer = between.request("GET", "/v1/things").send().await.unwrap();

    assert_eq!(answer.chunk().await.unwrap().unwrap(), "first");
    sender.send(Bytes::from_static(b"second")).await.unwrap();
    assert_eq!(answer.chunk().await.unwrap().unwrap(), "second");
    drop(sender);
    assert_eq!(answer.chunk().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_is_down_is_502_and_a_silent_one_504() {
    let between = Between::at("http://127.0.0.1:1").await;
    let answer = between.request("GET", "/v1/things").send().await.unwrap();
    assert_eq!(answer.status(), 502);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");

    let upstream = served(|_| std::future::pending()).await;
    let contract = Arc::new(contract(THINGS));
    let url = format!("http://{upstream}");
    let (proxy, _recorder) = Proxy::new(contract, &url, Duration::from_millis(50)).unwrap();
    let answer = proxy.answer(Request::new(Body::empty())).await;
    assert_eq!(answer.status(), 504);
}
