//! Operations of one tag: what a handler gets and what it may answer.

use crate::{models, runtime::prelude::*};

/// What the users of a partner write.
pub trait Posts: Host {
    handler! {
        /// List the posts of a user
        ///
        /// The newest come first.
        ///
        /// `GET /v1/users/{user_id}/posts`
        async fn list_user_posts(
            &self,
            ctx: Context<Self::Principal>,
            req: ListUserPostsRequest,
        ) -> Result<ListUserPostsResponse, Self::Error>;
    }

    handler! {
        /// Create a post
        ///
        /// The title is trimmed.
        ///
        /// `POST /v1/posts`
        async fn create_post(
            &self,
            ctx: Context<Self::Principal>,
            req: CreatePostRequest,
        ) -> Result<CreatePostResponse, Self::Error>;
    }

    handler! {
        /// Show a post
        ///
        /// `GET /v1/posts/{post_id}`
        async fn get_post(
            &self,
            ctx: Context<Self::Principal>,
            req: GetPostRequest,
        ) -> Result<GetPostResponse, Self::Error>;
    }
}

/// What a client asks of `list_user_posts`.
#[derive(Debug, Clone)]
pub struct ListUserPostsRequest {
    /// How many items a page has at most.
    pub limit: i32,
    /// Where the page begins, `next_cursor` of the page before it. Absent for the first page.
    pub cursor: Option<String>,
    /// The user's id.
    pub user_id: Uuid,
}

impl ListUserPostsRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            limit: input.parameter(Place::Query, "limit")?,
            cursor: input.parameter(Place::Query, "cursor")?,
            user_id: input.parameter(Place::Path, "user_id")?,
        })
    }
}

/// What `list_user_posts` answers.
#[derive(Debug)]
pub enum ListUserPostsResponse {
    /// 200: A page of posts.
    Ok(models::PostPage),
}

impl From<ListUserPostsResponse> for Reply {
    fn from(response: ListUserPostsResponse) -> Self {
        match response {
            ListUserPostsResponse::Ok(body) => Reply::new(200)
                .next_page("cursor", &body.next_cursor)
                .json("application/json", &body),
        }
    }
}

/// What a client asks of `create_post`.
#[derive(Debug, Clone)]
pub struct CreatePostRequest {
    /// The body.
    pub body: models::NewPost,
}

impl CreatePostRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            body: input.value()?,
        })
    }
}

/// What `create_post` answers.
#[derive(Debug)]
pub enum CreatePostResponse {
    /// 201: The post was created.
    Created {
        /// The path of the new resource.
        location: String,
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Post,
    },
}

impl From<CreatePostResponse> for Reply {
    fn from(response: CreatePostResponse) -> Self {
        match response {
            CreatePostResponse::Created {
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

/// What a client asks of `get_post`.
#[derive(Debug, Clone)]
pub struct GetPostRequest {
    /// The post's id.
    pub post_id: Uuid,
}

impl GetPostRequest {
    pub(crate) fn decode(mut input: Input) -> Result<Self, Problem> {
        Ok(Self {
            post_id: input.parameter(Place::Path, "post_id")?,
        })
    }
}

/// What `get_post` answers.
#[derive(Debug)]
pub enum GetPostResponse {
    /// 200: The post.
    Ok {
        /// Names this state of the resource, a strong validator (RFC 9110, section 8.8.3). Changes whenever the answer does.
        etag: String,
        /// The body.
        body: models::Post,
    },
}

impl From<GetPostResponse> for Reply {
    fn from(response: GetPostResponse) -> Self {
        match response {
            GetPostResponse::Ok { etag, body } => Reply::new(200)
                .header("ETag", &etag)
                .json("application/json", &body),
        }
    }
}
