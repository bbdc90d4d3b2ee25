//! Operations on products.

use contract::{
    CreateProductRequest, CreateProductResponse, DeleteProductRequest, DeleteProductResponse,
    GetProductFeedResponse, GetProductRequest, GetProductResponse, ListProductsRequest,
    ListProductsResponse, Products, ReplaceProductRequest, ReplaceProductResponse,
    UpdateProductRequest, UpdateProductResponse, UpdateProductsRequest, UpdateProductsResponse,
    models, problems,
};

use super::{Context, caller};
use crate::app::App;
use crate::error::Error;
use crate::repository::products::{
    NewProduct, Product, ProductChanges, ProductFilter, ProductOrder,
};
use crate::services::pages::Wanted;
use crate::services::products::bulk::{self, Row};
use crate::services::{money, products};

impl Products for App {
    async fn list_products(
        &self,
        ctx: Context,
        req: ListProductsRequest,
    ) -> Result<ListProductsResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let filter = ProductFilter {
            category_id: req.category_id.map(Into::into),
            is_active: Some(req.is_active),
            q: req.q,
        };
        let page = products::list(
            self,
            ctx.principal.partner()?,
            &filter,
            req.ordering.into(),
            &wanted,
        )
        .await?;
        let page = page.map(models::Product::from);
        Ok(ListProductsResponse::Ok(models::ProductPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn get_product_feed(&self, ctx: Context) -> Result<GetProductFeedResponse, Error> {
        let products = products::feed(self, ctx.principal.partner()?).await?;
        let products = products
            .into_iter()
            .map(models::ProductFeedItem::from)
            .collect();
        Ok(GetProductFeedResponse::Ok(models::ProductFeed { products }))
    }

    async fn create_product(
        &self,
        ctx: Context,
        req: CreateProductRequest,
    ) -> Result<CreateProductResponse, Error> {
        let product = products::create(self, &caller(&ctx)?, req.body.try_into()?).await?;
        Ok(CreateProductResponse::Created {
            location: format!("/v1/products/{}", product.id),
            etag: product.etag(),
            body: product.into(),
        })
    }

    async fn get_product(
        &self,
        ctx: Context,
        req: GetProductRequest,
    ) -> Result<GetProductResponse, Error> {
        let product = products::get(self, ctx.principal.partner()?, req.product_id.into()).await?;
        Ok(GetProductResponse::Ok {
            etag: product.etag(),
            body: product.into(),
        })
    }

    async fn replace_product(
        &self,
        ctx: Context,
        req: ReplaceProductRequest,
    ) -> Result<ReplaceProductResponse, Error> {
        let changes = ProductChanges::from(NewProduct::try_from(req.body)?);
        let product = products::update(
            self,
            &caller(&ctx)?,
            req.product_id.into(),
            changes,
            &ctx.preconditions,
        )
        .await?;
        Ok(ReplaceProductResponse::Ok {
            etag: product.etag(),
            body: product.into(),
        })
    }

    async fn update_product(
        &self,
        ctx: Context,
        req: UpdateProductRequest,
    ) -> Result<UpdateProductResponse, Error> {
        let changes = req.body.try_into()?;
        let product = products::update(
            self,
            &caller(&ctx)?,
            req.product_id.into(),
            changes,
            &ctx.preconditions,
        )
        .await?;
        Ok(UpdateProductResponse::Ok {
            etag: product.etag(),
            body: product.into(),
        })
    }

    async fn update_products(
        &self,
        ctx: Context,
        req: UpdateProductsRequest,
    ) -> Result<UpdateProductsResponse, Error> {
        let rows = req.body.rows.into_iter().map(Row::try_from);
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let products = bulk::update(self, &caller(&ctx)?, rows).await?;
        let rows = products.into_iter().map(|product| models::UpdatedProduct {
            etag: product.etag(),
            product: product.into(),
        });
        Ok(UpdateProductsResponse::Ok(models::UpdatedProducts {
            rows: rows.collect(),
        }))
    }

    async fn delete_product(
        &self,
        ctx: Context,
        req: DeleteProductRequest,
    ) -> Result<DeleteProductResponse, Error> {
        products::delete(
            self,
            &caller(&ctx)?,
            req.product_id.into(),
            &ctx.preconditions,
        )
        .await?;
        Ok(DeleteProductResponse::NoContent)
    }
}

impl TryFrom<models::NewProduct> for NewProduct {
    type Error = Error;

    fn try_from(new: models::NewProduct) -> Result<Self, Error> {
        Ok(Self {
            category_id: new.category_id.into(),
            name: new.name,
            price_minor: amount(&new.price)?,
            stock: new.stock,
            is_active: new.is_active,
        })
    }
}

impl TryFrom<models::ProductPatch> for ProductChanges {
    type Error = Error;

    fn try_from(patch: models::ProductPatch) -> Result<Self, Error> {
        Ok(Self {
            category_id: patch.category_id.map(Into::into),
            name: patch.name,
            price_minor: patch.price.as_deref().map(amount).transpose()?,
            stock: patch.stock,
            is_active: patch.is_active,
        })
    }
}

impl TryFrom<models::ProductUpdate> for Row {
    type Error = Error;

    fn try_from(row: models::ProductUpdate) -> Result<Self, Error> {
        Ok(Self {
            id: row.id.into(),
            if_match: row.if_match,
            changes: row.changes.try_into()?,
        })
    }
}

/// The contract's pattern lets only amounts through; what is none all the same is 422.
fn amount(text: &str) -> Result<i64, Error> {
    money::parse(text)
        .ok_or_else(|| Error::refused(problems::VALIDATION_ERROR, "the price is not an amount"))
}

impl From<models::ProductOrdering> for ProductOrder {
    fn from(ordering: models::ProductOrdering) -> Self {
        match ordering {
            models::ProductOrdering::Price => Self::Price,
            models::ProductOrdering::MinusPrice => Self::PriceDescending,
            models::ProductOrdering::CreatedAt => Self::Created,
            models::ProductOrdering::MinusCreatedAt => Self::CreatedDescending,
        }
    }
}

impl From<Product> for models::Product {
    fn from(product: Product) -> Self {
        Self {
            id: product.id.into(),
            category_id: product.category_id.into(),
            category_name: product.category_name,
            name: product.name,
            price: money::format(product.price_minor),
            stock: product.stock,
            is_active: product.is_active,
            created_at: product.created_at.into(),
            updated_at: product.updated_at.into(),
        }
    }
}

impl From<Product> for models::ProductFeedItem {
    fn from(product: Product) -> Self {
        Self {
            id: product.id.into(),
            name: product.name,
            price: money::format(product.price_minor),
        }
    }
}
