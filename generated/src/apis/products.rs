//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What a partner sells, at which price, and how much of it is in stock.
pub trait Products: Host {
    handler! {
        /// List and search products
        ///
        /// `GET /v1/products`
        async fn list_products(
            &self,
            ctx: Context<Self::Principal>,
            req: ListProductsRequest,
        ) -> Result<ListProductsResponse, Self::Error>;
    }

    handler! {
        /// Create a product
        ///
        /// The name is trimmed.
        ///
        /// `POST /v1/products`
        async fn create_product(
            &self,
            ctx: Context<Self::Principal>,
            req: CreateProductRequest,
        ) -> Result<CreateProductResponse, Self::Error>;
    }

    handler! {
        /// Change many products at once
        ///
        /// Each row names a product, the `ETag` that it was read with, and a merge patch for it. All rows are done or none: if a single one is refused, `rows` of the problem lists what is wrong with which, and nothing has changed. A product may stand in one row only.
        ///
        /// `PATCH /v1/products`
        async fn update_products(
            &self,
            ctx: Context<Self::Principal>,
            req: UpdateProductsRequest,
        ) -> Result<UpdateProductsResponse, Self::Error>;
    }

    handler! {
        /// Show the newest products in short
        ///
        /// The 20 newest products that are for sale, for a shop window. There are no pages. Use `listProducts` with `is_active=true` and `fields=id,name,price` instead.
        ///
        /// `GET /v1/products/feed`
        ///
        /// Deprecated by the contract.
        async fn get_product_feed(
            &self,
            ctx: Context<Self::Principal>,
        ) -> Result<GetProductFeedResponse, Self::Error>;
    }

    handler! {
        /// Show a product
        ///
        /// Whether it is for sale or not.
        ///
        /// `GET /v1/products/{product_id}`
        async fn get_product(
            &self,
            ctx: Context<Self::Principal>,
            req: GetProductRequest,
        ) -> Result<GetProductResponse, Self::Error>;
    }

    handler! {
        /// Replace a product
        ///
        /// Members that are left out get their defaults. Orders keep the name and price of their time.
        ///
        /// `PUT /v1/products/{product_id}`
        async fn replace_product(
            &self,
            ctx: Context<Self::Principal>,
            req: ReplaceProductRequest,
        ) -> Result<ReplaceProductResponse, Self::Error>;
    }

    handler! {
        /// Change a product
        ///
        /// A JSON merge patch (RFC 7396). Orders keep the name and price of their time.
        ///
        /// `PATCH /v1/products/{product_id}`
        async fn update_product(
            &self,
            ctx: Context<Self::Principal>,
            req: UpdateProductRequest,
        ) -> Result<UpdateProductResponse, Self::Error>;
    }

    handler! {
        /// Delete a product
        ///
        /// Refused when the product is part of an order; set `is_active` to false instead.
        ///
        /// `DELETE /v1/products/{product_id}`
        async fn delete_product(
            &self,
            ctx: Context<Self::Principal>,
            req: DeleteProductRequest,
        ) -> Result<DeleteProductResponse, Self::Error>;
    }
}

/// What a client asks of `list_products`.
#[derive(Debug, Clone)]
pub struct ListProductsRequest {
    /// Only products of this category.
    pub category_id: Option<Uuid>,
    /// Whether to list the products that are for sale, or those that are not.
    pub is_active: bool,
    /// Only products whose name contains this text; case does not matter.
    pub q: Option<String>,
    /// What to sort by. A minus sign means the greatest or newest first.
    pub ordering: models::ProductOrdering,
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
}

impl ListProductsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            category_id: input.parameter(Place::Query, "category_id")?,
            is_active: input.parameter(Place::Query, "is_active")?,
            q: input.parameter(Place::Query, "q")?,
            ordering: input.parameter(Place::Query, "ordering")?,
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
        })
    }
}

/// What `list_products` answers.
#[derive(Debug)]
pub enum ListProductsResponse {
    /// 200: A page of products.
    Ok(models::ProductPage),
}

