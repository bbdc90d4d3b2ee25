//! The contract's schemas as types.

use crate::runtime::prelude::*;

text_enum! {
    /// What a user is to the partner. It grants nothing in this API; the roles of API keys do.
    pub enum UserRole {
        /// `admin`
        Admin = "admin",
        /// `user`
        User = "user",
        /// `moderator`
        Moderator = "moderator",
    }
}

/// A user to create. With the role `admin`, `tags` must have an item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewUser {
    pub username: String,
    pub email: String,
    /// In years.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub age: Option<Option<i32>>,
    #[serde(default = "defaults::new_user_role")]
    pub role: UserRole,
    /// The person's name. White space around it is removed.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<Option<String>>,
    /// Labels of the partner's own.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Entries of the partner's own.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub metadata: Option<Option<BTreeMap<String, String>>>,
}

/// Changes to a user, as a JSON merge patch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// In years.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub age: Option<Option<i32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<UserRole>,
    /// The person's name. White space around it is removed.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub name: Option<Option<String>>,
    /// All labels; they replace those that there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Entries to set and, with `null`, to remove. The others stay.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub metadata: Option<Option<BTreeMap<String, Option<String>>>>,
    /// Whether tokens that name the user are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// The schema `User`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub id: Uuid,
    pub username: String,
    pub email: String,
    /// In years.
    pub age: Option<i32>,
    pub role: UserRole,
    /// The person's name.
    pub name: Option<String>,
    /// Labels of the partner's own.
    pub tags: Vec<String>,
    /// Entries of the partner's own.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Whether tokens that name the user are taken.
    pub is_active: bool,
    /// The newest posts; only there if `expand` asks for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posts: Option<Vec<Post>>,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub updated_at: DateTime<Utc>,
}

/// The schema `Post`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Post {
    pub id: Uuid,
    pub author_id: Uuid,
    pub title: String,
    pub content: String,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub updated_at: DateTime<Utc>,
}

text_enum! {
    /// What can be shown with a user.
    pub enum UserExpansion {
        /// `posts`
        Posts = "posts",
    }
}

/// A page of users.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UserPage {
    pub items: Vec<User>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// A type of problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemType {
    /// The `type` of such problems, which leads to its page.
    pub r#type: String,
    pub code: String,
    /// The HTTP status that carries it.
    pub status: i32,
    /// What is wrong, in short.
    pub title: String,
    /// What it means and what to do.
    pub description: String,
}

/// All types of problems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemTypes {
    pub items: Vec<ProblemType>,
}

/// A post to create.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewPost {
    pub author_id: Uuid,
    pub title: String,
    pub content: String,
}

/// A page of posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostPage {
    pub items: Vec<Post>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

text_enum! {
    /// What was done to the resource.
    pub enum AuditAction {
        /// `created`
        Created = "created",
        /// `updated`
        Updated = "updated",
        /// `deleted`
        Deleted = "deleted",
        /// `paid`
        Paid = "paid",
        /// `fulfilled`
        Fulfilled = "fulfilled",
        /// `cancelled`
        Cancelled = "cancelled",
        /// `refunded`
        Refunded = "refunded",
        /// `revoked`
        Revoked = "revoked",
        /// `disabled`
        Disabled = "disabled",
        /// `enabled`
        Enabled = "enabled",
    }
}

text_enum! {
    /// What kind of resource it was done to.
    pub enum AuditResource {
        /// `user`
        User = "user",
        /// `post`
        Post = "post",
        /// `category`
        Category = "category",
        /// `product`
        Product = "product",
        /// `order`
        Order = "order",
        /// `key`
        Key = "key",
        /// `partner`
        Partner = "partner",
        /// `sandbox`
        Sandbox = "sandbox",
    }
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: Uuid,
    pub actor: String,
    pub action: AuditAction,
    pub resource_type: AuditResource,
    /// The resource's id. It may be gone by now.
    pub resource_id: Uuid,
    /// The trace of the request that did it; null if none did.
    pub trace_id: Option<String>,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
}

/// A page of entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    pub items: Vec<AuditEntry>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// A category to create, or what to replace one with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewCategory {
    pub name: String,
    pub slug: String,
}

/// Changes to a category, as a JSON merge patch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// The schema `Category`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Category {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    /// How many products the category has, for sale or not. `listCategoryStats` tells it of all.
    pub product_count: i64,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub updated_at: DateTime<Utc>,
}

/// A page of categories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryPage {
    pub items: Vec<Category>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// Sums over the products of one category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryStats {
    pub category_id: Uuid,
    pub name: String,
    /// How many products the category has, for sale or not.
    pub product_count: i64,
    /// How many of them are for sale.
    pub active_count: i64,
    /// The mean price of all its products, half a cent rounded up; null if there are none.
    pub avg_price: Option<String>,
}

