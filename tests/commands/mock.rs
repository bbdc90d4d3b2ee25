//! `contract mock`, over HTTP.

use concordat::toolchain::mock::Memory;
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::support::{NOWHERE, Serving};
use crate::things::{LAMPS, THINGS, checked, mocked, rules};

struct Caller {
    client: Client,
    base: String,
}

impl Caller {
    async fn of(memory: Memory) -> Self {
        let address = mocked(THINGS, memory, |_, answer| answer).await;
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            base: format!("http://{address}/v1"),
        }
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.client
            .request(method.parse().unwrap(), url)
            .header("X-Key", "any")
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> Response {
        let media_type = match method {
            "PATCH" => "application/merge-patch+json",
            _ => "application/json",
        };
        let request = self
            .request(method, path)
            .header("Content-Type", media_type);
        request.body(body.to_string()).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Response {
        self.request("GET", path).send().await.unwrap()
    }
}

async fn json_of(answer: Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_created_is_read_listed_changed_and_deleted() {
    let caller = Caller::of(Memory::Stateful).await;
    let created = caller
        .send(
            "POST",
            "/things",
            json!({"name": "lamp", "colour": "blue", "price": 3}),
        )
        .await;
    assert_eq!(created.status(), 201);
    let location = created.headers()["location"].to_str().unwrap().to_owned();
    let thing = json_of(created).await;
    let path = location.strip_prefix("/v1").unwrap();
    assert_eq!(path, format!("/things/{}", thing["id"]));

    assert_eq!(json_of(caller.get(path).await).await, thing);
    let list = json_of(caller.get("/things").await).await;
    assert_eq!(list["items"], json!([thing]));
    assert_eq!(list["total"], 1);

    let changed = caller
        .send("PATCH", path, json!({"name": "desk", "price": null}))
        .await;
    assert_eq!(changed.status(), 200);
    let changed = json_of(caller.get(path).await).await;
    assert_eq!(
        changed,
        json!({"id": thing["id"], "name": "desk", "colour": "blue"})
    );

    let gone = caller.request("DELETE", path).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(caller.get(path).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_where_its_cursor_says() {
    let caller = Caller::of(Memory::Stateful).await;
    for number in 0..5 {
        caller
            .send(
                "POST",
                "/things",
                json!({"name": format!("n{number}"), "colour": "red"}),
            )
            .await;
    }

    let mut names = Vec::new();
    let mut path = "/things?limit=2".to_owned();
    loop {
        let page = json_of(caller.get(&path).await).await;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2, "{page}");
        names.extend(
            items
                .iter()
                .map(|it| it["name"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/things?limit=2&cursor={cursor}");
    }

    assert_eq!(names, ["n0", "n1", "n2", "n3", "n4"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_request_is_told_place_and_rule() {
    let caller = Caller::of(Memory::None).await;

    let answer = caller
        .send("POST", "/things", json!({"name": "", "colour": "pink"}))
        .await;

    assert_eq!(answer.status(), 422);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem = json_of(answer).await;
    let errors = problem["errors"].as_array().unwrap();
    let found = |pointer: &str, keyword: &str| {
        errors
            .iter()
            .any(|it| it["pointer"] == pointer && it["keyword"] == keyword)
    };
    assert!(found("/name", "minLength"), "{problem}");
    assert!(found("/colour", "enum"), "{problem}");
    assert!(
        problem["detail"].as_str().unwrap().contains("/name"),
        "{problem}"
    );
    let answer = caller.get("/things?limit=900").await;
    assert_eq!(answer.status(), 422);
    assert!(
        json_of(answer).await["detail"]
            .as_str()
            .unwrap()
            .contains("limit")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_chooses_its_answer() {
    let caller = Caller::of(Memory::None).await;
    let preferring = async |prefer: &str| {
        let request = caller.request("GET", "/things/1").header("Prefer", prefer);
        request.send().await.unwrap()
    };

    let answer = preferring("code=404").await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["preference-applied"], "code=404");
    assert_eq!(json_of(answer).await["status"], 404);
    assert_eq!(preferring("code=418").await.status(), 400);
    let request = caller
        .request("POST", "/things")
        .header("Content-Type", "application/json");
    let request = request.header("Prefer", "example=lamp");
    let lamp = request
        .body(r#"{"name":"x","colour":"red"}"#)
        .send()
        .await
        .unwrap();
    assert_eq!(
        json_of(lamp).await,
        json!({"id": 1, "name": "lamp", "colour": "red"})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_must_be_there_and_methods_be_known() {
    let caller = Caller::of(Memory::None).await;

    let without = caller
        .client
        .get(format!("{}/things", caller.base))
        .send()
        .await
        .unwrap();
    assert_eq!(without.status(), 401);
    assert!(without.headers().contains_key("www-authenticate"));
    let other = caller.request("PUT", "/things").send().await.unwrap();
    assert_eq!(other.status(), 405);
    assert_eq!(other.headers()["allow"], "GET, HEAD, OPTIONS, POST");
    assert_eq!(caller.get("/nothing").await.status(), 404);
    let xml = caller
        .request("GET", "/things")
        .header("Accept", "application/xml");
    assert_eq!(xml.send().await.unwrap().status(), 406);
    let head = caller.request("HEAD", "/things").send().await.unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers()["content-type"], "application/json");
    assert!(head.bytes().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_may_ask() {
    let caller = Caller::of(Memory::None).await;
    let request = caller
        .request("OPTIONS", "/things/1")
        .header("Origin", "http://page");
    let request = request
        .header("Access-Control-Request-Method", "PATCH")
        .header("Access-Control-Request-Headers", "x-key");

    let answer = request.send().await.unwrap();

    assert_eq!(answer.status(), 204);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("access-control-allow-origin"), "http://page");
    assert_eq!(
        header("access-control-allow-methods"),
        "DELETE, GET, HEAD, OPTIONS, PATCH"
    );
    assert_eq!(header("access-control-allow-headers"), "x-key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_gives_the_same_answers() {
    let (one, other) = (
        Caller::of(Memory::None).await,
        Caller::of(Memory::None).await,
    );

    for path in ["/things", "/things/5", "/things/6?x=1"] {
        let (one, other) = (one.get(path).await, other.get(path).await);
        assert_eq!(json_of(one).await, json_of(other).await, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_says_where_it_listens_and_what_to_try() {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.yaml");
    let arguments = ["contract", "mock", document, "--port", "0"];

    let mut mock = Serving::start_command(NOWHERE, &arguments, &[]);

    let line = mock.lines.next().unwrap().unwrap();
    assert!(
        line.starts_with("try: curl -i 'http://127.0.0.1:"),
        "{line}"
    );
    let answer = reqwest::get(format!("http://{}/health/live", mock.address))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_comes_in_the_shape_of_the_answer_and_with_nothing_else() {
    let address = mocked(LAMPS, Memory::Stateful, |_, answer| answer).await;
    let base = format!("http://{address}");
    let client = Client::builder().no_proxy().build().unwrap();
    let lamp = json!({"id": 7, "name": "desk"});
    let send = async |method: &str, path: &str, body: &Value| {
        let request = client.request(method.parse().unwrap(), format!("{base}{path}"));
        let request = request.header("Content-Type", "application/json");
        json_of(request.body(body.to_string()).send().await.unwrap()).await
    };

    assert_eq!(send("POST", "/lamps", &lamp).await, lamp);
    assert_eq!(send("PUT", "/lamps", &lamp).await, json!({}));
    assert_eq!(send("GET", "/lamps/7", &Value::Null).await, lamp);
    let changed = send("PATCH", "/lamps/7", &json!({"name": "floor"})).await;
    assert!(changed.get("name").is_none(), "{changed}");
    assert!(changed.get("links_created").is_some(), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_mock_answers_is_described_and_a_plain_request_asks_for_no_upgrade() {
    let address = mocked(LAMPS, Memory::Stateful, |_, answer| answer).await;

    let outcome = checked(LAMPS, address).await;

    let rules = rules(&outcome);
    for rule in ["property-undeclared", "valid-refused"] {
        assert!(!rules.contains(&rule.to_owned()), "{rules:?}");
    }
}
