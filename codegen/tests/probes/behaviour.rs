//! What the probes promise at run time, through their routers.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// An application on a probe's crate whose operations answer with the body that they got.
macro_rules! echo {
    ($probe:ident: $($operation:ident $request:ident $response:ident),+ $(,)?) => {
        mod $probe {
            use ::$probe::*;

            #[derive(Clone)]
            pub struct Echo;

            impl Host for Echo {
                type Principal = ();
                type Error = Failure;

                fn anonymous(&self) {}

                async fn authenticate(
                    &self,
                    _operation: &'static Operation,
                    _credentials: &[Credential],
                ) -> Result<Identity<()>, Problem> {
                    Ok(Identity { principal: (), scopes: Default::default() })
                }
            }

            impl DefaultApi for Echo {
                $(async fn $operation(&self, _: Context<()>, req: $request) -> Result<$response, Failure> {
                    Ok($response::Ok(super::through(req.body)))
                })+
            }
        }
    };
}

/// From the type of requests to that of answers, which differ by members that travel one way.
fn through<I: Into<O>, O>(value: I) -> O {
    value.into()
}

echo!(nullable: put_thing PutThingRequest PutThingResponse);
echo!(types:
    send_shape SendShapeRequest SendShapeResponse,
    send_tree SendTreeRequest SendTreeResponse,
    send_composed SendComposedRequest SendComposedResponse,
    send_defaults SendDefaultsRequest SendDefaultsResponse,
);
echo!(unions:
    send_pet SendPetRequest SendPetResponse,
    send_animal SendAnimalRequest SendAnimalResponse,
    send_payment SendPaymentRequest SendPaymentResponse,
    send_vehicle SendVehicleRequest SendVehicleResponse,
    send_scalar SendScalarRequest SendScalarResponse,
    send_shape SendShapeRequest SendShapeResponse,
    send_filter SendFilterRequest SendFilterResponse,
);
echo!(values:
    send_numbers SendNumbersRequest SendNumbersResponse,
    send_formats SendFormatsRequest SendFormatsResponse,
);

/// Sends JSON text; gives the status and the JSON that answers.
async fn send(router: Router, method: &str, path: &str, text: &str) -> (u16, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "probe.test")
        .header("content-type", "application/json")
        .body(Body::from(text.to_owned()));
    let response = router.oneshot(request.unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap_or_default())
}

/// What is sent comes back as it was.
async fn returns(router: Router, path: &str, text: &str) {
    let wanted: Value = serde_json::from_str(text).unwrap();
    becomes(router, path, text, wanted).await;
}

async fn becomes(router: Router, path: &str, text: &str, wanted: Value) {
    let answer = send(router, "POST", path, text).await;
    assert_eq!(answer, (200, wanted), "{path} {text}");
}

/// A 422 that names the place and the broken keyword.
async fn refuses(router: Router, path: &str, text: &str, pointer: &str, keyword: &str) {
    let (status, problem) = send(router, "POST", path, text).await;
    assert_eq!(status, 422, "{path} {text} {problem}");
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    assert!(
        errors.iter().any(|it| it["pointer"] == pointer && it["keyword"] == keyword),
        "{path} {text} {problem}"
    );
}

fn types() -> Router {
    ::types::router(types::Echo)
}

fn unions() -> Router {
    ::unions::router(unions::Echo)
}

fn values() -> Router {
    ::values::router(values::Echo)
}

