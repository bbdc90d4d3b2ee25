//! What the contract says about every operation.

use crate::runtime::operation::*;

/// Security scheme.
pub static BEARER_AUTH: Scheme = Scheme {
    name: "bearerAuth",
    kind: SchemeKind::HttpBearer,
};

/// `GET /health`
pub static GET_HEALTH: Operation = Operation {
    id: "getHealth",
    method: "GET",
    path: "/health",
    tag: "Health",
    security: &[],
    parameters: &[],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &["overloaded", "deadline-exceeded"],
        },
    ],
    rate_class: Some("none"),
    audience: Some("ops"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /health/live`
pub static GET_LIVENESS: Operation = Operation {
    id: "getLiveness",
    method: "GET",
    path: "/health/live",
    tag: "Health",
    security: &[],
    parameters: &[],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &["overloaded", "deadline-exceeded"],
        },
    ],
    rate_class: Some("none"),
    audience: Some("ops"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /health/ready`
pub static GET_READINESS: Operation = Operation {
    id: "getReadiness",
    method: "GET",
    path: "/health/ready",
    tag: "Health",
    security: &[],
    parameters: &[],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &["not-ready", "overloaded", "deadline-exceeded"],
        },
    ],
    rate_class: Some("none"),
    audience: Some("ops"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/users`
pub static LIST_USERS: Operation = Operation {
    id: "listUsers",
    method: "GET",
    path: "/v1/users",
    tag: "Users",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["users:read"],
    }]],
    parameters: &[
        Parameter {
            name: "expand",
            place: Place::Query,
            style: Style::Form,
            explode: false,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Array(&Shape::String),
            default: None,
        },
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/users`
pub static CREATE_USER: Operation = Operation {
    id: "createUser",
    method: "POST",
    path: "/v1/users",
    tag: "Users",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["users:write"],
    }]],
    parameters: &[],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(201),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["username-taken", "email-taken"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/users/{user_id}`
pub static GET_USER: Operation = Operation {
    id: "getUser",
    method: "GET",
    path: "/v1/users/{user_id}",
    tag: "Users",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["users:read"],
    }]],
    parameters: &[Parameter {
        name: "user_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PATCH /v1/users/{user_id}`
pub static UPDATE_USER: Operation = Operation {
    id: "updateUser",
    method: "PATCH",
    path: "/v1/users/{user_id}",
    tag: "Users",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["users:write"],
    }]],
    parameters: &[Parameter {
        name: "user_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/merge-patch+json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &[
                "username-taken",
                "email-taken",
                "admin-needs-tag",
                "metadata-full",
            ],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/users/{user_id}/posts`
pub static LIST_USER_POSTS: Operation = Operation {
    id: "listUserPosts",
    method: "GET",
    path: "/v1/users/{user_id}/posts",
    tag: "Posts",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["posts:read"],
    }]],
    parameters: &[
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "user_id",
            place: Place::Path,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/posts`
pub static CREATE_POST: Operation = Operation {
    id: "createPost",
    method: "POST",
    path: "/v1/posts",
    tag: "Posts",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["posts:write"],
    }]],
    parameters: &[],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(201),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["unknown-user"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/posts/{post_id}`
pub static GET_POST: Operation = Operation {
    id: "getPost",
    method: "GET",
    path: "/v1/posts/{post_id}",
    tag: "Posts",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["posts:read"],
    }]],
    parameters: &[Parameter {
        name: "post_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/categories`
pub static LIST_CATEGORIES: Operation = Operation {
    id: "listCategories",
    method: "GET",
    path: "/v1/categories",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/categories`
pub static CREATE_CATEGORY: Operation = Operation {
    id: "createCategory",
    method: "POST",
    path: "/v1/categories",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(201),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["category-name-taken", "category-slug-taken"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/categories/stats`
pub static LIST_CATEGORY_STATS: Operation = Operation {
    id: "listCategoryStats",
    method: "GET",
    path: "/v1/categories/stats",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/categories/{category_id}`
pub static GET_CATEGORY: Operation = Operation {
    id: "getCategory",
    method: "GET",
    path: "/v1/categories/{category_id}",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[Parameter {
        name: "category_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PUT /v1/categories/{category_id}`
pub static REPLACE_CATEGORY: Operation = Operation {
    id: "replaceCategory",
    method: "PUT",
    path: "/v1/categories/{category_id}",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "category_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["category-name-taken", "category-slug-taken"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PATCH /v1/categories/{category_id}`
pub static UPDATE_CATEGORY: Operation = Operation {
    id: "updateCategory",
    method: "PATCH",
    path: "/v1/categories/{category_id}",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "category_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/merge-patch+json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["category-name-taken", "category-slug-taken"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `DELETE /v1/categories/{category_id}`
pub static DELETE_CATEGORY: Operation = Operation {
    id: "deleteCategory",
    method: "DELETE",
    path: "/v1/categories/{category_id}",
    tag: "Categories",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "category_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(204),
            media: &[],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["category-in-use"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/products`
pub static LIST_PRODUCTS: Operation = Operation {
    id: "listProducts",
    method: "GET",
    path: "/v1/products",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[
        Parameter {
            name: "category_id",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "is_active",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Boolean,
            default: Some("true"),
        },
        Parameter {
            name: "q",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "ordering",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: Some("\"-created_at\""),
        },
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/products`
pub static CREATE_PRODUCT: Operation = Operation {
    id: "createProduct",
    method: "POST",
    path: "/v1/products",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(201),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["unknown-category"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PATCH /v1/products`
pub static UPDATE_PRODUCTS: Operation = Operation {
    id: "updateProducts",
    method: "PATCH",
    path: "/v1/products",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["rows-refused"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/products/feed`
pub static GET_PRODUCT_FEED: Operation = Operation {
    id: "getProductFeed",
    method: "GET",
    path: "/v1/products/feed",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/products/{product_id}`
pub static GET_PRODUCT: Operation = Operation {
    id: "getProduct",
    method: "GET",
    path: "/v1/products/{product_id}",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:read"],
    }]],
    parameters: &[Parameter {
        name: "product_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PUT /v1/products/{product_id}`
pub static REPLACE_PRODUCT: Operation = Operation {
    id: "replaceProduct",
    method: "PUT",
    path: "/v1/products/{product_id}",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "product_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["unknown-category"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `PATCH /v1/products/{product_id}`
pub static UPDATE_PRODUCT: Operation = Operation {
    id: "updateProduct",
    method: "PATCH",
    path: "/v1/products/{product_id}",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "product_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/merge-patch+json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["unknown-category"],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `DELETE /v1/products/{product_id}`
pub static DELETE_PRODUCT: Operation = Operation {
    id: "deleteProduct",
    method: "DELETE",
    path: "/v1/products/{product_id}",
    tag: "Products",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["catalogue:write"],
    }]],
    parameters: &[Parameter {
        name: "product_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(204),
            media: &[],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["product-in-use"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/orders`
pub static LIST_ORDERS: Operation = Operation {
    id: "listOrders",
    method: "GET",
    path: "/v1/orders",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:read"],
    }]],
    parameters: &[
        Parameter {
            name: "status",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "user_id",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/orders`
pub static CREATE_ORDER: Operation = Operation {
    id: "createOrder",
    method: "POST",
    path: "/v1/orders",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:write"],
    }]],
    parameters: &[Parameter {
        name: "Idempotency-Key",
        place: Place::Header,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: Some(&RequestBody {
        required: true,
        media: &[Media {
            range: "application/json",
            kind: MediaKind::Json,
            shape: &Shape::Any,
            parts: &[],
            max_bytes: None,
        }],
    }),
    responses: &[
        Response {
            status: Status::Code(201),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "malformed-body", "missing-idempotency-key"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(408),
            media: &["application/problem+json"],
            problems: &["request-timeout"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &[
                "out-of-stock",
                "unknown-product",
                "product-inactive",
                "unknown-user",
                "idempotency-in-progress",
            ],
        },
        Response {
            status: Status::Code(413),
            media: &["application/problem+json"],
            problems: &["body-too-large"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(415),
            media: &["application/problem+json"],
            problems: &["unsupported-media-type"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error", "idempotency-mismatch"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::Required,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/orders/{order_id}`
pub static GET_ORDER: Operation = Operation {
    id: "getOrder",
    method: "GET",
    path: "/v1/orders/{order_id}",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:read"],
    }]],
    parameters: &[Parameter {
        name: "order_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/orders/{order_id}/cancel`
pub static CANCEL_ORDER: Operation = Operation {
    id: "cancelOrder",
    method: "POST",
    path: "/v1/orders/{order_id}/cancel",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:write"],
    }]],
    parameters: &[Parameter {
        name: "order_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["order-not-cancellable", "stock-full"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/orders/{order_id}/pay`
pub static PAY_ORDER: Operation = Operation {
    id: "payOrder",
    method: "POST",
    path: "/v1/orders/{order_id}/pay",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:write"],
    }]],
    parameters: &[
        Parameter {
            name: "Idempotency-Key",
            place: Place::Header,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "order_id",
            place: Place::Path,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "missing-idempotency-key"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["order-not-payable", "idempotency-in-progress"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error", "idempotency-mismatch"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::Required,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/orders/{order_id}/fulfil`
pub static FULFIL_ORDER: Operation = Operation {
    id: "fulfilOrder",
    method: "POST",
    path: "/v1/orders/{order_id}/fulfil",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:manage"],
    }]],
    parameters: &[Parameter {
        name: "order_id",
        place: Place::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_empty: false,
        json_content: false,
        shape: &Shape::String,
        default: None,
    }],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["order-not-fulfillable"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `POST /v1/orders/{order_id}/refund`
pub static REFUND_ORDER: Operation = Operation {
    id: "refundOrder",
    method: "POST",
    path: "/v1/orders/{order_id}/refund",
    tag: "Orders",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["orders:manage"],
    }]],
    parameters: &[
        Parameter {
            name: "Idempotency-Key",
            place: Place::Header,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "order_id",
            place: Place::Path,
            style: Style::Simple,
            explode: false,
            required: true,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request", "missing-idempotency-key"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(404),
            media: &["application/problem+json"],
            problems: &["not-found"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &[
                "order-not-refundable",
                "stock-full",
                "idempotency-in-progress",
            ],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error", "idempotency-mismatch"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("write"),
    audience: Some("partner"),
    idempotency: Policy::Required,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/admin/users`
pub static ADMIN_LIST_USERS: Operation = Operation {
    id: "adminListUsers",
    method: "GET",
    path: "/v1/admin/users",
    tag: "Admin",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["users:admin"],
    }]],
    parameters: &[
        Parameter {
            name: "role",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "q",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("admin"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// `GET /v1/audit`
pub static LIST_AUDIT_ENTRIES: Operation = Operation {
    id: "listAuditEntries",
    method: "GET",
    path: "/v1/audit",
    tag: "Audit",
    security: &[&[Requirement {
        scheme: &BEARER_AUTH,
        scopes: &["audit:read"],
    }]],
    parameters: &[
        Parameter {
            name: "actor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "action",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "resource_type",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "resource_id",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
        Parameter {
            name: "limit",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::Integer,
            default: Some("20"),
        },
        Parameter {
            name: "cursor",
            place: Place::Query,
            style: Style::Form,
            explode: true,
            required: false,
            allow_empty: false,
            json_content: false,
            shape: &Shape::String,
            default: None,
        },
    ],
    body: None,
    responses: &[
        Response {
            status: Status::Code(200),
            media: &["application/json"],
            problems: &[],
        },
        Response {
            status: Status::Code(400),
            media: &["application/problem+json"],
            problems: &["bad-request"],
        },
        Response {
            status: Status::Code(401),
            media: &["application/problem+json"],
            problems: &["unauthorized"],
        },
        Response {
            status: Status::Code(403),
            media: &["application/problem+json"],
            problems: &["forbidden"],
        },
        Response {
            status: Status::Code(406),
            media: &["application/problem+json"],
            problems: &["not-acceptable"],
        },
        Response {
            status: Status::Code(409),
            media: &["application/problem+json"],
            problems: &["invalid-cursor"],
        },
        Response {
            status: Status::Code(414),
            media: &["application/problem+json"],
            problems: &["uri-too-long"],
        },
        Response {
            status: Status::Code(422),
            media: &["application/problem+json"],
            problems: &["validation-error"],
        },
        Response {
            status: Status::Code(429),
            media: &["application/problem+json"],
            problems: &["rate-limited"],
        },
        Response {
            status: Status::Code(431),
            media: &["application/problem+json"],
            problems: &["headers-too-large"],
        },
        Response {
            status: Status::Code(500),
            media: &["application/problem+json"],
            problems: &["internal-error", "contract-violation"],
        },
        Response {
            status: Status::Code(503),
            media: &["application/problem+json"],
            problems: &[
                "overloaded",
                "deadline-exceeded",
                "pool-exhausted",
                "database-unavailable",
            ],
        },
    ],
    rate_class: Some("read"),
    audience: Some("partner"),
    idempotency: Policy::None,
    deprecated: false,
    sunset: None,
};

/// Every operation, in the contract's order.
pub static ALL: &[&Operation] = &[
    &GET_HEALTH,
    &GET_LIVENESS,
    &GET_READINESS,
    &LIST_USERS,
    &CREATE_USER,
    &GET_USER,
    &UPDATE_USER,
    &LIST_USER_POSTS,
    &CREATE_POST,
    &GET_POST,
    &LIST_CATEGORIES,
    &CREATE_CATEGORY,
    &LIST_CATEGORY_STATS,
    &GET_CATEGORY,
    &REPLACE_CATEGORY,
    &UPDATE_CATEGORY,
    &DELETE_CATEGORY,
    &LIST_PRODUCTS,
    &CREATE_PRODUCT,
    &UPDATE_PRODUCTS,
    &GET_PRODUCT_FEED,
    &GET_PRODUCT,
    &REPLACE_PRODUCT,
    &UPDATE_PRODUCT,
    &DELETE_PRODUCT,
    &LIST_ORDERS,
    &CREATE_ORDER,
    &GET_ORDER,
    &CANCEL_ORDER,
    &PAY_ORDER,
    &FULFIL_ORDER,
    &REFUND_ORDER,
    &ADMIN_LIST_USERS,
    &LIST_AUDIT_ENTRIES,
];
