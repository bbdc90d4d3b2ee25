//! Operations on categories.

use contract::{
    Categories, CreateCategoryRequest, CreateCategoryResponse, DeleteCategoryRequest,
    DeleteCategoryResponse, GetCategoryRequest, GetCategoryResponse, ListCategoriesRequest,
    ListCategoriesResponse, ListCategoryStatsRequest, ListCategoryStatsResponse,
    ReplaceCategoryRequest, ReplaceCategoryResponse, UpdateCategoryRequest, UpdateCategoryResponse,
    models,
};

use super::{Context, caller, etag};
use crate::app::App;
use crate::error::Error;
use crate::repository::categories::{Category, CategoryChanges, CategoryStats, NewCategory};
use crate::services::pages::Wanted;
use crate::services::{categories, money};

impl Categories for App {
    async fn list_categories(
        &self,
        ctx: Context,
        req: ListCategoriesRequest,
    ) -> Result<ListCategoriesResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let page = categories::list(self, ctx.principal.partner()?, &wanted)
            .await?
            .map(models::Category::from);
        Ok(ListCategoriesResponse::Ok(models::CategoryPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn list_category_stats(
        &self,
        ctx: Context,
        req: ListCategoryStatsRequest,
    ) -> Result<ListCategoryStatsResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let page = categories::stats(self, ctx.principal.partner()?, &wanted)
            .await?
            .map(models::CategoryStats::from);
        Ok(ListCategoryStatsResponse::Ok(models::CategoryStatsPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn create_category(
        &self,
        ctx: Context,
        req: CreateCategoryRequest,
    ) -> Result<CreateCategoryResponse, Error> {
        let category = categories::create(self, &caller(&ctx)?, req.body.into()).await?;
        Ok(CreateCategoryResponse::Created {
            location: format!("/v1/categories/{}", category.id),
            etag: etag(category.version),
            body: category.into(),
        })
    }

    async fn get_category(
        &self,
        ctx: Context,
        req: GetCategoryRequest,
    ) -> Result<GetCategoryResponse, Error> {
        let category =
            categories::get(self, ctx.principal.partner()?, req.category_id.into()).await?;
        Ok(GetCategoryResponse::Ok {
            etag: etag(category.version),
            body: category.into(),
        })
    }

    async fn replace_category(
        &self,
        ctx: Context,
        req: ReplaceCategoryRequest,
    ) -> Result<ReplaceCategoryResponse, Error> {
        let changes = CategoryChanges::from(NewCategory::from(req.body));
        let category =
            categories::update(self, &caller(&ctx)?, req.category_id.into(), changes).await?;
        Ok(ReplaceCategoryResponse::Ok {
            etag: etag(category.version),
            body: category.into(),
        })
    }

    async fn update_category(
        &self,
        ctx: Context,
        req: UpdateCategoryRequest,
    ) -> Result<UpdateCategoryResponse, Error> {
        let changes = CategoryChanges {
            name: req.body.name,
            slug: req.body.slug,
        };
        let category =
            categories::update(self, &caller(&ctx)?, req.category_id.into(), changes).await?;
        Ok(UpdateCategoryResponse::Ok {
            etag: etag(category.version),
            body: category.into(),
        })
    }

    async fn delete_category(
        &self,
        ctx: Context,
        req: DeleteCategoryRequest,
    ) -> Result<DeleteCategoryResponse, Error> {
        categories::delete(self, &caller(&ctx)?, req.category_id.into()).await?;
        Ok(DeleteCategoryResponse::NoContent)
    }
}

impl From<models::NewCategory> for NewCategory {
    fn from(new: models::NewCategory) -> Self {
        Self {
            name: new.name,
            slug: new.slug,
        }
    }
}

impl From<Category> for models::Category {
    fn from(category: Category) -> Self {
        Self {
            id: category.id.into(),
            name: category.name,
            slug: category.slug,
            product_count: category.product_count,
            created_at: category.created_at.into(),
            updated_at: category.updated_at.into(),
        }
    }
}

impl From<CategoryStats> for models::CategoryStats {
    fn from(stats: CategoryStats) -> Self {
        Self {
            category_id: stats.id.into(),
            name: stats.name,
            product_count: stats.product_count,
            active_count: stats.active_count,
            avg_price: stats.average_price_minor.map(money::format),
        }
    }
}
