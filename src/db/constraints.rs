//! The names of the constraints that stand for a refusal of the business, on both databases.

/// A category with products that are in an order, or a product that is in one.
pub const ORDER_LINES_PRODUCT: &str = "order_lines_product_fkey";
/// A line's order does not exist.
pub const ORDER_LINES_ORDER: &str = "order_lines_order_fkey";
/// The order's user does not exist.
pub const ORDERS_USER: &str = "orders_user_fkey";
/// A product would have less or more stock than it can have.
pub const PRODUCTS_STOCK: &str = "products_stock_check";
/// The post's author does not exist.
pub const POSTS_AUTHOR: &str = "posts_author_fkey";
/// The partner does not exist.
pub const AUDIT_ENTRIES_PARTNER: &str = "audit_entries_partner_fkey";
/// The product's category does not exist.
pub const PRODUCTS_CATEGORY: &str = "products_category_fkey";
/// The partner does not exist.
pub const CATEGORIES_PARTNER: &str = "categories_partner_fkey";
/// The partner does not exist.
pub const USERS_PARTNER: &str = "users_partner_fkey";
/// The partner does not exist.
pub const API_KEYS_PARTNER: &str = "api_keys_partner_fkey";
/// The partner does not exist.
pub const IDEMPOTENCY_KEYS_PARTNER: &str = "idempotency_keys_partner_fkey";
/// The partner has a user of this name.
pub const USERS_USERNAME: &str = "users_username_key";
/// The partner has a user with this address.
pub const USERS_EMAIL: &str = "users_email_key";
/// The partner has a category of this name.
pub const CATEGORIES_NAME: &str = "categories_name_key";
/// The partner has a category with this slug.
pub const CATEGORIES_SLUG: &str = "categories_slug_key";

/// SQLite reports the columns of a broken unique constraint, never its name.
const UNIQUE: &[(&str, &str)] = &[
    ("partners.id", "partners_pkey"),
    ("api_keys.id", "api_keys_pkey"),
    ("api_keys.hash", "api_keys_hash_key"),
    ("app_secrets.name", "app_secrets_pkey"),
    (
        "idempotency_keys.partner_id, idempotency_keys.operation, idempotency_keys.key",
        "idempotency_keys_pkey",
    ),
    ("users.id", "users_pkey"),
    ("users.partner_id, users.id", "users_partner_key"),
    ("users.partner_id, users.username", USERS_USERNAME),
    ("users.partner_id, users.email", USERS_EMAIL),
    ("categories.id", "categories_pkey"),
    (
        "categories.partner_id, categories.id",
        "categories_partner_key",
    ),
    ("categories.partner_id, categories.name", CATEGORIES_NAME),
    ("categories.partner_id, categories.slug", CATEGORIES_SLUG),
    ("products.id", "products_pkey"),
    ("products.partner_id, products.id", "products_partner_key"),
    ("orders.id", "orders_pkey"),
    ("posts.id", "posts_pkey"),
    ("audit_entries.id", "audit_entries_pkey"),
    ("logged_requests.id", "logged_requests_pkey"),
    ("deprecated_uses.id", "deprecated_uses_pkey"),
    (
        "deprecated_uses.partner_id, deprecated_uses.day, deprecated_uses.operation, \
         deprecated_uses.part, deprecated_uses.place, deprecated_uses.value",
        "deprecated_uses_key",
    ),
    ("sandboxes.partner_id", "sandboxes_pkey"),
    ("sandboxes.live_partner_id", "sandboxes_live_key"),
    ("orders.partner_id, orders.id", "orders_partner_key"),
    (
        "order_lines.order_id, order_lines.line_no",
        "order_lines_pkey",
    ),
];

/// The name of the unique constraint over `columns`, as in `"users.partner_id, users.email"`.
#[must_use]
pub fn unique_over(columns: &str) -> Option<&'static str> {
    UNIQUE
        .iter()
        .find_map(|(known, name)| (*known == columns).then_some(*name))
}
