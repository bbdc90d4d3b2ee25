//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// Groups of products. Every product is in one category.
pub trait Categories: Host {
    handler! {
        /// List categories
        ///
        /// In the order of their names.
        ///
        /// `GET /v1/categories`
        async fn list_categories(
            &self,
            ctx: Context<Self::Principal>,
            req: ListCategoriesRequest,
        ) -> Result<ListCategoriesResponse, Self::Error>;
    }

    handler! {
        /// Create a category
        ///
        /// The name is trimmed.
        ///
        /// `POST /v1/categories`
        async fn create_category(
            &self,
            ctx: Context<Self::Principal>,
            req: CreateCategoryRequest,
        ) -> Result<CreateCategoryResponse, Self::Error>;
    }

    handler! {
        /// Sum up the products of each category
        ///
        /// In the order of the categories' names.
        ///
        /// `GET /v1/categories/stats`
        async fn list_category_stats(
            &self,
            ctx: Context<Self::Principal>,
            req: ListCategoryStatsRequest,
        ) -> Result<ListCategoryStatsResponse, Self::Error>;
    }

    handler! {
        /// Show a category
        ///
        /// `GET /v1/categories/{category_id}`
        async fn get_category(
            &self,
            ctx: Context<Self::Principal>,
            req: GetCategoryRequest,
        ) -> Result<GetCategoryResponse, Self::Error>;
    }

    handler! {
        /// Replace a category
        ///
        /// `PUT /v1/categories/{category_id}`
        async fn replace_category(
            &self,
            ctx: Context<Self::Principal>,
            req: ReplaceCategoryRequest,
        ) -> Result<ReplaceCategoryResponse, Self::Error>;
    }

    handler! {
        /// Change a category
        ///
        /// A JSON merge patch (RFC 7396).
        ///
        /// `PATCH /v1/categories/{category_id}`
        async fn update_category(
            &self,
            ctx: Context<Self::Principal>,
            req: UpdateCategoryRequest,
        ) -> Result<UpdateCategoryResponse, Self::Error>;
    }

    handler! {
        /// Delete a category and its products
        ///
        /// Refused when one of the products is part of an order; then nothing is deleted.
        ///
        /// `DELETE /v1/categories/{category_id}`
        async fn delete_category(
            &self,
            ctx: Context<Self::Principal>,
            req: DeleteCategoryRequest,
        ) -> Result<DeleteCategoryResponse, Self::Error>;
    }
}

/// What a client asks of `list_categories`.
#[derive(Debug, Clone)]
pub struct ListCategoriesRequest {
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListCategoriesRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_categories` answers.
#[derive(Debug)]
pub enum ListCategoriesResponse {
    /// 200: A page of categories.
    Ok(models::CategoryPage),
}

impl From<ListCategoriesResponse> for Reply {
    fn from(response: ListCategoriesResponse) -> Self {
        match response {
            ListCategoriesResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `create_category`.
#[derive(Debug, Clone)]
pub struct CreateCategoryRequest {
    /// The body.
    pub body: models::NewCategory,
}

impl CreateCategoryRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `create_category` answers.
#[derive(Debug)]
pub enum CreateCategoryResponse {
    /// 201: The category was created.
    Created {
        /// The path of the new resource.
        location: String,
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Category,
    },
}

impl From<CreateCategoryResponse> for Reply {
    fn from(response: CreateCategoryResponse) -> Self {
        match response {
            CreateCategoryResponse::Created {
                location,
                etag,
                body,
            } => Reply::new(201)
                .header("Location", &location)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `list_category_stats`.
#[derive(Debug, Clone)]
pub struct ListCategoryStatsRequest {
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListCategoryStatsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_category_stats` answers.
#[derive(Debug)]
pub enum ListCategoryStatsResponse {
    /// 200: A page of sums.
    Ok(models::CategoryStatsPage),
}

impl From<ListCategoryStatsResponse> for Reply {
    fn from(response: ListCategoryStatsResponse) -> Self {
        match response {
            ListCategoryStatsResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `get_category`.
#[derive(Debug, Clone)]
pub struct GetCategoryRequest {
    /// The category's id.
    pub category_id: Uuid,
}

impl GetCategoryRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            category_id: input.parameter(Place::Path, "category_id")?,
        })
    }
}

/// What `get_category` answers.
#[derive(Debug)]
pub enum GetCategoryResponse {
    /// 200: The category.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Category,
    },
}

impl From<GetCategoryResponse> for Reply {
    fn from(response: GetCategoryResponse) -> Self {
        match response {
            GetCategoryResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `replace_category`.
#[derive(Debug, Clone)]
pub struct ReplaceCategoryRequest {
    /// The category's id.
    pub category_id: Uuid,
    /// The body.
    pub body: models::NewCategory,
}

impl ReplaceCategoryRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            category_id: input.parameter(Place::Path, "category_id")?,
            body: input.value()?,
        })
    }
}

/// What `replace_category` answers.
#[derive(Debug)]
pub enum ReplaceCategoryResponse {
    /// 200: The category as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Category,
    },
}

impl From<ReplaceCategoryResponse> for Reply {
    fn from(response: ReplaceCategoryResponse) -> Self {
        match response {
            ReplaceCategoryResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `update_category`.
#[derive(Debug, Clone)]
pub struct UpdateCategoryRequest {
    /// The category's id.
    pub category_id: Uuid,
    /// The body.
    pub body: models::CategoryPatch,
}

impl UpdateCategoryRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            category_id: input.parameter(Place::Path, "category_id")?,
            body: input.value()?,
        })
    }
}

/// What `update_category` answers.
#[derive(Debug)]
pub enum UpdateCategoryResponse {
    /// 200: The category as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Category,
    },
}

impl From<UpdateCategoryResponse> for Reply {
    fn from(response: UpdateCategoryResponse) -> Self {
        match response {
            UpdateCategoryResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `delete_category`.
#[derive(Debug, Clone)]
pub struct DeleteCategoryRequest {
    /// The category's id.
    pub category_id: Uuid,
}

impl DeleteCategoryRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            category_id: input.parameter(Place::Path, "category_id")?,
        })
    }
}

/// What `delete_category` answers.
#[derive(Debug)]
pub enum DeleteCategoryResponse {
    /// 204: The category and its products are gone.
    NoContent,
}

impl From<DeleteCategoryResponse> for Reply {
    fn from(response: DeleteCategoryResponse) -> Self {
        match response {
            DeleteCategoryResponse::NoContent => Reply::new(204),
        }
    }
}
