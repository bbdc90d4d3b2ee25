//! Rows to begin from: the contract's examples, made unique by a sequence and changed as the test
//! wants, checked against the schemas, written through the repository.

use std::collections::BTreeMap;

use concordat::app::{App, Clock};
use concordat::db::Conn;
use concordat::db::types::{Json, Time};
use concordat::error::Error;
use concordat::ids::{CategoryId, OrderId, PartnerId, PostId, ProductId, UserId};
use concordat::repository::categories::{self, Category};
use concordat::repository::orders::{self, Order, OrderLine};
use concordat::repository::posts::{self, Post};
use concordat::repository::products::{self, Product};
use concordat::repository::requests::{self, LoggedRequest, NewRequest, Verdict};
use concordat::repository::users::{self, User};
use contract::models;
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::app::TestApp;
use super::contract::{example, schema};
use super::partner::Partner;

/// Something to be made: whose it is, its id if that matters, and its members as a client would
/// send them.
pub struct Factory<'a> {
    app: &'a TestApp,
    partner: PartnerId,
    id: Option<Uuid>,
    body: Value,
}

impl<'a> Factory<'a> {
    fn new(app: &'a TestApp, body: Value) -> Self {
        Self {
            app,
            partner: app.own.id,
            id: None,
            body,
        }
    }

    fn id<T: From<Uuid>>(&self, new: impl FnOnce(Time) -> T) -> (T, Time) {
        let now = self.app.clock.now().into();
        (self.id.map_or_else(|| new(now), T::from), now)
    }

    /// The members as the model of the contract's schema.
    fn model<T: DeserializeOwned>(&self, name: &str) -> T {
        let errors = schema(name).errors(&self.body);
        assert!(errors.is_empty(), "{} is no {name}: {errors:#?}", self.body);
        serde_json::from_value(self.body.clone()).unwrap()
    }
}

/// What every factory can do.
macro_rules! factory {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub struct $name<'a>(Factory<'a>);

        impl $name<'_> {
            /// Gives it a member, or another value for one.
            pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
                self.0.body[member] = value.into();
                self
            }

            /// Makes it another partner's.
            pub fn of(mut self, partner: &Partner) -> Self {
                self.0.partner = partner.id;
                self
            }

            /// Gives it this id.
            pub fn with_id(mut self, id: Uuid) -> Self {
                self.0.id = Some(id);
                self
            }
        }
    )*};
}

factory! {
    /// A user to be made.
    UserFactory;
    /// A post to be made; without an author it gets one of its own.
    PostFactory;
    /// A category to be made.
    CategoryFactory;
    /// A product to be made; without a category it gets one of its own.
    ProductFactory;
    /// An order to be made; without a product it gets one of its own.
    OrderFactory;
}

impl TestApp {
    /// A user like the contract's example.
    pub fn user(&self) -> UserFactory<'_> {
        let number = self.next();
        let mut body = example("NewUser");
        body["username"] = format!("mina.kim.{number}").into();
        body["email"] = format!("mina.kim.{number}@example.com").into();
        UserFactory(Factory::new(self, body))
    }

    /// A post like the contract's example.
    pub fn post(&self) -> PostFactory<'_> {
        let mut body = example("NewPost");
        body["author_id"] = Value::Null;
        PostFactory(Factory::new(self, body))
    }

    /// A category like the contract's example.
    pub fn category(&self) -> CategoryFactory<'_> {
        let number = self.next();
        let mut body = example("NewCategory");
        body["name"] = format!("Coffee {number:04}").into();
        body["slug"] = format!("coffee-{number}").into();
        CategoryFactory(Factory::new(self, body))
    }

    /// A product like the contract's example.
    pub fn product(&self) -> ProductFactory<'_> {
        let mut body = example("NewProduct");
        body["name"] = format!("Espresso beans {}", self.next()).into();
        body["category_id"] = Value::Null;
        ProductFactory(Factory::new(self, body))
    }

    /// An order like the contract's example, by a guest.
    pub fn order(&self) -> OrderFactory<'_> {
        let mut body = example("NewOrder");
        body["user_id"] = Value::Null;
        body["lines"] = json!([]);
        OrderFactory(Factory::new(self, body))
    }

    /// Lets the request log have a request of the partner, like the contract's example.
    pub async fn logged_request(&self, partner: &Partner, id: Uuid) {
        let request = LoggedRequest {
            id: id.into(),
            actor: "key:019a4b79-0c2b-7d44-9b1e-3f2a1b0c9d8e".to_owned(),
            operation: "createOrder".to_owned(),
            method: "POST".to_owned(),
            target: "/v1/orders".to_owned(),
            headers: Json(BTreeMap::new()),
            body: Some("{}".to_owned()),
            body_bytes: 2,
            status: Some(409),
            verdict: Verdict::Handler,
            problem: Some("out-of-stock".to_owned()),
            trace_id: "4bf92f3577b34da6a3ce929d0e0e4736".to_owned(),
            duration_micros: 4_318,
            created_at: self.clock.now().into(),
        };
        let partner_id = partner.id;
        let rows = &[NewRequest {
            partner_id,
            request,
        }];
        commit(&self.app, |conn| {
            Box::pin(async move { Ok(requests::insert(conn, rows).await?) })
        })
        .await;
    }

    /// How many pieces of a product there are.
    pub async fn stock_of(&self, product: &Product) -> i64 {
        let path = format!("/v1/products/{}", product.id);
        let found = self.partner().get(path).await.assert_status(200);
        found["stock"].as_i64().unwrap()
    }
}

