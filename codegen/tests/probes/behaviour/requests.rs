//! The probe `requests`: parameters, bodies, answers and streams.

use ::requests::models::WatchEventsEvent;
use ::requests::*;
use axum::body::Body;
use axum::http::{Request, StatusCode, request};
use http_body_util::BodyExt;
use serde_json::json;
use tower::ServiceExt;

/// An application that answers some of the operations.
#[derive(Clone)]
pub struct App;

impl Host for App {
    nobody!();
}

impl Reports for App {}

impl Find for App {
    async fn find_tag(&self, _: Context<()>, req: FindTagRequest) -> Result<FindTagResponse, Failure> {
        Ok(FindTagResponse::NoContent {
            x_tag: req.tag,
            x_exploded: Some([("a".to_owned(), 1), ("b".to_owned(), 2)].into()),
            x_json: Some(models::FindTagNoContentXJson { a: Some(vec!["b".to_owned()]) }),
        })
    }

    async fn read_styles(&self, _: Context<()>, req: ReadStylesRequest) -> Result<ReadStylesResponse, Failure> {
        let ReadStylesRequest { matrix, label, simple, spread, spaced, piped, deep, json, plain, x_ids, x_filter, x_mode, wish, maybe } = req;
        let read = json!({
            "matrix": matrix, "label": label, "simple": simple, "spread": spread, "spaced": spaced, "piped": piped,
            "deep": deep, "json": json, "plain": plain, "ids": x_ids, "filter": x_filter, "mode": x_mode, "wish": wish, "maybe": maybe,
        });
        let body = read.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
        Ok(ReadStylesResponse::Ok {
            x_ratio: 0.5,
            x_id: x_ids.unwrap_or_default().first().copied(),
            body: body.map(|(name, value)| (name.clone(), value.clone())).collect(),
        })
    }

    async fn send_media(&self, ctx: Context<()>, req: SendMediaRequest) -> Result<SendMediaResponse, Failure> {
        let sent = match req.body {
            None => "nothing".to_owned(),
            Some(SendMediaBody::VndXPlusJson(body)) => format!("json {}", body.a),
            Some(SendMediaBody::Text(text)) => format!("text {text}"),
            Some(SendMediaBody::Binary(bytes)) => format!("{} bytes", bytes.length()),
            Some(SendMediaBody::Form(body)) => format!("form {:?}", body.a),
            Some(SendMediaBody::Multipart(body)) => {
                let (file, tags) = (body.file, body.tags.unwrap_or_default());
                format!("parts {} {} {tags:?}", body.meta.n, file.content.length())
            }
        };
        let trouble = |code: &str| models::Trouble { code: Some(code.to_owned()), detail: None };
        match (sent.as_str(), ctx.media_type) {
            ("json 403", _) => Err(SendMediaFailure::ClientError { status: StatusCode::FORBIDDEN, body: trouble("no") }.into()),
            ("json 507", _) => Err(SendMediaFailure::Default { status: StatusCode::INSUFFICIENT_STORAGE, body: trouble("full") }.into()),
            ("json 0", _) => Err(SendMediaFailure::ClientError { status: StatusCode::BAD_GATEWAY, body: trouble("another range") }.into()),
            (_, Some("text/plain")) => Ok(SendMediaResponse::Ok(SendMediaResponseBody::Text(sent))),
            _ => Ok(SendMediaResponse::Ok(SendMediaResponseBody::Json(models::SendMediaResponse { sent: Some(sent) }))),
        }
    }

    async fn patch_media(&self, _: Context<()>, req: PatchMediaRequest) -> Result<PatchMediaResponse, Failure> {
        Ok(PatchMediaResponse::NoContent { x_number: req.body })
    }

    async fn watch_events(&self, _: Context<()>) -> Result<WatchEventsResponse, Failure> {
        let events = [1, 2, 3].map(|n| Event::from(WatchEventsEvent { n }));
        Ok(WatchEventsResponse::Ok(EventStream::new(futures_util::stream::iter(events))))
    }
}