/// A page of sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryStatsPage {
    pub items: Vec<CategoryStats>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

text_enum! {
    /// What to sort products by. A minus sign means the greatest or newest first.
    pub enum ProductOrdering {
        /// `price`
        Price = "price",
        /// `-price`
        MinusPrice = "-price",
        /// `created_at`
        CreatedAt = "created_at",
        /// `-created_at`
        MinusCreatedAt = "-created_at",
    }
}

/// A product to create, or what to replace one with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewProduct {
    pub category_id: Uuid,
    pub name: String,
    pub price: String,
    #[serde(default)]
    pub stock: i32,
    /// Whether it is for sale.
    #[serde(default = "defaults::new_product_is_active")]
    pub is_active: bool,
}

/// Changes to a product, as a JSON merge patch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_id: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<i32>,
    /// Whether it is for sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

/// The schema `Product`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    pub id: Uuid,
    pub category_id: Uuid,
    pub category_name: String,
    pub name: String,
    pub price: String,
    pub stock: i32,
    /// Whether it is for sale.
    pub is_active: bool,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub updated_at: DateTime<Utc>,
}

/// Changes to some products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductUpdates {
    pub rows: Vec<ProductUpdate>,
}

/// Changes to one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductUpdate {
    pub id: Uuid,
    /// The `ETag` of the version that the changes are meant for.
    pub if_match: String,
    pub changes: ProductPatch,
}

/// Products that were changed together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdatedProducts {
    pub rows: Vec<UpdatedProduct>,
}

/// A product that was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpdatedProduct {
    /// Its version now.
    pub etag: String,
    pub product: Product,
}

/// A row that cannot be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Its place among the rows, from 0.
    pub row: i32,
    pub id: Uuid,
    /// Why not.
    pub code: RefusedRowCode,
}

text_enum! {
    /// Why not.
    pub enum RefusedRowCode {
        /// `not-found`
        NotFound = "not-found",
        /// `stale`
        Stale = "stale",
        /// `unknown-category`
        UnknownCategory = "unknown-category",
    }
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductPage {
    pub items: Vec<Product>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// The newest products that are for sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductFeed {
    pub products: Vec<ProductFeedItem>,
}

/// A product in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProductFeedItem {
    pub id: Uuid,
    pub name: String,
    pub price: String,
}

text_enum! {
    /// A new order is `pending`. From there to `paid` or `cancelled`, from `paid` to `fulfilled` or `refunded`, from `fulfilled` to `refunded`.
    pub enum OrderStatus {
        /// `pending`
        Pending = "pending",
        /// `paid`
        Paid = "paid",
        /// `fulfilled`
        Fulfilled = "fulfilled",
        /// `cancelled`
        Cancelled = "cancelled",
        /// `refunded`
        Refunded = "refunded",
    }
}

/// An order to place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewOrder {
    /// The user who buys; null or absent for a guest.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub user_id: Option<Option<Uuid>>,
    /// What to order. A product may stand in more than one line.
    pub lines: Vec<NewOrderLine>,
    /// A remark to the order.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub note: Option<Option<String>>,
}

/// The schema `NewOrderLine`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewOrderLine {
    pub product_id: Uuid,
    pub quantity: i32,
}

/// The schema `Order`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    pub id: Uuid,
    /// The user who bought; null for a guest.
    pub user_id: Option<Uuid>,
    pub status: OrderStatus,
    pub total: String,
    /// What was ordered, in the order of the request.
    pub lines: Vec<OrderLine>,
    /// A remark to the order.
    pub note: Option<String>,
    /// When it was paid; null before.
    #[serde(serialize_with = "moment")]
    pub paid_at: Option<DateTime<Utc>>,
    /// When its goods were handed over; null if they were not.
    #[serde(serialize_with = "moment")]
    pub fulfilled_at: Option<DateTime<Utc>>,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub updated_at: DateTime<Utc>,
}

/// The schema `OrderLine`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderLine {
    pub product_id: Uuid,
    pub product_name: String,
    pub quantity: i32,
    pub unit_price: String,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderPage {
    pub items: Vec<Order>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// Which service runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Health {
    pub status: HealthStatus,
    #[serde(serialize_with = "moment")]
    pub timestamp: DateTime<Utc>,
    /// The version of the service, which is that of this contract.
    pub version: String,
    /// SHA-256 of `/openapi.json`, the contract that the service keeps, in hexadecimal.
    pub contract_hash: String,
}