impl UserFactory<'_> {
    /// What a client would send.
    pub fn body(&self) -> Value {
        self.0.body.clone()
    }

    pub async fn create(self) -> User {
        let (id, now) = self.0.id(UserId::new);
        let new = &self.0.model::<models::NewUser>("NewUser").into();
        let partner = self.0.partner;
        commit(&self.0.app.app, |conn| {
            Box::pin(async move { Ok(users::insert(conn, partner, id, new, now).await?) })
        })
        .await
    }
}

impl PostFactory<'_> {
    /// What a client would send: the author must be given.
    pub fn body(&self) -> Value {
        self.0.body.clone()
    }

    pub fn author(self, user: &User) -> Self {
        self.with("author_id", user.id.to_string())
    }

    pub async fn create(mut self) -> Post {
        if self.0.body["author_id"].is_null() {
            let mut user = self.0.app.user();
            user.0.partner = self.0.partner;
            self = self.author(&user.create().await);
        }
        let (id, now) = self.0.id(PostId::new);
        let new = &self.0.model::<models::NewPost>("NewPost").into();
        let partner = self.0.partner;
        commit(&self.0.app.app, |conn| {
            Box::pin(async move { Ok(posts::insert(conn, partner, id, new, now).await?) })
        })
        .await
    }
}

impl CategoryFactory<'_> {
    /// What a client would send.
    pub fn body(&self) -> Value {
        self.0.body.clone()
    }

    pub fn named(self, name: &str) -> Self {
        self.with("name", name)
    }

    pub async fn create(self) -> Category {
        let (id, now) = self.0.id(CategoryId::new);
        let new = &self.0.model::<models::NewCategory>("NewCategory").into();
        let partner = self.0.partner;
        commit(&self.0.app.app, |conn| {
            Box::pin(async move { Ok(categories::insert(conn, partner, id, new, now).await?) })
        })
        .await
    }
}

impl ProductFactory<'_> {
    /// What a client would send: the category must be given.
    pub fn body(&self) -> Value {
        self.0.body.clone()
    }

    pub fn named(self, name: &str) -> Self {
        self.with("name", name)
    }

    pub fn price(self, price: &str) -> Self {
        self.with("price", price)
    }

    pub fn stock(self, stock: i32) -> Self {
        self.with("stock", stock)
    }

    pub fn inactive(self) -> Self {
        self.with("is_active", false)
    }

    pub fn category(self, category: &Category) -> Self {
        self.with("category_id", category.id.to_string())
    }

    pub async fn create(mut self) -> Product {
        if self.0.body["category_id"].is_null() {
            let mut category = self.0.app.category();
            category.0.partner = self.0.partner;
            self = self.category(&category.create().await);
        }
        let (id, now) = self.0.id(ProductId::new);
        let model: models::NewProduct = self.0.model("NewProduct");
        let new = &model.try_into().unwrap();
        let partner = self.0.partner;
        commit(&self.0.app.app, |conn| {
            Box::pin(async move { Ok(products::insert(conn, partner, id, new, now).await?) })
        })
        .await
    }
}

impl OrderFactory<'_> {
    pub fn user(self, user: &User) -> Self {
        self.with("user_id", user.id.to_string())
    }

    /// Adds a line. The product's stock is left alone: it counts as taken before.
    pub fn line(mut self, product: &Product, quantity: i32) -> Self {
        let line = json!({"product_id": product.id.to_string(), "quantity": quantity});
        self.0.body["lines"].as_array_mut().unwrap().push(line);
        self
    }

    pub async fn create(mut self) -> Order {
        if self.0.body["lines"] == json!([]) {
            let mut product = self.0.app.product();
            product.0.partner = self.0.partner;
            self = self.line(&product.create().await, 1);
        }
        let (id, now) = self.0.id(OrderId::new);
        let model: models::NewOrder = self.0.model("NewOrder");
        let partner = self.0.partner;
        let model = &model;
        commit(&self.0.app.app, |conn| {
            Box::pin(async move {
                let lines = priced(conn, partner, id, model).await?;
                let total = lines
                    .iter()
                    .map(|line| line.unit_price_minor * i64::from(line.quantity))
                    .sum();
                let user = model.user_id.flatten().map(Into::into);
                let order = Order::new(id, user, total, model.note.clone().flatten(), now);
                orders::insert(conn, partner, &order, &lines).await?;
                Ok(order)
            })
        })
        .await
    }
}

async fn priced(
    conn: &mut Conn<'_>,
    partner: PartnerId,
    order_id: OrderId,
    model: &models::NewOrder,
) -> Result<Vec<OrderLine>, Error> {
    let mut lines = Vec::new();
    for (line_no, line) in (1..).zip(&model.lines) {
        let product = products::find(conn, partner, line.product_id.into()).await?;
        let product = product.ok_or(Error::NotFound)?;
        lines.push(OrderLine {
            order_id,
            line_no,
            product_id: product.id,
            product_name: product.name,
            quantity: line.quantity,
            unit_price_minor: product.price_minor,
        });
    }
    Ok(lines)
}

async fn commit<'a, T: Send>(
    app: &'a App,
    work: impl for<'t> FnMut(&'t mut Conn<'a>) -> BoxFuture<'t, Result<T, Error>> + Send,
) -> T {
    app.db().transaction(work).await.unwrap()
}

/// The body of an order of one product.
pub fn order_of(product: &Product, quantity: i32) -> Value {
    order_of_each(&[(product, quantity)])
}

/// The body of an order with these lines.
pub fn order_of_each(lines: &[(&Product, i32)]) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(product, quantity)| json!({"product_id": product.id.to_string(), "quantity": quantity}))
        .collect();
    json!({ "lines": lines })
}
