//! The contract's schemas as types.

use crate::runtime::prelude::*;

/// What a user is to the partner. It grants nothing in this API; the roles of API keys do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UserRole {
    /// `admin`
    #[serde(rename = "admin")]
    Admin,
    /// `user`
    #[serde(rename = "user")]
    User,
    /// `moderator`
    #[serde(rename = "moderator")]
    Moderator,
}

impl UserRole {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Admin, Self::User, Self::Moderator];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
            Self::Moderator => "moderator",
        }
    }
}

impl std::fmt::Display for UserRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for UserRole {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "admin" => Ok(Self::Admin),
            "user" => Ok(Self::User),
            "moderator" => Ok(Self::Moderator),
            _ => Err(UnknownValue),
        }
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
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The schema `Post`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Post {
    pub id: Uuid,
    pub author_id: Uuid,
    pub title: String,
    pub content: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What can be shown with a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UserExpansion {
    /// `posts`
    #[serde(rename = "posts")]
    Posts,
}

impl UserExpansion {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Posts];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
        }
    }
}

impl std::fmt::Display for UserExpansion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for UserExpansion {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "posts" => Ok(Self::Posts),
            _ => Err(UnknownValue),
        }
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

/// What was done to the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AuditAction {
    /// `created`
    #[serde(rename = "created")]
    Created,
    /// `updated`
    #[serde(rename = "updated")]
    Updated,
    /// `deleted`
    #[serde(rename = "deleted")]
    Deleted,
    /// `paid`
    #[serde(rename = "paid")]
    Paid,
    /// `fulfilled`
    #[serde(rename = "fulfilled")]
    Fulfilled,
    /// `cancelled`
    #[serde(rename = "cancelled")]
    Cancelled,
    /// `refunded`
    #[serde(rename = "refunded")]
    Refunded,
    /// `revoked`
    #[serde(rename = "revoked")]
    Revoked,
    /// `disabled`
    #[serde(rename = "disabled")]
    Disabled,
    /// `enabled`
    #[serde(rename = "enabled")]
    Enabled,
}

impl AuditAction {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Created,
        Self::Updated,
        Self::Deleted,
        Self::Paid,
        Self::Fulfilled,
        Self::Cancelled,
        Self::Refunded,
        Self::Revoked,
        Self::Disabled,
        Self::Enabled,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
            Self::Paid => "paid",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
            Self::Revoked => "revoked",
            Self::Disabled => "disabled",
            Self::Enabled => "enabled",
        }
    }
}

impl std::fmt::Display for AuditAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for AuditAction {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "created" => Ok(Self::Created),
            "updated" => Ok(Self::Updated),
            "deleted" => Ok(Self::Deleted),
            "paid" => Ok(Self::Paid),
            "fulfilled" => Ok(Self::Fulfilled),
            "cancelled" => Ok(Self::Cancelled),
            "refunded" => Ok(Self::Refunded),
            "revoked" => Ok(Self::Revoked),
            "disabled" => Ok(Self::Disabled),
            "enabled" => Ok(Self::Enabled),
            _ => Err(UnknownValue),
        }
    }
}

/// What kind of resource it was done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AuditResource {
    /// `user`
    #[serde(rename = "user")]
    User,
    /// `post`
    #[serde(rename = "post")]
    Post,
    /// `category`
    #[serde(rename = "category")]
    Category,
    /// `product`
    #[serde(rename = "product")]
    Product,
    /// `order`
    #[serde(rename = "order")]
    Order,
    /// `key`
    #[serde(rename = "key")]
    Key,
    /// `partner`
    #[serde(rename = "partner")]
    Partner,
    /// `sandbox`
    #[serde(rename = "sandbox")]
    Sandbox,
}

impl AuditResource {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::User,
        Self::Post,
        Self::Category,
        Self::Product,
        Self::Order,
        Self::Key,
        Self::Partner,
        Self::Sandbox,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Post => "post",
            Self::Category => "category",
            Self::Product => "product",
            Self::Order => "order",
            Self::Key => "key",
            Self::Partner => "partner",
            Self::Sandbox => "sandbox",
        }
    }
}

impl std::fmt::Display for AuditResource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for AuditResource {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "user" => Ok(Self::User),
            "post" => Ok(Self::Post),
            "category" => Ok(Self::Category),
            "product" => Ok(Self::Product),
            "order" => Ok(Self::Order),
            "key" => Ok(Self::Key),
            "partner" => Ok(Self::Partner),
            "sandbox" => Ok(Self::Sandbox),
            _ => Err(UnknownValue),
        }
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
    /// How many products the category has, for sale or not.
    pub product_count: i64,
    pub created_at: DateTime<Utc>,
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

/// What to sort products by. A minus sign means the greatest or newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProductOrdering {
    /// `price`
    #[serde(rename = "price")]
    Price,
    /// `-price`
    #[serde(rename = "-price")]
    MinusPrice,
    /// `created_at`
    #[serde(rename = "created_at")]
    CreatedAt,
    /// `-created_at`
    #[serde(rename = "-created_at")]
    MinusCreatedAt,
}

