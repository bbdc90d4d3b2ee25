//! Operations on posts.

use contract::{
    CreatePostRequest, CreatePostResponse, GetPostRequest, GetPostResponse, ListUserPostsRequest,
    ListUserPostsResponse, Posts, models,
};

use super::{Context, caller, etag};
use crate::app::App;
use crate::error::Error;
use crate::repository::posts::{NewPost, Post};
use crate::services::pages::Wanted;
use crate::services::posts;

impl Posts for App {
    async fn list_user_posts(
        &self,
        ctx: Context,
        req: ListUserPostsRequest,
    ) -> Result<ListUserPostsResponse, Error> {
        let wanted = Wanted {
            limit: req.limit,
            cursor: req.cursor,
        };
        let (partner, author) = (ctx.principal.partner()?, req.user_id.into());
        let page = posts::list(self, partner, author, &wanted)
            .await?
            .map(models::Post::from);
        Ok(ListUserPostsResponse::Ok(models::PostPage {
            items: page.items,
            next_cursor: page.next_cursor,
        }))
    }

    async fn create_post(
        &self,
        ctx: Context,
        req: CreatePostRequest,
    ) -> Result<CreatePostResponse, Error> {
        let post = posts::create(self, &caller(&ctx)?, req.body.into()).await?;
        Ok(CreatePostResponse::Created {
            location: format!("/v1/posts/{}", post.id),
            etag: etag(post.version),
            body: post.into(),
        })
    }

    async fn get_post(&self, ctx: Context, req: GetPostRequest) -> Result<GetPostResponse, Error> {
        let post = posts::get(self, ctx.principal.partner()?, req.post_id.into()).await?;
        Ok(GetPostResponse::Ok {
            etag: etag(post.version),
            body: post.into(),
        })
    }
}

impl From<models::NewPost> for NewPost {
    fn from(new: models::NewPost) -> Self {
        Self {
            author_id: new.author_id.into(),
            title: new.title,
            content: new.content,
        }
    }
}

impl From<Post> for models::Post {
    fn from(post: Post) -> Self {
        Self {
            id: post.id.into(),
            author_id: post.author_id.into(),
            title: post.title,
            content: post.content,
            created_at: post.created_at.into(),
            updated_at: post.updated_at.into(),
        }
    }
}
