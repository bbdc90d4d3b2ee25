//! The probe `deprecated`: who uses what is deprecated.

use std::sync::{Arc, Mutex};

use ::deprecated::runtime::host::{Part, Use, Uses};
use ::deprecated::models::{WatchEvent, WatchXMode};
use ::deprecated::*;
use axum::body::Body;
use axum::http::Request;
use axum::http::request::Builder;
use http_body_util::BodyExt;
use tower::ServiceExt;

/// An application that writes down what is used.
#[derive(Clone, Default)]
struct App(Arc<Mutex<Vec<String>>>);

struct Counting(App, &'static str);

impl Uses for Counting {
    fn used(&self, it: &Use) {
        let part = match it.part {
            Part::Operation => "operation",
            Part::Parameter(place) => place.name(),
            Part::Request => "request",
            Part::Answer => "answer",
        };
        let (place, value) = (it.place, it.value.unwrap_or("-"));
        self.0.0.lock().unwrap().push(format!("{} {part} {place} {value}", self.1));
    }
}

impl Host for App {
    nobody!();

    fn uses(&self, operation: &'static Operation, _: &()) -> Option<Box<dyn Uses>> {
        Some(Box::new(Counting(self.clone(), operation.id)))
    }
}

impl DefaultApi for App {
    async fn send_thing(&self, _: Context<()>, req: SendThingRequest) -> Result<SendThingResponse, Failure> {
        Ok(SendThingResponse::Ok(req.body))
    }

    async fn watch(&self, _: Context<()>) -> Result<WatchResponse, Failure> {
        let events = [None, Some(1), Some(2)].map(|old| Event::from(WatchEvent { n: Some(1), old }));
        Ok(WatchResponse::Ok {
            x_count: Some(1),
            x_mode: Some(WatchXMode::Slow),
            x_plain: Some("slow".to_owned()),
            body: EventStream::new(futures_util::stream::iter(events)),
        })
    }
}

/// What is written down for a call, and the lines of its answer that tell of it.
async fn used(request: Builder, body: &str) -> (Vec<String>, Vec<String>) {
    let app = App::default();
    let request = request.header("host", "probe.test").body(Body::from(body.to_owned())).unwrap();
    let answer = router(app.clone()).oneshot(request).await.unwrap();
    let told = ["deprecation", "sunset", "link"].into_iter().filter_map(|name| {
        let value = answer.headers().get(name)?.to_str().unwrap();
        Some(format!("{name}: {value}"))
    });
    let told = told.collect();
    assert!([200, 422, 501].contains(&answer.status().as_u16()), "{answer:?}");
    answer.into_body().collect().await.unwrap();
    let used = app.0.lock().unwrap().clone();
    (used, told)
}

/// What is written down for a thing that is sent and answered.
async fn of_thing(text: &str) -> Vec<String> {
    let request = Request::post("/things").header("content-type", "application/json");
    let (used, _) = used(request, text).await;
    let (sent, given) = used.split_at(used.len() / 2);
    let places = |all: &[String], part: &str| {
        let begin = format!("sendThing {part} ");
        all.iter().map(|it| it.strip_prefix(&begin).expect(it).to_owned()).collect::<Vec<_>>()
    };
    let (sent, given) = (places(sent, "request"), places(given, "answer"));
    assert_eq!(sent, given, "{text}");
    sent
}

#[tokio::test]
async fn a_deprecated_operation_says_so_and_counts() {
    let (used, told) = used(Request::get("/old"), "").await;

    assert_eq!(used, ["getOld operation  -"]);
    assert_eq!(
        told,
        [
            "deprecation: @1769817600",
            "sunset: Sat, 31 Jan 2099 00:00:00 GMT",
            "link: <https://example.com/why>; rel=\"deprecation\"",
        ]
    );
}

#[tokio::test]
async fn what_is_not_deprecated_does_not_count() {
    let (of_read, told) = used(Request::get("/read/round?order=up&tags=a&filter[new]=1"), "").await;

    assert_eq!((of_read, told), (vec![], vec![]));
    for thing in [
        r#"{"name":"a","kind":"small","parts":[{"name":"b","tags":["a"]}],"size":1}"#,
        r#"{"deprecated":true,"x-deprecated-values":["tiny"],"home":{"street":"a"}}"#,
        r#"{"labels":{"plain":{"colour":"red"},"other":{}}}"#,
        r#"{"pet":{"kind":"Dog","lives":1}}"#,
        r#"{"notes":{"new_one":"b","x":{}},"parcel":{"kind":"light","weight":1}}"#,
    ] {
        assert_eq!(of_thing(thing).await, Vec::<String>::new(), "{thing}");
    }
}

#[tokio::test]
async fn a_parameter_counts_where_it_is_sent() {
    let path = "/read/square?verbose=false&order=any&tags=a,b,c,b&filter[old]=1&json=%7B%22old%22:1%7D";
    let request = Request::get(path).header("x-old", "a").header("cookie", "old=a");
    let (mut used, told) = used(request, "").await;

    used.sort();
    assert_eq!(
        used,
        [
            "read cookie old -",
            "read header X-Old -",
            "read path shape \"square\"",
            "read query filter/old -",
            "read query json/old -",
            "read query order \"any\"",
            "read query tags/* \"b\"",
            "read query tags/* \"c\"",
            "read query verbose -",
        ]
    );
    assert_eq!(told, ["deprecation: @1769904000"]);
}

#[tokio::test]
async fn a_member_and_a_value_count_wherever_they_are() {
    for (thing, places) in [
        (r#"{"nick":"a"}"#, vec!["/nick -"]),
        (r#"{"kind":"tiny"}"#, vec!["/kind \"tiny\""]),
        (r#"{"tags":["a","b","b"]}"#, vec!["/tags/* \"b\""]),
        (r#"{"labels":{"x":{"colour":"red"},"y":{"colour":"red"}}}"#, vec!["/labels/*/colour -"]),
        (r#"{"home":{"zip":"1"}}"#, vec!["/home/zip -"]),
        (r#"{"pet":{"kind":"Cat","lives":9}}"#, vec!["/pet/lives -"]),
        (r#"{"size":"big"}"#, vec!["/size -"]),
        (r#"{"a/b":1}"#, vec!["/a~1b -"]),
        (r#"{"notes":{"old_name":"a","new_one":"b","x":{"colour":"red"}}}"#, vec!["/notes/* -", "/notes/*/colour -"]),
        (r#"{"parcel":{"kind":"heavy","weight":1,"size":2}}"#, vec!["/parcel/weight -"]),
        (r#"{"parcel":{"kind":"light","weight":1,"size":2}}"#, vec!["/parcel/size -"]),
        (r#"{"parcel":{"kind":"light","note":"a"}}"#, vec!["/parcel/kind -"]),
        // What contains itself counts at its first place.
        (r#"{"parts":[{"parts":[{"nick":"a","home":{"zip":"1"}}]}]}"#, vec!["/home/zip -", "/nick -"]),
    ] {
        let mut found = of_thing(thing).await;
        found.sort();
        assert_eq!(found, places, "{thing}");
    }
}

#[tokio::test]
async fn headers_of_an_answer_and_events_of_a_stream_count_once_a_call() {
    let (mut used, _) = used(Request::get("/watch"), "").await;

    used.sort();
    assert_eq!(
        used,
        ["watch answer /old -", "watch answer X-Count -", "watch answer X-Mode \"slow\""]
    );
}

#[tokio::test]
async fn a_member_of_a_form_and_a_file_count() {
    let request = Request::post("/forms").header("content-type", "application/x-www-form-urlencoded");
    let (of_form, _) = used(request, "name=a&nick=b").await;
    let request = Request::post("/forms").header("content-type", "multipart/form-data; boundary=x");
    let file = "--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\
                Content-Type: application/octet-stream\r\n\r\nabc\r\n--x--\r\n";
    let (of_file, _) = used(request, file).await;

    assert_eq!(of_form, ["sendForm request /nick -"]);
    assert_eq!(of_file, ["sendForm request /photo -"]);
}

#[tokio::test]
async fn what_is_refused_was_sent_all_the_same() {
    let request = Request::post("/things").header("content-type", "application/json");
    let (used, told) = used(request, r#"{"nick":"a","name":1}"#).await;

    assert_eq!(used, ["sendThing request /nick -"]);
    assert_eq!(told, ["sunset: Tue, 01 Jan 2030 00:00:00 GMT"]);
}
