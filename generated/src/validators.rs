//! Validators of requests: compiled from the contract's schemas, or built at start from the same.

use crate::runtime::validation::{Check, Checks};

/// Checks of `getHealth`.
pub static GET_HEALTH: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `getLiveness`.
pub static GET_LIVENESS: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `getReadiness`.
pub static GET_READINESS: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `listProblemTypes`.
pub static LIST_PROBLEM_TYPES: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListProblemTypesParameters::is_valid,
        errors: compiled::ListProblemTypesParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `getProblemType`.
pub static GET_PROBLEM_TYPE: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetProblemTypeParameters::is_valid,
        errors: compiled::GetProblemTypeParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listUsers`.
pub static LIST_USERS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListUsersParameters::is_valid,
        errors: compiled::ListUsersParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `createUser`.
pub static CREATE_USER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CreateUserParameters::is_valid,
        errors: compiled::CreateUserParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::CreateUserJson::is_valid,
        errors: compiled::CreateUserJson::iter_errors,
    }],
};

/// Checks of `getUser`.
pub static GET_USER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetUserParameters::is_valid,
        errors: compiled::GetUserParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `updateUser`.
pub static UPDATE_USER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::UpdateUserParameters::is_valid,
        errors: compiled::UpdateUserParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::UpdateUserMergePatchPlusJson::is_valid,
        errors: compiled::UpdateUserMergePatchPlusJson::iter_errors,
    }],
};

/// Checks of `listUserPosts`.
pub static LIST_USER_POSTS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListUserPostsParameters::is_valid,
        errors: compiled::ListUserPostsParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `createPost`.
pub static CREATE_POST: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CreatePostParameters::is_valid,
        errors: compiled::CreatePostParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::CreatePostJson::is_valid,
        errors: compiled::CreatePostJson::iter_errors,
    }],
};

/// Checks of `getPost`.
pub static GET_POST: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetPostParameters::is_valid,
        errors: compiled::GetPostParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listCategories`.
pub static LIST_CATEGORIES: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListCategoriesParameters::is_valid,
        errors: compiled::ListCategoriesParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `createCategory`.
pub static CREATE_CATEGORY: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CreateCategoryParameters::is_valid,
        errors: compiled::CreateCategoryParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::CreateCategoryJson::is_valid,
        errors: compiled::CreateCategoryJson::iter_errors,
    }],
};

/// Checks of `listCategoryStats`.
pub static LIST_CATEGORY_STATS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListCategoryStatsParameters::is_valid,
        errors: compiled::ListCategoryStatsParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `getCategory`.
pub static GET_CATEGORY: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetCategoryParameters::is_valid,
        errors: compiled::GetCategoryParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `replaceCategory`.
pub static REPLACE_CATEGORY: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ReplaceCategoryParameters::is_valid,
        errors: compiled::ReplaceCategoryParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::ReplaceCategoryJson::is_valid,
        errors: compiled::ReplaceCategoryJson::iter_errors,
    }],
};

/// Checks of `updateCategory`.
pub static UPDATE_CATEGORY: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::UpdateCategoryParameters::is_valid,
        errors: compiled::UpdateCategoryParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::UpdateCategoryMergePatchPlusJson::is_valid,
        errors: compiled::UpdateCategoryMergePatchPlusJson::iter_errors,
    }],
};

/// Checks of `deleteCategory`.
pub static DELETE_CATEGORY: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::DeleteCategoryParameters::is_valid,
        errors: compiled::DeleteCategoryParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listProducts`.
pub static LIST_PRODUCTS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListProductsParameters::is_valid,
        errors: compiled::ListProductsParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `createProduct`.
pub static CREATE_PRODUCT: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CreateProductParameters::is_valid,
        errors: compiled::CreateProductParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::CreateProductJson::is_valid,
        errors: compiled::CreateProductJson::iter_errors,
    }],
};

/// Checks of `updateProducts`.
pub static UPDATE_PRODUCTS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::UpdateProductsParameters::is_valid,
        errors: compiled::UpdateProductsParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::UpdateProductsJson::is_valid,
        errors: compiled::UpdateProductsJson::iter_errors,
    }],
};

/// Checks of `getProductFeed`.
pub static GET_PRODUCT_FEED: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetProductFeedParameters::is_valid,
        errors: compiled::GetProductFeedParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `getProduct`.
pub static GET_PRODUCT: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetProductParameters::is_valid,
        errors: compiled::GetProductParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `replaceProduct`.
pub static REPLACE_PRODUCT: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ReplaceProductParameters::is_valid,
        errors: compiled::ReplaceProductParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::ReplaceProductJson::is_valid,
        errors: compiled::ReplaceProductJson::iter_errors,
    }],
};

/// Checks of `updateProduct`.
pub static UPDATE_PRODUCT: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::UpdateProductParameters::is_valid,
        errors: compiled::UpdateProductParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::UpdateProductMergePatchPlusJson::is_valid,
        errors: compiled::UpdateProductMergePatchPlusJson::iter_errors,
    }],
};

/// Checks of `deleteProduct`.
pub static DELETE_PRODUCT: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::DeleteProductParameters::is_valid,
        errors: compiled::DeleteProductParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listOrders`.