/// Status, media type and body of the answer to a request.
async fn ask(request: request::Builder, body: impl Into<Body>) -> (u16, String, String) {
    let answer = router(App).oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let media = answer.headers().get("content-type").map(|it| it.to_str().unwrap().to_owned());
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, media.unwrap_or_default(), String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn a_parameter_is_read_in_its_style_at_its_place() {
    let path = ";matrix=1;matrix=2/.x,1,y,a%2Cb/p=1,q=2";
    let read = async |query: &str, headers: &[(&str, &str)]| {
        let mut request = Request::get(format!("/v1/styles/{path}?{query}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        ask(request, "").await
    };
    let base = json!({"matrix": [1, 2], "label": {"x": 1, "y": "a,b"}, "simple": {"p": 1, "q": 2}});
    let id = "018f4e9c-7c1a-7000-8000-000000000001";
    let ids = format!("{id}, 018f4e9c-7c1a-7000-8000-000000000002");
    for (query, headers, wanted) in [
        ("", vec![], json!({})),
        ("to=2020-01-02&from=2020-01-01", vec![], json!({"spread": {"from": "2020-01-01", "to": "2020-01-02"}})),
        ("spaced=a%20b+c", vec![], json!({"spaced": ["a", "b", "c"]})),
        ("piped=true&piped=false", vec![], json!({"piped": [true, false]})),
        ("deep[a][b]=1", vec![], json!({"deep": {"a": {"b": 1}}})),
        ("json=%7B%22n%22:1%7D", vec![], json!({"json": {"n": 1}})),
        ("plain=%7B%22n%22", vec![], json!({"plain": "{\"n\""})),
        ("", vec![("X-Mode", "fast"), ("x-filter", "min=3")], json!({"mode": "fast", "filter": {"min": 3}})),
        ("", vec![("X-Ids", &ids)], json!({"ids": [id, "018f4e9c-7c1a-7000-8000-000000000002"]})),
        ("", vec![("Cookie", "a=b; wish=x,y%2C; maybe=4")], json!({"wish": ["x", "y,"], "maybe": 4})),
    ] {
        let (status, _, body) = read(query, &headers).await;
        let mut all = base.clone();
        all.as_object_mut().unwrap().extend(wanted.as_object().unwrap().clone());
        assert_eq!((status, serde_json::from_str(&body).unwrap()), (200, all), "{query} {headers:?}");
    }
    for (query, headers, wanted) in [
        ("from=2020-13-01", vec![], 422),
        ("unknown=1", vec![], 200),
        ("piped=yes", vec![], 422),
        ("deep[a][b]=x", vec![], 422),
        ("deep[a", vec![], 200),
        ("json=%7B%22n%22:1", vec![], 400),
        ("json=%7B%22n%22:1.5%7D", vec![], 422),
        ("json=%7B%7D", vec![], 422),
        ("plain=a&plain=b", vec![], 422),
        ("plain=%zz", vec![], 400),
        ("", vec![("X-Mode", "slow")], 422),
        ("", vec![("X-Mode", "fast"), ("X-Mode", "safe")], 422),
        ("", vec![("X-Ids", "1")], 422),
        ("", vec![("X-Filter", "min,3")], 422),
        ("", vec![("Cookie", "maybe=soon")], 422),
    ] {
        let (status, media, body) = read(query, &headers).await;
        assert_eq!(status, wanted, "{query} {headers:?} {body}");
        assert_eq!(media == "application/problem+json", wanted != 200, "{query} {headers:?}");
    }
}

#[tokio::test]
async fn a_body_is_read_by_its_media_type_and_an_answer_written_as_accepted() {
    let part = |head: &str, text: &str| format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n");
    let meta = part("name=\"meta\"\r\nContent-Type: application/json", r#"{"n":1}"#);
    let file = |kind: &str, text: &str| part(&format!("name=\"file\"; filename=\"a\"\r\nContent-Type: {kind}"), text);
    let tag = part("name=\"tags\"", "a,b");
    let multipart = "multipart/form-data; boundary=b";
    for (media, body, wanted) in [
        ("application/vnd.x+json", r#"{"a":1}"#.to_owned(), Ok("json 1")),
        ("application/vnd.x+json", r#"{"a":"x"}"#.to_owned(), Err(422)),
        ("application/vnd.x+json", "{".to_owned(), Err(400)),
        ("application/json", r#"{"a":1}"#.to_owned(), Err(415)),
        ("text/plain; charset=utf-8", "abcde".to_owned(), Ok("text abcde")),
        ("text/plain", "abcdef".to_owned(), Err(422)),
        ("text/plain; charset=latin1", "a".to_owned(), Err(415)),
        ("application/octet-stream", "12345678".to_owned(), Ok("8 bytes")),
        ("application/octet-stream", "123456789".to_owned(), Err(413)),
        ("application/x-www-form-urlencoded", "a=1&a=2".to_owned(), Ok("form [1, 2]")),
        ("application/x-www-form-urlencoded", "a=x".to_owned(), Err(422)),
        ("application/x-www-form-urlencoded", "b=1".to_owned(), Err(422)),
        (multipart, format!("{meta}{}{tag}--b--", file("image/png", "12345678")), Ok("parts 1 8 [\"a,b\"]")),
        (multipart, format!("{meta}{}--b--", file("image/png", "123456789")), Err(413)),
        (multipart, format!("{meta}{}--b--", file("text/html", "1")), Err(415)),
        (multipart, format!("{}{tag}--b--", file("image/png", "1")), Err(422)),
        (multipart, format!("{meta}{}{tag}{tag}{tag}--b--", file("image/png", "1")), Err(422)),
        (multipart, meta.clone(), Err(400)),
    ] {
        let (status, _, answer) = ask(Request::post("/v1/media").header("Content-Type", media), body.clone()).await;
        match wanted {
            Ok(sent) => assert_eq!((status, answer), (200, json!({ "sent": sent }).to_string()), "{media} {body}"),
            Err(wanted) => assert_eq!(status, wanted, "{media} {body} {answer}"),
        }
    }
    for (accept, status, media) in [
        ("*/*", 200, "application/json"),
        ("text/plain", 200, "text/plain"),
        ("application/json;q=0.1, text/*;q=0.9", 200, "text/plain"),
        ("image/png", 406, "application/problem+json"),
    ] {
        let (answered, kind, _) = ask(Request::post("/v1/media").header("Accept", accept), "").await;
        assert_eq!((answered, kind.as_str()), (status, media), "{accept}");
    }
}

#[tokio::test]
async fn a_text_may_be_a_number() {
    for (body, status) in [("7", 204), ("0", 422), ("seven", 422), ("", 422), ("7.5", 422)] {
        let request = Request::patch("/v1/media").header("Content-Type", "text/plain");
        assert_eq!(ask(request, body).await.0, status, "{body}");
    }
}

#[tokio::test]
async fn a_range_of_statuses_and_the_default_are_answers_with_a_status_of_their_own() {
    for (a, status, body) in [(403, 403, r#"{"code":"no"}"#), (507, 507, r#"{"code":"full"}"#)] {
        let request = Request::post("/v1/media").header("Content-Type", "application/vnd.x+json");
        let answer = ask(request, format!(r#"{{"a":{a}}}"#)).await;
        assert_eq!(answer, (status, "application/json".to_owned(), body.to_owned()));
    }
    // A status outside the range is withheld, whatever its body.
    let request = Request::post("/v1/media").header("Content-Type", "application/vnd.x+json");
    let (status, _, body) = ask(request, r#"{"a":0}"#).await;
    assert_eq!(status, 500, "{body}");
}

#[tokio::test]
async fn a_path_with_a_query_is_found_by_it_and_captures_from_it() {
    let get = |target: &str| {
        let request = Request::get(format!("/v1{target}")).body(Body::empty()).unwrap();
        router(App).oneshot(request)
    };
    for (target, status) in [
        ("/find?word=7", 501),
        ("/find?word=seven", 422),
        ("/find?tag=a&all", 204),
        ("/find?tag=A&all", 404),
        ("/find?tag=a", 404),
        ("/find", 404),
    ] {
        assert_eq!(get(target).await.unwrap().status(), status, "{target}");
    }
    let found = get("/find?tag=a+b%2B&all").await.unwrap();
    assert_eq!(found.headers()["x-tag"], "a b+");
    assert_eq!(found.headers()["x-exploded"], "a=1,b=2");
    assert_eq!(found.headers()["x-json"], r#"{"a":["b"]}"#);
}

#[tokio::test]
async fn a_path_of_two_templates_is_that_whose_parameters_take_it() {
    for (method, target, status, operation) in [
        ("GET", "/titles/seven", 501, "getByTitle"),
        ("GET", "/titles/7", 501, "getByNumber"),
        ("HEAD", "/titles/7", 501, "getByNumber"),
        ("HEAD", "/titles/seven", 501, "getByTitle"),
        ("GET", "/titles/a-title-that-is-longer-than-the-contract-lets-it-be", 404, "getByNumber"),
    ] {
        let request = Request::builder().method(method).uri(format!("/v1{target}"));
        let response = router(App).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), status, "{target}");
        let matched = response.extensions().get::<runtime::Matched>().unwrap();
        assert_eq!(matched.operation.id, operation, "{target}");
    }
}

#[tokio::test]
async fn a_stream_breaks_off_at_an_event_that_breaks_the_contract() {
    let request = Request::get("/v1/events").body(Body::empty()).unwrap();
    let mut body = router(App).oneshot(request).await.unwrap().into_body();

    let mut sent = String::new();
    let broken = loop {
        match body.frame().await {
            Some(Ok(frame)) => sent += std::str::from_utf8(frame.data_ref().unwrap()).unwrap(),
            Some(Err(error)) => break error.to_string(),
            None => panic!("the stream ended well"),
        }
    };

    assert_eq!(sent, "data: {\"n\":1}\n\ndata: {\"n\":2}\n\n");
    assert!(broken.contains("maximum at `/n`"), "{broken}");
}

#[tokio::test]
async fn a_uuid_in_a_header_of_an_answer_is_its_text() {
    let id = "018f4e9c-7c1a-7000-8000-000000000001";
    let target = "/v1/styles/;matrix=1;matrix=2/.x,1,y,a%2Cb/p=1,q=2";
    let request = Request::get(target).header("X-Ids", id).body(Body::empty()).unwrap();

    let answer = router(App).oneshot(request).await.unwrap();

    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["x-id"], id);
}

#[tokio::test]
async fn a_form_that_is_no_object_is_bytes() {
    let request = Request::delete("/v1/media").header("Content-Type", "multipart/form-data; boundary=x");

    let (status, _, problem) = ask(request, "--x--").await;

    assert_eq!(status, 501, "{problem}");
}