text_enum! {
    /// `status` of `Health`.
    pub enum HealthStatus {
        /// `ok`
        Ok = "ok",
    }
}

/// Which contract is in force, and whether answers keep to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractStatus {
    /// The version of the contract.
    pub version: String,
    /// SHA-256 of `/openapi.json`, in hexadecimal.
    pub hash: String,
    pub responses: CheckedResponses,
    /// In which ways answers broke the contract.
    pub mismatches: Vec<ContractMismatch>,
}

/// How many answers this process has checked since it started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedResponses {
    /// The share of all answers that is checked once they were given. 0 where each is checked before it is given, as in tests.
    pub sampled_share: f64,
    /// Answers that were checked.
    pub checked: i64,
    /// Answers among them that broke the contract.
    pub mismatched: i64,
    /// Answers that were chosen, but were streams or longer than 256 KiB, or came too soon after another: one is checked at a time, and of a share no more than 50 a second.
    pub passed_over: i64,
}

/// A way in which answers broke the contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractMismatch {
    /// The `operationId`.
    pub operation: String,
    /// The status of the answers.
    pub status: i32,
    /// JSON pointer (RFC 6901) to the place in the body. `*` stands for any item, and for a member whose name the contract does not give.
    pub pointer: String,
    /// The keyword of JSON Schema that was broken.
    pub keyword: String,
    /// The checked answers in which it was.
    pub count: i64,
    #[serde(serialize_with = "moment")]
    pub first_seen_at: DateTime<Utc>,
    #[serde(serialize_with = "moment")]
    pub last_seen_at: DateTime<Utc>,
}

text_enum! {
    /// A part of a call: that it is made (`operation`), a parameter, the body that was sent (`request`), or the answer that was given (`answer`): its body, headers and events.
    pub enum CallPart {
        /// `operation`
        Operation = "operation",
        /// `path`
        Path = "path",
        /// `query`
        Query = "query",
        /// `header`
        Header = "header",
        /// `cookie`
        Cookie = "cookie",
        /// `request`
        Request = "request",
        /// `answer`
        Answer = "answer",
    }
}

/// A page of uses.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeprecatedUsePage {
    pub items: Vec<DeprecatedUse>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// How often a partner used something deprecated on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeprecatedUse {
    pub day: NaiveDate,
    pub partner_id: Uuid,
    pub operation: String,
    pub part: CallPart,
    /// Where in the part: the name of a parameter or of a header of the answer, or a JSON pointer into the body or event, in which `*` stands for any item or member. Empty for the operation. What contains itself is told by its first place.
    pub place: String,
    /// The deprecated value, as JSON; null where any value is deprecated.
    pub value: Option<String>,
    /// In how many calls.
    pub count: i64,
}

/// The process is alive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Liveness {
    pub status: LivenessStatus,
}

text_enum! {
    /// `status` of `Liveness`.
    pub enum LivenessStatus {
        /// `alive`
        Alive = "alive",
    }
}

/// What the service needs, all of it there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readiness {
    pub status: ReadinessStatus,
    /// The database answers.
    pub database: ReadinessDatabase,
    /// Its schema is the one that this version needs.
    pub migrations: ReadinessMigrations,
}

text_enum! {
    /// `status` of `Readiness`.
    pub enum ReadinessStatus {
        /// `ready`
        Ready = "ready",
    }
}

text_enum! {
    /// The database answers.
    pub enum ReadinessDatabase {
        /// `connected`
        Connected = "connected",
    }
}

text_enum! {
    /// Its schema is the one that this version needs.
    pub enum ReadinessMigrations {
        /// `applied`
        Applied = "applied",
    }
}

/// An upstream that is well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpstreamHealth {
    /// What this service calls itself.
    pub app: String,
    /// Whom it asked, without a path.
    pub upstream: String,
    /// The HTTP status that the upstream answered with.
    pub status_code: i32,
}

text_enum! {
    /// The method of a request.
    pub enum RequestMethod {
        /// `GET`
        Get = "GET",
        /// `HEAD`
        Head = "HEAD",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `PATCH`
        Patch = "PATCH",
        /// `DELETE`
        Delete = "DELETE",
    }
}

text_enum! {
    /// A hundred of HTTP statuses.
    pub enum StatusClass {
        /// `2xx`
        N2xx = "2xx",
        /// `3xx`
        N3xx = "3xx",
        /// `4xx`
        N4xx = "4xx",
        /// `5xx`
        N5xx = "5xx",
    }
}