impl ProductOrdering {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Price,
        Self::MinusPrice,
        Self::CreatedAt,
        Self::MinusCreatedAt,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::MinusPrice => "-price",
            Self::CreatedAt => "created_at",
            Self::MinusCreatedAt => "-created_at",
        }
    }
}

impl std::fmt::Display for ProductOrdering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ProductOrdering {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "price" => Ok(Self::Price),
            "-price" => Ok(Self::MinusPrice),
            "created_at" => Ok(Self::CreatedAt),
            "-created_at" => Ok(Self::MinusCreatedAt),
            _ => Err(UnknownValue),
        }
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
    pub created_at: DateTime<Utc>,
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

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RefusedRowCode {
    /// `not-found`
    #[serde(rename = "not-found")]
    NotFound,
    /// `stale`
    #[serde(rename = "stale")]
    Stale,
    /// `unknown-category`
    #[serde(rename = "unknown-category")]
    UnknownCategory,
}

impl RefusedRowCode {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::NotFound, Self::Stale, Self::UnknownCategory];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::UnknownCategory => "unknown-category",
        }
    }
}

impl std::fmt::Display for RefusedRowCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for RefusedRowCode {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "not-found" => Ok(Self::NotFound),
            "stale" => Ok(Self::Stale),
            "unknown-category" => Ok(Self::UnknownCategory),
            _ => Err(UnknownValue),
        }
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

/// A new order is `pending`. From there to `paid` or `cancelled`, from `paid` to `fulfilled` or `refunded`, from `fulfilled` to `refunded`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OrderStatus {
    /// `pending`
    #[serde(rename = "pending")]
    Pending,
    /// `paid`
    #[serde(rename = "paid")]
    Paid,
    /// `fulfilled`
    #[serde(rename = "fulfilled")]
    Fulfilled,
    /// `cancelled`
    #[serde(rename = "cancelled")]
    Cancelled,
    /// `refunded`
    #[serde(rename = "refunded")]
    Refunded,
}

impl OrderStatus {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Pending,
        Self::Paid,
        Self::Fulfilled,
        Self::Cancelled,
        Self::Refunded,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }
}

impl std::fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for OrderStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "pending" => Ok(Self::Pending),
            "paid" => Ok(Self::Paid),
            "fulfilled" => Ok(Self::Fulfilled),
            "cancelled" => Ok(Self::Cancelled),
            "refunded" => Ok(Self::Refunded),
            _ => Err(UnknownValue),
        }
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
    pub paid_at: Option<DateTime<Utc>>,
    /// When its goods were handed over; null if they were not.
    pub fulfilled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
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
    pub timestamp: DateTime<Utc>,
    /// The version of the service, which is that of this contract.
    pub version: String,
    /// SHA-256 of `/openapi.json`, the contract that the service keeps, in hexadecimal.
    pub contract_hash: String,
}

/// `status` of `Health`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HealthStatus {
    /// `ok`
    #[serde(rename = "ok")]
    Ok,
}

impl HealthStatus {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Ok];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
        }
    }
}

impl std::fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for HealthStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "ok" => Ok(Self::Ok),
            _ => Err(UnknownValue),
        }
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
    /// Answers that were chosen, but were streams or longer than 256 KiB, or came while another was being checked.
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
    pub first_seen_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
}

/// The process is alive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Liveness {
    pub status: LivenessStatus,
}

/// `status` of `Liveness`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LivenessStatus {
    /// `alive`
    #[serde(rename = "alive")]
    Alive,
}

impl LivenessStatus {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Alive];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alive => "alive",
        }
    }
}

impl std::fmt::Display for LivenessStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for LivenessStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "alive" => Ok(Self::Alive),
            _ => Err(UnknownValue),
        }
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

/// `status` of `Readiness`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReadinessStatus {
    /// `ready`
    #[serde(rename = "ready")]
    Ready,
}

impl ReadinessStatus {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Ready];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
        }
    }
}

impl std::fmt::Display for ReadinessStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ReadinessStatus {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "ready" => Ok(Self::Ready),
            _ => Err(UnknownValue),
        }
    }
}

/// The database answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReadinessDatabase {
    /// `connected`
    #[serde(rename = "connected")]
    Connected,
}

impl ReadinessDatabase {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Connected];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
        }
    }
}

impl std::fmt::Display for ReadinessDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ReadinessDatabase {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "connected" => Ok(Self::Connected),
            _ => Err(UnknownValue),
        }
    }
}

/// Its schema is the one that this version needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReadinessMigrations {
    /// `applied`
    #[serde(rename = "applied")]
    Applied,
}

impl ReadinessMigrations {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::Applied];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
        }
    }
}

