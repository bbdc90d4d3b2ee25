//! What a partner does with the Rust library.

use std::collections::HashSet;
use std::env::var;
use std::time::{Duration, UNIX_EPOCH};

use concordat_client::apis::configuration::Configuration;
use concordat_client::apis::orders_api::{CreateOrderParams, ListOrdersParams, create_order, list_orders};
use concordat_client::apis::products_api::{ListProductsParams, list_products};
use concordat_client::apis::users_api::{CreateUserParams, ListUsersParams, create_user, list_users};
use concordat_client::client::connect;
use concordat_client::models::{NewOrder, NewOrderLine, NewUser, OrderStatus};
use concordat_client::pages::items;
use concordat_client::webhooks::{WebhookError, verify_at};
use http::HeaderMap;

fn client(manner: &str) -> Configuration {
    let mut configuration = connect(&format!("{}/{manner}", var("BASE_URL").unwrap()));
    configuration.bearer_access_token = Some(var("API_KEY").unwrap());
    configuration
}

async fn problems_are_typed() {
    let mut stranger = client("plain");
    stranger.bearer_access_token = Some("sk_live_none".to_owned());
    let error = list_users(&stranger, ListUsersParams::new()).await.unwrap_err();
    let problem = error.problem().unwrap();
    assert_eq!((problem.status, problem.code.as_deref()), (401, Some("unauthorized")));
    assert_eq!(problem.trace_id.map(|id| id.len()), Some(32));

    let user = NewUser::new("x@example.com".to_owned(), "x".to_owned());
    let error = create_user(&client("plain"), CreateUserParams::new(user)).await.unwrap_err();
    let problem = error.problem().unwrap();
    assert_eq!((problem.status, problem.type_.as_str()), (422, "/problems/validation-error"));
    assert_eq!(problem.errors[0].pointer.as_deref(), Some("/username"));
}

async fn lists_are_read_to_their_end() {
    let configuration = &client("plain");
    let mut made = HashSet::new();
    for number in 0..5 {
        let name = format!("rust-{number}");
        let user = NewUser::new(format!("{name}@example.com"), name);
        made.insert(create_user(configuration, CreateUserParams::new(user)).await.unwrap().id);
    }
    let mut found = Vec::new();
    let mut users = items(|cursor| async move {
        let params = ListUsersParams { limit: Some(2), cursor, ..ListUsersParams::new() };
        list_users(configuration, params).await
    });
    while let Some(user) = users.next().await {
        found.push(user.unwrap().id);
    }
    let distinct: HashSet<_> = found.iter().copied().collect();
    assert_eq!(distinct.len(), found.len());
    assert!(made.is_subset(&distinct));
}

async fn retries_keep_the_key() {
    let page = list_products(&client("plain"), ListProductsParams::new()).await;
    let product = page.unwrap().items.remove(0);
    let order = NewOrder::new(vec![NewOrderLine::new(product.id, 1)]);
    let key = uuid::Uuid::new_v4().to_string();
    let params = CreateOrderParams::new(key, order);
    let placed = create_order(&client("flaky"), params.clone()).await.unwrap();
    let again = create_order(&client("plain"), params).await.unwrap();
    assert_eq!(again.id, placed.id);
}

async fn what_a_later_version_says_survives() {
    let page = list_orders(&client("future"), ListOrdersParams::new()).await.unwrap();
    let order = page.items.first().unwrap();
    assert_eq!(order.status, OrderStatus::UnknownValue("from_later".to_owned()));
}

async fn webhooks_are_verified() {
    // The vector that the libraries of Standard Webhooks are tested with.
    let (secret, body) = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", br#"{"test": 2432232314}"#);
    let now = UNIX_EPOCH + Duration::from_secs(1_614_265_330);
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".parse().unwrap());
    headers.insert("webhook-timestamp", "1614265330".parse().unwrap());
    let signature = "v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    headers.insert("webhook-signature", signature.parse().unwrap());
    assert_eq!(verify_at(secret, &headers, body, now).unwrap()["test"], 2_432_232_314_u64);

    let late = now + Duration::from_secs(301);
    assert_eq!(verify_at(secret, &headers, body, late), Err(WebhookError::Timestamp));
    assert_eq!(verify_at(secret, &headers, b"{}", now), Err(WebhookError::Signature));
    headers.insert("webhook-id", "msg_other".parse().unwrap());
    assert_eq!(verify_at(secret, &headers, body, now), Err(WebhookError::Signature));
    headers.remove("webhook-id");
    assert_eq!(verify_at(secret, &headers, body, now), Err(WebhookError::MissingHeader("webhook-id")));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    problems_are_typed().await;
    println!("   problems are typed");
    lists_are_read_to_their_end().await;
    println!("   lists are read to their end");
    retries_keep_the_key().await;
    println!("   retries keep the key");
    what_a_later_version_says_survives().await;
    println!("   what a later version says survives");
    webhooks_are_verified().await;
    println!("   webhooks are verified");
}
