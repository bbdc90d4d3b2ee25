//! The router: from a request to the handler of its operation.

use crate::{
    apis, operations,
    runtime::prelude::*,
    runtime::router::{Routes, Service},
    validators,
};

/// Routes every operation of the contract to its handler. A path or method that the contract does
/// not have is answered by a problem.
pub fn router<A>(app: A) -> axum::Router
where
    A: Host
        + apis::health::Health
        + apis::problems::Problems
        + apis::users::Users
        + apis::posts::Posts
        + apis::categories::Categories
        + apis::products::Products
        + apis::orders::Orders
        + apis::admin::Admin
        + apis::audit::Audit
        + apis::requests::Requests
        + apis::sandbox::Sandbox
        + apis::upstream::Upstream
        + apis::conformance::Conformance,
{
    service(app).into_router()
}

/// The same for those who have more to serve, and without axum's routing on the way.
pub fn service<A>(app: A) -> Service<A>
where
    A: Host
        + apis::health::Health
        + apis::problems::Problems
        + apis::users::Users
        + apis::posts::Posts
        + apis::categories::Categories
        + apis::products::Products
        + apis::orders::Orders
        + apis::admin::Admin
        + apis::audit::Audit
        + apis::requests::Requests
        + apis::sandbox::Sandbox
        + apis::upstream::Upstream
        + apis::conformance::Conformance,
{
    let mut routes = Routes::new();
    routes.add(
        &operations::GET_HEALTH,
        &validators::GET_HEALTH,
        &[Template {
            segments: &[&[Piece::Literal("health")]],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::health::Health::get_health(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_LIVENESS,
        &validators::GET_LIVENESS,
        &[Template {
            segments: &[&[Piece::Literal("health")], &[Piece::Literal("live")]],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::health::Health::get_liveness(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_READINESS,
        &validators::GET_READINESS,
        &[Template {
            segments: &[&[Piece::Literal("health")], &[Piece::Literal("ready")]],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::health::Health::get_readiness(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_PROBLEM_TYPES,
        &validators::LIST_PROBLEM_TYPES,
        &[Template {
            segments: &[&[Piece::Literal("problems")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::problems::ListProblemTypesRequest::decode(input)?;
                apis::problems::Problems::list_problem_types(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_PROBLEM_TYPE,
        &validators::GET_PROBLEM_TYPE,
        &[Template {
            segments: &[&[Piece::Literal("problems")], &[Piece::Parameter("slug")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::problems::GetProblemTypeRequest::decode(input)?;
                apis::problems::Problems::get_problem_type(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_USERS,
        &validators::LIST_USERS,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("users")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::users::ListUsersRequest::decode(input)?;
                apis::users::Users::list_users(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CREATE_USER,
        &validators::CREATE_USER,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("users")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::users::CreateUserRequest::decode(input)?;
                apis::users::Users::create_user(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_USER,
        &validators::GET_USER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("users")],
                &[Piece::Parameter("user_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::users::GetUserRequest::decode(input)?;
                apis::users::Users::get_user(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::UPDATE_USER,
        &validators::UPDATE_USER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("users")],
                &[Piece::Parameter("user_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::users::UpdateUserRequest::decode(input)?;
                apis::users::Users::update_user(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_USER_POSTS,
        &validators::LIST_USER_POSTS,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("users")],
                &[Piece::Parameter("user_id")],
                &[Piece::Literal("posts")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::posts::ListUserPostsRequest::decode(input)?;
                apis::posts::Posts::list_user_posts(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CREATE_POST,
        &validators::CREATE_POST,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("posts")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::posts::CreatePostRequest::decode(input)?;
                apis::posts::Posts::create_post(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_POST,
        &validators::GET_POST,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("posts")],
                &[Piece::Parameter("post_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::posts::GetPostRequest::decode(input)?;
                apis::posts::Posts::get_post(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_CATEGORIES,
        &validators::LIST_CATEGORIES,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("categories")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::ListCategoriesRequest::decode(input)?;
                apis::categories::Categories::list_categories(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CREATE_CATEGORY,
        &validators::CREATE_CATEGORY,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("categories")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::CreateCategoryRequest::decode(input)?;
                apis::categories::Categories::create_category(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_CATEGORY_STATS,
        &validators::LIST_CATEGORY_STATS,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("categories")],
                &[Piece::Literal("stats")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::ListCategoryStatsRequest::decode(input)?;
                apis::categories::Categories::list_category_stats(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_CATEGORY,
        &validators::GET_CATEGORY,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("categories")],
                &[Piece::Parameter("category_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::GetCategoryRequest::decode(input)?;
                apis::categories::Categories::get_category(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::REPLACE_CATEGORY,
        &validators::REPLACE_CATEGORY,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("categories")],
                &[Piece::Parameter("category_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::ReplaceCategoryRequest::decode(input)?;
                apis::categories::Categories::replace_category(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::UPDATE_CATEGORY,
        &validators::UPDATE_CATEGORY,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("categories")],
                &[Piece::Parameter("category_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::UpdateCategoryRequest::decode(input)?;
                apis::categories::Categories::update_category(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::DELETE_CATEGORY,
        &validators::DELETE_CATEGORY,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("categories")],
                &[Piece::Parameter("category_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::categories::DeleteCategoryRequest::decode(input)?;
                apis::categories::Categories::delete_category(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_PRODUCTS,
        &validators::LIST_PRODUCTS,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("products")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::ListProductsRequest::decode(input)?;
                apis::products::Products::list_products(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CREATE_PRODUCT,
        &validators::CREATE_PRODUCT,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("products")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::CreateProductRequest::decode(input)?;
                apis::products::Products::create_product(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::UPDATE_PRODUCTS,
        &validators::UPDATE_PRODUCTS,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("products")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::UpdateProductsRequest::decode(input)?;
                apis::products::Products::update_products(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_PRODUCT_FEED,
        &validators::GET_PRODUCT_FEED,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("products")],
                &[Piece::Literal("feed")],
            ],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::products::Products::get_product_feed(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_PRODUCT,
        &validators::GET_PRODUCT,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("products")],
                &[Piece::Parameter("product_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::GetProductRequest::decode(input)?;
                apis::products::Products::get_product(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::REPLACE_PRODUCT,
        &validators::REPLACE_PRODUCT,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("products")],
                &[Piece::Parameter("product_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::ReplaceProductRequest::decode(input)?;
                apis::products::Products::replace_product(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::UPDATE_PRODUCT,
        &validators::UPDATE_PRODUCT,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("products")],
                &[Piece::Parameter("product_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::UpdateProductRequest::decode(input)?;
                apis::products::Products::update_product(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::DELETE_PRODUCT,
        &validators::DELETE_PRODUCT,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("products")],
                &[Piece::Parameter("product_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::products::DeleteProductRequest::decode(input)?;
                apis::products::Products::delete_product(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_ORDERS,
        &validators::LIST_ORDERS,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("orders")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::ListOrdersRequest::decode(input)?;
                apis::orders::Orders::list_orders(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CREATE_ORDER,
        &validators::CREATE_ORDER,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("orders")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::CreateOrderRequest::decode(input)?;
                apis::orders::Orders::create_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_ORDER,
        &validators::GET_ORDER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("orders")],
                &[Piece::Parameter("order_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::GetOrderRequest::decode(input)?;
                apis::orders::Orders::get_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::CANCEL_ORDER,
        &validators::CANCEL_ORDER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("orders")],
                &[Piece::Parameter("order_id")],
                &[Piece::Literal("cancel")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::CancelOrderRequest::decode(input)?;
                apis::orders::Orders::cancel_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::PAY_ORDER,
        &validators::PAY_ORDER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("orders")],
                &[Piece::Parameter("order_id")],
                &[Piece::Literal("pay")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::PayOrderRequest::decode(input)?;
                apis::orders::Orders::pay_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::FULFIL_ORDER,
        &validators::FULFIL_ORDER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("orders")],
                &[Piece::Parameter("order_id")],
                &[Piece::Literal("fulfil")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::FulfilOrderRequest::decode(input)?;
                apis::orders::Orders::fulfil_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::REFUND_ORDER,
        &validators::REFUND_ORDER,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("orders")],
                &[Piece::Parameter("order_id")],
                &[Piece::Literal("refund")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::orders::RefundOrderRequest::decode(input)?;
                apis::orders::Orders::refund_order(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::ADMIN_LIST_USERS,
        &validators::ADMIN_LIST_USERS,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("admin")],
                &[Piece::Literal("users")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::admin::AdminListUsersRequest::decode(input)?;
                apis::admin::Admin::admin_list_users(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_AUDIT_ENTRIES,
        &validators::LIST_AUDIT_ENTRIES,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("audit")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::audit::ListAuditEntriesRequest::decode(input)?;
                apis::audit::Audit::list_audit_entries(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_REQUESTS,
        &validators::LIST_REQUESTS,
        &[Template {
            segments: &[&[Piece::Literal("v1")], &[Piece::Literal("requests")]],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::requests::ListRequestsRequest::decode(input)?;
                apis::requests::Requests::list_requests(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_REQUEST,
        &validators::GET_REQUEST,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("requests")],
                &[Piece::Parameter("request_id")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::requests::GetRequestRequest::decode(input)?;
                apis::requests::Requests::get_request(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_SANDBOX_CLOCK,
        &validators::GET_SANDBOX_CLOCK,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("sandbox")],
                &[Piece::Literal("clock")],
            ],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::sandbox::Sandbox::get_sandbox_clock(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::MOVE_SANDBOX_CLOCK,
        &validators::MOVE_SANDBOX_CLOCK,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("sandbox")],
                &[Piece::Literal("clock")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::sandbox::MoveSandboxClockRequest::decode(input)?;
                apis::sandbox::Sandbox::move_sandbox_clock(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::RESET_SANDBOX_CLOCK,
        &validators::RESET_SANDBOX_CLOCK,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("sandbox")],
                &[Piece::Literal("clock")],
                &[Piece::Literal("reset")],
            ],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::sandbox::Sandbox::reset_sandbox_clock(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_UPSTREAM_HEALTH,
        &validators::GET_UPSTREAM_HEALTH,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("upstream-health")],
            ],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::upstream::Upstream::get_upstream_health(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::GET_CONTRACT_STATUS,
        &validators::GET_CONTRACT_STATUS,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("contract")],
                &[Piece::Literal("status")],
            ],
            query: &[],
        }],
        |app: A, ctx, _| {
            Box::pin(async move {
                apis::conformance::Conformance::get_contract_status(&app, ctx)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.add(
        &operations::LIST_DEPRECATED_USES,
        &validators::LIST_DEPRECATED_USES,
        &[Template {
            segments: &[
                &[Piece::Literal("v1")],
                &[Piece::Literal("contract")],
                &[Piece::Literal("deprecated-uses")],
            ],
            query: &[],
        }],
        |app: A, ctx, input| {
            Box::pin(async move {
                let req = apis::conformance::ListDeprecatedUsesRequest::decode(input)?;
                apis::conformance::Conformance::list_deprecated_uses(&app, ctx, req)
                    .await
                    .map(Reply::from)
                    .map_err(Into::into)
            })
        },
    );
    routes.into_service(app)
}
