//! Problem types and roles that the contract declares.

use crate::runtime::problem::ProblemType;

/// An admin needs a tag
pub const ADMIN_NEEDS_TAG: ProblemType = ProblemType {
    slug: "admin-needs-tag",
    status: 409,
    title: "An admin needs a tag",
};
/// The request is malformed
pub const BAD_REQUEST: ProblemType = ProblemType {
    slug: "bad-request",
    status: 400,
    title: "The request is malformed",
};
/// The body is too large
pub const BODY_TOO_LARGE: ProblemType = ProblemType {
    slug: "body-too-large",
    status: 413,
    title: "The body is too large",
};
/// The category is in use
pub const CATEGORY_IN_USE: ProblemType = ProblemType {
    slug: "category-in-use",
    status: 409,
    title: "The category is in use",
};
/// The category's name is taken
pub const CATEGORY_NAME_TAKEN: ProblemType = ProblemType {
    slug: "category-name-taken",
    status: 409,
    title: "The category's name is taken",
};
/// The category's slug is taken
pub const CATEGORY_SLUG_TAKEN: ProblemType = ProblemType {
    slug: "category-slug-taken",
    status: 409,
    title: "The category's slug is taken",
};
/// The answer broke the contract and was withheld
pub const CONTRACT_VIOLATION: ProblemType = ProblemType {
    slug: "contract-violation",
    status: 500,
    title: "The answer broke the contract and was withheld",
};
/// The database is unavailable
pub const DATABASE_UNAVAILABLE: ProblemType = ProblemType {
    slug: "database-unavailable",
    status: 503,
    title: "The database is unavailable",
};
/// The answer took too long
pub const DEADLINE_EXCEEDED: ProblemType = ProblemType {
    slug: "deadline-exceeded",
    status: 503,
    title: "The answer took too long",
};
/// The e-mail address is taken
pub const EMAIL_TAKEN: ProblemType = ProblemType {
    slug: "email-taken",
    status: 409,
    title: "The e-mail address is taken",
};
/// The credentials do not allow this
pub const FORBIDDEN: ProblemType = ProblemType {
    slug: "forbidden",
    status: 403,
    title: "The credentials do not allow this",
};
/// The header fields are too large
pub const HEADERS_TOO_LARGE: ProblemType = ProblemType {
    slug: "headers-too-large",
    status: 431,
    title: "The header fields are too large",
};
/// The first attempt is still running
pub const IDEMPOTENCY_IN_PROGRESS: ProblemType = ProblemType {
    slug: "idempotency-in-progress",
    status: 409,
    title: "The first attempt is still running",
};
/// The key was used with another request
pub const IDEMPOTENCY_MISMATCH: ProblemType = ProblemType {
    slug: "idempotency-mismatch",
    status: 422,
    title: "The key was used with another request",
};
/// Something failed on our side
pub const INTERNAL_ERROR: ProblemType = ProblemType {
    slug: "internal-error",
    status: 500,
    title: "Something failed on our side",
};
/// The cursor is not valid here
pub const INVALID_CURSOR: ProblemType = ProblemType {
    slug: "invalid-cursor",
    status: 409,
    title: "The cursor is not valid here",
};
/// The body cannot be read
pub const MALFORMED_BODY: ProblemType = ProblemType {
    slug: "malformed-body",
    status: 400,
    title: "The body cannot be read",
};
/// The metadata is full
pub const METADATA_FULL: ProblemType = ProblemType {
    slug: "metadata-full",
    status: 409,
    title: "The metadata is full",
};
/// The resource does not support this method
pub const METHOD_NOT_ALLOWED: ProblemType = ProblemType {
    slug: "method-not-allowed",
    status: 405,
    title: "The resource does not support this method",
};
/// Idempotency-Key is required
pub const MISSING_IDEMPOTENCY_KEY: ProblemType = ProblemType {
    slug: "missing-idempotency-key",
    status: 400,
    title: "Idempotency-Key is required",
};
/// No acceptable representation
pub const NOT_ACCEPTABLE: ProblemType = ProblemType {
    slug: "not-acceptable",
    status: 406,
    title: "No acceptable representation",
};
/// There is no such resource
pub const NOT_FOUND: ProblemType = ProblemType {
    slug: "not-found",
    status: 404,
    title: "There is no such resource",
};
/// The operation is not implemented yet
pub const NOT_IMPLEMENTED: ProblemType = ProblemType {
    slug: "not-implemented",
    status: 501,
    title: "The operation is not implemented yet",
};
/// The service is not ready
pub const NOT_READY: ProblemType = ProblemType {
    slug: "not-ready",
    status: 503,
    title: "The service is not ready",
};
/// The order cannot be cancelled
pub const ORDER_NOT_CANCELLABLE: ProblemType = ProblemType {
    slug: "order-not-cancellable",
    status: 409,
    title: "The order cannot be cancelled",
};
/// The order cannot be fulfilled
pub const ORDER_NOT_FULFILLABLE: ProblemType = ProblemType {
    slug: "order-not-fulfillable",
    status: 409,
    title: "The order cannot be fulfilled",
};
/// The order cannot be paid
pub const ORDER_NOT_PAYABLE: ProblemType = ProblemType {
    slug: "order-not-payable",
    status: 409,
    title: "The order cannot be paid",
};
/// The order cannot be refunded
pub const ORDER_NOT_REFUNDABLE: ProblemType = ProblemType {
    slug: "order-not-refundable",
    status: 409,
    title: "The order cannot be refunded",
};
/// There is too little stock
pub const OUT_OF_STOCK: ProblemType = ProblemType {
    slug: "out-of-stock",
    status: 409,
    title: "There is too little stock",
};
/// The service is overloaded
pub const OVERLOADED: ProblemType = ProblemType {
    slug: "overloaded",
    status: 503,
    title: "The service is overloaded",
};
/// No database connection is free
pub const POOL_EXHAUSTED: ProblemType = ProblemType {
    slug: "pool-exhausted",
    status: 503,
    title: "No database connection is free",
};
/// The product is in use
pub const PRODUCT_IN_USE: ProblemType = ProblemType {
    slug: "product-in-use",
    status: 409,
    title: "The product is in use",
};
/// The product is not for sale
pub const PRODUCT_INACTIVE: ProblemType = ProblemType {
    slug: "product-inactive",
    status: 409,
    title: "The product is not for sale",
};
/// Too many requests
pub const RATE_LIMITED: ProblemType = ProblemType {
    slug: "rate-limited",
    status: 429,
    title: "Too many requests",
};
/// The request did not arrive in time
pub const REQUEST_TIMEOUT: ProblemType = ProblemType {
    slug: "request-timeout",
    status: 408,
    title: "The request did not arrive in time",
};
/// There is no room for more stock
pub const STOCK_FULL: ProblemType = ProblemType {
    slug: "stock-full",
    status: 409,
    title: "There is no room for more stock",
};
/// Valid credentials are required
pub const UNAUTHORIZED: ProblemType = ProblemType {
    slug: "unauthorized",
    status: 401,
    title: "Valid credentials are required",
};
/// There is no such category
pub const UNKNOWN_CATEGORY: ProblemType = ProblemType {
    slug: "unknown-category",
    status: 409,
    title: "There is no such category",
};
/// There is no such product
pub const UNKNOWN_PRODUCT: ProblemType = ProblemType {
    slug: "unknown-product",
    status: 409,
    title: "There is no such product",
};
/// There is no such user
pub const UNKNOWN_USER: ProblemType = ProblemType {
    slug: "unknown-user",
    status: 409,
    title: "There is no such user",
};
/// The media type is not supported
pub const UNSUPPORTED_MEDIA_TYPE: ProblemType = ProblemType {
    slug: "unsupported-media-type",
    status: 415,
    title: "The media type is not supported",
};
/// The URI is too long
pub const URI_TOO_LONG: ProblemType = ProblemType {
    slug: "uri-too-long",
    status: 414,
    title: "The URI is too long",
};
/// The username is taken
pub const USERNAME_TAKEN: ProblemType = ProblemType {
    slug: "username-taken",
    status: 409,
    title: "The username is taken",
};
/// The request breaks the contract
pub const VALIDATION_ERROR: ProblemType = ProblemType {
    slug: "validation-error",
    status: 422,
    title: "The request breaks the contract",
};

