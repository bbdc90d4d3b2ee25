//! A valid call of every operation of the contract.

use std::collections::HashMap;

use chrono::TimeDelta;
use concordat::app::Clock;
use contract::Operation;
use serde_json::{Value, json};
use uuid::Uuid;

use super::app::TestApp;
use super::call::{Call, Client};
use super::factories::order_of;
use super::partner::Partner;

/// What to send to an operation.
#[derive(Debug, Clone)]
pub struct Case {
    /// The operation.
    pub operation: &'static Operation,
    /// The path with its id, if it has one.
    pub path: String,
    /// The body, if the operation takes one.
    pub body: Option<Value>,
    /// The partner's test keys by its live keys, if the operation is for test keys.
    pub test_keys: HashMap<String, String>,
}

impl Case {
    /// A call that succeeds for the partner, for whom everything is made that it needs.
    pub async fn new(app: &TestApp, partner: &Partner, operation: &'static Operation) -> Self {
        Self::with_id(app, partner, operation, Uuid::now_v7()).await
    }

    /// The same, the thing that the path names having this id.
    pub async fn with_id(
        app: &TestApp,
        partner: &Partner,
        operation: &'static Operation,
        id: Uuid,
    ) -> Self {
        create_named(app, partner, operation, id).await;
        Self {
            operation,
            path: match operation.path.contains("{slug}") {
                true => path(operation, "out-of-stock"),
                false => path(operation, &id.to_string()),
            },
            body: body(app, partner, operation).await,
            test_keys: match operation.tag {
                "Sandbox" => partner.twins(&app.sandbox_of(partner).await),
                _ => HashMap::new(),
            },
        }
    }

    /// The client, with the test key of the same partner and role if the operation is for those.
    pub fn client<'a>(&self, client: &Client<'a>) -> Client<'a> {
        client.exchanged(&self.test_keys)
    }

    /// The call by a client.
    pub fn by<'a>(&self, client: &Client<'a>) -> Call<'a> {
        let call = self.client(client).call(self.operation.method, &self.path);
        match &self.body {
            None => call,
            Some(body) => call.json(body.clone()),
        }
    }
}

/// The operation's path with this text for its id.
pub fn path(operation: &Operation, id: &str) -> String {
    let segments: Vec<_> = operation
        .path
        .split('/')
        .map(|segment| {
            if segment.starts_with('{') {
                id
            } else {
                segment
            }
        })
        .collect();
    segments.join("/")
}

/// The operations whose path has the id of something that belongs to a partner.
pub fn operations_with_an_id() -> impl Iterator<Item = &'static Operation> {
    guarded_operations().filter(|operation| operation.path.contains('{'))
}

/// The operations that ask for credentials.
pub fn guarded_operations() -> impl Iterator<Item = &'static Operation> {
    let all = contract::operations::ALL.iter().copied();
    all.filter(|operation| !operation.security.is_empty())
}

/// Makes the thing that the operation's path names.
async fn create_named(app: &TestApp, partner: &Partner, operation: &Operation, id: Uuid) {
    let Some((_, parameter)) = operation.path.split_once('{') else {
        return;
    };
    let (parameter, _) = parameter.split_once('}').unwrap();
    match parameter {
        "user_id" => drop(app.user().of(partner).with_id(id).create().await),
        "post_id" => drop(app.post().of(partner).with_id(id).create().await),
        "category_id" => drop(app.category().of(partner).with_id(id).create().await),
        "product_id" => drop(app.product().of(partner).with_id(id).create().await),
        "order_id" => {
            app.order().of(partner).with_id(id).create().await;
            if matches!(operation.id, "fulfilOrder" | "refundOrder") {
                let pay = format!("/v1/orders/{id}/pay");
                let paid = app.client_of(partner).call("POST", pay).await;
                paid.assert_status(200);
            }
        }
        "request_id" => app.logged_request(partner, id).await,
        "slug" => {}
        other => panic!("write here how to make what {{{other}}} names"),
    }
}

/// A body that the operation takes.
async fn body(app: &TestApp, partner: &Partner, operation: &Operation) -> Option<Value> {
    operation.body?;
    Some(match operation.id {
        "createUser" => app.user().body(),
        "updateUser" => json!({"name": "Mina"}),
        "createPost" => {
            let author = app.user().of(partner).create().await;
            app.post().author(&author).body()
        }
        "createCategory" | "replaceCategory" => app.category().body(),
        "updateCategory" => json!({"name": format!("Tea {}", app.next())}),
        "createProduct" | "replaceProduct" => {
            let category = app.category().of(partner).create().await;
            app.product().category(&category).body()
        }
        "updateProducts" => {
            let product = app.product().of(partner).create().await;
            let row = json!({
                "id": product.id.to_string(),
                "if_match": "\"1-1\"",
                "changes": {"price": "17.90"},
            });
            json!({"rows": [row]})
        }
        "moveSandboxClock" => {
            let later = TimeDelta::hours(app.next().into());
            json!({"now": app.clock.now() + later})
        }
        "updateProduct" => json!({"price": "17.90"}),
        "createOrder" => order_of(&app.product().of(partner).create().await, 1),
        other => panic!("write here what {other} takes"),
    })
}
