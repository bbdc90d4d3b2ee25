//! What the probes promise at run time, through their routers.

/// A host's members for who calls: nobody is told from anybody.
macro_rules! nobody {
    () => {
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
    };
}

mod deprecated;
mod requests;
mod security;

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
                nobody!();
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
        "bytes": "AP8iYQo=", "price": "1.50", "share": -0.25,
    });
    becomes(types(), "/defaults", "{}", wanted).await;
    for (query, wanted) in [("order=sideways", 422), ("shown=x", 422), ("shown=1", 200)] {
        let (status, problem) = send(types(), "POST", &format!("/defaults?{query}"), "{}").await;
        assert_eq!(status, wanted, "{query} {problem}");
    }
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
