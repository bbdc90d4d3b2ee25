//! A whole flow under a talkative log: no secret in it, nor in an answer or an audit entry; every
//! problem is found in it.

use serde_json::{Value, json};

use crate::places::Place;
use crate::support::{Reply, Serving, done, exchange};

const PASSWORD: &str = "hunter2-of-the-database";
const SECRET_KEY: &str = "a-signing-key-of-cursors-0123456789abcdef";
const GUESS: &str = "sk_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Longest line of the log, in bytes.
const MAX_LINE: usize = 16 * 1_024;

/// The address with a password, which a server that trusts us does not look at.
fn with_password(url: &str) -> String {
    url.replacen(
        "postgres://postgres@",
        &format!("postgres://postgres:{PASSWORD}@"),
        1,
    )
}

/// Everything that a partner does, well and badly.
fn flow(serving: &Serving, key: &str) -> Vec<Reply> {
    let call = |method, path: &str, key: &str, fields: &[&str], body: &Value| {
        let bearer = format!("Authorization: Bearer {key}");
        let mut all = vec![bearer.as_str(), "X-Request-Id: a-name-of-its-own"];
        all.extend(fields);
        let body = match body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        exchange(serving.address, method, path, &all, &body).expect("an answer")
    };
    let json_body = "Content-Type: application/json";
    let products = call("GET", "/v1/products", key, &[], &Value::Null);
    let product = products.body["items"][0]["id"].clone();
    let order = |quantity: u32| json!({"lines": [{"product_id": product, "quantity": quantity}]});
    let once = ["Content-Type: application/json", "Idempotency-Key: once"];
    let wide = format!("/v1/products/{}", "%1b%5b31m%0a".repeat(600));
    vec![
        products.clone(),
        call("GET", "/v1/products", GUESS, &[], &Value::Null),
        call(
            "GET",
            &format!("/v1/products?api_key={key}&access_token={key}"),
            key,
            &[],
            &Value::Null,
        ),
        call("GET", "/v1/products?cursor=AAAA", key, &[], &Value::Null),
        call("GET", &wide, key, &[], &Value::Null),
        call(
            "GET",
            "/v1/nothing",
            key,
            &[&format!("Cookie: session={key}")],
            &Value::Null,
        ),
        call(
            "POST",
            "/v1/users",
            key,
            &[json_body],
            &json!({"username": "x", "email": key}),
        ),
        call("POST", "/v1/orders", key, &once, &order(1)),
        call("POST", "/v1/orders", key, &once, &order(1)),
        call("POST", "/v1/orders", key, &once, &order(2)),
        call(
            "POST",
            "/v1/orders",
            key,
            &[json_body, "Idempotency-Key: more"],
            &order(1_000),
        ),
        call(
            "POST",
            "/v1/orders",
            key,
            &["Content-Type: text/plain"],
            &json!({"a": key}),
        ),
        call("DELETE", "/v1/orders", key, &[], &Value::Null),
        call("GET", "/v1/audit", key, &[], &Value::Null),
        call("GET", "/v1/requests?limit=100", key, &[], &Value::Null),
    ]
}

#[tokio::test]
async fn no_secret_leaves_and_every_problem_is_in_the_log() {
    for place in Place::empty_on_each_backend().await {
        let url = with_password(&place.address());
        let seeded = done(
            &url,
            &["seed", "--products", "1", "--stock", "100", "--json"],
        );
        let seeded: Value = serde_json::from_str(&seeded).unwrap();
        let keys = seeded[0]["keys"].as_object().unwrap().clone();
        let key = keys["admin"].as_str().unwrap();
        let talkative = [("LOG_LEVEL", "debug"), ("SECRET_KEY", SECRET_KEY)];
        let serving = Serving::start(&url, &[], &talkative);

        let replies = flow(&serving, key);
        serving.signal("TERM");
        let (code, log) = serving.ended();

        assert_eq!(code, Some(0), "{log}");
        let statuses: Vec<u16> = replies.iter().map(|reply| reply.status).collect();
        assert_eq!(
            statuses,
            [
                200, 401, 422, 409, 404, 404, 422, 201, 201, 422, 409, 415, 405, 200, 200
            ]
        );
        let secret = |text: &str| text.rsplit('_').next().unwrap().to_owned();
        let mut secrets: Vec<String> = keys
            .values()
            .map(|it| secret(it.as_str().unwrap()))
            .collect();
        secrets.extend([PASSWORD.to_owned(), SECRET_KEY.to_owned(), secret(GUESS)]);
        for secret in &secrets {
            assert!(!log.contains(secret), "{secret} is in the log");
            for reply in &replies {
                assert!(!reply.body.to_string().contains(secret), "{reply:?}");
            }
        }
        for reply in replies.iter().filter(|reply| reply.status >= 400) {
            let trace = reply.body["trace_id"].as_str().expect("a trace id");
            assert!(log.contains(trace), "{trace} is not in the log");
            assert_eq!(reply.body["status"], reply.status);
        }
        for line in log.lines() {
            assert!(line.len() <= MAX_LINE && !line.chars().any(char::is_control));
            let parsed: Result<Value, _> = serde_json::from_str(line);
            assert!(parsed.is_ok_and(|line| line.is_object()), "{line}");
        }
    }
}