impl From<ListProductsResponse> for Reply {
    fn from(response: ListProductsResponse) -> Self {
        match response {
            ListProductsResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `create_product`.
#[derive(Debug, Clone)]
pub struct CreateProductRequest {
    /// The body.
    pub body: models::NewProduct,
}

impl CreateProductRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `create_product` answers.
#[derive(Debug)]
pub enum CreateProductResponse {
    /// 201: The product was created.
    Created {
        /// The path of the new resource.
        location: String,
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Product,
    },
}

impl From<CreateProductResponse> for Reply {
    fn from(response: CreateProductResponse) -> Self {
        match response {
            CreateProductResponse::Created {
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

/// What a client asks of `update_products`.
#[derive(Debug, Clone)]
pub struct UpdateProductsRequest {
    /// The body.
    pub body: models::ProductUpdates,
}

impl UpdateProductsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `update_products` answers.
#[derive(Debug)]
pub enum UpdateProductsResponse {
    /// 200: The products as they are now, in the order of the rows.
    Ok(models::UpdatedProducts),
}

impl From<UpdateProductsResponse> for Reply {
    fn from(response: UpdateProductsResponse) -> Self {
        match response {
            UpdateProductsResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What `get_product_feed` answers.
#[derive(Debug)]
pub enum GetProductFeedResponse {
    /// 200: At most 20 products.
    Ok(models::ProductFeed),
}

impl From<GetProductFeedResponse> for Reply {
    fn from(response: GetProductFeedResponse) -> Self {
        match response {
            GetProductFeedResponse::Ok(body) => Reply::new(200).json("application/json", &body),
        }
    }
}

/// What a client asks of `get_product`.
#[derive(Debug, Clone)]
pub struct GetProductRequest {
    /// The product's id.
    pub product_id: Uuid,
}

impl GetProductRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            product_id: input.parameter(Place::Path, "product_id")?,
        })
    }
}

/// What `get_product` answers.
#[derive(Debug)]
pub enum GetProductResponse {
    /// 200: The product.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Product,
    },
}

impl From<GetProductResponse> for Reply {
    fn from(response: GetProductResponse) -> Self {
        match response {
            GetProductResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `replace_product`.
#[derive(Debug, Clone)]
pub struct ReplaceProductRequest {
    /// The product's id.
    pub product_id: Uuid,
    /// The body.
    pub body: models::NewProduct,
}

impl ReplaceProductRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            product_id: input.parameter(Place::Path, "product_id")?,
            body: input.value()?,
        })
    }
}

/// What `replace_product` answers.
#[derive(Debug)]
pub enum ReplaceProductResponse {
    /// 200: The product as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Product,
    },
}

impl From<ReplaceProductResponse> for Reply {
    fn from(response: ReplaceProductResponse) -> Self {
        match response {
            ReplaceProductResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `update_product`.
#[derive(Debug, Clone)]
pub struct UpdateProductRequest {
    /// The product's id.
    pub product_id: Uuid,
    /// The body.
    pub body: models::ProductPatch,
}

impl UpdateProductRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            product_id: input.parameter(Place::Path, "product_id")?,
            body: input.value()?,
        })
    }
}

/// What `update_product` answers.
#[derive(Debug)]
pub enum UpdateProductResponse {
    /// 200: The product as it is now.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Product,
    },
}

impl From<UpdateProductResponse> for Reply {
    fn from(response: UpdateProductResponse) -> Self {
        match response {
            UpdateProductResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `delete_product`.
#[derive(Debug, Clone)]
pub struct DeleteProductRequest {
    /// The product's id.
    pub product_id: Uuid,
}

impl DeleteProductRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            product_id: input.parameter(Place::Path, "product_id")?,
        })
    }
}

/// What `delete_product` answers.
#[derive(Debug)]
pub enum DeleteProductResponse {
    /// 204: The product is gone.
    NoContent,
}

impl From<DeleteProductResponse> for Reply {
    fn from(response: DeleteProductResponse) -> Self {
        match response {
            DeleteProductResponse::NoContent => Reply::new(204),
        }
    }
}