/// Every declared problem type.
pub const ALL: &[ProblemType] = &[
    ADMIN_NEEDS_TAG,
    BAD_REQUEST,
    BODY_TOO_LARGE,
    CATEGORY_IN_USE,
    CATEGORY_NAME_TAKEN,
    CATEGORY_SLUG_TAKEN,
    CONTRACT_VIOLATION,
    DATABASE_UNAVAILABLE,
    DEADLINE_EXCEEDED,
    EMAIL_TAKEN,
    FORBIDDEN,
    HEADERS_TOO_LARGE,
    IDEMPOTENCY_IN_PROGRESS,
    IDEMPOTENCY_MISMATCH,
    INTERNAL_ERROR,
    INVALID_CURSOR,
    MALFORMED_BODY,
    METADATA_FULL,
    METHOD_NOT_ALLOWED,
    MISSING_IDEMPOTENCY_KEY,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    NOT_IMPLEMENTED,
    NOT_READY,
    ORDER_NOT_CANCELLABLE,
    ORDER_NOT_FULFILLABLE,
    ORDER_NOT_PAYABLE,
    ORDER_NOT_REFUNDABLE,
    OUT_OF_STOCK,
    OVERLOADED,
    POOL_EXHAUSTED,
    PRODUCT_IN_USE,
    PRODUCT_INACTIVE,
    RATE_LIMITED,
    REQUEST_TIMEOUT,
    STOCK_FULL,
    UNAUTHORIZED,
    UNKNOWN_CATEGORY,
    UNKNOWN_PRODUCT,
    UNKNOWN_USER,
    UNSUPPORTED_MEDIA_TYPE,
    URI_TOO_LONG,
    USERNAME_TAKEN,
    VALIDATION_ERROR,
];

/// A role and the scopes that it grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Name in the contract.
    pub name: &'static str,
    /// Scopes that it grants.
    pub scopes: &'static [&'static str],
}

/// Every declared role.
pub const ROLES: &[Role] = &[
    Role {
        name: "admin",
        scopes: &[
            "users:read",
            "users:write",
            "posts:read",
            "posts:write",
            "catalogue:read",
            "catalogue:write",
            "orders:read",
            "orders:write",
            "orders:manage",
            "audit:read",
        ],
    },
    Role {
        name: "moderator",
        scopes: &[
            "users:read",
            "posts:read",
            "posts:write",
            "catalogue:read",
            "catalogue:write",
            "orders:read",
            "orders:write",
            "orders:manage",
            "audit:read",
        ],
    },
    Role {
        name: "user",
        scopes: &[
            "posts:read",
            "posts:write",
            "catalogue:read",
            "orders:read",
            "orders:write",
        ],
    },
];
