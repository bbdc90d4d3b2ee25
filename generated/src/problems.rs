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
/// The clock cannot be moved there
pub const CLOCK_NOT_MOVABLE: ProblemType = ProblemType {
    slug: "clock-not-movable",
    status: 409,
    title: "The clock cannot be moved there",
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
/// The operation is gone
pub const GONE: ProblemType = ProblemType {
    slug: "gone",
    status: 410,
    title: "The operation is gone",
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
/// The issuer of the token cannot be asked
pub const ISSUER_UNAVAILABLE: ProblemType = ProblemType {
    slug: "issuer-unavailable",
    status: 503,
    title: "The issuer of the token cannot be asked",
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
/// The resource is not as expected
pub const PRECONDITION_FAILED: ProblemType = ProblemType {
    slug: "precondition-failed",
    status: 412,
    title: "The resource is not as expected",
};
/// If-Match is required
pub const PRECONDITION_REQUIRED: ProblemType = ProblemType {
    slug: "precondition-required",
    status: 428,
    title: "If-Match is required",
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
/// A row of the change is refused
pub const ROWS_REFUSED: ProblemType = ProblemType {
    slug: "rows-refused",
    status: 409,
    title: "A row of the change is refused",
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
/// The upstream answered with an error
pub const UPSTREAM_ERROR: ProblemType = ProblemType {
    slug: "upstream-error",
    status: 502,
    title: "The upstream answered with an error",
};
/// The upstream did not answer in time
pub const UPSTREAM_TIMEOUT: ProblemType = ProblemType {
    slug: "upstream-timeout",
    status: 504,
    title: "The upstream did not answer in time",
};
/// There is no upstream
pub const UPSTREAM_UNCONFIGURED: ProblemType = ProblemType {
    slug: "upstream-unconfigured",
    status: 404,
    title: "There is no upstream",
};
/// The upstream cannot be reached
pub const UPSTREAM_UNREACHABLE: ProblemType = ProblemType {
    slug: "upstream-unreachable",
    status: 502,
    title: "The upstream cannot be reached",
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
    CLOCK_NOT_MOVABLE,
    CONTRACT_VIOLATION,
    DATABASE_UNAVAILABLE,
    DEADLINE_EXCEEDED,
    EMAIL_TAKEN,
    FORBIDDEN,
    GONE,
    HEADERS_TOO_LARGE,
    IDEMPOTENCY_IN_PROGRESS,
    IDEMPOTENCY_MISMATCH,
    INTERNAL_ERROR,
    INVALID_CURSOR,
    ISSUER_UNAVAILABLE,
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
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    PRODUCT_IN_USE,
    PRODUCT_INACTIVE,
    RATE_LIMITED,
    REQUEST_TIMEOUT,
    ROWS_REFUSED,
    STOCK_FULL,
    UNAUTHORIZED,
    UNKNOWN_CATEGORY,
    UNKNOWN_PRODUCT,
    UNKNOWN_USER,
    UNSUPPORTED_MEDIA_TYPE,
    UPSTREAM_ERROR,
    UPSTREAM_TIMEOUT,
    UPSTREAM_UNCONFIGURED,
    UPSTREAM_UNREACHABLE,
    URI_TOO_LONG,
    USERNAME_TAKEN,
    VALIDATION_ERROR,
];

/// What there is to read about a problem type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Article {
    /// The type.
    pub kind: ProblemType,
    /// In the contract's own language.
    pub text: Text,
    /// In others, by their language tags.
    pub translations: &'static [(&'static str, Text)],
}

/// Title and description in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// What is wrong, in short.
    pub title: &'static str,
    /// What it means and what to do.
    pub description: &'static str,
}

/// Every declared problem type with its texts.
pub const CATALOGUE: &[Article] = &[
    Article {
        kind: ADMIN_NEEDS_TAG,
        text: Text {
            title: "An admin needs a tag",
            description: "The change would leave a user with the role `admin` and no tags.",
        },
        translations: &[(
            "ko",
            Text {
                title: "관리자에게는 태그가 필요합니다",
                description: "이대로 바꾸면 역할이 `admin`인 사용자에게 태그가 남지 않습니다.",
            },
        )],
    },
    Article {
        kind: BAD_REQUEST,
        text: Text {
            title: "The request is malformed",
            description: "The request line, the query or a header cannot be read, for example because `Host` is missing.",
        },
        translations: &[(
            "ko",
            Text {
                title: "요청 형식이 잘못되었습니다",
                description: "요청 줄, 쿼리 또는 헤더를 읽을 수 없습니다. 예를 들어 `Host`가 없는 경우입니다.",
            },
        )],
    },
    Article {
        kind: BODY_TOO_LARGE,
        text: Text {
            title: "The body is too large",
            description: "The body has, or announces, more than 256 KiB.",
        },
        translations: &[(
            "ko",
            Text {
                title: "본문이 너무 큽니다",
                description: "본문이 256 KiB를 넘거나, 넘는다고 예고합니다.",
            },
        )],
    },
    Article {
        kind: CATEGORY_IN_USE,
        text: Text {
            title: "The category is in use",
            description: "A product of the category is part of an order, so neither can be deleted.",
        },
        translations: &[(
            "ko",
            Text {
                title: "사용 중인 카테고리입니다",
                description: "카테고리의 상품이 주문에 들어 있어 둘 다 삭제할 수 없습니다.",
            },
        )],
    },
    Article {
        kind: CATEGORY_NAME_TAKEN,
        text: Text {
            title: "The category's name is taken",
            description: "Another category of the partner has this name.",
        },
        translations: &[(
            "ko",
            Text {
                title: "이미 쓰이는 카테고리 이름입니다",
                description: "파트너의 다른 카테고리가 이 이름을 씁니다.",
            },
        )],
    },
    Article {
        kind: CATEGORY_SLUG_TAKEN,
        text: Text {
            title: "The category's slug is taken",
            description: "Another category of the partner has this slug.",
        },
        translations: &[(
            "ko",
            Text {
                title: "이미 쓰이는 카테고리 슬러그입니다",
                description: "파트너의 다른 카테고리가 이 슬러그를 씁니다.",
            },
        )],
    },
    Article {
        kind: CLOCK_NOT_MOVABLE,
        text: Text {
            title: "The clock cannot be moved there",
            description: "The clock of a sandbox only goes forward, and at most ten years ahead of the real time. Reset it to begin again.",
        },
        translations: &[(
            "ko",
            Text {
                title: "시계를 그 시각으로 옮길 수 없습니다",
                description: "샌드박스의 시계는 앞으로만, 실제 시각보다 최대 10년까지만 갈 수 있습니다. 처음부터 다시 하려면 초기화하십시오.",
            },
        )],
    },
    Article {
        kind: CONTRACT_VIOLATION,
        text: Text {
            title: "The answer broke the contract and was withheld",
            description: "The service made an answer that this document does not declare. It was logged instead.",
        },
        translations: &[(
            "ko",
            Text {
                title: "응답이 계약을 어겨 보내지 않았습니다",
                description: "서비스가 이 문서에 없는 응답을 만들었습니다. 보내는 대신 기록했습니다.",
            },
        )],
    },
    Article {
        kind: DATABASE_UNAVAILABLE,
        text: Text {
            title: "The database is unavailable",
            description: "The database cannot be reached, or gave up on the transaction again and again.",
        },
        translations: &[(
            "ko",
            Text {
                title: "데이터베이스를 사용할 수 없습니다",
                description: "데이터베이스에 연결할 수 없거나, 트랜잭션이 거듭 실패했습니다.",
            },
        )],
    },
    Article {
        kind: DEADLINE_EXCEEDED,
        text: Text {
            title: "The answer took too long",
            description: "The service did not finish in its own time. A write may still have happened: read before you repeat it, or repeat it with the same `Idempotency-Key`.",
        },
        translations: &[(
            "ko",
            Text {
                title: "응답이 너무 오래 걸렸습니다",
                description: "서비스가 정해진 시간 안에 끝내지 못했습니다. 쓰기가 수행되었을 수도 있으니, 반복하기 전에 읽어 보거나 같은 `Idempotency-Key`로 반복하십시오.",
            },
        )],
    },
    Article {
        kind: EMAIL_TAKEN,
        text: Text {
            title: "The e-mail address is taken",
            description: "Another user of the partner has this e-mail address; case does not matter.",
        },
        translations: &[(
            "ko",
            Text {
                title: "이미 쓰이는 이메일 주소입니다",
                description: "파트너의 다른 사용자가 이 주소를 씁니다. 대소문자는 구별하지 않습니다.",
            },
        )],
    },
    Article {
        kind: FORBIDDEN,
        text: Text {
            title: "The credentials do not allow this",
            description: "The role of the API key or the user, or the token's own `scope`, does not grant every scope that the operation needs.",
        },
        translations: &[(
            "ko",
            Text {
                title: "이 인증 정보로는 허용되지 않습니다",
                description: "API 키나 사용자의 역할, 또는 토큰의 `scope`가 작업에 필요한 모든 스코프를 주지 않습니다.",
            },
        )],
    },
    Article {
        kind: GONE,
        text: Text {
            title: "The operation is gone",
            description: "The operation was deprecated and its sunset has come. Its description names what to use instead.",
        },
        translations: &[(
            "ko",
            Text {
                title: "더 이상 제공되지 않는 작업입니다",
                description: "사용 중단이 예고되었던 작업이며 종료일이 지났습니다. 작업의 설명에 대신 사용할 작업이 있습니다.",
            },
        )],
    },
    Article {
        kind: HEADERS_TOO_LARGE,
        text: Text {
            title: "The header fields are too large",
            description: "The header fields have more than 32 KiB in all, or there are more than 100.",
        },
        translations: &[(
            "ko",
            Text {
                title: "헤더 필드가 너무 큽니다",
                description: "헤더 필드가 모두 합쳐 32 KiB를 넘거나 100개를 넘습니다.",
            },
        )],
    },
    Article {
        kind: IDEMPOTENCY_IN_PROGRESS,
        text: Text {
            title: "The first attempt is still running",
            description: "Another request with this `Idempotency-Key` has not ended yet. Repeat this one later.",
        },
        translations: &[(
            "ko",
            Text {
                title: "첫 시도가 아직 진행 중입니다",
                description: "이 `Idempotency-Key`를 쓴 다른 요청이 아직 끝나지 않았습니다. 나중에 다시 보내십시오.",
            },
        )],
    },
    Article {
        kind: IDEMPOTENCY_MISMATCH,
        text: Text {
            title: "The key was used with another request",
            description: "This `Idempotency-Key` came with another path or body before. Use a new key for a new request.",
        },
        translations: &[(
            "ko",
            Text {
                title: "키가 다른 본문에 쓰였습니다",
                description: "이 `Idempotency-Key`는 전에 다른 본문과 함께 왔습니다. 새 주문에는 새 키를 쓰십시오.",
            },
        )],
    },
    Article {
        kind: INTERNAL_ERROR,
        text: Text {
            title: "Something failed on our side",
            description: "A fault of the service. The `trace_id` helps us to find it.",
        },
        translations: &[(
            "ko",
            Text {
                title: "서버 쪽에서 실패했습니다",
                description: "서비스의 결함입니다. `trace_id`를 알려 주시면 찾는 데 도움이 됩니다.",
            },
        )],
    },
    Article {
        kind: INVALID_CURSOR,
        text: Text {
            title: "The cursor is not valid here",
            description: "The cursor was not given out by this list for this query. Begin again without one.",
        },
        translations: &[(
            "ko",
            Text {
                title: "여기서는 유효하지 않은 커서입니다",
                description: "이 목록이 이 쿼리에 내준 커서가 아닙니다. 커서 없이 다시 시작하십시오.",
            },
        )],
    },
    Article {
        kind: ISSUER_UNAVAILABLE,
        text: Text {
            title: "The issuer of the token cannot be asked",
            description: "The keys of the token's issuer are not known yet and cannot be fetched now, so that the token can be neither taken nor refused. API keys work all the same.",
        },
        translations: &[(
            "ko",
            Text {
                title: "토큰 발급자에게 물어볼 수 없습니다",
                description: "토큰 발급자의 키를 아직 모르고 지금 가져올 수도 없어, 토큰을 받아들일 수도 거부할 수도 없습니다. API 키는 그대로 쓸 수 있습니다.",
            },
        )],
    },
    Article {
        kind: MALFORMED_BODY,
        text: Text {
            title: "The body cannot be read",
            description: "The body is not strict JSON: a syntax error, a member given twice, U+0000 in a string, a number that cannot be kept exactly, or more than 32 levels.",
        },
        translations: &[(
            "ko",
            Text {
                title: "본문을 읽을 수 없습니다",
                description: "본문이 엄격한 JSON이 아닙니다. 구문 오류, 두 번 나온 멤버, 문자열 속의 U+0000, 정확히 담을 수 없는 수, 32단계를 넘는 중첩이 그렇습니다.",
            },
        )],
    },
    Article {
        kind: METADATA_FULL,
        text: Text {
            title: "The metadata is full",
            description: "The change would leave the user's metadata with more than 50 entries.",
        },
        translations: &[(
            "ko",
            Text {
                title: "메타데이터가 가득 찼습니다",
                description: "이대로 바꾸면 사용자의 메타데이터가 50개 항목을 넘습니다.",
            },
        )],
    },
    Article {
        kind: METHOD_NOT_ALLOWED,
        text: Text {
            title: "The resource does not support this method",
            description: "The path exists, the method on it does not. `Allow` lists those that do.",
        },
        translations: &[(
            "ko",
            Text {
                title: "리소스가 이 메서드를 지원하지 않습니다",
                description: "경로는 있지만 이 메서드는 없습니다. `Allow`에 사용할 수 있는 메서드가 있습니다.",
            },
        )],
    },
    Article {
        kind: MISSING_IDEMPOTENCY_KEY,
        text: Text {
            title: "Idempotency-Key is required",
            description: "The operation is only safe to repeat with an `Idempotency-Key` header, and there is none.",
        },
        translations: &[(
            "ko",
            Text {
                title: "Idempotency-Key가 필요합니다",
                description: "이 작업은 `Idempotency-Key` 헤더가 있어야 안전하게 반복할 수 있는데 헤더가 없습니다.",
            },
        )],
    },
    Article {
        kind: NOT_ACCEPTABLE,
        text: Text {
            title: "No acceptable representation",
            description: "The `Accept` header admits none of the media types that the operation answers with.",
        },
        translations: &[(
            "ko",
            Text {
                title: "받아들일 수 있는 표현이 없습니다",
                description: "`Accept` 헤더가 이 작업이 답하는 미디어 타입을 하나도 허용하지 않습니다.",
            },
        )],
    },
    Article {
        kind: NOT_FOUND,
        text: Text {
            title: "There is no such resource",
            description: "No path, or no resource of this partner, has this name.",
        },
        translations: &[(
            "ko",
            Text {
                title: "해당 리소스가 없습니다",
                description: "이 이름의 경로나 이 파트너의 리소스가 없습니다.",
            },
        )],
    },
    Article {
        kind: NOT_IMPLEMENTED,
        text: Text {
            title: "The operation is not implemented yet",
            description: "The contract is ahead of the service. Operations in production never answer this.",
        },
        translations: &[(
            "ko",
            Text {
                title: "아직 구현되지 않은 작업입니다",
                description: "계약이 서비스보다 앞서 있습니다. 운영 중인 작업은 이렇게 답하지 않습니다.",
            },
        )],
    },
    Article {
        kind: NOT_READY,
        text: Text {
            title: "The service is not ready",
            description: "The service is starting, draining, without its database or before its migrations.",
        },
        translations: &[(
            "ko",
            Text {
                title: "서비스가 준비되지 않았습니다",
                description: "서비스가 시작 중이거나 종료 중이거나, 데이터베이스가 없거나, 마이그레이션 전입니다.",
            },
        )],
    },
    Article {
        kind: ORDER_NOT_CANCELLABLE,
        text: Text {
            title: "The order cannot be cancelled",
            description: "Only a pending order can be cancelled; `order_status` tells what it is.",
        },
        translations: &[(
            "ko",
            Text {
                title: "주문을 취소할 수 없습니다",
                description: "대기 중인 주문만 취소할 수 있습니다. `order_status`에 현재 상태가 있습니다.",
            },
        )],
    },
    Article {
        kind: ORDER_NOT_FULFILLABLE,
        text: Text {
            title: "The order cannot be fulfilled",
            description: "Only a paid order can be fulfilled; `order_status` tells what it is.",
        },
        translations: &[(
            "ko",
            Text {
                title: "주문을 이행할 수 없습니다",
                description: "결제된 주문만 이행할 수 있습니다. `order_status`에 현재 상태가 있습니다.",
            },
        )],
    },
    Article {
        kind: ORDER_NOT_PAYABLE,
        text: Text {
            title: "The order cannot be paid",
            description: "Only a pending order can be paid; `order_status` tells what it is.",
        },
        translations: &[(
            "ko",
            Text {
                title: "주문을 결제할 수 없습니다",
                description: "대기 중인 주문만 결제할 수 있습니다. `order_status`에 현재 상태가 있습니다.",
            },
        )],
    },
    Article {
        kind: ORDER_NOT_REFUNDABLE,
        text: Text {
            title: "The order cannot be refunded",
            description: "Only a paid or fulfilled order can be refunded; `order_status` tells what it is.",
        },
        translations: &[(
            "ko",
            Text {
                title: "주문을 환불할 수 없습니다",
                description: "결제되었거나 이행된 주문만 환불할 수 있습니다. `order_status`에 현재 상태가 있습니다.",
            },
        )],
    },
    Article {
        kind: OUT_OF_STOCK,
        text: Text {
            title: "There is too little stock",
            description: "A product of the order has less stock than the order asks for. Nothing was taken.",
        },
        translations: &[(
            "ko",
            Text {
                title: "재고가 부족합니다",
                description: "주문이 요청한 것보다 상품의 재고가 적습니다. 아무것도 빠져나가지 않았습니다.",
            },
        )],
    },
    Article {
        kind: OVERLOADED,
        text: Text {
            title: "The service is overloaded",
            description: "Too many requests are in flight, so this one was turned away before anything was done.",
        },
        translations: &[(
            "ko",
            Text {
                title: "서비스에 과부하가 걸렸습니다",
                description: "처리 중인 요청이 너무 많아 아무 일도 하지 않고 이 요청을 돌려보냈습니다.",
            },
        )],
    },
    Article {
        kind: POOL_EXHAUSTED,
        text: Text {
            title: "No database connection is free",
            description: "No connection became free in 2 seconds. Nothing was done.",
        },
        translations: &[(
            "ko",
            Text {
                title: "비어 있는 데이터베이스 연결이 없습니다",
                description: "2초 안에 연결이 비지 않았습니다. 아무 일도 수행되지 않았습니다.",
            },
        )],
    },
    Article {
        kind: PRECONDITION_FAILED,
        text: Text {
            title: "The resource is not as expected",
            description: "The resource has another `ETag` than `If-Match` names, because somebody changed it since you read it. Nothing was done: read it again, then decide anew.",
        },
        translations: &[(
            "ko",
            Text {
                title: "리소스가 예상과 다릅니다",
                description: "읽은 뒤에 누군가 리소스를 바꾸어 `ETag`가 `If-Match`와 다릅니다. 아무 일도 수행되지 않았으니 다시 읽고 새로 결정하십시오.",
            },
        )],
    },
    Article {
        kind: PRECONDITION_REQUIRED,
        text: Text {
            title: "If-Match is required",
            description: "The operation changes a resource and wants to know in `If-Match` which state of it you have seen: its `ETag`, or `*` for any.",
        },
        translations: &[(
            "ko",
            Text {
                title: "If-Match가 필요합니다",
                description: "리소스를 바꾸는 작업입니다. 어떤 상태를 보았는지 `If-Match`에 그 `ETag`로, 상관없으면 `*`로 알려 주십시오.",
            },
        )],
    },
    Article {
        kind: PRODUCT_IN_USE,
        text: Text {
            title: "The product is in use",
            description: "The product is part of an order and cannot be deleted. Set `is_active` to false instead.",
        },
        translations: &[(
            "ko",
            Text {
                title: "사용 중인 상품입니다",
                description: "상품이 주문에 들어 있어 삭제할 수 없습니다. 대신 `is_active`를 false로 하십시오.",
            },
        )],
    },
    Article {
        kind: PRODUCT_INACTIVE,
        text: Text {
            title: "The product is not for sale",
            description: "A product of the order is not active.",
        },
        translations: &[(
            "ko",
            Text {
                title: "판매하지 않는 상품입니다",
                description: "주문의 상품이 활성 상태가 아닙니다.",
            },
        )],
    },
    Article {
        kind: RATE_LIMITED,
        text: Text {
            title: "Too many requests",
            description: "The partner has used up its requests for now. `Retry-After` says how long to wait.",
        },
        translations: &[(
            "ko",
            Text {
                title: "요청이 너무 많습니다",
                description: "파트너가 지금 쓸 수 있는 요청을 모두 썼습니다. `Retry-After`만큼 기다리십시오.",
            },
        )],
    },
    Article {
        kind: REQUEST_TIMEOUT,
        text: Text {
            title: "The request did not arrive in time",
            description: "The body stopped arriving. Nothing was done.",
        },
        translations: &[(
            "ko",
            Text {
                title: "요청이 제시간에 도착하지 않았습니다",
                description: "본문이 도중에 끊겼습니다. 아무 일도 수행되지 않았습니다.",
            },
        )],
    },
    Article {
        kind: ROWS_REFUSED,
        text: Text {
            title: "A row of the change is refused",
            description: "At least one row cannot be done, so none was. `rows` tells which and why: `not-found`, `stale` (the product has changed since it was read) or `unknown-category`.",
        },
        translations: &[(
            "ko",
            Text {
                title: "변경의 한 행이 거부되었습니다",
                description: "할 수 없는 행이 하나 이상 있어 아무 행도 바꾸지 않았습니다. `rows`에 어느 행이 왜 거부되었는지 나옵니다.",
            },
        )],
    },
    Article {
        kind: STOCK_FULL,
        text: Text {
            title: "There is no room for more stock",
            description: "The stock of a product would have more than 1000000000 pieces. Nothing was done.",
        },
        translations: &[(
            "ko",
            Text {
                title: "재고를 더 둘 자리가 없습니다",
                description: "상품의 재고가 1000000000개를 넘게 됩니다. 아무 일도 수행되지 않았습니다.",
            },
        )],
    },
    Article {
        kind: UNAUTHORIZED,
        text: Text {
            title: "Valid credentials are required",
            description: "There is no API key and no token, or it is unknown, expired or revoked, or whoever it belongs to is disabled. Which of them is not told.",
        },
        translations: &[(
            "ko",
            Text {
                title: "유효한 인증 정보가 필요합니다",
                description: "API 키나 토큰이 없거나, 알 수 없거나, 만료되었거나, 폐기되었거나, 그 주인이 비활성화되었습니다. 어느 경우인지는 알리지 않습니다.",
            },
        )],
    },
    Article {
        kind: UNKNOWN_CATEGORY,
        text: Text {
            title: "There is no such category",
            description: "The `category_id` in the body names no category of the partner.",
        },
        translations: &[(
            "ko",
            Text {
                title: "해당 카테고리가 없습니다",
                description: "본문의 `category_id`에 해당하는 카테고리가 파트너에게 없습니다.",
            },
        )],
    },
    Article {
        kind: UNKNOWN_PRODUCT,
        text: Text {
            title: "There is no such product",
            description: "A `product_id` in the body names no product of the partner.",
        },
        translations: &[(
            "ko",
            Text {
                title: "해당 상품이 없습니다",
                description: "본문의 `product_id`에 해당하는 상품이 파트너에게 없습니다.",
            },
        )],
    },
    Article {
        kind: UNKNOWN_USER,
        text: Text {
            title: "There is no such user",
            description: "The `user_id` or `author_id` in the body names no user of the partner.",
        },
        translations: &[(
            "ko",
            Text {
                title: "해당 사용자가 없습니다",
                description: "본문의 `user_id`에 해당하는 사용자가 파트너에게 없습니다.",
            },
        )],
    },
    Article {
        kind: UNSUPPORTED_MEDIA_TYPE,
        text: Text {
            title: "The media type is not supported",
            description: "The body's media type, charset or content encoding is not one that the operation reads. `Accept` or `Accept-Encoding` in the answer lists those that are.",
        },
        translations: &[(
            "ko",
            Text {
                title: "지원하지 않는 미디어 타입입니다",
                description: "이 작업은 본문의 미디어 타입, 문자 집합 또는 콘텐츠 인코딩을 읽지 않습니다. 응답의 `Accept`나 `Accept-Encoding`에 읽을 수 있는 것이 있습니다.",
            },
        )],
    },
    Article {
        kind: UPSTREAM_ERROR,
        text: Text {
            title: "The upstream answered with an error",
            description: "The upstream answered with another status than a success, in `upstream_status`, or with more than it should have. It was asked again where that could help.",
        },
        translations: &[(
            "ko",
            Text {
                title: "업스트림이 오류로 답했습니다",
                description: "업스트림이 성공이 아닌 상태로 답했거나 너무 많은 내용을 보냈습니다. 그 상태는 `upstream_status`에 있습니다. 도움이 될 만한 경우에는 다시 물어보았습니다.",
            },
        )],
    },
    Article {
        kind: UPSTREAM_TIMEOUT,
        text: Text {
            title: "The upstream did not answer in time",
            description: "The upstream has less time than we have; it used up all of it.",
        },
        translations: &[(
            "ko",
            Text {
                title: "업스트림이 제시간에 답하지 않았습니다",
                description: "업스트림에 주어진 시간은 저희에게 주어진 시간보다 짧은데, 그 시간을 모두 썼습니다.",
            },
        )],
    },
    Article {
        kind: UPSTREAM_UNCONFIGURED,
        text: Text {
            title: "There is no upstream",
            description: "The operator of this service has not named an upstream.",
        },
        translations: &[(
            "ko",
            Text {
                title: "업스트림이 없습니다",
                description: "이 서비스의 운영자가 업스트림을 지정하지 않았습니다.",
            },
        )],
    },
    Article {
        kind: UPSTREAM_UNREACHABLE,
        text: Text {
            title: "The upstream cannot be reached",
            description: "There was no connection to the upstream, or it broke before the answer was whole, more than once.",
        },
        translations: &[(
            "ko",
            Text {
                title: "업스트림에 연결할 수 없습니다",
                description: "업스트림에 연결하지 못했거나, 응답이 끝나기 전에 연결이 거듭 끊겼습니다.",
            },
        )],
    },
    Article {
        kind: URI_TOO_LONG,
        text: Text {
            title: "The URI is too long",
            description: "The request target has more than 8 KiB.",
        },
        translations: &[(
            "ko",
            Text {
                title: "URI가 너무 깁니다",
                description: "요청 대상이 8 KiB를 넘습니다.",
            },
        )],
    },
    Article {
        kind: USERNAME_TAKEN,
        text: Text {
            title: "The username is taken",
            description: "Another user of the partner has this username.",
        },
        translations: &[(
            "ko",
            Text {
                title: "이미 쓰이는 사용자 이름입니다",
                description: "파트너의 다른 사용자가 이 이름을 씁니다.",
            },
        )],
    },
    Article {
        kind: VALIDATION_ERROR,
        text: Text {
            title: "The request breaks the contract",
            description: "Parameters or body break their schemas; `errors` lists each place.",
        },
        translations: &[(
            "ko",
            Text {
                title: "요청이 계약을 어깁니다",
                description: "매개변수나 본문이 스키마를 어깁니다. `errors`에 위치가 하나씩 나옵니다.",
            },
        )],
    },
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
            "users:admin",
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
            "requests:read",
            "upstream:read",
            "sandbox:read",
            "sandbox:write",
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
            "requests:read",
            "upstream:read",
            "sandbox:read",
            "sandbox:write",
        ],
    },
    Role {
        name: "operator",
        scopes: &["contract:read"],
    },
    Role {
        name: "user",
        scopes: &[
            "posts:read",
            "posts:write",
            "catalogue:read",
            "orders:read",
            "orders:write",
            "sandbox:read",
        ],
    },
];