text_enum! {
    /// Which step decided about the answer:
    /// - `authorization`: the key does not grant the scopes,
    /// - `admission`: too many requests,
    /// - `negotiation`: `Accept` admits nothing that the operation answers with,
    /// - `request`: the request breaks this document,
    /// - `handler`: the operation itself, with a success or a refusal,
    /// - `answer`: nothing was sent that you have already, or that this document does not declare,
    /// - `abandoned`: you left before the answer; a write was done all the same.
    pub enum Verdict {
        /// `authorization`
        Authorization = "authorization",
        /// `admission`
        Admission = "admission",
        /// `negotiation`
        Negotiation = "negotiation",
        /// `request`
        Request = "request",
        /// `handler`
        Handler = "handler",
        /// `answer`
        Answer = "answer",
        /// `abandoned`
        Abandoned = "abandoned",
    }
}

/// A request, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestSummary {
    pub id: Uuid,
    pub actor: String,
    pub operation: String,
    pub method: RequestMethod,
    /// Path and query as they were sent, without keys.
    pub path: String,
    /// The HTTP status of the answer; null if you left before it.
    pub status: Option<i32>,
    pub verdict: Verdict,
    /// The `code` of the problem; null if the answer was none.
    pub problem: Option<String>,
    pub trace_id: String,
    /// Milliseconds from when we knew who called until the answer was made.
    pub duration_ms: f64,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
}

/// A request with what was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LoggedRequest {
    pub id: Uuid,
    pub actor: String,
    pub operation: String,
    pub method: RequestMethod,
    /// Path and query as they were sent, without keys.
    pub path: String,
    /// The HTTP status of the answer; null if you left before it.
    pub status: Option<i32>,
    pub verdict: Verdict,
    /// The `code` of the problem; null if the answer was none.
    pub problem: Option<String>,
    pub trace_id: String,
    /// Milliseconds from when we knew who called until the answer was made.
    pub duration_ms: f64,
    #[serde(serialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    /// The headers that are kept, by their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body; null if there was none, or if it is not kept because it has more than 16 KiB or is no text.
    pub body: Option<String>,
    /// How many bytes the body had.
    pub body_bytes: i64,
    /// A command that sends the request again, with the address in `CONCORDAT_URL` and the key in `CONCORDAT_KEY`; null if the body is not kept.
    pub curl: Option<String>,
}

/// A page of requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestPage {
    pub items: Vec<RequestSummary>,
    /// The `cursor` of the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// A time to move the clock to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SandboxTime {
    #[serde(serialize_with = "moment")]
    pub now: DateTime<Utc>,
}

/// What the clock of a sandbox shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SandboxClock {
    #[serde(serialize_with = "moment")]
    pub now: DateTime<Utc>,
    /// The real time at the same moment.
    #[serde(serialize_with = "moment")]
    pub real_now: DateTime<Utc>,
}

/// An error (RFC 9457). Some problem types add members of their own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProblemModel {
    /// What kind of problem it is, `/problems/` and the code.
    pub r#type: String,
    /// The kind of problem in words, the same every time.
    pub title: String,
    /// The HTTP status of the answer.
    pub status: i32,
    /// The kind of problem as a short stable name, a key of `x-problem-types`.
    pub code: String,
    /// What happened this time, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The path of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The rows that are refused, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<RefusedRow>>,
    /// The present status of the order, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_status: Option<OrderStatus>,
    /// The HTTP status that the upstream answered with, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream_status: Option<i32>,
    /// The failures that `Prefer` may ask for, where it asked for another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Vec<String>>,
    /// The trace (W3C Trace Context) that finds the request in our logs.
    pub trace_id: String,
    /// The places of the request that break the contract, the first 100 at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<Vec<Violation>>,
    /// Members that the contract allows without naming them.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// One place of a request that breaks the contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Violation {
    /// Which part of the request it is in.
    pub r#in: ViolationIn,
    /// The parameter's name; absent for the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// The place in the body or the parameter's value (RFC 6901); empty for the whole.
    pub pointer: String,
    /// The JSON Schema keyword that is not satisfied.
    pub keyword: String,
    /// What the keyword asks for, if that is short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Value>,
    /// What is wrong, for people. Never repeats the value.
    pub message: String,
}

text_enum! {
    /// Which part of the request it is in.
    pub enum ViolationIn {
        /// `body`
        Body = "body",
        /// `path`
        Path = "path",
        /// `query`
        Query = "query",
        /// `header`
        Header = "header",
        /// `cookie`
        Cookie = "cookie",
    }
}

/// Defaults of members, where they are not the type's own.
mod defaults {
    use super::*;

    pub(super) fn new_user_role() -> UserRole {
        UserRole::User
    }

    pub(super) fn new_product_is_active() -> bool {
        true
    }
}