#[tokio::test]
async fn integers_are_exact_over_64_bits_and_refused_beyond_their_type() {
    for member in [
        r#""plain":9007199254740993"#,
        r#""plain":-9223372036854775808"#,
        r#""int64":9223372036854775807"#,
        r#""uint64":18446744073709551615"#,
        r#""i64_most":9223372036854775807"#,
        r#""u64_most":18446744073709551615"#,
        r#""above_i64":9223372036854775808"#,
        r#""exact":9007199254740993"#,
        r#""one_of":9007199254740995"#,
        r#""uint8":255"#,
        r#""int8":-128"#,
    ] {
        returns(values(), "/numbers", &format!("{{{member}}}")).await;
    }
    for (member, name, keyword) in [
        (r#""plain":9223372036854775808"#, "plain", "maximum"),
        (r#""int64":9223372036854775808"#, "int64", "maximum"),
        (r#""i64_most":9223372036854775808"#, "i64_most", "maximum"),
        (r#""below_u64_most":18446744073709551615"#, "below_u64_most", "maximum"),
        (r#""above_i64":9223372036854775807"#, "above_i64", "minimum"),
        (r#""exact":9007199254740992"#, "exact", "minimum"),
        (r#""exact":9007199254740996"#, "exact", "maximum"),
        (r#""one_of":9007199254740994"#, "one_of", "enum"),
        (r#""uint8":256"#, "uint8", "maximum"),
        (r#""uint64":-1"#, "uint64", "minimum"),
        (r#""int8":-129"#, "int8", "minimum"),
        (r#""plain":1e30"#, "plain", "maximum"),
        (r#""plain":1.5"#, "plain", "type"),
        (r#""step":4"#, "step", "multipleOf"),
    ] {
        refuses(values(), "/numbers", &format!("{{{member}}}"), &format!("/{name}"), keyword).await;
    }
    becomes(values(), "/numbers", r#"{"plain":1e18}"#, json!({"plain": 1_000_000_000_000_000_000_i64})).await;
    for text in ["18446744073709551616", "-9223372036854775809"] {
        let (status, problem) = send(values(), "POST", "/numbers", &format!(r#"{{"plain":{text}}}"#)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (400, &json!("/plain")), "{problem}");
        assert_eq!(problem["errors"][0]["keyword"], "integer");
    }
}

#[tokio::test]
async fn other_numbers_are_carried_exactly_or_refused() {
    for member in [
        r#""double":0.1"#,
        r#""double":0.30000000000000004"#,
        r#""double":1.7976931348623157e308"#,
        r#""decimal":12345678901.2345"#,
        r#""decimal":1.1"#,
        r#""price":"79228162514264337593543950.335""#,
        r#""price_limited":19.99"#,
        r#""price_limited":99999999.99"#,
    ] {
        returns(values(), "/numbers", &format!("{{{member}}}")).await;
    }
    for (member, name, keyword) in [
        (r#""double":9007199254740993"#, "double", "precision"),
        (r#""number":18446744073709551615"#, "number", "precision"),
        (r#""decimal":1e300"#, "decimal", "precision"),
        (r#""price":"1e3""#, "price", "format"),
        (r#""price":"1.""#, "price", "format"),
        (r#""price":"0.00000000000000000000000000000000001""#, "price", "format"),
        (r#""price":1.5"#, "price", "type"),
        (r#""price_limited":19.999"#, "price_limited", "multipleOf"),
        (r#""price_limited":100000000.01"#, "price_limited", "maximum"),
    ] {
        refuses(values(), "/numbers", &format!("{{{member}}}"), &format!("/{name}"), keyword).await;
    }
    for text in ["0.12345678901234567890", "9007199254740993.0", "1.00000000000000000001"] {
        let (status, problem) = send(values(), "POST", "/numbers", &format!(r#"{{"number":{text}}}"#)).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (400, &json!("/number")), "{problem}");
        assert_eq!(problem["errors"][0]["keyword"], "number");
    }
}

#[tokio::test]
async fn a_number_in_the_query_is_exact_or_refused() {
    let (status, _) = send(values(), "POST", "/numbers?big=18446744073709551615&amount=1.25", "{}").await;
    assert_eq!(status, 200);
    for query in ["big=18446744073709551616", "amount=0.12345678901234567890", "big=-1", "large=9223372036854775808"] {
        let (status, problem) = send(values(), "POST", &format!("/numbers?{query}"), "{}").await;
        assert_eq!(status, 422, "{query} {problem}");
    }
}

#[tokio::test]
async fn a_text_of_a_format_is_one_or_is_refused_by_place() {
    for member in [
        r#""moment":"2020-01-02T03:04:05Z""#,
        r#""day":"2020-02-29""#,
        r#""uuid":"018f4e9c-7c1a-7000-8000-000000000001""#,
        r#""bytes":"aGVsbG8=""#,
        r#""bytes":"""#,
        r#""encoded":"/+8=""#,
        r#""url_encoded":"_-8""#,
        r#""binary":"anything""#,
        r#""unknown":"anything""#,
    ] {
        returns(values(), "/formats", &format!("{{{member}}}")).await;
    }
    for (name, text) in [
        ("moment", "2020-01-02 03:04:05Z"),
        ("moment", "2020-01-02T03:04:05"),
        ("moment", "2020-13-02T03:04:05Z"),
        ("day", "2019-02-29"),
        ("day", "20200229"),
        ("time", "25:00:00Z"),
        ("duration", "1 day"),
        ("uuid", "018f4e9c7c1a70008000000000000001"),
        ("uuid", "{018f4e9c-7c1a-7000-8000-000000000001}"),
        ("email", "nobody"),
        ("uri", "not a uri"),
        ("ipv4", "256.0.0.1"),
        ("ipv6", ":::"),
        ("hostname", "-a-"),
        ("bytes", "aGVsbG8"),
        ("bytes", "aGVs bG8="),
        ("bytes", "_-8="),
        ("bytes", "aGVsbG9="),
        ("encoded", "***"),
        ("url_encoded", "/+8="),
    ] {
        let body = json!({ name: text }).to_string();
        refuses(values(), "/formats", &body, &format!("/{name}"), "format").await;
    }
    // A leap second and an offset are instants like others.
    for moment in ["1998-12-31T23:59:60Z", "2020-01-02T03:04:05.123456789+09:00", "2020-01-02t03:04:05z"] {
        let (status, answer) = send(values(), "POST", "/formats", &json!({ "moment": moment }).to_string()).await;
        assert_eq!(status, 200, "{moment} {answer}");
    }
}

#[tokio::test]
async fn an_enum_a_constant_and_null_are_what_the_schema_says() {
    let shape = |extra: &str| format!(r#"{{"kind":"shape","colour":"red","label":null{extra}}}"#);
    returns(types(), "/shapes", &shape("")).await;
    returns(types(), "/shapes", &shape(r#","remark":null,"state":null,"mixed":1,"size":"big","pair":["a",1],"level":2"#)).await;
    for (extra, pointer, keyword) in [
        (r#","note":null"#, "/note", "type"),
        (r#","level":4"#, "/level", "enum"),
        (r#","state":"ajar""#, "/state", "enum"),
        (r#","size":true"#, "/size", "type"),
        (r#","pair":["a","b"]"#, "/pair/1", "type"),
        (r#","other":1"#, "/other", "additionalProperties"),
        (r#","tags":["a<b"]"#, "/tags/0", "pattern"),
        (r#","tags":["a","a"]"#, "/tags", "uniqueItems"),
    ] {
        refuses(types(), "/shapes", &shape(extra), pointer, keyword).await;
    }
    refuses(types(), "/shapes", r#"{"kind":"other","colour":"red","label":""}"#, "/kind", "const").await;
    refuses(types(), "/shapes", r#"{"kind":"shape","colour":"Red","label":""}"#, "/colour", "enum").await;
    refuses(types(), "/shapes", r#"{"kind":"shape","colour":"red"}"#, "/label", "required").await;
}

#[tokio::test]
async fn null_in_the_dialect_of_3_0_is_null() {
    let router = || ::nullable::router(nullable::Echo);
    let thing = json!({"always": null, "either": null, "state": null, "part": null, "list": [null, "a"], "either_part": null});
    let answer = send(router(), "PUT", "/things", &thing.to_string()).await;
    assert_eq!(answer, (200, thing));

    for (extra, pointer) in [
        (json!({"never": null}), "/never"),
        (json!({"ignored": null}), "/ignored"),
        (json!({"share": 0}), "/share"),
    ] {
        let mut thing = json!({"always": "a"});
        thing.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let (status, problem) = send(router(), "PUT", "/things", &thing.to_string()).await;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (422, &json!(pointer)), "{problem}");
    }
}

#[tokio::test]
async fn a_member_that_only_answers_have_is_refused_and_a_secret_never_answers() {
    refuses(types(), "/accounts", r#"{"id":1,"name":"a","password":"long enough"}"#, "/id", "falseSchema").await;
    refuses(types(), "/accounts", r#"{"name":"a"}"#, "/password", "required").await;
    refuses(types(), "/accounts", r#"{"name":"a","password":"long enough","friends":[{"name":"b","password":"long enough","id":2}]}"#, "/friends/0/id", "falseSchema").await;

    let account = ::types::models::Account { id: 1, name: "a".to_owned(), friends: None };
    assert_eq!(serde_json::to_value(account).unwrap(), json!({"id": 1, "name": "a"}));
}

#[tokio::test]
async fn what_is_composed_or_recursive_keeps_every_member() {
    returns(types(), "/trees", r#"{"value":"a","parent":{"value":"b"},"children":[{"value":"c","children":[]}],"owner":{"labels":{"a":"b"},"counts":{"n":1},"open":{"known":"k","more":2},"free":{"x":[1]},"patterned":{"x-a":"y"}}}"#).await;
    refuses(types(), "/trees", r#"{"value":"a","owner":{"labels":{"A":"b"}}}"#, "/owner/labels/A", "propertyNames").await;
    refuses(types(), "/trees", r#"{"value":"a","owner":{"open":{"more":"text"}}}"#, "/owner/open/more", "type").await;
    returns(types(), "/composed", r#"{"name":"a","alias":"b","badge":1,"role":"boss","manager":{"name":"c"}}"#).await;
    refuses(types(), "/composed", r#"{"name":"a","badge":1}"#, "/alias", "required").await;
}

#[tokio::test]
async fn what_is_absent_has_its_default() {
    let wanted = json!({
        "text": "a \"quoted\" \\ text", "count": 7, "ratio": 1.5, "flag": true, "colour": "green",
        "list": ["a", "b"], "maybe": null, "moment": "2020-01-02T03:04:05Z", "day": "2020-01-02",
        "nested": {"name": "nobody"}, "free": {"a": 1, "b\u{1}": [9_007_199_254_740_993_i64, null, true, 1.5]},
        "labels": {"a": "b"}, "open": {"known": "k", "more": 2},
        "uuid": "018f4e9c-7c1a-7000-8000-000000000001", "any": {"a": [1]},
    });
    becomes(types(), "/defaults", "{}", wanted).await;
    let (status, _) = send(types(), "POST", "/defaults?order=sideways", "{}").await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn a_union_takes_the_arm_whose_schema_holds() {
    returns(unions(), "/pets", r#"{"name":"a","bark":"loud"}"#).await;
    returns(unions(), "/pets", r#"{"name":"a"}"#).await;
    returns(unions(), "/animals", r#"{"name":"a","bark":"loud"}"#).await;
    for scalar in [r#""2020-01-02T03:04:05Z""#, "7", "true", r#"["a"]"#, r#"{"w":1,"h":2}"#] {
        returns(unions(), "/scalars?id=7", scalar).await;
    }
    for scalar in [r#""text""#, "1.5", r#"{"w":1}"#, "null"] {
        let (status, problem) = send(unions(), "POST", "/scalars", scalar).await;
        assert_eq!(status, 422, "{scalar} {problem}");
    }
    returns(unions(), "/filters", r#"{"field":"a","value":1.5,"only":{"name":"b"},"words":"c"}"#).await;
    returns(unions(), "/filters", r#"{"field":"a","value":null}"#).await;
    let (status, _) = send(unions(), "POST", "/filters", r#"{"field":"a"}"#).await;
    assert_eq!(status, 422);
}

#[tokio::test]
async fn a_discriminator_names_the_arm_both_ways() {
    for payment in [r#"{"kind":"card","number":"1234"}"#, r#"{"kind":"visa","number":"1234"}"#, r#"{"kind":"transfer","iban":"x"}"#] {
        returns(unions(), "/payments", payment).await;
    }
    refuses(unions(), "/payments", r#"{"kind":"card","iban":"x"}"#, "/number", "required").await;
    refuses(unions(), "/payments", r#"{"kind":"Card","number":"1234"}"#, "/kind", "enum").await;
    returns(unions(), "/vehicles", r#"{"type":"Car","wheels":4,"doors":5}"#).await;
    returns(unions(), "/vehicles", r#"{"type":"Bike","electric":true}"#).await;
    refuses(unions(), "/vehicles", r#"{"type":"Car"}"#, "/doors", "required").await;

    let car = ::unions::models::Vehicle::Car(::unions::models::Car { r#type: String::new(), wheels: None, doors: 3 });
    assert_eq!(serde_json::to_value(car).unwrap(), json!({"type": "Car", "doors": 3}));
}

#[test]
fn a_message_is_found_by_name_and_its_body_checked() {
    let order = ::webhooks::webhooks::find("order.shipped").unwrap();
    let violations = |body: Value| order.violations("application/json", &body);
    assert_eq!((order.method, order.callback.is_none()), ("POST", true));
    assert_eq!(order.responses, ["204", "4XX"]);

    // The service writes it, so that a member that only answers have is in it, and no secret.
    let payload = ::webhooks::webhooks::OrderShippedPayload { id: 1, note: None };
    assert!(violations(serde_json::to_value(payload).unwrap()).is_empty());
    assert_eq!(violations(json!({"id": 1, "note": "too long"}))[0].pointer, "/note");
    assert_eq!(violations(json!({"id": 1, "secret": "s"}))[0].pointer, "/secret");
    assert_eq!(order.violations("text/plain", &json!("a")).len(), 1);

    let event = ::webhooks::webhooks::find("subscribe.event").unwrap();
    let callback = event.callback.unwrap();
    assert_eq!((callback.operation, callback.url), ("subscribe", "{$request.body#/url}"));
    assert_eq!(event.violations("application/json", &json!({"made": {"id": 1}})), []);
    assert_eq!(event.violations("application/json", &json!({"made": {}})).len(), 1);
    let names: Vec<&str> = ::webhooks::webhooks::ALL.iter().map(|it| it.name).collect();
    assert_eq!(names, ["subscribe.event", "subscribe.gone", "order.shipped", "stock.put", "stock.delete", "shared"]);
}

#[test]
fn the_parameters_of_a_message_are_written_in_their_styles() {
    use ::webhooks::{models::OrderShippedWhy, webhooks::OrderShippedParameters};
    let parameters = OrderShippedParameters {
        x_signature: "a b".to_owned(),
        sent: None,
        of: Some(vec!["a b".to_owned(), "c,d".to_owned()]),
        filter: serde_json::from_value(json!({"min": 1})).unwrap(),
        why: Some(OrderShippedWhy::Sold),
    };

    let head = parameters.head().unwrap();

    assert_eq!(head.headers, [("X-Signature", "a b".to_owned())]);
    assert_eq!(head.query(), "of=a%20b,c%2Cd&filter[min]=1&why=sold");
}

/// An application that answers some of the operations of the probe `requests`.
mod requests {
    use ::requests::models::WatchEventsEvent;
    use ::requests::*;
    use axum::http::StatusCode;
    use serde_json::json;

    #[derive(Clone)]
    pub struct App;

    impl Host for App {
        type Principal = ();
        type Error = Failure;

        fn anonymous(&self) {}

        async fn authenticate(
            &self,
            _operation: &'static Operation,
            _credentials: &[Credential],
        ) -> Result<Identity<()>, Problem> {
            Ok(Identity { principal: (), scopes: Default::default() })
        }
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

        async fn watch_events(&self, _: Context<()>) -> Result<WatchEventsResponse, Failure> {
            let events = [1, 2, 3].map(|n| Event::from(WatchEventsEvent { n }));
            Ok(WatchEventsResponse::Ok(EventStream::new(futures_util::stream::iter(events))))
        }
    }
}

#[tokio::test]
async fn a_path_with_a_query_is_found_by_it_and_captures_from_it() {
    let get = |target: &str| {
        let request = Request::get(format!("/v1{target}")).body(Body::empty()).unwrap();
        ::requests::router(requests::App).oneshot(request)
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

/// Status, media type and body of the answer to a request of the probe `requests`.
async fn ask(request: axum::http::request::Builder, body: impl Into<Body>) -> (u16, String, String) {
    let answer = ::requests::router(requests::App).oneshot(request.body(body.into()).unwrap()).await.unwrap();
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

/// An application that knows some credentials, and grants the scope `read`.
mod security {
    use ::security::*;

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
}

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
        let answer = ::security::router(security::App).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), wanted, "{path} {headers:?}");
        assert_eq!(answer.headers().contains_key("www-authenticate"), wanted == 401, "{path} {headers:?}");
    }
    // Nobody learns what is wrong with a body before it is known who they are.
    let late = Request::post("/late").header("Content-Type", "text/html").body(Body::from("{")).unwrap();
    assert_eq!(::security::router(security::App).oneshot(late).await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_discriminator_may_be_absent_or_null() {
    returns(unions(), "/shapes", r#"{"kind":"circle","radius":1.5,"of":{"name":"a"},"equal":"ab"}"#).await;
    returns(unions(), "/shapes", r#"{"kind":null,"of":null,"equal":"abcd"}"#).await;
    returns(unions(), "/shapes", r#"{"equal":"abcd"}"#).await;
    refuses(unions(), "/shapes", r#"{"kind":"circle"}"#, "/radius", "required").await;
    let (status, problem) = send(unions(), "POST", "/shapes", r#"{"equal":"abc"}"#).await;
    assert_eq!(status, 422, "{problem}");
}

#[tokio::test]
async fn a_stream_breaks_off_at_an_event_that_breaks_the_contract() {
    let request = Request::get("/v1/events").body(Body::empty()).unwrap();
    let mut body = ::requests::router(requests::App).oneshot(request).await.unwrap().into_body();

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
async fn a_number_with_a_long_fraction_is_no_integer() {
    for text in ["1.0000000000000000000001", "[1.0000000000000000000001]", "-1.00000000000000000000000000000001e0", "0.9999999999999999999999"] {
        let (status, problem) = send(values(), "POST", "/numbers", &format!(r#"{{"plain":{text}}}"#)).await;
        assert_eq!(status, 400, "{text} {problem}");
        let (status, problem) = send(values(), "POST", &format!("/numbers?big={text}"), "{}").await;
        assert_eq!(status, 422, "{text} {problem}");
    }
}

#[test]
fn names_of_the_contract_are_kept_on_the_wire() {
    let text = json!({
        "type": "a", "Type": "b", "_type": "c", "self": "d", "Self": "e", "gen": "f", "async": "g",
        "crate": "h", "user-name": "i", "user_name": "j", "userName": "k", "3d": "l", "이름": "m",
        "🚀": "n", "$id": "o", "@id": "p", "": "q", "+1": 1, "-1": 2, "extra": "r", "order": "-name",
        "other": "s",
    });

    let typed: ::names::models::ResultModel = serde_json::from_value(text.clone()).unwrap();

    assert_eq!(typed.extra2.len(), 1);
    assert_eq!(serde_json::to_value(typed).unwrap(), text);
}