impl std::fmt::Display for ReadinessMigrations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ReadinessMigrations {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "applied" => Ok(Self::Applied),
            _ => Err(UnknownValue),
        }
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

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RequestMethod {
    /// `GET`
    #[serde(rename = "GET")]
    Get,
    /// `HEAD`
    #[serde(rename = "HEAD")]
    Head,
    /// `POST`
    #[serde(rename = "POST")]
    Post,
    /// `PUT`
    #[serde(rename = "PUT")]
    Put,
    /// `PATCH`
    #[serde(rename = "PATCH")]
    Patch,
    /// `DELETE`
    #[serde(rename = "DELETE")]
    Delete,
}

impl RequestMethod {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl std::fmt::Display for RequestMethod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for RequestMethod {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "GET" => Ok(Self::Get),
            "HEAD" => Ok(Self::Head),
            "POST" => Ok(Self::Post),
            "PUT" => Ok(Self::Put),
            "PATCH" => Ok(Self::Patch),
            "DELETE" => Ok(Self::Delete),
            _ => Err(UnknownValue),
        }
    }
}

/// A hundred of HTTP statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatusClass {
    /// `2xx`
    #[serde(rename = "2xx")]
    N2xx,
    /// `3xx`
    #[serde(rename = "3xx")]
    N3xx,
    /// `4xx`
    #[serde(rename = "4xx")]
    N4xx,
    /// `5xx`
    #[serde(rename = "5xx")]
    N5xx,
}

impl StatusClass {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[Self::N2xx, Self::N3xx, Self::N4xx, Self::N5xx];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::N2xx => "2xx",
            Self::N3xx => "3xx",
            Self::N4xx => "4xx",
            Self::N5xx => "5xx",
        }
    }
}

impl std::fmt::Display for StatusClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for StatusClass {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "2xx" => Ok(Self::N2xx),
            "3xx" => Ok(Self::N3xx),
            "4xx" => Ok(Self::N4xx),
            "5xx" => Ok(Self::N5xx),
            _ => Err(UnknownValue),
        }
    }
}

/// Which step decided about the answer:
/// - `authorization`: the key does not grant the scopes,
/// - `admission`: too many requests,
/// - `negotiation`: `Accept` admits nothing that the operation answers with,
/// - `request`: the request breaks this document,
/// - `handler`: the operation itself, with a success or a refusal,
/// - `answer`: nothing was sent that you have already, or that this document does not declare,
/// - `abandoned`: you left before the answer; a write was done all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// `authorization`
    #[serde(rename = "authorization")]
    Authorization,
    /// `admission`
    #[serde(rename = "admission")]
    Admission,
    /// `negotiation`
    #[serde(rename = "negotiation")]
    Negotiation,
    /// `request`
    #[serde(rename = "request")]
    Request,
    /// `handler`
    #[serde(rename = "handler")]
    Handler,
    /// `answer`
    #[serde(rename = "answer")]
    Answer,
    /// `abandoned`
    #[serde(rename = "abandoned")]
    Abandoned,
}

impl Verdict {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Authorization,
        Self::Admission,
        Self::Negotiation,
        Self::Request,
        Self::Handler,
        Self::Answer,
        Self::Abandoned,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::Admission => "admission",
            Self::Negotiation => "negotiation",
            Self::Request => "request",
            Self::Handler => "handler",
            Self::Answer => "answer",
            Self::Abandoned => "abandoned",
        }
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Verdict {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "authorization" => Ok(Self::Authorization),
            "admission" => Ok(Self::Admission),
            "negotiation" => Ok(Self::Negotiation),
            "request" => Ok(Self::Request),
            "handler" => Ok(Self::Handler),
            "answer" => Ok(Self::Answer),
            "abandoned" => Ok(Self::Abandoned),
            _ => Err(UnknownValue),
        }
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
    pub now: DateTime<Utc>,
}

/// What the clock of a sandbox shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SandboxClock {
    pub now: DateTime<Utc>,
    /// The real time at the same moment.
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

/// Which part of the request it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ViolationIn {
    /// `body`
    #[serde(rename = "body")]
    Body,
    /// `path`
    #[serde(rename = "path")]
    Path,
    /// `query`
    #[serde(rename = "query")]
    Query,
    /// `header`
    #[serde(rename = "header")]
    Header,
    /// `cookie`
    #[serde(rename = "cookie")]
    Cookie,
}

impl ViolationIn {
    /// Every value, in the contract's order.
    pub const ALL: &[Self] = &[
        Self::Body,
        Self::Path,
        Self::Query,
        Self::Header,
        Self::Cookie,
    ];

    /// The string in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl std::fmt::Display for ViolationIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ViolationIn {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        match text {
            "body" => Ok(Self::Body),
            "path" => Ok(Self::Path),
            "query" => Ok(Self::Query),
            "header" => Ok(Self::Header),
            "cookie" => Ok(Self::Cookie),
            _ => Err(UnknownValue),
        }
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