pub static LIST_ORDERS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListOrdersParameters::is_valid,
        errors: compiled::ListOrdersParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `createOrder`.
pub static CREATE_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CreateOrderParameters::is_valid,
        errors: compiled::CreateOrderParameters::iter_errors,
    },
    bodies: &[Check::Compiled {
        is_valid: compiled::CreateOrderJson::is_valid,
        errors: compiled::CreateOrderJson::iter_errors,
    }],
};

/// Checks of `getOrder`.
pub static GET_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetOrderParameters::is_valid,
        errors: compiled::GetOrderParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `cancelOrder`.
pub static CANCEL_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::CancelOrderParameters::is_valid,
        errors: compiled::CancelOrderParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `payOrder`.
pub static PAY_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::PayOrderParameters::is_valid,
        errors: compiled::PayOrderParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `fulfilOrder`.
pub static FULFIL_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::FulfilOrderParameters::is_valid,
        errors: compiled::FulfilOrderParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `refundOrder`.
pub static REFUND_ORDER: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::RefundOrderParameters::is_valid,
        errors: compiled::RefundOrderParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `adminListUsers`.
pub static ADMIN_LIST_USERS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::AdminListUsersParameters::is_valid,
        errors: compiled::AdminListUsersParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listAuditEntries`.
pub static LIST_AUDIT_ENTRIES: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListAuditEntriesParameters::is_valid,
        errors: compiled::ListAuditEntriesParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `listRequests`.
pub static LIST_REQUESTS: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListRequestsParameters::is_valid,
        errors: compiled::ListRequestsParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `getRequest`.
pub static GET_REQUEST: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::GetRequestParameters::is_valid,
        errors: compiled::GetRequestParameters::iter_errors,
    },
    bodies: &[],
};

/// Checks of `getSandboxClock`.
pub static GET_SANDBOX_CLOCK: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `moveSandboxClock`.
pub static MOVE_SANDBOX_CLOCK: Checks = Checks {
    parameters: Check::None,
    bodies: &[Check::Compiled {
        is_valid: compiled::MoveSandboxClockJson::is_valid,
        errors: compiled::MoveSandboxClockJson::iter_errors,
    }],
};

/// Checks of `resetSandboxClock`.
pub static RESET_SANDBOX_CLOCK: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `getUpstreamHealth`.
pub static GET_UPSTREAM_HEALTH: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `getContractStatus`.
pub static GET_CONTRACT_STATUS: Checks = Checks {
    parameters: Check::None,
    bodies: &[],
};

/// Checks of `listDeprecatedUses`.
pub static LIST_DEPRECATED_USES: Checks = Checks {
    parameters: Check::Compiled {
        is_valid: compiled::ListDeprecatedUsesParameters::is_valid,
        errors: compiled::ListDeprecatedUsesParameters::iter_errors,
    },
    bodies: &[],
};

/// Validators that are code.
mod compiled {
    #[jsonschema::validator(
        path = "schemas/admin_list_users.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct AdminListUsersParameters;

    #[jsonschema::validator(
        path = "schemas/cancel_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CancelOrderParameters;

    #[jsonschema::validator(
        path = "schemas/create_category.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateCategoryJson;

    #[jsonschema::validator(
        path = "schemas/create_category.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateCategoryParameters;

    #[jsonschema::validator(
        path = "schemas/create_order.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateOrderJson;

    #[jsonschema::validator(
        path = "schemas/create_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateOrderParameters;

    #[jsonschema::validator(
        path = "schemas/create_post.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreatePostJson;

    #[jsonschema::validator(
        path = "schemas/create_post.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreatePostParameters;

    #[jsonschema::validator(
        path = "schemas/create_product.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateProductJson;

    #[jsonschema::validator(
        path = "schemas/create_product.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateProductParameters;

    #[jsonschema::validator(
        path = "schemas/create_user.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateUserJson;

    #[jsonschema::validator(
        path = "schemas/create_user.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct CreateUserParameters;

    #[jsonschema::validator(
        path = "schemas/delete_category.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct DeleteCategoryParameters;

    #[jsonschema::validator(
        path = "schemas/delete_product.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct DeleteProductParameters;

    #[jsonschema::validator(
        path = "schemas/fulfil_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct FulfilOrderParameters;

    #[jsonschema::validator(
        path = "schemas/get_category.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetCategoryParameters;

    #[jsonschema::validator(
        path = "schemas/get_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetOrderParameters;

    #[jsonschema::validator(
        path = "schemas/get_post.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetPostParameters;

    #[jsonschema::validator(
        path = "schemas/get_problem_type.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetProblemTypeParameters;

    #[jsonschema::validator(
        path = "schemas/get_product_feed.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetProductFeedParameters;

    #[jsonschema::validator(
        path = "schemas/get_product.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetProductParameters;

    #[jsonschema::validator(
        path = "schemas/get_request.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetRequestParameters;

    #[jsonschema::validator(
        path = "schemas/get_user.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct GetUserParameters;

    #[jsonschema::validator(
        path = "schemas/list_audit_entries.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListAuditEntriesParameters;

    #[jsonschema::validator(
        path = "schemas/list_categories.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListCategoriesParameters;

    #[jsonschema::validator(
        path = "schemas/list_category_stats.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListCategoryStatsParameters;

    #[jsonschema::validator(
        path = "schemas/list_deprecated_uses.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListDeprecatedUsesParameters;

    #[jsonschema::validator(
        path = "schemas/list_orders.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListOrdersParameters;

    #[jsonschema::validator(
        path = "schemas/list_problem_types.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListProblemTypesParameters;

    #[jsonschema::validator(
        path = "schemas/list_products.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListProductsParameters;

    #[jsonschema::validator(
        path = "schemas/list_requests.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListRequestsParameters;

    #[jsonschema::validator(
        path = "schemas/list_user_posts.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListUserPostsParameters;

    #[jsonschema::validator(
        path = "schemas/list_users.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ListUsersParameters;

    #[jsonschema::validator(
        path = "schemas/move_sandbox_clock.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct MoveSandboxClockJson;

    #[jsonschema::validator(
        path = "schemas/pay_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct PayOrderParameters;

    #[jsonschema::validator(
        path = "schemas/refund_order.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct RefundOrderParameters;

    #[jsonschema::validator(
        path = "schemas/replace_category.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ReplaceCategoryJson;

    #[jsonschema::validator(
        path = "schemas/replace_category.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ReplaceCategoryParameters;

    #[jsonschema::validator(
        path = "schemas/replace_product.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ReplaceProductJson;

    #[jsonschema::validator(
        path = "schemas/replace_product.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct ReplaceProductParameters;

    #[jsonschema::validator(
        path = "schemas/update_category.merge_patch_plus_json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateCategoryMergePatchPlusJson;

    #[jsonschema::validator(
        path = "schemas/update_category.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateCategoryParameters;

    #[jsonschema::validator(
        path = "schemas/update_product.merge_patch_plus_json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateProductMergePatchPlusJson;

    #[jsonschema::validator(
        path = "schemas/update_product.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateProductParameters;

    #[jsonschema::validator(
        path = "schemas/update_products.json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateProductsJson;

    #[jsonschema::validator(
        path = "schemas/update_products.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateProductsParameters;

    #[jsonschema::validator(
        path = "schemas/update_user.merge_patch_plus_json.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateUserMergePatchPlusJson;

    #[jsonschema::validator(
        path = "schemas/update_user.parameters.json",
        draft = Draft202012,
        validate_formats = true,
        formats = {
            "byte" => crate::runtime::formats::is_base64,
            "base64url" => crate::runtime::formats::is_base64url,
            "decimal" => crate::runtime::formats::is_decimal,
        },
        keywords = { "precision" => crate::runtime::formats::precision },
        pattern_options = { engine = regex },
        methods = { validate = false }
    )]
    pub(super) struct UpdateUserParameters;
}
